//! What has the focus by keyboard stays in sight when what is around it grows: a study that comes in above it, a list that gets a row.
//!
//! Only until the person scrolls: by wheel, finger or pointer, or by any key that is no press of a control.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, KeyboardEvent};

use super::{Edge, reveal, scroller};

/// Where the person scrolls, or begins to.
const SCROLLS: [&str; 3] = ["wheel", "touchmove", "pointerdown"];

#[derive(Clone)]
pub struct Stays {
    document: Document,
    /// The person has pressed what has the focus, or has just gone there.
    holds: Rc<Cell<bool>>,
    /// In the next one it is looked at.
    frame: Rc<RefCell<Option<AnimationFrame>>>,
}

impl Stays {
    /// Watches over the page for as long as it lives.
    pub fn install(document: &Document) -> Stays {
        let stays = Stays { document: document.clone(), holds: Rc::default(), frame: Rc::default() };
        let first = EventListenerOptions::run_in_capture_phase();
        let listen = |name: &'static str, holds: fn(&Event) -> bool| {
            let held = stays.holds.clone();
            EventListener::new_with_options(document, name, first, move |event| held.set(holds(event))).forget();
        };
        listen("focusin", |_| true);
        listen("keydown", |event| {
            event.dyn_ref::<KeyboardEvent>().is_some_and(|event| matches!(&*event.key(), "Enter" | " "))
        });
        SCROLLS.into_iter().for_each(|scrolls| listen(scrolls, |_| false));
        stays
    }

    /// The page has changed. Where everything lies is known in the next frame, before that is seen.
    pub fn look(&self) {
        if !self.holds.get() {
            return;
        }
        let stays = self.clone();
        *self.frame.borrow_mut() = Some(request_animation_frame(move |_| {
            if let Some(active) = stays.document.active_element().filter(|_| stays.holds.get()) {
                back_in_sight(&active);
            }
        }));
    }
}

/// Scrolls as little as is needed, and only where nothing of it is in sight.
fn back_in_sight(active: &Element) {
    if !active.matches(":focus-visible").unwrap_or(false) {
        return;
    }
    let Some(scroller) = scroller(active) else { return };
    let (place, room) = (active.get_bounding_client_rect(), scroller.get_bounding_client_rect());
    let root = scroller.parent_element().is_none();
    let (top, bottom) = if root { (0.0, f64::from(scroller.client_height())) } else { (room.top(), room.bottom()) };
    if place.bottom() <= top || place.top() >= bottom {
        reveal(active, Edge::Nearest);
    }
}
