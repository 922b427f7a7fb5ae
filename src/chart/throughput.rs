//! The flow: what arrives and what becomes of it, per second.

use crate::chart::input::ChartInput;
use crate::chart::line::{Dash, Fill, Line, per_second};
use crate::chart::theme::Role;
use crate::chart::{Axis, Chart, ChartId, Quantity};
use crate::format::{clock, count, rate};
use crate::vocabulary::ITEMS;
use engine::measure::MetricId;

/// Places in the list of lines.
const ARRIVALS: usize = 0;
const CONFIRMED: usize = 1;
/// How far the axis goes, as a multiple of the highest arrival rate: beyond are bursts of seconds.
const HEADROOM: f64 = 1.25;

pub const CHART: Chart = Chart {
    id: ChartId::Throughput,
    key: "flow",
    title: "Flow",
    unit: "a second",
    about: "{items} a second, in and out",
    lines: &[
        Line { fill: Fill::ToZero, ..Line::thin("arrivals", "arrive", Role::Ack, |b| per_second(b, b.arrivals)) },
        Line::bold("confirmed-rate", "confirmed", Role::Flow, |b| per_second(b, b.confirmed)),
        Line {
            dash: Dash::Dashed,
            ..unserved(Line::thin("turned-away", "turned away", Role::Bad, |b| per_second(b, b.rejected + b.abandoned)))
        },
        Line { ..unserved(Line::thin("given-up", "let down", Role::Bad, |b| per_second(b, b.given_up))) },
        // It shows where the API and the arrivals part.
        Line {
            twin: Some("arrivals"),
            dash: Dash::Dotted,
            ..Line::thin("accepted", "accepted", Role::Muted, |b| per_second(b, b.accepted))
        },
    ],
    left: Axis { quantity: Quantity::PerSecond, caption: "per second" },
    right: None,
    marks: |_| Vec::new(),
    reach: |input| (input.expected.peak_per_s, 0.0),
    ceiling: |input| Some(HEADROOM * input.expected.peak_per_s),
    subtitle,
    summary,
    names_events: false,
    expects: false,
    aside: None,
    dialog: None,
    decides: &[MetricId::TurnedAwayRatio, MetricId::DroppedRatio, MetricId::UnservedRatio],
    needs: |_| true,
};

/// What becomes of bookings that are not served: turned away before a yes, or let down after it.
const fn unserved(line: Line) -> Line {
    Line { only_if_any: true, rare: true, ..line }
}

fn subtitle(input: &ChartInput) -> String {
    let series = input.series;
    let latest = |i: usize| input.so_far().iter().rev().find_map(|b| CHART.lines[i].at(series, b));
    match (latest(ARRIVALS), latest(CONFIRMED)) {
        (Some(arrive), Some(confirmed)) => format!("{} arrive, {} confirmed", rate(arrive), rate(confirmed)),
        _ => CHART.about().into(),
    }
}

fn summary(input: &ChartInput) -> String {
    let series = input.series;
    let bins = &series.bins;
    if bins.is_empty() {
        return "Nothing has run yet.".into();
    }
    let sum = |of: fn(&engine::measure::Bin) -> u32| bins.iter().map(|b| u64::from(of(b))).sum::<u64>();
    let busiest = bins
        .iter()
        .filter_map(|b| Some((b.from.seconds(), CHART.lines[ARRIVALS].at(series, b)?)))
        .fold(None, |best: Option<(f64, f64)>, b| if best.is_some_and(|w| w.1 >= b.1) { best } else { Some(b) });
    let peak = busiest.map(|(t, r)| format!(", up to {} at {}", rate(r), clock(input.day(t)))).unwrap_or_default();
    let mut text = format!(
        "{} {ITEMS} arrived{peak}; {} were accepted and {} confirmed.",
        count(sum(|b| b.arrivals)),
        count(sum(|b| b.accepted)),
        count(sum(|b| b.confirmed))
    );
    let (away, given_up) = (sum(|b| b.rejected + b.abandoned), sum(|b| b.given_up));
    let told = |n: u64, verb: &str| match n {
        0 => format!("none was {verb}"),
        1 => format!("1 was {verb}"),
        n => format!("{} were {verb}", count(n)),
    };
    text += &format!(" Of them, {}, {}.", told(away, "turned away"), told(given_up, "given up"));
    text
}
