//! The colours of the page's style sheets, for what is drawn without one: charts on a canvas, pictures of a design.
//!
//! Made by `build.rs` out of `static/tokens.css`, the one place where a colour is written.

use std::fmt;

/// A colour under the light theme and under the dark one, as `0xrrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The variable's name in the style sheets.
    pub name: &'static str,
    pub light: u32,
    pub dark: u32,
}

/// The light colour as style sheets and SVG write it: `#1b2430`. Pictures are light.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "#{:06x}", self.light)
    }
}

include!(concat!(env!("OUT_DIR"), "/tokens.rs"));
