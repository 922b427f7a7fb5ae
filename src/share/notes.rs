//! The text in which notes are kept between visits, apart from the design and the runs.
//!
//! A note is read as a whole or not at all: one that can't be understood is left out and told, the others are there. A text that is no list of
//! notes at all is [`Unreadable`]; whoever holds it must keep it as it is, and a newer version is never written over.

use std::rc::Rc;

use serde_json::{Value, json};

use super::runs::{read_goal, write_goal};
use super::saved::Unreadable;
use crate::kata::notes::{Asked, Ended, MAX_LETTERS, MAX_QUESTION, MOST_READ, Note, Notes, letters, tidy};

const FORMAT: &str = "waiting-room/notes";
/// The version this page writes.
pub const VERSION: u64 = 1;
/// The longest text that is read: the most notes, every letter escaped.
pub const MAX_CHARS: usize = MOST_READ * 6 * (MAX_LETTERS + MAX_QUESTION);
/// Goals of a run at most.
const MOST_GOALS: usize = 40;

/// What a kept text holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub notes: Notes,
    /// How many notes could not be read.
    pub skipped: usize,
}

/// What to tell the learner of a text that is no use.
pub fn words(why: &Unreadable) -> String {
    match why {
        Unreadable::Newer(version) => format!(
            "This browser holds notes from a newer version of this page (version {version}; this one reads up to {VERSION}). They are left \
             untouched, and no notes are saved in this tab."
        ),
        Unreadable::Broken(what) => format!("The notes kept in this browser can't be read: {what} They are set aside."),
    }
}

/// What to tell the learner of notes that were left out.
pub fn skipped_words(skipped: usize) -> String {
    let which = match skipped {
        1 => "One of the notes".to_owned(),
        n => format!("{n} of the notes"),
    };
    format!("{which} kept in this browser can't be read. The text is set aside; the others are there.")
}

/// The text to keep; a note with nothing written is none.
pub fn write(notes: &Notes) -> String {
    let all: Vec<Value> = notes.written().map(|note| write_note(note)).collect();
    json!({ "format": FORMAT, "version": VERSION, "notes": all }).to_string()
}

fn write_note(note: &Note) -> Value {
    let Asked { question, run, scenario, seed, ended, goals } = &*note.asked;
    json!({
        "question": question, "text": note.text, "twin": note.twin, "run": run, "scenario": scenario, "seed": seed, "ended": ended.key(),
        "goals": goals.iter().map(write_goal).collect::<Vec<_>>(),
    })
}

/// What a kept text holds.
///
/// # Errors
/// If it is no list of notes that this page can read.
pub fn read(text: &str) -> Result<Found, Unreadable> {
    let broken = |what: &str| Unreadable::Broken(what.to_owned());
    if text.len() > MAX_CHARS {
        return Err(broken("they are longer than any list of notes."));
    }
    let value: Value = serde_json::from_str(text).map_err(|_| broken("the text is damaged."))?;
    if value["format"] != FORMAT {
        return Err(broken("the text is something else."));
    }
    match value["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(Unreadable::Newer(version)),
        _ => return Err(broken("their version is unknown.")),
    }
    let all = value["notes"].as_array().ok_or_else(|| broken("there is no list."))?;
    let read: Vec<Option<Note>> = all.iter().take(MOST_READ).map(read_note).collect();
    let skipped = all.len().saturating_sub(MOST_READ) + read.iter().filter(|note| note.is_none()).count();
    Ok(Found { notes: Notes::new(read.into_iter().flatten()), skipped })
}

fn read_note(value: &Value) -> Option<Note> {
    let text = |key: &str, most: usize| value[key].as_str().filter(|t| letters(t) <= most).map(str::to_owned);
    let run = text("run", 16).filter(|run| run.len() == 16 && run.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let ended = text("ended", 20)?;
    let goals = value["goals"].as_array().filter(|goals| goals.len() <= MOST_GOALS)?;
    let asked = Asked {
        question: text("question", MAX_QUESTION).filter(|q| !q.trim().is_empty())?,
        run,
        scenario: text("scenario", 200)?,
        seed: value["seed"].as_u64()?,
        ended: Ended::ALL.into_iter().find(|e| e.key() == ended)?,
        goals: goals.iter().map(read_goal).collect::<Option<_>>()?,
    };
    let twin = value["twin"].as_u64().and_then(|n| u32::try_from(n).ok())?;
    let note = Note { asked: Rc::new(asked), twin, text: tidy(&text("text", MAX_LETTERS)?) };
    (!note.is_blank()).then_some(note)
}
