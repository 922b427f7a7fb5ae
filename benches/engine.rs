//! How fast the engine is, natively and on one core: a whole Monday with all measures and the digest on, and an event's cost with 10³ to 10⁷
//! bookings waiting.
//!
//! `cargo xtask bench engine`. The target: 3 million bookings a second, a Monday in 56 ms.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use waiting_room::design::file;
use waiting_room::kata::{Scenario, builtin};
use waiting_room::measure::Measures;
use waiting_room::sim::Run;
use waiting_room::sim::network::Network;
use waiting_room::sim::time::Time;

include!("../examples/shared/backlog.rs");

fn network(design: &str, scenario: &Scenario) -> Arc<Network> {
    let design = file::read(design).expect("a design");
    Arc::new(scenario.compile(&design).expect("a network"))
}

fn simulation(network: &Arc<Network>, seed: u64) -> Run<Measures> {
    Run::new(network.clone(), seed, Measures::new(network))
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
        group.throughput(Throughput::Elements(run.observer().report(run.now()).counts.arrivals));
        group.bench_function(id, |b| {
            b.iter_batched(
                || simulation(&network, 1),
                |mut run| {
                    run.run_to_end();
                    black_box(run.observer().digest())
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
        let held = run.observer().live().backlog;
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

criterion_group!(benches, mondays, backlogs);
criterion_main!(benches);
