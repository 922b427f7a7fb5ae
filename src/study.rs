//! Studies: one design on many seeds, or a grid of designs on the same few.
//!
//! A run is a pure function of its inputs, so seeds can be run in any order and on any number of threads; results are reported in the order
//! of the seeds. Threads exist natively only; a page runs [`run`] seed by seed where it likes.

use std::sync::Arc;

use engine::Simulation;
use engine::measure::Report;
use engine::sim::network::Network;

pub mod interval;
pub mod mondays;
#[cfg(not(target_family = "wasm"))]
pub mod parallel;
#[cfg(not(target_family = "wasm"))]
pub mod proof;
pub mod repeat;
pub mod steady;
pub mod sweep;
pub mod walk;

pub use interval::Interval;
pub use mondays::Mondays;
pub use repeat::{Grade, Outcome, Seeds};

/// One whole run and its figures.
pub fn run(network: &Arc<Network>, seed: u64) -> Report {
    let mut run = Simulation::new(network.clone(), seed);
    run.run_to_end();
    run.measures().report(run.now())
}

/// The 95 % Wilson interval of a share, of which `passed` of `n` were seen: lowest and highest.
///
/// # Panics
/// If more passed than there were: a programmer's mistake.
pub fn wilson(passed: u64, n: u64) -> (f64, f64) {
    assert!(passed <= n, "{passed} of {n}");
    if n == 0 {
        return (0.0, 1.0);
    }
    /// The 97.5th percentile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let (passed, n) = (passed as f64, n as f64);
    let share = passed / n;
    let middle = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // At the ends the exact bound is 0 or 1; rounding must not move it.
    let low = if passed == 0.0 { 0.0 } else { (middle - half) / scale };
    let high = if passed == n { 1.0 } else { (middle + half) / scale };
    (low, high)
}

/// How a figure spread over the seeds; runs without the figure are counted apart and stand above all values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    values: Vec<f64>,
    /// Runs in which the figure was infinite or had nothing to count.
    pub without: u64,
}

impl Sample {
    pub fn add(&mut self, value: Option<f64>) {
        match value {
            Some(value) => {
                let at = self.values.partition_point(|v| *v <= value);
                self.values.insert(at, value);
            }
            None => self.without += 1,
        }
    }

    /// All values there are, in rising order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The mean with its 95 % interval; `None` for fewer than two runs, and where any run has no value: then there is no mean either.
    pub fn interval(&self) -> Option<Interval> {
        if self.without > 0 { None } else { Interval::of(&self.values) }
    }

    /// The ⌈p·n⌉-th smallest value; `None` where that run had none.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let n = self.values.len() as f64 + self.without as f64;
        let rank = (p * n).ceil().max(1.0) as usize;
        self.values.get(rank - 1).copied()
    }

    pub fn least(&self) -> Option<f64> {
        self.quantile(0.0)
    }

    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    pub fn most(&self) -> Option<f64> {
        self.quantile(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wilson's interval by hand: 46 of 50 gives 81.2–96.8 %, 0 of 10 gives 0–27.8 %, 10 of 10 its mirror.
    #[test]
    fn wilson_matches_known_intervals() {
        let near = |(low, high): (f64, f64), (a, b): (f64, f64)| (low - a).abs() < 5e-5 && (high - b).abs() < 5e-5;
        assert!(near(wilson(46, 50), (0.8116, 0.9685)), "{:?}", wilson(46, 50));
        assert!(near(wilson(0, 10), (0.0, 0.2775)), "{:?}", wilson(0, 10));
        assert!(near(wilson(10, 10), (0.7225, 1.0)), "{:?}", wilson(10, 10));
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn a_spread_puts_runs_without_a_value_last() {
        let mut spread = Sample::default();
        assert_eq!(spread.median(), None);
        for value in [Some(3.0), None, Some(1.0), Some(2.0)] {
            spread.add(value);
        }
        assert_eq!((spread.least(), spread.median(), spread.most(), spread.without), (Some(1.0), Some(2.0), None, 1));
    }
}
