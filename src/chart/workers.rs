//! The workers: what was ordered, what of it is busy, how much of the clinic that takes, and what it costs.

use crate::chart::input::ChartInput;
use crate::chart::line::{Dash, Fill, Line, Side, Weight, When};
use crate::chart::theme::Role;
use crate::chart::{Axis, Chart, ChartId, Mark, Quantity};
use crate::format::{clock, count, number, pounds};
use crate::{say, text};
use engine::measure::MetricId;

pub const CHART: Chart = Chart {
    id: ChartId::Workers,
    key: "work",
    title: text!("chart_work.title"),
    unit: text!("chart_work.unit"),
    about: text!("chart_work.about"),
    lines: &[
        Line {
            when: When::End,
            ..Line::bold("ordered", text!("chart_work.ordered"), Role::Work, |b| Some(b.workers as f64))
        },
        Line {
            when: When::End,
            weight: Weight::Ground,
            fill: Fill::ToZero,
            ..Line::thin("busy", text!("chart_work.busy"), Role::Work, |b| Some(b.busy_workers as f64))
        },
        Line {
            when: When::End,
            twin: Some("busy"),
            ..Line::thin("slots", text!("chart_work.slots"), Role::Clinic, |b| Some(b.clinic_busy as f64))
        },
        Line {
            side: Side::Right,
            when: When::End,
            dash: Dash::Dashed,
            compared: true,
            ..Line::thin("cost", text!("chart.cost"), Role::Ink, |b| Some(b.cost))
        },
    ],
    left: Axis { quantity: Quantity::Workers, caption: Some(text!("chart_work.caption")) },
    right: Some(Axis { quantity: Quantity::Pounds, caption: Some(text!("chart.cost")) }),
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
    title: text!("chart_calls.title"),
    unit: text!("chart_calls.unit"),
    about: text!("chart_calls.about"),
    lines: &[
        Line {
            when: When::End,
            fill: Fill::ToZero,
            ..Line::bold("calls", text!("chart_calls.in_progress"), Role::Clinic, |b| Some(b.clinic_busy as f64))
        },
        Line {
            side: Side::Right,
            when: When::End,
            dash: Dash::Dashed,
            compared: true,
            ..Line::thin("calls-cost", text!("chart.cost"), Role::Ink, |b| Some(b.cost))
        },
    ],
    left: Axis { quantity: Quantity::Workers, caption: Some(text!("chart_calls.caption")) },
    reach: |_| (0.0, 0.0),
    subtitle: |input| match input.so_far().last() {
        Some(b) => {
            let (cost, n) = (of_budget(input, b.cost), count(b.clinic_busy));
            say!("chart_calls.now", plural = b.clinic_busy, cost, n)
        }
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
        word: say!("chart.budget", money = pounds(most)),
    });
    let slots = (input.expected.slots > 0).then(|| Mark {
        of: "slots",
        side: Side::Left,
        value: input.expected.slots as f64,
        word: say!("chart_work.of_slots", plural = input.expected.slots, n = count(input.expected.slots)),
    });
    budget.into_iter().chain(slots).collect()
}

/// "£4.12 of £10.00", or "£4.12" where there is no budget.
fn of_budget(input: &ChartInput, cost: f64) -> String {
    match input.limit(MetricId::Cost) {
        Some(most) => say!("chart_work.of_budget", cost = pounds(cost), budget = pounds(most)),
        None => pounds(cost),
    }
}

fn subtitle(input: &ChartInput) -> String {
    match input.so_far().last() {
        Some(b) if b.workers == 0 => say!("chart_work.now_none", cost = of_budget(input, b.cost)),
        Some(b) => {
            let (cost, busy, n) = (of_budget(input, b.cost), count(b.busy_workers), count(b.workers));
            say!("chart_work.now", plural = b.workers, cost, busy, n)
        }
        None => CHART.about().into(),
    }
}

fn summary(input: &ChartInput) -> String {
    let bins = &input.series.bins;
    let Some(last) = bins.last() else {
        return match input.limit(MetricId::Cost) {
            Some(most) => say!("chart_work.budget_is", budget = pounds(most)),
            None => say!("chart.nothing_yet").into(),
        };
    };
    let cost = say!("chart_work.it_cost", cost = of_budget(input, last.cost), at = clock(input.day(last.to.seconds())));
    let slots = bins.iter().map(|b| b.clinic_busy).max().unwrap_or(0);
    let slots = say!("chart_work.most_calls", plural = slots, n = count(slots));
    let most = bins.iter().map(|b| b.workers).max().unwrap_or(0);
    if most == 0 {
        return format!("{} {slots} {cost}", say!("chart_work.none_ordered"));
    }
    let at = bins.iter().find(|b| b.workers == most).map_or(0.0, |b| b.from.seconds());
    let ordered: u64 = bins.iter().map(|b| b.workers).sum();
    let busy: u64 = bins.iter().map(|b| b.busy_workers).sum();
    let share = number(100.0 * busy as f64 / ordered.max(1) as f64, 0);
    let ordered = say!("chart_work.most_ordered", plural = most, n = count(most), at = clock(input.day(at)), share);
    format!("{ordered} {slots} {cost}")
}
