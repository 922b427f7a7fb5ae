//! Where "Size it" is asked for: a button at the diagram, and under a result, where a design from the map has its way back.

use crate::say;
use crate::ui::prelude::*;

use crate::ui::icons::{Icon, icon};

pub fn size_button(id: &'static str, on_size: &Callback<()>) -> Html {
    html! {
        <button type="button" class="btn" {id} aria-haspopup="dialog" onclick={on_size.reform(|_: MouseEvent| ())}
            title={say!("sweep.about")}>
            { icon(Icon::Grid) }{ say!("sweep.title") }
        </button>
    }
}

/// A design that was opened from the map.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedDesign {
    /// Its numbers and its seed.
    pub what: String,
    /// It took the place of another one, which one undo brings back.
    pub back: bool,
}
