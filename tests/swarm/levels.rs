//! What no station exceeds, after any event; and that nothing waits for what is free.

use engine::measure::Live;
use engine::measure::live::{BreakerState, StationLive};
use engine::sim::network::{Network, Params, Scaling, StationSpec};

pub fn hold(network: &Network, live: &Live) {
    for (station, (spec, own)) in network.stations.iter().zip(&live.stations).enumerate() {
        let waits = own.waiting;
        match &spec.params {
            Params::Api(api) => {
                within(spec, own, api.instances * api.threads);
                assert!(waits <= api.instances * api.accept_backlog, "{} lets {waits} wait", spec.id);
                assert!(waits == 0 || own.busy == own.servers, "{} has a free thread, and {waits} wait", spec.id);
            }
            Params::Clinic(clinic) => {
                within(spec, own, u64::from(clinic.clinics) * clinic.slots_per_clinic);
                let most = clinic.max_waiting.map_or(u64::MAX, |most| most.saturating_mul(clinic.clinics.into()));
                assert!(waits <= most, "{} lets {waits} wait", spec.id);
                let full = clinic.clinics > 1 || own.busy == own.servers;
                assert!(waits == 0 || full, "{} has a free slot, and {waits} wait", spec.id);
            }
            Params::Consumers(pool) => {
                assert!(own.busy <= own.servers && own.servers <= own.ordered, "{}: {own:?}", spec.id);
                let least = match pool.scaling {
                    Scaling::Fixed { workers } => workers,
                    Scaling::Demand { min, .. } => min,
                    Scaling::Schedule { .. } => 0,
                };
                assert!(own.ordered >= least, "{} has {} workers", spec.id, own.ordered);
            }
            Params::Queue(_) if waits > 0 => {
                for reader in spec.targets.iter().map(|target| target.station).filter(|reader| *reader != station) {
                    let (pool, at) = (&network.stations[reader], &live.stations[reader]);
                    let closed = at.breaker == BreakerState::Closed;
                    let idle = pool.params.pool().is_some() && closed && at.busy < at.servers;
                    assert!(!idle, "{} has an idle worker, and {waits} wait in {}", pool.id, spec.id);
                }
            }
            Params::Queue(_) | Params::Patients(_) | Params::DeadLetter => {}
        }
    }
}

fn within(spec: &StationSpec, own: &StationLive, servers: u64) {
    assert_eq!(own.servers, servers, "servers of {}", spec.id);
    assert!(own.busy <= servers, "{} are busy at {}", own.busy, spec.id);
}
