//! The values at the crosshair in one sentence, and what can be done at a crosshair that was pressed.

use crate::say;
use crate::ui::prelude::*;

use crate::chart::{Chart, ChartInput, readout};
use crate::format;
use crate::late::late;
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
        return say!("charts.not_there_at", time);
    }
    let told: Vec<String> = values.into_iter().map(|v| format!("{} {}", v.label, v.value)).collect();
    format!("{time}: {}", told.join("; "))
}

late! {
    /// What can be done at the moment that was pressed. The values stand beside the plots.
    pub fn card(chart: &Chart, input: &ChartInput, at: f64, on_wish: Callback<Wish>) -> Html {
        let there = !readout(chart, input, at).is_empty();
        let middle = (input.window.from_s + input.window.to_s) / 2.0;
        let side = if at < middle { "at-right" } else { "at-left" };
        let wish = |wish: Wish| on_wish.reform(move |_: MouseEvent| wish);
        html! {
            <div class={classes!("readout", "pinned", side)}>
                <b>{ format::time_of_day(input.starts_at_s + at) }</b>
                if there {
                    <button class="btn" onclick={wish(Wish::Story)} title={say!("charts.story_title")}>{ say!("charts.story") }</button>
                    <button class="btn" onclick={wish(Wish::Go)} title={say!("charts.go_title")}>{ say!("charts.go") }</button>
                } else {
                    <span>{ say!("charts.not_there") }</span>
                }
                <button class="btn plain icon close" onclick={wish(Wish::Close)} aria-label={say!("charts.no_crosshair")} title={say!("charts.no_crosshair")} aria-description="">{ icon(Icon::Close) }</button>
            </div>
        }
    }
}
