//! What the tests share: running designs, and statistics over seeds.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod designs;
pub mod golden;
pub mod hand;
pub mod learner;
pub mod random;
pub mod texts;
pub mod worlds;

use std::sync::Arc;

use engine::Simulation;
use engine::measure::Report;
use engine::sim::network::Network;
use engine::sim::time::Time;
use engine::sim::{Fact, FactSet};
use waiting_room::design::{Design, file};
use waiting_room::kata::Scenario;

/// Mean of a sample and the standard error of that mean.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub mean: f64,
    pub se: f64,
}

impl Estimate {
    pub fn of(values: &[f64]) -> Estimate {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0).max(1.0);
        Estimate { mean, se: (variance / n).sqrt() }
    }

    /// Asserts that `exact` lies within `errors` standard errors of the mean, plus `slack`.
    pub fn assert_near(&self, what: &str, exact: f64, errors: f64, slack: f64) {
        let allowed = errors * self.se + slack;
        let off = self.mean - exact;
        assert!(
            off.abs() <= allowed,
            "{what}: {:.6} instead of {exact:.6}; off by {off:.6}, allowed {allowed:.6}",
            self.mean
        );
    }
}

pub fn design(text: &str) -> Design {
    file::read(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub fn scenario(text: &str) -> Scenario {
    Scenario::read(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub fn network(design: &Design, scenario: &Scenario) -> Arc<Network> {
    Arc::new(scenario.compile(design).unwrap_or_else(|problems| panic!("{problems:#?}")))
}

pub fn simulation(network: &Arc<Network>, seed: u64) -> Simulation {
    Simulation::new(network.clone(), seed)
}

/// A run from start to end.
pub fn finished(network: &Arc<Network>, seed: u64) -> Simulation {
    let mut run = simulation(network, seed);
    run.run_to_end();
    run
}

/// A run from start to end, all its facts given to `observe` as they come.
pub fn observed(network: &Arc<Network>, seed: u64, observe: impl FnMut(Time, &Fact)) -> Simulation {
    let mut run = simulation(network, seed);
    run.observe(Time::NEVER, u64::MAX, FactSet::ALL, observe);
    run
}

pub fn report(network: &Arc<Network>, seed: u64) -> Report {
    let run = finished(network, seed);
    run.measures().report(run.now())
}

/// A design in one line: patients → API → queue → consumers → clinic, with dead letters, from the parameters of each.
pub fn chain(patients: &str, api: &str, queue: &str, consumers: &str, clinic: &str) -> Design {
    design(&format!(
        r#"{{"format":"waiting-room/design","version":1,"nodes":[
            {{"id":"patients","kind":"patients","params":{{{patients}}}}},
            {{"id":"api","kind":"api","params":{{{api}}}}},
            {{"id":"queue","kind":"queue","params":{{{queue}}}}},
            {{"id":"consumers","kind":"consumers","params":{{{consumers}}}}},
            {{"id":"clinic","kind":"clinic","params":{{{clinic}}}}},
            {{"id":"parked","kind":"dead_letter"}}],
          "edges":[{{"from":"patients","to":"api"}},{{"from":"api","to":"queue"}},{{"from":"queue","to":"consumers"}},
            {{"from":"consumers","to":"clinic"}},{{"from":"consumers","to":"parked"}}]}}"#
    ))
}

/// A scenario with arrivals and nothing else.
pub fn arrivals(duration_s: f64, process: &str, curve: &str) -> Scenario {
    world(duration_s, process, curve, "[]")
}

/// A scenario with arrivals and events.
pub fn world(duration_s: f64, process: &str, curve: &str, events: &str) -> Scenario {
    scenario(&format!(
        r#"{{"format":"waiting-room/scenario","version":1,"id":"test","name":"Test","starts_at":"07:30","duration_s":{duration_s},
            "arrivals":{{"process":"{process}","curve":{curve}}},"events":{events}}}"#
    ))
}

/// Patients without a network, endless patience, one try.
pub const PLAIN_PATIENTS: &str = r#""rtt_ms":0,"patience_s":null,"retries":0"#;
/// An API that takes no time.
pub const INSTANT_API: &str = r#""instances":1,"threads":100000,"accept_backlog":1000000,"service":{"dist":"constant","mean_ms":0},"publish_ms":0"#;
/// A clinic that takes no time.
pub const INSTANT_CLINIC: &str = r#""slots_per_clinic":1000000,"base_ms":0,"variable":{"dist":"constant","mean_ms":0}"#;

/// So many workers whose handling takes all the time.
pub fn workers(n: u64, handling: &str) -> String {
    format!(r#""scaling":{{"policy":"fixed","workers":{n}}},"handling":{handling},"timeout_ms":null"#)
}

/// An API with one instance.
pub fn api(threads: u64, backlog: u64, service: &str) -> String {
    format!(r#""instances":1,"threads":{threads},"accept_backlog":{backlog},"service":{service},"publish_ms":0"#)
}
