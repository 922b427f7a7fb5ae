//! What a component can do at most and what it costs, as sums that a learner can follow: servers ÷ time per booking, pieces × price.
//!
//! Only what holds by itself: where the figures of other components decide, there is no sum.

use super::super::diagram::Scene;
use crate::design::Node;
use crate::design::compile::station_params;
use crate::kata::lint::Demand;
use crate::kinds::KindId;
use crate::measure::format;
use crate::sim::network::{Api, Clinic, Consumers, Overflow, Params, Patients, Queue, Scaling};

/// Sums about a component, each a sentence; none while its parameters are impossible.
pub fn sums(scene: &Scene, node: &Node) -> Vec<String> {
    let Ok(params) = station_params(node, &scene.scenario.given) else { return Vec::new() };
    let found = match &params {
        Params::Patients(patients) => vec![Some(demand(scene)), patience(patients)],
        Params::Api(api) => vec![threads(scene, node, api), Some(line(api)), Some(instances(scene, api))],
        Params::Queue(queue) => vec![room(scene, queue), Some(messages(scene))],
        Params::Consumers(pool) => vec![workers(scene, node, pool), attempts(pool), Some(wages(scene, node))],
        Params::Clinic(clinic) => vec![slots(scene, clinic)],
        Params::DeadLetter => vec![Some("It costs nothing, and what is parked here counts as unserved.".to_owned())],
    };
    found.into_iter().flatten().collect()
}

/// The most bookings a second that the scenario brings, surges included.
fn peak(scene: &Scene) -> f64 {
    Demand::new(&scene.scenario.world).peak().0
}

fn demand(scene: &Scene) -> String {
    let demand = Demand::new(&scene.scenario.world);
    let (most, when) = demand.peak();
    format!(
        "{} bookings in all; at most {} a second, from {} on.",
        format::number(demand.total(), 0),
        format::number(most, 1),
        format::time_of_day(f64::from(scene.scenario.starts_at_s) + when)
    )
}

/// `(2 retries + 1) × 10 s + 2 × 5 s = 40 s until a patient gives up.`
fn patience(patients: &Patients) -> Option<String> {
    let (patience, again) = (patients.patience?.seconds(), patients.retry_after.seconds());
    let retries = f64::from(patients.retries);
    let s = |seconds: f64| format!("{} s", format::number(seconds, 1));
    Some(if retries > 0.0 {
        format!(
            "{} tries × {} + {} × {} between = {} until a patient gives up.",
            format::number(retries + 1.0, 0),
            s(patience),
            format::number(retries, 0),
            s(again),
            s((retries + 1.0) * patience + retries * again)
        )
    } else {
        format!("A patient gives up after {}.", s(patience))
    })
}

/// `90 workers ÷ 2.01 s = 44.8 bookings a second; the rush brings 40.`
fn throughput(scene: &Scene, servers: u64, what: &str, seconds: f64) -> Option<String> {
    if seconds <= 0.0 {
        return None;
    }
    Some(format!(
        "{} {what} ÷ {} s = {} bookings a second; the rush brings {}.",
        format::count(servers),
        format::number(seconds, 3),
        format::number(servers as f64 / seconds, 1),
        format::number(peak(scene), 1)
    ))
}

fn threads(scene: &Scene, node: &Node, api: &Api) -> Option<String> {
    let service = api.service.mean_ms() / 1e3;
    let seconds = match (leads_to(scene, node, KindId::Queue), only_clinic(scene, node)) {
        (true, None) => service + api.publish.seconds(),
        (false, Some(clinic)) => service + reply_s(&clinic),
        _ => return None,
    };
    throughput(scene, api.instances * api.threads, "threads", seconds)
}

fn line(api: &Api) -> String {
    format!(
        "{} × {} = {} requests may stand in line; the next one is rejected.",
        format::count(api.instances),
        format::count(api.accept_backlog),
        format::count(api.instances * api.accept_backlog)
    )
}

fn instances(scene: &Scene, api: &Api) -> String {
    by_the_hour(api.instances, api.instances, "instance", scene.scenario.world.prices.api_instance_hour)
}

/// `Room for 1 000: full after 25 s of the rush with nobody reading; then the next one is rejected.`
fn room(scene: &Scene, queue: &Queue) -> Option<String> {
    let (capacity, peak) = (queue.capacity?, peak(scene));
    let then = match queue.overflow {
        Overflow::Reject => "the next one is rejected",
        Overflow::DropOldest => "the oldest is discarded for the next one",
    };
    (peak > 0.0).then(|| {
        format!(
            "{} messages ÷ {} a second = {} of the rush while nobody reads; then {then}.",
            format::count(capacity),
            format::number(peak, 1),
            format::duration_s(capacity as f64 / peak)
        )
    })
}

fn messages(scene: &Scene) -> String {
    let (price, peak) = (scene.scenario.world.prices.queue_million, peak(scene));
    format!(
        "{} messages an hour in the rush × {} a million = {} an hour; each retry is one more.",
        format::number(peak * 3600.0, 0),
        format::pounds(price),
        format::pounds(peak * 3600.0 * price / 1e6)
    )
}

fn workers(scene: &Scene, node: &Node, pool: &Consumers) -> Option<String> {
    let most = match &pool.scaling {
        Scaling::Fixed { workers } => *workers,
        Scaling::Demand { max, .. } => *max,
        Scaling::Schedule { workers, steps, .. } => steps.iter().map(|(_, n)| *n).fold(*workers, u64::max),
    };
    throughput(scene, most, "workers", pool.handling.mean_ms() / 1e3 + reply_s(&only_clinic(scene, node)?))
}

/// `4 attempts × 10 s + 7 s of backoff = 47 s at most until a message is given up.`
fn attempts(pool: &Consumers) -> Option<String> {
    let timeout = pool.timeout?.seconds();
    let delay = |n: u32| {
        let grown = pool.backoff_base.seconds() * pool.backoff_factor.powi(n as i32);
        grown.min(pool.backoff_max.seconds())
    };
    let backoff: f64 = (0..pool.attempts.saturating_sub(1)).map(delay).sum();
    Some(format!(
        "{} attempt{} × {} s + {} of backoff = {} at most until a message is given up.",
        format::count(u64::from(pool.attempts)),
        if pool.attempts == 1 { "" } else { "s" },
        format::number(timeout, 1),
        format::duration_s(backoff),
        format::duration_s(f64::from(pool.attempts) * timeout + backoff)
    ))
}

fn wages(scene: &Scene, node: &Node) -> String {
    let (least, most) = super::super::diagram::workers(node);
    by_the_hour(least, most, "worker", scene.scenario.world.prices.worker_hour)
}

fn slots(scene: &Scene, clinic: &Clinic) -> Option<String> {
    throughput(scene, u64::from(clinic.clinics) * clinic.slots_per_clinic, "slots", reply_s(clinic))
}

/// `20 workers × £0.12 = £2.40 an hour.`
fn by_the_hour(least: u64, most: u64, one: &str, price: f64) -> String {
    let sum = |n: u64| format::pounds(n as f64 * price);
    let many = if most == 1 { one.to_owned() } else { format!("{one}s") };
    if least == most {
        return format!("{} {many} × {} = {} an hour.", format::count(most), format::pounds(price), sum(most));
    }
    let range = format!("{}–{}", format::count(least), format::count(most));
    format!("{range} {many} × {} = {} to {} an hour.", format::pounds(price), sum(least), sum(most))
}

fn leads_to(scene: &Scene, node: &Node, kind: KindId) -> bool {
    scene.design.edges.iter().any(|e| e.from == node.id && scene.design.node(&e.to).is_some_and(|n| n.kind == kind))
}

/// The clinic that a component calls, if it calls just one.
fn only_clinic(scene: &Scene, node: &Node) -> Option<Clinic> {
    let called = scene.design.edges.iter().filter(|e| e.from == node.id).filter_map(|e| scene.design.node(&e.to));
    let mut clinics = called.filter(|n| n.kind == KindId::Clinic);
    let clinic = clinics.next()?;
    match station_params(clinic, &scene.scenario.given).ok()? {
        Params::Clinic(found) if clinics.next().is_none() => Some(found),
        _ => None,
    }
}

/// The mean time of a call that finds a slot.
fn reply_s(clinic: &Clinic) -> f64 {
    clinic.base.seconds() + clinic.variable.mean_ms() / 1e3
}
