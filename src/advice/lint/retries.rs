//! Warnings about calls that fail: timeouts, retries, and what becomes of a message given up.

use crate::advice::lint::sizing::slowest_factor;
use crate::advice::lint::{Context, mean_reply_s, slowest_reply_s};
use crate::design::{Code, Problem};
use crate::format::duration_s;
use crate::kinds::Behaviour;
use crate::say;
use engine::sim::network::{Clinic, Consumers, EventKind};
use engine::sim::time::Span;

/// A timeout that the clinic's slowest reply in this scenario is longer than: said once calls have failed.
pub fn timeout_below_reply(context: &Context<'_>, found: &mut Vec<Problem>) {
    if !context.seen.failures {
        return;
    }
    for node in context.reached(Behaviour::PassesOn).chain(context.reached(Behaviour::Fetches)) {
        let (timeout, param) = match (context.api(node), context.pool(node)) {
            (Some(api), _) => (api.call_timeout, "call_timeout_ms"),
            (_, Some(Consumers { timeout: Some(timeout), .. })) => (*timeout, "timeout_ms"),
            _ => continue,
        };
        // That the clinics get slower is a surprise until a run has shown it.
        let slow = if context.seen.a_run { slowest_factor(context) } else { 1.0 };
        let longest = context.clinics(node).map(|(_, clinic)| reply(clinic, slow)).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((reply_s, bounded)) = longest.filter(|(reply_s, _)| Span::from_seconds(*reply_s) > timeout) else {
            continue;
        };
        let (name, timeout, reply) = (context.name(node), duration_s(timeout.seconds()), duration_s(reply_s));
        let text = match (bounded, slow > 1.0) {
            (true, false) => say!("lint.slowest_late", name, timeout, reply),
            (true, true) => say!("lint.slowest_late_slow", name, timeout, reply),
            (false, false) => say!("lint.average_late", name, timeout, reply),
            (false, true) => say!("lint.average_late_slow", name, timeout, reply),
        };
        found.push(Problem::warning(Code::TimeoutBelowReply, context.param_place(node, param), text));
    }
}

/// The slowest reply in seconds, or the mean where nothing bounds it, and whether something does.
fn reply(clinic: &Clinic, slow: f64) -> (f64, bool) {
    match slowest_reply_s(clinic) {
        Some(slowest) => (slowest * slow, true),
        None => (mean_reply_s(clinic) * slow, false),
    }
}

/// Retries that all come back at the same moment: said once a run has ended in which calls have failed.
pub fn no_jitter(context: &Context<'_>, found: &mut Vec<Problem>) {
    if !(context.seen.a_run && context.seen.failures) {
        return;
    }
    for node in context.reached(Behaviour::Fetches) {
        let Some(pool) = context.pool(node).filter(|pool| !pool.jitter && pool.attempts > 1) else { continue };
        let backoff = pool.backoff_base.seconds().min(pool.backoff_max.seconds());
        let text =
            say!("lint.no_jitter", name = context.name(node), backoff = duration_s(backoff), attempts = pool.attempts);
        found.push(Problem::warning(Code::NoJitter, context.param_place(node, "jitter"), text));
    }
}

/// Messages that are given up and parked nowhere: said once calls have failed.
pub fn no_dead_letters(context: &Context<'_>, found: &mut Vec<Problem>) {
    if !context.seen.failures {
        return;
    }
    let parks = |node| context.wiring.targets_that(context.design, node, Behaviour::Parks).next().is_some();
    for node in context.reached(Behaviour::Fetches) {
        let Some(pool) = context.pool(node) else { continue };
        if parks(node) || context.wiring.sources(node).all(parks) {
            continue;
        }
        let name = context.name(node);
        let text = say!("lint.no_dead_letters", plural = pool.attempts, n = pool.attempts, name);
        found.push(Problem::warning(Code::NoDeadLetters, context.place(node), text));
    }
}

/// A pool that goes on calling clinics that are dark: said once a run has shown that they go dark.
pub fn no_breaker(context: &Context<'_>, found: &mut Vec<Problem>) {
    if !(context.seen.a_run && context.seen.failures) {
        return;
    }
    let dark = context.scenario.world.events.iter().filter(|e| e.what == EventKind::Outage);
    let Some(dark) = dark.max_by_key(|e| e.to.since(e.from)) else { return };
    let length = dark.to.since(dark.from).seconds();
    for node in context.reached(Behaviour::Fetches) {
        let Some(pool) = context.pool(node).filter(|pool| pool.breaker.is_none()) else { continue };
        let refused = context.clinics(node).map(|(_, clinic)| clinic.base.seconds()).fold(0.0, f64::max);
        let lasts = given_up_after_s(pool, pool.handling.mean_ms() / 1e3 + refused);
        // With retries for longer than the outage, nothing is given up.
        if lasts >= length {
            continue;
        }
        let text = say!(
            "lint.no_breaker",
            plural = pool.attempts,
            length = duration_s(length),
            from = context.clock(dark.from.seconds()),
            name = context.name(node),
            n = pool.attempts,
            lasts = duration_s(lasts)
        );
        found.push(Problem::warning(Code::NoBreaker, context.param_place(node, "breaker"), text));
    }
}

/// From a message's first call to its last one's failure, in seconds, if each call fails after `call_s` and each delay is as long as it can be.
fn given_up_after_s(pool: &Consumers, call_s: f64) -> f64 {
    let (mut all, mut delay) = (f64::from(pool.attempts) * call_s, pool.backoff_base.seconds());
    for _ in 1..pool.attempts {
        all += delay.min(pool.backoff_max.seconds());
        delay *= pool.backoff_factor;
    }
    all
}
