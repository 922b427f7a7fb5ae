//! Where the runs live between visits: a text of their own beside the design's, so that neither can cost the other.
//!
//! Before anything is written, what another tab has written since is read and merged: no tab loses a run of the other. What can't be read is
//! set aside first, and a newer version's text is never touched.

use web_sys::Storage;

use super::{key, set_aside};
use crate::kata::Runs;
use crate::share::runs;
use crate::share::saved::Unreadable;

const WHAT: &str = "runs.v1";

/// The place where the runs are kept.
pub struct RunStore {
    /// `None`: they stay in memory.
    storage: Option<Storage>,
    /// The text there as far as this tab knows, and what it holds.
    known: Option<String>,
    base: Runs,
}

/// What became of an attempt to save.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// They are kept, or there is no storage, which was said at the start.
    Done,
    /// They are kept together with what another tab had done.
    Merged(Runs),
    /// They can't be kept from now on; the words for the learner.
    Lost(String),
}

impl RunStore {
    /// Opens the storage: the runs there, and words if something is not as it should be. Without storage nothing is said: the design's own
    /// store says it.
    pub fn open() -> (RunStore, Runs, Option<String>) {
        let memory = || RunStore { storage: None, known: None, base: Runs::default() };
        let storage = web_sys::window().and_then(|w| w.local_storage().ok().flatten());
        let Some(storage) = storage else { return (memory(), Runs::default(), None) };
        let Ok(text) = storage.get_item(&key(WHAT)) else { return (memory(), Runs::default(), None) };
        let Some(text) = text else {
            return (RunStore { storage: Some(storage), ..memory() }, Runs::default(), None);
        };
        match look(&storage, &text) {
            Look::Runs(found, words) => {
                let store = RunStore { storage: Some(storage), known: Some(text), base: found.clone() };
                (store, found, words)
            }
            Look::Untouchable(words) => (memory(), Runs::default(), Some(words)),
        }
    }

    /// Keeps the runs, with what another tab has done to them meanwhile.
    pub fn save(&mut self, mine: &Runs) -> Saved {
        let Some(storage) = self.storage.clone() else { return Saved::Done };
        if *mine == self.base {
            return Saved::Done;
        }
        let Ok(there) = storage.get_item(&key(WHAT)) else { return self.give_up() };
        let mut merged = None;
        if let Some(text) = there.filter(|text| Some(text) != self.known.as_ref()) {
            match look(&storage, &text) {
                Look::Runs(theirs, None) => merged = Some(Runs::merge(&self.base, mine, &theirs)),
                // What can't be read there was not deleted there.
                Look::Runs(theirs, Some(_)) => merged = Some(Runs::merge(&Runs::default(), mine, &theirs)),
                Look::Untouchable(words) => {
                    self.storage = None;
                    return Saved::Lost(words);
                }
            }
        }
        let all = merged.as_ref().unwrap_or(mine);
        let text = runs::write(all);
        if storage.set_item(&key(WHAT), &text).is_err() {
            return self.give_up();
        }
        (self.known, self.base) = (Some(text), all.clone());
        match merged.filter(|merged| merged != mine) {
            Some(merged) => Saved::Merged(merged),
            None => Saved::Done,
        }
    }

    fn give_up(&mut self) -> Saved {
        self.storage = None;
        Saved::Lost(
            "This browser's storage is full or closed. The runs kept before stay; new ones last until you close this tab.".to_owned(),
        )
    }
}

/// What a text there comes to.
enum Look {
    Runs(Runs, Option<String>),
    /// It must stay as it is, in words.
    Untouchable(String),
}

/// Reads a text and sets it aside where some of it can't be read.
fn look(storage: &Storage, text: &str) -> Look {
    let (runs, words) = match runs::read(text) {
        Ok(found) if found.skipped == 0 => return Look::Runs(found.runs, None),
        Ok(found) => (found.runs, runs::skipped_words(found.skipped)),
        Err(why @ Unreadable::Newer(_)) => return Look::Untouchable(runs::words(&why)),
        Err(why @ Unreadable::Broken(_)) => (Runs::default(), runs::words(&why)),
    };
    if set_aside(storage, text) {
        return Look::Runs(runs, Some(words));
    }
    let words = "Runs kept in this browser can't be read and there is no room to set them aside. They stay where they are; new runs last until \
                 you close this tab.";
    Look::Untouchable(words.to_owned())
}
