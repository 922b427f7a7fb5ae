//! The crew: workers that run designs on seeds beside the page, or, where a frame refuses workers, the page itself in slices between its events.
//!
//! Who asks gives a list of jobs, a design and a seed each; outcomes come back with their job's number, each once, in no order. A worker holds
//! two jobs at most, the one it runs and the next, so that all are done at about the same time whatever a job takes. A worker's script is a
//! blob, because that is the one address which every form of the page may use. Stopping ends the workers at once.
//!
//! Knows neither why jobs are run nor what becomes of their outcomes.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

use crate::design::{Design, file};
use crate::kata::Scenario;
use crate::study::{Outcome, Seeds};

mod exports;
mod line;

const SCRIPT: &str = include_str!("crew/worker.js");
/// More workers than this would leave nothing for the page.
const MOST_WORKERS: u32 = 4;
/// Jobs that a worker holds: the one under way and the next.
const AHEAD: usize = 2;
/// How long a slice on the page's own thread may take, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// Events between two looks at the clock.
const SLICE_EVENTS: u64 = 20_000;

/// What the crew is to do.
pub struct Task {
    pub scenario: Rc<Scenario>,
    pub designs: Vec<Rc<Design>>,
    /// Each the number of a design and a seed; the first are done first.
    pub jobs: Vec<(usize, u64)>,
}

impl Task {
    /// A job's simulation at its start; `None` if the design can't run.
    fn start(&self, job: usize) -> Option<Seeds> {
        let (design, seed) = self.jobs[job];
        let network = self.scenario.compile(&self.designs[design]).ok()?;
        Some(Seeds::new(Arc::new(network), (*self.scenario).clone(), seed))
    }
}

/// At work until it is dropped.
pub struct Crew {
    workers: Vec<At>,
    work: Rc<Work>,
}

/// A worker with what listens to it.
struct At {
    worker: Worker,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

impl Drop for Crew {
    fn drop(&mut self) {
        for at in &self.workers {
            at.worker.set_onmessage(None);
            at.worker.set_onerror(None);
            at.worker.terminate();
        }
        self.work.stop();
    }
}

/// How many workers a crew has, as far as a frame allows.
pub fn hands() -> usize {
    let cores = web_sys::window().map_or(1.0, |w| w.navigator().hardware_concurrency());
    (cores as u32).clamp(1, MOST_WORKERS) as usize
}

impl Crew {
    /// Begins; each outcome goes to `on_outcome` with its job's number, in no order. None if a design can't run, or nothing is to do.
    pub fn begin(task: Task, on_outcome: impl Fn(usize, Outcome) + 'static) -> Option<Crew> {
        if task.jobs.is_empty() || task.designs.iter().any(|design| task.scenario.compile(design).is_err()) {
            return None;
        }
        let work = Rc::new(Work {
            open: RefCell::new((0..task.jobs.len()).collect()),
            waiting: RefCell::new((0..task.jobs.len()).collect()),
            task,
            own: RefCell::default(),
            next: RefCell::default(),
            at_work: Cell::new(false),
            stopped: Cell::new(false),
            on_outcome: Box::new(on_outcome),
        });
        let address = is_builtin(&work.task.scenario).then(script_address).flatten();
        let workers = address.map_or_else(Vec::new, |address| hire(&address, &work));
        if workers.is_empty() {
            work.clone().start();
        }
        Some(Crew { workers, work })
    }

    /// How many workers there are; 0 where the page does the work itself.
    pub fn workers(&self) -> usize {
        if self.work.at_work.get() { 0 } else { self.workers.len() }
    }
}

/// A worker finds a scenario by its id, so it must be the very one that is built in.
fn is_builtin(scenario: &Scenario) -> bool {
    crate::kata::builtin::scenario(&scenario.id).is_some_and(|s| s == scenario)
}

fn script_address() -> Option<String> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let parts = Array::of1(&JsValue::from_str(SCRIPT));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// As many workers as there is room and work for; none where the frame has none.
fn hire(address: &str, work: &Rc<Work>) -> Vec<At> {
    let mut all = Vec::new();
    for _ in 0..hands().min(work.task.jobs.len()) {
        match employ(address, work) {
            Some(at) => all.push(at),
            None => break,
        }
    }
    // The workers have their script once they are made.
    let _ = Url::revoke_object_url(address);
    // One job each before anyone's second, so that few jobs are shared evenly.
    for _ in 0..AHEAD {
        for at in &all {
            work.hand_out(&at.worker);
        }
    }
    all
}

fn employ(address: &str, work: &Rc<Work>) -> Option<At> {
    let worker = Worker::new(address).ok()?;
    let heard = {
        let (work, worker) = (work.clone(), worker.clone());
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref().and_then(numbered) {
                Some((job, outcome)) => {
                    work.hand_out(&worker);
                    work.done(job, outcome);
                }
                None => work.clone().start(),
            }
        })
    };
    let failed = {
        let work = work.clone();
        Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            work.clone().start();
        })
    };
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    post(&worker, &[("module", wasm_bindgen::module())])?;
    Some(At { worker, _heard: heard, _failed: failed })
}

fn post(worker: &Worker, fields: &[(&str, JsValue)]) -> Option<()> {
    let message = Object::new();
    for (key, value) in fields {
        Reflect::set(&message, &(*key).into(), value).ok()?;
    }
    worker.post_message(&message).ok()
}

/// A job's number and its outcome.
fn numbered(text: &str) -> Option<(usize, Outcome)> {
    let (job, rest) = text.split_once(' ')?;
    Some((job.parse().ok()?, line::read(rest)?))
}

/// What is to do, and the page's own share of it: whatever no worker does.
struct Work {
    task: Task,
    /// Jobs without an outcome, in order.
    open: RefCell<Vec<usize>>,
    /// Jobs that no worker has been given.
    waiting: RefCell<VecDeque<usize>>,
    /// The job that the page itself is at.
    own: RefCell<Option<(usize, Seeds)>>,
    next: RefCell<Option<Timeout>>,
    at_work: Cell<bool>,
    stopped: Cell<bool>,
    on_outcome: Box<dyn Fn(usize, Outcome)>,
}

impl Work {
    /// Gives a worker one more job, if there is one.
    fn hand_out(&self, worker: &Worker) {
        let Some(job) = self.waiting.borrow_mut().pop_front() else { return };
        let (design, seed) = self.task.jobs[job];
        let input = format!("{seed}\n{}\n{}", self.task.scenario.id, file::write(&self.task.designs[design]));
        // A worker that takes nothing more is heard of by its error; the page then does what is open.
        let _ = post(worker, &[("job", JsValue::from_f64(job as f64)), ("input", input.into())]);
    }

    /// Takes an outcome, once for each job.
    fn done(&self, job: usize, outcome: Outcome) {
        let at = self.open.borrow().iter().position(|open| *open == job);
        if let Some(at) = at {
            self.open.borrow_mut().remove(at);
            (self.on_outcome)(job, outcome);
        }
    }

    /// From now on the page does what is open.
    fn start(self: Rc<Work>) {
        if !self.at_work.replace(true) {
            self.wait();
        }
    }

    fn stop(&self) {
        self.stopped.set(true);
        self.next.borrow_mut().take();
    }

    fn wait(self: Rc<Work>) {
        // Who took an outcome may have sent the crew home.
        if self.stopped.get() {
            return;
        }
        let work = self.clone();
        *self.next.borrow_mut() = Some(Timeout::new(0, move || work.slice()));
    }

    /// One slice: events until the time is up or nothing is open.
    fn slice(self: Rc<Work>) {
        let Some(clock) = web_sys::window().and_then(|w| w.performance()) else { return };
        let end = clock.now() + SLICE_MS;
        while clock.now() < end {
            let Some(job) = self.open.borrow().first().copied() else { return self.stop() };
            let outcome = {
                let mut own = self.own.borrow_mut();
                if own.as_ref().is_none_or(|(at, _)| *at != job) {
                    // Every design was compiled when the crew began.
                    *own = self.task.start(job).map(|seeds| (job, seeds));
                }
                let Some((_, seeds)) = own.as_mut() else { return self.stop() };
                seeds.advance(SLICE_EVENTS)
            };
            if let Some(outcome) = outcome {
                self.done(job, outcome);
            }
        }
        self.wait();
    }
}
