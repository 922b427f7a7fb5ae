//! Focus: the ids of the list's controls, and the ways to one of them.
//!
//! Ids follow places, not parts: after a removal the same id is that of the next row, so the page's keeper of the focus moves on to it.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use crate::design::{Design, NodeId};
use crate::session::canvas::geometry;

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
