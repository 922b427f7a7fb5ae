//! Advice about calls that fail: timeouts, breakers, attempts, and what becomes of a booking given up.

use crate::advice::lint::{mean_reply_s, sizing, slowest_reply_s};
use crate::advice::review::{Advice, Finding, FinishedRun};
use crate::design::Edit;
use crate::format::{NBSP, count, duration_s, number, share};
use crate::kata::builtin;
use crate::kinds::{Behaviour, KindId, Value};
use crate::vocabulary::{ITEM, ITEMS, PEOPLE, SERVICE, SERVICES, TWICE};
use engine::measure::MetricId;
use engine::sim::network::EventKind;
use engine::sim::time::Span;

/// The least room above the slowest reply that a new timeout gets.
const ROOM: f64 = 1.25;

/// Goals that a retry storm breaks.
const STORM: &[MetricId] =
    &[MetricId::Duplicates, MetricId::TurnedAwayRatio, MetricId::DroppedRatio, MetricId::UnservedRatio, MetricId::Cost];

/// Calls given up while the clinic worked on them.
pub fn timeout_below_reply(ran: &FinishedRun<'_>) -> Option<Advice> {
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
    let longer = (reply * ROOM).ceil();
    let when = if slow > 1.0 { " while it is slow" } else { "" };
    let text = format!(
        "{} calls were given up after {}; the {SERVICE}'s slowest reply takes {}{when}. It worked on every one of them for nothing, and {} {ITEMS} were {TWICE}.",
        count(timeouts),
        duration_s(timeout.seconds()),
        duration_s(reply),
        count(ran.report.counts.duplicates),
    );
    let advice = format!("Let {} wait for the answer: a call timeout of {}.", context.name(pool), duration_s(longer));
    Some(Advice {
        seen: Finding { code: "timeout-below-reply", place: context.param_place(pool, "timeout_ms"), text },
        text: advice,
        edits: vec![ran.set(pool, "timeout_ms", Value::Number(longer * 1e3))],
    })
}

/// The failures in a row that open a breaker, and how long it stays open, as the advice has it.
const FAILURES: u64 = 10;
const OPEN_S: u64 = 30;

/// Bookings given up because the clinic was dark, and nothing stopped the calls.
pub fn no_breaker(ran: &FinishedRun<'_>) -> Option<Advice> {
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
    let advice = format!(
        "Keep {ITEMS} in the queue while the {SERVICES} are dark: a breaker on {} that opens after {FAILURES} failures in a row, for {OPEN_S}{NBSP}s.",
        context.name(pool),
    );
    let breaker = Value::literal(&format!("{{\"failures\":{FAILURES},\"open_s\":{OPEN_S}}}"));
    Some(Advice {
        seen: Finding { code: "no-breaker", place: context.param_place(pool, "breaker"), text },
        text: advice,
        edits: vec![ran.set(pool, "breaker", breaker)],
    })
}

/// A breaker that opens at every trifle, or stays open for long.
pub fn nervous_breaker(ran: &FinishedRun<'_>) -> Option<Advice> {
    let context = &ran.context;
    let opened = ran.report.counts.breaker_opened;
    if opened == 0 || !(ran.fell_behind() || ran.let_down()) {
        return None;
    }
    let mild = |p: &usize| {
        context
            .pool(*p)
            .and_then(|p| p.breaker)
            .is_some_and(|b| u64::from(b.failures) < FAILURES || b.open.seconds() > 2.0 * OPEN_S as f64)
    };
    let pool = context.reached(Behaviour::Fetches).find(mild)?;
    let breaker = context.pool(pool)?.breaker?;
    let text = format!(
        "The breaker of {} opened {} times: {} failures in a row are enough, and then no call is made for {}.",
        context.name(pool),
        count(opened),
        count(u64::from(breaker.failures)),
        duration_s(breaker.open.seconds()),
    );
    let advice = format!(
        "Let the breaker of {} open after {FAILURES} failures in a row, for {OPEN_S}{NBSP}s.",
        context.name(pool)
    );
    let calm = Value::literal(&format!("{{\"failures\":{FAILURES},\"open_s\":{OPEN_S}}}"));
    Some(Advice {
        seen: Finding { code: "nervous-breaker", place: context.param_place(pool, "breaker"), text },
        text: advice,
        edits: vec![ran.set(pool, "breaker", calm)],
    })
}

/// The attempts that the advice gives a message, and the fewest that bring no advice.
const ATTEMPTS: u32 = 4;

/// Bookings given up after hardly a try.
pub fn few_attempts(ran: &FinishedRun<'_>) -> Option<Advice> {
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
    Some(Advice {
        seen: Finding { code: "few-attempts", place: context.param_place(pool, "attempts"), text },
        text: format!(
            "Let {} try each {ITEM} {ATTEMPTS} times; the waits in between grow from {}.",
            context.name(pool),
            duration_s(context.pool(pool)?.backoff_base.seconds())
        ),
        edits: vec![ran.set(pool, "attempts", Value::Number(f64::from(ATTEMPTS)))],
    })
}

/// Bookings that vanished because there is nowhere to park them.
pub fn nowhere_to_park(ran: &FinishedRun<'_>) -> Option<Advice> {
    let context = &ran.context;
    let lost = ran.report.counts.lost;
    if lost == 0 || !ran.let_down() {
        return None;
    }
    let parks = |node| context.wiring.targets_that(context.design, node, Behaviour::Parks).next().is_some();
    let pool = context.reached(Behaviour::Fetches).find(|&p| !parks(p) && !context.wiring.sources(p).all(parks))?;
    let node = &context.design.nodes[pool];
    let parked = context.design.nodes.iter().find(|n| n.behaviour() == Behaviour::Parks);
    let mut edits = Vec::new();
    let to = match parked {
        Some(parked) => parked.id.clone(),
        None => {
            let new = builtin::part(context.design, KindId::DeadLetter, node.x, node.y + 160.0);
            edits.push(Edit::Add { node: new.clone() });
            new.id
        }
    };
    edits.push(Edit::Connect { from: node.id.clone(), to });
    let text = format!(
        "{} {ITEMS} vanished: their calls failed, and {} has nowhere to park them.",
        count(lost),
        context.name(pool)
    );
    Some(Advice {
        seen: Finding { code: "nowhere-to-park", place: context.place(pool), text },
        text: format!(
            "Connect {} to Dead letters: then someone can call the {} {PEOPLE} whose {ITEMS} vanished.",
            context.name(pool),
            number(lost as f64, 0)
        ),
        edits,
    })
}
