//! What was repeated: for each design in a scenario the Mondays that have come. It outlives the result that shows it, and so does a study that
//! is under way; one is under way at a time, and another that begins stops it where it is.
//!
//! Outcomes are taken once for each seed. A study that stopped goes on with the seeds it has not met. The oldest is forgotten when there are
//! more than [`MOST_KEPT`].

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use yew::Callback;

use super::MONDAYS;
use crate::design::Design;
use crate::kata::Scenario;
use crate::study::repeat::FIRST_SEED;
use crate::study::steady::{Plan, Steady};
use crate::study::{Grade, Outcome};
use crate::ui::worker_pool::{Task, WorkerPool};

/// More are not kept: the watched steady state of one is some hundred kilobytes.
const MOST_KEPT: usize = 8;

/// One design in one scenario.
pub struct Study {
    design: Rc<Design>,
    scenario: Rc<Scenario>,
    pub grade: Grade,
    /// None where there is no stretch of constant demand, or no workers.
    pub steady: Option<Steady>,
    /// By seed: whether it passed, and what names the run.
    pub runs: BTreeMap<u64, (bool, String)>,
    pub worker_pool: Option<WorkerPool>,
}

impl Study {
    /// None if the design can't run.
    fn new(design: &Rc<Design>, scenario: &Rc<Scenario>) -> Option<Study> {
        let network = scenario.compile(design).ok()?;
        Some(Study {
            design: design.clone(),
            scenario: scenario.clone(),
            grade: Grade::new(scenario),
            steady: Plan::of(&network).map(|plan| Steady::new(Arc::new(plan))),
            runs: BTreeMap::new(),
            worker_pool: None,
        })
    }

    fn is_of(&self, design: &Rc<Design>, scenario: &Rc<Scenario>) -> bool {
        let same_design = Rc::ptr_eq(&self.design, design) || self.design == *design;
        same_design && (Rc::ptr_eq(&self.scenario, scenario) || self.scenario == *scenario)
    }

    /// Takes a Monday, once.
    fn take(&mut self, outcome: &Outcome) {
        if self.runs.contains_key(&outcome.seed) {
            return;
        }
        self.runs.insert(outcome.seed, (outcome.passed, outcome.digest.clone()));
        self.grade.take(outcome);
        if let Some(steady) = &mut self.steady {
            steady.take(&outcome.steady);
        }
    }

    /// The seeds that have not come.
    fn open(&self) -> impl Iterator<Item = u64> {
        (FIRST_SEED..FIRST_SEED + MONDAYS).filter(|seed| !self.runs.contains_key(seed))
    }
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

    pub fn of(&self, design: &Rc<Design>, scenario: &Rc<Scenario>) -> Option<Ref<'_, Study>> {
        Ref::filter_map(self.0.all.borrow(), |all| all.iter().find(|s| s.is_of(design, scenario))).ok()
    }

    /// Begins a study or goes on with it. False if the design can't run.
    pub fn begin(&self, design: &Rc<Design>, scenario: &Rc<Scenario>) -> bool {
        let mut all = self.0.all.borrow_mut();
        all.iter_mut().for_each(|study| study.worker_pool = None);
        let kept = all.iter().position(|study| study.is_of(design, scenario)).map(|at| all.remove(at));
        let Some(mut study) = kept.or_else(|| Study::new(design, scenario)) else { return false };
        let task = Task {
            scenario: scenario.clone(),
            designs: vec![design.clone()],
            jobs: study.open().map(|seed| (0, seed)).collect(),
            watched: study.steady.is_some(),
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
        if let Some(study) = self.0.all.borrow_mut().iter_mut().find(|study| study.is_of(design, scenario)) {
            study.take(outcome);
            if study.open().next().is_none() {
                study.worker_pool = None;
            }
        }
        let shown = self.0.shown.borrow().clone();
        shown.emit(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    #[test]
    fn a_monday_counts_once() {
        let scenario = Rc::new(builtin::scenario("monday").expect("built in").clone());
        let design = Rc::new(builtin::design("naive").expect("built in").design());
        let mut study = Study::new(&design, &scenario).expect("it runs");
        let network = Arc::new(scenario.compile(&design).expect("it runs"));
        let mut outcome = Outcome::of(&scenario, 3, &crate::study::run(&network, 3));
        study.steady = None;
        study.take(&outcome);
        study.take(&outcome);
        outcome.seed = 4;
        study.take(&outcome);
        assert_eq!((study.grade.seeds, study.runs.len(), study.open().count()), (2, 2, 48));
        assert!(study.open().all(|seed| seed != 3 && seed != 4));
    }
}
