//! A stored list as text: what the texts of runs and of notes have in common.
//!
//! An entry is read as a whole or not at all: one that can't be understood is left out and counted, the others are there. A text that is no such
//! list at all is [`Unreadable`]; the caller must leave it as it is, and a newer version is never written over.

use crate::json::{self, Value};
use crate::share::saved::Unreadable;
use crate::share::seal;

/// How stored lists differ.
pub struct VersionedList {
    /// What it is a list of, as words say it and as the text's field is called.
    pub what: &'static str,
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
            return Err(broken(&format!("they are longer than any list of {}.", self.what)));
        }
        let value = json::read(text).map_err(|_| broken("the text is damaged."))?;
        if value.get("format").and_then(Value::text) != Some(self.format) {
            return Err(broken("the text is something else."));
        }
        seal::check(text, &value, self.version, "the text is damaged.", "their version is unknown.")?;
        let all = value.get(self.what).and_then(Value::list).ok_or_else(|| broken("there is no list."))?;
        let read: Vec<T> = all.iter().take(self.most).filter_map(one).collect();
        let skipped = all.len() - read.len();
        Ok((read, skipped))
    }

    /// The text of these entries, without its seal.
    pub fn write(&self, all: Vec<Value>) -> String {
        let head = [("format", self.format.into()), ("version", self.version.into()), (self.what, Value::List(all))];
        Value::map(head).json()
    }

    /// The sentence for the learner about a text that can't be read.
    pub fn words(&self, why: &Unreadable) -> String {
        let VersionedList { what, version: mine, .. } = self;
        match why {
            Unreadable::Newer(version) => format!(
                "This browser holds {what} from a newer version of this page (version {version}; this one reads up to {mine}). They are left \
                 untouched, and no {what} are saved in this tab."
            ),
            Unreadable::Broken(why) => {
                format!("The {what} kept in this browser can't be read: {why} They are set aside.")
            }
        }
    }

    /// The sentence for the learner about entries that were left out.
    pub fn skipped_words(&self, skipped: usize) -> String {
        let which = match skipped {
            1 => format!("One of the {}", self.what),
            n => format!("{n} of the {}", self.what),
        };
        format!("{which} kept in this browser can't be read. The text is set aside; the others are there.")
    }
}
