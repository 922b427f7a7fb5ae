//! A row for each scenario of each file: as text, as JSON, as CSV.

use super::Grading;
use super::cell::{Cell, GoalCell};
use super::submissions::{Submission, told};
use crate::cli::csv::{beside_limit, number, quoted};
use crate::format::{limit, share};
use crate::json::Value;
use crate::kata::{Goal, Scenario, builtin};
use engine::measure::{METRICS, Metric};

/// Infinite, as programs for tables read it.
const INFINITE: &str = "inf";

/// Cards to read, and what it all comes to.
pub fn text(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let Submission { file, name, design } = submission;
    let cells = match (cells, design) {
        (Some(cells), Ok(_)) => cells,
        (_, Err(why)) => return format!("{file}: can't be used: {}\n\n", told(why)),
        (None, Ok(_)) => unreachable!("a design that can be used is run"),
    };
    let mut text = String::new();
    for (scenario, cell) in grading.scenarios().zip(cells) {
        text += &format!("{file} · {}", card(grading, scenario, cell));
    }
    let called = if name == file { file.clone() } else { format!("{file}, “{name}”") };
    let passed = cells.iter().filter(|cell| grading.passes(cell)).count();
    let points = number(grading.points(cells), 1);
    let of = cells.len();
    let word = if grading.whole && passed == of { "mastered" } else { "not mastered" };
    let word = if grading.whole { format!("{word}, ") } else { String::new() };
    text + &format!("{called}: {word}{passed} of {of} scenarios passed, {points} points\n\n")
}

/// A scenario's share and goals.
pub fn card(grading: &Grading, scenario: &Scenario, cell: &Cell) -> String {
    let (low, high) = cell.interval();
    let early = if cell.seeds < grading.seeds { format!(", decided before {}", grading.seeds) } else { String::new() };
    let mut text = format!(
        "{}: passes {} of {} ({}, 95 %: {}–{}{early})\n",
        scenario.name,
        cell.passed,
        cell.seeds,
        share(cell.share()),
        share((low * 1e3).round() / 1e3),
        share((high * 1e3).round() / 1e3)
    );
    for (goal, figures) in scenario.goals.iter().zip(&cell.goals) {
        let unit = goal.metric.unit;
        let mark = if figures.met == cell.seeds { '✓' } else { '✗' };
        let value = figures.shown(goal, figures.value);
        let range = match cell.seeds {
            1 => String::new(),
            _ => format!("from {} to {}", figures.shown(goal, figures.min), figures.shown(goal, figures.max)),
        };
        let line = format!("{mark} {:<22} {value:>14}   {:<20} {range}", goal.name(), limit(goal.at_most, unit));
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// What rows of all kinds begin with.
pub fn head(submission: &Submission) -> Vec<(&'static str, Value)> {
    vec![
        ("file", submission.file.as_str().into()),
        ("design", submission.design.is_ok().then_some(submission.name.as_str()).into()),
        ("kata", builtin::kata().id.as_str().into()),
        ("engine", engine::VERSION.into()),
    ]
}

/// What they end with.
pub fn error(submission: &Submission) -> (&'static str, Value) {
    ("error", submission.design.as_ref().err().map(|why| told(why)).into())
}

/// Fields as a line of JSON.
pub fn line(fields: Vec<(&'static str, Value)>) -> String {
    Value::Map(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()).json() + "\n"
}

/// A line for each scenario, or one with the error.
pub fn json(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let (Some(cells), Ok(design)) = (cells, &submission.design) else {
        let nothing = ["scenario", "seed", "seeds", "passed", "share", "low", "high", "goals"];
        let nothing = nothing.into_iter().map(|key| (key, Value::Null));
        let last = [error(submission), ("key", Value::Null)];
        return line(head(submission).into_iter().chain(nothing).chain(last).collect());
    };
    let row = |((scenario, file), cell): (&(Scenario, String), &&Cell)| {
        let mut fields = head(submission);
        fields.extend([("scenario", scenario.id.as_str().into()), ("seed", grading.seed.into())]);
        fields.extend(cell.fields(scenario));
        fields.extend([error(submission), ("key", grading.key(design, file).into())]);
        line(fields)
    };
    grading.scenarios.iter().zip(cells).map(row).collect()
}

/// The metrics that any of the scenarios has a goal for.
fn graded_metrics(grading: &Grading) -> impl Iterator<Item = &'static Metric> {
    let named = |metric: &Metric| grading.scenarios().any(|s| s.goals.iter().any(|g| g.metric == metric));
    METRICS.iter().filter(move |metric| named(metric))
}

pub fn csv_head(grading: &Grading) -> String {
    let fixed = ["file", "design", "kata", "engine", "scenario", "seed", "seeds", "passed", "share", "low", "high"];
    let columns = fixed.into_iter().chain(graded_metrics(grading).map(|metric| metric.key)).chain(["error"]);
    columns.collect::<Vec<_>>().join(",") + "\n"
}

/// What rows of a CSV file begin with.
pub fn csv_start(submission: &Submission) -> Vec<String> {
    head(submission).iter().map(|(_, value)| quoted(value.text().unwrap_or_default())).collect()
}

/// What they end with.
pub fn csv_error(submission: &Submission) -> String {
    quoted(error(submission).1.text().unwrap_or_default())
}

/// A row for each scenario, or one with the error.
pub fn csv(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let Some(cells) = cells else {
        let nothing = 7 + graded_metrics(grading).count();
        let row = csv_start(submission).into_iter().chain(vec![String::new(); nothing]);
        return row.chain([csv_error(submission)]).collect::<Vec<_>>().join(",") + "\n";
    };
    let row = |(scenario, cell): (&Scenario, &&Cell)| {
        let (low, high) = cell.interval();
        let mut row = csv_start(submission);
        row.extend([quoted(&scenario.id), grading.seed.to_string()]);
        row.extend([cell.seeds.to_string(), cell.passed.to_string()]);
        row.extend([cell.share(), low, high].map(|share| number(share, 4)));
        row.extend(graded_metrics(grading).map(|metric| {
            let mut goals = scenario.goals.iter().zip(&cell.goals);
            goals.find(|(goal, _)| goal.metric == metric).map_or(String::new(), |(goal, cell)| figure(goal, cell))
        }));
        row.push(csv_error(submission));
        row.join(",") + "\n"
    };
    grading.scenarios().zip(cells).map(row).collect()
}

/// A goal's median: empty where there is nothing to count.
fn figure(goal: &Goal, cell: &GoalCell) -> String {
    match cell.value {
        Some(value) => beside_limit(value, goal.at_most, goal.metric.unit),
        None if cell.infinite > 0 => INFINITE.to_owned(),
        None => String::new(),
    }
}
