//! The strip's picture: events shaded and named, what has been simulated, the play head, marks, and times of day.

use crate::ui::prelude::*;

use super::{Timeline, look};
use crate::format;
use crate::kata::scenario::event_name;
use crate::session::{Mark, MarkKind};
use engine::sim::time::Time;

/// Places from the top, in pixels.
const BAR: f64 = 17.0;
const BAR_HIGH: f64 = 8.0;
const MIDDLE: f64 = BAR + BAR_HIGH / 2.0;
/// A fork stands above the bar: most have a change at the same moment.
const ABOVE: f64 = 8.0;
/// Between labels at least so many seconds; the first of these that gives few enough is taken.
const APART_S: [f64; 8] = [60.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 21_600.0, 86_400.0];
const MOST_LABELS: f64 = 7.0;
/// An event shorter than this share has no room for its name.
const ROOM: f64 = 0.04;
/// Marks of a kind closer than this share are drawn as one.
const APART: f64 = 0.004;

/// A share as SVG takes it.
fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

pub fn strip(props: &Timeline) -> Html {
    let playback = &props.playback;
    let (now, furthest) = (props.share(playback.now), props.share(playback.furthest));
    html! {
        <svg class="strip-drawing" aria-hidden="true" focusable="false">
            { for props.scenario.world.events.iter().map(|event| {
                let (from, to) = (props.share(event.from), props.share(event.to));
                html! {
                    <g class="event">
                        <rect x={percent(from)} y="2" width={percent(to - from)} height="26" rx="3"/>
                        if to - from > ROOM {
                            <svg x={percent(from)} y="0" overflow="visible"><text x="5" y="12">{ event_name(&event.what) }</text></svg>
                        }
                    </g>
                }
            }) }
            <rect class="track" x="0" y={BAR.to_string()} width="100%" height={BAR_HIGH.to_string()} rx="4"/>
            <rect class="seen" x="0" y={BAR.to_string()} width={percent(furthest.max(now))} height={BAR_HIGH.to_string()} rx="4"/>
            <rect class="done" x="0" y={BAR.to_string()} width={percent(now)} height={BAR_HIGH.to_string()} rx="4"/>
            { for labels(props) }
            { for apart(props).into_iter().map(|mark| {
                let (class, d, _) = look(mark.what);
                let y = if mark.what == MarkKind::Fork { ABOVE } else { MIDDLE };
                html! {
                    <svg x={percent(props.share(mark.at))} y={y.to_string()} overflow="visible">
                        <path class="halo" {d}/><path class={classes!("mark", class)} {d}/>
                    </svg>
                }
            }) }
            <svg x={percent(now)} y={MIDDLE.to_string()} overflow="visible"><circle class="head" r="7"/></svg>
        </svg>
    }
}

/// The marks that are drawn: of several of a kind in one place, one.
fn apart(props: &Timeline) -> Vec<&Mark> {
    let mut drawn: Vec<&Mark> = Vec::new();
    for mark in &props.marks {
        let there =
            |other: &&Mark| other.what == mark.what && (props.share(other.at) - props.share(mark.at)).abs() < APART;
        if !drawn.iter().any(there) {
            drawn.push(mark);
        }
    }
    drawn
}

/// Times of day under the strip.
fn labels(props: &Timeline) -> Vec<Html> {
    let (duration, start) = (props.duration(), f64::from(props.scenario.starts_at_s));
    let every = APART_S.into_iter().find(|every| duration / every < MOST_LABELS).unwrap_or(86_400.0);
    let first = (start / every).ceil() * every - start;
    let count = ((duration - first) / every).floor() as usize + 1;
    (0..count)
        .map(|index| {
            let at = first + index as f64 * every;
            let share = props.share(Time::from_seconds(at));
            let anchor = match share {
                s if s < 0.02 => "start",
                s if s > 0.98 => "end",
                _ => "middle",
            };
            let class = classes!("time-label", (index % 2 == 1).then_some("odd"));
            html! { <text {class} x={percent(share)} y="41" text-anchor={anchor}>{ format::clock(start + at) }</text> }
        })
        .collect()
}
