//! Keys that work everywhere on the page: those of [`crate::session::KEYS`] with the scope of the page.
//!
//! Letters can be switched off here, for those who speak to their computer or brush over keys: then they work only where the focus is, in the
//! diagram. A key that a field, a list, a dialog or the diagram has answered is not taken again.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, KeyboardEvent, Window};
use yew::Callback;

use crate::session::Action;
use crate::session::gestures::keys::{Scope, is_listed, lookup};
use crate::ui::keypress;

/// Sends out what the page's keys do; those without Ctrl only while `letters` is set.
pub fn listen(window: &Window, letters: Rc<Cell<bool>>, act: Callback<Action>, help: Callback<()>) -> EventListener {
    EventListener::new_with_options(window, "keydown", EventListenerOptions::enable_prevent_default(), move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let Some(press) = keypress::of(event) else { return };
        if belongs_elsewhere(event) {
            return;
        }
        if !press.ctrl && !letters.get() {
            return;
        }
        let outside = || if on_control(event) { None } else { lookup(&press, Scope::Outside) };
        if let Some(command) = lookup(&press, Scope::Page).or_else(outside) {
            event.prevent_default();
            if !event.repeat() || press.ctrl {
                act.emit(Action::Do(command));
            }
        } else if is_listed(&press, Scope::Page) {
            event.prevent_default();
            help.emit(());
        }
    })
}

/// The key was pressed on something that Space presses, opens, moves or ticks.
fn on_control(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let control = "button, a, input, summary, [role=button], [role=tab], [role=slider], [role=menuitem], [role=option]";
    target.is_some_and(|target| target.closest(control).ok().flatten().is_some())
}

/// The key was pressed where it means something else: in a field, a list or a dialog, or while a dialog is open, whatever has the focus.
fn belongs_elsewhere(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return false };
    let typing = target.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    let field = "input:not([type=range]):not([type=checkbox]), textarea, select, dialog";
    let behind = |document: Document| document.query_selector("dialog[open]").ok().flatten().is_some();
    typing || target.closest(field).ok().flatten().is_some() || target.owner_document().is_some_and(behind)
}
