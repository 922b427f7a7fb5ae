//! The proof that a kata teaches: every lesson's designs run on many Mondays ([`crate::kata::lessons`]).

use std::ops::ControlFlow;
use std::sync::Arc;

use super::parallel;
use super::repeat::FIRST_SEED;
use crate::design::Design;
use crate::kata::lessons::{Shows, Trial};
use crate::kata::{Folder, GoalState, GoalStatus, Scenario, Verdict};
use engine::Simulation;
use engine::sim::network::Network;
use engine::sim::time::Span;

/// What came of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Proved {
    pub trial: Trial,
    /// Of so many seeds.
    pub passed: u64,
    pub seeds: u64,
}

impl Proved {
    /// Whether it shows what it is to show.
    pub fn holds(&self) -> bool {
        self.trial.shows.holds(self.passed, self.seeds)
    }

    /// What is wrong with the kata, as a sentence; `None` where nothing is.
    pub fn fault(&self, scenarios: &[Scenario]) -> Option<String> {
        let Trial { scenario, shows, text, .. } = &self.trial;
        let (id, passed, seeds) = (&scenarios[*scenario].id, self.passed, self.seeds);
        let why = match shows {
            Shows::With => format!("{id} is passed on {passed} of {seeds} with its lesson; 9 in 10 are needed."),
            Shows::Without => {
                format!(
                    "{id} is passed on {passed} of {seeds} without its lesson ({text}); at most 1 in 20 is allowed."
                )
            }
            Shows::Parts => format!("{id} is passed on {passed} of {seeds} by {text}; none is allowed."),
        };
        (!self.holds()).then_some(why)
    }
}

/// Runs every trial of a kata on seeds 1 … `seeds`. `shown` is told how many runs are done.
pub fn proof(folder: &Folder, seeds: u64, shown: impl Fn(u64)) -> Vec<Proved> {
    let trials = folder.trials().expect("the kata was read");
    let mut done = 0;
    let mut prove = |trial: Trial| {
        let Passes { passed, .. } =
            passes(&trial.design, &folder.scenarios[trial.scenario], seeds, |runs| shown(done + runs));
        done += seeds;
        Proved { trial, passed, seeds }
    };
    trials.into_iter().map(&mut prove).collect()
}

/// How many seeds a design passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passes {
    pub passed: u64,
    /// The first seed that it does not pass.
    pub first_missed: Option<u64>,
}

/// Of the seeds 1 … `seeds` those that a design passes. `shown` is told how many are done.
///
/// # Panics
/// If the design can't run in the scenario: a programmer's mistake.
pub fn passes(design: &Design, scenario: &Scenario, seeds: u64, shown: impl Fn(u64)) -> Passes {
    let network = Arc::new(scenario.compile(design).expect("the design can run"));
    let work = |number| passed(&network, scenario, FIRST_SEED + number);
    let mut found = Passes::default();
    parallel::in_order(seeds, work, |number, hit| {
        found.passed += u64::from(hit);
        if !hit {
            found.first_missed.get_or_insert(FIRST_SEED + number);
        }
        shown(number + 1);
        ControlFlow::Continue(())
    });
    found
}

/// The goals that a design misses on one seed, with their values.
///
/// # Panics
/// As [`passes`].
pub fn missed(design: &Design, scenario: &Scenario, seed: u64) -> Vec<GoalStatus> {
    let network = Arc::new(scenario.compile(design).expect("the design can run"));
    let verdict = Verdict::of(scenario, &super::run(&network, seed), true);
    verdict.goals.into_iter().filter(|goal| !goal.met()).collect()
}

/// How often a run is asked whether it can still pass.
const LOOK: Span = Span(600_000_000_000);

/// Whether a run passes; it is left as soon as a goal is broken for good, which most runs that fail do early.
fn passed(network: &Arc<Network>, scenario: &Scenario, seed: u64) -> bool {
    let mut run = Simulation::new(network.clone(), seed);
    while !run.is_over() {
        run.run_until(run.now() + LOOK, u64::MAX);
        let verdict = Verdict::of(scenario, &run.measures().report(run.now()), run.is_over());
        if verdict.goals.iter().any(|goal| goal.state == GoalState::Broken) {
            return false;
        }
        if run.is_over() {
            return verdict.passed();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    /// Leaving a run early changes no verdict: seeds that pass, that miss what can be lost, and what shows only at the end.
    #[test]
    fn a_run_left_early_would_not_have_passed() {
        for (design, scenario) in
            [("demand-breaker", "monday"), ("queue-80", "monday"), ("demand", "outage"), ("naive", "flu-season")]
        {
            let design = builtin::design(design).expect("built in").design();
            let scenario = builtin::scenario(scenario).expect("built in");
            let network = Arc::new(scenario.compile(&design).expect("it runs"));
            let whole = Verdict::of(scenario, &crate::study::run(&network, 1), true).passed();
            assert_eq!(passed(&network, scenario, 1), whole, "{} in {}", design.name, scenario.id);
            assert_eq!(missed(&design, scenario, 1).is_empty(), whole, "{} in {}", design.name, scenario.id);
        }
    }
}
