//! Receipts as text: JSON for files, and one line, `WR1-…`, for a mail or a form.
//!
//! Reading is strict: what is unknown, missing or of another type is a fault with its place. `sum` covers everything else in the text, so that
//! an altered name, time or count of hints is found too; see [`crate::record::receipt`] for what it can't prove.

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use super::link::{read_design, read_seed};
use super::packed::{PackFault, pack, unpack};
use crate::design::file::MAX_ID;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Location, Problem, file};
use crate::json::Value;
use crate::record::history::{Outcome, fingerprint};
use crate::record::receipt::{Difference, Receipt};
use crate::say;
use engine::measure::METRICS;

const FORMAT: &str = "waiting-room/receipt";
const VERSION: u32 = 1;
/// What the one line begins with.
pub const PREFIX: &str = "WR1-";
/// The most goals that a receipt may have.
const MAX_GOALS: usize = 100;
/// More faults of a receipt than this are counted only.
const MOST_TOLD: usize = 5;
/// The longest version and time, in characters.
const MAX_WORD: usize = 60;

/// Why a text is no receipt that can be read. As text: a sentence or more.
#[derive(Clone, Debug, PartialEq)]
pub enum ReceiptFault {
    /// It is neither JSON nor a line that begins with `WR1-`.
    NoReceipt,
    Packed(PackFault),
    Problems(Vec<Problem>),
}

impl fmt::Display for ReceiptFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReceiptFault::NoReceipt => f.write_str(say!("receipt.no_receipt")),
            ReceiptFault::Packed(fault) => write!(f, "{} {fault}", say!("receipt.not_read")),
            ReceiptFault::Problems(problems) => {
                f.write_str(say!("receipt.unreadable"))?;
                problems.iter().take(MOST_TOLD).try_for_each(|problem| write!(f, " {problem}"))?;
                match problems.len().saturating_sub(MOST_TOLD) {
                    0 => Ok(()),
                    more => write!(f, " And {more} more."),
                }
            }
        }
    }
}

impl Error for ReceiptFault {}

/// As a file: pretty JSON.
pub fn json(receipt: &Receipt) -> String {
    summed(receipt).json_pretty() + "\n"
}

/// As one line of text.
pub fn line(receipt: &Receipt) -> String {
    format!("{PREFIX}{}", pack(&summed(receipt).json()))
}

/// Whether a text that came in claims to be a receipt and not a design.
pub fn is_one(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(PREFIX)
        || crate::json::read(text).is_ok_and(|value| value.get("format").and_then(Value::text) == Some(FORMAT))
}

/// The receipt in a text, and whether its sum is right: `None`, or the difference. White space in a line is passed over, as mail programs break it.
///
/// # Errors
/// If it can't be read.
pub fn read(text: &str) -> Result<(Receipt, Option<Difference>), ReceiptFault> {
    let text = text.trim();
    let unpacked = match text.strip_prefix(PREFIX) {
        Some(packed) => {
            let packed: String = packed.split_whitespace().collect();
            unpack(&packed).map_err(ReceiptFault::Packed)?
        }
        None if text.starts_with('{') => text.to_owned(),
        None => return Err(ReceiptFault::NoReceipt),
    };
    let value = file::parse(&unpacked).map_err(|problem| ReceiptFault::Problems(vec![problem]))?;
    let (receipt, claimed) = whole(&value, read_receipt).map_err(ReceiptFault::Problems)?;
    let found = sum(&receipt);
    let differs = (claimed != found).then(|| Difference::new("sum", claimed, found));
    Ok((receipt, differs))
}

fn to_value(receipt: &Receipt) -> Value {
    let goal = |goal: &Outcome| {
        Value::map([("metric", goal.metric.key.into()), ("at_most", goal.at_most.into()), ("value", goal.value.into())])
    };
    Value::map([
        ("format", FORMAT.into()),
        ("version", u64::from(VERSION).into()),
        ("kata", receipt.kata.as_str().into()),
        ("kata_version", receipt.kata_version.as_str().into()),
        ("engine", receipt.engine.as_str().into()),
        ("scenario", receipt.scenario.as_str().into()),
        ("seed", receipt.seed.into()),
        ("goals", receipt.goals.iter().map(goal).collect()),
        ("passed", receipt.passed.into()),
        ("digest", receipt.digest.as_str().into()),
        ("hints", receipt.hints.into()),
        ("when", receipt.when.as_deref().map_or(Value::Null, Value::from)),
        ("design", file::to_value(&receipt.design)),
    ])
}

fn sum(receipt: &Receipt) -> String {
    fingerprint(&to_value(receipt).json())
}

fn summed(receipt: &Receipt) -> Value {
    let mut value = to_value(receipt);
    value.set("sum", sum(receipt).into());
    value
}

fn read_receipt(value: &Value, faults: &mut Faults) -> Option<(Receipt, String)> {
    let top = Object::any(value, "", faults)?;
    if !top.head(FORMAT, VERSION, faults) {
        return None;
    }
    faults.examine(value);
    let known = [
        "format",
        "version",
        "kata",
        "kata_version",
        "engine",
        "scenario",
        "seed",
        "goals",
        "passed",
        "digest",
        "hints",
        "when",
        "design",
        "sum",
    ];
    top.only(&known, faults);
    let mut text = |key, most| top.needed_text(key, most, faults).map(str::to_owned);
    let (kata, kata_version, engine) = (text("kata", MAX_ID), text("kata_version", MAX_WORD), text("engine", MAX_WORD));
    let (scenario, digest, sum) = (text("scenario", MAX_ID), text("digest", MAX_WORD), text("sum", MAX_WORD));
    let when = match top.needed("when", say!("receipt.text_or_null"), faults) {
        Some(Value::Null) | None => None,
        Some(_) => top.text("when", 1, MAX_WORD, faults).map(str::to_owned),
    };
    let seed = read_seed(&top, faults);
    let goals = read_goals(&top, faults);
    let passed = typed(&top, "passed", say!("receipt.true_or_false"), Value::bool, faults);
    let hints = typed(&top, "hints", say!("receipt.whole"), Value::whole, faults);
    let design = read_design(&top, faults).map(Rc::new);
    let receipt = Receipt {
        kata: kata?,
        kata_version: kata_version?,
        engine: engine?,
        design: design?,
        scenario: scenario?,
        seed: seed?,
        goals,
        passed: passed?,
        digest: digest?,
        hints: hints?,
        when,
    };
    Some((receipt, sum?))
}

/// A field that has to be there, of one type.
fn typed<T>(
    top: &Object<'_>,
    key: &str,
    allowed: &str,
    read: fn(&Value) -> Option<T>,
    faults: &mut Faults,
) -> Option<T> {
    let value = top.needed(key, allowed, faults)?;
    let found = read(value);
    if found.is_none() {
        faults.refuse(&top.at(key), value, allowed);
    }
    found
}

fn read_goals(top: &Object<'_>, faults: &mut Faults) -> Vec<Outcome> {
    let list = top.needed_list("goals", say!("receipt.goals"), MAX_GOALS, faults);
    let read = list.iter().enumerate().map(|(at, value)| read_goal(value, &format!("goals[{at}]"), faults));
    read.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn read_goal(value: &Value, path: &str, faults: &mut Faults) -> Option<Outcome> {
    let goal = Object::new(value, path, &["metric", "at_most", "value"], faults)?;
    let key = goal.needed_text("metric", MAX_WORD, faults)?;
    let metric = METRICS.iter().find(|m| m.key == key);
    if metric.is_none() {
        faults.refuse(&goal.at("metric"), &key.into(), say!("receipt.metric"));
    }
    let at_most = typed(&goal, "at_most", say!("receipt.number"), Value::number, faults);
    let figure = match goal.needed("value", say!("receipt.number_or_null"), faults)? {
        Value::Null => None,
        _ => Some(typed(&goal, "value", say!("receipt.number_or_null"), Value::number, faults)?),
    };
    Some(Outcome { metric: metric?, at_most: at_most?, value: figure, unconfirmed: None })
}

/// The fault of a file that is too large, to be told before it is read.
pub fn too_large() -> ReceiptFault {
    let text = say!("receipt.too_large");
    ReceiptFault::Problems(vec![Problem::error(Code::FileTooLarge, Location::Whole, text)])
}
