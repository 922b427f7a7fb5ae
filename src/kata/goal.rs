//! A goal: a metric and the most it may be.

use crate::vocabulary::filled;
use engine::measure::{Metric, MetricId};

/// A goal of a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// What is limited.
    pub metric: &'static Metric,
    /// The most it may be, in the metric's unit.
    pub at_most: f64,
}

impl Goal {
    /// As the page names it.
    pub fn name(&self) -> &'static str {
        name(self.metric)
    }
}

/// As the page names a metric, in the kata's words.
pub fn name(metric: &Metric) -> &'static str {
    if metric.id == MetricId::Duplicates { filled("{twice named}") } else { metric.label }
}
