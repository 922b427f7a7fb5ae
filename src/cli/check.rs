//! `kata check`: the errors and warnings of a design in a scenario.

use std::process::ExitCode;

use serde::Serialize;

use super::args::{CheckArgs, Format};
use super::input::{Inputs, unusable};
use super::output::{self, Stop};
use super::run::called;
use crate::advice::lint::{Seen, lint};
use crate::advice::teaching;
use crate::design::{Code, Problem, Severity, file};

#[derive(Serialize)]
struct Form<'a> {
    design: &'a str,
    scenario: &'a str,
    errors: usize,
    warnings: usize,
    problems: Vec<ProblemForm<'a>>,
}

#[derive(Serialize)]
struct ProblemForm<'a> {
    severity: Severity,
    code: &'static str,
    place: String,
    text: &'a str,
    /// Why it matters, in a line; absent for what is wrong with the file itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
}

pub fn check(args: &CheckArgs) -> Result<ExitCode, Stop> {
    let mut inputs = Inputs::default();
    let text = inputs.design_text(&args.design)?;
    let scenario = inputs.scenario(args.scenario.as_deref())?;
    let (name, problems) = match file::read(&text) {
        Ok(design) => (
            called(&design, &args.design).to_owned(),
            lint(&design, &scenario, Seen { failures: true, ..Seen::default() }),
        ),
        Err(problems) if problems.iter().any(|p| p.code == Code::NotJson) => {
            return Err(unusable(&args.design, &problems));
        }
        Err(problems) => (args.design.clone(), problems),
    };
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let warnings = problems.len() - errors;
    let text = match args.format {
        Format::Json => json(&name, &scenario.id, &problems, errors) + "\n",
        Format::Text => {
            let mut text: String = problems.iter().map(line).collect();
            text += &format!(
                "{name} · {}: {}, {}\n",
                scenario.name,
                counted(errors, "error"),
                counted(warnings, "warning")
            );
            text
        }
    };
    output::write(&text)?;
    Ok(ExitCode::from(u8::from(errors > 0)))
}

fn json(design: &str, scenario: &str, problems: &[Problem], errors: usize) -> String {
    let forms = problems.iter().map(|problem| ProblemForm {
        severity: problem.severity,
        code: problem.code.key(),
        place: problem.place.to_string(),
        text: &problem.text,
        why: teaching::line(problem.code),
    });
    let warnings = problems.len() - errors;
    let form = Form { design, scenario, errors, warnings, problems: forms.collect() };
    serde_json::to_string(&form).expect("problems are JSON")
}

fn line(problem: &Problem) -> String {
    let word = if problem.is_error() { "error" } else { "warning" };
    let why = teaching::line(problem.code).map_or_else(String::new, |why| format!("  Why: {why}\n"));
    format!("{word}: {problem} [{}]\n{why}", problem.code)
}

/// `no errors`, `1 error`, `2 errors`.
fn counted(n: usize, word: &str) -> String {
    match n {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    }
}
