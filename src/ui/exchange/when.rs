//! When runs came to their end, as far as this visit knows: all receipts of a run give the same time.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::record::RunRecord;

thread_local! {
    /// By the run's id: the time as the browser says.
    static ENDED: RefCell<HashMap<String, String>> = RefCell::default();
}

fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// The run has just come to its end, perhaps once more.
pub fn ended(run: &RunRecord) {
    ENDED.with_borrow_mut(|all| all.insert(run.id.clone(), now()));
}

/// The time for the run's receipt: of its end; of a run of another visit, when it was first asked for.
pub fn of(run: &RunRecord) -> String {
    ENDED.with_borrow_mut(|all| all.entry(run.id.clone()).or_insert_with(now).clone())
}
