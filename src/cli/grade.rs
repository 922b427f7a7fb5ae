//! `kata grade`: designs in every scenario of the kata, over many seeds.
//!
//! A design that can't be used is named on standard error and does not stop the others; the exit code says so.

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;

use super::args::{GradeArgs, TableFormat};
use super::input::{Inputs, unusable};
use super::output::{self, Progress, Stop};
use super::run::called;
use crate::design::Design;
use crate::format::{limit, metric, share};
use crate::kata::{Scenario, scenarios};
use crate::kinds::Value;
use crate::study::repeat::{FIRST_SEED, GoalGrade};
use crate::study::{self, Grade, Outcome, parallel};
use engine::measure::{METRICS, Metric};

/// One design in one scenario over all seeds.
struct Graded<'a> {
    design: &'a str,
    scenario: &'a Scenario,
    grade: Grade,
}

pub fn grade(args: &GradeArgs) -> Result<ExitCode, Stop> {
    let mut inputs = Inputs::default();
    let mut usable: Vec<(&str, Design)> = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for name in &args.designs {
        match inputs.design(name).and_then(|design| compiles(name, design)) {
            Ok(design) => usable.push((name, design)),
            Err(Stop::Unusable(message)) => {
                output::complain(&message);
                code = ExitCode::from(2);
            }
            Err(stop) => return Err(stop),
        }
    }
    if args.format == TableFormat::Csv {
        output::line(&csv_head())?;
    }
    let progress = Progress::new(usable.len() as u64 * scenarios().len() as u64 * args.seeds);
    let mut done = 0;
    for (name, design) in &usable {
        let mut mastered = true;
        for scenario in scenarios() {
            let graded =
                Graded::of(called(design, name), design, scenario, args.seeds, |runs| progress.show(done + runs));
            done += args.seeds;
            mastered &= graded.grade.passed == args.seeds;
            progress.hide();
            output::write(&match args.format {
                TableFormat::Text => graded.text(),
                TableFormat::Json => graded.json() + "\n",
                TableFormat::Csv => graded.csv() + "\n",
            })?;
        }
        if args.format == TableFormat::Text {
            let word = if mastered { "mastered: every seed passes every scenario" } else { "not mastered" };
            output::line(&format!("{}: {word}\n", called(design, name)))?;
        }
    }
    Ok(code)
}

/// The design, if it can run in every scenario of the kata.
fn compiles(name: &str, design: Design) -> Result<Design, Stop> {
    for scenario in scenarios() {
        scenario.compile(&design).map_err(|problems| unusable(name, &problems))?;
    }
    Ok(design)
}

impl<'a> Graded<'a> {
    fn of(name: &'a str, design: &Design, scenario: &'a Scenario, seeds: u64, shown: impl Fn(u64)) -> Graded<'a> {
        let network = Arc::new(scenario.compile(design).expect("it compiled before"));
        let mut grade = Grade::new(scenario);
        let work = |number| {
            let seed = FIRST_SEED + number;
            Outcome::of(scenario, seed, &study::run(&network, seed))
        };
        parallel::in_order(seeds, work, |number, outcome| {
            grade.take(&outcome);
            shown(number + 1);
            ControlFlow::Continue(())
        });
        Graded { design: name, scenario, grade }
    }

    fn text(&self) -> String {
        let grade = &self.grade;
        let (low, high) = grade.interval();
        let mut text = format!(
            "{} · {}: passes {} of {} ({}, 95 %: {}–{})\n",
            self.design,
            self.scenario.name,
            grade.passed,
            grade.seeds,
            share(grade.share()),
            share((low * 1e3).round() / 1e3),
            share((high * 1e3).round() / 1e3)
        );
        for GoalGrade { goal, met, spread } in &grade.goals {
            let unit = goal.metric.unit;
            let mark = if *met == grade.seeds { '✓' } else { '✗' };
            let value = metric(spread.median(), unit);
            let range = match grade.seeds {
                1 => String::new(),
                _ => format!("from {} to {}", metric(spread.least(), unit), metric(spread.most(), unit)),
            };
            let line = format!("{mark} {:<22} {value:>14}   {:<20} {range}", goal.name(), limit(goal.at_most, unit));
            text += line.trim_end();
            text.push('\n');
        }
        text
    }

    fn json(&self) -> String {
        let grade = &self.grade;
        let (low, high) = grade.interval();
        let number = |value: Option<f64>| value.map_or(Value::Null, Value::Number);
        let goals = grade.goals.iter().map(|GoalGrade { goal, met, spread }| GoalForm {
            metric: goal.metric.key,
            at_most: Value::Number(goal.at_most),
            value: number(spread.median()),
            min: number(spread.least()),
            max: number(spread.most()),
            met: *met,
            mean: number(spread.interval().map(|i| i.mean)),
            mean_low: number(spread.interval().map(|i| i.low())),
            mean_high: number(spread.interval().map(|i| i.high())),
        });
        let form = Form {
            design: self.design,
            scenario: &self.scenario.id,
            seeds: grade.seeds,
            passed: grade.passed,
            share: grade.share(),
            low,
            high,
            goals: goals.collect(),
        };
        serde_json::to_string(&form).expect("a grade is JSON")
    }

    fn csv(&self) -> String {
        let grade = &self.grade;
        let (low, high) = grade.interval();
        let mut cells = vec![
            quoted(self.design),
            quoted(&self.scenario.id),
            grade.seeds.to_string(),
            grade.passed.to_string(),
            grade.share().to_string(),
            low.to_string(),
            high.to_string(),
        ];
        for metric in graded_metrics() {
            let goal = grade.goals.iter().find(|g| g.goal.metric == metric);
            cells.push(goal.and_then(|g| g.spread.median()).map_or(String::new(), |v| v.to_string()));
        }
        cells.join(",")
    }
}

/// The metrics that any scenario of the kata has a goal for.
fn graded_metrics() -> impl Iterator<Item = &'static Metric> {
    let named = |metric: &Metric| scenarios().iter().any(|s| s.goals.iter().any(|g| g.metric == metric));
    METRICS.iter().filter(move |metric| named(metric))
}

fn csv_head() -> String {
    let fixed = ["design", "scenario", "seeds", "passed", "share", "low", "high"];
    fixed.into_iter().chain(graded_metrics().map(|m| m.key)).collect::<Vec<_>>().join(",")
}

/// A cell of a CSV file; one that a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[derive(Serialize)]
struct Form<'a> {
    design: &'a str,
    scenario: &'a str,
    seeds: u64,
    passed: u64,
    share: f64,
    /// The 95 % Wilson interval of the share.
    low: f64,
    high: f64,
    goals: Vec<GoalForm>,
}

#[derive(Serialize)]
struct GoalForm {
    metric: &'static str,
    at_most: Value,
    /// The median over the seeds; `null` where it is infinite or has nothing to count.
    value: Value,
    min: Value,
    max: Value,
    /// In how many runs it was met.
    met: u64,
    /// The mean over the seeds with its 95 % interval by Student's t; `null` with one seed, and where any run has no value.
    mean: Value,
    mean_low: Value,
    mean_high: Value,
}
