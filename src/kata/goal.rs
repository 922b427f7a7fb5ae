//! A goal: a metric and the most it may be.

use engine::measure::Metric;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    pub metric: &'static Metric,
    pub at_most: f64,
}
