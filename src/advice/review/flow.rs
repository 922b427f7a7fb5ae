//! Advice about the way that a booking takes: what stands between a patient and the acknowledgement.

use crate::advice::lint::{fastest_reply_s, mean_reply_s, slowest_reply_s};
use crate::advice::review::{Advice, Finding, FinishedRun};
use crate::design::{Edit, NodeId};
use crate::format::{NBSP, count, duration_ms, duration_s, number, share};
use crate::kata::builtin;
use crate::kinds::{Behaviour, KindId, Value};
use crate::vocabulary::{ITEMS, PEOPLE, PERIOD, SERVICES};
use engine::measure::MetricId;

/// Patients wait while the API asks the clinic.
pub fn clinic_on_the_fast_path(ran: &FinishedRun<'_>) -> Option<Advice> {
    let context = &ran.context;
    let limit = [MetricId::AcceptanceP95, MetricId::AcceptanceP50, MetricId::AcceptanceP99]
        .into_iter()
        .find(|m| ran.missed(*m))?;
    let limit = context.goal(limit)?;
    let (api, target) = context
        .reached(Behaviour::PassesOn)
        .find_map(|api| context.clinics(api).next().map(|(target, clinic)| (api, (target.station, clinic))))?;
    let (clinic_node, clinic) = target;
    let reply = match (fastest_reply_s(clinic), slowest_reply_s(clinic)) {
        (fastest, Some(slowest)) if fastest < slowest => format!("{fastest:.1}–{slowest:.1}{NBSP}s"),
        _ => format!("{} on average", duration_s(mean_reply_s(clinic))),
    };
    let heard = match ran.report.acceptance.p95 {
        Some(p95) => format!("95{NBSP}% of {PEOPLE} heard back within {}", duration_ms(p95)),
        None => format!("None of {} {PEOPLE} heard back", count(ran.report.counts.arrivals)),
    };
    let text = format!(
        "{heard}; the limit is {}. {} asks {} first, and that takes {reply}.",
        duration_ms(limit),
        context.name(api),
        context.name(clinic_node),
    );
    let advice = format!(
        "Take the reply of {}, {reply}, off the fast path: put a queue and consumers between {} and {}.",
        context.name(clinic_node),
        context.name(api),
        context.name(clinic_node),
    );
    Some(Advice {
        seen: Finding { code: "clinic-on-the-fast-path", place: context.place(api), text },
        text: advice,
        edits: put_between(ran, api, clinic_node),
    })
}

/// A queue and a pool between an API and a clinic, at a third and two thirds of the way.
fn put_between(ran: &FinishedRun<'_>, api: usize, clinic: usize) -> Vec<Edit> {
    let design = ran.context.design;
    let (from, to) = (&design.nodes[api], &design.nodes[clinic]);
    let at = |part: f64| (from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    let part = |kind: KindId, place: (f64, f64)| builtin::part(design, kind, place.0, place.1);
    let (queue, pool) = (part(KindId::Queue, at(1.0 / 3.0)), part(KindId::Consumers, at(2.0 / 3.0)));
    let connect = |from: &NodeId, to: &NodeId| Edit::Connect { from: from.clone(), to: to.clone() };
    vec![
        Edit::Remove { nodes: Vec::new(), edges: vec![(from.id.clone(), to.id.clone())] },
        Edit::Add { node: queue.clone() },
        Edit::Add { node: pool.clone() },
        connect(&from.id, &queue.id),
        connect(&queue.id, &pool.id),
        connect(&pool.id, &to.id),
    ]
}

/// Messages that no worker takes.
pub fn queue_nobody_reads(ran: &FinishedRun<'_>) -> Option<Advice> {
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
    let pool = context.reached(Behaviour::Fetches).next().or_else(|| {
        let all = &context.design.nodes;
        (0..all.len()).find(|&n| all[n].behaviour() == Behaviour::Fetches)
    });
    let edits = pool.map(|pool| Edit::Connect { from: ran.id(queue), to: ran.id(pool) }).into_iter().collect();
    let advice = format!(
        "Connect {} to consumers that call the {SERVICES}: {} messages wait for them.",
        context.name(queue),
        count(ran.report.backlog.last)
    );
    Some(Advice {
        seen: Finding { code: "queue-nobody-reads", place: context.place(queue), text },
        text: advice,
        edits,
    })
}

/// An API whose threads are all busy though it calls no clinic.
pub fn threads_full(ran: &FinishedRun<'_>) -> Option<Advice> {
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
    let (rate, service) = (peak * context.share[api], service_s(ran, api));
    let needed = rate * service;
    // Half as many again, so that chance finds a thread free.
    let threads = (needed * 1.5 / params.instances as f64).ceil().max(1.0);
    let text = format!(
        "The peak of {} requests a second × {} keeps {} threads busy; {} has {}, busy {} of the {PERIOD}.",
        number(rate, 1),
        duration_s(service),
        number(needed.ceil(), 0),
        context.name(api),
        count(params.instances * params.threads),
        share(ran.utilisation(api).unwrap_or(0.0)),
    );
    let advice = format!(
        "Give each of the {} instances of {} {} threads.",
        count(params.instances),
        context.name(api),
        number(threads, 0)
    );
    Some(Advice {
        seen: Finding { code: "threads-full", place: context.param_place(api, "threads"), text },
        text: advice,
        edits: vec![ran.set(api, "threads", Value::Number(threads))],
    })
}

/// Seconds that a request holds a thread of an API that calls no clinic.
fn service_s(ran: &FinishedRun<'_>, api: usize) -> f64 {
    ran.context.api(api).map_or(0.0, |api| (api.service.mean_ms() + api.publish.millis()) / 1e3)
}
