//! The gap: how soon a booking is acknowledged and how soon it is confirmed. The space between the two is the wait.

use crate::chart::input::ChartInput;
use crate::chart::line::{FEW, Fill, Line, Side, Weight};
use crate::chart::theme::Role;
use crate::chart::{Axis, Chart, ChartId, Dialog, Mark, Quantity};
use crate::format::{alike_ms, clock, duration_ms};
use crate::{say, text};
use engine::measure::{Bin, MetricId, Quantiles, Wait};

pub const CHART: Chart = Chart {
    id: ChartId::Latency,
    key: "gap",
    title: text!("chart_gap.title"),
    unit: text!("chart_gap.unit"),
    about: text!("chart_gap.about"),
    lines: &[
        Line {
            weight: Weight::Hair,
            ..confirmed(Line::thin("confirmed-p50", text!("chart_gap.confirmed_p50"), Role::Wait, |b| {
                b.end_to_end.p50_ms
            }))
        },
        Line {
            weight: Weight::Hair,
            over: Some("confirmed-p50"),
            ..acknowledged(Line::thin("acknowledged-p50", text!("chart_gap.acknowledged_p50"), Role::Ack, |b| {
                b.acceptance.p50_ms
            }))
        },
        Line {
            fill: Fill::To("acknowledged-p95"),
            ..confirmed(Line::bold("confirmed-p95", text!("chart_gap.confirmed_p95"), Role::Wait, |b| {
                b.end_to_end.p95_ms
            }))
        },
        Line {
            over: Some("confirmed-p95"),
            ..acknowledged(Line::bold("acknowledged-p95", text!("chart_gap.acknowledged_p95"), Role::Ack, |b| {
                b.acceptance.p95_ms
            }))
        },
    ],
    left: Axis { quantity: Quantity::Latency, caption: None },
    right: None,
    marks,
    reach: |_| (0.0, 0.0),
    ceiling: |_| None,
    subtitle,
    summary,
    names_events: false,
    expects: false,
    aside: None,
    dialog: Some(Dialog::Distribution),
    decides: &[
        MetricId::AcceptanceP50,
        MetricId::AcceptanceP95,
        MetricId::AcceptanceP99,
        MetricId::EndToEndP50,
        MetricId::EndToEndP95,
        MetricId::EndToEndP99,
    ],
    needs: |_| true,
};

const fn acknowledged(line: Line) -> Line {
    Line {
        group: "acknowledged",
        group_label: text!("chart.acknowledged"),
        samples: Some(|b| b.acceptance.count),
        ..line
    }
}

const fn confirmed(line: Line) -> Line {
    Line { group: "confirmed", group_label: text!("chart.confirmed"), samples: Some(|b| b.end_to_end.count), ..line }
}

/// The latency goals of the scenario, whichever percentiles they name.
fn marks(input: &ChartInput) -> Vec<Mark> {
    let mark = |l: &crate::chart::Limit| {
        let (wait, p) = l.metric.id.quantile()?;
        let (name, bold, thin) = match wait {
            Wait::Acceptance => (say!("chart.acknowledged"), "acknowledged-p95", "acknowledged-p50"),
            Wait::EndToEnd => (say!("chart.confirmed"), "confirmed-p95", "confirmed-p50"),
            Wait::Queue => return None,
        };
        // The bold curves are what 95 % stay under.
        let limit = duration_ms(l.at_most);
        let word = match p {
            0.95 => say!("chart_gap.goal", curve = name, limit),
            _ => say!("chart_gap.goal_at", curve = name, percentile = format!("p{:.0}", p * 100.0), limit),
        };
        Some(Mark { of: if p == 0.95 { bold } else { thin }, side: Side::Left, value: l.at_most, word })
    };
    input.limits.iter().filter_map(mark).collect()
}

fn subtitle(input: &ChartInput) -> String {
    let latest = |value: fn(&Bin) -> Option<f64>| input.so_far().iter().rev().find_map(value);
    match (latest(|b| b.acceptance.p95_ms), latest(|b| b.end_to_end.p95_ms)) {
        (Some(a), Some(c)) => {
            let a = if alike_ms(a, c) { c } else { a };
            say!("chart_gap.now", acknowledged = duration_ms(a), confirmed = duration_ms(c))
        }
        (Some(a), None) => say!("chart_gap.now_unconfirmed", acknowledged = duration_ms(a)),
        _ => CHART.about().into(),
    }
}

/// When in the run 95 % took longest, in seconds, and how long, in milliseconds.
fn slowest(input: &ChartInput, of: fn(&Bin) -> &Quantiles) -> Option<(f64, f64)> {
    // Few samples have wild percentiles: they count only where there is nothing else.
    let most = |least: u64| {
        let bins = input.series.bins.iter().filter(|b| of(b).count >= least);
        bins.filter_map(|b| Some((b.from.seconds(), of(b).p95_ms?))).max_by(|a, b| a.1.total_cmp(&b.1))
    };
    most(FEW).or_else(|| most(1))
}

fn summary(input: &ChartInput) -> String {
    if input.series.bins.is_empty() {
        let goals = marks(input).into_iter().map(|m| duration_ms(m.value)).reduce(|a, b| say!("chart.and", a, b));
        return match goals {
            None => say!("chart.nothing_yet").into(),
            Some(goals) => say!("chart_gap.goals", goals),
        };
    }
    let slowest_acknowledged = match slowest(input, |b| &b.acceptance) {
        None => say!("chart_gap.nothing_acknowledged").to_owned(),
        Some((t, ms)) => {
            let (at, time) = (clock(input.day(t)), duration_ms(ms));
            match input.limit(MetricId::AcceptanceP95).map(duration_ms) {
                Some(goal) => say!("chart_gap.acknowledged_goal", at, time, goal),
                None => say!("chart_gap.acknowledged_within", at, time),
            }
        }
    };
    let slowest_confirmed = match slowest(input, |b| &b.end_to_end) {
        None => say!("chart_gap.nothing_confirmed").to_owned(),
        Some((t, ms)) => {
            let (at, time) = (clock(input.day(t)), duration_ms(ms));
            match input.limit(MetricId::EndToEndP95).map(duration_ms) {
                Some(goal) => say!("chart_gap.confirmed_goal", at, time, goal),
                None => say!("chart_gap.confirmed_within", at, time),
            }
        }
    };
    format!("{slowest_acknowledged} {slowest_confirmed}")
}
