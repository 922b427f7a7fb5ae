//! Conditions on a run, as the kata's files write them: `acceptance_p95_ms > 1000 and queues = 0`.
//!
//! Comparisons of a figure's name ([`super::figures`]) with a number or another figure, joined by `and`; `<`, `<=`, `=`, `>=`, `>`. A figure that is infinite or
//! has nothing to count fulfils no comparison. Reading says in words what is wrong; evaluating can't fail.

use std::error::Error;
use std::fmt;

use super::figures::{self, Named, RunFigures};
use crate::design::Code;

/// All comparisons must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When(Vec<Comparison>);

#[derive(Clone, Debug, PartialEq)]
struct Comparison {
    figure: Named,
    is: Is,
    than: Than,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Than {
    Number(f64),
    Figure(Named),
}

impl Than {
    fn of(self, run: RunFigures<'_>) -> Option<f64> {
        match self {
            Than::Number(number) => Some(number),
            Than::Figure(figure) => figure.of(run),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// The longest condition that is read, in characters.
const MAX_CHARS: usize = 500;

/// Why a condition can't be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenError {
    /// It has so many characters.
    TooLong(usize),
    /// This part is no figure, sign and number.
    NoComparison(String),
    /// There is no figure of this name.
    UnknownFigure(String),
    /// This is no sign of comparison.
    UnknownSign(String),
    /// This is no number.
    NoNumber(String),
}

impl WhenError {
    /// The code of the problem that a file with it has.
    pub fn code(&self) -> Code {
        match self {
            WhenError::UnknownFigure(_) => Code::UnknownFigure,
            _ => Code::Condition,
        }
    }
}

impl fmt::Display for WhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhenError::TooLong(long) => {
                write!(f, "a condition has at most {MAX_CHARS} characters; this one has {long}")
            }
            WhenError::NoComparison(text) => {
                write!(f, "“{text}” is not a figure, a sign and a number, such as “max_backlog > 500”")
            }
            WhenError::UnknownFigure(name) => {
                let all: Vec<_> = figures::names().collect();
                write!(f, "there is no figure “{name}”; there are {}", all.join(", "))
            }
            WhenError::UnknownSign(sign) => write!(f, "“{sign}” is none of <, <=, =, >=, >"),
            WhenError::NoNumber(text) => write!(f, "“{text}” is not a number"),
        }
    }
}

impl Error for WhenError {}

impl When {
    /// Reads a condition.
    ///
    /// # Errors
    /// If it is too long, or a part of it is no comparison of a figure that there is with a number or another one.
    pub fn read(text: &str) -> Result<When, WhenError> {
        if text.len() > MAX_CHARS {
            return Err(WhenError::TooLong(text.len()));
        }
        text.split(" and ").map(comparison).collect::<Result<_, _>>().map(When)
    }

    /// Whether it asks for nothing but the design, so that no run is needed to tell.
    pub fn is_of_design(&self) -> bool {
        self.0
            .iter()
            .all(|c| c.figure.is_of_design() && !matches!(c.than, Than::Figure(other) if !other.is_of_design()))
    }

    /// Whether a run fulfils the condition.
    pub fn holds(&self, run: RunFigures<'_>) -> bool {
        self.0.iter().all(|c| c.figure.of(run).zip(c.than.of(run)).is_some_and(|(value, than)| c.is.holds(value, than)))
    }
}

fn comparison(text: &str) -> Result<Comparison, WhenError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [name, sign, number] = words.as_slice() else {
        return Err(WhenError::NoComparison(text.trim().to_owned()));
    };
    let figure = figures::named(name).ok_or_else(|| WhenError::UnknownFigure((*name).to_owned()))?;
    let is = match *sign {
        "<" => Is::Less,
        "<=" | "≤" => Is::AtMost,
        "=" => Is::Equal,
        ">=" | "≥" => Is::AtLeast,
        ">" => Is::More,
        other => return Err(WhenError::UnknownSign(other.to_owned())),
    };
    let than = crate::decimal::read(number).filter(|n| n.is_finite()).map(Than::Number);
    let than = than.or_else(|| figures::named(number).map(Than::Figure));
    Ok(Comparison { figure, is, than: than.ok_or_else(|| WhenError::NoNumber((*number).to_owned()))? })
}

impl Is {
    fn holds(self, value: f64, than: f64) -> bool {
        match self {
            Is::Less => value < than,
            Is::AtMost => value <= than,
            Is::Equal => value == than,
            Is::AtLeast => value >= than,
            Is::More => value > than,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::{Verdict, builtin};
    use engine::measure::Report;

    fn holds(condition: &str, change: impl Fn(&mut Report)) -> bool {
        let mut report = Report::default();
        change(&mut report);
        let scenario = &builtin::scenarios()[0];
        let analysis = scenario.analyse(&builtin::starting_design());
        let verdict = Verdict::of(scenario, &report, true);
        let run = RunFigures { analysis: &analysis, report: &report, verdict: &verdict };
        When::read(condition).expect("a condition").holds(run)
    }

    #[test]
    fn comparisons_mean_what_they_say_and_all_must_hold() {
        assert!(holds("max_backlog > 500", |r| r.backlog.max = 501));
        assert!(!holds("max_backlog > 500", |r| r.backlog.max = 500));
        assert!(holds("max_backlog >= 500 and max_backlog <= 500 and max_backlog = 500", |r| r.backlog.max = 500));
        assert!(!holds("max_backlog > 500 and queues > 0", |r| r.backlog.max = 501), "the naive design has no queue");
        assert!(holds("queues = 0 and direct_calls = 1 and passed = 0", |_| ()));
        assert!(holds("acceptance_p95_ms > 1000", |r| r.acceptance.p95 = Some(3000.0)));
        assert!(!holds("acceptance_p95_ms < 1000", |_| ()), "nothing counted is not fast");
    }

    /// The naive design: 2 × 32 threads of 20 ms and a call of 2 s; 40 patients a second at the peak.
    #[test]
    fn figures_are_compared_with_each_other_and_may_be_parameters() {
        let own = |condition| holds(condition, |r| r.cost = 12.0);
        assert!(own("threads_per_s < peak_per_s and threads = 64 and api.threads = 32"));
        assert!(own("missed.cost = 1 and missed.duplicates = 0 and clinic.slots_per_clinic = 90"));
        assert!(!own("queue.capacity.none = 1"), "there is no queue");
        assert!(!own("consumers.timeout_ms < slowest_reply_ms"));
        for wrong in ["queue.size > 1", "missed.hope = 1", "consumers.scaling.luck = 1", "api.threads.none = 1"] {
            assert!(matches!(When::read(wrong), Err(WhenError::UnknownFigure(_))), "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, words) in [
            ("backlog > 500", "no figure “backlog”; there are acceptance_p50_ms,"),
            ("max_backlog", "a figure, a sign and a number"),
            ("", "a figure, a sign and a number"),
            ("max_backlog >> 5", "“>>” is none of"),
            ("max_backlog > many", "“many” is not a number"),
            ("max_backlog > inf", "“inf” is not a number"),
            ("max_backlog > 1 and", "a figure, a sign"),
        ] {
            let error = When::read(text).expect_err("wrong").to_string();
            assert!(error.contains(words), "{text:?}: {error}");
        }
        assert!(
            When::read(&"max_backlog > 1 and ".repeat(100))
                .expect_err("too long")
                .to_string()
                .contains("500 characters")
        );
    }
}
