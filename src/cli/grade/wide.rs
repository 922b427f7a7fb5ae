//! `--wide`: a row for each file, as a gradebook has it.

use super::Grading;
use super::cell::Cell;
use super::rows::{csv_error, csv_start, error, head, line};
use super::submissions::{Submission, told};
use crate::cli::csv::{number, quoted};
use crate::json::Value;

/// What a design comes to over all scenarios that were asked for.
struct Total {
    /// By scenario.
    stars: Vec<u8>,
    passed: Vec<bool>,
    goals_met: u64,
    goals: u64,
    /// Every scenario of the kata is passed; `None` where not all were asked for.
    mastered: Option<bool>,
    points: f64,
}

impl Total {
    fn of(grading: &Grading, cells: &[&Cell]) -> Total {
        let passed: Vec<bool> = cells.iter().map(|cell| grading.passes(cell)).collect();
        let all = grading.scenarios().zip(cells).zip(&passed);
        let stars = all.map(|((scenario, cell), passed)| cell.stars(scenario, *passed, grading.seeds)).collect();
        let met = |cell: &&Cell| cell.goals.iter().filter(|goal| grading.enough(goal.met, cell.seeds)).count() as u64;
        Total {
            stars,
            goals_met: cells.iter().map(met).sum(),
            goals: cells.iter().map(|cell| cell.goals.len() as u64).sum(),
            mastered: grading.whole.then(|| passed.iter().all(|passed| *passed)),
            passed,
            points: grading.points(cells),
        }
    }
}

pub fn csv_head(grading: &Grading) -> String {
    let fixed = ["file", "design", "kata", "engine", "seed", "seeds"].map(str::to_owned);
    let scenario = |id: &str| [quoted(&format!("{id}_stars")), quoted(&format!("{id}_passed"))];
    let scenarios = grading.scenarios().flat_map(|s| scenario(&s.id));
    let last = ["goals_met", "goals", "mastered", "points", "error"].map(str::to_owned);
    fixed.into_iter().chain(scenarios).chain(last).collect::<Vec<_>>().join(",") + "\n"
}

pub fn csv(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let mut row = csv_start(submission);
    match cells {
        None => row.extend(vec![String::new(); 6 + 2 * grading.scenarios.len()]),
        Some(cells) => {
            let total = Total::of(grading, cells);
            let bit = |yes: bool| u8::from(yes).to_string();
            row.extend([grading.seed.to_string(), grading.seeds.to_string()]);
            row.extend(total.stars.iter().zip(&total.passed).flat_map(|(stars, yes)| [stars.to_string(), bit(*yes)]));
            row.extend([total.goals_met.to_string(), total.goals.to_string()]);
            row.extend([total.mastered.map_or(String::new(), bit), number(total.points, 2)]);
        }
    }
    row.push(csv_error(submission));
    row.join(",") + "\n"
}

pub fn json(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let mut fields = head(submission);
    match cells {
        None => {
            let nothing = ["seed", "seeds", "scenarios", "goals_met", "goals", "mastered", "points"];
            fields.extend(nothing.map(|key| (key, Value::Null)));
        }
        Some(cells) => {
            let total = Total::of(grading, cells);
            let results =
                total.stars.iter().zip(&total.passed).map(|(stars, passed)| {
                    Value::map([("stars", u64::from(*stars).into()), ("passed", (*passed).into())])
                });
            let scenarios = grading.scenarios().map(|scenario| scenario.id.clone()).zip(results).collect();
            fields.extend([
                ("seed", grading.seed.into()),
                ("seeds", grading.seeds.into()),
                ("scenarios", Value::Map(scenarios)),
                ("goals_met", total.goals_met.into()),
                ("goals", total.goals.into()),
                ("mastered", total.mastered.into()),
                ("points", total.points.into()),
            ]);
        }
    }
    fields.push(error(submission));
    line(fields)
}

/// Letters of a scenario's column.
fn width(id: &str) -> usize {
    id.chars().count().max(6)
}

pub fn text_head(grading: &Grading) -> String {
    let columns = grading.scenarios().map(|scenario| format!("  {:<1$}", scenario.id, width(&scenario.id)));
    format!("{:<1$}{2}  goals  points\n", "file", grading.file_width, columns.collect::<String>())
}

pub fn text(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let mut text = format!("{:<1$}", submission.file, grading.file_width);
    match (cells, &submission.design) {
        (Some(cells), _) => {
            let total = Total::of(grading, cells);
            for ((scenario, stars), passed) in grading.scenarios().zip(&total.stars).zip(&total.passed) {
                let filled: String = (0..3).map(|at| if at < *stars { '★' } else { '☆' }).collect();
                let mark = if *passed { '✓' } else { '✗' };
                text += &format!("  {:<1$}", format!("{mark} {filled}"), width(&scenario.id));
            }
            let goals = format!("{}/{}", total.goals_met, total.goals);
            let mastered = if total.mastered == Some(true) { "  mastered" } else { "" };
            text += &format!("  {goals:>5}  {:>6}{mastered}", number(total.points, 1));
        }
        (None, Err(why)) => text += &format!("  can't be used: {}", told(why)),
        (None, Ok(_)) => unreachable!("a design that can be used is run"),
    }
    text.trim_end().to_owned() + "\n"
}
