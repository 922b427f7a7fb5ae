//! Calls that failed: timeouts, attempts, and what became of a booking given up.

use crate::advice::lint::{mean_reply_s, sizing, slowest_reply_s};
use crate::advice::review::{Finding, FinishedRun};
use crate::format::{count, duration_s, share};
use crate::kinds::Behaviour;
use crate::vocabulary::{ITEMS, SERVICE, SERVICES, TWICE};
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
    let when = if slow > 1.0 { " while it is slow" } else { "" };
    let text = format!(
        "{} calls were given up after {}; the {SERVICE}'s slowest reply takes {}{when}. It worked on every one of them for nothing, and {} {ITEMS} were {TWICE}.",
        count(timeouts),
        duration_s(timeout.seconds()),
        duration_s(reply),
        count(ran.report.counts.duplicates),
    );
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
    let fate = if counts.dead_lettered >= counts.lost { "parked as dead letters" } else { "lost" };
    let dark = format!("The {SERVICES} were dark for {}", duration_s(dark_s));
    let text = match given_up {
        0 => format!("{dark}: {} calls failed, and their {ITEMS} waited for one more.", count(counts.clinic_errors)),
        n => format!("{dark}: {} {ITEMS} failed {} times each and were {fate}.", count(n), count(u64::from(attempts))),
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
    let text = format!(
        "{} {ITEMS} ({}) were given up after {}.",
        count(given_up),
        share(given_up as f64 / counts.accepted.max(1) as f64),
        if attempts == 1 { "1 failed call".to_owned() } else { format!("{attempts} failed calls") },
    );
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
    let text =
        format!("{} {ITEMS} vanished: their calls failed, and {} kept none of them.", count(lost), context.name(pool));
    Some(Finding { code: "nowhere-to-park", place: context.place(pool), text })
}
