//! What the page finds beside itself as it begins: the query of its address, and its blocks of data.

/// What a block of data in the page holds.
pub(super) fn block(id: &str) -> Option<String> {
    web_sys::window()?.document()?.get_element_by_id(id)?.text_content()
}

/// With the question mark; empty where there is none.
pub(super) fn query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}
