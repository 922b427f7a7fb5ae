//! The last resort: when the page panics, it says so in a plain sentence instead of going quiet.
//!
//! Where the browser keeps designs, this one was saved as it was made, and a reload brings it back. The words of the panic go to the console,
//! for whoever mends it.

use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element};

/// Whether what the learner makes is being kept, so that the words at the end are true.
static KEPT: AtomicBool = AtomicBool::new(false);

/// Takes note of whether the design is kept between visits.
pub fn keeping(kept: bool) {
    KEPT.store(kept, Ordering::Relaxed);
}

/// From now on a panic is shown.
pub fn install() {
    // Yew sets a hook of its own unless it is given one.
    yew::set_custom_panic_hook(Box::new(|info| {
        tell_console(info);
        // A panic in a panic would abort without a word; so nothing here may fail.
        let _ = show();
    }));
}

fn tell_console(info: &PanicHookInfo) {
    let place = info.location().map(|l| format!(" at {}:{}", l.file(), l.line())).unwrap_or_default();
    let what = info.payload_as_str().unwrap_or("no words");
    web_sys::console::error_1(&format!("The waiting room stopped{place}: {what}").into());
}

fn show() -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    if document.get_element_by_id("crash").is_some() {
        return Some(());
    }
    document.get_element_by_id("app")?.set_attribute("hidden", "").ok()?;
    let box_ = element(&document, "div", "crash")?;
    box_.set_id("crash");
    box_.set_attribute("role", "alert").ok()?;
    let heading = element(&document, "h1", "")?;
    heading.set_text_content(Some("The waiting room has stopped."));
    let words = element(&document, "p", "")?;
    words.set_text_content(Some(
        "That is a mistake in this page, not in your design. Your design is kept; reload the page to go on.",
    ));
    let button = element(&document, "button", "btn primary")?;
    button.set_text_content(Some("Reload"));
    let reload = Closure::<dyn Fn()>::new(|| {
        let _ = web_sys::window().map(|w| w.location().reload());
    });
    button.add_event_listener_with_callback("click", reload.as_ref().unchecked_ref()).ok()?;
    reload.forget();
    for child in [heading, words, button] {
        box_.append_child(&child).ok()?;
    }
    document.body()?.append_child(&box_).ok()?;
    Some(())
}

fn element(document: &Document, tag: &str, class: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    element.set_class_name(class);
    Some(element)
}
