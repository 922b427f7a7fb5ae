//! The gap: how soon a booking is acknowledged and how soon it is confirmed. The space between the two is the wait.

use crate::chart::input::ChartInput;
use crate::chart::line::{FEW, Fill, Line, Side, Weight};
use crate::chart::theme::Role;
use crate::chart::{Axis, Chart, ChartId, Dialog, Mark, Quantity};
use crate::format::{clock, duration_ms};
use engine::measure::{Bin, MetricId, Quantiles, Wait};

pub const CHART: Chart = Chart {
    id: ChartId::Latency,
    key: "gap",
    title: "The gap",
    unit: "p95, log",
    about: "p50 thin, p95 bold; the shaded part is the wait",
    lines: &[
        Line {
            weight: Weight::Hair,
            ..confirmed(Line::thin("confirmed-p50", "confirmed, p50", Role::Wait, |b| b.end_to_end.p50_ms))
        },
        Line {
            weight: Weight::Hair,
            over: Some("confirmed-p50"),
            ..acknowledged(Line::thin("acknowledged-p50", "acknowledged, p50", Role::Ack, |b| b.acceptance.p50_ms))
        },
        Line {
            fill: Fill::To("acknowledged-p95"),
            ..confirmed(Line::bold("confirmed-p95", "confirmed, p95", Role::Wait, |b| b.end_to_end.p95_ms))
        },
        Line {
            over: Some("confirmed-p95"),
            ..acknowledged(Line::bold("acknowledged-p95", "acknowledged, p95", Role::Ack, |b| b.acceptance.p95_ms))
        },
    ],
    left: Axis { quantity: Quantity::Latency, caption: "" },
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
    Line { group: "acknowledged", group_label: "acknowledged", samples: Some(|b| b.acceptance.count), ..line }
}

const fn confirmed(line: Line) -> Line {
    Line { group: "confirmed", group_label: "confirmed", samples: Some(|b| b.end_to_end.count), ..line }
}

/// The latency goals of the scenario, whichever percentiles they name.
fn marks(input: &ChartInput) -> Vec<Mark> {
    let mark = |l: &crate::chart::Limit| {
        let (wait, p) = l.metric.id.quantile()?;
        let (name, bold, thin) = match wait {
            Wait::Acceptance => ("acknowledged", "acknowledged-p95", "acknowledged-p50"),
            Wait::EndToEnd => ("confirmed", "confirmed-p95", "confirmed-p50"),
            Wait::Queue => return None,
        };
        // The bold curves are what 95 % stay under.
        let share = if p == 0.95 { String::new() } else { format!(", p{:.0}", p * 100.0) };
        Some(Mark {
            of: if p == 0.95 { bold } else { thin },
            side: Side::Left,
            value: l.at_most,
            word: format!("{name}{share}: at most {}", duration_ms(l.at_most)),
        })
    };
    input.limits.iter().filter_map(mark).collect()
}

fn subtitle(input: &ChartInput) -> String {
    let latest = |value: fn(&Bin) -> Option<f64>| input.so_far().iter().rev().find_map(value);
    match (latest(|b| b.acceptance.p95_ms), latest(|b| b.end_to_end.p95_ms)) {
        (Some(a), Some(c)) => format!("p95: acknowledged {}, confirmed {}", duration_ms(a), duration_ms(c)),
        (Some(a), None) => format!("p95: acknowledged {}, none confirmed yet", duration_ms(a)),
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
    let told = |verb: &str, worst: Option<(f64, f64)>, metric: MetricId| {
        let Some((t, ms)) = worst else { return format!("Nothing was {verb}.") };
        let goal = input.limit(metric).map(|g| format!("; the goal for the run is {}", duration_ms(g)));
        let at = clock(input.day(t));
        format!(
            "At the slowest, at {at}, 95\u{a0}% were {verb} within {}{}.",
            duration_ms(ms),
            goal.unwrap_or_default()
        )
    };
    if input.series.bins.is_empty() {
        let goals: Vec<String> = marks(input).iter().map(|m| duration_ms(m.value)).collect();
        return match goals.as_slice() {
            [] => "Nothing has run yet.".into(),
            goals => format!("Nothing has run yet. The goals: {}.", goals.join(" and ")),
        };
    }
    let acknowledged = told("acknowledged", slowest(input, |b| &b.acceptance), MetricId::AcceptanceP95);
    let confirmed = told("confirmed", slowest(input, |b| &b.end_to_end), MetricId::EndToEndP95);
    format!("{acknowledged} {confirmed}")
}
