//! A goal: a metric and the most it may be.

use crate::format;
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

    /// The limit without "at most": `none` where nothing is allowed.
    pub fn most(&self) -> String {
        if self.at_most == 0.0 { "none".to_owned() } else { format::metric(Some(self.at_most), self.metric.unit) }
    }

    /// What differs from the goals of another scenario: `was 2 min`, `was p95` where another percentile is asked for; `None` where nothing does.
    pub fn was(&self, others: &[Goal]) -> Option<String> {
        if let Some(same) = others.iter().find(|other| other.metric == self.metric) {
            return (same.at_most != self.at_most).then(|| format!("was {}", same.most()));
        }
        // `acceptance_p50_ms` is in the place of `acceptance_p95_ms`.
        let about = |goal: &Goal| goal.metric.key.split("_p").next();
        let instead = others.iter().find(|other| about(other) == about(self));
        let of = |goal: &Goal| goal.name().rsplit(", ").next().unwrap_or_default();
        Some(instead.map_or_else(|| "new".to_owned(), |other| format!("was {}", of(other))))
    }
}

/// As the page names a metric, in the kata's words.
pub fn name(metric: &Metric) -> &'static str {
    if metric.id == MetricId::Duplicates { filled("{twice named}") } else { metric.label }
}
