//! The ribbon's picture: the demand of the scenario with what has gone by filled, events as named bands, marks on the base line, the play head
//! and times of day.

use crate::ui::prelude::*;

use super::{Timeline, look};
use crate::format;
use crate::kata::scenario::{demand, event_name};
use crate::session::{Mark, MarkKind};
use engine::sim::time::Time;

/// Places from the top, in pixels: the demand's highest point, the base line, the times of day.
const TOP: f64 = 6.0;
const BASE: f64 = 36.0;
const TIMES: f64 = 50.0;
/// A fork stands above the base line: most have a change at the same moment.
const ABOVE: f64 = 20.0;
/// The demand's own units: across, and up from the base line.
const ACROSS: f64 = 1000.0;
const UP: f64 = BASE - TOP;
/// Between labels at least so many seconds; the first of these that gives few enough is taken.
const APART_S: [f64; 8] = [60.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 21_600.0, 86_400.0];
const MOST_LABELS: f64 = 7.0;
/// An event with less room than this share, up to the next one or to the end, has no name.
const ROOM: f64 = 0.1;
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
            <defs>
                <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern>
                <clipPath id="ribbon-seen"><rect width={(furthest.max(now) * ACROSS).to_string()} height={UP.to_string()}/></clipPath>
                <clipPath id="ribbon-done"><rect width={(now * ACROSS).to_string()} height={UP.to_string()}/></clipPath>
            </defs>
            { ribbon(props) }
            { events(props) }
            <line class="base" x1="0" y1={BASE.to_string()} x2="100%" y2={BASE.to_string()}/>
            { for labels(props) }
            { for apart(props).into_iter().map(|mark| {
                let (class, d, _) = look(mark.what);
                let y = if mark.what == MarkKind::Fork { ABOVE } else { BASE };
                html! {
                    <svg x={percent(props.share(mark.at))} y={y.to_string()} overflow="visible">
                        <path class="halo" {d}/><path class={classes!("mark", class)} {d}/>
                    </svg>
                }
            }) }
            if let Some(look) = props.look_s {
                <svg x={percent(props.share(Time::from_seconds(look)))} y="0" overflow="visible"><path class="look" d="M0 0V57"/></svg>
            }
            <svg x={percent(now)} y="0" overflow="visible">
                <path class="now" d="M0 0V57"/><circle class="head" cy={BASE.to_string()} r="6.5"/>
            </svg>
        </svg>
    }
}

/// Each event as a band, with its name from its start on; a name may be longer than its event, and ends where the next one begins.
fn events(props: &Timeline) -> Html {
    let events = &props.scenario.world.events;
    let band = |event: &engine::sim::network::Event| {
        let (from, to) = (props.share(event.from), props.share(event.to));
        let later = events.iter().map(|other| props.share(other.from)).filter(|start| *start > from);
        let room = later.fold(1.0, f64::min) - from;
        let name = if room >= ROOM { event_name(&event.what) } else { String::new() };
        html! {
            <g class="event">
                <rect class="band" fill="url(#hatch)" x={percent(from)} y="0" width={percent(to - from)} height={BASE.to_string()}/>
                <svg x={percent(from)} y="0" width={percent(room)} height="18"><text x="5" y="12">{ name }</text></svg>
            </g>
        }
    };
    html! { for events.iter().map(band) }
}

/// The demand, stretched to the ribbon's width; filled as far as the run has been, and as far as the play head.
fn ribbon(props: &Timeline) -> Html {
    let corners = demand(&props.scenario.world);
    let highest = corners.iter().map(|corner| corner.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut d = format!("M0 {UP}");
    for (at_s, rate) in &corners {
        let (x, y) = (at_s / props.duration() * ACROSS, UP - rate / highest * UP);
        d.push_str(&format!("L{x:.1} {y:.2}"));
    }
    d.push_str(&format!("L{ACROSS} {UP}Z"));
    html! {
        <svg class="demand" x="0" y={TOP.to_string()} width="100%" height={UP.to_string()} viewBox={format!("0 0 {ACROSS} {UP}")} preserveAspectRatio="none">
            <path class="rest" d={d.clone()}/>
            <path class="seen" d={d.clone()} clip-path="url(#ribbon-seen)"/>
            <path class="done" {d} clip-path="url(#ribbon-done)"/>
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

/// Times of day under the ribbon.
fn labels(props: &Timeline) -> Vec<Html> {
    let (duration, start) = (props.duration(), f64::from(props.scenario.starts_at_s));
    let every = APART_S.into_iter().find(|every| duration / every < MOST_LABELS).unwrap_or(86_400.0);
    let first = (start / every).ceil() * every - start;
    let count = ((duration - first) / every).floor() as usize + 1;
    (0..count)
        .map(|index| {
            let at = first + index as f64 * every;
            let share = props.share(Time::from_seconds(at));
            let (anchor, dx) = match share {
                s if s < 0.02 => ("start", "3"),
                s if s > 0.98 => ("end", "-3"),
                _ => ("middle", "0"),
            };
            let class = classes!("time-label", (index % 2 == 1).then_some("odd"));
            html! { <text {class} x={percent(share)} y={TIMES.to_string()} {dx} text-anchor={anchor}>{ format::clock(start + at) }</text> }
        })
        .collect()
}
