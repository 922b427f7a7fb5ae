//! A stored list as text: what the texts of runs and of notes have in common.
//!
//! An entry is read as a whole or not at all: one that can't be understood is left out and counted, the others are there. A text that is no such
//! list at all is [`Unreadable`]; the caller must leave it as it is, and a newer version is never written over.

use crate::json::{self, Value};
use crate::lang::Text;
use crate::say;
use crate::share::saved::Unreadable;
use crate::share::seal;

/// How stored lists differ.
pub struct VersionedList {
    /// As the text's field is called.
    pub field: &'static str,
    /// What it is a list of.
    pub what: Text,
    pub format: &'static str,
    /// The version this page writes.
    pub version: u64,
    /// The longest text that is read, in bytes.
    pub max_chars: usize,
    /// The most entries that are read.
    pub most: usize,
}

impl VersionedList {
    /// The entries of a text, and how many could not be read.
    ///
    /// # Errors
    /// If it is no list of this kind that this page can read.
    pub fn read<T>(&self, text: &str, one: impl Fn(&Value) -> Option<T>) -> Result<(Vec<T>, usize), Unreadable> {
        let broken = |what: &str| Unreadable::Broken(what.to_owned());
        if text.len() > self.max_chars {
            return Err(broken(&say!("saved.list_too_long", what = self.what.get())));
        }
        let value = json::read(text).map_err(|_| broken(say!("saved.list_damaged")))?;
        if value.get("format").and_then(Value::text) != Some(self.format) {
            return Err(broken(say!("saved.list_other")));
        }
        seal::check(text, &value, self.version, say!("saved.list_damaged"), say!("saved.list_version"))?;
        let all = value.get(self.field).and_then(Value::list).ok_or_else(|| broken(say!("saved.list_none")))?;
        let read: Vec<T> = all.iter().take(self.most).filter_map(one).collect();
        let skipped = all.len() - read.len();
        Ok((read, skipped))
    }

    /// The text of these entries, without its seal.
    pub fn write(&self, all: Vec<Value>) -> String {
        let head = [("format", self.format.into()), ("version", self.version.into()), (self.field, Value::List(all))];
        Value::map(head).json()
    }

    /// The sentence for the learner about a text that can't be read.
    pub fn words(&self, why: &Unreadable) -> String {
        let (what, mine) = (self.what.get(), self.version);
        match why {
            Unreadable::Newer(version) => say!("saved.list_newer", what, version, mine),
            Unreadable::Broken(why) => say!("saved.list_broken", what, why),
        }
    }

    /// The sentence for the learner about entries that were left out.
    pub fn skipped_words(&self, skipped: usize) -> String {
        say!("saved.list_skipped", plural = skipped, n = skipped, what = self.what.get())
    }
}
