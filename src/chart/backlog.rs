//! The backlog: how many messages wait, and how long the oldest has. The age is the health signal; depth alone says little.

use super::input::ChartInput;
use super::line::{Fill, Line, Side, When};
use super::theme::Role;
use super::{Axis, Chart, ChartId, Mark, Quantity, drain, expected};
use crate::format::{clock, count, duration_s};
use crate::{say, text};
use engine::measure::MetricId;

pub const CHART: Chart = Chart {
    id: ChartId::Backlog,
    key: "backlog",
    title: text!("chart_backlog.title"),
    unit: text!("chart_backlog.messages"),
    about: text!("chart_backlog.about"),
    lines: &[
        Line {
            when: When::End,
            peak: Some(|b| b.max_backlog as f64),
            fill: Fill::ToZero,
            ..Line::bold("depth", text!("chart_backlog.waiting"), Role::Wait, |b| Some(b.backlog as f64))
        },
        Line {
            side: Side::Right,
            when: When::End,
            alone: true,
            ..Line::thin("age", text!("chart_backlog.oldest"), Role::Ink, |b| Some(b.oldest_age.seconds()))
        },
    ],
    left: Axis { quantity: Quantity::Messages, caption: Some(text!("chart_backlog.messages")) },
    right: Some(Axis { quantity: Quantity::Age, caption: Some(text!("chart_backlog.oldest")) }),
    marks,
    reach: |input| {
        let most = input.predicted.iter().chain(input.sketch).map(|p| p.1).fold(0.0, f64::max);
        (most.max(input.expected.backlog), 0.0)
    },
    ceiling: |_| None,
    subtitle,
    summary,
    names_events: true,
    expects: true,
    aside: Some(drain::told),
    dialog: None,
    decides: &[
        MetricId::QueueWaitP50,
        MetricId::QueueWaitP95,
        MetricId::QueueWaitP99,
        MetricId::MaxBacklog,
        MetricId::FinalBacklog,
    ],
    needs: |parts| parts.queues,
};

/// Without a queue nothing piles up but people in the API's line.
pub const IN_LINE: Chart = Chart {
    key: "line",
    title: text!("chart_line.title"),
    unit: text!("chart_line.people"),
    about: text!("chart_line.about"),
    lines: &[Line {
        when: When::End,
        fill: Fill::ToZero,
        ..Line::bold("in-line", text!("chart_line.waiting"), Role::Wait, |b| Some(b.api_waiting as f64))
    }],
    left: Axis { quantity: Quantity::Messages, caption: Some(text!("chart_line.people")) },
    right: None,
    marks: |_| Vec::new(),
    reach: |_| (0.0, 0.0),
    subtitle: |input| match input.so_far().last() {
        None => IN_LINE.about().into(),
        Some(b) if b.api_waiting == 0 => say!("chart.nobody_waits").into(),
        Some(b) => say!("chart_line.now", plural = b.api_waiting, n = count(b.api_waiting)),
    },
    summary: |input| {
        let most = input.series.bins.iter().map(|b| b.api_waiting).max();
        match most {
            None => say!("chart.nothing_yet").into(),
            Some(0) => say!("chart_line.nobody").into(),
            Some(most) => say!("chart_line.most", plural = most, n = count(most)),
        }
    },
    expects: false,
    aside: None,
    needs: |parts| parts.apis,
    ..CHART
};

/// The axes that a learner draws on: messages alone.
pub const BLANK: Chart = Chart { right: None, ..CHART };

fn marks(input: &ChartInput) -> Vec<Mark> {
    let allowed = input.limit(MetricId::MaxBacklog).map(|most| Mark {
        of: "depth",
        side: Side::Left,
        value: most,
        word: say!("chart_backlog.goal", n = count(most as u64)),
    });
    allowed.into_iter().collect()
}

fn subtitle(input: &ChartInput) -> String {
    match input.so_far().last() {
        None => CHART.about().into(),
        Some(b) if b.backlog == 0 => say!("chart.nobody_waits").into(),
        Some(b) => {
            let time = duration_s(b.oldest_age.seconds());
            say!("chart_backlog.now", plural = b.backlog, n = count(b.backlog), time)
        }
    }
}

fn summary(input: &ChartInput) -> String {
    let bins = &input.series.bins;
    let allowed = input.limit(MetricId::MaxBacklog).map(|most| count(most as u64));
    let Some(last) = bins.last() else {
        let allowed = allowed.map(|most| format!(" {}", say!("chart_backlog.allowed", n = most))).unwrap_or_default();
        let guess = expected::told(input).map(|told| format!(" {told}")).unwrap_or_default();
        return format!("{}{allowed}{guess}", say!("chart.nothing_yet"));
    };
    let most = bins.iter().map(|b| b.max_backlog).max().unwrap_or(0);
    if most == 0 {
        return say!("chart_backlog.none", at = clock(input.day(last.to.seconds())));
    }
    let course = expected::came(bins);
    // Before the end nobody knows whether it stays drained.
    let over = last.to.seconds() >= input.duration_s - 1e-6;
    let (peak, most) = (clock(input.day(course.map_or(0.0, |c| c.at_s))), count(most));
    let peaked = match course.and_then(|c| c.drained_s).filter(|_| over) {
        Some(t) => say!("chart_backlog.peaked_drained", most, peak, at = clock(input.day(t))),
        None => {
            let (n, at) = (count(last.backlog), clock(input.day(last.to.seconds())));
            say!("chart_backlog.peaked_waiting", plural = last.backlog, most, peak, n, at)
        }
    };
    let limit = allowed.map(|n| format!(" {}", say!("chart_backlog.allowed_short", n))).unwrap_or_default();
    let oldest = bins.iter().map(|b| b.oldest_age).max().unwrap_or_default().seconds();
    let told = [drain::told(input).map(|(_, sentence)| sentence), expected::told(input)];
    let more: String = told.into_iter().flatten().map(|sentence| format!(" {sentence}")).collect();
    format!("{peaked}{limit} {}{more}", say!("chart_backlog.oldest_waited", time = duration_s(oldest)))
}
