//! `kata check`: the errors and warnings of designs in a scenario.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{CheckArgs, Format};
use super::files::{self, Found};
use super::input::{Inputs, unusable};
use super::output::{self, Stop};
use super::run::called;
use crate::advice::lint::{Seen, lint};
use crate::advice::teaching;
use crate::design::{Code, Problem, Severity, file};
use crate::kata::Scenario;

#[derive(Serialize)]
struct Form<'a> {
    /// Absent for a design that was named alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
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
    let Given { files, standard } = given(args, &mut inputs)?;
    let scenario = inputs.scenario(args.scenario.as_deref())?;
    let several = args.designs.len() > 1 || files.len() > 1 || args.designs.iter().any(|name| Path::new(name).is_dir());
    let (mut faulty, mut unusable) = (false, false);
    for file in files {
        let told = match file {
            Found::File(name) => {
                let text = if name == "-" { Ok(standard.clone()) } else { inputs.design_text(&name) };
                text.and_then(|text| Checked::of(&name, &text, &scenario))
            }
            Found::Refused(name, why) => Err(Stop::Unusable(format!("{name}: {why}"))),
        };
        match told {
            Ok(checked) => {
                faulty |= checked.errors() > 0;
                output::write(&checked.told(args.format, &scenario, several))?;
            }
            // One that can't be used does not keep the others from being checked.
            Err(Stop::Unusable(why)) => {
                unusable = true;
                output::complain(&why);
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(ExitCode::from(if unusable { 2 } else { u8::from(faulty) }))
}

/// What is checked; `-` among the files stands for the design on standard input.
struct Given {
    files: Vec<Found>,
    standard: String,
}

/// What was named. Standard input holds a design, which begins with a bracket, or a list of files.
fn given(args: &CheckArgs, inputs: &mut Inputs) -> Result<Given, Stop> {
    let (mut names, mut standard, mut own) = (Vec::new(), String::new(), None);
    for name in &args.designs {
        if name != "-" {
            names.push(name.clone());
            continue;
        }
        let text = inputs.standard_input()?;
        if text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with(['{', '[']) {
            own = Some(names.len());
            standard = text;
        } else {
            names.extend(files::names_in(&text));
        }
    }
    let mut files = if names.is_empty() && own.is_some() { Vec::new() } else { files::all(names)? };
    // The design comes first: where it stood is no longer known once folders are files.
    if own.is_some() {
        files.insert(0, Found::File("-".to_owned()));
    }
    Ok(Given { files, standard })
}

/// A design that was checked.
struct Checked {
    /// As it was given.
    file: String,
    name: String,
    problems: Vec<Problem>,
}

impl Checked {
    fn of(file: &str, text: &str, scenario: &Scenario) -> Result<Checked, Stop> {
        if text.len() > file::MAX_BYTES {
            return Err(Stop::Unusable(format!("{file}: the file is larger than 1 MiB; allowed: at most 1 MiB.")));
        }
        let (name, problems) = match file::read(text) {
            Ok(design) => {
                let seen = Seen { failures: true, ..Seen::default() };
                (called(&design, file).to_owned(), lint(&design, scenario, seen))
            }
            Err(problems) if problems.iter().any(|p| p.code == Code::NotJson) => {
                return Err(unusable(file, &problems));
            }
            Err(problems) => (file.to_owned(), problems),
        };
        Ok(Checked { file: file.to_owned(), name, problems })
    }

    fn errors(&self) -> usize {
        self.problems.iter().filter(|p| p.is_error()).count()
    }

    /// One of several names its file.
    fn told(&self, format: Format, scenario: &Scenario, several: bool) -> String {
        let errors = self.errors();
        let file = several.then_some(self.file.as_str());
        if format == Format::Json {
            return json(file, &self.name, &scenario.id, &self.problems, errors) + "\n";
        }
        let head = match file {
            Some(file) if *file != self.name => format!("{file}: {}", self.name),
            _ => self.name.clone(),
        };
        let (errors, warnings) = (counted(errors, "error"), counted(self.problems.len() - errors, "warning"));
        let lines: String = self.problems.iter().map(line).collect();
        format!("{lines}{head} · {}: {errors}, {warnings}\n", scenario.name)
    }
}

fn json(file: Option<&str>, design: &str, scenario: &str, problems: &[Problem], errors: usize) -> String {
    let forms = problems.iter().map(|problem| ProblemForm {
        severity: problem.severity,
        code: problem.code.key(),
        place: problem.place.to_string(),
        text: &problem.text,
        why: teaching::line(problem.code),
    });
    let warnings = problems.len() - errors;
    let form = Form { file, design, scenario, errors, warnings, problems: forms.collect() };
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
