//! What is folded away (`<details>`): whoever opens it has what is in it brought into sight. How it looks is said in components.css.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event};

use crate::ui::focus;

/// Watches all of the page's. A press and a key alike are a click on the title; that it has opened is told afterwards, and only to whoever
/// listens on the way down.
pub fn listen(document: &Document) -> [EventListener; 2] {
    let pressed = Rc::new(RefCell::new(None::<Element>));
    let of = pressed.clone();
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    let listen = |name: &'static str, heard: Box<dyn Fn(&Event)>| {
        EventListener::new_with_options(document, name, options, move |event| heard(event))
    };
    let click = listen(
        "click",
        Box::new(move |event| {
            *of.borrow_mut() =
                element(event).and_then(|e| e.closest("summary").ok().flatten()).and_then(|s| s.parent_element())
        }),
    );
    let toggle = listen(
        "toggle",
        Box::new(move |event| {
            let toggled = element(event).filter(|toggled| pressed.borrow().as_ref() == Some(toggled));
            if let Some(details) = toggled.filter(|details| details.has_attribute("open")) {
                focus::sight(&details);
            }
        }),
    );
    [click, toggle]
}

fn element(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}
