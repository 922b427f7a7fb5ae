//! The browser's storage: where the design lives between visits.
//!
//! Storage may throw on mere access (a frame of another site, a sandbox), be full, hold what this page can't read, or be written by another
//! tab. Each kata and place has a drawer of its own
//! ([`crate::share::drawer`]). In each case of trouble the page says so once and goes on in memory. What could not be read is set aside under another key before anything is
//! written, a newer version's text is never touched, and another tab's is overwritten only when the learner says so.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsValue;
use web_sys::Storage;

use crate::kata::builtin;
use crate::share::drawer;
use crate::share::saved::{self, Saved, Unreadable};

mod list;
pub mod under_way;

pub use list::{List, ListStore, Saved as ListSaved};

thread_local! {
    static DRAWER: RefCell<String> = const { RefCell::new(String::new()) };
    /// All was forgotten: nothing is kept any more until the page is there anew.
    static FORGOTTEN: Cell<bool> = const { Cell::new(false) };
}

/// What lies in a drawer beside the design: runs, notes, drawn or listed.
const RUNS: &str = "runs.v1";
const NOTES: &str = "notes.v1";
pub const LOOK: &str = "look.v1";

/// Opens this page's drawer; before anything is looked for in it.
pub fn open_drawer(key: Option<&str>) {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    DRAWER.set(drawer::drawer(key, &path));
}

/// What the drawer holds of this name. One that is named by its path and holds nothing yet begins with what an older page kept when a site had
/// one drawer; that stays where it is.
fn held(storage: &Storage, what: &str) -> Result<Option<String>, JsValue> {
    let found = storage.get_item(&key(what))?;
    let old = DRAWER.with_borrow(|own| drawer::is_of_a_path(own)) && found.is_none();
    if old { storage.get_item(&drawer::old_name(&builtin::kata().id, what)) } else { Ok(found) }
}

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?.filter(|_| !FORGOTTEN.get())
}

fn of_this_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?.filter(|_| !FORGOTTEN.get())
}

/// Forgets all that lies in this drawer, for good, what an older page kept too; and keeps nothing from now on.
pub fn forget() {
    for storage in [local(), of_this_tab()].into_iter().flatten() {
        let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
        let own = |name: &String| DRAWER.with_borrow(|own| drawer::holds(&builtin::kata().id, own, name));
        for name in names.filter(own).collect::<Vec<_>>() {
            // What is gone already needs no removing.
            let _ = storage.remove_item(&name);
        }
        if DRAWER.with_borrow(|own| drawer::is_of_a_path(own)) {
            for what in [WHAT, RUNS, NOTES, LOOK] {
                let _ = storage.remove_item(&drawer::old_name(&builtin::kata().id, what));
            }
        }
    }
    FORGOTTEN.set(true);
}

/// The name of something in this page's drawer.
fn key(what: &str) -> String {
    DRAWER.with_borrow(|own| drawer::name(&builtin::kata().id, what, own))
}

/// A small text of this drawer; `None` where there is none, or no storage.
pub fn text(what: &str) -> Option<String> {
    held(&local()?, what).ok()?
}

/// Keeps a small text, if the browser lets it: a full or closed storage is no loss.
pub fn keep_text(what: &str, text: &str) {
    let _ = local().map(|storage| storage.set_item(&key(what), text));
}

const WHAT: &str = "saved.v1";

/// Where the design is kept, in the browser's storage.
pub fn place() -> String {
    key(WHAT)
}

/// What is said of a page for which the browser keeps nothing: in a private window, or a frame of another site.
pub const NOTHING_KEPT: &str = "Nothing is kept here: save a file.";

/// Texts that could not be read are kept under this and a number.
const ASIDE: &str = "unreadable";
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
        let Some(storage) = local() else { return (Store::in_memory(), None, None) };
        let text = match held(&storage, WHAT) {
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

    fn storage(&self) -> Option<&Storage> {
        self.storage.as_ref().filter(|_| !FORGOTTEN.get())
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
        let Some(storage) = self.storage() else { return Outcome::Done };
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
        let Some(storage) = self.storage() else { return Outcome::Done };
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
        let key = key(&format!("{ASIDE}.{number}"));
        match storage.get_item(&key) {
            Ok(Some(there)) if there == text => return true,
            Ok(Some(_)) => continue,
            Ok(None) => return storage.set_item(&key, text).is_ok(),
            Err(_) => return false,
        }
    }
    false
}
