//! Where the focus goes and what is scrolled into sight: nothing else on the page gives the focus or scrolls.
//!
//! In a frame the page is a guest. It takes the focus only while it has it: whoever types into the page around goes on typing. And nothing here
//! scrolls the page around: an element is brought into sight within the frame, as far as the frame scrolls by itself. A page of its own may
//! always take the focus, so that it is where it belongs when the person comes back to the window.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    AddEventListenerOptions, Element, EventTarget, FocusOptions, HtmlDialogElement, HtmlElement, NodeList, Window,
};

mod clear;
mod keeper;
mod stays;

pub use clear::sheet_over;
pub use keeper::install as keep;

fn window() -> Option<Window> {
    web_sys::window()
}

/// The page stands in another one.
pub fn is_framed() -> bool {
    // A parent that can't even be compared is another page.
    window().is_some_and(|window| window.parent().ok().flatten().is_none_or(|parent| parent != window))
}

/// Whether the focus may be taken.
fn is_ours() -> bool {
    !is_framed() || window().and_then(|w| w.document()).is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// Whether something of this selector has the focus.
pub fn is_on(selector: &str) -> bool {
    let active = window().and_then(|w| w.document()).and_then(|document| document.active_element());
    active.is_some_and(|active| active.matches(selector).unwrap_or(false))
}

/// Gives the focus to what the person has gone to, by a key, a press or a choice, and brings it into sight. An SVG element takes it as an HTML
/// one does; what can't have it leaves it where it is.
pub fn follow(element: &Element) {
    if !is_ours() {
        return;
    }
    unfold(element);
    let Some(target) = focusable(element) else { return };
    if is_framed() {
        still(target);
        reveal(element, Edge::Nearest);
    } else {
        let _ = target.focus();
    }
}

/// Gives the focus to what came by itself, if nobody would miss it elsewhere; nothing scrolls.
pub fn offer(element: &Element) {
    if let Some(target) = focusable(element).filter(|_| is_ours()) {
        still(target);
    }
}

/// What has the focus is left, as by a press elsewhere: what was being typed takes effect before the page goes away.
pub fn leave() {
    let active = window().and_then(|w| w.document()).and_then(|document| document.active_element());
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = active.blur();
    }
}

/// What is folded away can't have the focus: the sections around it are opened.
fn unfold(element: &Element) {
    let mut around = element.parent_element();
    while let Some(section) = around {
        if section.tag_name().eq_ignore_ascii_case("details") {
            // An element that takes no attribute stays folded.
            let _ = section.set_attribute("open", "");
        }
        around = section.parent_element();
    }
}

fn still(target: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = target.focus_with_options(&options);
}

fn focusable(element: &Element) -> Option<&HtmlElement> {
    let takes_it = js_sys::Reflect::has(element, &"focus".into()).unwrap_or(false);
    takes_it.then(|| element.unchecked_ref())
}

/// Brings the start of an element to the top of what scrolls.
pub fn show(element: &Element) {
    if is_framed() {
        reveal(element, Edge::Start);
    } else {
        element.scroll_into_view();
    }
}

/// Brings as much of an element into sight as there is room for, its start first, clear of where its panel fades.
pub fn sight(element: &Element) {
    reveal(element, Edge::Clear);
}

/// As high as a panel's end fades, in CSS pixels.
const FADE: f64 = 28.0;

#[derive(Clone, Copy, PartialEq)]
enum Edge {
    /// Its start at the top.
    Start,
    /// As little as is needed.
    Nearest,
    /// The same, and a little more after its end.
    Clear,
}

/// Scrolls what is around the element in this page, and nothing beyond: `scrollIntoView` would go on to the page around.
fn reveal(element: &Element, edge: Edge) {
    let mut around = element.parent_element();
    while let Some(scroller) = around {
        let root = scroller.parent_element().is_none();
        if scroller.scroll_height() > scroller.client_height() && (root || scrolls(&scroller)) {
            let top = if root { 0.0 } else { scroller.get_bounding_client_rect().top() };
            let (place, height) = (element.get_bounding_client_rect(), f64::from(scroller.client_height()));
            let end = place.bottom() + if edge == Edge::Clear { FADE } else { 0.0 };
            let by = match edge {
                Edge::Start => place.top() - top,
                _ if place.top() >= top && end <= top + height => 0.0,
                _ if end > top + height && end - place.top() <= height => end - top - height,
                _ => place.top() - top,
            };
            scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
        }
        around = scroller.parent_element();
    }
}

fn elements(list: &NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|at| list.item(at)).map(JsCast::unchecked_into).collect()
}

/// What an element scrolls in: the nearest panel that has something to scroll, or the page.
fn scroller(element: &Element) -> Option<Element> {
    let higher = |around: &Element| around.scroll_height() > around.client_height();
    std::iter::successors(element.parent_element(), |around| around.parent_element())
        .find(|around| higher(around) && (around.parent_element().is_none() || scrolls(around)))
}

fn scrolls(element: &Element) -> bool {
    let style = window().and_then(|w| w.get_computed_style(element).ok().flatten());
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok()).unwrap_or_default();
    overflow == "auto" || overflow == "scroll"
}

/// Opens a dialog over the page. It takes the focus; in a frame without it the dialog stands there as it is, and comes over the page, with the
/// focus, once the person comes back.
pub fn open_modal(dialog: &HtmlDialogElement) {
    if is_ours() {
        // Only a dialog that is not in the page refuses.
        let _ = dialog.show_modal();
        return;
    }
    dialog.set_open(true);
    let Some(window) = window() else { return };
    let dialog = dialog.clone();
    let back = Closure::once_into_js(move || {
        if dialog.open() && dialog.is_connected() {
            dialog.set_open(false);
            let _ = dialog.show_modal();
        }
    });
    let once = AddEventListenerOptions::new();
    once.set_once(true);
    let (window, back) = (window.as_ref() as &EventTarget, back.unchecked_ref());
    let _ = window.add_event_listener_with_callback_and_add_event_listener_options("focus", back, &once);
}
