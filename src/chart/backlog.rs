//! The backlog: how many messages wait, and how long the oldest has. The age is the health signal; depth alone says little.

use super::input::ChartInput;
use super::line::{Fill, Line, Side, When};
use super::theme::Role;
use super::{Axis, Chart, ChartId, Mark, Quantity, drain, expected};
use crate::format::{clock, count, duration_s};
use crate::vocabulary::PEOPLE;
use engine::measure::MetricId;

pub const CHART: Chart = Chart {
    id: ChartId::Backlog,
    key: "backlog",
    title: "Backlog",
    unit: "messages",
    about: "messages that wait, and the age of the oldest",
    lines: &[
        Line {
            group_label: "waiting",
            when: When::End,
            peak: Some(|b| b.max_backlog as f64),
            fill: Fill::ToZero,
            ..Line::bold("depth", "waiting", Role::Wait, |b| Some(b.backlog as f64))
        },
        Line {
            side: Side::Right,
            when: When::End,
            alone: true,
            ..Line::thin("age", "oldest", Role::Ink, |b| Some(b.oldest_age.seconds()))
        },
    ],
    left: Axis { quantity: Quantity::Messages, caption: "messages" },
    right: Some(Axis { quantity: Quantity::Age, caption: "oldest" }),
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
    title: "In line",
    unit: "{people}",
    about: "{people} that wait for a free thread",
    lines: &[Line {
        group_label: "wait for a word",
        when: When::End,
        fill: Fill::ToZero,
        ..Line::bold("in-line", "wait for a word", Role::Wait, |b| Some(b.api_waiting as f64))
    }],
    left: Axis { quantity: Quantity::Messages, caption: "{people}" },
    right: None,
    marks: |_| Vec::new(),
    reach: |_| (0.0, 0.0),
    subtitle: |input| match input.so_far().last() {
        None => IN_LINE.about().into(),
        Some(b) if b.api_waiting == 0 => "nobody waits".into(),
        Some(b) => format!("{} wait", count(b.api_waiting)),
    },
    summary: |input| {
        let most = input.series.bins.iter().map(|b| b.api_waiting).max();
        match most {
            None => "Nothing has run yet.".into(),
            Some(0) => "Nobody waited for a thread.".into(),
            Some(most) => format!("At most {} {PEOPLE} waited for a thread at once.", count(most)),
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
        word: format!("goal: at most {}", count(most as u64)),
    });
    allowed.into_iter().collect()
}

fn subtitle(input: &ChartInput) -> String {
    match input.so_far().last() {
        None => CHART.about().into(),
        Some(b) if b.backlog == 0 => "nobody waits".into(),
        Some(b) => format!("{} wait, the oldest for {}", count(b.backlog), duration_s(b.oldest_age.seconds())),
    }
}

fn summary(input: &ChartInput) -> String {
    let bins = &input.series.bins;
    let allowed = input.limit(MetricId::MaxBacklog).map(|most| count(most as u64));
    let Some(last) = bins.last() else {
        let allowed = allowed.map(|most| format!(" At most {most} messages are allowed.")).unwrap_or_default();
        let guess = expected::told(input).map(|told| format!(" {told}")).unwrap_or_default();
        return format!("Nothing has run yet.{allowed}{guess}");
    };
    let most = bins.iter().map(|b| b.max_backlog).max().unwrap_or(0);
    if most == 0 {
        return format!("No message waited until {}.", clock(input.day(last.to.seconds())));
    }
    let course = expected::came(bins);
    // Before the end nobody knows whether it stays drained.
    let over = last.to.seconds() >= input.duration_s - 1e-6;
    let end = match course.and_then(|c| c.drained_s).filter(|_| over) {
        Some(t) => format!("and drained by {}", clock(input.day(t))),
        None => format!("and {} still wait at {}", count(last.backlog), clock(input.day(last.to.seconds()))),
    };
    let peak = clock(input.day(course.map_or(0.0, |c| c.at_s)));
    let limit = allowed.map(|a| format!(" At most {a} are allowed.")).unwrap_or_default();
    let oldest = bins.iter().map(|b| b.oldest_age).max().unwrap_or_default().seconds();
    let told = [drain::told(input).map(|(_, sentence)| sentence), expected::told(input)];
    let more: String = told.into_iter().flatten().map(|sentence| format!(" {sentence}")).collect();
    format!(
        "Backlog peaked at {} at {peak} {end}.{limit} The oldest message waited {}.{more}",
        count(most),
        duration_s(oldest)
    )
}
