//! The score: what a learner has shown so far, as any host takes it.
//!
//! It is of one design, since mastery is one design that passes every scenario: the one of the recorded runs that has earned the most points.
//! So it claims nothing that its receipt can't prove: the design in the receipt, run in each scenario with the seed named there, has that digest.
//! `kata grade --wide` says the same of that design.
//!
//! Runs that were changed midway don't count. Plain data; as text it is for `share`.

use std::rc::Rc;

use super::history::{RunHistory, RunRecord, fingerprint, likeness};
use super::receipt::kata_version;
use crate::kata::stars::{Shown, points, stars};
use crate::kata::{Scenario, builtin};
use engine::measure::MetricId;

/// What a learner has shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The kata's id.
    pub kata: String,
    /// What its scenarios say, as 16 hexadecimal digits.
    pub kata_version: String,
    /// The engine's version.
    pub engine: String,
    /// All scenarios of the kata, in its order.
    pub scenarios: Vec<ScenarioScore>,
    /// Goals that were met in the runs that count, and all goals of all scenarios.
    pub goals_met: u64,
    pub goals: u64,
    /// The design passes every scenario.
    pub mastered: bool,
    /// Rungs of help that were opened; nothing is taken away for them.
    pub hints: u64,
    /// From 0 to 100.
    pub points: f64,
    /// The run whose receipt goes with it: the latest of those that count. `None`: no run has come to its end.
    pub run: Option<Rc<RunRecord>>,
}

/// What the design has shown in one scenario: its latest run that passed, else its latest run; all of that is absent without a run.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioScore {
    /// The scenario's id.
    pub id: String,
    pub passed: bool,
    /// From 0 to 3.
    pub stars: u8,
    pub seed: Option<u64>,
    pub digest: Option<String>,
}

/// One design's runs.
struct Shows<'a> {
    likeness: String,
    /// The latest first.
    runs: Vec<&'a Rc<RunRecord>>,
}

impl Score {
    /// What these runs of the kata in hand come to; `hints` are the rungs of help opened so far.
    pub fn of(runs: &RunHistory, hints: u64) -> Score {
        let mut best = Score::of_design(&[]);
        // The latest design comes first, and of equal ones it stays.
        for shows in by_design(runs) {
            let score = Score::of_design(&shows.runs);
            if best.run.is_none() || score.rank() > best.rank() {
                best = score;
            }
        }
        Score { hints, ..best }
    }

    fn of_design(runs: &[&Rc<RunRecord>]) -> Score {
        let counts = |scenario: &Scenario| {
            let of = || runs.iter().filter(|run| run.scenario == scenario.id);
            of().find(|run| run.passed()).or_else(|| of().next()).copied()
        };
        let all = builtin::scenarios();
        let counted: Vec<Option<&Rc<RunRecord>>> = all.iter().map(counts).collect();
        let scenarios: Vec<ScenarioScore> =
            all.iter().zip(&counted).map(|(scenario, run)| scored(scenario, *run, runs)).collect();
        let met = |run: &&&Rc<RunRecord>| run.goals.iter().filter(|goal| goal.met()).count() as u64;
        let passed: Vec<(&str, bool)> = scenarios.iter().map(|one| (one.id.as_str(), one.passed)).collect();
        let is_counted = |run: &&&Rc<RunRecord>| counted.iter().flatten().any(|counted| Rc::ptr_eq(counted, run));
        Score {
            kata: builtin::kata().id.clone(),
            kata_version: versions(all),
            engine: engine::VERSION.to_owned(),
            goals_met: counted.iter().flatten().map(|run| met(&run)).sum(),
            goals: all.iter().map(|scenario| scenario.goals.len() as u64).sum(),
            mastered: scenarios.iter().all(|one| one.passed),
            hints: 0,
            points: points(builtin::kata(), &passed),
            run: runs.iter().find(is_counted).map(|run| Rc::clone(run)),
            scenarios,
        }
    }

    /// By what the better of two is told: points, stars, goals.
    fn rank(&self) -> (u64, u32, u64) {
        // Points are shares of whole numbers: a millionth tells them apart.
        let millionths = (self.points * 1e6).round() as u64;
        (millionths, self.scenarios.iter().map(|one| u32::from(one.stars)).sum(), self.goals_met)
    }
}

/// The kata's version: that of all its scenarios.
fn versions(scenarios: &[Scenario]) -> String {
    let all: Vec<String> = scenarios.iter().filter_map(|scenario| kata_version(&scenario.id)).collect();
    fingerprint(&all.join(" "))
}

fn scored(scenario: &Scenario, run: Option<&Rc<RunRecord>>, runs: &[&Rc<RunRecord>]) -> ScenarioScore {
    let passes = || runs.iter().filter(|run| run.scenario == scenario.id && run.passed());
    let shown = Shown {
        passed: run.is_some_and(|run| run.passed()),
        mondays: passes().find_map(|run| run.mondays),
        cost: passes().filter_map(|run| run.figure(&[MetricId::Cost])).reduce(f64::min),
    };
    ScenarioScore {
        id: scenario.id.clone(),
        passed: shown.passed,
        stars: stars(scenario, shown),
        seed: run.map(|run| run.seed),
        digest: run.map(|run| run.digest.clone()),
    }
}

/// The runs that are scored, by their designs; the latest design first.
fn by_design(runs: &RunHistory) -> Vec<Shows<'_>> {
    let mut all: Vec<Shows<'_>> = Vec::new();
    for run in runs.list().iter().filter(|run| !run.is_exploration()) {
        let likeness = likeness(&run.design);
        match all.iter_mut().find(|shows| shows.likeness == likeness) {
            Some(shows) => shows.runs.push(run),
            None => all.push(Shows { likeness, runs: vec![run] }),
        }
    }
    all
}

/// The runs that a score needs to be the same again: those that count, one a scenario.
pub fn counted(runs: &RunHistory, score: &Score) -> Vec<Rc<RunRecord>> {
    let Some(design) = score.run.as_ref().map(|run| likeness(&run.design)) else { return Vec::new() };
    let of = |one: &ScenarioScore| {
        let is_it = |run: &&Rc<RunRecord>| {
            !run.is_exploration()
                && run.scenario == one.id
                && Some(run.seed) == one.seed
                && Some(&run.digest) == one.digest.as_ref()
                && likeness(&run.design) == design
        };
        runs.list().iter().find(is_it).cloned()
    };
    score.scenarios.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::record::Origin;
    use crate::record::history::Outcome;

    /// A run as if it had come to its end; with `met` every goal is.
    fn run(design: &Design, scenario: &str, seed: u64, met: bool) -> RunRecord {
        let scenario = builtin::scenario(scenario).expect("built in");
        let goals = scenario.goals.iter().map(|goal| Outcome {
            metric: goal.metric,
            at_most: goal.at_most,
            value: Some(if met { goal.at_most } else { goal.at_most + 1.0 }),
            unconfirmed: None,
        });
        let origin =
            Origin { design: Rc::new(design.clone()), scenario: Rc::new(scenario.clone()), seed, changes: Vec::new() };
        let nothing = crate::kata::Verdict { goals: Vec::new(), is_final: true, cut_short: false };
        let mut record = RunRecord::of(&origin, &nothing, &format!("{seed:016x}"), seed as u32);
        record.goals = goals.collect();
        record.id = record.content_id();
        record
    }

    fn design(id: &str) -> Design {
        builtin::design(id).expect("built in").design()
    }

    /// Later runs come first.
    fn history(runs: impl IntoIterator<Item = RunRecord>) -> RunHistory {
        let mut history = RunHistory::default();
        for run in runs {
            history.keep(run);
        }
        history
    }

    fn passed(score: &Score) -> Vec<bool> {
        score.scenarios.iter().map(|one| one.passed).collect()
    }

    #[test]
    fn nothing_run_is_no_point_and_no_receipt() {
        let score = Score::of(&RunHistory::default(), 3);
        assert_eq!((score.points, score.mastered, score.goals_met, score.hints), (0.0, false, 0, 3));
        assert!(score.run.is_none() && score.goals > 0);
        assert_eq!(score.scenarios.len(), builtin::scenarios().len());
        assert!(score.scenarios.iter().all(|one| one.seed.is_none() && one.digest.is_none() && one.stars == 0));
    }

    #[test]
    fn points_are_the_share_of_passed_scenarios() {
        let par = design("par");
        let runs = history([run(&par, "monday", 1, true), run(&par, "outage", 2, false), run(&par, "outage", 3, true)]);
        let score = Score::of(&runs, 0);
        assert_eq!(score.points, 50.0);
        assert_eq!(passed(&score), [true, false, true, false]);
        assert_eq!(score.scenarios[2].seed, Some(3));
        assert_eq!(score.run.as_ref().map(|run| run.seed), Some(3), "the latest of those that count");
        let all = builtin::scenarios().iter().map(|scenario| run(&par, &scenario.id, 7, true));
        let score = Score::of(&history(all), 0);
        assert!(score.mastered && score.points == 100.0 && score.goals_met == score.goals);
    }

    /// Two scenarios passed by two designs are no two passed: mastery is one design.
    #[test]
    fn it_is_of_one_design_the_best_and_not_the_latest() {
        let (par, other) = (design("par"), design("schedule"));
        let runs = history([
            run(&par, "monday", 1, true),
            run(&par, "slow-clinic", 1, true),
            run(&other, "outage", 2, true),
            run(&other, "monday", 3, false),
        ]);
        let score = Score::of(&runs, 0);
        assert_eq!((score.points, passed(&score)), (50.0, vec![true, true, false, false]));
        // Names and places make no other design.
        let renamed = Design { name: "Mine".into(), ..par.clone() };
        let runs =
            history(runs.list().iter().rev().map(|run| (**run).clone()).chain([run(&renamed, "outage", 4, true)]));
        assert_eq!(Score::of(&runs, 0).points, 75.0);
    }

    #[test]
    fn a_later_failure_takes_nothing_away_and_an_exploration_counts_for_nothing() {
        let par = design("par");
        let mut explored = run(&par, "outage", 5, true);
        let node = par.nodes[0].clone();
        explored.changes = vec![crate::record::Changed { at: engine::sim::time::Time::ZERO, node }];
        let runs = history([run(&par, "monday", 1, true), run(&par, "monday", 2, false), explored]);
        let score = Score::of(&runs, 0);
        assert_eq!((score.points, passed(&score)), (25.0, vec![true, false, false, false]));
        assert_eq!(score.scenarios[0].seed, Some(1));
    }

    /// What counts is enough for the same score.
    #[test]
    fn the_counted_runs_alone_make_the_same_score() {
        let (par, other) = (design("par"), design("schedule"));
        let runs = history([
            run(&par, "monday", 1, true),
            run(&par, "monday", 2, false),
            run(&par, "outage", 3, false),
            run(&other, "flu-season", 4, false),
        ]);
        let score = Score::of(&runs, 2);
        let counted = counted(&runs, &score);
        assert_eq!(counted.len(), 2);
        let mut again = RunHistory::default();
        for run in counted {
            again.keep((*run).clone());
        }
        let again = Score::of(&again, 2);
        assert_eq!(
            (&again.scenarios, again.points, again.goals_met),
            (&score.scenarios, score.points, score.goals_met)
        );
    }
}
