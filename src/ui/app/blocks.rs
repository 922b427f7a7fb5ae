//! Blocks of data in the page, which are no scripts: options, and what a copy holds of a learner's work.

/// What a block holds.
pub fn text(id: &str) -> Option<String> {
    web_sys::window()?.document()?.get_element_by_id(id)?.text_content()
}
