//! The workers: what was ordered, what of it is busy, how much of the clinic that takes, and what it costs.

use crate::chart::input::ChartInput;
use crate::chart::line::{Dash, Fill, Line, Side, Weight, When};
use crate::chart::theme::Role;
use crate::chart::{Axis, Chart, ChartId, Mark, Quantity};
use crate::format::{clock, count, number, pounds};
use crate::vocabulary::SERVICE;
use engine::measure::MetricId;

pub const CHART: Chart = Chart {
    id: ChartId::Workers,
    key: "work",
    title: "Workers",
    unit: "number",
    about: "workers, {service} slots and the cost so far",
    lines: &[
        Line { when: When::End, ..Line::bold("ordered", "ordered", Role::Work, |b| Some(b.workers as f64)) },
        Line {
            when: When::End,
            weight: Weight::Ground,
            fill: Fill::ToZero,
            ..Line::thin("busy", "busy", Role::Work, |b| Some(b.busy_workers as f64))
        },
        Line {
            group_label: "slots in use",
            when: When::End,
            twin: Some("busy"),
            ..Line::thin("slots", "slots in use", Role::Clinic, |b| Some(b.clinic_busy as f64))
        },
        Line {
            side: Side::Right,
            when: When::End,
            dash: Dash::Dashed,
            compared: true,
            ..Line::thin("cost", "cost", Role::Ink, |b| Some(b.cost))
        },
    ],
    left: Axis { quantity: Quantity::Workers, caption: "workers" },
    right: Some(Axis { quantity: Quantity::Pounds, caption: "cost" }),
    marks,
    reach: |input| (input.expected.workers as f64, 0.0),
    ceiling: |_| None,
    subtitle,
    summary,
    names_events: false,
    expects: false,
    aside: None,
    dialog: None,
    decides: &[MetricId::Duplicates, MetricId::Cost],
    needs: |parts| parts.workers,
};

/// Without workers, who calls the clinic is the API: how many calls there are at a time.
pub const CALLS: Chart = Chart {
    key: "calls",
    title: "Calls",
    unit: "at a time",
    about: "calls to the {services}, and what they cost",
    lines: &[
        Line {
            when: When::End,
            fill: Fill::ToZero,
            ..Line::bold("calls", "in progress", Role::Clinic, |b| Some(b.clinic_busy as f64))
        },
        Line {
            side: Side::Right,
            when: When::End,
            dash: Dash::Dashed,
            compared: true,
            ..Line::thin("calls-cost", "cost", Role::Ink, |b| Some(b.cost))
        },
    ],
    left: Axis { quantity: Quantity::Workers, caption: "calls" },
    reach: |_| (0.0, 0.0),
    subtitle: |input| match input.so_far().last() {
        Some(b) => format!("{}; {} calls in progress", of_budget(input, b.cost), count(b.clinic_busy)),
        None => CALLS.about().into(),
    },
    needs: |parts| parts.clinics,
    ..CHART
};

fn marks(input: &ChartInput) -> Vec<Mark> {
    let budget = input.limit(MetricId::Cost).map(|most| Mark {
        of: "cost",
        side: Side::Right,
        value: most,
        word: format!("budget {}", pounds(most)),
    });
    let slots = (input.expected.slots > 0).then(|| Mark {
        of: "slots",
        side: Side::Left,
        value: input.expected.slots as f64,
        word: format!("{} {SERVICE} slots", count(input.expected.slots)),
    });
    budget.into_iter().chain(slots).collect()
}

/// "£4.12 of £10.00", or "£4.12" where there is no budget.
fn of_budget(input: &ChartInput, cost: f64) -> String {
    match input.limit(MetricId::Cost) {
        Some(most) => format!("{} of {}", pounds(cost), pounds(most)),
        None => pounds(cost),
    }
}

fn subtitle(input: &ChartInput) -> String {
    match input.so_far().last() {
        Some(b) if b.workers == 0 => format!("{} so far; no workers", of_budget(input, b.cost)),
        Some(b) => {
            format!("{}; {} of {} workers busy", of_budget(input, b.cost), count(b.busy_workers), count(b.workers))
        }
        None => CHART.about().into(),
    }
}

fn summary(input: &ChartInput) -> String {
    let bins = &input.series.bins;
    let Some(last) = bins.last() else {
        return match input.limit(MetricId::Cost) {
            Some(most) => format!("Nothing has run yet. The budget is {}.", pounds(most)),
            None => "Nothing has run yet.".into(),
        };
    };
    let cost = format!("It cost {} by {}.", of_budget(input, last.cost), clock(input.day(last.to.seconds())));
    let slots = bins.iter().map(|b| b.clinic_busy).max().unwrap_or(0);
    let slots = format!("At most {} calls were at the {SERVICE} at once.", count(slots));
    let most = bins.iter().map(|b| b.workers).max().unwrap_or(0);
    if most == 0 {
        return format!("No workers were ordered. {slots} {cost}");
    }
    let at = bins.iter().find(|b| b.workers == most).map_or(0.0, |b| b.from.seconds());
    let ordered: u64 = bins.iter().map(|b| b.workers).sum();
    let busy: u64 = bins.iter().map(|b| b.busy_workers).sum();
    let share = number(100.0 * busy as f64 / ordered.max(1) as f64, 0);
    format!(
        "Up to {} workers were ordered (from {}), {share}\u{a0}% of them busy on average. {slots} {cost}",
        count(most),
        clock(input.day(at))
    )
}
