//! A goal: a metric and the most it may be.

use engine::measure::Metric;

/// A goal of a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// What is limited.
    pub metric: &'static Metric,
    /// The most it may be, in the metric's unit.
    pub at_most: f64,
}
