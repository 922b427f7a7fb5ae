//! The flow: what arrives and what becomes of it, per second.

use crate::chart::input::ChartInput;
use crate::chart::line::{Dash, Fill, Line, per_second};
use crate::chart::theme::Role;
use crate::chart::{Axis, Chart, ChartId, Quantity};
use crate::format::{clock, count, rate};
use crate::{say, text};
use engine::measure::MetricId;

/// Places in the list of lines.
const ARRIVALS: usize = 0;
const CONFIRMED: usize = 1;
/// How far the axis goes, as a multiple of the highest arrival rate: beyond are bursts of seconds.
const HEADROOM: f64 = 1.25;

pub const CHART: Chart = Chart {
    id: ChartId::Throughput,
    key: "flow",
    title: text!("chart_flow.title"),
    unit: text!("chart_flow.unit"),
    about: text!("chart_flow.about"),
    lines: &[
        Line {
            fill: Fill::ToZero,
            ..Line::thin("arrivals", text!("chart_flow.arrive"), Role::Ack, |b| per_second(b, b.arrivals))
        },
        Line::bold("confirmed-rate", text!("chart.confirmed"), Role::Flow, |b| per_second(b, b.confirmed)),
        Line {
            dash: Dash::Dashed,
            ..unserved(Line::thin("turned-away", text!("chart_flow.turned_away"), Role::Bad, |b| {
                per_second(b, b.rejected + b.abandoned)
            }))
        },
        Line {
            ..unserved(Line::thin("given-up", text!("chart_flow.let_down"), Role::Bad, |b| per_second(b, b.given_up)))
        },
        // It shows where the API and the arrivals part.
        Line {
            twin: Some("arrivals"),
            dash: Dash::Dotted,
            ..Line::thin("accepted", text!("chart_flow.accepted"), Role::Muted, |b| per_second(b, b.accepted))
        },
    ],
    left: Axis { quantity: Quantity::PerSecond, caption: Some(text!("chart_flow.caption")) },
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
        (Some(arrive), Some(confirmed)) => say!("chart_flow.now", arrive = rate(arrive), confirmed = rate(confirmed)),
        _ => CHART.about().into(),
    }
}

fn summary(input: &ChartInput) -> String {
    let series = input.series;
    let bins = &series.bins;
    if bins.is_empty() {
        return say!("chart.nothing_yet").into();
    }
    let sum = |of: fn(&engine::measure::Bin) -> u32| bins.iter().map(|b| u64::from(of(b))).sum::<u64>();
    let busiest = bins
        .iter()
        .filter_map(|b| Some((b.from.seconds(), CHART.lines[ARRIVALS].at(series, b)?)))
        .fold(None, |best: Option<(f64, f64)>, b| if best.is_some_and(|w| w.1 >= b.1) { best } else { Some(b) });
    let (n, accepted, confirmed) =
        (count(sum(|b| b.arrivals)), count(sum(|b| b.accepted)), count(sum(|b| b.confirmed)));
    let arrived = match busiest {
        Some((t, r)) => {
            say!("chart_flow.arrived_peak", n, rate = rate(r), at = clock(input.day(t)), accepted, confirmed)
        }
        None => say!("chart_flow.arrived", n, accepted, confirmed),
    };
    let (away, given_up) = (sum(|b| b.rejected + b.abandoned), sum(|b| b.given_up));
    let away = match away {
        0 => say!("chart_flow.none_away").to_owned(),
        n => say!("chart_flow.away", plural = n, n = count(n)),
    };
    let given_up = match given_up {
        0 => say!("chart_flow.none_given_up").to_owned(),
        n => say!("chart_flow.given_up", plural = n, n = count(n)),
    };
    format!("{arrived} {}", say!("chart_flow.of_them", away, given_up))
}
