//! The language of the page: what the first scripts have fetched becomes the one that every text is said in; and the choice of it.

use wasm_bindgen::prelude::*;

use crate::lang::{self, Language};

#[wasm_bindgen]
extern "C" {
    /// Something of the language, if that is not English.
    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn spoken(what: &str) -> Option<String>;
    /// The category of a number, from `Intl.PluralRules`.
    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn plural(number: f64) -> String;
}

/// Speaks the language that the first scripts have chosen, from the first text on.
pub fn speak() {
    let (Some(tag), Some(lines)) = (spoken("tag"), spoken("lines")) else { return };
    let line = |line: &'static str| Some((u32::from_str_radix(line.get(..8)?, 16).ok()?, &line[8..]));
    let lines = Box::leak(lines.into_boxed_str()).split('\n').filter_map(line).collect();
    let sign = |what: &str, usual: char| spoken(what).and_then(|sign| sign.chars().next()).unwrap_or(usual);
    lang::set(Some(Language { tag, lines, decimal: sign("decimal", '.'), group: sign("group", lang::THIN), plural }));
}
