//! A problem: something about a design or a file that the learner can put right, in plain words, with the place.

use std::fmt;

use serde::Serialize;

/// Whether a run can start despite it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
}

/// What the problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The design or file as a whole.
    Whole,
    /// A node, by id; where it is about a parameter, its path inside `params`, such as `scaling.max`.
    Node { id: String, param: Option<String> },
    /// An edge, by the ids of its ends.
    Edge { from: String, to: String },
    /// A place in a file, such as `nodes[3].params.timeout_ms`.
    File(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub severity: Severity,
    /// A stable name for tests, styles and links, such as `queue-nobody-reads`.
    pub code: &'static str,
    pub place: Location,
    /// One or two sentences with the figure that triggers it and what is allowed.
    pub text: String,
}

impl Problem {
    pub fn error(code: &'static str, place: Location, text: impl Into<String>) -> Problem {
        Problem { severity: Severity::Error, code, place, text: text.into() }
    }

    pub fn warning(code: &'static str, place: Location, text: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, code, place, text: text.into() }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Whole => Ok(()),
            Location::Node { id, param: None } => f.write_str(id),
            Location::Node { id, param: Some(param) } => write!(f, "{id}.{param}"),
            Location::Edge { from, to } => write!(f, "{from} → {to}"),
            Location::File(path) => f.write_str(path),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Location::Whole => f.write_str(&self.text),
            _ => write!(f, "{}: {}", self.place, self.text),
        }
    }
}
