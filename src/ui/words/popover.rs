//! The one popover of the page: what a marked word means, beside it.
//!
//! It comes after a moment of hovering, at once with the focus or a tap, and stays while the pointer is on the word or on itself, or the word has
//! the focus. Escape and a tap elsewhere take it away and close nothing else. It lies in the browser's top layer, and within an open dialog, so
//! that nothing covers it and it can be reached there. Where the browser knows no popovers it is an ordinary box of the same look.
//!
//! No crate offers one that can move between dialogs; the browser's own `popover` does the layering here.
//!
//! Made by hand and not by Yew: it moves into whichever dialog is open.

use std::cell::RefCell;
use std::rc::Rc;

use crate::ui::prelude::*;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Timeout;
use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, KeyboardEvent, PointerEvent, Window};

use crate::kata::builtin::glossary;
use crate::session::gestures::keys::Scope;
use crate::ui::keypress;
use crate::ui::kit::widget;

/// How long the pointer rests on a word before it is explained, and how long it may be away, in milliseconds.
const INTENT_MS: u32 = 250;
/// Between the word and the popover, and between the popover and the edge of the view, in pixels.
const GAP: f64 = 6.0;
const EDGE: f64 = 8.0;

/// Listens on the page while it is there.
#[derive(PartialEq)]
pub struct Popover;

widget!(Popover, use_popover);

#[hook]
fn use_popover(_popover: &Popover) -> Html {
    use_effect_with((), |()| {
        let listeners = listen();
        move || drop(listeners)
    });
    Html::default()
}

struct Pop {
    element: HtmlElement,
    document: Document,
    window: Window,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// The word that is explained.
    shown: Option<HtmlElement>,
    /// Showing or hiding, soon.
    soon: Option<Timeout>,
    /// The word whose meaning was taken away by a key while it has the focus: a window that comes back to the front doesn't bring it back.
    dismissed: Option<HtmlElement>,
    /// Where the pointer was at the last click on anything else.
    clicked: Option<(i32, i32)>,
}

fn listen() -> Vec<EventListener> {
    let window = web_sys::window().expect("a page has a window");
    let document = window.document().expect("a window has a document");
    let element: HtmlElement = document.create_element("div").expect("a div").unchecked_into();
    element.set_id("meaning");
    element.set_class_name("meaning");
    let _ = element.set_attribute("role", "tooltip");
    let _ = element.set_attribute("popover", "manual");
    let pop = Rc::new(Pop { element, document, window, state: RefCell::default() });
    let on = |name: &'static str, what: fn(&Rc<Pop>, &Event)| {
        let pop_of_listener = pop.clone();
        // On its way down: what other elements do with an event doesn't matter.
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        EventListener::new_with_options(&pop.window, name, options, move |event| what(&pop_of_listener, event))
    };
    vec![
        on("pointerover", |pop, event| pop.pointer_over(event)),
        on("focusin", |pop, event| pop.focus_in(event)),
        on("click", |pop, event| pop.click(event)),
        on("keydown", |pop, event| pop.key(event)),
        on("scroll", |pop, _| pop.follow()),
        on("resize", |pop, _| pop.follow()),
    ]
}

/// The word that an event is about.
fn term(event: &Event) -> Option<HtmlElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(".term").ok()??.dyn_into().ok()
}

/// Where the pointer is.
fn at(event: &Event) -> Option<(i32, i32)> {
    event.dyn_ref::<MouseEvent>().map(|event| (event.client_x(), event.client_y()))
}

/// It takes the focus by itself: it is in no control.
fn stands_alone(term: &HtmlElement) -> bool {
    term.has_attribute("tabindex")
}

impl Pop {
    fn pointer_over(self: &Rc<Pop>, event: &Event) {
        // A finger hovers over nothing.
        if event.dyn_ref::<PointerEvent>().is_some_and(|e| e.pointer_type() == "touch") {
            return;
        }
        // What a click has brought under a pointer that rests is not asked about.
        if at(event).is_some_and(|at| self.state.borrow().clicked == Some(at)) {
            return;
        }
        let over = term(event);
        let shown = self.state.borrow().shown.clone();
        if over.is_some() && over == shown || self.is_within(event) {
            self.state.borrow_mut().soon = None;
        } else if let Some(over) = over {
            self.soon(move |pop| pop.show(&over));
        } else if shown.is_some_and(|shown| !self.has_focus(&shown)) {
            self.soon(|pop| pop.hide());
        } else {
            self.state.borrow_mut().soon = None;
        }
    }

    fn focus_in(self: &Rc<Pop>, event: &Event) {
        let of = term(event);
        let known = {
            let state = self.state.borrow();
            of.is_some() && (of == state.shown || of == state.dismissed)
        };
        match of {
            _ if known || self.is_within(event) => {}
            Some(term) => self.show(&term),
            None => self.hide(),
        }
    }

    fn click(self: &Rc<Pop>, event: &Event) {
        match term(event).filter(stands_alone) {
            Some(term) => self.show(&term),
            None if self.is_within(event) => {}
            None => {
                self.hide();
                self.state.borrow_mut().clicked = at(event);
            }
        }
    }

    fn key(self: &Rc<Pop>, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if !keypress::takes(event, Scope::Word) {
            return;
        }
        let shown = self.state.borrow().shown.clone();
        let at = term(event).filter(stands_alone);
        match (event.key().as_str(), at) {
            ("Escape", _) if shown.is_some() => self.dismiss(),
            ("Escape", _) | (_, None) => return,
            (_, at) if at == shown => self.dismiss(),
            (_, Some(at)) => self.show(&at),
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// The word has moved, or gone out of sight.
    fn follow(&self) {
        let shown = self.state.borrow().shown.clone();
        if let Some(shown) = shown {
            self.place(&shown);
        }
    }

    fn soon(self: &Rc<Pop>, what: impl FnOnce(&Pop) + 'static) {
        let pop = self.clone();
        self.state.borrow_mut().soon = Some(Timeout::new(INTENT_MS, move || what(&pop)));
    }

    fn is_within(&self, event: &Event) -> bool {
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        self.element.contains(target.as_ref())
    }

    fn has_focus(&self, term: &HtmlElement) -> bool {
        self.document.active_element().is_some_and(|active| active == **term)
    }

    fn show(&self, term: &HtmlElement) {
        let Some((name, meaning)) = self.meaning(term) else { return };
        if !term.is_connected() {
            return self.hide();
        }
        self.element.set_text_content(None);
        if let Ok(head) = self.document.create_element("b") {
            head.set_text_content(Some(&name));
            let _ = self.element.append_child(&head);
        }
        let _ = self.element.append_child(&self.document.create_text_node(&meaning));
        let dialog = term.closest("dialog[open]").ok().flatten();
        let host = dialog.or_else(|| self.document.query_selector("main").ok().flatten());
        if let Some(host) = host.filter(|host| self.element.parent_element().as_ref() != Some(host)) {
            let _ = host.append_child(&self.element);
        }
        let _ = self.element.class_list().add_1("shown");
        self.call("showPopover");
        self.place(term);
        *self.state.borrow_mut() = State { shown: Some(term.clone()), ..State::default() };
    }

    /// What a marked word is called, and what it means: as the glossary has it, or as words of its own place say.
    fn meaning(&self, term: &HtmlElement) -> Option<(String, String)> {
        if let Some(about) = term.get_attribute("data-about") {
            return Some((term.text_content()?, self.document.get_element_by_id(&about)?.text_content()?));
        }
        let of = term.get_attribute("data-term").and_then(|at| at.parse::<usize>().ok());
        glossary().get(of?).map(|meaning| (meaning.term.clone(), meaning.text.clone()))
    }

    fn hide(&self) {
        let State { shown, .. } = self.state.take();
        if shown.is_some() {
            self.call("hidePopover");
            let _ = self.element.class_list().remove_1("shown");
        }
    }

    /// Hides by a key.
    fn dismiss(&self) {
        let shown = self.state.borrow().shown.clone();
        self.hide();
        self.state.borrow_mut().dismissed = shown;
    }

    /// A method that not every browser has, and that refuses what is already so: neither matters.
    fn call(&self, method: &str) {
        let function = Reflect::get(&self.element, &method.into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
        if let Some(function) = function {
            let _ = function.call0(&self.element);
        }
    }

    /// Below the word, or above where there is no room; within the view.
    fn place(&self, term: &HtmlElement) {
        let word = term.get_bounding_client_rect();
        let of = |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|l| l.as_f64()).unwrap_or(0.0);
        let (width, height) = (of(self.window.inner_width()), of(self.window.inner_height()));
        if !term.is_connected() || word.bottom() < 0.0 || word.top() > height {
            return self.hide();
        }
        let (own_width, own_height) = (f64::from(self.element.offset_width()), f64::from(self.element.offset_height()));
        let left = word.left().min(width - own_width - EDGE).max(EDGE);
        let below = word.bottom() + GAP;
        let top = if below + own_height + EDGE <= height { below } else { (word.top() - GAP - own_height).max(EDGE) };
        let style = self.element.style();
        let _ = style.set_property("left", &format!("{left:.0}px"));
        let _ = style.set_property("top", &format!("{top:.0}px"));
    }
}
