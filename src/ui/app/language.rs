//! Another language: the page comes anew in it, with all that it holds.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::{App, Msg, one_file};
use crate::lang;
use crate::late::late;
use crate::share::{embed, link};
use crate::ui::storage;

/// The languages that the page has: the tag, and what the language calls itself.
pub fn languages() -> Vec<(String, String)> {
    let all = one_file::room("languages").and_then(|all| all.dyn_into::<Function>().ok());
    let told = all.and_then(|all| all.call0(&JsValue::NULL).ok()).and_then(|told| told.as_string());
    let pair = |line: &str| line.split_once(' ').map(|(tag, name)| (tag.to_owned(), name.to_owned()));
    told.iter().flat_map(|told| told.lines().filter_map(pair)).collect()
}

/// The tag of the language that is spoken.
pub fn spoken() -> &'static str {
    lang::spoken().map_or("en", |language| &language.tag)
}

/// What tells the page that another language is wanted.
pub fn wanted(tag: String) -> Msg {
    // Nothing comes of it where the second module is not there; a late message waits for it.
    Msg::Late(Box::new(move |app: &mut App| change(app, &tag).unwrap_or_default()))
}

late! {
    /// Keeps the choice, and opens the page in that language; where nothing is kept, with the design in the address.
    pub(super) fn change(app: &mut App, tag: &str) -> () {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    // A page that stands in its frame's source has no address to change.
    let nowhere = location.protocol().is_ok_and(|protocol| protocol == "about:");
    if nowhere || tag == spoken() || !languages().iter().any(|(known, _)| known == tag) {
        return;
    }
    storage::keep_text(storage::LANGUAGE, tag);
    app.save();
    app.save_lists();
    let mut address = embed::with_lang(&location.search().unwrap_or_default(), tag);
    if !app.persistence.keeps() {
        let session = app.session.borrow();
        address = format!("{address}#{}", link::write(session.design(), &session.scenario().id, session.seed()));
    }
    let path = location.pathname().unwrap_or_default();
    // A page that can't be loaded again stays as it is.
    let _ = location.assign(&format!("{path}{address}"));
}
}
