//! The text in which notes are stored between visits, apart from the design and the runs.
//!
//! A note is read as a whole or not at all: one that can't be understood is left out and counted, the others are there. A text that is no
//! list of notes at all is [`Unreadable`]; the caller must leave it as it is, and a newer version is never written over.

use crate::text;
use std::rc::Rc;

use super::runs::{read_goal, write_goal};
use super::saved::Unreadable;
use crate::format::letters;
use crate::json::Value;
use crate::record::notes::{Asked, Ended, MAX_CHANGED, MAX_LETTERS, MAX_QUESTION, MOST_READ, Note, Notes, tidy};
use crate::share::versioned_list::VersionedList;

/// The version this page writes. The first one had no seal.
pub const VERSION: u64 = 2;
/// The longest text that is read: the most notes, every letter escaped.
pub const MAX_CHARS: usize = MOST_READ * 6 * (MAX_LETTERS + MAX_QUESTION + MAX_CHANGED);
/// Goals of a run at most.
const MOST_GOALS: usize = 40;

/// What all stored lists have in common, for this one.
pub const LISTING: VersionedList = VersionedList {
    field: "notes",
    what: text!("saved.notes"),
    format: "waiting-room/notes",
    version: VERSION,
    max_chars: MAX_CHARS,
    most: MOST_READ,
};

/// What a stored text holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub notes: Notes,
    /// How many notes could not be read.
    pub skipped: usize,
}

/// The text to store, without its seal; a note with nothing written is none.
pub fn write(notes: &Notes) -> String {
    let all: Vec<Value> = notes.written().map(|note| write_note(note)).collect();
    LISTING.write(all)
}

fn write_note(note: &Note) -> Value {
    let Asked { question, run, scenario, seed, ended, goals, changed } = &*note.asked;
    Value::map([
        ("question", question.as_str().into()),
        ("text", note.text.as_str().into()),
        ("twin", u64::from(note.conflict).into()),
        ("run", run.as_str().into()),
        ("scenario", scenario.as_str().into()),
        ("seed", (*seed).into()),
        ("ended", ended.key().into()),
        ("goals", goals.iter().map(write_goal).collect()),
        ("changed", changed.as_deref().map_or(Value::Null, Value::from)),
    ])
}

/// What a stored text holds.
///
/// # Errors
/// If it is no list of notes that this page can read.
pub fn read(text: &str) -> Result<Found, Unreadable> {
    let (notes, skipped) = LISTING.read(text, read_note)?;
    Ok(Found { notes: Notes::new(notes), skipped })
}

fn read_note(value: &Value) -> Option<Note> {
    let text = |key: &str, most: usize| value.get(key)?.text().filter(|t| letters(t) <= most).map(str::to_owned);
    let run = text("run", 16).filter(|run| run.len() == 16 && run.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let ended = text("ended", 20)?;
    let goals = value.get("goals")?.list().filter(|goals| goals.len() <= MOST_GOALS)?;
    let asked = Asked {
        question: text("question", MAX_QUESTION).filter(|q| !q.trim().is_empty())?,
        run,
        scenario: text("scenario", 200)?,
        seed: value.get("seed")?.whole()?,
        ended: Ended::ALL.into_iter().find(|e| e.key() == ended)?,
        goals: goals.iter().map(read_goal).collect::<Option<_>>()?,
        changed: text("changed", MAX_CHANGED),
    };
    let conflict = value.get("twin")?.whole().and_then(|n| u32::try_from(n).ok())?;
    let note = Note { asked: Rc::new(asked), conflict, text: tidy(&text("text", MAX_LETTERS)?) };
    (!note.is_blank()).then_some(note)
}
