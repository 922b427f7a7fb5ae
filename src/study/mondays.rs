//! The Mondays of one design in one scenario that have come so far: each counts once, in whatever order they come.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::repeat::FIRST_SEED;
use super::steady::{Plan, Steady};
use super::{Grade, Outcome};
use crate::design::Design;
use crate::kata::{Analysis, Scenario};

/// One design in one scenario, on many seeds.
pub struct Mondays {
    /// Of the design that is repeated.
    pub analysis: Analysis,
    pub grade: Grade,
    /// None where there is no stretch of constant demand, or no workers.
    pub steady: Option<Steady>,
    /// By seed: whether it passed, and what names the run.
    pub runs: BTreeMap<u64, (bool, String)>,
}

impl Mondays {
    /// None if the design can't run.
    pub fn new(design: &Rc<Design>, scenario: &Rc<Scenario>) -> Option<Mondays> {
        let analysis = Analysis::new(design.clone(), scenario.clone());
        let plan = Plan::of(analysis.network().ok()?);
        Some(Mondays {
            analysis,
            grade: Grade::new(scenario),
            steady: plan.map(|plan| Steady::new(Arc::new(plan))),
            runs: BTreeMap::new(),
        })
    }

    pub fn is_of(&self, design: &Rc<Design>, scenario: &Rc<Scenario>) -> bool {
        let Analysis { design: own, scenario: own_scenario, .. } = &self.analysis;
        let same_design = Rc::ptr_eq(own, design) || own == design;
        same_design && (Rc::ptr_eq(own_scenario, scenario) || own_scenario == scenario)
    }

    /// Takes a Monday, once.
    pub fn take(&mut self, outcome: &Outcome) {
        if self.runs.contains_key(&outcome.seed) {
            return;
        }
        self.runs.insert(outcome.seed, (outcome.passed, outcome.digest.clone()));
        self.grade.take(outcome);
        if let Some(steady) = &mut self.steady {
            steady.take(&outcome.steady);
        }
    }

    /// Of the first `count` seeds those that have not come.
    pub fn open(&self, count: u64) -> impl Iterator<Item = u64> {
        (FIRST_SEED..FIRST_SEED + count).filter(|seed| !self.runs.contains_key(seed))
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
        let mut mondays = Mondays::new(&design, &scenario).expect("it runs");
        let network = mondays.analysis.network().expect("it runs").clone();
        let mut outcome = Outcome::of(&scenario, 3, &crate::study::run(&network, 3));
        mondays.steady = None;
        mondays.take(&outcome);
        mondays.take(&outcome);
        outcome.seed = 4;
        mondays.take(&outcome);
        assert_eq!((mondays.grade.seeds, mondays.runs.len(), mondays.open(50).count()), (2, 2, 48));
        assert!(mondays.open(50).all(|seed| seed != 3 && seed != 4));
    }
}
