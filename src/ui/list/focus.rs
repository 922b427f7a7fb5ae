//! Focus: it stays in the list when an edit, an undo or a redo takes away what had it.
//!
//! Ids follow places, not parts: after a removal the same id is that of the next row, so the focus moves on to it. At the end of the list it
//! goes to the row itself, or to the button that adds a part.

use std::cell::RefCell;
use std::rc::Rc;

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use crate::design::{Design, NodeId};
use crate::session::canvas::geometry;
use crate::ui::kit::ByPtr;

/// The button that adds a part.
pub const ADD: &str = "list-add";

/// The id of a control of the row at `at`; `of` tells a row's controls apart.
pub fn id(at: usize, of: &str) -> String {
    format!("list-{at}-{of}")
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Gives the focus to the first of these that is there and can have it.
fn first_of(ids: impl IntoIterator<Item = String>) {
    let Some(document) = document() else { return };
    let there = ids.into_iter().filter_map(|id| document.get_element_by_id(&id));
    let mut able = there.filter(|e| !e.has_attribute("disabled")).filter_map(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(element) = able.next() {
        crate::ui::focus::follow(&element);
    }
}

/// Where the focus goes when `last` is gone: what has its place now, then the same row, then the button that adds.
fn instead_of(last: &str) -> Vec<String> {
    let mut ids = vec![last.to_owned()];
    if let Some((at, _)) = last.strip_prefix("list-").and_then(|rest| rest.split_once('-')) {
        ids.extend(["more", "connect", "cut-0"].map(|of| format!("list-{at}-{of}")));
    }
    ids.push(ADD.to_owned());
    ids
}

/// Takes the focus to the first of these elements that is there and can take it.
pub fn to_first(ids: Vec<String>) {
    first_of(ids);
}

/// Takes the focus to one element of the page, by its id.
pub fn to_element(id: &str) {
    first_of([id.to_owned()]);
}

/// Takes the focus to where a part is connected.
pub fn to_connect(design: &Design, node: &NodeId) {
    let order = geometry::in_flow_order(design);
    if let Some(at) = order.iter().position(|&i| design.nodes[i].id == *node) {
        first_of([id(at, "connect"), id(at, "cut-0"), id(at, "name")]);
    }
}

/// Keeps the focus in the list. Gives what the list listens with.
#[hook]
pub fn use_keeper(list: &NodeRef, design: &ByPtr<Design>) -> Callback<FocusEvent> {
    let last = use_mut_ref(|| None::<Element>);
    let shown = use_mut_ref(|| design.clone());
    {
        let (last, list, design) = (last.clone(), list.clone(), design.clone());
        use_effect(move || {
            if *shown.borrow() == design {
                return;
            }
            *shown.borrow_mut() = design;
            restore(&last, &list);
        });
    }
    Callback::from(move |event: FocusEvent| {
        let element = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        *last.borrow_mut() = element.filter(|e| e.id().starts_with("list-"));
    })
}

/// If the focus has fallen out of the list with what had it, back with it. While the focus is on its way to elsewhere nothing has it either, but
/// what it leaves is still there.
fn restore(last: &Rc<RefCell<Option<Element>>>, list: &NodeRef) {
    let Some(was) = last.borrow().clone() else { return };
    let Some(active) = document().and_then(|d| d.active_element()) else { return };
    let gone = !was.is_connected() || was.has_attribute("disabled");
    if gone && active.tag_name().eq_ignore_ascii_case("body") && list.cast::<Element>().is_some() {
        first_of(instead_of(&was.id()));
    }
}
