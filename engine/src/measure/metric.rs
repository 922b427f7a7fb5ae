//! The metrics that goals may name. [`METRICS`] is the one list: files, the goals' strip, the verdict and the README follow from it.

use super::report::Report;

/// A figure of a run that a goal can limit.
#[derive(Debug)]
pub struct Metric {
    /// As scenario files name it.
    pub key: &'static str,
    /// As the page names it.
    pub label: &'static str,
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
    Count,
    /// A share from 0 to 1, shown as per cent.
    Share,
    Pounds,
}

impl Metric {
    /// Whether it is about the state at the end alone, so that a value before the end says nothing.
    pub fn is_of_the_end(&self) -> bool {
        self.key == "final_backlog"
    }
}

impl PartialEq for Metric {
    fn eq(&self, other: &Metric) -> bool {
        self.key == other.key
    }
}

/// All metrics, in the order of `files.md`.
pub const METRICS: &[Metric] = &[
    Metric {
        key: "acceptance_p50_ms",
        label: "Acknowledged, p50",
        unit: Unit::Millis,
        value: |r| r.acceptance.p50,
        only_rises: false,
    },
    Metric {
        key: "acceptance_p95_ms",
        label: "Acknowledged, p95",
        unit: Unit::Millis,
        value: |r| r.acceptance.p95,
        only_rises: false,
    },
    Metric {
        key: "acceptance_p99_ms",
        label: "Acknowledged, p99",
        unit: Unit::Millis,
        value: |r| r.acceptance.p99,
        only_rises: false,
    },
    Metric {
        key: "end_to_end_p50_ms",
        label: "Confirmed, p50",
        unit: Unit::Millis,
        value: |r| r.end_to_end_goal[0],
        only_rises: false,
    },
    Metric {
        key: "end_to_end_p95_ms",
        label: "Confirmed, p95",
        unit: Unit::Millis,
        value: |r| r.end_to_end_goal[1],
        only_rises: false,
    },
    Metric {
        key: "end_to_end_p99_ms",
        label: "Confirmed, p99",
        unit: Unit::Millis,
        value: |r| r.end_to_end_goal[2],
        only_rises: false,
    },
    Metric {
        key: "queue_wait_p50_ms",
        label: "Queue wait, p50",
        unit: Unit::Millis,
        value: |r| r.queue_wait.p50,
        only_rises: false,
    },
    Metric {
        key: "queue_wait_p95_ms",
        label: "Queue wait, p95",
        unit: Unit::Millis,
        value: |r| r.queue_wait.p95,
        only_rises: false,
    },
    Metric {
        key: "queue_wait_p99_ms",
        label: "Queue wait, p99",
        unit: Unit::Millis,
        value: |r| r.queue_wait.p99,
        only_rises: false,
    },
    Metric {
        key: "max_backlog",
        label: "Largest backlog",
        unit: Unit::Count,
        value: |r| Some(r.backlog.max as f64),
        only_rises: true,
    },
    Metric {
        key: "final_backlog",
        label: "Backlog at the end",
        unit: Unit::Count,
        value: |r| Some(r.backlog.last as f64),
        only_rises: false,
    },
    Metric { key: "unserved_ratio", label: "Unserved", unit: Unit::Share, value: unserved, only_rises: false },
    Metric {
        key: "duplicates",
        label: "Booked twice",
        unit: Unit::Count,
        value: |r| Some(r.counts.duplicates as f64),
        only_rises: true,
    },
    Metric { key: "cost", label: "Cost", unit: Unit::Pounds, value: |r| Some(r.cost), only_rises: true },
];

/// Rejected, abandoned, dead-lettered and lost ÷ arrivals.
fn unserved(report: &Report) -> Option<f64> {
    let c = &report.counts;
    (c.arrivals > 0).then(|| (c.rejected + c.abandoned + c.dead_lettered + c.lost) as f64 / c.arrivals as f64)
}
