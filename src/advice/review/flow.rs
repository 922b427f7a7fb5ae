//! What stood between a patient and the acknowledgement.

use crate::advice::review::{Finding, FinishedRun, THREADS_FULL};
use crate::format::{count, duration_ms, number, share};
use crate::kinds::Behaviour;
use crate::vocabulary::{ITEMS, PEOPLE, filled};

/// Messages that no worker takes.
pub fn queue_nobody_reads(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let unread =
        |queue: &usize| context.wiring.targets_that(context.design, *queue, Behaviour::Fetches).next().is_none();
    let queue = context.reached(Behaviour::Stores).find(unread)?;
    let text = format!(
        "{} {ITEMS} were acknowledged and {} confirmed: nobody reads {}.",
        count(ran.report.counts.accepted),
        count(ran.report.counts.confirmed),
        context.name(queue),
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
    let text = format!(
        "{}: all {} threads were taken while {} requests a second came, for {} of the time. {}",
        context.name(api),
        count(params.instances * params.threads),
        number(peak * context.share[api], 1),
        share(ran.utilisation(api).unwrap_or(0.0)),
        waited(ran),
    );
    Some(Finding { code: THREADS_FULL, place: context.param_place(api, "threads"), text })
}

/// How many were turned away, and how long the others waited for a word.
pub fn waited(ran: &FinishedRun<'_>) -> String {
    let counts = &ran.report.counts;
    let away = counts.rejected + counts.abandoned;
    let half =
        ran.report.acceptance.p50.map(|p50| format!("alf of the others waited over {} for a word.", duration_ms(p50)));
    match (away, half) {
        (0, Some(half)) => format!("H{}", half.replace("of the others", filled("of the {people}"))),
        (0, None) => "Nobody heard a word.".to_owned(),
        (n, half) => {
            let part = share(n as f64 / counts.arrivals.max(1) as f64);
            let half = half.map_or(String::new(), |half| format!(" H{half}"));
            format!("{} {PEOPLE} were turned away, {part}.{half}", count(n))
        }
    }
}

/// Seconds that a request holds a thread of an API that calls no clinic.
fn service_s(ran: &FinishedRun<'_>, api: usize) -> f64 {
    ran.context.api(api).map_or(0.0, |api| (api.service.mean_ms() + api.publish.millis()) / 1e3)
}
