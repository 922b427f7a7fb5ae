//! Advice about queues: their room, their age limit, their order.

use crate::advice::review::{Advice, Finding, FinishedRun};
use crate::format::{count, duration_ms, duration_s, number, share};
use crate::kinds::{Behaviour, Value};
use engine::measure::MetricId;
use engine::sim::network::{Discipline, Params, Queue};

fn queue<'a>(ran: &'a FinishedRun<'_>, node: usize) -> Option<&'a Queue> {
    match &ran.context.params[node] {
        Some(Params::Queue(queue)) => Some(queue),
        _ => None,
    }
}

/// A queue that turned bookings away.
pub fn full(ran: &FinishedRun<'_>) -> Option<Advice> {
    let counts = &ran.report.counts;
    let turned_away = counts.rejected + counts.lost;
    if !ran.missed(MetricId::UnservedRatio) || turned_away == 0 {
        return None;
    }
    let full =
        |node: &usize| queue(ran, *node).and_then(|q| q.capacity).is_some_and(|room| ran.report.backlog.max >= room);
    let node = ran.context.reached(Behaviour::Stores).find(full)?;
    let room = queue(ran, node)?.capacity?;
    let text = format!(
        "{} has room for {} messages and was full: {} bookings ({}) were turned away.",
        ran.context.name(node),
        count(room),
        count(turned_away),
        share(turned_away as f64 / counts.arrivals.max(1) as f64),
    );
    Some(Advice {
        seen: Finding { code: "queue-full", place: ran.context.param_place(node, "capacity"), text },
        text: format!(
            "Take the limit of {} messages off {}: a message costs less than a patient turned away.",
            count(room),
            ran.context.name(node)
        ),
        edits: vec![ran.set(node, "capacity", Value::Null)],
    })
}

/// Messages thrown out because they waited too long.
pub fn too_old(ran: &FinishedRun<'_>) -> Option<Advice> {
    let counts = &ran.report.counts;
    let gone = counts.dead_lettered + counts.lost;
    if !ran.missed(MetricId::UnservedRatio) || gone == 0 {
        return None;
    }
    let waited = ran.series.bins.iter().map(|b| b.oldest_age).max()?;
    let limited = |node: &usize| {
        queue(ran, *node).and_then(|q| q.max_age).is_some_and(|age| waited.seconds() >= 0.8 * age.seconds())
    };
    let node = ran.context.reached(Behaviour::Stores).find(limited)?;
    let age = queue(ran, node)?.max_age?;
    let text = format!(
        "{} throws messages out after {}; the oldest waited {}, and {} bookings went that way.",
        ran.context.name(node),
        duration_s(age.seconds()),
        duration_s(waited.seconds()),
        count(gone),
    );
    Some(Advice {
        seen: Finding { code: "too-old", place: ran.context.param_place(node, "max_age_s"), text },
        text: format!(
            "Take the age limit of {} off {}: a late confirmation beats none.",
            duration_s(age.seconds()),
            ran.context.name(node)
        ),
        edits: vec![ran.set(node, "max_age_s", Value::Null)],
    })
}

/// Newest first leaves the oldest waiting.
pub fn newest_first(ran: &FinishedRun<'_>) -> Option<Advice> {
    if !ran.missed_any(&[MetricId::EndToEndP95, MetricId::EndToEndP99, MetricId::QueueWaitP95, MetricId::QueueWaitP99])
    {
        return None;
    }
    let lifo = |node: &usize| queue(ran, *node).is_some_and(|q| q.discipline == Discipline::Lifo);
    let node = ran.context.reached(Behaviour::Stores).find(lifo)?;
    let wait = &ran.report.queue_wait;
    // Where the slowest wait hardly longer than the median, order is not the cause.
    let (p50, p95) = (wait.p50?, wait.p95?);
    if p95 < 4.0 * p50 {
        return None;
    }
    let text = format!(
        "{} hands out the newest first: half waited up to {}, but 1 in 20 longer than {}, {} times as long.",
        ran.context.name(node),
        duration_ms(p50),
        duration_ms(p95),
        number(p95 / p50.max(1.0), 0),
    );
    Some(Advice {
        seen: Finding { code: "newest-first", place: ran.context.param_place(node, "discipline"), text },
        text: format!(
            "Let {} hand out the oldest first: then nobody waits {} behind those who came later.",
            ran.context.name(node),
            duration_ms(p95)
        ),
        edits: vec![ran.set(node, "discipline", Value::Text("fifo".into()))],
    })
}
