//! A goal: a metric and the most it may be.

use crate::{format, say};
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
        match self.at_most {
            0.0 => say!("figures.none").to_owned(),
            most => format::metric(Some(most), self.metric.unit),
        }
    }

    /// What differs from the goals of another scenario: `was 2 min`, `was p95` where another percentile is asked for; `None` where nothing does.
    pub fn was(&self, others: &[Goal]) -> Option<String> {
        if let Some(same) = others.iter().find(|other| other.metric == self.metric) {
            return (same.at_most != self.at_most).then(|| say!("goal.was", before = same.most()));
        }
        // `acceptance_p50_ms` is in the place of `acceptance_p95_ms`.
        let about = |goal: &Goal| goal.metric.key.split("_p").next();
        let instead = others.iter().find(|other| about(other) == about(self));
        let of = |goal: &Goal| goal.name().rsplit(", ").next().unwrap_or_default();
        Some(instead.map_or_else(|| say!("goal.new").to_owned(), |other| say!("goal.was", before = of(other))))
    }
}

/// As the page names a metric, in the kata's words.
pub fn name(metric: &Metric) -> &'static str {
    match metric.id {
        MetricId::AcceptanceP50 => say!("goal.acknowledged_p50"),
        MetricId::AcceptanceP95 => say!("goal.acknowledged_p95"),
        MetricId::AcceptanceP99 => say!("goal.acknowledged_p99"),
        MetricId::EndToEndP50 => say!("goal.confirmed_p50"),
        MetricId::EndToEndP95 => say!("goal.confirmed_p95"),
        MetricId::EndToEndP99 => say!("goal.confirmed_p99"),
        MetricId::QueueWaitP50 => say!("goal.queue_wait_p50"),
        MetricId::QueueWaitP95 => say!("goal.queue_wait_p95"),
        MetricId::QueueWaitP99 => say!("goal.queue_wait_p99"),
        MetricId::MaxBacklog => say!("goal.max_backlog"),
        MetricId::FinalBacklog => say!("goal.final_backlog"),
        MetricId::TurnedAwayRatio => say!("goal.turned_away"),
        MetricId::DroppedRatio => say!("goal.let_down"),
        MetricId::UnservedRatio => say!("goal.unserved"),
        MetricId::Duplicates => say!("goal.twice"),
        MetricId::Cost => say!("goal.cost"),
    }
}
