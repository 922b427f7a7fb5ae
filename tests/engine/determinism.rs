//! A run is a function of design, scenario and seed: however it is sliced, however often, and whatever else is in the design.

use crate::support;

use std::sync::Arc;

use engine::sim::network::{Change, Network, Params};
use engine::sim::time::{Span, Time};
use engine::sim::{Fact, FactKind, FactSet};
use engine::{Progress, Simulation};
use waiting_room::kata::builtin;

fn builtin_design(id: &str) -> waiting_room::design::Design {
    let found = builtin::designs().iter().find(|d| d.id == id).unwrap_or_else(|| panic!("no design {id}"));
    support::design(&found.file)
}

fn reference(design: &str, scenario: &str) -> Arc<Network> {
    support::network(&builtin_design(design), builtin::scenario(scenario).expect("a built-in scenario"))
}

/// A report can be read at any time without changing what comes.
#[test]
fn looking_changes_nothing() {
    let network = reference("demand", "monday");
    let mut watched = support::simulation(&network, 3);
    for minute in 0..180 {
        watched.run_until(Time::from_seconds(f64::from(minute) * 60.0), u64::MAX);
        let _ = (watched.measures().report(watched.now()), watched.oldest_waiting(2));
    }
    watched.run_to_end();
    assert_eq!(watched.measures(), support::finished(&network, 3).measures());
}

/// The digests of some runs, as this version of the engine defines them: equal on every platform, because the wasm test holds the same list.
/// A change here is a change of the model or of the streams, and needs a reason.
#[test]
fn digests_are_pinned() {
    let pinned = include_str!("../golden/digests.txt");
    let runs = [
        ("demand", "monday", 1),
        ("demand-breaker", "outage", 2),
        ("naive", "slow-clinic", 3),
        ("retry-storm", "slow-clinic", 4),
        ("schedule", "flu-season", 5),
    ];
    let found: Vec<String> = runs
        .iter()
        .map(|(design, scenario, seed)| {
            let report = support::report(&reference(design, scenario), *seed);
            format!("{design} {scenario} {seed} {} {}\n", report.digest, report.events)
        })
        .collect();
    assert_eq!(found.concat(), pinned);
}

/// All facts of one kind: time, booking and span.
fn facts(network: &Arc<Network>, what: FactKind) -> Vec<(Time, u64, Span)> {
    let mut found = Vec::new();
    let take = |at, fact: &Fact| found.push((at, fact.booking, fact.span));
    support::simulation(network, 1).observe(Time::NEVER, u64::MAX, FactSet::of(&[what]), take);
    found
}

/// Common random numbers: the same patients come to every design, need the same time at the API, and booking 1042 the same time at the clinic.
#[test]
fn a_changed_component_leaves_the_others_draws_alone() {
    let (few, many) = (reference("queue-60", "monday"), reference("queue-80", "monday"));
    assert_eq!(facts(&few, FactKind::Arrived), facts(&many, FactKind::Arrived));
    assert_eq!(facts(&few, FactKind::Arrived), facts(&reference("naive", "monday"), FactKind::Arrived));
    assert_eq!(facts(&few, FactKind::Began), facts(&many, FactKind::Began));
    let clinic_times = |network| {
        let mut served: Vec<(u64, Span)> =
            facts(network, FactKind::Served).iter().map(|(_, b, span)| (*b, *span)).collect();
        served.sort_unstable();
        served.truncate(100_000);
        served
    };
    assert_eq!(clinic_times(&few), clinic_times(&many));
}

/// Adding, moving or relabelling a component changes no other component's draws.
#[test]
fn a_bystander_changes_nothing() {
    let design = builtin_design("demand");
    let scenario = builtin::scenario("monday").unwrap();
    let mut other = design.clone();
    let mut node = (*other.nodes[0]).clone();
    node.label = Some("The ill".into());
    node.x += 80.0;
    other.nodes[0] = node.into();
    let free = other.free_id(waiting_room::kinds::KindId::DeadLetter);
    other.nodes.push(waiting_room::design::Node::new(free, waiting_room::kinds::KindId::DeadLetter, 0.0, 0.0).into());
    let (a, b) = (support::network(&design, scenario), support::network(&other, scenario));
    assert_eq!(support::report(&a, 1).digest, support::report(&b, 1).digest);
}

fn with_workers(network: &Network, station: usize, workers: u64) -> Params {
    let Params::Consumers(mut pool) = network.stations[station].params.clone() else { panic!("no pool") };
    pool.scaling = engine::sim::network::Scaling::Fixed { workers };
    Params::Consumers(pool)
}

/// A parameter changed by hand is part of the run: the same change at the same time gives the same run, however both are sliced; and
/// everything before it is as without it.
#[test]
fn changes_by_hand_replay() {
    let network = reference("queue-60", "monday");
    let station = network.stations.iter().position(|s| matches!(s.params, Params::Consumers(_))).unwrap();
    let change = |at: f64, workers| Change {
        at: Time::from_seconds(at),
        station,
        params: with_workers(&network, station, workers),
    };

    let mut live = support::simulation(&network, 1);
    for (at, workers) in [(2000.0, 90), (4000.0, 20), (4000.0, 70)] {
        while live.run_until(Time::from_seconds(at), 1000) == Progress::OutOfBudget {}
        live.change(change(at, workers));
    }
    live.run_to_end();

    let mut replay = support::simulation(&network, 1);
    for change in live.changes() {
        replay.change(change.clone());
    }
    while replay.step() {}
    assert_eq!(replay.measures(), live.measures());

    let plain = support::finished(&network, 1);
    let bins = |run: &Simulation| run.measures().series().bins[..200].to_vec();
    assert_eq!(bins(&live), bins(&plain));
    assert!(live.measures().report(live.now()).backlog.max < plain.measures().report(plain.now()).backlog.max);
    assert_eq!(live.measures().series().bins[450].workers, 70);
}

/// A scenario that would fill the memory ends early and says so, with its counts in order; it does not stop the program.
#[test]
fn a_flood_ends_the_run() {
    let clinic = r#""slots_per_clinic":1"#;
    let design = support::chain(
        support::PLAIN_PATIENTS,
        support::INSTANT_API,
        "",
        r#""scaling":{"policy":"fixed","workers":1}"#,
        clinic,
    );
    let flood = support::arrivals(60.0, "regular", "[[0,1000000]]");
    let run = support::finished(&support::network(&design, &flood), 1);
    assert!(run.is_over() && run.ended_full());
    let report = run.measures().report(run.now());
    let most = engine::simulation::MAX_ALIVE;
    assert!(report.counts.arrivals - report.counts.confirmed == most + 1, "{:?}", report.counts);
    assert!(run.now() < Time::from_seconds(5.0) && report.backlog.last > most - 10);
    assert!(!support::finished(&reference("demand", "monday"), 1).ended_full());
}
