//! The score as text: one JSON object, the same for every host, and the same words as `kata grade --wide`.
//!
//! It holds no per cent sign: Open edX decodes what it is given as if it were an address. A seed that a number of JavaScript does not hold is a text.

use super::receipt;
use crate::json::Value;
use crate::record::Receipt;
use crate::record::score::{ScenarioScore, Score};

pub const FORMAT: &str = "waiting-room/score";
const VERSION: u64 = 1;

/// The record; `when` is the time as the browser says, for the receipt.
pub fn to_value(score: &Score, when: Option<String>) -> Value {
    let scenario = |one: &ScenarioScore| {
        Value::map([
            ("id", one.id.as_str().into()),
            ("passed", one.passed.into()),
            ("stars", u64::from(one.stars).into()),
            ("seed", one.seed.map_or(Value::Null, seed_value)),
            ("digest", one.digest.as_deref().map_or(Value::Null, Value::from)),
        ])
    };
    let receipt = score.run.as_ref().and_then(|run| Receipt::of(run, score.hints, when));
    Value::map([
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("kata", score.kata.as_str().into()),
        ("kata_version", score.kata_version.as_str().into()),
        ("engine", score.engine.as_str().into()),
        ("scenarios", score.scenarios.iter().map(scenario).collect()),
        ("goals_met", score.goals_met.into()),
        ("goals", score.goals.into()),
        ("mastered", score.mastered.into()),
        ("hints", score.hints.into()),
        ("points", score.points.into()),
        ("receipt", receipt.map_or(Value::Null, |receipt| receipt::line(&receipt).as_str().into())),
    ])
}

/// As a number where JavaScript has it.
pub(super) fn seed_value(seed: u64) -> Value {
    match Value::from(seed) {
        Value::Digits(digits) => Value::Text(digits),
        number => number,
    }
}
