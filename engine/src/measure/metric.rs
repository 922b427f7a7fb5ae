//! The metrics that goals may name. [`METRICS`] is the one list: files, the goals' strip, the verdict and the README follow from it.

use super::report::Report;

/// Which metric it is: how the code names one. Texts and files name it by [`Metric::key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricId {
    /// Median acceptance latency.
    AcceptanceP50,
    /// Its 95th percentile.
    AcceptanceP95,
    /// Its 99th percentile.
    AcceptanceP99,
    /// Median end-to-end latency; what is accepted and not confirmed counts as infinite.
    EndToEndP50,
    /// Its 95th percentile.
    EndToEndP95,
    /// Its 99th percentile.
    EndToEndP99,
    /// Median time that a message waits in its queue.
    QueueWaitP50,
    /// Its 95th percentile.
    QueueWaitP95,
    /// Its 99th percentile.
    QueueWaitP99,
    /// The largest backlog of the run.
    MaxBacklog,
    /// The backlog at the end.
    FinalBacklog,
    /// Rejected and abandoned bookings as a share of arrivals.
    TurnedAwayRatio,
    /// Dead-lettered and lost bookings as a share of what was accepted.
    DroppedRatio,
    /// Rejected, abandoned, dead-lettered and lost bookings as a share of arrivals.
    UnservedRatio,
    /// Times that a clinic booked a booking once more.
    Duplicates,
    /// Pounds for instances, workers and messages.
    Cost,
}

/// What a metric of times is the time of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// From asking for a booking to the reply.
    Acceptance,
    /// From asking for a booking to its confirmation.
    EndToEnd,
    /// From joining a queue to being taken.
    Queue,
}

impl MetricId {
    /// The entry in [`METRICS`].
    pub fn metric(self) -> &'static Metric {
        METRICS.iter().find(|m| m.id == self).expect("every metric has an entry")
    }

    /// What it is the time of, and the share of bookings that it is a quantile of; `None` for what is no time.
    pub fn quantile(self) -> Option<(Wait, f64)> {
        Some(match self {
            MetricId::AcceptanceP50 => (Wait::Acceptance, 0.5),
            MetricId::AcceptanceP95 => (Wait::Acceptance, 0.95),
            MetricId::AcceptanceP99 => (Wait::Acceptance, 0.99),
            MetricId::EndToEndP50 => (Wait::EndToEnd, 0.5),
            MetricId::EndToEndP95 => (Wait::EndToEnd, 0.95),
            MetricId::EndToEndP99 => (Wait::EndToEnd, 0.99),
            MetricId::QueueWaitP50 => (Wait::Queue, 0.5),
            MetricId::QueueWaitP95 => (Wait::Queue, 0.95),
            MetricId::QueueWaitP99 => (Wait::Queue, 0.99),
            MetricId::MaxBacklog
            | MetricId::FinalBacklog
            | MetricId::TurnedAwayRatio
            | MetricId::DroppedRatio
            | MetricId::UnservedRatio
            | MetricId::Duplicates
            | MetricId::Cost => return None,
        })
    }
}

/// A figure of a run that a goal can limit.
#[derive(Debug)]
pub struct Metric {
    /// Which metric it is.
    pub id: MetricId,
    /// As scenario files name it.
    pub key: &'static str,
    /// As the page names it.
    pub label: &'static str,
    /// How its value is written.
    pub unit: Unit,
    /// The value in a report; `None` if it is infinite or has nothing to count, and then no goal holds.
    pub value: fn(&Report) -> Option<f64>,
    /// Whether it can only rise while a run goes on, so that a goal once lost stays lost.
    pub only_rises: bool,
}

/// How a metric's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds, shown as ms, s, min or h.
    Millis,
    /// A number of bookings or messages.
    Count,
    /// A share from 0 to 1, shown as per cent.
    Share,
    /// Money.
    Pounds,
}

impl Metric {
    /// Whether it is about the state at the end alone, so that a value before the end says nothing.
    pub fn is_of_the_end(&self) -> bool {
        self.id == MetricId::FinalBacklog
    }
}

impl PartialEq for Metric {
    fn eq(&self, other: &Metric) -> bool {
        self.id == other.id
    }
}

/// All metrics, in the order of the table in docs/reference.md.
///
/// ```
/// use engine::measure::{METRICS, MetricId, Report, Unit};
///
/// let report = Report { cost: 8.5, ..Report::default() };
/// let cost = METRICS.iter().find(|metric| metric.key == "cost").unwrap();
/// assert_eq!((cost.id, cost.unit, (cost.value)(&report)), (MetricId::Cost, Unit::Pounds, Some(8.5)));
///
/// // Nobody was confirmed: the median has no value, and no goal on it holds.
/// assert_eq!((MetricId::EndToEndP50.metric().value)(&report), None);
/// ```
pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::AcceptanceP50,
        key: "acceptance_p50_ms",
        label: "Acknowledged, p50",
        unit: Unit::Millis,
        value: |r| r.acceptance.p50,
        only_rises: false,
    },
    Metric {
        id: MetricId::AcceptanceP95,
        key: "acceptance_p95_ms",
        label: "Acknowledged, p95",
        unit: Unit::Millis,
        value: |r| r.acceptance.p95,
        only_rises: false,
    },
    Metric {
        id: MetricId::AcceptanceP99,
        key: "acceptance_p99_ms",
        label: "Acknowledged, p99",
        unit: Unit::Millis,
        value: |r| r.acceptance.p99,
        only_rises: false,
    },
    Metric {
        id: MetricId::EndToEndP50,
        key: "end_to_end_p50_ms",
        label: "Confirmed, p50",
        unit: Unit::Millis,
        value: |r| r.end_to_end_goal[0],
        only_rises: false,
    },
    Metric {
        id: MetricId::EndToEndP95,
        key: "end_to_end_p95_ms",
        label: "Confirmed, p95",
        unit: Unit::Millis,
        value: |r| r.end_to_end_goal[1],
        only_rises: false,
    },
    Metric {
        id: MetricId::EndToEndP99,
        key: "end_to_end_p99_ms",
        label: "Confirmed, p99",
        unit: Unit::Millis,
        value: |r| r.end_to_end_goal[2],
        only_rises: false,
    },
    Metric {
        id: MetricId::QueueWaitP50,
        key: "queue_wait_p50_ms",
        label: "Queue wait, p50",
        unit: Unit::Millis,
        value: |r| r.queue_wait.p50,
        only_rises: false,
    },
    Metric {
        id: MetricId::QueueWaitP95,
        key: "queue_wait_p95_ms",
        label: "Queue wait, p95",
        unit: Unit::Millis,
        value: |r| r.queue_wait.p95,
        only_rises: false,
    },
    Metric {
        id: MetricId::QueueWaitP99,
        key: "queue_wait_p99_ms",
        label: "Queue wait, p99",
        unit: Unit::Millis,
        value: |r| r.queue_wait.p99,
        only_rises: false,
    },
    Metric {
        id: MetricId::MaxBacklog,
        key: "max_backlog",
        label: "Largest backlog",
        unit: Unit::Count,
        value: |r| Some(r.backlog.max as f64),
        only_rises: true,
    },
    Metric {
        id: MetricId::FinalBacklog,
        key: "final_backlog",
        label: "Backlog at the end",
        unit: Unit::Count,
        value: |r| Some(r.backlog.last as f64),
        only_rises: false,
    },
    Metric {
        id: MetricId::TurnedAwayRatio,
        key: "turned_away_ratio",
        label: "Turned away",
        unit: Unit::Share,
        value: |r| share(r.counts.rejected + r.counts.abandoned, r.counts.arrivals),
        only_rises: false,
    },
    Metric {
        id: MetricId::DroppedRatio,
        key: "dropped_ratio",
        label: "Let down after a yes",
        unit: Unit::Share,
        value: |r| share(r.counts.dead_lettered + r.counts.lost, r.counts.accepted),
        only_rises: false,
    },
    Metric {
        id: MetricId::UnservedRatio,
        key: "unserved_ratio",
        label: "Turned away or let down",
        unit: Unit::Share,
        value: unserved,
        only_rises: false,
    },
    Metric {
        id: MetricId::Duplicates,
        key: "duplicates",
        label: "Confirmed twice",
        unit: Unit::Count,
        value: |r| Some(r.counts.duplicates as f64),
        only_rises: true,
    },
    Metric {
        id: MetricId::Cost,
        key: "cost",
        label: "Cost",
        unit: Unit::Pounds,
        value: |r| Some(r.cost),
        only_rises: true,
    },
];

/// Rejected, abandoned, dead-lettered and lost ÷ arrivals.
fn unserved(report: &Report) -> Option<f64> {
    let c = &report.counts;
    share(c.rejected + c.abandoned + c.dead_lettered + c.lost, c.arrivals)
}

/// A part of a whole from 0 to 1; of nothing there is none.
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::report::Counts;

    fn ratio(id: MetricId, counts: Counts) -> Option<f64> {
        (id.metric().value)(&Report { counts, ..Report::default() })
    }

    /// Of 200 that came, 160 were accepted: what happened before that is a share of the one, what happened after it of the other.
    #[test]
    fn before_a_yes_is_a_share_of_arrivals_and_after_it_of_what_was_accepted() {
        let counts = Counts {
            arrivals: 200,
            accepted: 160,
            rejected: 30,
            abandoned: 10,
            dead_lettered: 3,
            lost: 1,
            ..Counts::default()
        };
        assert_eq!(ratio(MetricId::TurnedAwayRatio, counts), Some(0.2));
        assert_eq!(ratio(MetricId::DroppedRatio, counts), Some(0.025));
        assert_eq!(ratio(MetricId::UnservedRatio, counts), Some(0.22));
    }

    #[test]
    fn a_share_of_nothing_has_no_value() {
        let ratios = [MetricId::TurnedAwayRatio, MetricId::DroppedRatio, MetricId::UnservedRatio];
        assert_eq!(ratios.map(|id| ratio(id, Counts::default())), [None; 3]);
        let none_accepted = Counts { arrivals: 5, rejected: 5, ..Counts::default() };
        assert_eq!(ratios.map(|id| ratio(id, none_accepted)), [Some(1.0), None, Some(1.0)]);
    }
}
