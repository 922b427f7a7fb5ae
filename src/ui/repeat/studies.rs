//! What was repeated: for each design in a scenario the Mondays that have come. It outlives the result that shows it, and so does a study that
//! is under way; one is under way at a time, and another that begins stops it where it is.
//!
//! Outcomes are taken once for each seed. A study that stopped goes on with the seeds it has not met. The oldest is forgotten when there are
//! more than [`MOST_KEPT`].

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use yew::Callback;

use super::MONDAYS;
use crate::design::Design;
use crate::kata::Scenario;
use crate::study::{Mondays, Outcome};
use crate::ui::worker_pool::{Task, WorkerPool};

/// More are not kept: the watched steady state of one is some hundred kilobytes.
const MOST_KEPT: usize = 8;

/// One design in one scenario, and who is at it.
pub struct Study {
    pub mondays: Mondays,
    pub worker_pool: Option<WorkerPool>,
}

/// The studies, shared between the page, which keeps them, and whatever shows one.
#[derive(Clone, Default)]
pub struct Studies(Rc<Shelf>);

#[derive(Default)]
struct Shelf {
    /// The newest last.
    all: RefCell<Vec<Study>>,
    /// Who shows one is told of every outcome.
    shown: RefCell<Callback<()>>,
    /// So is a result of which one is.
    watched: RefCell<Callback<()>>,
    /// The page is told once all Mondays of a design have come: the design, the scenario's id, how many passed.
    over: RefCell<Callback<(Rc<Design>, String, u64)>>,
}

impl PartialEq for Studies {
    fn eq(&self, other: &Studies) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Studies {
    /// From now on `shown` is told of outcomes, and nobody else.
    pub fn show_to(&self, shown: Callback<()>) {
        *self.0.shown.borrow_mut() = shown;
    }

    /// From now on `watched` is told of outcomes too, beside whoever shows a study.
    pub fn watch(&self, watched: Callback<()>) {
        *self.0.watched.borrow_mut() = watched;
    }

    /// From now on `over` is told of studies that have come to their end.
    pub fn tell_end(&self, over: Callback<(Rc<Design>, String, u64)>) {
        *self.0.over.borrow_mut() = over;
    }

    pub fn of(&self, design: &Rc<Design>, scenario: &Rc<Scenario>) -> Option<Ref<'_, Study>> {
        Ref::filter_map(self.0.all.borrow(), |all| all.iter().find(|s| s.mondays.is_of(design, scenario))).ok()
    }

    /// Begins a study or goes on with it. False if the design can't run.
    pub fn begin(&self, design: &Rc<Design>, scenario: &Rc<Scenario>) -> bool {
        let mut all = self.0.all.borrow_mut();
        all.iter_mut().for_each(|study| study.worker_pool = None);
        let kept = all.iter().position(|study| study.mondays.is_of(design, scenario)).map(|at| all.remove(at));
        let begun = || Some(Study { mondays: Mondays::new(design, scenario)?, worker_pool: None });
        let Some(mut study) = kept.or_else(begun) else { return false };
        let task = Task {
            scenario: scenario.clone(),
            designs: vec![design.clone()],
            jobs: study.mondays.open(MONDAYS).map(|seed| (0, seed)).collect(),
            watched: study.mondays.steady.is_some(),
        };
        let (shelf, of) = (Rc::downgrade(&self.0), (design.clone(), scenario.clone()));
        study.worker_pool = WorkerPool::begin(task, move |_, outcome| {
            if let Some(shelf) = shelf.upgrade() {
                Studies(shelf).take(&of, &outcome);
            }
        });
        all.push(study);
        if all.len() > MOST_KEPT {
            all.remove(0);
        }
        true
    }

    /// Stops what is under way; what has come stays.
    pub fn stop(&self) {
        self.0.all.borrow_mut().iter_mut().for_each(|study| study.worker_pool = None);
    }

    fn take(&self, (design, scenario): &(Rc<Design>, Rc<Scenario>), outcome: &Outcome) {
        let mut ended = None;
        if let Some(study) = self.0.all.borrow_mut().iter_mut().find(|study| study.mondays.is_of(design, scenario)) {
            study.mondays.take(outcome);
            if study.mondays.open(MONDAYS).next().is_none() {
                study.worker_pool = None;
                ended = Some((design.clone(), scenario.id.clone(), study.mondays.grade.passed));
            }
        }
        if let Some(ended) = ended {
            let over = self.0.over.borrow().clone();
            over.emit(ended);
        }
        for told in [&self.0.shown, &self.0.watched] {
            let told = told.borrow().clone();
            told.emit(());
        }
    }
}
