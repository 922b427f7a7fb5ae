//! How fast the engine is, natively and on one core: a whole Monday with all measures and the digest on, and an event's cost with 10³ to 10⁷
//! bookings waiting.
//!
//! `cargo xtask bench engine`, which first prints what a booking takes in instructions. The target: 3 million bookings a second, a Monday in
//! 56 ms.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use engine::Simulation;
use engine::sim::network::Network;
use engine::sim::time::Time;
use waiting_room::advice::lint::{Seen, outlook};
use waiting_room::design::file;
use waiting_room::kata::{Scenario, builtin};

include!("../examples/shared/backlog.rs");

fn network(design: &str, scenario: &Scenario) -> Arc<Network> {
    let design = file::read(design).expect("a design");
    Arc::new(scenario.compile(&design).expect("a network"))
}

fn simulation(network: &Arc<Network>, seed: u64) -> Simulation {
    Simulation::new(network.clone(), seed)
}

/// The `monday` scenario with each kind of design.
fn mondays(c: &mut Criterion) {
    let mut group = c.benchmark_group("a Monday");
    group.sample_size(20).measurement_time(Duration::from_secs(5));
    for id in ["demand", "naive", "queue-60"] {
        let design = builtin::designs().iter().find(|d| d.id == id).expect("a built-in design");
        let network = network(&design.file, builtin::scenario("monday").expect("a built-in scenario"));
        let mut run = simulation(&network, 1);
        run.run_to_end();
        group.throughput(Throughput::Elements(run.measures().report(run.now()).counts.arrivals));
        group.bench_function(id, |b| {
            b.iter_batched(
                || simulation(&network, 1),
                |mut run| {
                    run.run_to_end();
                    black_box(run.measures().digest())
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// One second of rush (40 come, 40 are confirmed) in front of a pile of waiting messages.
fn backlogs(c: &mut Criterion) {
    let mut group = c.benchmark_group("one simulated minute with so many waiting");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(1));
    for waiting in [1_000u32, 10_000, 100_000, 1_000_000, 10_000_000] {
        let (design, scenario) = backlog(waiting);
        let mut run = simulation(&network(&design, &Scenario::read(&scenario).expect("a scenario")), 1);
        run.run_until(Time::from_seconds(20.0), u64::MAX);
        let held = run.measures().live().backlog;
        assert!(held >= u64::from(waiting) * 9 / 10, "{held} wait instead of {waiting}");
        let mut now = 20.0;
        group.bench_function(BenchmarkId::from_parameter(waiting), |b| {
            b.iter_custom(|minutes| {
                let start = Instant::now();
                for _ in 0..minutes {
                    now += 60.0;
                    run.run_until(Time::from_seconds(now), u64::MAX);
                }
                start.elapsed()
            });
        });
        assert!(!run.is_over(), "the bench ran past the end of its run");
    }
    group.finish();
}

/// What the page works out with each step of a slider: problems and prediction of a design of 200 components and 1 000 connections.
fn lints(c: &mut Criterion) {
    let design = file::read(&large()).expect("a design");
    let monday = builtin::scenario("flu-season").expect("a built-in scenario");
    assert!(outlook(&monday.analyse(&design), Seen::ALL).forecast.is_some(), "the design can run");
    let master = builtin::design("queue-60").expect("a built-in design").design();
    let busy = file::read(&busy()).expect("a design");
    let mut group = c.benchmark_group("lint and prediction");
    for (name, design) in
        [("5 components", &master), ("200 components", &design), ("4 pools that scale at each tick", &busy)]
    {
        group.bench_function(name, |b| b.iter(|| black_box(outlook(&monday.analyse(design), Seen::ALL))));
    }
    group.finish();
}

/// Pools with the shortest period between two checks and the longest time to start that a file may have.
fn busy() -> String {
    let scaling = r#"{"policy":"demand","min":1,"max":100000,"messages_per_worker":1,"period_s":0.1,"startup_s":604800,"cooldown_s":0}"#;
    let pool = |i: usize| format!(r#"{{"id":"pool{i}","kind":"consumers","params":{{"scaling":{scaling}}}}}"#);
    let edges = |i: usize| format!(r#"{{"from":"queue","to":"pool{i}"}},{{"from":"pool{i}","to":"clinic"}}"#);
    format!(
        r#"{{"format":"waiting-room/design","version":1,"nodes":[{{"id":"patients","kind":"patients"}},{{"id":"api","kind":"api"}},
            {{"id":"queue","kind":"queue"}},{{"id":"clinic","kind":"clinic"}},{}],
            "edges":[{{"from":"patients","to":"api"}},{{"from":"api","to":"queue"}},{}]}}"#,
        (0..4).map(pool).collect::<Vec<_>>().join(","),
        (0..4).map(edges).collect::<Vec<_>>().join(",")
    )
}

/// Patients, 19 APIs, 60 queues, 100 pools of workers and 20 clinics.
fn large() -> String {
    let kinds = [("patients", 1), ("api", 19), ("queue", 60), ("consumers", 100), ("clinic", 20)];
    let node = |(kind, n): (&str, usize)| {
        (0..n).map(|i| format!(r#"{{"id":"{kind}{i}","kind":"{kind}"}}"#)).collect::<Vec<_>>()
    };
    let mut edges: Vec<(String, String)> = (0..19).map(|i| ("patients0".to_owned(), format!("api{i}"))).collect();
    let mut join = |from: &str, froms: usize, to: &str, tos: usize, each: usize, step: usize| {
        let all = (0..froms).flat_map(|i| (0..each).map(move |k| (i, (i * 3 + k * step) % tos)));
        edges.extend(all.map(|(i, t)| (format!("{from}{i}"), format!("{to}{t}"))));
    };
    join("api", 19, "queue", 60, 11, 1);
    join("queue", 60, "consumers", 100, 6, 7);
    join("consumers", 100, "clinic", 20, 4, 3);
    let edge = |(from, to): &(String, String)| format!(r#"{{"from":"{from}","to":"{to}"}}"#);
    let (nodes, edges): (Vec<_>, Vec<_>) =
        (kinds.into_iter().flat_map(node).collect(), edges.iter().map(edge).collect());
    assert!(nodes.len() == 200 && edges.len() >= 900, "{} nodes, {} edges", nodes.len(), edges.len());
    format!(
        r#"{{"format":"waiting-room/design","version":1,"nodes":[{}],"edges":[{}]}}"#,
        nodes.join(","),
        edges.join(",")
    )
}

criterion_group!(benches, mondays, backlogs, lints);
criterion_main!(benches);
