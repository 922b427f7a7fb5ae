//! Saving a chart: its figures as CSV, and a picture of it with title and legend as PNG.

use crate::say;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlCanvasElement};
use yew::Callback;

use crate::chart::Size;
use crate::session::{Action, Session};
use crate::ui::canvas::CachedCanvasBackend;
use crate::ui::exchange::carry;

/// The name of a file about this run: `waiting-room-gap-monday-1.csv`.
pub fn name(session: &Session, what: &str, end: &str) -> String {
    format!("waiting-room-{what}-{}-{}.{end}", session.scenario().id, session.seed())
}

/// Of which run a picture is: `Monday, 8 am · seed 1`.
pub fn about(session: &Session) -> String {
    say!("charts.of_run", scenario = session.scenario().name, seed = session.seed())
}

/// Offers figures as a download.
pub fn csv(name: &str, text: &str, say: &Callback<Action>) {
    // A spreadsheet takes a text for one in Unicode only with this mark.
    told(carry::text(name, &format!("\u{feff}{text}"), "text/csv;charset=utf-8"), name, say);
}

/// Draws a picture and offers it as a download.
pub fn png(
    name: String,
    size: Size,
    say: Callback<Action>,
    draw: impl FnOnce(&DrawingArea<CachedCanvasBackend, Shift>),
) {
    let canvas = canvas(size);
    let area = canvas.clone().and_then(CachedCanvasBackend::new).map(IntoDrawingArea::into_drawing_area);
    let (Some(canvas), Some(area)) = (canvas, area) else { return told(false, &name, &say) };
    draw(&area);
    let (kept, failed) = (name.clone(), say.clone());
    let take = Closure::once_into_js(move |blob: JsValue| {
        let done = blob.dyn_into::<Blob>().is_ok_and(|blob| carry::blob(&kept, &blob));
        told(done, &kept, &say);
    });
    if canvas.to_blob(take.unchecked_ref()).is_err() {
        told(false, &name, &failed);
    }
}

fn canvas(size: Size) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(size.width);
    canvas.set_height(size.height);
    Some(canvas)
}

fn told(done: bool, name: &str, say: &Callback<Action>) {
    let words = if !done {
        say!("charts.cant_save").to_owned()
    } else if carry::may_be_blocked() {
        say!("charts.saving", file = name)
    } else {
        say!("charts.saved", file = name)
    };
    say.emit(Action::Say(words));
}
