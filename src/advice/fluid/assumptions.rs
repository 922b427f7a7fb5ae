//! Where the fluid estimate holds: what a network brings about that it knows nothing of.

use crate::advice::fluid::{Disruptions, clinics};
use crate::say;
use engine::sim::network::{Api, Clinic, Consumers, EventKind, Network, Params};
use engine::sim::rate_segments;

/// What the estimate knows nothing of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    Timeouts,
    /// Clinics go dark and a pool without a breaker goes on calling.
    GivenUp,
    /// An age limit, or a capacity of one queue among several.
    QueueLimits,
    Rejections,
    /// Clinics that are not equally popular, of which the busiest fills up while others have slots free.
    Skew,
}

impl Without {
    /// What is left aside, as the head of a line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Without::Timeouts => say!("fluid.timeouts"),
            Without::GivenUp => say!("fluid.retries"),
            Without::QueueLimits => say!("fluid.limit"),
            Without::Rejections => say!("fluid.rejections"),
            Without::Skew => say!("fluid.skew"),
        }
    }
}

/// The first thing that this network meets and the estimate knows nothing of.
pub(super) fn without(network: &Network, inflow: &[f64]) -> Option<Without> {
    let moments = || network.world.events.iter().map(|e| e.from.seconds()).chain([0.0]);
    let slow = moments().map(|t| Disruptions::at(network, t).slow).fold(1.0, f64::max);
    let dark = network.world.events.iter().any(|e| e.what == EventKind::Outage);
    let most = rate_segments(&network.world.arrivals, &network.world.events)
        .iter()
        .map(|p| p.from.max(p.to))
        .fold(0.0, f64::max);
    let queues = network.stations.iter().filter(|spec| spec.params.queue().is_some()).count();
    let found = network.stations.iter().enumerate().filter_map(|(station, spec)| match &spec.params {
        Params::Consumers(pool) if times_out(pool, &clinics(network, station), slow) => Some(Without::Timeouts),
        Params::Consumers(pool) if dark && pool.breaker.is_none() => Some(Without::GivenUp),
        Params::Consumers(pool) => one_fills_up(pool, &clinics(network, station)).then_some(Without::Skew),
        Params::Queue(queue) => {
            (queue.max_age.is_some() || queues > 1 && queue.capacity.is_some()).then_some(Without::QueueLimits)
        }
        Params::Api(api) => {
            too_small(api, held_s(network, station), inflow[station] * most).then_some(Without::Rejections)
        }
        _ => None,
    });
    found.min_by_key(|without| *without as u8)
}

/// Whether a call of the pool may outlast its timeout: by the slowest reply, or by waiting for a slot while all workers call.
pub(in crate::advice) fn times_out(pool: &Consumers, clinics: &[(f64, &Clinic)], slow: f64) -> bool {
    let Some(timeout) = pool.timeout else { return false };
    let most = crate::advice::lint::pools::most_workers(&pool.scaling);
    clinics.iter().any(|(share, clinic)| {
        let slowest = clinic.variable.max_ms().unwrap_or_else(|| clinic.variable.mean_ms());
        let slots = f64::from(clinic.clinics) * clinic.slots_per_clinic as f64;
        let waits = (most * share / slots).max(1.0);
        (clinic.base.seconds() + slowest / 1000.0) * slow * waits > timeout.seconds()
    })
}

/// Whether the most popular system of a clinic, by its share of the calls, gets more of them at once than it has slots.
fn one_fills_up(pool: &Consumers, clinics: &[(f64, &Clinic)]) -> bool {
    let most = crate::advice::lint::pools::most_workers(&pool.scaling);
    clinics.iter().filter(|(_, clinic)| clinic.clinics > 1 && clinic.skew > 0.0).any(|(share, clinic)| {
        let ranks = (1..=clinic.clinics).map(|rank| libm::pow(f64::from(rank), -clinic.skew));
        most * share / ranks.sum::<f64>() > clinic.slots_per_clinic as f64
    })
}

/// Whether more requests come than the API's threads can take, each of which a clinic holds for so long.
fn too_small(api: &Api, held_s: f64, per_s: f64) -> bool {
    busy_threads(api, held_s, per_s) > (api.instances * api.threads) as f64
}

/// The mean number of threads that are busy with so many requests a second, each of which waits for a clinic for so long.
pub(in crate::advice) fn busy_threads(api: &Api, held_s: f64, per_s: f64) -> f64 {
    per_s * (api.service.mean_ms() / 1000.0 + api.publish.seconds() + held_s)
}

/// How long a thread of an API waits for clinics that it calls itself, on average over all requests.
fn held_s(network: &Network, station: usize) -> f64 {
    let targets = &network.stations[station].targets;
    let all: f64 = targets.iter().map(|t| t.weight).sum();
    let reply = |t: &engine::sim::network::Target| match &network.stations[t.station].params {
        Params::Clinic(clinic) => (clinic.base.millis() + clinic.variable.mean_ms()) / 1000.0 * t.weight / all,
        _ => 0.0,
    };
    targets.iter().map(reply).sum()
}
