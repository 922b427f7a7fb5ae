//! The key of the dots, for the help: what their shapes and colours say.

use crate::lang::Text;
use crate::text;
use crate::ui::prelude::*;

/// The classes of a sample of dots, its path, and what it says.
const SAMPLES: [(&str, &str, Text); 7] = [
    ("dots role-ack fresh", "M8 8h0", text!("dots.asked")),
    ("dots role-wait fresh", "M8 8h0", text!("dots.waits")),
    ("dots role-clinic fresh", "M8 8h0", text!("dots.call")),
    ("dots role-wait again", "M4 8l4-4 4 4-4 4z", text!("dots.again")),
    ("dots role-wait late", "M5 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", text!("dots.late")),
    ("crosses", "M5 5l6 6m0-6l-6 6", text!("dots.crosses")),
    ("limit", "M1 8h14", text!("dots.limit")),
];

/// A row a sample.
pub fn dots_key() -> Html {
    html! {
        <ul class="dots-key">
            { for SAMPLES.into_iter().map(|(class, d, words)| html! {
                <li><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path {class} {d}/></svg>{ words.get() }</li>
            }) }
        </ul>
    }
}
