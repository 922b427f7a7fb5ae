//! The browser's storage: where the design lives between visits.
//!
//! Storage may throw on mere access (a frame of another site, a sandbox), be full, hold what this page can't read, or be written by another
//! tab. In each case the page says so once and goes on in memory. What could not be read is set aside under another key before anything is
//! written, a newer version's text is never touched, and another tab's is overwritten only when the learner says so.

use web_sys::Storage;

use crate::kata::builtin;
use crate::share::saved::{self, Saved, Unreadable};

mod list;
pub mod under_way;

pub use list::{List, ListStore, Saved as ListSaved};

/// The name that this kata's texts go by. Another kata has its own, so that two on one site don't take each other's.
fn key(what: &str) -> String {
    match builtin::kata().id.as_str() {
        "waiting-room" => format!("waiting-room.{what}"),
        other => format!("waiting-room.{other}.{what}"),
    }
}

const WHAT: &str = "saved.v1";

/// Where the design is kept, in the browser's storage.
pub fn place() -> String {
    key(WHAT)
}

/// What is said of a page for which the browser keeps nothing: in a private window, or a frame of another site.
pub const NOTHING_KEPT: &str = "Nothing is kept here: save a file.";

/// Texts that could not be read are kept under this and a number.
const ASIDE: &str = "waiting-room.unreadable";
/// How many texts are set aside at most; with more, nothing is written any more.
const MOST_ASIDE: usize = 8;

/// The place where one text is kept.
pub struct Store {
    /// `None`: everything stays in memory.
    storage: Option<Storage>,
    /// What lies there as far as this tab knows.
    known: Option<String>,
}

/// What became of an attempt to save.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is kept, or there is no storage, which was said at the start.
    Done,
    /// Another tab has written in between. Nothing was overwritten.
    Clash,
    /// It can't be kept from now on; the words for the learner.
    Lost(String),
}

impl Store {
    /// Opens the storage: what it holds, and words if that is not as it should be. Where there is none, [`Store::keeps`] says so.
    pub fn open() -> (Store, Option<Saved>, Option<String>) {
        let storage = web_sys::window().and_then(|w| w.local_storage().ok().flatten());
        let Some(storage) = storage else { return (Store::in_memory(), None, None) };
        let text = match storage.get_item(&place()) {
            Ok(None) => return (Store { storage: Some(storage), known: None }, None, None),
            Ok(Some(text)) => text,
            Err(_) => return (Store::in_memory(), None, None),
        };
        match saved::read(&text) {
            Ok(saved) => (Store { storage: Some(storage), known: Some(text) }, Some(saved), None),
            Err(why @ Unreadable::Newer(_)) => (Store::in_memory(), None, Some(why.words())),
            Err(why @ Unreadable::Broken(_)) => {
                if set_aside(&storage, &text) {
                    (Store { storage: Some(storage), known: Some(text) }, None, Some(why.words()))
                } else {
                    let words = "The design kept in this browser can't be read and there is no room to set it aside. It stays where it is; \
                                 your design lasts until you close this tab.";
                    (Store::in_memory(), None, Some(words.to_owned()))
                }
            }
        }
    }

    fn in_memory() -> Store {
        Store { storage: None, known: None }
    }

    /// Whether anything outlives this visit.
    pub fn keeps(&self) -> bool {
        self.storage.is_some()
    }

    /// Keeps `text`, unless another tab has written since.
    pub fn save(&mut self, text: String) -> Outcome {
        let Some(storage) = &self.storage else { return Outcome::Done };
        if self.known.as_ref() == Some(&text) {
            return Outcome::Done;
        }
        match storage.get_item(&place()) {
            Ok(there) if there.is_none() || there == self.known => self.overwrite(text),
            Ok(Some(there)) if there == text => {
                self.known = Some(text);
                Outcome::Done
            }
            Ok(_) => Outcome::Clash,
            Err(_) => self.give_up(),
        }
    }

    /// Keeps `text` in place of what another tab has written: the learner said so. What this page can't read is not touched even then.
    pub fn overwrite(&mut self, text: String) -> Outcome {
        let Some(storage) = &self.storage else { return Outcome::Done };
        let there = storage.get_item(&place()).ok().flatten().filter(|there| Some(there) != self.known.as_ref());
        let untouchable = match there.as_deref().map(saved::read) {
            Some(Err(why @ Unreadable::Newer(_))) => Some(why.words()),
            Some(Err(why @ Unreadable::Broken(_))) if !set_aside(storage, &there.unwrap_or_default()) => {
                Some(why.words())
            }
            _ => None,
        };
        if let Some(words) = untouchable {
            self.storage = None;
            return Outcome::Lost(words);
        }
        match storage.set_item(&place(), &text) {
            Ok(()) => {
                self.known = Some(text);
                Outcome::Done
            }
            Err(_) => self.give_up(),
        }
    }

    /// What another tab has written, if it can be read; from then on it counts as known.
    pub fn take_theirs(&mut self) -> Option<Saved> {
        let text = self.storage.as_ref()?.get_item(&place()).ok().flatten()?;
        let saved = saved::read(&text).ok()?;
        self.known = Some(text);
        Some(saved)
    }

    fn give_up(&mut self) -> Outcome {
        self.storage = None;
        Outcome::Lost(
            "This browser's storage is full or closed. What was saved stays; changes from now on last until you close this tab.".to_owned(),
        )
    }
}

/// Keeps an unreadable text under a key of its own. False: there was no room.
fn set_aside(storage: &Storage, text: &str) -> bool {
    for number in 1..=MOST_ASIDE {
        let key = format!("{ASIDE}.{number}");
        match storage.get_item(&key) {
            Ok(Some(there)) if there == text => return true,
            Ok(Some(_)) => continue,
            Ok(None) => return storage.set_item(&key, text).is_ok(),
            Err(_) => return false,
        }
    }
    false
}
