//! Words on a card, cut to the room there is. Those in the page's typeface have a known width; others come from whatever typeface the browser
//! finds for them, so they are measured, and stand the way they are written.
//!
//! Measuring comes with the second module; until then the estimate errs to the wide side.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::design::text_width::{cut, cut_by, is_rtl, width as estimate};
use crate::late::late;
use crate::ui::prelude::*;

/// Words as far as there is room in type of this size; `room` as for the strong weight.
pub fn fitted(class: &'static str, at: (f64, f64), size: f64, words: &str, room: f64) -> Html {
    let foreign = if is_foreign(words) { measured(class, at, size, words, room) } else { None };
    foreign.unwrap_or_else(|| text(class, at, size, &cut(words, size, room)))
}

/// The page's typeface lacks some of it.
pub fn is_foreign(words: &str) -> bool {
    words.chars().any(|letter| letter > '\u{24f}' && !('\u{2000}'..='\u{22ff}').contains(&letter))
}

pub fn text(class: &'static str, (x, y): (f64, f64), size: f64, words: &str) -> Html {
    // A space behind each text: whoever reads the card's text as one reads words. It is not drawn.
    html! { <><text {class} x={format!("{x}")} y={format!("{y:.1}")} font-size={format!("{size}")}>{ words }</text>{ " " }</> }
}

late! {
    fn measured(class: &'static str, at: (f64, f64), size: f64, words: &str, room: f64) -> Html {
        let ruler = ruler(size);
        let wide = |words: &str| ruler.as_ref().and_then(|ruler| width(ruler, words)).unwrap_or_else(|| estimate(words, size));
        let cut = cut_by(words, room, wide);
        // What is written from right to left is anchored where it ends: at the left.
        let (direction, anchor) = if is_rtl(words) { (Some("rtl"), Some("end")) } else { (None, None) };
        let [x, y] = [at.0, at.1].map(|v| format!("{v:.1}"));
        html! { <><text {class} {x} {y} font-size={size.to_string()} {direction} text-anchor={anchor}>{ cut }</text>{ " " }</> }
    }
}

/// What measures words in the page's strong type.
fn ruler(size: f64) -> Option<CanvasRenderingContext2d> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let style = window.get_computed_style(&document.body()?.into()).ok()??;
    let family = style.get_property_value("font-family").ok()?;
    let canvas = document.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    let ruler = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    ruler.set_font(&format!("600 {size}px {family}"));
    Some(ruler)
}

fn width(ruler: &CanvasRenderingContext2d, words: &str) -> Option<f64> {
    let measure = Reflect::get(ruler, &"measureText".into()).ok()?.dyn_into::<Function>().ok()?;
    let measured = measure.call1(ruler, &words.into()).ok()?;
    Reflect::get(&measured, &"width".into()).ok()?.as_f64()
}
