//! What a component manages, as a small sum with a bar: what it can do, and how much of that the rush needs.

use crate::say;
use crate::ui::prelude::*;

use crate::format;
use crate::session::text::capacity::{Rate, Sum};
use crate::ui::words::Words;

/// How much of the bar's width the larger of the two figures takes.
const FULL: f64 = 0.9;

/// The block; nothing without sums.
pub fn block<'a>(rate: Option<&Rate>, sums: impl Iterator<Item = &'a Sum>, words: &Words) -> Html {
    let sums: Vec<Html> = sums.map(|sum| html! { <p class="further">{ words.mark(&sum.text) }</p> }).collect();
    if rate.is_none() && sums.is_empty() {
        return Html::default();
    }
    html! {
        <div class="capacity">
            if let Some(rate) = rate { { managed(rate, words) } }
            { for sums }
        </div>
    }
}

fn managed(rate: &Rate, words: &Words) -> Html {
    let (most, peak) = (rate.per_s(), rate.peak);
    let whole = most.max(peak).max(f64::MIN_POSITIVE) / FULL;
    html! {
        <>
            <p class="both"><span>{ words.mark(&rate.quotient()) }</span><b>{ say!("inspector.a_second", n = format::number(most, 1)) }</b></p>
            <svg class="gauge" aria-hidden="true" focusable="false">
                <rect class="whole" width="100%" height="6" y="3" rx="3"/>
                <rect class="most" width={percent(most / whole)} height="6" y="3" rx="3"/>
                if peak > 0.0 { <rect class="peak" x={percent(peak / whole)} width="2" height="12"/> }
            </svg>
            if peak > 0.0 {
                <p class="both"><span>{ say!("inspector.rush", n = format::number(peak, 1)) }</span><span>{ rate.margin() }</span></p>
            }
            if !rate.aside.is_empty() { <p class="further">{ words.mark(&rate.aside) }</p> }
        </>
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", 100.0 * share)
}
