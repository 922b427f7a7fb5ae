//! Saving the page as one file with the learner's work inside, and finding it there when such a copy is opened.
//!
//! The hosted page fetches the one file that lies beside it; the one file makes another of itself (`xtask/src/single.js` knows how). A copy has
//! a drawer of its own: what a browser keeps of other pages is not touched, and from its first change on the copy's own things count.

use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

use super::{App, Msg, asked};
use crate::kata::builtin;
use crate::say;
use crate::session::{Action, exchange};
use crate::share::one_file::{KATA, NOTES, OPTIONS, OneFile, RUNS, SAVED};
use crate::share::seal::vouched;
use crate::share::{Saved, notes, runs, saved};
use crate::ui::exchange::carry;
use crate::ui::exchange::page::{self, Told};

/// The page in one file, beside the hosted page.
const FILE: &str = "./waiting-room.html";

/// Saves the page when that is wanted in the dialog.
pub(super) fn when_wanted(app: &App) {
    page::when_wanted(app.links.link.callback(|told: Told| Msg::Late(Box::new(move |app: &mut App| save(app, &told)))));
}

fn save(app: &mut App, told: &Told) {
    let (name, runs, notes) = {
        let session = app.session.borrow();
        (format!("{}.html", exchange::file_name(session.design())), session.runs().clone(), session.notes().clone())
    };
    let kept = [(SAVED, app.text()), (RUNS, runs::write(&runs)), (NOTES, notes::write(&notes))];
    let told = told.clone();
    source(Callback::from(move |page: Option<String>| {
        let Some(page) = page else { return told.emit(say!("page.file_no_answer").to_owned()) };
        let file = with_all(&page, &kept);
        let there = file.is_some_and(|file| carry::text(&name, &file, "text/html"));
        told.emit(if there { say!("page.file_comes") } else { say!("page.file_other") }.to_owned());
    }));
}

/// The design and all that is kept beside it, where a copy holds them.
pub(super) fn carried() -> Option<Saved> {
    asked::block(SAVED).and_then(|text| saved::read(&vouched(&text)).ok())
}

/// The same of runs and notes, for a copy whose drawer is empty.
pub(super) fn take_lists(app: &mut App) {
    if let Some(Ok(found)) = asked::block(RUNS).map(|text| runs::read(&vouched(&text))) {
        app.act(Action::RunHistory(found.runs));
    }
    if let Some(Ok(found)) = asked::block(NOTES).map(|text| notes::read(&vouched(&text))) {
        app.act(Action::TakeNotes(found.notes, 0));
    }
}

/// The page with everything in it.
fn with_all(source: &str, kept: &[(&str, String)]) -> Option<String> {
    // What another kata has taken the place of; where none has, the block itself is the page's own.
    let replaced = room("own").and_then(|own| own.as_string());
    let other = replaced.is_some().then(|| builtin::kata().id.as_str());
    // In another language the block is a translation.
    let english = || room("english").and_then(|kata| kata.as_string());
    let kata = replaced.or_else(english).or_else(|| asked::block(KATA))?;
    let options = asked::block(OPTIONS);
    let now = String::from(Date::new_0().to_iso_string());
    let key = format!("copy-{}", now.replace(|letter: char| !letter.is_ascii_digit(), ""));
    OneFile { kata: &kata, options: options.as_deref(), other, key: &key, kept }.of(source)
}

/// Something of the page's first scripts, or of what came after them.
pub(super) fn room(name: &str) -> Option<JsValue> {
    let room = Reflect::get(&js_sys::global(), &"waitingRoom".into()).ok()?;
    Reflect::get(&room, &name.into()).ok().filter(|found| !found.is_undefined())
}

/// The text of the page in one file.
fn source(done: Callback<Option<String>>) {
    if let Some(source) = room("source").and_then(|source| source.dyn_into::<Function>().ok()) {
        return done.emit(source.call0(&JsValue::NULL).ok().and_then(|text| text.as_string()));
    }
    let lost = done.clone();
    let failed = Closure::once(move |_: JsValue| lost.emit(None));
    let answered = Closure::once(move |answer: JsValue| {
        let there = Reflect::get(&answer, &"ok".into()).is_ok_and(|ok| ok.is_truthy());
        let Some(text) = called(&answer, "text", &JsValue::UNDEFINED).filter(|_| there) else { return done.emit(None) };
        let lost = done.clone();
        let read = Closure::once(move |text: JsValue| done.emit(text.as_string()));
        let broken = Closure::once(move |_: JsValue| lost.emit(None));
        // What comes of the promise is in the two closures; one of them is called, and a few bytes are given up.
        let _ = text.then2(&read, &broken);
        read.forget();
        broken.forget();
    });
    if let Some(answer) = called(&js_sys::global(), "fetch", &FILE.into()) {
        let _ = answer.then2(&answered, &failed);
    }
    answered.forget();
    failed.forget();
}

/// What a method that answers later has begun. By name, since each typed call costs a first visit some bytes.
fn called(object: &JsValue, method: &str, argument: &JsValue) -> Option<Promise> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.call1(object, argument).ok()?.dyn_into().ok()
}
