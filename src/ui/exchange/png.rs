//! A picture as PNG: the SVG drawn on a canvas at twice its size, or as large as a canvas may be.

use gloo::events::EventListener;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};
use yew::Callback;

use crate::design::picture::Picture;

const SCALE: f64 = 2.0;
/// The longest side of a canvas that every browser can do, in pixels.
const LONGEST: f64 = 8192.0;

/// Draws a picture; `done` gets the PNG, or `None` if this browser can't.
pub fn draw(picture: &Picture, done: Callback<Option<Blob>>) {
    let Ok(image) = HtmlImageElement::new() else { return done.emit(None) };
    let (width, height) = (picture.width, picture.height);
    let (told, shown) = (done.clone(), image.clone());
    EventListener::once(&image, "load", move |_| paint(&shown, width, height, told)).forget();
    EventListener::once(&image, "error", move |_| done.emit(None)).forget();
    let encoded = String::from(js_sys::encode_uri_component(&picture.svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
}

fn paint(image: &HtmlImageElement, width: f64, height: f64, done: Callback<Option<Blob>>) {
    let scale = SCALE.min(LONGEST / width.max(height));
    match canvas(image, (width * scale).ceil(), (height * scale).ceil()) {
        Some(canvas) => {
            let told = done.clone();
            let take = Closure::once_into_js(move |blob: JsValue| told.emit(blob.dyn_into::<Blob>().ok()));
            if canvas.to_blob(take.unchecked_ref()).is_err() {
                done.emit(None);
            }
        }
        None => done.emit(None),
    }
}

fn canvas(image: &HtmlImageElement, width: f64, height: f64) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}
