//! The text in which runs are kept between visits, apart from the design.
//!
//! A run is read as a whole or not at all: one that can't be understood is left out and told, the others are there. A text that is no list of
//! runs at all is [`Unreadable`]; whoever holds it must keep it as it is, and a newer version is never written over.

use std::rc::Rc;

use serde_json::{Value, json};

use super::saved::Unreadable;
use crate::design::file::faults::Faults;
use crate::design::file::json::Json;
use crate::design::{Design, Node, file};
use crate::record::Changed;
use crate::record::history::{MAX_RUN_NAME, MOST_BYTES, MOST_RUNS, Outcome, RunHistory, RunRecord};
use crate::share::versioned_list::VersionedList;
use engine::measure::METRICS;
use engine::sim::time::Time;

/// The version this page writes.
pub const VERSION: u64 = 1;
/// The longest text that is read.
pub const MAX_CHARS: usize = 4 * MOST_BYTES;

/// What is common to all kept lists, for this one.
pub const LISTING: VersionedList = VersionedList {
    what: "runs",
    format: "waiting-room/runs",
    version: VERSION,
    max_chars: MAX_CHARS,
    most: MOST_RUNS,
};

/// What a kept text holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub runs: RunHistory,
    /// How many runs could not be read.
    pub skipped: usize,
}

/// The text to keep.
pub fn write(runs: &RunHistory) -> String {
    let all: Vec<Value> = runs.list().iter().map(|kept| write_run(kept)).collect();
    LISTING.write(all)
}

fn write_run(kept: &RunRecord) -> Value {
    let params = |node: &Node| {
        let fields = node.params.iter().map(|(key, value)| ((*key).to_owned(), json!(value)));
        Value::Object(fields.collect())
    };
    let design: Value = serde_json::from_str(&file::write_compact(&kept.design)).expect("a design file is JSON");
    let changes: Vec<Value> = (kept.changes.iter())
        .map(|c| json!({ "at_ns": c.at.0, "node": &*c.node.id, "params": params(&c.node) }))
        .collect();
    let goals: Vec<Value> = kept.goals.iter().map(write_goal).collect();
    json!({
        "name": kept.name, "number": kept.number, "scenario": kept.scenario, "seed": kept.seed, "digest": kept.digest,
        "pinned": kept.pinned, "goals": goals, "changes": changes, "design": design,
    })
}

/// Reads a kept text.
pub fn read(text: &str) -> Result<Found, Unreadable> {
    let (runs, skipped) = LISTING.read(text, read_run)?;
    Ok(Found { runs: RunHistory::new(runs), skipped })
}

fn read_run(value: &Value) -> Option<RunRecord> {
    let text = |key: &str, most: usize| value[key].as_str().filter(|t| t.chars().count() <= most).map(str::to_owned);
    let design = Rc::new(file::read(&value["design"].to_string()).ok()?);
    let changes = value["changes"].as_array()?.iter().map(|c| read_change(c, &design)).collect::<Option<Vec<_>>>()?;
    if changes.windows(2).any(|pair| pair[0].at > pair[1].at) {
        return None;
    }
    let digest = text("digest", 16).filter(|d| d.len() == 16 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let mut kept = RunRecord {
        id: String::new(),
        name: text("name", MAX_RUN_NAME).filter(|name| !name.trim().is_empty())?,
        number: value["number"].as_u64().and_then(|n| u32::try_from(n).ok())?,
        design,
        scenario: text("scenario", 200)?,
        seed: value["seed"].as_u64()?,
        changes,
        goals: value["goals"].as_array()?.iter().map(read_goal).collect::<Option<_>>()?,
        digest,
        pinned: value["pinned"].as_bool()?,
    };
    kept.id = kept.content_id();
    Some(kept)
}

pub(super) fn write_goal(goal: &Outcome) -> Value {
    json!({ "metric": goal.metric.key, "at_most": goal.at_most, "value": goal.value })
}

pub(super) fn read_goal(value: &Value) -> Option<Outcome> {
    let key = value["metric"].as_str()?;
    let figure = match &value["value"] {
        Value::Null => None,
        number => Some(number.as_f64()?),
    };
    Some(Outcome { metric: METRICS.iter().find(|m| m.key == key)?, at_most: value["at_most"].as_f64()?, value: figure })
}

fn read_change(value: &Value, design: &Design) -> Option<Changed> {
    let mut node = (**design.node(value["node"].as_str()?)?).clone();
    let mut faults = Faults::default();
    let json = Json::parse(&value["params"].to_string()).ok()?;
    node.params = file::read_params(node.kind, &json, "params", &mut faults);
    let at = Time(value["at_ns"].as_u64()?);
    faults.is_empty().then(|| Changed { at, node: Rc::new(node) })
}
