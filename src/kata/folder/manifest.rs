//! `kata.json`: the kata's id, which scenarios and designs it has, in which order, and what the scenarios are worth.

use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Problem};
use crate::json::Value;
use crate::kata::reading::texts;

const FORMAT: &str = "waiting-room/kata";
const VERSION: u32 = 1;
/// Letters of an id at most.
const MAX_ID: usize = 40;

#[derive(Default)]
pub struct Manifest {
    pub id: String,
    pub scenarios: Vec<String>,
    pub designs: Vec<String>,
    pub points: Vec<u64>,
}

/// What stands more than once, each listed once.
pub fn duplicates<'a>(all: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut sorted: Vec<&str> = all.map(String::as_str).collect();
    crate::order::sort_by(&mut sorted, |a, b| a.cmp(b));
    sorted.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

pub fn read(value: &Value) -> Result<Manifest, Vec<Problem>> {
    whole(value, |value, faults| {
        let top = Object::any(value, "", faults)?;
        if !top.head(FORMAT, VERSION, faults) {
            return None;
        }
        faults.examine(value);
        top.only(&["format", "version", "id", "scenarios", "designs", "points"], faults);
        let allowed = format!("1–{MAX_ID} small letters, digits and hyphens");
        let id = top.needed("id", &allowed, faults);
        if let Some(id) = id.filter(|id| !id.text().is_some_and(is_id)) {
            faults.refuse("id", id, &allowed);
        }
        let (scenarios, designs) = (read_ids(&top, "scenarios", faults), read_ids(&top, "designs", faults));
        let points: Vec<u64> = top.list("points", scenarios.len(), faults).iter().filter_map(Value::whole).collect();
        let all = points.iter().fold(0, |sum: u64, more| sum.saturating_add(*more));
        if let Some(value) = top.get("points").filter(|_| points.len() != scenarios.len() || all != 100) {
            faults.refuse("points", value, "a whole number for each scenario, 100 in all");
        }
        Some(Manifest { id: id?.text()?.to_owned(), scenarios, designs, points })
    })
}

fn read_ids(top: &Object<'_>, key: &str, faults: &mut Faults) -> Vec<String> {
    let ids = texts(top, key, faults);
    if top.get(key).and_then(Value::list).is_some_and(<[Value]>::is_empty) {
        faults.add(Code::NotAllowed, key, "is empty; a learner needs at least one to begin with");
    }
    for duplicate in duplicates(ids.iter()) {
        faults.add(Code::Duplicate, key, format!("lists “{duplicate}” twice"));
    }
    ids
}

fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=MAX_ID).contains(&text.len()) && text.chars().all(allowed)
}
