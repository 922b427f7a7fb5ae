//! Queues: their room, their age limit, their order.

use crate::advice::review::pools::clinic_limit;
use crate::advice::review::{Finding, FinishedRun};
use crate::format::{count, duration_ms, duration_s, number, share};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::MetricId;
use engine::sim::network::{Discipline, Overflow, Params, Queue};

fn queue<'a>(ran: &'a FinishedRun<'_>, node: usize) -> Option<&'a Queue> {
    match &ran.context.params[node] {
        Some(Params::Queue(queue)) => Some(queue),
        _ => None,
    }
}

/// The queue that was full, with the room it has.
fn was_full(ran: &FinishedRun<'_>, overflow: Overflow) -> Option<(usize, u64)> {
    ran.context.reached(Behaviour::Stores).find_map(|node| {
        let queue = queue(ran, node)?;
        let room = queue.capacity.filter(|room| queue.overflow == overflow && ran.report.backlog.max >= *room)?;
        Some((node, room))
    })
}

/// A full queue that threw away what had been accepted.
pub fn drops_the_oldest(ran: &FinishedRun<'_>) -> Option<Finding> {
    let counts = &ran.report.counts;
    let gone = counts.dead_lettered + counts.lost;
    if !ran.let_down() || gone == 0 {
        return None;
    }
    let (node, room) = was_full(ran, Overflow::DropOldest)?;
    let text = say!(
        "review.drops_the_oldest",
        name = ran.context.name(node),
        room = count(room),
        n = count(gone),
        share = share(gone as f64 / counts.accepted.max(1) as f64),
    );
    Some(Finding { code: "drops-the-oldest", place: ran.context.param_place(node, "overflow"), text })
}

/// A queue that turned bookings away though more might have waited.
pub fn full(ran: &FinishedRun<'_>) -> Option<Finding> {
    let counts = &ran.report.counts;
    if !ran.turned_away() || counts.rejected == 0 {
        return None;
    }
    let (node, room) = was_full(ran, Overflow::Reject)?;
    let allowed = ran.context.goal(MetricId::MaxBacklog);
    if allowed.is_some_and(|most| room as f64 >= most) {
        return None;
    }
    let name = ran.context.name(node);
    let text = say!(
        "review.queue_full",
        name,
        room = count(room),
        n = count(counts.rejected),
        share = share(counts.rejected as f64 / counts.arrivals.max(1) as f64),
    );
    Some(Finding { code: "queue-full", place: ran.context.param_place(node, "capacity"), text })
}

/// A queue that takes in more than the clinics can do, for so long that those at its end wait too long.
pub fn without_bound(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    if !ran.fell_behind() || ran.turned_away() {
        return None;
    }
    let most = context.goal(MetricId::MaxBacklog)?;
    // Where nobody may be turned away, a limit is no help.
    context
        .goal(MetricId::TurnedAwayRatio)
        .or_else(|| context.goal(MetricId::UnservedRatio))
        .filter(|may| *may > 0.0)?;
    let node = context
        .reached(Behaviour::Stores)
        .find(|&node| queue(ran, node).is_some_and(|queue| queue.capacity.is_none_or(|room| room as f64 > most)))?;
    let pools = context.wiring.targets_that(context.design, node, Behaviour::Fetches);
    let limit: f64 = pools.map(|pool| clinic_limit(ran, pool)).fold(0.0, f64::max);
    let peak = context.demand.peak().1 * context.share[node];
    if peak <= limit {
        return None;
    }
    let name = context.name(node);
    let text = say!(
        "review.without_bound",
        name,
        rate = number(peak, 1),
        most = number(limit, 1),
        max = count(ran.report.backlog.max),
        time = duration_ms(ran.report.queue_wait.p95.unwrap_or(0.0)),
    );
    Some(Finding { code: "queue-without-bound", place: context.param_place(node, "capacity"), text })
}

/// Messages thrown out because they waited too long.
pub fn too_old(ran: &FinishedRun<'_>) -> Option<Finding> {
    let counts = &ran.report.counts;
    let gone = counts.dead_lettered + counts.lost;
    if !ran.let_down() || gone == 0 {
        return None;
    }
    let waited = ran.series.bins.iter().map(|b| b.oldest_age).max()?;
    let limited = |node: &usize| {
        queue(ran, *node).and_then(|q| q.max_age).is_some_and(|age| waited.seconds() >= 0.8 * age.seconds())
    };
    let node = ran.context.reached(Behaviour::Stores).find(limited)?;
    let age = queue(ran, node)?.max_age?;
    let text = say!(
        "review.too_old",
        name = ran.context.name(node),
        age = duration_s(age.seconds()),
        waited = duration_s(waited.seconds()),
        n = count(gone),
    );
    Some(Finding { code: "too-old", place: ran.context.param_place(node, "max_age_s"), text })
}

/// Newest first leaves the oldest waiting.
pub fn newest_first(ran: &FinishedRun<'_>) -> Option<Finding> {
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
    let text = say!(
        "review.newest_first",
        name = ran.context.name(node),
        half = duration_ms(p50),
        slow = duration_ms(p95),
        times = number(p95 / p50.max(1.0), 0),
    );
    Some(Finding { code: "newest-first", place: ran.context.param_place(node, "discipline"), text })
}
