//! The text in which earlier states are stored between visits.
//!
//! A state is read as a whole or not at all: one that can't be understood is left out and counted, the others are there. A text that is no list
//! of states at all is [`Unreadable`]; the caller must leave it as it is, and a newer version is never written over.

use crate::text;
use std::rc::Rc;

use super::saved::{MAX_CHARS, Unreadable};
use super::versioned_list::VersionedList;
use crate::design::file;
use crate::json::Value;
use crate::record::states::{MOST_STATES, State, States, Why};

/// So many bytes of designs at most: the oldest of larger ones are left out.
const MOST_BYTES: usize = 256 * 1024;

/// What all stored lists have in common, for this one. Its first version has a seal, as the second one of the others.
pub const LISTING: VersionedList = VersionedList {
    field: "states",
    what: text!("saved.states"),
    format: "waiting-room/states",
    version: 2,
    max_chars: MOST_STATES * MAX_CHARS,
    most: MOST_STATES,
};

/// The text to store, without its seal.
pub fn write(states: &States) -> String {
    let one = |state: &State| {
        Value::map([
            ("at_ms", state.at_ms.into()),
            ("why", state.why.key().into()),
            ("design", file::to_value(&state.design)),
        ])
    };
    let mut bytes = 0;
    let fits = |state: &&State| {
        bytes += file::write_compact(&state.design).len();
        bytes <= MOST_BYTES
    };
    LISTING.write(states.list().iter().take_while(fits).map(one).collect())
}

/// The states of a stored text, and how many could not be read.
///
/// # Errors
/// If it is no list of states that this page can read.
pub fn read(text: &str) -> Result<(States, usize), Unreadable> {
    let (states, skipped) = LISTING.read(text, one)?;
    Ok((States::new(states), skipped))
}

fn one(value: &Value) -> Option<State> {
    let why = value.get("why")?.text()?;
    Some(State {
        at_ms: value.get("at_ms")?.whole()?,
        why: Why::ALL.into_iter().find(|each| each.key() == why)?,
        design: Rc::new(file::from_value(value.get("design")?).ok()?),
    })
}
