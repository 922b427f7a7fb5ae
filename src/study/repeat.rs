//! The same design on many Mondays: seeds 1 … n of a scenario, and how many of them pass.
//!
//! [`Seeds`] runs one seed after the other in slices of events, wherever it likes: a thread, a worker, between two frames. [`Grade`] takes the
//! outcomes in the order of the seeds, so that what it says does not depend on where they were run.

use std::sync::Arc;

use super::steady::{Plan, Tally, Watch};
use super::{Sample, wilson};
use crate::design::{Design, Problem};
use crate::kata::{Goal, Scenario, Verdict};
use engine::measure::Report;
use engine::sim::network::Network;
use engine::sim::time::Time;
use engine::{Progress, Simulation};

/// The seed of the first Monday; as `kata grade` has it.
pub const FIRST_SEED: u64 = 1;

/// From so many Mondays on a goal's mean gets a range: on fewer, that of a skewed figure misses the truth far more often than 1 time in 20.
pub const ENOUGH: u64 = 10;

/// What one Monday gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub seed: u64,
    pub passed: bool,
    /// For each goal of the scenario its value; `None` if it is infinite or there is nothing to count.
    pub values: Vec<Option<f64>>,
    /// Pounds.
    pub cost: f64,
    /// As goals have it, in milliseconds; `None` if it is infinite or nothing was confirmed.
    pub end_to_end_p95_ms: Option<f64>,
    /// What names the run: equal digests are equal runs.
    pub digest: String,
    /// Of each group of pools what was watched in the stretch of constant demand; empty where nothing was.
    pub steady: Vec<Vec<Tally>>,
}

impl Outcome {
    pub fn of(scenario: &Scenario, seed: u64, report: &Report) -> Outcome {
        let verdict = Verdict::of(scenario, report, true);
        let values = verdict.goals.iter().map(|g| g.value).collect();
        let [_, p95, _] = report.end_to_end_goal;
        let (passed, digest) = (verdict.passed(), report.digest.clone());
        Outcome { seed, passed, values, cost: report.cost, end_to_end_p95_ms: p95, digest, steady: Vec::new() }
    }
}

/// The seeds of a study, one after the other.
pub struct Seeds {
    network: Arc<Network>,
    scenario: Scenario,
    plan: Option<Arc<Plan>>,
    seed: u64,
    run: Simulation,
    watch: Watch,
}

impl Seeds {
    /// Begins with `seed`.
    pub fn new(network: Arc<Network>, scenario: Scenario, seed: u64) -> Seeds {
        let plan = Plan::of(&network).map(Arc::new);
        Seeds::with(network, scenario, seed, plan)
    }

    /// Begins with `seed` and watches no steady state: for callers that need only the outcomes' figures.
    pub fn unwatched(network: Arc<Network>, scenario: Scenario, seed: u64) -> Seeds {
        Seeds::with(network, scenario, seed, None)
    }

    fn with(network: Arc<Network>, scenario: Scenario, seed: u64, plan: Option<Arc<Plan>>) -> Seeds {
        let run = Simulation::new(network.clone(), seed);
        let watch = Watch::new(plan.clone());
        Seeds { network, scenario, plan, seed, run, watch }
    }

    /// Begins with `seed` of a design. `watched`: the outcomes include a steady state.
    ///
    /// # Errors
    /// What stops the design from running.
    pub fn of(scenario: &Scenario, design: &Design, watched: bool, seed: u64) -> Result<Seeds, Vec<Problem>> {
        let network = Arc::new(scenario.compile(design)?);
        let begin = if watched { Seeds::new } else { Seeds::unwatched };
        Ok(begin(network, scenario.clone(), seed))
    }

    /// The seed that is under way.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Handles up to `budget` events. The outcome once the seed is done; the next call begins the one after it.
    pub fn advance(&mut self, budget: u64) -> Option<Outcome> {
        let Seeds { run, watch, .. } = self;
        if run.observe(Time::NEVER, budget, watch.kinds(), |at, fact| watch.fact(at, fact)) != Progress::Over {
            return None;
        }
        watch.over(run.now());
        let mut outcome = Outcome::of(&self.scenario, self.seed, &run.measures().report(run.now()));
        outcome.steady = watch.tallies();
        self.go_to(self.seed + 1);
        Some(outcome)
    }

    /// Goes on with `seed`, from its start.
    pub fn go_to(&mut self, seed: u64) {
        self.seed = seed;
        self.run = Simulation::new(self.network.clone(), seed);
        self.watch = Watch::new(self.plan.clone());
    }
}

/// How a design does in a scenario over the seeds taken so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    pub seeds: u64,
    pub passed: u64,
    pub goals: Vec<GoalGrade>,
}

/// One goal over the seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalGrade {
    pub goal: Goal,
    /// In how many runs it was met.
    pub met: u64,
    pub spread: Sample,
}

impl Grade {
    pub fn new(scenario: &Scenario) -> Grade {
        let goals = scenario.goals.iter().map(|&goal| GoalGrade { goal, met: 0, spread: Sample::default() });
        Grade { seeds: 0, passed: 0, goals: goals.collect() }
    }

    /// Takes one Monday more.
    ///
    /// # Panics
    /// If the outcome has other goals than the scenario: a programmer's mistake.
    pub fn take(&mut self, outcome: &Outcome) {
        assert_eq!(outcome.values.len(), self.goals.len(), "an outcome of another scenario");
        self.seeds += 1;
        self.passed += u64::from(outcome.passed);
        for (goal, value) in self.goals.iter_mut().zip(&outcome.values) {
            goal.met += u64::from(value.is_some_and(|v| v <= goal.goal.at_most));
            goal.spread.add(*value);
        }
    }

    /// How many Mondays more until the goals' means get ranges.
    pub fn until_ranges(&self) -> u64 {
        ENOUGH.saturating_sub(self.seeds)
    }

    /// The share of seeds that passed, 0 to 1.
    pub fn share(&self) -> f64 {
        self.passed as f64 / self.seeds as f64
    }

    /// The 95 % Wilson interval of the share: lowest and highest.
    pub fn interval(&self) -> (f64, f64) {
        wilson(self.passed, self.seeds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;
    use engine::measure::MetricId;

    /// In slices or whole, in one go or one by one from any seed: the same outcomes.
    #[test]
    fn slices_change_nothing() {
        let scenario = builtin::scenario("monday").expect("built in");
        let design = builtin::design("naive").expect("built in").design();
        let network = Arc::new(scenario.compile(&design).expect("it compiles"));
        let mut seeds = Seeds::new(network.clone(), scenario.clone(), FIRST_SEED);
        let mut sliced = Vec::new();
        while sliced.len() < 2 {
            sliced.extend(seeds.advance(9_999));
        }
        assert_eq!(seeds.seed(), FIRST_SEED + 2);
        let whole = |seed| Outcome::of(scenario, seed, &crate::study::run(&network, seed));
        assert_eq!(sliced, [whole(1), whole(2)]);
        seeds.advance(1_000);
        seeds.go_to(2);
        let again = std::iter::from_fn(|| Some(seeds.advance(1 << 20))).flatten().next().expect("it ends");
        assert_eq!(again, sliced[1]);
        let mut unwatched = Seeds::unwatched(network.clone(), scenario.clone(), 2);
        let bare = std::iter::from_fn(|| Some(unwatched.advance(1 << 20))).flatten().next().expect("it ends");
        assert_eq!(bare, Outcome { steady: Vec::new(), ..again });
        let mut grade = Grade::new(scenario);
        sliced.iter().for_each(|outcome| grade.take(outcome));
        assert_eq!((grade.seeds, grade.passed), (2, 0));
        assert_eq!(grade.until_ranges(), 8);
        (0..8).for_each(|_| grade.take(&sliced[0]));
        assert_eq!(grade.until_ranges(), 0);
        grade.take(&sliced[0]);
        assert_eq!(grade.until_ranges(), 0, "more than enough");
        let heard = grade.goals.iter().find(|g| g.goal.metric.id == MetricId::AcceptanceP95).expect("a goal");
        assert!(heard.met == 0 && heard.spread.median().is_some_and(|ms| ms > 2_000.0));
    }
}
