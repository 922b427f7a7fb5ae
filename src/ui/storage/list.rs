//! Where lists live between visits: the runs, the notes, earlier states. Each is a text of its own beside the design's, so that none can cost
//! another.
//!
//! Before anything is written, what another tab has written since is read and merged: no tab loses what the other did. What can't be read is
//! set aside first, and a newer version's text is never touched.

use super::FORGOTTEN;
use super::database::Answer;
use super::place::{self, Heard, Place, Written};
use crate::lang::Text;
use crate::record::{Notes, RunHistory, States};
use crate::share::saved::Unreadable;
use crate::share::{notes, runs, states};
use crate::text;

/// A list that is kept.
pub trait List: Clone + Default + PartialEq {
    /// Where it is kept.
    const KEY: &'static str;
    /// What it is, in the middle of a sentence.
    const WHAT: Text;

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
    const WHAT: Text = text!("storage.runs");

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
    const WHAT: Text = text!("storage.notes");

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

impl List for States {
    const KEY: &'static str = super::STATES;
    const WHAT: Text = text!("storage.states");

    fn read(text: &str) -> Result<(States, Option<String>), Unreadable> {
        states::read(text)
            .map(|(states, skipped)| (states, (skipped > 0).then(|| states::LISTING.skipped_words(skipped))))
    }

    fn words(why: &Unreadable) -> String {
        states::LISTING.words(why)
    }

    fn write(&self) -> String {
        states::write(self)
    }

    fn merge(_: &States, mine: &States, theirs: &States) -> (States, usize) {
        (mine.merge(theirs), 0)
    }
}

/// The place where a list is kept.
pub struct ListStore<L> {
    place: Place,
    /// What lies there as far as this tab knows.
    base: L,
    /// What another tab has written to the database.
    theirs: Option<String>,
    /// The last attempt to save it failed.
    unsaved: bool,
}

/// What became of an attempt to save.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved<L> {
    /// It is kept, or nothing is kept here, which was said at the start.
    Done,
    /// The database will tell.
    Asked,
    /// There is no room now.
    Full,
    /// There was something of another tab's: this is both, and is to be saved. In so many places both changed the same.
    Merged(L, usize),
    /// It can't be kept from now on; the words for the learner.
    Lost(String),
}

impl<L: List> ListStore<L> {
    /// Opens the storage: the list there, and words if something is not as it should be. Without storage nothing is said: the design's own
    /// store says it.
    pub fn open() -> (ListStore<L>, L, Option<String>) {
        let mut found = None;
        let opened = Place::open(L::KEY, &mut |text| L::read(text).map(|read| found = Some(read)));
        let words = opened.words(L::WHAT.get(), L::words);
        let mut store = ListStore { place: opened.place, base: L::default(), theirs: None, unsaved: false };
        let (Some((list, some_words)), Some(text)) = (found, opened.text) else { return (store, L::default(), words) };
        if let Some(why) = &some_words {
            store.place.put_away(&text, &Unreadable::Broken(why.clone()));
        }
        store.base = list.clone();
        (store, list, some_words.or(words))
    }

    /// Keeps the list, with what another tab has done to it meanwhile.
    pub fn save(&mut self, mine: &L) -> Saved<L> {
        if self.place.is_closed() || FORGOTTEN.get() {
            return Saved::Done;
        }
        if let Some(text) = self.theirs.take().or_else(|| self.place.theirs()) {
            match self.take_in(mine, &text) {
                Saved::Merged(all, _) if all == *mine => {}
                other => return other,
            }
        }
        if *mine == self.base && !self.unsaved {
            return Saved::Done;
        }
        let written = self.place.write(&mine.write(), false);
        self.base = mine.clone();
        self.unsaved = matches!(written, Written::Full);
        match written {
            Written::Kept => Saved::Done,
            Written::Asked => Saved::Asked,
            Written::Full => Saved::Full,
        }
    }

    /// What another tab has written, and mine.
    fn take_in(&mut self, mine: &L, text: &str) -> Saved<L> {
        self.place.heed(text);
        self.unsaved = true;
        let none = L::default();
        let (base, theirs, why) = match L::read(text) {
            Ok((theirs, None)) => (&self.base, theirs, None),
            // What can't be read there was not deleted there.
            Ok((theirs, Some(words))) => (&none, theirs, Some(Unreadable::Broken(words))),
            Err(why) => (&none, L::default(), Some(why)),
        };
        let (merged, both) = L::merge(base, mine, &theirs);
        match why {
            Some(why) if !self.place.put_away(text, &why) => {
                return Saved::Lost(place::refused(L::WHAT.get(), &why, L::words));
            }
            _ => self.base = theirs,
        }
        Saved::Merged(merged, both)
    }

    /// It is to be saved, changed or not.
    pub fn is_due(&self) -> bool {
        self.unsaved || self.theirs.is_some()
    }

    /// What an answer of the database means; what another tab has written is merged when it is saved again, at once.
    pub fn hear(&mut self, answer: Answer) -> Option<Heard> {
        let heard = self.place.hear(answer);
        match &heard {
            Some(Heard::Theirs(theirs)) => self.theirs = Some(theirs.clone()),
            Some(Heard::Full) => self.unsaved = true,
            _ => {}
        }
        heard
    }
}
