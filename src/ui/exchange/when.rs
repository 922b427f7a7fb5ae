//! When runs came to their end, as far as this visit knows: all receipts of a run give the same time.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::record::RunRecord;

thread_local! {
    /// By the run's id: the time as the browser says.
    static ENDED: RefCell<HashMap<String, String>> = RefCell::default();
}

/// A receipt's time as the page's language has it, in this machine's time zone; as it stands there where it is none.
pub fn shown(when: &str) -> String {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    let language = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    let date = js_sys::Date::new(&when.into());
    let style = js_sys::JSON::parse(r#"{"dateStyle":"long","timeStyle":"short"}"#).expect("it is JSON");
    match date.get_time().is_nan() || !when.contains('T') {
        true => when.to_owned(),
        false => date.to_locale_string(&language, &style).into(),
    }
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
