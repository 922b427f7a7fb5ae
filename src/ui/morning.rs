//! The demand of the scenario as one tall picture, in the dock before the first run: what is coming, before any figure of the design.

use crate::say;
use crate::ui::prelude::*;

use super::kit::{ByPtr, widget};
use crate::format;
use crate::kata::Scenario;
use crate::kata::scenario::demand;

#[derive(PartialEq)]
pub struct Morning {
    pub scenario: ByPtr<Scenario>,
}

widget!(Morning => morning);

/// The picture's own units; it is stretched to its place.
const ACROSS: f64 = 1000.0;
const UP: f64 = 100.0;
/// The highest demand reaches this share of the height.
const FILLED: f64 = 0.78;

fn morning(props: &Morning) -> Html {
    let world = &props.scenario.world;
    let (corners, end) = (demand(world), world.duration.seconds().max(1.0));
    let peak = corners.iter().map(|corner| corner.1).fold(0.0, f64::max);
    let at_peak = || corners.iter().filter(|corner| corner.1 >= peak);
    let (Some(first), Some(from), Some(to)) = (corners.first(), at_peak().next(), at_peak().next_back()) else {
        return Html::default();
    };
    let clock = |at_s: f64| format::clock(f64::from(props.scenario.starts_at_s) + at_s);
    let rate = |per_s: f64| say!("morning.rate", n = format::number(per_s, 1));
    let peak_words = if to.0 > from.0 {
        say!("morning.peak_span", rate = rate(peak), from = clock(from.0), to = clock(to.0))
    } else {
        say!("morning.peak", rate = rate(peak), at = clock(from.0))
    };
    let all: f64 = corners.windows(2).map(|pair| (pair[1].0 - pair[0].0) * (pair[0].1 + pair[1].1) / 2.0).sum();
    // Rounded: what comes is drawn at random.
    let about = format::count((all / 1000.0).round() as u64 * 1000);
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let height = |per_s: f64| percent(1.0 - FILLED * per_s / peak.max(f64::MIN_POSITIVE));
    let middle = percent((from.0 + to.0) / 2.0 / end);
    let line = line(&corners, end, peak);
    html! {
        <figure class="morning">
            <figcaption><b>{ say!("morning.demand") }</b><span>{ say!("morning.unit") }</span></figcaption>
            <svg aria-label={say!("morning.all", peak = peak_words, about, length = format::duration_s(end))} role="img">
                <svg class="shape" width="100%" height="100%" viewBox={format!("0 0 {ACROSS} {UP}")} preserveAspectRatio="none">
                    <path class="area" d={format!("M0 {UP}{line}L{ACROSS} {UP}Z")}/>
                    <path class="line" d={line.replacen('L', "M", 1)}/>
                </svg>
                <svg x={middle.clone()} y={height(peak)} overflow="visible"><text class="peak" y="-10" text-anchor="middle">{ peak_words }</text></svg>
                <svg x={middle} y="62%" overflow="visible">
                    <text class="total" text-anchor="middle">{ about }</text>
                    <text class="in" y="20" text-anchor="middle">{ say!("morning.in", length = format::duration_s(end)) }</text>
                </svg>
                <svg x="0" y={height(beginning(&corners, end))} overflow="visible"><text class="rate" x="16" y="-10">{ rate(first.1) }</text></svg>
            </svg>
        </figure>
    }
}

/// The highest demand over the words at its beginning, which stand above the line and not on it.
fn beginning(corners: &[(f64, f64)], end_s: f64) -> f64 {
    const WIDE: f64 = 0.12;
    let until = WIDE * end_s;
    let over = |pair: &[(f64, f64)]| match *pair {
        [(from, low), (to, high)] if from < until => {
            Some(low.max(low + (high - low) * ((until - from) / (to - from).max(1.0)).min(1.0)))
        }
        _ => None,
    };
    corners.windows(2).filter_map(over).fold(corners.first().map_or(0.0, |first| first.1), f64::max)
}

/// The demand's line, from its first corner.
fn line(corners: &[(f64, f64)], end_s: f64, peak: f64) -> String {
    let point = |(at, per_s): &(f64, f64)| {
        let up = UP * (1.0 - FILLED * per_s / peak.max(f64::MIN_POSITIVE));
        format!("L{:.1} {up:.1}", at / end_s * ACROSS)
    };
    corners.iter().map(point).collect()
}
