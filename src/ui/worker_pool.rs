//! The worker pool: workers that run designs on seeds beside the page, or, where a frame refuses workers, the page itself in slices between its events.
//!
//! The caller gives a list of jobs, a design and a seed each; outcomes come back with their job's number, each once, in no order. A worker holds
//! two jobs at most, the one it runs and the next, so that all are done at about the same time whatever a job takes. A worker that fails is
//! dropped, and the page helps with what it leaves. A worker's script is a blob, because that is the one address which every form of the page may
//! use. Stopping ends the workers at once.
//!
//! `gloo-worker` (60 crates with its serialisers) starts a worker from an address of its own, which a sandboxed frame and a file refuse.
//!
//! Knows neither why jobs are run nor what becomes of their outcomes.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

use crate::design::Design;
use crate::kata::{Scenario, builtin};
use crate::study::{Outcome, Seeds};
use crate::ui::{late, trusted};

mod exports;
mod line;

const SCRIPT: &str = include_str!("worker_pool/worker.js");
/// More workers than this would leave nothing for the page.
const MOST_WORKERS: u32 = 4;
/// Jobs that a worker holds: the one under way and the next.
const AHEAD: usize = 2;
/// How long a slice on the page's own thread may take, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// Events between two looks at the clock.
const SLICE_EVENTS: u64 = 20_000;

/// What the pool is to do.
pub struct Task {
    pub scenario: Rc<Scenario>,
    /// Each of them can run.
    pub designs: Vec<Rc<Design>>,
    /// Each the number of a design and a seed; the first are done first.
    pub jobs: Vec<(usize, u64)>,
    /// Their outcomes tell of a steady state.
    pub watched: bool,
}

impl Task {
    /// The file of the scenario, which a worker needs; `None` if the scenario is not one of the kata.
    fn file(&self) -> Option<&'static str> {
        let id = &self.scenario.id;
        builtin::scenario(id).filter(|known| **known == *self.scenario).and_then(|_| builtin::scenario_file(id))
    }

    /// A job's simulation at its start.
    fn start(&self, job: usize) -> Seeds {
        let (design, seed) = self.jobs[job];
        let begun = Seeds::of(&self.scenario, &self.designs[design], self.watched, seed);
        begun.expect("it was seen before that each design can run")
    }
}

/// At work until it is dropped.
pub struct WorkerPool {
    workers: Vec<At>,
    work: Rc<Work>,
}

/// A worker with what listens to it.
struct At {
    worker: Rc<WorkerHandle>,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

/// A worker and what it has been given.
struct WorkerHandle {
    worker: Worker,
    /// Its jobs, the one under way first.
    held: RefCell<Vec<usize>>,
    /// The design that it was sent last; jobs of the same one need no other.
    design: Cell<Option<usize>>,
    failed: Cell<bool>,
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        for At { worker, .. } in &self.workers {
            worker.worker.set_onmessage(None);
            worker.worker.set_onerror(None);
            worker.worker.terminate();
        }
        self.work.stop();
    }
}

/// How many workers a pool has, as far as a frame allows.
pub fn worker_count() -> usize {
    let cores = web_sys::window().map_or(1.0, |w| w.navigator().hardware_concurrency());
    (cores as u32).clamp(1, MOST_WORKERS) as usize
}

impl WorkerPool {
    /// Begins; each outcome goes to `on_outcome` with its job's number, in no order. None if nothing is to do.
    pub fn begin(task: Task, on_outcome: impl Fn(usize, Outcome) + 'static) -> Option<WorkerPool> {
        if task.jobs.is_empty() {
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
        let address = work.task.file().and_then(|_| script_address());
        let workers = address.map_or_else(Vec::new, |address| spawn_all(&address, &work));
        if workers.is_empty() {
            work.clone().start();
        }
        Some(WorkerPool { workers, work })
    }

    /// How many workers are at it; 0 where the page does all the work itself.
    pub fn workers(&self) -> usize {
        self.workers.iter().filter(|at| !at.worker.failed.get()).count()
    }
}

fn script_address() -> Option<String> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let parts = Array::of1(&JsValue::from_str(SCRIPT));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// As many workers as there is room and work for; none where the frame has none.
fn spawn_all(address: &str, work: &Rc<Work>) -> Vec<At> {
    let mut all = Vec::new();
    for _ in 0..worker_count().min(work.task.jobs.len()) {
        match spawn(address, work) {
            Some(at) => all.push(at),
            None => break,
        }
    }
    // The workers have their script once they are made.
    let _ = Url::revoke_object_url(address);
    // One job each before anyone's second, so that few jobs are shared evenly.
    for _ in 0..AHEAD {
        for at in &all {
            work.assign(&at.worker);
        }
    }
    all
}

fn spawn(address: &str, work: &Rc<Work>) -> Option<At> {
    let make: Function = Reflect::get(&js_sys::global(), &"Worker".into()).ok()?.dyn_into().ok()?;
    let worker: Worker = Reflect::construct(&make, &Array::of1(&trusted::script(address))).ok()?.dyn_into().ok()?;
    let worker =
        Rc::new(WorkerHandle { worker, held: RefCell::default(), design: Cell::new(None), failed: Cell::new(false) });
    let heard = {
        let (work, worker) = (work.clone(), worker.clone());
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref().and_then(numbered) {
                Some((job, outcome)) => {
                    worker.held.borrow_mut().retain(|held| *held != job);
                    work.assign(&worker);
                    work.done(job, outcome);
                }
                None => work.lose(&worker),
            }
        })
    };
    let failed = {
        let (work, worker) = (work.clone(), worker.clone());
        Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            work.lose(&worker);
        })
    };
    worker.worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    post(&worker.worker, &[("module", wasm_bindgen::module()), ("later", late::module())])?;
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

/// What is to do, and the page's own share of it: what no worker does.
struct Work {
    task: Task,
    /// Jobs without an outcome, in order.
    open: RefCell<Vec<usize>>,
    /// Jobs that nobody is at: neither a worker nor the page.
    waiting: RefCell<VecDeque<usize>>,
    /// The job that the page itself is at.
    own: RefCell<Option<(usize, Seeds)>>,
    next: RefCell<Option<Timeout>>,
    /// The page takes its share.
    at_work: Cell<bool>,
    stopped: Cell<bool>,
    on_outcome: Box<dyn Fn(usize, Outcome)>,
}

impl Work {
    /// Gives a worker one more job, if there is one.
    fn assign(self: &Rc<Work>, worker: &WorkerHandle) {
        let Some(job) = self.waiting.borrow_mut().pop_front() else { return };
        worker.held.borrow_mut().push(job);
        let (design, seed) = self.task.jobs[job];
        let mut fields = vec![("job", JsValue::from_f64(job as f64)), ("seed", seed.to_string().into())];
        if worker.design.replace(Some(design)) != Some(design) {
            let scenario = self.task.file().expect("there are workers only where there is a file");
            fields.push(("design", line::job(scenario, self.task.watched, &self.task.designs[design]).into()));
        }
        if post(&worker.worker, &fields).is_none() {
            self.lose(worker);
        }
    }

    /// A worker that failed is sent home; what it held is to be done again, and the page helps from now on.
    fn lose(self: &Rc<Work>, worker: &WorkerHandle) {
        if worker.failed.replace(true) {
            return;
        }
        worker.worker.terminate();
        for job in worker.held.take().into_iter().rev() {
            self.waiting.borrow_mut().push_front(job);
        }
        self.clone().start();
    }

    /// Takes an outcome, once for each job.
    fn done(&self, job: usize, outcome: Outcome) {
        let at = self.open.borrow().iter().position(|open| *open == job);
        if let Some(at) = at {
            self.open.borrow_mut().remove(at);
            (self.on_outcome)(job, outcome);
        }
    }

    /// From now on the page does what is waiting.
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
        // The receiver of an outcome may have dropped the pool.
        if self.stopped.get() {
            return;
        }
        let work = self.clone();
        *self.next.borrow_mut() = Some(Timeout::new(0, move || work.slice()));
    }

    /// One slice: events until the time is up or nothing is waiting.
    fn slice(self: Rc<Work>) {
        let Some(clock) = web_sys::window().and_then(|w| w.performance()) else { return };
        let end = clock.now() + SLICE_MS;
        while clock.now() < end && !self.stopped.get() {
            let mut own = self.own.borrow_mut();
            if own.is_none() {
                let next = self.waiting.borrow_mut().pop_front();
                *own = next.map(|job| (job, self.task.start(job)));
            }
            // Until another worker fails the rest is in the workers' hands.
            let Some((job, seeds)) = own.as_mut() else { return self.at_work.set(false) };
            let (job, outcome) = (*job, seeds.advance(SLICE_EVENTS));
            if let Some(outcome) = outcome {
                *own = None;
                drop(own);
                self.done(job, outcome);
            }
        }
        self.wait();
    }
}
