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
            /// All codes, in the order of their declaration.
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
    /// The text is no JSON.
    NotJson = "not-json",
    /// The file has more bytes than are read.
    FileTooLarge = "file-too-large",
    /// The file says that it is something else.
    Format = "format",
    /// The file is of a version that is not read.
    Version = "version",
    /// Something that has to be there is not.
    Missing = "missing",
    /// A field that has no meaning here.
    UnknownField = "unknown-field",
    /// A value that is not allowed.
    NotAllowed = "not-allowed",
    /// A key stands twice in an object.
    DuplicateKey = "duplicate-key",
    /// More of something than there may be.
    TooMany = "too-many",
    /// There are more problems than are listed.
    More = "more",
    /// There is no kind of component of this name.
    UnknownKind = "unknown-kind",
    /// There is no metric of this name.
    UnknownMetric = "unknown-metric",
    /// Two goals limit the same metric.
    DuplicateGoal = "duplicate-goal",
    // A kata's folder.
    /// A file of the kata is missing.
    MissingFile = "missing-file",
    /// A file that no list of the kata names.
    StrayFile = "stray-file",
    /// A condition that can't be understood.
    Condition = "condition",
    /// There is no figure of this name.
    UnknownFigure = "unknown-figure",
    /// There is no scenario of this id.
    UnknownScenario = "unknown-scenario",
    /// There is no problem of this code.
    UnknownCode = "unknown-code",
    /// Something stands twice in a list.
    Duplicate = "duplicate",
    /// Something that needs a text has none.
    Unexplained = "unexplained",
    /// A design of the kata has errors in one of its scenarios.
    DoesNotRun = "does-not-run",
    // A design that can't run.
    /// Two nodes have the same id.
    DuplicateId = "duplicate-id",
    /// An edge names a node that is not there.
    EdgeToNowhere = "edge-to-nowhere",
    /// An edge between kinds that none may join.
    EdgeNotAllowed = "edge-not-allowed",
    /// An edge stands twice.
    DuplicateEdge = "duplicate-edge",
    /// An edge's weight is out of range.
    Weight = "weight",
    /// A parameter is out of range.
    Parameter = "parameter",
    /// There is no patients component.
    NoPatients = "no-patients",
    /// There are several patients components.
    TooManyPatients = "too-many-patients",
    /// There is no clinic.
    NoClinic = "no-clinic",
    /// Patients point to nothing.
    PatientsNowhere = "patients-nowhere",
    /// No way leads from the patients to a clinic.
    NoWayToClinic = "no-way-to-clinic",
    /// An API points to nothing.
    ApiNowhere = "api-nowhere",
    /// A pool of workers points to no clinic.
    PoolWithoutClinic = "pool-without-clinic",
    /// Edges lead round in a circle.
    Cycle = "cycle",
    /// A change during a run is not one of this design.
    ChangeMisfit = "change-misfit",
    // A warning.
    /// The acknowledgement waits for a clinic.
    AcknowledgementWaits = "acknowledgement-waits",
    /// No pool reads a queue.
    QueueNobodyReads = "queue-nobody-reads",
    /// Nothing that starts at the patients gets there.
    Unreached = "unreached",
    /// Workers are too few for what comes.
    TooFewWorkers = "too-few-workers",
    /// Workers outnumber the clinics' slots.
    MoreWorkersThanSlots = "more-workers-than-slots",
    /// The design costs more than the goal allows.
    OverBudget = "over-budget",
    /// A timeout is shorter than usual replies.
    TimeoutBelowReply = "timeout-below-reply",
    /// Messages come back all at once, without jitter.
    NoJitter = "no-jitter",
    /// Messages given up are lost.
    NoDeadLetters = "no-dead-letters",
    /// A pool goes on calling during an outage.
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
    /// No run can start.
    Error,
    /// A run can start; what is said may matter.
    Warning,
}

/// What the problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The design or file as a whole.
    Whole,
    /// A node, by id; where it is about a parameter, its path inside `params`, such as `scaling.max`.
    Node {
        /// The node's id.
        id: String,
        /// The parameter's path.
        param: Option<String>,
    },
    /// An edge, by the ids of its ends.
    Edge {
        /// Where it begins.
        from: String,
        /// Where it ends.
        to: String,
    },
    /// A place in a file, such as `nodes[3].params.timeout_ms`.
    File(String),
}

/// Something that the learner can put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether a run can start despite it.
    pub severity: Severity,
    /// What it is.
    pub code: Code,
    /// What it is about.
    pub place: Location,
    /// One or two sentences with the figure that triggers it and what is allowed.
    pub text: String,
}

impl Problem {
    /// A problem that stops a run.
    pub fn error(code: Code, place: Location, text: impl Into<String>) -> Problem {
        Problem { severity: Severity::Error, code, place, text: text.into() }
    }

    /// A problem that stops nothing.
    pub fn warning(code: Code, place: Location, text: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, code, place, text: text.into() }
    }

    /// Whether it stops a run.
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
