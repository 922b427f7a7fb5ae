//! `kata grade`: designs in every built-in scenario, over many seeds.
//!
//! A design that can't be used is named on standard error and does not stop the others; the exit code tells.

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;

use super::args::{GradeArgs, TableFormat};
use super::input::{Inputs, unusable};
use super::output::{self, Progress, Stop};
use super::run::called;
use crate::design::Design;
use crate::kata::{Goal, Scenario, Verdict, scenarios};
use crate::kinds::Value;
use crate::measure::METRICS;
use crate::measure::format::{limit, metric, share};
use crate::study::{self, Spread, parallel, wilson};

/// One design in one scenario over all seeds.
struct Grade<'a> {
    design: &'a str,
    scenario: &'a Scenario,
    seeds: u64,
    passed: u64,
    /// For each goal of the scenario: in how many runs it was met, and its values.
    goals: Vec<(Goal, u64, Spread)>,
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
            let grade =
                Grade::of(called(design, name), design, scenario, args.seeds, |runs| progress.show(done + runs));
            done += args.seeds;
            mastered &= grade.passed == args.seeds;
            progress.hide();
            output::write(&match args.format {
                TableFormat::Text => grade.text(),
                TableFormat::Json => grade.json() + "\n",
                TableFormat::Csv => grade.csv() + "\n",
            })?;
        }
        if args.format == TableFormat::Text {
            let word = if mastered { "mastered: every seed passes every scenario" } else { "not mastered" };
            output::line(&format!("{}: {word}\n", called(design, name)))?;
        }
    }
    Ok(code)
}

/// The design, if it can run in every built-in scenario.
fn compiles(name: &str, design: Design) -> Result<Design, Stop> {
    for scenario in scenarios() {
        scenario.compile(&design).map_err(|problems| unusable(name, &problems))?;
    }
    Ok(design)
}

impl<'a> Grade<'a> {
    fn of(name: &'a str, design: &Design, scenario: &'a Scenario, seeds: u64, shown: impl Fn(u64)) -> Grade<'a> {
        let network = Arc::new(scenario.compile(design).expect("it compiled before"));
        let goals = scenario.goals.iter().map(|goal| (*goal, 0, Spread::default())).collect();
        let mut grade = Grade { design: name, scenario, seeds, passed: 0, goals };
        let work = |number| study::run(&network, 1 + number);
        parallel::in_order(seeds, work, |number, report| {
            let verdict = Verdict::of(scenario, &report, true);
            grade.passed += u64::from(verdict.passed());
            for ((_, met, spread), status) in grade.goals.iter_mut().zip(&verdict.goals) {
                *met += u64::from(status.met());
                spread.add(status.value);
            }
            shown(number + 1);
            ControlFlow::Continue(())
        });
        grade
    }

    fn share(&self) -> f64 {
        self.passed as f64 / self.seeds as f64
    }

    fn text(&self) -> String {
        let (low, high) = wilson(self.passed, self.seeds);
        let mut text = format!(
            "{} · {}: passes {} of {} ({}, 95 %: {}–{})\n",
            self.design,
            self.scenario.name,
            self.passed,
            self.seeds,
            share(self.share()),
            share((low * 1e3).round() / 1e3),
            share((high * 1e3).round() / 1e3)
        );
        for (goal, met, spread) in &self.goals {
            let unit = goal.metric.unit;
            let mark = if *met == self.seeds { '✓' } else { '✗' };
            let value = metric(spread.median(), unit);
            let range = match self.seeds {
                1 => String::new(),
                _ => format!("from {} to {}", metric(spread.least(), unit), metric(spread.most(), unit)),
            };
            let line =
                format!("{mark} {:<22} {value:>14}   {:<20} {range}", goal.metric.label, limit(goal.at_most, unit));
            text += line.trim_end();
            text.push('\n');
        }
        text
    }

    fn json(&self) -> String {
        let (low, high) = wilson(self.passed, self.seeds);
        let number = |value: Option<f64>| value.map_or(Value::Null, Value::Number);
        let goals = self.goals.iter().map(|(goal, met, spread)| GoalForm {
            metric: goal.metric.key,
            at_most: Value::Number(goal.at_most),
            value: number(spread.median()),
            min: number(spread.least()),
            max: number(spread.most()),
            met: *met,
        });
        let form = Form {
            design: self.design,
            scenario: &self.scenario.id,
            seeds: self.seeds,
            passed: self.passed,
            share: self.share(),
            low,
            high,
            goals: goals.collect(),
        };
        serde_json::to_string(&form).expect("a grade is JSON")
    }

    fn csv(&self) -> String {
        let (low, high) = wilson(self.passed, self.seeds);
        let mut cells = vec![
            quoted(self.design),
            quoted(&self.scenario.id),
            self.seeds.to_string(),
            self.passed.to_string(),
            self.share().to_string(),
            low.to_string(),
            high.to_string(),
        ];
        for key in graded_metrics() {
            let goal = self.goals.iter().find(|(goal, ..)| goal.metric.key == key);
            cells.push(goal.and_then(|(.., spread)| spread.median()).map_or(String::new(), |v| v.to_string()));
        }
        cells.join(",")
    }
}

/// The metrics that any built-in scenario has a goal for.
fn graded_metrics() -> impl Iterator<Item = &'static str> {
    let named = |key| scenarios().iter().any(|s| s.goals.iter().any(|g| g.metric.key == key));
    METRICS.iter().map(|m| m.key).filter(move |key| named(*key))
}

fn csv_head() -> String {
    let fixed = ["design", "scenario", "seeds", "passed", "share", "low", "high"];
    fixed.into_iter().chain(graded_metrics()).collect::<Vec<_>>().join(",")
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
}
