//! A problem: something about a design or a file that the learner can put right, in plain words, with the place.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use crate::kinds::check::FaultCode;

/// A list of names: the variants, the texts by which files, styles and links know them, and all of them.
macro_rules! codes {
    ($($(#[$about:meta])* $variant:ident = $key:literal,)*) => {
        /// What a problem is: a stable name for tests, styles and links. Warnings are found by the lint, all else by the readers of files and by
        /// the compiler.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$about])* $variant,)*
        }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// As outputs and links write it, such as `queue-nobody-reads`.
            pub fn key(self) -> &'static str {
                match self {
                    $(Code::$variant => $key,)*
                }
            }
        }
    };
}

codes! {
    // A file.
    NotJson = "not-json",
    FileTooLarge = "file-too-large",
    Format = "format",
    Version = "version",
    Missing = "missing",
    UnknownField = "unknown-field",
    NotAllowed = "not-allowed",
    DuplicateKey = "duplicate-key",
    TooMany = "too-many",
    /// There are more problems than are listed.
    More = "more",
    UnknownKind = "unknown-kind",
    UnknownMetric = "unknown-metric",
    DuplicateGoal = "duplicate-goal",
    // A kata's folder.
    MissingFile = "missing-file",
    StrayFile = "stray-file",
    Condition = "condition",
    UnknownFigure = "unknown-figure",
    UnknownScenario = "unknown-scenario",
    UnknownCode = "unknown-code",
    Duplicate = "duplicate",
    Unexplained = "unexplained",
    DoesNotRun = "does-not-run",
    // A design that can't run.
    DuplicateId = "duplicate-id",
    EdgeToNowhere = "edge-to-nowhere",
    EdgeNotAllowed = "edge-not-allowed",
    DuplicateEdge = "duplicate-edge",
    Weight = "weight",
    Parameter = "parameter",
    NoPatients = "no-patients",
    TooManyPatients = "too-many-patients",
    NoClinic = "no-clinic",
    PatientsNowhere = "patients-nowhere",
    NoWayToClinic = "no-way-to-clinic",
    ApiNowhere = "api-nowhere",
    PoolWithoutClinic = "pool-without-clinic",
    Cycle = "cycle",
    /// A change during a run is not one of this design.
    ChangeMisfit = "change-misfit",
    // A warning.
    AcknowledgementWaits = "acknowledgement-waits",
    QueueNobodyReads = "queue-nobody-reads",
    Unreached = "unreached",
    TooFewWorkers = "too-few-workers",
    MoreWorkersThanSlots = "more-workers-than-slots",
    OverBudget = "over-budget",
    TimeoutBelowReply = "timeout-below-reply",
    NoJitter = "no-jitter",
    NoDeadLetters = "no-dead-letters",
    NoBreaker = "no-breaker",
}

impl Code {
    /// The code that is written so.
    pub fn from_key(key: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.key() == key)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl From<FaultCode> for Code {
    fn from(code: FaultCode) -> Code {
        match code {
            FaultCode::Missing => Code::Missing,
            FaultCode::UnknownField => Code::UnknownField,
            FaultCode::NotAllowed => Code::NotAllowed,
        }
    }
}

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub code: Code,
    pub place: Location,
    /// One or two sentences with the figure that triggers it and what is allowed.
    pub text: String,
}

impl Problem {
    pub fn error(code: Code, place: Location, text: impl Into<String>) -> Problem {
        Problem { severity: Severity::Error, code, place, text: text.into() }
    }

    pub fn warning(code: Code, place: Location, text: impl Into<String>) -> Problem {
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

impl Error for Problem {}
