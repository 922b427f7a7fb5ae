//! The browser's storage: where the design lives between visits.
//!
//! Each text has a `Place`: the database, and the local storage as what is there at once. Storage may throw on mere access (a frame of another
//! site, a sandbox), be full, hold what this page can't read, or be written by another tab. Each kata and path has a drawer of its own
//! ([`crate::share::drawer`]). In each case of trouble the page says so once and goes on in memory. What could not be read is set aside under another key before anything is
//! written, a newer version's text is never touched, and another tab's is overwritten only when the learner says so.

use crate::lang::Text;
use crate::{say, text};
use std::cell::{Cell, RefCell};

use wasm_bindgen::JsValue;
use web_sys::Storage;

use crate::kata::builtin;
use crate::share::drawer;
use crate::share::saved::{self, Saved};

mod database;
mod list;
mod place;
pub mod under_way;

pub use database::{Answer, told};
pub use list::{List, ListStore, Saved as ListSaved};
pub use place::{Heard, asides};
use place::{Place, Written};

thread_local! {
    static DRAWER: RefCell<String> = const { RefCell::new(String::new()) };
    /// All was forgotten: nothing is kept any more until the page is there anew.
    static FORGOTTEN: Cell<bool> = const { Cell::new(false) };
}

/// What lies in a drawer: the design, and beside it runs, notes, earlier states, drawn or listed.
pub const DESIGN: &str = "saved.v1";
pub const RUNS: &str = "runs.v1";
pub const NOTES: &str = "notes.v1";
pub const STATES: &str = "states.v1";
pub const LOOK: &str = "look.v1";
/// The language's tag; `static/first.js` looks for it too.
pub const LANGUAGE: &str = "lang.v1";
/// In the tab's own storage: all was forgotten a moment ago.
const MARK: &str = "forgotten.v1";

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

/// Forgets all that lies in this drawer, for good, what an older page kept too; and keeps nothing from now on. `done` is called when the database
/// has forgotten it too, or doesn't answer.
pub fn forget(done: impl FnOnce() + 'static) {
    let tab = of_this_tab();
    local().iter().chain(&tab).for_each(empty);
    if let Some(tab) = tab {
        // Without it nothing is said.
        let _ = tab.set_item(&key(MARK), "");
    }
    FORGOTTEN.set(true);
    database::forget(done);
}

/// Takes away all that a storage holds of this drawer.
fn empty(storage: &Storage) {
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    for name in names.filter(|name| is_own(name)).collect::<Vec<_>>() {
        // What is gone already needs no removing.
        let _ = storage.remove_item(&name);
    }
    if DRAWER.with_borrow(|own| drawer::is_of_a_path(own)) {
        for what in [DESIGN, RUNS, NOTES, LOOK] {
            let _ = storage.remove_item(&drawer::old_name(&builtin::kata().id, what));
        }
    }
}

fn is_own(name: &str) -> bool {
    DRAWER.with_borrow(|own| drawer::holds(&builtin::kata().id, own, name))
}

/// Whether this tab has forgotten all before it began anew; once.
pub fn was_forgotten() -> bool {
    let Some(tab) = of_this_tab() else { return false };
    let name = key(MARK);
    let there = tab.get_item(&name).is_ok_and(|mark| mark.is_some());
    there && tab.remove_item(&name).is_ok()
}

/// Another tab has taken something of this name away, or all: whether that is of this drawer and news. Nothing is kept from then on, until the
/// learner says so ([`Store::overwrite`]).
pub fn forgotten_elsewhere(name: Option<&str>) -> bool {
    let news = !FORGOTTEN.get() && name.is_none_or(is_own);
    if news {
        of_this_tab().iter().for_each(empty);
        FORGOTTEN.set(true);
    }
    news
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

/// Where the design is kept: its name in the local storage, and that of the drawer in the database.
pub fn place_of_design() -> String {
    key(DESIGN)
}

/// What is said of a page for which the browser keeps nothing: in a private window, or a frame of another site.
pub const NOTHING_KEPT: Text = text!("storage.nothing_kept");

/// The place where the design is kept.
pub struct Store {
    place: Place,
    /// What another tab has written to the database.
    theirs: Option<String>,
}

/// What became of an attempt to save.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is kept, or nothing is kept here, which was said at the start.
    Done,
    /// The database will tell.
    Asked,
    /// Another tab has written in between. Nothing was overwritten.
    Clash,
    /// There is no room now.
    Full,
    /// It can't be kept from now on; the words for the learner.
    Lost(String),
}

impl Store {
    /// Opens the storage: what it holds, and words if that is not as it should be. Where there is none, [`Store::keeps`] says so.
    pub fn open() -> (Store, Option<Saved>, Option<String>) {
        let mut found = None;
        let opened = Place::open(DESIGN, &mut |text| saved::read(text).map(|saved| found = Some(saved)));
        let words = opened.words(say!("storage.design"), saved::words);
        (Store { place: opened.place, theirs: None }, found.filter(|_| opened.text.is_some()), words)
    }

    /// Whether anything outlives this visit.
    pub fn keeps(&self) -> bool {
        !self.place.is_closed() && (local().is_some() || database::answers())
    }

    /// Keeps `text`, unless another tab has written since.
    pub fn save(&mut self, text: &str) -> Outcome {
        if self.place.is_closed() || FORGOTTEN.get() {
            return Outcome::Done;
        }
        if self.theirs.is_some() || self.place.theirs().is_some() { Outcome::Clash } else { self.write(text, false) }
    }

    fn write(&mut self, text: &str, over: bool) -> Outcome {
        match self.place.write(text, over) {
            Written::Kept => Outcome::Done,
            Written::Asked => Outcome::Asked,
            Written::Full => Outcome::Full,
        }
    }

    /// Keeps `text` in place of what another tab has written: the learner said so. What this page can't read is not touched even then.
    pub fn overwrite(&mut self, text: &str) -> Outcome {
        FORGOTTEN.set(false);
        let all = [self.theirs.take(), self.place.theirs()];
        for there in all.into_iter().flatten() {
            self.place.heed(&there);
            let Err(why) = saved::read(&there) else { continue };
            if !self.place.put_away(&there, &why) {
                return Outcome::Lost(place::refused(say!("storage.design"), &why, saved::words));
            }
        }
        self.write(text, true)
    }

    /// What an answer of the database means; what another tab has written is a clash.
    pub fn hear(&mut self, answer: Answer) -> Option<Outcome> {
        Some(match self.place.hear(answer)? {
            Heard::Kept => Outcome::Done,
            Heard::Full => Outcome::Full,
            Heard::Theirs(theirs) => {
                self.theirs = Some(theirs);
                Outcome::Clash
            }
        })
    }

    /// What another tab has written, if it can be read.
    pub fn other(&self) -> Option<Saved> {
        saved::read(&self.theirs.clone().or_else(|| self.place.theirs())?).ok()
    }

    /// What another tab has written, if it can be read; from then on it counts as known.
    pub fn take_theirs(&mut self) -> Option<Saved> {
        let text = self.theirs.take().or_else(|| self.place.theirs())?;
        let saved = saved::read(&text).ok()?;
        self.place.heed(&text);
        Some(saved)
    }
}
