//! What a component can do at most and what it costs, as sums that a learner can follow: servers ÷ time per booking, pieces × price.
//!
//! Only what holds by itself: where the figures of other components decide, there is no sum.

use crate::advice::lint::Demand;
use crate::design::Node;
use crate::format;
use crate::kata::Analysis;
use engine::sim::network::{Api, Clinic, Consumers, Overflow, Params, Patients, Queue};

/// Sums about a component of the analysed design, each a sentence; none while its parameters are impossible.
pub fn sums(place: &Analysis, node: &Node) -> Vec<String> {
    let Some(params) = place.params_of(node) else { return Vec::new() };
    let found = match params {
        Params::Patients(patients) => vec![Some(demand(place)), patience(patients)],
        Params::Api(api) => vec![threads(place, node, api), Some(line(api)), Some(instances(place, api))],
        Params::Queue(queue) => vec![room(place, queue), Some(messages(place))],
        Params::Consumers(pool) => vec![workers(place, node, pool), attempts(pool), Some(wages(place, pool))],
        Params::Clinic(clinic) => vec![slots(place, clinic)],
        Params::DeadLetter => vec![Some("It costs nothing, and what is parked here counts as unserved.".to_owned())],
    };
    found.into_iter().flatten().collect()
}

/// The most bookings a second that the scenario brings, surges included.
fn peak(place: &Analysis) -> f64 {
    Demand::new(&place.scenario.world).peak().1
}

fn demand(place: &Analysis) -> String {
    let demand = Demand::new(&place.scenario.world);
    let (when, most) = demand.peak();
    format!(
        "{} bookings in all; at most {} a second, from {} on.",
        format::number(demand.total(), 0),
        format::number(most, 1),
        format::clock(f64::from(place.scenario.starts_at_s) + when)
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
fn throughput(place: &Analysis, servers: u64, what: &str, seconds: f64) -> Option<String> {
    if seconds <= 0.0 {
        return None;
    }
    Some(format!(
        "{} {what} ÷ {} s = {} bookings a second; the rush brings {}.",
        format::count(servers),
        format::number(seconds, 3),
        format::number(servers as f64 / seconds, 1),
        format::number(peak(place), 1)
    ))
}

fn threads(place: &Analysis, node: &Node, api: &Api) -> Option<String> {
    let service = api.service.mean_ms() / 1e3;
    let seconds = match (leads_to_a_queue(place, node), only_clinic(place, node)) {
        (true, None) => service + api.publish.seconds(),
        (false, Some(clinic)) => service + reply_s(clinic),
        _ => return None,
    };
    throughput(place, api.instances * api.threads, "threads", seconds)
}

fn line(api: &Api) -> String {
    format!(
        "{} × {} = {} requests find room in line; the next one is rejected.",
        format::count(api.instances),
        format::count(api.accept_backlog),
        format::count(api.instances * api.accept_backlog)
    )
}

fn instances(place: &Analysis, api: &Api) -> String {
    by_the_hour(api.instances, api.instances, "instance", place.scenario.world.prices.api_instance_hour)
}

/// `Room for 1 000: full after 25 s of the rush with nobody reading; then the next one is rejected.`
fn room(place: &Analysis, queue: &Queue) -> Option<String> {
    let (capacity, peak) = (queue.capacity?, peak(place));
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

fn messages(place: &Analysis) -> String {
    let (price, peak) = (place.scenario.world.prices.queue_million, peak(place));
    format!(
        "{} messages an hour in the rush × {} a million = {} an hour; each retry is one more.",
        format::number(peak * 3600.0, 0),
        format::pounds(price),
        format::pounds(peak * 3600.0 * price / 1e6)
    )
}

fn workers(place: &Analysis, node: &Node, pool: &Consumers) -> Option<String> {
    let (_, most) = pool.scaling.workers();
    throughput(place, most, "workers", pool.handling.mean_ms() / 1e3 + reply_s(only_clinic(place, node)?))
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

fn wages(place: &Analysis, pool: &Consumers) -> String {
    let (least, most) = pool.scaling.workers();
    by_the_hour(least, most, "worker", place.scenario.world.prices.worker_hour)
}

fn slots(place: &Analysis, clinic: &Clinic) -> Option<String> {
    throughput(place, u64::from(clinic.clinics) * clinic.slots_per_clinic, "slots", reply_s(clinic))
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

/// Whether a component has a connection to a queue.
fn leads_to_a_queue(place: &Analysis, node: &Node) -> bool {
    let targets = place.number(&node.id).map_or(&[][..], |number| &place.wiring.targets[number]);
    targets.iter().any(|target| place.params[target.station].as_ref().is_some_and(|params| params.queue().is_some()))
}

/// The clinic that a component calls, if it calls just one.
fn only_clinic<'a>(place: &'a Analysis, node: &Node) -> Option<&'a Clinic> {
    let targets = &place.wiring.targets[place.number(&node.id)?];
    let mut clinics = targets.iter().filter_map(|target| place.params[target.station].as_ref()?.clinic());
    let clinic = clinics.next()?;
    clinics.next().is_none().then_some(clinic)
}

/// The mean time of a call that finds a slot.
fn reply_s(clinic: &Clinic) -> f64 {
    clinic.base.seconds() + clinic.variable.mean_ms() / 1e3
}
