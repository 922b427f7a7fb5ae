//! Where the fluid estimate holds: what a network brings about that it knows nothing of.

use super::{Weather, clinics};
use crate::sim::network::{Api, Clinic, Consumers, EventKind, Network, Params};
use crate::sim::pieces;

/// What the estimate knows nothing of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    Timeouts,
    /// Clinics go dark and a pool without a breaker goes on calling.
    GivenUp,
    QueueLimits,
    Rejections,
}

impl Without {
    /// What is left aside, as the head of a line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Without::Timeouts => "Timeouts",
            Without::GivenUp => "Retries",
            Without::QueueLimits => "The limit",
            Without::Rejections => "Rejections",
        }
    }
}

/// The first thing that this network meets and the estimate knows nothing of.
pub(super) fn without(network: &Network, inflow: &[f64]) -> Option<Without> {
    let moments = || network.world.events.iter().map(|e| e.from.seconds()).chain([0.0]);
    let slow = moments().map(|t| Weather::at(network, t).slow).fold(1.0, f64::max);
    let dark = network.world.events.iter().any(|e| e.what == EventKind::Outage);
    let most =
        pieces(&network.world.arrivals, &network.world.events).iter().map(|p| p.from.max(p.to)).fold(0.0, f64::max);
    let found = network.stations.iter().enumerate().filter_map(|(station, spec)| match &spec.params {
        Params::Consumers(pool) if times_out(pool, &clinics(network, station), slow) => Some(Without::Timeouts),
        Params::Consumers(pool) => (dark && pool.breaker.is_none()).then_some(Without::GivenUp),
        Params::Queue(queue) => (queue.capacity.is_some() || queue.max_age.is_some()).then_some(Without::QueueLimits),
        Params::Api(api) => {
            too_small(api, held_s(network, station), inflow[station] * most).then_some(Without::Rejections)
        }
        _ => None,
    });
    found.min_by_key(|without| *without as u8)
}

/// Whether a call of the pool may outlast its timeout: by the slowest reply, or by waiting for a slot while all workers call.
fn times_out(pool: &Consumers, clinics: &[(f64, &Clinic)], slow: f64) -> bool {
    let Some(timeout) = pool.timeout else { return false };
    let most = crate::kata::lint::pools::most_workers(&pool.scaling);
    clinics.iter().any(|(share, clinic)| {
        let slowest = clinic.variable.max_ms().unwrap_or_else(|| clinic.variable.mean_ms());
        let slots = f64::from(clinic.clinics) * clinic.slots_per_clinic as f64;
        let waits = (most * share / slots).max(1.0);
        (clinic.base.seconds() + slowest / 1000.0) * slow * waits > timeout.seconds()
    })
}

/// Whether more requests come than the API's threads can take, each of which a clinic holds for so long.
fn too_small(api: &Api, held_s: f64, per_s: f64) -> bool {
    let service = api.service.mean_ms() / 1000.0 + api.publish.seconds() + held_s;
    per_s * service > (api.instances * api.threads) as f64
}

/// How long a thread of an API waits for clinics that it calls itself, on average over all requests.
fn held_s(network: &Network, station: usize) -> f64 {
    let targets = &network.stations[station].targets;
    let all: f64 = targets.iter().map(|t| t.weight).sum();
    let reply = |t: &crate::sim::network::Target| match &network.stations[t.station].params {
        Params::Clinic(clinic) => (clinic.base.millis() + clinic.variable.mean_ms()) / 1000.0 * t.weight / all,
        _ => 0.0,
    };
    targets.iter().map(reply).sum()
}
