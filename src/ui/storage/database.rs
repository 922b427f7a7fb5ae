//! The database: a door to `static/keep.js`, which reads what the drawer holds before the page begins, and writes.
//!
//! A script of its own, because the bindings of the browser's interface could not be used before the wasm is there, and would be larger.
//! It answers later; the page hears of it by [`told`].

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::Callback;

use crate::share::seal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = waitingRoom, js_name = found)]
    fn copy(place: &str, what: &str, at: u32) -> Option<String>;
    #[wasm_bindgen(js_namespace = waitingRoom, js_name = put)]
    fn put(place: &str, what: &str, known: f64, text: &str, done: &JsValue);
    #[wasm_bindgen(js_namespace = waitingRoom, js_name = forget)]
    fn clear(place: &str, done: &JsValue);
    /// Whether there is a database that has answered.
    #[wasm_bindgen(js_namespace = waitingRoom)]
    pub fn answers() -> bool;
}

/// What became of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub what: &'static str,
    /// The text's number.
    pub number: u64,
    /// It was not written because another tab has written this since.
    pub theirs: Option<String>,
    /// It lies in the database.
    pub kept: bool,
}

thread_local! {
    static HEARS: RefCell<Callback<Answer>> = RefCell::new(Callback::noop());
}

/// Says who hears the database's answers.
pub fn told(hears: Callback<Answer>) {
    HEARS.set(hears);
}

/// The copies of something in the drawer, as they lay there when the page began.
pub fn found(what: &str) -> Vec<String> {
    (0..).map_while(|at| copy(&super::place_of_design(), what, at)).collect()
}

/// Writes a text with its seal, unless one of a higher number than `known` lies there; `None`: whatever lies there.
pub fn write(what: &'static str, known: Option<u64>, text: &str) {
    let number = seal::number(text);
    let done = Closure::once_into_js(move |theirs: JsValue| {
        let answer = Answer { what, number, kept: theirs.is_undefined(), theirs: theirs.as_string() };
        HEARS.with_borrow(Callback::clone).emit(answer);
    });
    put(&super::place_of_design(), what, known.map_or(-1.0, |known| known as f64), text, &done);
}

/// Sets a text aside under a name of its own.
pub fn set_aside(what: &str, text: &str) {
    put(&super::place_of_design(), what, -1.0, text, &JsValue::UNDEFINED);
}

/// Forgets the drawer.
pub fn forget(done: impl FnOnce() + 'static) {
    clear(&super::place_of_design(), &Closure::once_into_js(done));
}
