//! This engine's row in `benches/peers`: the bare waiting room of `benches/peers/model.md`, one line of JSON. All measures are on.
//!
//! `cargo run --release --example peer -- 1000000`

use std::sync::Arc;
use std::time::Instant;

use engine::Simulation;
use engine::sim::dist::Dist;
use engine::sim::network::{
    Api, Arrivals, Clinic, Consumers, Discipline, Network, Overflow, Params, Patients, Prices, Process, Queue, Scaling,
    StationSpec, Target, World,
};
use engine::sim::time::{Span, Time};
use engine::sim::{Fact, FactKind, FactSet};
use serde_json::Value;

/// Batches for the standard error of the mean wait.
const BATCHES: usize = 40;

/// The waits by batch: their sum in milliseconds, and how many.
struct Waits {
    bookings: u64,
    batches: [(f64, f64); BATCHES],
}

impl Waits {
    fn fact(&mut self, fact: &Fact) {
        let batch = (fact.booking as usize * BATCHES / self.bookings as usize).min(BATCHES - 1);
        self.batches[batch].0 += fact.span.millis();
        self.batches[batch].1 += 1.0;
    }
}

fn network(model: &Value, bookings: u64) -> Network {
    let number = |path: &str| model.pointer(path).and_then(Value::as_f64).expect("a figure of the model");
    let rate = number("/arrivals_per_second");
    let station = |id: &str, params: Params, to: Option<usize>| StationSpec {
        id: id.into(),
        params,
        targets: to.map(|station| Target { station, weight: 1.0 }).into_iter().collect(),
    };
    let api = Api {
        instances: 1,
        threads: number("/api/threads") as u64,
        accept_backlog: 10_000_000,
        service: Dist::Lognormal { mean_ms: number("/api/mean_seconds") * 1000.0, cv: number("/api/cv") },
        publish: Span::ZERO,
        call_timeout: Span::ZERO,
    };
    let workers = number("/workers/count") as u64;
    let pool = Consumers {
        handling: Dist::Constant { mean_ms: 0.0 },
        timeout: None,
        attempts: 1,
        backoff_base: Span::ZERO,
        backoff_factor: 1.0,
        backoff_max: Span::ZERO,
        jitter: false,
        scaling: Scaling::Fixed { workers },
        breaker: None,
    };
    let clinic = Clinic {
        clinics: 1,
        slots_per_clinic: workers,
        base: Span::ZERO,
        variable: Dist::Uniform {
            min_ms: number("/workers/shortest_seconds") * 1000.0,
            max_ms: number("/workers/longest_seconds") * 1000.0,
        },
        max_waiting: None,
        error_rate: 0.0,
        idempotent: true,
        skew: 0.0,
    };
    let patients = Patients { rtt: Span::ZERO, patience: None, retries: 0, retry_after: Span::ZERO };
    let queue = Queue { discipline: Discipline::Fifo, capacity: None, overflow: Overflow::Reject, max_age: None };
    let last = bookings as f64 / rate;
    Network {
        stations: vec![
            station("patients", Params::Patients(patients), Some(1)),
            station("api", Params::Api(api), Some(2)),
            station("queue", Params::Queue(queue), Some(3)),
            station("consumers", Params::Consumers(pool), Some(4)),
            station("clinic", Params::Clinic(clinic), None),
        ],
        world: World {
            // An hour more, so that the last is confirmed.
            duration: Span::from_seconds(last + 3600.0),
            arrivals: Arrivals {
                process: Process::Poisson,
                curve: vec![(0.0, rate), (last, rate), (last + 1e-6, 0.0)],
            },
            events: vec![],
            prices: Prices::default(),
        },
    }
}

fn main() {
    let bookings: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).expect("the number of bookings");
    let model: Value = serde_json::from_str(include_str!("../benches/peers/model.json")).expect("the model");
    let mut waits = Waits { bookings, batches: [(0.0, 0.0); BATCHES] };
    let mut run = Simulation::new(Arc::new(network(&model, bookings)), 1);
    // One thread that never waits: wall time is CPU time, unless the machine is busy with other things.
    let start = Instant::now();
    run.observe(Time::NEVER, u64::MAX, FactSet::of(&[FactKind::Taken]), |_, fact| waits.fact(fact));
    let seconds = start.elapsed().as_secs_f64();
    let end_to_end = run.measures().end_to_end().mean_ms().expect("somebody was confirmed");
    let (total, count) = waits.batches.iter().fold((0.0, 0.0), |(t, n), (sum, count)| (t + sum, n + count));
    let mean = total / count;
    let spread = waits.batches.iter().map(|(sum, n)| (sum / n.max(1.0) - mean).powi(2)).sum::<f64>();
    let se = (spread / (BATCHES * (BATCHES - 1)) as f64).sqrt();
    println!(
        r#"{{"name":"this engine","bookings":{count},"cpu_s":{seconds},"mean_wait_ms":{mean},"se_wait_ms":{se},"mean_end_to_end_ms":{end_to_end}}}"#
    );
}
