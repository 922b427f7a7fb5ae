//! The crew: workers that run seeds beside the page, or, where a frame refuses workers, the page itself in slices between its events.
//!
//! A worker's script is a blob, because that is the one address which every form of the page may use. Stopping ends the workers at once.

use std::cell::{Cell, RefCell};
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
/// How long a slice on the page's own thread may take, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// Events between two looks at the clock.
const SLICE_EVENTS: u64 = 20_000;

/// What the crew is to do.
pub struct Task {
    pub design: Rc<Design>,
    pub scenario: Rc<Scenario>,
    pub seeds: std::ops::RangeInclusive<u64>,
}

/// At work until it is dropped.
pub struct Crew {
    workers: Vec<At>,
    own: Rc<Own>,
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
        self.own.stop();
    }
}

impl Crew {
    /// Begins; each outcome goes to `on_outcome`, in no order. None for a design that can't run.
    pub fn begin(task: Task, on_outcome: impl Fn(Outcome) + 'static) -> Option<Crew> {
        let network = Arc::new(task.scenario.compile(&task.design).ok()?);
        let open: Vec<u64> = task.seeds.clone().collect();
        let on_outcome: Rc<dyn Fn(Outcome)> = Rc::new(on_outcome);
        let own = Rc::new(Own {
            seeds: RefCell::new(Seeds::new(network, (*task.scenario).clone(), *task.seeds.start())),
            open: RefCell::new(open.clone()),
            next: RefCell::new(None),
            at_work: Cell::new(false),
            on_outcome,
        });
        let workers = match builtin_id(&task.scenario) {
            Some(id) => hire(&format!("{id}\n{}", file::write(&task.design)), &open, &own),
            None => Vec::new(),
        };
        if workers.is_empty() {
            own.clone().start();
        }
        Some(Crew { workers, own })
    }

    /// How many workers there are; 0 where the page does the work itself.
    pub fn workers(&self) -> usize {
        if self.own.at_work.get() { 0 } else { self.workers.len() }
    }
}

/// A worker finds a scenario by its id, so it must be the very one that is built in.
fn builtin_id(scenario: &Scenario) -> Option<&str> {
    crate::kata::builtin::scenario(&scenario.id).filter(|s| *s == scenario).map(|s| s.id.as_str())
}

/// As many workers as there is room for; none where the frame has none.
fn hire(input: &str, seeds: &[u64], own: &Rc<Own>) -> Vec<At> {
    let cores = web_sys::window().map_or(1.0, |w| w.navigator().hardware_concurrency());
    let count = (cores as u32).clamp(1, MOST_WORKERS) as usize;
    let Some(address) = script_address() else { return Vec::new() };
    let mut all = Vec::new();
    for number in 0..count {
        // Dealt out in turn, so that the first Mondays come first.
        let mine: Array = seeds.iter().skip(number).step_by(count).map(|s| JsValue::from_f64(*s as f64)).collect();
        if mine.length() == 0 {
            break;
        }
        match employ(&address, input, &mine, own) {
            Some(at) => all.push(at),
            None => break,
        }
    }
    let _ = Url::revoke_object_url(&address);
    all
}

fn script_address() -> Option<String> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let parts = Array::of1(&JsValue::from_str(SCRIPT));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

fn employ(address: &str, input: &str, seeds: &Array, own: &Rc<Own>) -> Option<At> {
    let worker = Worker::new(address).ok()?;
    let heard = {
        let own = own.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref().and_then(line::read) {
                Some(outcome) => own.done(outcome),
                None => own.clone().start(),
            }
        })
    };
    let failed = {
        let own = own.clone();
        Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            own.clone().start();
        })
    };
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let message = Object::new();
    for (key, value) in [("module", wasm_bindgen::module()), ("input", input.into()), ("seeds", seeds.into())] {
        Reflect::set(&message, &key.into(), &value).ok()?;
    }
    worker.post_message(&message).ok()?;
    Some(At { worker, _heard: heard, _failed: failed })
}

/// The page's own share: whatever no worker does.
struct Own {
    seeds: RefCell<Seeds>,
    /// Seeds without an outcome.
    open: RefCell<Vec<u64>>,
    next: RefCell<Option<Timeout>>,
    at_work: Cell<bool>,
    on_outcome: Rc<dyn Fn(Outcome)>,
}

impl Own {
    /// Takes an outcome, once for each seed.
    fn done(&self, outcome: Outcome) {
        let at = self.open.borrow().iter().position(|seed| *seed == outcome.seed);
        if let Some(at) = at {
            self.open.borrow_mut().remove(at);
            (self.on_outcome)(outcome);
        }
    }

    /// From now on the page does what is open.
    fn start(self: Rc<Own>) {
        if self.at_work.replace(true) {
            return;
        }
        let first = self.open.borrow().first().copied();
        if let Some(seed) = first {
            self.seeds.borrow_mut().go_to(seed);
            self.wait();
        }
    }

    fn stop(&self) {
        self.next.borrow_mut().take();
    }

    fn wait(self: Rc<Own>) {
        let own = self.clone();
        *self.next.borrow_mut() = Some(Timeout::new(0, move || own.slice()));
    }

    /// One slice: events until the time is up or a seed is done.
    fn slice(self: Rc<Own>) {
        let Some(clock) = web_sys::window().and_then(|w| w.performance()) else { return };
        let end = clock.now() + SLICE_MS;
        while clock.now() < end {
            let outcome = self.seeds.borrow_mut().advance(SLICE_EVENTS);
            let Some(outcome) = outcome else { continue };
            self.done(outcome);
            let next = self.open.borrow().first().copied();
            let Some(next) = next else { return self.stop() };
            self.seeds.borrow_mut().go_to(next);
        }
        self.wait();
    }
}
