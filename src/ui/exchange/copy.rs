//! Copying a text: by the clipboard's interface, else by the old command, else by selecting it for the learner to copy.

use crate::say;
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Clipboard, HtmlDocument, HtmlTextAreaElement};
use yew::Callback;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    Yes,
    /// The text is selected: the learner's own keys copy it.
    Selected,
}

impl Copied {
    pub fn words(self) -> &'static str {
        match self {
            Copied::Yes => say!("exchange.copied"),
            Copied::Selected => say!("exchange.selected"),
        }
    }
}

/// Copies `text`, which stands in `area`.
pub fn copy(text: &str, area: &HtmlTextAreaElement, done: Callback<Copied>) {
    let Some(clipboard) = clipboard() else { return done.emit(by_command(area)) };
    let (area, told) = (area.clone(), done.clone());
    let copied = Closure::once(move |_: JsValue| done.emit(Copied::Yes));
    let refused = Closure::once(move |_: JsValue| told.emit(by_command(&area)));
    // What comes of the promise is in the two closures.
    let _ = clipboard.write_text(text).then2(&copied, &refused);
    // One of them is called, after this function: a few bytes a copy are given up.
    copied.forget();
    refused.forget();
}

/// The clipboard's interface: not there outside of secure pages, and of no use in a frame whose page does not allow it.
fn clipboard() -> Option<Clipboard> {
    let navigator = web_sys::window()?.navigator();
    if is_forbidden() == Some(true) {
        return None;
    }
    let found = Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
    (!found.is_undefined() && !found.is_null()).then(|| found.unchecked_into())
}

/// Whether the frame's policy forbids it, where a browser tells: asking for it all the same would be an error on the console.
fn is_forbidden() -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let policy = Reflect::get(&document, &JsValue::from_str("featurePolicy")).ok()?;
    let allows = Reflect::get(&policy, &JsValue::from_str("allowsFeature")).ok()?.dyn_into::<Function>().ok()?;
    allows.call1(&policy, &JsValue::from_str("clipboard-write")).ok()?.as_bool().map(|allowed| !allowed)
}

fn by_command(area: &HtmlTextAreaElement) -> Copied {
    // A field that can't have the focus is still selected.
    crate::ui::focus::follow(area);
    area.select();
    let document = web_sys::window().and_then(|w| w.document()).and_then(|d| d.dyn_into::<HtmlDocument>().ok());
    match document.map(|d| d.exec_command("copy")) {
        Some(Ok(true)) => Copied::Yes,
        _ => Copied::Selected,
    }
}
