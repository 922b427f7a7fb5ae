//! The values at the crosshair, in a small box and in one sentence.

use crate::ui::prelude::*;

use crate::chart::{Chart, ChartInput, readout};
use crate::format;
use crate::ui::icons::{Icon, icon};

/// What a press on the box may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The story of a booking there.
    Story,
    /// The play head is wanted there.
    Go,
    /// The crosshair goes.
    Close,
}

/// The values in one sentence, for who can't see them: "08:12:00: acknowledged, p95 84 ms; confirmed, p95 2 min".
pub fn sentence(chart: &Chart, input: &ChartInput, at: f64) -> String {
    let values = readout(chart, input, at);
    let time = format::time_of_day(input.starts_at_s + at);
    if values.is_empty() {
        return format!("{time}: not there yet");
    }
    let told: Vec<String> = values.into_iter().map(|v| format!("{} {}", v.label, v.value)).collect();
    format!("{time}: {}", told.join("; "))
}

/// The box. Once its moment was pressed on this chart, it holds what can be done there.
pub fn card(chart: &Chart, input: &ChartInput, at: f64, pinned: bool, on_wish: Callback<Wish>) -> Html {
    let values = readout(chart, input, at);
    let middle = (input.window.from_s + input.window.to_s) / 2.0;
    let side = if at < middle { "at-right" } else { "at-left" };
    let wish = |wish: Wish| on_wish.reform(move |_: MouseEvent| wish);
    html! {
        <div class={classes!("readout", side, pinned.then_some("pinned"))}>
            <b>{ format::time_of_day(input.starts_at_s + at) }</b>
            if pinned {
                <button class="btn plain icon close" onclick={wish(Wish::Close)} aria-label="Take the crosshair away" title="Take the crosshair away">{ icon(Icon::Close) }</button>
            }
            if values.is_empty() {
                <span>{ "not there yet" }</span>
            } else {
                <dl>{ for values.iter().map(|v| html! { <><dt>{ v.label }</dt><dd>{ &v.value }</dd></> }) }</dl>
            }
            if pinned && !values.is_empty() {
                <div class="do">
                    <button class="btn" onclick={wish(Wish::Story)} title="What happened to a slow booking of this moment">{ "A booking’s story" }</button>
                    <button class="btn" onclick={wish(Wish::Go)} title="Take the run to this moment">{ "Go there" }</button>
                </div>
            }
        </div>
    }
}
