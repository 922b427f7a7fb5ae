//! The page's side of visits without its server: asks for what keeps the page (`static/offline.js`), tells of a newer build, and makes room
//! for it when the learner says so. Nothing of it in a frame, in the one file, or while the page is served to work on it.

use gloo::events::EventListener;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use super::one_file::room;
use super::{App, Msg};
use crate::late::late;
use crate::say;
use crate::ui::course::js;
use crate::ui::notices::{Banner, BannerKind};
use crate::ui::{focus, trusted};

/// What the published page's root is marked with: the hash of its build.
const BUILD: &str = "data-build";
const NEWER: &str = "waiting-room:new-build";

/// All of the page is here. Called by what comes with the second module, as all of this is.
pub(super) fn begin(app: &App) {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let Some(root) = document.document_element() else { return };
    let (Some(build), Ok(script)) = (root.get_attribute(BUILD), document.create_element("script")) else { return };
    if focus::is_framed() {
        return;
    }
    let link = app.links.link.clone();
    let text = match app.persistence.keeps() {
        true => say!("page.newer"),
        false => {
            say!("page.newer_unkept")
        }
    };
    let tell = move |app: &mut App| app.banners.push(Banner { text: text.to_owned(), kind: BannerKind::NewBuild });
    let told = move |_: &Event| link.send_message(Msg::Late(Box::new(tell)));
    EventListener::new(&document, NEWER, told).forget();
    // Without it the page is as it is, and needs its server.
    let _ = script.set_attribute("type", "module");
    js::set(&script, "src", &trusted::script(&format!("./offline-{build}.js")));
    let _ = root.append_child(&script);
}

late! {
    /// Takes the newer build, now.
    pub(super) fn reload(app: &mut App) -> () {
        app.save();
        app.save_lists();
        app.keep_run();
        if let Some(take) = room("reload").and_then(|take| take.dyn_into::<Function>().ok()) {
            let _ = take.call0(&JsValue::NULL);
        }
    }
}
