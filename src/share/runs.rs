//! The text in which runs are stored between visits, apart from the design.
//!
//! A run is read as a whole or not at all: one that can't be understood is left out and counted, the others are there. A text that is no
//! list of runs at all is [`Unreadable`]; the caller must leave it as it is, and a newer version is never written over.

use crate::text;
use std::rc::Rc;

use super::saved::Unreadable;
use crate::design::file::faults::Faults;
use crate::design::{Design, file};
use crate::json::Value;
use crate::kata::verdict::Unconfirmed;
use crate::letters::visible;
use crate::record::Changed;
use crate::record::history::{MAX_RUN_NAME, MOST_BYTES, MOST_RUNS, Outcome, RunHistory, RunRecord};
use crate::share::versioned_list::VersionedList;
use engine::measure::METRICS;
use engine::sim::time::Time;

/// The version this page writes. The first one had no seal.
pub const VERSION: u64 = 2;
/// The longest text that is read.
pub const MAX_CHARS: usize = 4 * MOST_BYTES;

/// What all stored lists have in common, for this one.
pub const LISTING: VersionedList = VersionedList {
    field: "runs",
    what: text!("saved.runs"),
    format: "waiting-room/runs",
    version: VERSION,
    max_chars: MAX_CHARS,
    most: MOST_RUNS,
};

/// What a stored text holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub runs: RunHistory,
    /// How many runs could not be read.
    pub skipped: usize,
}

/// The text to store, without its seal.
pub fn write(runs: &RunHistory) -> String {
    let all: Vec<Value> = runs.list().iter().map(|record| write_run(record)).collect();
    LISTING.write(all)
}

fn write_run(record: &RunRecord) -> Value {
    Value::map([
        ("name", record.name.as_str().into()),
        ("number", u64::from(record.number).into()),
        ("scenario", record.scenario.as_str().into()),
        ("seed", record.seed.into()),
        ("digest", record.digest.as_str().into()),
        ("pinned", record.pinned.into()),
        ("mondays", record.mondays.map_or(Value::Null, |(passed, played)| Value::from_iter([passed, played]))),
        ("goals", record.goals.iter().map(write_goal).collect()),
        ("changes", record.changes.iter().map(write_change).collect()),
        ("design", file::to_value(&record.design)),
    ])
}

/// Reads a stored text.
pub fn read(text: &str) -> Result<Found, Unreadable> {
    let (runs, skipped) = LISTING.read(text, read_run)?;
    Ok(Found { runs: RunHistory::new(runs), skipped })
}

fn read_run(value: &Value) -> Option<RunRecord> {
    let text = |key: &str, most: usize| value.get(key)?.text().filter(|t| t.chars().count() <= most).map(str::to_owned);
    let design = Rc::new(file::from_value(value.get("design")?).ok()?);
    let changes = read_changes(value.get("changes")?, &design)?;
    let digest = text("digest", 16).filter(|d| d.len() == 16 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let mut record = RunRecord {
        id: String::new(),
        name: text("name", MAX_RUN_NAME)
            .map(|name| visible(&name).into_owned())
            .filter(|name| !name.trim().is_empty())?,
        number: value.get("number")?.whole().and_then(|n| u32::try_from(n).ok())?,
        design,
        scenario: text("scenario", 200)?,
        seed: value.get("seed")?.whole()?,
        changes,
        goals: value.get("goals")?.list()?.iter().map(read_goal).collect::<Option<_>>()?,
        digest,
        pinned: value.get("pinned")?.bool()?,
        mondays: value.get("mondays").and_then(read_mondays),
    };
    record.id = record.content_id();
    Some(record)
}

/// How many Mondays passed, of how many; older pages stored none.
fn read_mondays(value: &Value) -> Option<(u64, u64)> {
    let [passed, played] = value.list()? else { return None };
    let (passed, played) = (passed.whole()?, played.whole()?);
    (passed <= played).then_some((passed, played))
}

/// In the place of a value: the share of bookings that were not confirmed, while most of them waited or when most had been given up.
const NOT_YET: &str = "not_yet";
const NEVER: &str = "never";

pub(super) fn write_goal(goal: &Outcome) -> Value {
    let mut all =
        vec![("metric", goal.metric.key.into()), ("at_most", goal.at_most.into()), ("value", goal.value.into())];
    if let Some(Unconfirmed { share, given_up }) = goal.unconfirmed {
        all.push((if given_up { NEVER } else { NOT_YET }, share.into()));
    }
    Value::Map(all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

pub(super) fn read_goal(value: &Value) -> Option<Outcome> {
    let key = value.get("metric")?.text()?;
    let figure = match value.get("value") {
        None | Some(Value::Null) => None,
        Some(number) => Some(number.number()?),
    };
    let share = |key: &str| value.get(key)?.number().filter(|share| (0.0..=1.0).contains(share));
    let unconfirmed = |key| share(key).map(|share| Unconfirmed { share, given_up: key == NEVER });
    Some(Outcome {
        metric: METRICS.iter().find(|m| m.key == key)?,
        at_most: value.get("at_most")?.number()?,
        value: figure,
        unconfirmed: unconfirmed(NOT_YET).or_else(|| unconfirmed(NEVER)),
    })
}

pub(super) fn write_change(change: &Changed) -> Value {
    let Changed { at, node } = change;
    Value::map([("at_ns", at.0.into()), ("node", (&*node.id).into()), ("params", file::params_value(node))])
}

/// The changes of a run of this design, in order of time.
pub(super) fn read_changes(value: &Value, design: &Design) -> Option<Vec<Changed>> {
    let changes = value.list()?.iter().map(|change| read_change(change, design)).collect::<Option<Vec<_>>>()?;
    changes.is_sorted_by_key(|change| change.at).then_some(changes)
}

fn read_change(value: &Value, design: &Design) -> Option<Changed> {
    let mut node = (**design.node(value.get("node")?.text()?)?).clone();
    let mut faults = Faults::default();
    node.params = file::read_params(node.kind, value.get("params")?, "params", &mut faults);
    let at = Time(value.get("at_ns")?.whole()?);
    faults.is_empty().then(|| Changed { at, node: Rc::new(node) })
}
