//! `html!` with Yew's syntax: what never changes becomes a static template, what does becomes a list of values.
//!
//! Yew's own macro writes out, for each element, the code that builds it, about 200 bytes of wasm each. Here the tags, the fixed attributes and
//! the fixed texts of a tree are one text, and its code is one call of about ten bytes for each value that it takes. `ui::element` puts the two
//! together. With the page's 900 elements that is 31 kB less to load with brotli (533 kB instead of 564), 153 kB before packing.
//!
//! The same tokens give the same tree, which the tests of `ui::element` hold against Yew's macro. Two things differ: attributes keep the order
//! in which they are written, and `classes!(…)` in an element's `class` is put together as text, so that a name given twice stays there twice.
//! Not taken, because the page uses none of it: tags that are values (`<@{…}>`), properties (`~name=`), `for` with a body, `defaultvalue`.
//!
//! Components stay Yew's: their tags are handed on to `yew::html!`.
//! Knows nothing of the page, and of Yew only which attributes are switches and which are listeners.

mod expand;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// A tree of elements in Yew's syntax, as a `yew::Html`. The crate that uses it has the module `crate::ui::element`.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    expand::html(input.into()).into()
}
