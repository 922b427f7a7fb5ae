//! Where lists live between visits: the runs, the notes. Each is a text of its own beside the design's, so that none can cost another.
//!
//! Before anything is written, what another tab has written since is read and merged: no tab loses what the other did. What can't be read is
//! set aside first, and a newer version's text is never touched.

use web_sys::Storage;

use super::{FORGOTTEN, held, key, local, set_aside};
use crate::record::{Notes, RunHistory};
use crate::share::saved::Unreadable;
use crate::share::{notes, runs};

/// A list that is kept.
pub trait List: Clone + Default + PartialEq {
    /// Where it is kept.
    const KEY: &'static str;
    /// What it is a list of, in the middle of a sentence and at its start.
    const WHAT: (&'static str, &'static str);

    /// The list, and words where some of it can't be read.
    fn read(text: &str) -> Result<(Self, Option<String>), Unreadable>;
    /// What to tell of a text that is no use.
    fn words(why: &Unreadable) -> String;
    fn write(&self) -> String;
    /// `mine` with what has become of `base` in `theirs`, and in how many places both changed the same.
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> (Self, usize);
}

impl List for RunHistory {
    const KEY: &'static str = super::RUNS;
    const WHAT: (&'static str, &'static str) = ("runs", "Runs");

    fn read(text: &str) -> Result<(RunHistory, Option<String>), Unreadable> {
        runs::read(text).map(|f| (f.runs, (f.skipped > 0).then(|| runs::LISTING.skipped_words(f.skipped))))
    }

    fn words(why: &Unreadable) -> String {
        runs::LISTING.words(why)
    }

    fn write(&self) -> String {
        runs::write(self)
    }

    fn merge(base: &RunHistory, mine: &RunHistory, theirs: &RunHistory) -> (RunHistory, usize) {
        (RunHistory::merge(base, mine, theirs), 0)
    }
}

impl List for Notes {
    const KEY: &'static str = super::NOTES;
    const WHAT: (&'static str, &'static str) = ("notes", "Notes");

    fn read(text: &str) -> Result<(Notes, Option<String>), Unreadable> {
        notes::read(text).map(|f| (f.notes, (f.skipped > 0).then(|| notes::LISTING.skipped_words(f.skipped))))
    }

    fn words(why: &Unreadable) -> String {
        notes::LISTING.words(why)
    }

    fn write(&self) -> String {
        notes::write(self)
    }

    fn merge(base: &Notes, mine: &Notes, theirs: &Notes) -> (Notes, usize) {
        Notes::merge(base, mine, theirs)
    }
}

/// The place where a list is kept.
pub struct ListStore<L> {
    /// `None`: it stays in memory.
    storage: Option<Storage>,
    /// The text there as far as this tab knows, and what it holds.
    known: Option<String>,
    base: L,
}

/// What became of an attempt to save.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved<L> {
    /// It is kept, or there is no storage, which was said at the start.
    Done,
    /// It is kept together with what another tab had done; in so many places both changed the same.
    Merged(L, usize),
    /// It can't be kept from now on; the words for the learner.
    Lost(String),
}

impl<L: List> ListStore<L> {
    /// Opens the storage: the list there, and words if something is not as it should be. Without storage nothing is said: the design's own
    /// store says it.
    pub fn open() -> (ListStore<L>, L, Option<String>) {
        let memory = || ListStore { storage: None, known: None, base: L::default() };
        let Some(storage) = local() else { return (memory(), L::default(), None) };
        let Ok(text) = held(&storage, L::KEY) else { return (memory(), L::default(), None) };
        let Some(text) = text else {
            return (ListStore { storage: Some(storage), ..memory() }, L::default(), None);
        };
        match look::<L>(&storage, &text) {
            Lookup::Found(found, words) => {
                let store = ListStore { storage: Some(storage), known: Some(text), base: found.clone() };
                (store, found, words)
            }
            Lookup::Untouchable(words) => (memory(), L::default(), Some(words)),
        }
    }

    /// Keeps the list, with what another tab has done to it meanwhile.
    pub fn save(&mut self, mine: &L) -> Saved<L> {
        let Some(storage) = self.storage.clone().filter(|_| !FORGOTTEN.get()) else { return Saved::Done };
        if *mine == self.base {
            return Saved::Done;
        }
        let Ok(there) = storage.get_item(&key(L::KEY)) else { return self.give_up() };
        let mut merged = None;
        if let Some(text) = there.filter(|text| Some(text) != self.known.as_ref()) {
            match look::<L>(&storage, &text) {
                Lookup::Found(theirs, None) => merged = Some(L::merge(&self.base, mine, &theirs)),
                // What can't be read there was not deleted there.
                Lookup::Found(theirs, Some(_)) => merged = Some(L::merge(&L::default(), mine, &theirs)),
                Lookup::Untouchable(words) => {
                    self.storage = None;
                    return Saved::Lost(words);
                }
            }
        }
        let all = merged.as_ref().map_or(mine, |(merged, _)| merged);
        let text = all.write();
        if storage.set_item(&key(L::KEY), &text).is_err() {
            return self.give_up();
        }
        (self.known, self.base) = (Some(text), all.clone());
        match merged.filter(|(merged, _)| merged != mine) {
            Some((merged, both)) => Saved::Merged(merged, both),
            None => Saved::Done,
        }
    }

    fn give_up(&mut self) -> Saved<L> {
        self.storage = None;
        Saved::Lost(format!(
            "This browser's storage is full or closed. The {} kept before stay; new ones last until you close this tab.",
            L::WHAT.0
        ))
    }
}

/// What a text there comes to.
enum Lookup<L> {
    Found(L, Option<String>),
    /// It must stay as it is, in words.
    Untouchable(String),
}

/// Reads a text and sets it aside where some of it can't be read.
fn look<L: List>(storage: &Storage, text: &str) -> Lookup<L> {
    let (list, words) = match L::read(text) {
        Ok((list, None)) => return Lookup::Found(list, None),
        Ok((list, Some(words))) => (list, words),
        Err(why @ Unreadable::Newer(_)) => return Lookup::Untouchable(L::words(&why)),
        Err(why @ Unreadable::Broken(_)) => (L::default(), L::words(&why)),
    };
    if set_aside(storage, text) {
        return Lookup::Found(list, Some(words));
    }
    let (what, start) = L::WHAT;
    Lookup::Untouchable(format!(
        "{start} kept in this browser can't be read and there is no room to set them aside. They stay where they are; new {what} last until you \
         close this tab."
    ))
}
