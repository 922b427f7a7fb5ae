//! One design in one scenario: what its seeds came to. A cell is computed, or read from an earlier output.

use crate::format::{NONE, metric};
use crate::json::Value;
use crate::kata::stars::{MONDAYS, Shown, stars};
use crate::kata::{Goal, Scenario};
use crate::study::repeat::{ENOUGH, GoalGrade};
use crate::study::{Grade, Outcome, wilson};
use engine::measure::{MetricId, Report, Wait};

/// What the value of a goal is called that has no end.
pub const INFINITE: &str = "infinite";

/// One run: its outcome, and which goals' values are infinite.
pub struct Ran {
    outcome: Outcome,
    infinite: Vec<bool>,
}

impl Ran {
    pub fn of(scenario: &Scenario, seed: u64, report: &Report) -> Ran {
        let outcome = Outcome::of(scenario, seed, report);
        // What was accepted and is not confirmed counts as infinitely late; where nothing was accepted there is nothing to count.
        let endless =
            |goal: &Goal| report.counts.accepted > 0 && matches!(goal.metric.id.quantile(), Some((Wait::EndToEnd, _)));
        let goals = scenario.goals.iter().zip(&outcome.values);
        let infinite = goals.map(|(goal, value)| value.is_none() && endless(goal)).collect();
        Ran { outcome, infinite }
    }
}

/// A cell while its seeds come in.
pub struct Fold {
    grade: Grade,
    infinite: Vec<u64>,
}

impl Fold {
    pub fn new(scenario: &Scenario) -> Fold {
        Fold { grade: Grade::new(scenario), infinite: vec![0; scenario.goals.len()] }
    }

    /// Takes one seed more.
    pub fn take(&mut self, ran: &Ran) {
        self.grade.take(&ran.outcome);
        for (count, infinite) in self.infinite.iter_mut().zip(&ran.infinite) {
            *count += u64::from(*infinite);
        }
    }

    /// Whether the 95 % interval lies on one side of the pass mark; asked from [`ENOUGH`] seeds on, for the first few decide too much.
    pub fn decided(&self, pass_mark: f64) -> bool {
        let (low, high) = self.grade.interval();
        self.grade.seeds >= ENOUGH && (low >= pass_mark || high < pass_mark)
    }

    pub fn cell(self) -> Cell {
        let goal = |(GoalGrade { met, spread, .. }, infinite): (&GoalGrade, &u64)| GoalCell {
            met: *met,
            infinite: *infinite,
            value: spread.median(),
            min: spread.least(),
            max: spread.most(),
            mean: spread.interval().map(|i| [i.mean, i.low(), i.high()]),
        };
        let Grade { seeds, passed, goals } = &self.grade;
        Cell { seeds: *seeds, passed: *passed, goals: goals.iter().zip(&self.infinite).map(goal).collect() }
    }
}

/// One design in one scenario over its seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// At least one.
    pub seeds: u64,
    /// At most as many.
    pub passed: u64,
    /// In the order of the scenario.
    pub goals: Vec<GoalCell>,
}

/// One goal over the seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalCell {
    /// In how many runs it was met.
    pub met: u64,
    /// In how many runs the value is infinite.
    pub infinite: u64,
    /// The median; as the least and the most `None` where it is infinite or has nothing to count.
    pub value: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// The mean with its 95 % interval by Student's t; `None` with one seed, and where any run has no value.
    pub mean: Option<[f64; 3]>,
}

impl Cell {
    /// The share of seeds that passed.
    pub fn share(&self) -> f64 {
        self.passed as f64 / self.seeds as f64
    }

    /// The 95 % Wilson interval of the share.
    pub fn interval(&self) -> (f64, f64) {
        wilson(self.passed, self.seeds)
    }

    /// The stars of a design whose seeds came to this. `decided`: so many seeds were asked for, and fewer were enough.
    pub fn stars(&self, scenario: &Scenario, passed: bool, asked: u64) -> u8 {
        let cost = scenario.goals.iter().position(|goal| goal.metric.id == MetricId::Cost);
        let cost = cost.and_then(|at| self.goals[at].value);
        // Stopped early, the interval has decided for all that were asked for.
        let mondays =
            if self.seeds < asked && asked >= MONDAYS && passed { (asked, asked) } else { (self.passed, self.seeds) };
        stars(scenario, Shown { passed, mondays: Some(mondays), cost })
    }

    /// As a row has it, and [`Cell::from_row`] reads it back.
    pub fn fields(&self, scenario: &Scenario) -> Vec<(&'static str, Value)> {
        let goals = scenario.goals.iter().zip(&self.goals).map(|(goal, cell)| {
            let [mean, low, high] = cell.mean.map_or([None; 3], |mean| mean.map(Some));
            Value::map([
                ("metric", goal.metric.key.into()),
                ("at_most", goal.at_most.into()),
                ("value", cell.value.into()),
                ("min", cell.min.into()),
                ("max", cell.max.into()),
                ("infinite", cell.infinite.into()),
                ("met", cell.met.into()),
                ("mean", mean.into()),
                ("mean_low", low.into()),
                ("mean_high", high.into()),
            ])
        });
        let (low, high) = self.interval();
        vec![
            ("seeds", self.seeds.into()),
            ("passed", self.passed.into()),
            ("share", self.share().into()),
            ("low", low.into()),
            ("high", high.into()),
            ("goals", goals.collect()),
        ]
    }

    /// The cell of a row; `None` if it is none, or says what can't be.
    pub fn from_row(row: &Value) -> Option<Cell> {
        let (seeds, passed) = (row.get("seeds")?.whole()?, row.get("passed")?.whole()?);
        let goal = |goal: &Value| {
            let figure = |key: &str| goal.get(key).and_then(Value::number);
            let (met, infinite) = (goal.get("met")?.whole()?, goal.get("infinite")?.whole()?);
            let mean = figure("mean").zip(figure("mean_low")).zip(figure("mean_high"));
            Some(GoalCell {
                met,
                infinite,
                value: figure("value"),
                min: figure("min"),
                max: figure("max"),
                mean: mean.map(|((mean, low), high)| [mean, low, high]),
            })
        };
        let goals: Vec<GoalCell> = row.get("goals")?.list()?.iter().map(goal).collect::<Option<_>>()?;
        let sound = seeds > 0 && passed <= seeds && goals.iter().all(|g| g.met <= seeds && g.infinite <= seeds);
        sound.then_some(Cell { seeds, passed, goals })
    }
}

impl GoalCell {
    /// A figure in words: infinite where so many runs are, a dash where there is nothing to count.
    pub fn shown(&self, goal: &Goal, figure: Option<f64>) -> String {
        match figure {
            None if self.infinite > 0 => INFINITE.to_owned(),
            None => NONE.to_owned(),
            figure => metric(figure, goal.metric.unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    fn fold(scenario: &Scenario, passes: impl IntoIterator<Item = bool>) -> Fold {
        let mut fold = Fold::new(scenario);
        for (seed, passed) in (1..).zip(passes) {
            let values = scenario.goals.iter().map(|goal| Some(goal.at_most * 1.1 + seed as f64 / 3.0)).collect();
            let outcome = Outcome {
                seed,
                passed,
                values,
                cost: 9.0,
                end_to_end_p95_ms: None,
                digest: String::new(),
                steady: Vec::new(),
            };
            fold.take(&Ran { outcome, infinite: vec![false; scenario.goals.len()] });
        }
        fold
    }

    /// By Wilson's formula: 7 of 10 reach up to 89.2 %, 8 of 10 to 94.3 %; 34 of 34 down to 89.8 %, 35 of 35 to 90.1 %.
    #[test]
    fn an_interval_on_one_side_of_the_mark_decides_from_ten_seeds_on() {
        let monday = builtin::scenario("monday").expect("built in");
        let decided = |passed: usize, of: usize| fold(monday, (0..of).map(|n| n < passed)).decided(0.9);
        assert!(!decided(0, 9) && decided(0, 10), "not before ten");
        assert!(decided(7, 10) && !decided(8, 10));
        assert!(!decided(34, 34) && decided(35, 35));
    }

    /// The share of gradings that pass a design whose seeds pass with probability `p`, worked out without chance: with a look after every
    /// seed, and with one after all 50.
    fn passed_by(p: f64) -> (f64, f64) {
        let mark = 0.9;
        let decided = |passed: usize, of: usize| {
            let (low, high) = wilson(passed as u64, of as u64);
            (of as u64 >= ENOUGH && (low >= mark || high < mark)).then_some(low >= mark)
        };
        // The probability of so many passes, of those not decided yet; and of all.
        let (mut open, mut all, mut early) = (vec![1.0], vec![1.0], 0.0);
        for seeds in 1..=50 {
            let next = |before: &[f64]| -> Vec<f64> {
                let at = |n: usize| before.get(n).copied().unwrap_or(0.0);
                (0..=seeds).map(|n| at(n) * (1.0 - p) + if n > 0 { at(n - 1) * p } else { 0.0 }).collect()
            };
            (open, all) = (next(&open), next(&all));
            for (passed, share) in open.iter_mut().enumerate() {
                if let Some(yes) = decided(passed, seeds) {
                    early += if yes { *share } else { 0.0 };
                    *share = 0.0;
                }
            }
        }
        (early + open[45..].iter().sum::<f64>(), all[45..].iter().sum())
    }

    /// The figures of docs/grading.md.
    #[test]
    fn stopping_early_changes_few_verdicts() {
        for (p, early, whole) in [(0.95, 0.953, 0.962), (0.8, 0.046, 0.048), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)] {
            let found = passed_by(p);
            assert!((found.0 - early).abs() < 5e-4 && (found.1 - whole).abs() < 5e-4, "{p}: {found:?}");
        }
    }

    #[test]
    fn a_row_reads_back_to_the_last_bit() {
        let monday = builtin::scenario("monday").expect("built in");
        let mut cell = fold(monday, [true, false, true]).cell();
        (cell.goals[1].value, cell.goals[1].infinite, cell.goals[1].mean) = (None, 3, None);
        let row = Value::Map(cell.fields(monday).into_iter().map(|(key, value)| (key.to_owned(), value)).collect());
        let read = crate::json::read(&row.json()).expect("JSON");
        assert_eq!(Cell::from_row(&read), Some(cell.clone()));
        let mut wrong = row;
        wrong.set("passed", Value::Number(4.0));
        assert_eq!(Cell::from_row(&wrong), None, "four of three");
        assert_eq!(cell.goals[1].shown(&monday.goals[1], None), INFINITE);
        assert_eq!(cell.goals[0].shown(&monday.goals[0], None), NONE);
    }

    #[test]
    fn what_was_decided_early_has_the_stars_of_all_that_was_asked_for() {
        let monday = builtin::scenario("monday").expect("built in");
        let mut cell = fold(monday, [true; 35]).cell();
        assert_eq!((cell.stars(monday, true, 35), cell.stars(monday, true, 50)), (1, 2));
        let cost = monday.goals.iter().position(|goal| goal.metric.id == MetricId::Cost).expect("a budget");
        cell.goals[cost].value = Some(8.9);
        assert_eq!((cell.stars(monday, true, 50), cell.stars(monday, false, 50)), (3, 0));
    }
}
