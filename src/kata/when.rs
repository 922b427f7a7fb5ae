//! Conditions on a run, as the kata's files write them: `acceptance_p95_ms > 1000 and queues = 0`.
//!
//! Comparisons of a figure's name ([`super::figures`]) with a number, joined by `and`; `<`, `<=`, `=`, `>=`, `>`. A figure that is infinite or
//! has nothing to count fulfils no comparison. Reading says in words what is wrong; evaluating can't fail.

use super::figures::{self, Named, RunFigures};

/// All comparisons must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct When(Vec<Comparison>);

#[derive(Clone, Debug, PartialEq)]
struct Comparison {
    figure: Named,
    is: Is,
    than: f64,
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

impl When {
    /// Reads a condition.
    ///
    /// # Errors
    /// In words, with what is allowed.
    pub fn read(text: &str) -> Result<When, String> {
        if text.len() > MAX_CHARS {
            return Err(format!("a condition has at most {MAX_CHARS} characters; this one has {}", text.len()));
        }
        text.split(" and ").map(comparison).collect::<Result<_, _>>().map(When)
    }

    pub fn holds(&self, run: RunFigures<'_>) -> bool {
        self.0.iter().all(|c| c.figure.of(run).is_some_and(|value| c.is.holds(value, c.than)))
    }
}

fn comparison(text: &str) -> Result<Comparison, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [name, sign, number] = words.as_slice() else {
        return Err(format!("“{}” is not a figure, a sign and a number, such as “max_backlog > 500”", text.trim()));
    };
    let figure = figures::named(name).ok_or_else(|| {
        let all: Vec<_> = figures::names().collect();
        format!("there is no figure “{name}”; there are {}", all.join(", "))
    })?;
    let is = match *sign {
        "<" => Is::Less,
        "<=" | "≤" => Is::AtMost,
        "=" => Is::Equal,
        ">=" | "≥" => Is::AtLeast,
        ">" => Is::More,
        other => return Err(format!("“{other}” is none of <, <=, =, >=, >")),
    };
    let than = number.parse().ok().filter(|n: &f64| n.is_finite());
    Ok(Comparison { figure, is, than: than.ok_or_else(|| format!("“{number}” is not a number"))? })
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
        let design = builtin::starting_design();
        let verdict = Verdict::of(&builtin::scenarios()[0], &report, true);
        When::read(condition).expect("a condition").holds(RunFigures {
            design: &design,
            report: &report,
            verdict: &verdict,
        })
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
            let error = When::read(text).expect_err("wrong");
            assert!(error.contains(words), "{text:?}: {error}");
        }
        assert!(When::read(&"max_backlog > 1 and ".repeat(100)).expect_err("too long").contains("500 characters"));
    }
}
