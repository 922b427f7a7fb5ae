//! The values at the crosshair in one sentence, and what can be done at a crosshair that was pressed.

use crate::ui::prelude::*;
use crate::vocabulary::filled;

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
        return format!("{time}: not there yet");
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
                    <button class="btn" onclick={wish(Wish::Story)} title={filled("What happened to a slow {item} of this moment")}>{ filled("{An item}’s story") }</button>
                    <button class="btn" onclick={wish(Wish::Go)} title="Take the run to this moment">{ "Go there" }</button>
                } else {
                    <span>{ "not there yet" }</span>
                }
                <button class="btn plain icon close" onclick={wish(Wish::Close)} aria-label="Take the crosshair away" title="Take the crosshair away">{ icon(Icon::Close) }</button>
            </div>
        }
    }
}
