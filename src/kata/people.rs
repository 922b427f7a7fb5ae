//! Who is behind a booking: a first name and what brings them, drawn from the kata's lists by seed and number.
//!
//! The same seed and number name the same person on every platform, and neither touches a run's random streams: people are told, not simulated.
//! `people.json` holds `names` and `reasons`; a reason goes on after any of the names, such as `calls about a cough`.

use std::fmt;

use super::reading::list_of_texts;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Problem};
use crate::json::Value;

/// The lists of `people.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// First names.
    pub names: Vec<String>,
    /// What brings them: the rest of a sentence that begins with the name, without a full stop.
    pub reasons: Vec<String>,
}

/// Somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'k> {
    /// A first name.
    pub name: &'k str,
    /// The rest of a sentence that begins with the name.
    pub reason: &'k str,
}

/// In one line, without a full stop: `Amina calls about a cough`.
impl fmt::Display for Person<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.reason)
    }
}

/// Letters of a name and of a reason at most: both stand in one line of a dialog on a phone.
const MAX_NAME: usize = 14;
const MAX_REASON: usize = 44;
/// Entries of each list, from … to: fewer, and the same people come again and again.
const ENTRIES: std::ops::RangeInclusive<usize> = 20..=100;

/// The person of a booking (its number, from 0 on) in the runs of a seed.
///
/// # Panics
/// If the kata's lists are empty: [`People::read`] makes none such.
pub fn person(people: &People, seed: u64, booking: u64) -> Person<'_> {
    let People { names, reasons } = people;
    let draw = mixed(mixed(seed) ^ booking);
    let pick = |list: &'_ [String], draw: u64| (draw % list.len() as u64) as usize;
    Person { name: &names[pick(names, draw >> 32)], reason: &reasons[pick(reasons, draw & 0xffff_ffff)] }
}

/// Spreads a number over all 64 bits: the last step of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl People {
    /// Reads the file.
    ///
    /// # Errors
    /// Every problem, with its place; also a list that is too short or too long, and what stands in it twice.
    pub fn read(value: &Value) -> Result<People, Vec<Problem>> {
        whole(value, |value, faults| {
            faults.examine(value);
            let top = Object::new(value, "", &["names", "reasons"], faults)?;
            Some(People {
                names: list(&top, "names", MAX_NAME, faults),
                reasons: list(&top, "reasons", MAX_REASON, faults),
            })
        })
    }
}

fn list(top: &Object<'_>, key: &str, most: usize, faults: &mut Faults) -> Vec<String> {
    let all = list_of_texts(top, key, most, faults);
    let count = top.get(key).and_then(Value::list).map_or(0, <[Value]>::len);
    if top.get(key).is_some_and(|value| value.list().is_some()) && !ENTRIES.contains(&count) {
        let (from, to) = (ENTRIES.start(), ENTRIES.end());
        faults.add(Code::NotAllowed, key, format!("has {count} texts; allowed: {from}–{to}."));
    }
    for (at, text) in all.iter().enumerate() {
        if all[..at].contains(text) {
            faults.add(Code::Duplicate, key, format!("“{text}” stands twice"));
        }
    }
    all
}
