//! The built-in Monday with workers by demand, by hand: what is measured in instructions, without a file to read.
//!
//! `cargo run --release --package engine --example monday -- 1` runs it once, prints the bookings and the digest, and the time it took.

use std::sync::Arc;
use std::time::Instant;

use engine::Simulation;
use engine::sim::dist::Dist;
use engine::sim::network::{
    Api, Arrivals, Clinic, Consumers, Discipline, Network, Overflow, Params, Patients, Prices, Process, Queue, Scaling,
    StationSpec, Target, World,
};
use engine::sim::time::Span;

fn main() {
    let times: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).expect("how often");
    let network = Arc::new(network());
    for _ in 0..times {
        let mut run = Simulation::new(network.clone(), 1);
        let start = Instant::now();
        run.run_to_end();
        let seconds = start.elapsed().as_secs_f64();
        let report = run.measures().report(run.now());
        println!("{} {} {} {seconds}", report.counts.arrivals, report.digest, report.events);
    }
}

fn network() -> Network {
    let s = Span::from_seconds;
    let patients = Patients { rtt: s(0.04), patience: Some(s(10.0)), retries: 2, retry_after: s(5.0) };
    let api = Api {
        instances: 2,
        threads: 16,
        accept_backlog: 128,
        service: Dist::Lognormal { mean_ms: 20.0, cv: 0.5 },
        publish: s(0.005),
        call_timeout: s(10.0),
    };
    let queue = Queue { discipline: Discipline::Fifo, capacity: None, overflow: Overflow::Reject, max_age: None };
    let consumers = Consumers {
        handling: Dist::Constant { mean_ms: 10.0 },
        timeout: Some(s(10.0)),
        attempts: 4,
        backoff_base: s(1.0),
        backoff_factor: 2.0,
        backoff_max: s(60.0),
        jitter: true,
        scaling: Scaling::Demand {
            min: 10,
            max: 90,
            messages_per_worker: 4,
            period: s(15.0),
            startup: s(60.0),
            cooldown: s(120.0),
        },
        breaker: None,
    };
    let clinic = Clinic {
        clinics: 1,
        slots_per_clinic: 90,
        base: s(0.2),
        variable: Dist::Uniform { min_ms: 800.0, max_ms: 2800.0 },
        max_waiting: None,
        error_rate: 0.0,
        idempotent: false,
        skew: 0.0,
    };
    let station = |id: &str, params, targets: &[usize]| StationSpec {
        id: id.into(),
        params,
        targets: targets.iter().map(|&station| Target { station, weight: 1.0 }).collect(),
    };
    Network {
        stations: vec![
            station("patients", Params::Patients(patients), &[1]),
            station("api", Params::Api(api), &[2]),
            station("queue", Params::Queue(queue), &[3]),
            station("consumers", Params::Consumers(consumers), &[4, 5]),
            station("clinic", Params::Clinic(clinic), &[]),
            station("dead_letter", Params::DeadLetter, &[]),
        ],
        world: World {
            duration: s(10_800.0),
            arrivals: Arrivals {
                process: Process::Poisson,
                curve: vec![
                    (0.0, 2.0),
                    (1500.0, 6.0),
                    (1800.0, 40.0),
                    (3600.0, 40.0),
                    (5400.0, 14.0),
                    (7200.0, 6.0),
                    (10_800.0, 4.0),
                ],
            },
            events: vec![],
            prices: Prices { api_instance_hour: 0.12, worker_hour: 0.06, queue_million: 0.5 },
        },
    }
}
