//! A receipt: what a run was and what came of it, so that anybody can run it again and see whether that holds.
//!
//! What a run follows from (design, scenario, seed) and what came of it (goals, digest) is proved by running it again. What no run can prove
//! (hints, the time of day, names) stands in it as its writer said it; a sum over all of it tells of changes by accident or by hand, and is no
//! signature: there is no key in a page that anybody may read.
//!
//! Plain data and the comparison. As text it is for `share`.

use crate::say;
use std::rc::Rc;

use super::history::{Outcome, RunRecord, fingerprint};
use super::origin::Origin;
use crate::design::{Design, Problem};
use crate::json::{self, Value};
use crate::kata::{Verdict, builtin};

/// A run, and what its writer says came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The kata's id.
    pub kata: String,
    /// What the scenario said when the receipt was written, as [`kata_version`] tells it.
    pub kata_version: String,
    /// The engine's version.
    pub engine: String,
    pub design: Rc<Design>,
    /// The scenario's id.
    pub scenario: String,
    pub seed: u64,
    pub goals: Vec<Outcome>,
    /// Every goal held.
    pub passed: bool,
    /// 16 hexadecimal digits over all facts of the run.
    pub digest: String,
    /// Rungs of help that had been opened when the receipt was written.
    pub hints: u64,
    /// The time at which it was written, as the browser says; the command line says none.
    pub when: Option<String>,
}

/// One thing that is otherwise than the receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its path in the receipt, as `goals[0].value`.
    pub field: String,
    pub claimed: String,
    pub found: String,
}

impl Difference {
    pub fn new(field: impl Into<String>, claimed: impl Into<String>, found: impl Into<String>) -> Difference {
        Difference { field: field.into(), claimed: claimed.into(), found: found.into() }
    }
}

/// Why a receipt can't be run again here.
#[derive(Clone, Debug, PartialEq)]
pub enum Unverifiable {
    /// It is of another kata, with this id.
    Kata(String),
    /// The kata has no scenario of this id.
    Scenario(String),
    /// Its design does not run.
    Design(Vec<Problem>),
}

impl Unverifiable {
    /// The sentence for whoever asked.
    pub fn words(&self) -> String {
        match self {
            Unverifiable::Kata(id) => {
                say!("receipt.kata", id, here = builtin::kata().id)
            }
            Unverifiable::Scenario(id) => say!("receipt.scenario", id),
            Unverifiable::Design(problems) => {
                let first = problems.first().map_or(String::new(), ToString::to_string);
                say!("receipt.design", fault = first)
            }
        }
    }
}

/// What a scenario of the kata says, as 16 hexadecimal digits: other goals or another world are another version.
pub fn kata_version(scenario: &str) -> Option<String> {
    let file = json::read(builtin::scenario_file(scenario)?).ok()?;
    Some(fingerprint(&file.json()))
}

impl Receipt {
    /// The receipt of a recorded run of this kata; `None` for a run that was changed midway, which is not scored, and of a scenario that the
    /// kata does not have.
    pub fn of(record: &RunRecord, hints: u64, when: Option<String>) -> Option<Receipt> {
        if record.is_exploration() {
            return None;
        }
        Some(Receipt {
            kata: builtin::kata().id.clone(),
            kata_version: kata_version(&record.scenario)?,
            engine: engine::VERSION.to_owned(),
            design: record.design.clone(),
            scenario: record.scenario.clone(),
            seed: record.seed,
            goals: record.goals.iter().map(|goal| Outcome { unconfirmed: None, ..*goal }).collect(),
            passed: record.passed(),
            digest: record.digest.clone(),
            hints,
            when,
        })
    }

    /// The run that it is of.
    ///
    /// # Errors
    /// If it can't be run here.
    pub fn origin(&self) -> Result<Origin, Unverifiable> {
        if self.kata != builtin::kata().id {
            return Err(Unverifiable::Kata(self.kata.clone()));
        }
        let scenario =
            builtin::scenario(&self.scenario).ok_or_else(|| Unverifiable::Scenario(self.scenario.clone()))?;
        Ok(Origin {
            design: self.design.clone(),
            scenario: Rc::new(scenario.clone()),
            seed: self.seed,
            changes: Vec::new(),
        })
    }

    /// What came otherwise when it was run again.
    pub fn differences(&self, verdict: &Verdict, digest: &str) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut compare = |field: String, claimed: String, there: String| {
            if claimed != there {
                found.push(Difference { field, claimed, found: there });
            }
        };
        compare("goals".to_owned(), self.goals.len().to_string(), verdict.goals.len().to_string());
        for (at, (claimed, there)) in self.goals.iter().zip(&verdict.goals).enumerate() {
            let field = |name: &str| format!("goals[{at}].{name}");
            let shown = |number: Option<f64>| Value::from(number).json();
            compare(field("metric"), claimed.metric.key.to_owned(), there.goal.metric.key.to_owned());
            compare(field("at_most"), shown(Some(claimed.at_most)), shown(Some(there.goal.at_most)));
            compare(field("value"), shown(claimed.value), shown(there.value));
        }
        compare("passed".to_owned(), self.passed.to_string(), verdict.passed().to_string());
        compare("digest".to_owned(), self.digest.clone(), digest.to_owned());
        found
    }

    /// What may be why something differs, and is no fault where nothing does: another engine, another version of the scenario.
    pub fn notes(&self) -> Vec<String> {
        let engine = (self.engine != engine::VERSION)
            .then(|| say!("receipt.engine", engine = self.engine, here = engine::VERSION));
        let changed = kata_version(&self.scenario).is_some_and(|version| version != self.kata_version);
        let kata = changed.then(|| say!("receipt.scenario_changed").to_owned());
        engine.into_iter().chain(kata).collect()
    }
}
