//! `--format gradescope`: one design's grade as the `results.json` that Gradescope reads.
//!
//! As <https://gradescope-autograders.readthedocs.io/en/latest/specs/> has it: a score, and for each scenario a test with its score, its most, a
//! status and a text that the learner sees. The seed stands nowhere in it.

use super::Grading;
use super::cell::Cell;
use super::rows::card;
use super::submissions::Submission;
use crate::json::Value;
use crate::kata::{builtin, stars};

/// The grade of one design; without cells, why it has none.
pub fn results(grading: &Grading, submission: &Submission, cells: Option<&[&Cell]>) -> String {
    let (Some(cells), Ok(_)) = (cells, &submission.design) else {
        let why = submission.design.as_ref().err().map_or(String::new(), |why| why.join("\n"));
        return nothing(&format!("{} can't be used:\n{why}", submission.file));
    };
    let tests = grading.scenarios().zip(cells).map(|(scenario, cell)| {
        let passed = grading.passes(cell);
        let most = worth(grading, &scenario.id);
        Value::map([
            ("name", scenario.name.as_str().into()),
            ("score", if passed { most } else { 0.0 }.into()),
            ("max_score", most.into()),
            ("status", if passed { "passed" } else { "failed" }.into()),
            ("output", card(grading, scenario, cell).into()),
        ])
    });
    let passed = cells.iter().filter(|cell| grading.passes(cell)).count();
    let told = format!("{}: {passed} of {} scenarios passed.", submission.name, cells.len());
    form(grading.points(cells), &told, tests.collect())
}

/// What passing this scenario alone is worth.
fn worth(grading: &Grading, id: &str) -> f64 {
    let all: Vec<_> = grading.scenarios().map(|scenario| (scenario.id.as_str(), scenario.id == id)).collect();
    stars::points(builtin::kata(), &all)
}

/// No design, or several: nothing is run.
pub fn not_one(submissions: &[Submission]) -> String {
    let names: Vec<_> = submissions.iter().map(|submission| submission.file.as_str()).collect();
    nothing(&format!("Hand in one design; these are {}: {}", names.len(), names.join(", ")))
}

fn nothing(why: &str) -> String {
    form(0.0, why, Value::List(Vec::new()))
}

fn form(score: f64, output: &str, tests: Value) -> String {
    let about = Value::map([("kata", builtin::kata().id.as_str().into()), ("engine", engine::VERSION.into())]);
    let form = [("score", score.into()), ("output", output.into()), ("tests", tests), ("extra_data", about)];
    Value::map(form).json_pretty() + "\n"
}
