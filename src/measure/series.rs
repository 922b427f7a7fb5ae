//! Series over time: bins of equal width, each with the counts and percentiles of its interval and the levels at its end.
//!
//! Bounded: a series that is full merges neighbours and doubles its bin. Percentiles of a merged bin come from the merged histograms, never
//! from averages.

use super::histogram::Sparse;
use crate::sim::time::{Span, Time};

/// The width of a bin when a run starts.
pub const BIN: Span = Span(10_000_000_000);
/// The most bins a series keeps; then neighbours merge. 10 800 s are 1080 bins.
pub const MAX_BINS: usize = 2048;

/// The run so far, in bins of equal width from time 0. The last one may still be open.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub width: Span,
    pub bins: Vec<Bin>,
    /// Rises whenever a bin is added or merged, so that a chart knows when to redraw.
    pub revision: u64,
}

/// One interval of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bin {
    /// The interval is `from ≤ t < to`; `to` of the last bin is the end of the run or of what was simulated.
    pub from: Time,
    pub to: Time,
    // Counts of the interval.
    pub arrivals: u32,
    pub accepted: u32,
    pub rejected: u32,
    pub abandoned: u32,
    pub confirmed: u32,
    /// Dead-lettered or lost.
    pub given_up: u32,
    /// Acceptance latency of what was accepted in the interval.
    pub acceptance: Quantiles,
    /// End-to-end latency of what was confirmed in the interval.
    pub end_to_end: Quantiles,
    // Levels at the end of the interval.
    pub backlog: u64,
    pub in_flight: u64,
    /// Nanoseconds that the oldest waiting message has waited since it was (re)enqueued; 0 if none waits.
    pub oldest_age: Span,
    /// Workers ordered and not gone, of all pools.
    pub workers: u64,
    /// Workers that hold a message.
    pub busy_workers: u64,
    /// Clinic slots in use.
    pub clinic_busy: u64,
    /// Pounds spent since the start.
    pub cost: f64,
    // Extremes within the interval.
    pub max_backlog: u64,
}

/// Percentiles of one interval, with the histogram they come from, so that bins can be merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantiles {
    pub count: u64,
    /// Milliseconds; `None` when nothing was counted.
    pub p50_ms: Option<f64>,
    pub p95_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    pub histogram: Sparse,
}
