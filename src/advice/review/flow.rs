//! What stood between a patient and the acknowledgement.

use crate::advice::review::{Finding, FinishedRun, THREADS_FULL};
use crate::format::{count, duration_ms, number, share};
use crate::kinds::Behaviour;
use crate::say;

/// Messages that no worker takes.
pub fn queue_nobody_reads(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let unread =
        |queue: &usize| context.wiring.targets_that(context.design, *queue, Behaviour::Fetches).next().is_none();
    let queue = context.reached(Behaviour::Stores).find(unread)?;
    let text = say!(
        "review.nobody_reads",
        accepted = count(ran.report.counts.accepted),
        confirmed = count(ran.report.counts.confirmed),
        name = context.name(queue),
    );
    Some(Finding { code: "queue-nobody-reads", place: context.place(queue), text })
}

/// An API whose threads are all busy though it calls no clinic.
pub fn threads_full(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    if !ran.answers_late() && !ran.turned_away() {
        return None;
    }
    let peak = context.demand.peak().1;
    let api = context.reached(Behaviour::PassesOn).find(|&api| {
        let Some(params) = context.api(api) else { return false };
        let servers = (params.instances * params.threads) as f64;
        context.clinics(api).next().is_none() && peak * context.share[api] * service_s(ran, api) >= servers
    })?;
    let params = context.api(api)?;
    let full = say!(
        "review.threads_full",
        name = context.name(api),
        threads = count(params.instances * params.threads),
        rate = number(peak * context.share[api], 1),
        share = share(ran.utilisation(api).unwrap_or(0.0)),
    );
    let text = format!("{full} {}", waited(ran));
    Some(Finding { code: THREADS_FULL, place: context.param_place(api, "threads"), text })
}

/// How many were turned away, and how long the others waited for a word.
pub fn waited(ran: &FinishedRun<'_>) -> String {
    let counts = &ran.report.counts;
    let away = counts.rejected + counts.abandoned;
    match (away, ran.report.acceptance.p50.map(duration_ms)) {
        (0, Some(time)) => say!("review.half_waited", time),
        (0, None) => say!("review.nobody_heard").to_owned(),
        (n, half) => {
            let share = share(n as f64 / counts.arrivals.max(1) as f64);
            let away = say!("review.turned_away", n = count(n), share);
            half.map_or(away.clone(), |time| format!("{away} {}", say!("review.half_of_others", time)))
        }
    }
}

/// Seconds that a request holds a thread of an API that calls no clinic.
fn service_s(ran: &FinishedRun<'_>, api: usize) -> f64 {
    ran.context.api(api).map_or(0.0, |api| (api.service.mean_ms() + api.publish.millis()) / 1e3)
}
