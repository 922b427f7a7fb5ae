//! The last resort: when the page stops for good, a screen says so, and offers what the learner made.
//!
//! After a panic or any other trap (no more memory, a stack that overflows) nothing here may run, so the screen is a small script of its own,
//! `static/rescue.js`. This module hands it, while all is well, the newest text of what is kept. The words of a panic go to the console, for
//! whoever mends it.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = waitingRoom, js_name = keep, catch)]
    fn hand_over(place: &str, text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = waitingRoom, catch)]
    fn panicked() -> Result<(), JsValue>;
}

/// Hands over the text that is to be kept at `place` in the browser's storage, whether or not it has been or can be.
pub fn keep(place: &str, text: &str) {
    // Without the script there is no screen to show it on.
    let _ = hand_over(place, text);
}

/// From now on a panic is shown.
pub fn install() {
    // Yew sets a hook of its own unless it is given one.
    yew::set_custom_panic_hook(Box::new(|info| {
        tell_console(info);
        // A panic in a panic would abort without a word; so nothing here may fail.
        let _ = panicked();
    }));
}

fn tell_console(info: &PanicHookInfo) {
    let place = info.location().map(|l| format!(" at {}:{}", l.file(), l.line())).unwrap_or_default();
    let what = info.payload_as_str().unwrap_or("no words");
    web_sys::console::error_1(&format!("The waiting room stopped{place}: {what}").into());
}
