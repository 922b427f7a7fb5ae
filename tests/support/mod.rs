//! What the tests share: running designs, and statistics over seeds.
#![allow(dead_code)] // Each test file uses its own part.

use std::sync::Arc;

use waiting_room::design::{Design, file};
use waiting_room::kata::Scenario;
use waiting_room::measure::{Measures, Report};
use waiting_room::sim::Run;
use waiting_room::sim::network::Network;

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
        assert!(off.abs() <= allowed, "{what}: {:.6} instead of {exact:.6}; off by {off:.6}, allowed {allowed:.6}", self.mean);
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

pub fn simulation(network: &Arc<Network>, seed: u64) -> Run<Measures> {
    Run::new(network.clone(), seed, Measures::new(network))
}

/// A run from start to end.
pub fn finished(network: &Arc<Network>, seed: u64) -> Run<Measures> {
    let mut run = simulation(network, seed);
    run.run_to_end();
    run
}

pub fn report(network: &Arc<Network>, seed: u64) -> Report {
    let run = finished(network, seed);
    run.observer().report(run.now())
}
