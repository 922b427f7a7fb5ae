//! All that is asked of one run: nothing is created or lost, no bound is passed, every figure is what the facts add up to, and the digest is the
//! same however the run is sliced, and another seed's another.

use std::sync::Arc;

use engine::measure::{Latency, Report};
use engine::sim::network::{Network, Params, Process};
use engine::sim::time::Time;
use engine::sim::{FactKind, FactSet};
use engine::{Progress, Simulation};

use crate::audit::{At, Auditor};
use crate::levels;

/// What a run is known by afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub digest: String,
    pub facts: u64,
    pub arrivals: u64,
}

/// Holds a run against every law; panics with the first that is broken.
pub fn hold(network: &Arc<Network>, seed: u64) -> Known {
    let mut auditor = Auditor::new(network);
    let mut run = Simulation::new(network.clone(), seed);
    // What there is before the first event: the workers that the pools start with.
    run.observe(Time::ZERO, 0, FactSet::ALL, |at, fact| auditor.fact(at, fact));
    while run.step_observed(|at, fact| auditor.fact(at, fact)) {
        auditor.settled(run.measures().live());
        levels::hold(network, run.measures().live());
    }
    assert!(run.is_over() && run.now() == Time::ZERO + network.world.duration, "it ends at {:?}", run.now());
    let report = run.measures().report(run.now());
    counts(&report, &auditor, run.measures().live().in_flight);
    cost(&report, &auditor, network);
    [&report.acceptance, &report.end_to_end, &report.queue_wait].into_iter().for_each(in_order);
    series(&run, &report);
    sliced(network, seed, &run);
    named_by_its_seed(network, seed, &report);
    Known { digest: report.digest, facts: report.events, arrivals: report.counts.arrivals }
}

fn counts(report: &Report, auditor: &Auditor, in_flight: u64) {
    use FactKind::*;
    let counts = report.counts;
    let asking = auditor.at(At::Asking);
    assert_eq!(counts.arrivals, counts.accepted + counts.rejected + counts.abandoned + asking, "arrivals: {counts:?}");
    let ended = counts.confirmed + counts.dead_lettered + counts.lost;
    assert_eq!(counts.accepted, ended + report.backlog.last + in_flight, "accepted: {counts:?}");
    assert!(report.backlog.last <= report.backlog.max, "{:?}", report.backlog);
    let facts = [
        Arrived,
        Accepted,
        EndedRejected,
        EndedAbandoned,
        Confirmed,
        DeadLettered,
        Lost,
        Duplicated,
        Redelivered,
        TimedOut,
        CallFailed,
        CallRefused,
        BreakerOpened,
    ];
    for ((name, count), fact) in counts.named().into_iter().zip(facts) {
        assert_eq!(count, auditor.seen(fact), "{name}, and {fact:?}");
    }
    let latencies = [&report.acceptance, &report.end_to_end, &report.queue_wait].map(|latency| latency.count);
    assert_eq!(latencies, [Accepted, Confirmed, Taken].map(|fact| auditor.seen(fact)), "latencies");
}

/// What the facts say that was used, at the scenario's prices.
fn cost(report: &Report, auditor: &Auditor, network: &Network) {
    let prices = network.world.prices;
    let instances: u64 =
        network.stations.iter().map(|s| if let Params::Api(api) = &s.params { api.instances } else { 0 }).sum();
    let hours = network.world.duration.seconds() / 3600.0;
    let worker_hours = auditor.worker_time(Time::ZERO + network.world.duration) as f64 / 3.6e12;
    let enqueues = auditor.seen(FactKind::Enqueued) + auditor.seen(FactKind::Redelivered);
    let cost = instances as f64 * hours * prices.api_instance_hour
        + worker_hours * prices.worker_hour
        + enqueues as f64 / 1e6 * prices.queue_million;
    assert!((cost - report.cost).abs() <= 1e-9 * cost, "it costs {}, by the facts {cost}", report.cost);
    assert!(report.utilisation.iter().all(|(_, share)| (0.0..=1.0).contains(share)), "{:?}", report.utilisation);
}

fn in_order(latency: &Latency) {
    let all = [Some(0.0), latency.p50, latency.p90, latency.p95, latency.p99, latency.max.map(|max| max * 1.001)];
    let all: Vec<f64> = all.into_iter().flatten().collect();
    assert!(all.is_sorted() && (all.len() == 6 || latency.count == 0), "{latency:?}");
    assert!(latency.mean <= latency.max, "{latency:?}");
}

/// The intervals add up to the whole.
fn series(run: &Simulation, report: &Report) {
    let bins = &run.measures().series().bins;
    let sum = |of: fn(&engine::measure::Bin) -> u32| bins.iter().map(|bin| u64::from(of(bin))).sum::<u64>();
    assert_eq!(sum(|bin| bin.arrivals), report.counts.arrivals, "arrivals of all intervals");
    assert_eq!(sum(|bin| bin.confirmed), report.counts.confirmed, "confirmed in all intervals");
    assert_eq!(sum(|bin| bin.duplicates), report.counts.duplicates, "duplicates of all intervals");
    assert_eq!(bins.iter().map(|bin| bin.max_backlog).max(), Some(report.backlog.max), "the largest backlog");
    assert!(bins.windows(2).all(|pair| pair[0].to == pair[1].from) && bins.last().map(|bin| bin.to) == Some(run.now()));
}

/// Another seed is another run.
fn named_by_its_seed(network: &Arc<Network>, seed: u64, report: &Report) {
    if network.world.arrivals.process == Process::Poisson && report.counts.arrivals > 0 {
        let mut other = Simulation::new(network.clone(), seed + 1);
        other.run_to_end();
        assert_ne!(other.measures().digest(), report.digest, "the next seed is the same run");
    }
}

/// At one go, and in slices of time with few events each: all measures are equal to the last bit.
fn sliced(network: &Arc<Network>, seed: u64, audited: &Simulation) {
    let mut whole = Simulation::new(network.clone(), seed);
    whole.run_to_end();
    assert!(whole.measures() == audited.measures(), "at one go it is another run");
    let mut cut = Simulation::new(network.clone(), seed);
    let slices = 2 + seed % 11;
    for slice in 1..slices {
        let until = Time(network.world.duration.0 / slices * slice);
        while cut.run_until(until, 1 + seed % 97) == Progress::OutOfBudget {}
    }
    cut.run_to_end();
    assert!(cut.measures() == audited.measures(), "in slices it is another run");
}
