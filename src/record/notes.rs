//! Notes: what a learner wrote to the questions that a run raised, each with the question as it was asked and what came of the run.
//!
//! Bounded in number and letters. Nothing a learner wrote makes room for something else: a list that is full takes no new note and says so.
//! Two lists that went apart from a common one (two tabs) can be merged; where both changed the same note, both texts stay. Nothing left of a
//! text is no note, but its field stays until the page is left, so that a text can be written anew.

use crate::say;
use std::rc::Rc;

use crate::record::history::{Outcome, fingerprint};

/// The most notes that a learner may write.
pub const MOST_NOTES: usize = 100;
/// The most that are read or merged: what several tabs have written together.
pub const MOST_READ: usize = 4 * MOST_NOTES;
/// Letters of a note at most, counted as browsers count them (UTF-16).
pub const MAX_LETTERS: usize = 2_000;
/// Letters of a question at most.
pub const MAX_QUESTION: usize = 600;
/// Letters of what was changed at most.
pub const MAX_CHANGED: usize = 400;

/// What came of the run that raised a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Passed,
    NotPassed,
    /// Changed midway, so not scored.
    Exploration,
}

impl Ended {
    pub const ALL: [Ended; 3] = [Ended::Passed, Ended::NotPassed, Ended::Exploration];

    /// As it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Ended::Passed => "passed",
            Ended::NotPassed => "not-passed",
            Ended::Exploration => "exploration",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Ended::Passed => say!("ended.passed"),
            Ended::NotPassed => say!("ended.not_yet"),
            Ended::Exploration => say!("ended.exploration"),
        }
    }
}

/// A question that a run raised, and the run in short.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// With the figures of the run.
    pub question: String,
    /// The id of the run, which follows from what it is; see [`crate::record::RunRecord::content_id`].
    pub run: String,
    /// The scenario's id; this page may not have it.
    pub scenario: String,
    pub seed: u64,
    pub ended: Ended,
    pub goals: Vec<Outcome>,
    /// What was changed since the run before it, in at most [`MAX_CHANGED`] letters; `None` where nothing was, or an older page did not say.
    pub changed: Option<String>,
}

impl Asked {
    /// Follows from the run and the question: the same run finds its notes again.
    pub fn id(&self) -> String {
        fingerprint(&format!("{} {}", self.run, self.question))
    }
}

/// A question with what the learner wrote to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub asked: Rc<Asked>,
    /// 0, or the number of a conflicting text to the same question, which another tab wrote.
    pub conflict: u32,
    /// Letters as typed; see [`tidy`].
    pub text: String,
}

impl Note {
    /// Its id: that of no other.
    pub fn id(&self) -> String {
        match self.conflict {
            0 => self.asked.id(),
            n => format!("{}-{n}", self.asked.id()),
        }
    }

    /// Nothing is written.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A text within its bounds: line ends as one sign, no other control characters, and no more letters than allowed.
pub fn tidy(text: &str) -> String {
    let mut left = MAX_LETTERS;
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let printable = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    printable.take_while(|c| left.checked_sub(c.len_utf16()).map(|rest| left = rest).is_some()).collect()
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    RunRecord,
    /// There are [`MOST_NOTES`] already: nothing was changed.
    Full,
}

/// All notes, the latest run's first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    list: Vec<Rc<Note>>,
}

impl Notes {
    /// Of equal ids the first stays; what is over the bound leaves at the end.
    pub fn new(list: impl IntoIterator<Item = Note>) -> Notes {
        let mut notes = Notes::default();
        for note in list {
            if notes.list.len() < MOST_READ && notes.get(&note.id()).is_none() {
                notes.list.push(note.into());
            }
        }
        notes
    }

    pub fn list(&self) -> &[Rc<Note>] {
        &self.list
    }

    /// Those with something written.
    pub fn written(&self) -> impl Iterator<Item = &Rc<Note>> {
        self.list.iter().filter(|note| !note.is_blank())
    }

    pub fn get(&self, id: &str) -> Option<&Rc<Note>> {
        self.list.iter().find(|note| note.id() == id)
    }

    /// No room for one more.
    pub fn is_full(&self) -> bool {
        self.written().count() >= MOST_NOTES
    }

    /// Writes to a note that is there.
    pub fn rewrite(&mut self, id: &str, text: &str) -> bool {
        let found = self.list.iter_mut().find(|note| note.id() == id);
        found.map(|note| Rc::make_mut(note).text = tidy(text)).is_some()
    }

    /// Writes to a question, for the first time or again.
    pub fn write(&mut self, asked: &Rc<Asked>, text: &str) -> Written {
        if self.rewrite(&asked.id(), text) {
            return Written::RunRecord;
        }
        if self.is_full() {
            return Written::Full;
        }
        let note = Note { asked: asked.clone(), conflict: 0, text: tidy(text) };
        // Beside the others of its run, below those.
        let at = match self.list.iter().rposition(|n| n.asked.run == asked.run) {
            Some(last) => last + 1,
            None => 0,
        };
        self.list.insert(at, note.into());
        Written::RunRecord
    }

    /// Takes a note out: it, and the place it had.
    pub fn remove(&mut self, id: &str) -> Option<(usize, Rc<Note>)> {
        let at = self.list.iter().position(|note| note.id() == id)?;
        Some((at, self.list.remove(at)))
    }

    /// Puts a note that was taken out back in its place; where something was written to its question since, both stay.
    pub fn put_back(&mut self, at: usize, note: Rc<Note>) {
        let at = at.min(self.list.len());
        match self.get(&note.id()) {
            Some(there) if there.text == note.text => {}
            Some(there) if there.is_blank() => drop(self.rewrite(&note.id(), &note.text)),
            Some(_) => {
                let conflict = self.numbered_conflict(&note);
                self.list.insert(at, Rc::new(conflict));
            }
            None => self.list.insert(at, note),
        }
    }

    /// `mine` with what has become of `base` in `theirs`: what either wrote and deleted; where both wrote to the same note, both texts stay. Says
    /// to how many notes that happened.
    pub fn merge(base: &Notes, mine: &Notes, theirs: &Notes) -> (Notes, usize) {
        let text = |notes: &Notes, id: &str| notes.get(id).filter(|n| !n.is_blank()).map(|n| n.text.clone());
        let mut merged = Notes::default();
        let mut conflicts = Vec::new();
        for note in &mine.list {
            let id = note.id();
            let (before, there) = (text(base, &id), text(theirs, &id));
            let own = text(mine, &id);
            match there {
                Some(there) if own.as_ref() == Some(&there) => merged.list.push(note.clone()),
                // Only they wrote to it, or they did and I emptied it.
                Some(there) if own == before || own.is_none() && before.as_ref() != Some(&there) => {
                    merged.list.push(Rc::new(Note { text: there, ..(**note).clone() }));
                }
                // Only I did.
                Some(there) if before.as_ref() == Some(&there) => merged.list.push(note.clone()),
                Some(there) => {
                    merged.list.push(note.clone());
                    conflicts.push(Note { text: there, ..(**note).clone() });
                }
                // They deleted what I did not touch.
                None if before.is_some() && own == before => {}
                None => merged.list.push(note.clone()),
            }
        }
        for note in theirs.written().filter(|n| mine.get(&n.id()).is_none()) {
            // Deleted here, unless they went on writing.
            if text(base, &note.id()).as_ref() != Some(&note.text) {
                merged.list.push(note.clone());
            }
        }
        let both = conflicts.len();
        for conflict in conflicts {
            let known = |n: &Rc<Note>| n.asked.id() == conflict.asked.id() && n.text == conflict.text;
            if !merged.list.iter().any(known) {
                let conflict = merged.numbered_conflict(&conflict);
                merged.list.push(Rc::new(conflict));
            }
        }
        merged.list.truncate(MOST_READ);
        (merged, both)
    }

    /// The same note under a number that is free.
    fn numbered_conflict(&self, note: &Note) -> Note {
        let conflict = |n: u32| Note { conflict: n, ..note.clone() };
        (1..).map(conflict).find(|note| self.get(&note.id()).is_none()).expect("a list has an end")
    }
}
