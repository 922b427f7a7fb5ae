//! Calls that failed: timeouts, attempts, and what became of a booking given up.

use crate::advice::lint::{mean_reply_s, sizing, slowest_reply_s};
use crate::advice::review::{Finding, FinishedRun};
use crate::format::{count, duration_s, share};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::MetricId;
use engine::sim::network::EventKind;
use engine::sim::time::Span;

/// Goals that a retry storm breaks.
const STORM: &[MetricId] =
    &[MetricId::Duplicates, MetricId::TurnedAwayRatio, MetricId::DroppedRatio, MetricId::UnservedRatio, MetricId::Cost];

/// Calls given up while the clinic worked on them.
pub fn timeout_below_reply(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let timeouts = ran.report.counts.timeouts;
    if timeouts == 0 || !(ran.fell_behind() || ran.missed_any(STORM)) {
        return None;
    }
    let slow = sizing::slowest_factor(context);
    let (pool, timeout, reply) = context.reached(Behaviour::Fetches).find_map(|pool| {
        let timeout = context.pool(pool)?.timeout?;
        let replies = context.clinics(pool).map(|(_, c)| slowest_reply_s(c).unwrap_or(3.0 * mean_reply_s(c)) * slow);
        let reply = replies.reduce(f64::max)?;
        (timeout < Span::from_seconds(reply)).then_some((pool, timeout, reply))
    })?;
    let (n, duplicates) = (count(timeouts), count(ran.report.counts.duplicates));
    let (timeout, reply) = (duration_s(timeout.seconds()), duration_s(reply));
    let text = match slow > 1.0 {
        true => say!("review.timeout_below_slow", n, timeout, reply, duplicates),
        false => say!("review.timeout_below", n, timeout, reply, duplicates),
    };
    Some(Finding { code: "timeout-below-reply", place: context.param_place(pool, "timeout_ms"), text })
}

/// Bookings given up because the clinic was dark, and nothing stopped the calls.
pub fn no_breaker(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let counts = &ran.report.counts;
    let given_up = counts.dead_lettered + counts.lost;
    if !(ran.let_down() && given_up > 0 || ran.fell_behind() && counts.clinic_errors > 0) {
        return None;
    }
    let dark_s: f64 = context
        .scenario
        .world
        .events
        .iter()
        .filter(|e| e.what == EventKind::Outage)
        .map(|e| (e.to - e.from).seconds())
        .sum();
    if dark_s == 0.0 {
        return None;
    }
    let pool = context.reached(Behaviour::Fetches).find(|&p| context.pool(p).is_some_and(|p| p.breaker.is_none()))?;
    let attempts = context.pool(pool)?.attempts;
    // With few attempts who waits too long waits for something else.
    if given_up == 0 && attempts <= ATTEMPTS {
        return None;
    }
    let (dark, n, attempts) = (duration_s(dark_s), count(given_up), count(u64::from(attempts)));
    let text = match given_up {
        0 => say!("review.dark_calls", dark, n = count(counts.clinic_errors)),
        _ if counts.dead_lettered >= counts.lost => say!("review.dark_parked", dark, n, attempts),
        _ => say!("review.dark_lost", dark, n, attempts),
    };
    Some(Finding { code: "no-breaker", place: context.param_place(pool, "breaker"), text })
}

/// Fewer attempts than this are few.
const ATTEMPTS: u32 = 4;

/// Bookings given up after hardly a try.
pub fn few_attempts(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let counts = &ran.report.counts;
    let given_up = counts.dead_lettered + counts.lost;
    if !ran.let_down() || given_up == 0 || counts.clinic_errors + counts.timeouts == 0 {
        return None;
    }
    let pool = context.reached(Behaviour::Fetches).find(|&p| context.pool(p).is_some_and(|p| p.attempts < ATTEMPTS))?;
    let attempts = context.pool(pool)?.attempts;
    let share = share(given_up as f64 / counts.accepted.max(1) as f64);
    let text = say!("review.few_attempts", plural = attempts, n = count(given_up), share, attempts);
    Some(Finding { code: "few-attempts", place: context.param_place(pool, "attempts"), text })
}

/// Bookings that vanished because there is nowhere to park them.
pub fn nowhere_to_park(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let lost = ran.report.counts.lost;
    if lost == 0 || !ran.let_down() {
        return None;
    }
    let parks = |node| context.wiring.targets_that(context.design, node, Behaviour::Parks).next().is_some();
    let pool = context.reached(Behaviour::Fetches).find(|&p| !parks(p) && !context.wiring.sources(p).all(parks))?;
    let text = say!("review.nowhere_to_park", n = count(lost), name = context.name(pool));
    Some(Finding { code: "nowhere-to-park", place: context.place(pool), text })
}
