//! A legend entry: a sample of the line, and a switch for it.

use crate::ui::prelude::*;

use crate::chart::{Key, Weight};
use crate::ui::words::Words;

pub fn entry(words: &Words, hidden: &[String], key: Key, on_toggle: &Callback<String>) -> Html {
    let shown = !hidden.iter().any(|h| h == key.id);
    let (id, label) = (key.id, words.inside(&key.label));
    let onclick = on_toggle.reform(move |_: MouseEvent| id.to_owned());
    let title = if shown { "Switch this line off" } else { "Switch this line on" };
    let class = (key.id == crate::chart::COMPARED).then_some("other");
    html! { <button {class} {onclick} aria-pressed={shown.to_string()} {title}>{ sample(&key) }{ label }</button> }
}

/// A short piece of the line.
pub fn sample(key: &Key) -> Html {
    let dashes = key.dash.pattern().map(|(line, gap)| format!("{line} {gap}"));
    let width = if key.weight == Weight::Bold { "2.5" } else { "1.5" };
    let opacity = (key.id == crate::chart::COMPARED).then_some("0.6");
    html! {
        <svg viewBox="0 0 18 8" aria-hidden="true" focusable="false">
            <line x1="0" y1="4" x2="18" y2="4" stroke={format!("var({})", key.role.variable())} stroke-width={width} stroke-dasharray={dashes} {opacity}/>
        </svg>
    }
}
