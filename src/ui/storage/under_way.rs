//! Where a run under way lives while its page is reloaded: in the tab's own storage, so that two tabs have two runs and none outlives its tab.
//!
//! Where there is no such storage, or no room in it, the run begins at its start again.

use web_sys::Storage;

use super::{key, of_this_tab};

fn storage() -> Option<(Storage, String)> {
    Some((of_this_tab()?, key("run.v1")))
}

/// Keeps a text in place of the one before; `None`: there is no run under way.
pub fn keep(text: Option<&str>) {
    let Some((storage, key)) = storage() else { return };
    // What can't be kept is not: the run begins at its start again.
    let _ = match text {
        Some(text) => storage.set_item(&key, text),
        None => storage.remove_item(&key),
    };
}

/// What was kept.
pub fn kept() -> Option<String> {
    let (storage, key) = storage()?;
    storage.get_item(&key).ok()?
}
