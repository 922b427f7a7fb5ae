//! Carrying out of the page: downloads. A frame may block them, and no browser tells the page so.

use crate::say;
use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::ui::focus;

/// How long a download's address is kept, in milliseconds.
const KEPT_MS: u32 = 60_000;

/// Offers a text as a download. False: the browser could not even begin.
pub fn text(name: &str, text: &str, kind: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options).is_ok_and(|made| blob(name, &made))
}

/// Offers a blob as a download. False: the browser could not even begin.
pub fn blob(name: &str, blob: &Blob) -> bool {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return false };
    let document = web_sys::window().and_then(|w| w.document());
    let link = document.and_then(|d| d.create_element("a").ok()).and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok());
    let there = link.is_some();
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    Timeout::new(KEPT_MS, move || {
        // An address that is gone already needs no revoking.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    there
}

/// The page stands in a frame that has no origin of its own: a sandbox, where downloads and new tabs fail silently unless they are allowed. Which
/// are, no page can find out.
pub fn may_be_blocked() -> bool {
    focus::is_framed() && web_sys::window().is_some_and(|window| window.origin() == "null")
}

/// What is said of that beside a download.
pub fn warning() -> Html {
    if !may_be_blocked() {
        return Html::default();
    }
    html! { <p class="hint">{ say!("exchange.in_a_frame") }</p> }
}
