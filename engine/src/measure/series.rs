//! Series over time: bins of equal width, each with the counts and percentiles of its interval and the levels at its end.
//!
//! Bounded: a series that is full merges neighbours and doubles its bin. Percentiles of a merged bin come from the merged histograms, never
//! from averages.

use super::histogram::Sparse;
use crate::sim::time::{Span, Time};

/// The width of a bin when a run starts.
pub const BIN: Span = Span(10_000_000_000);
/// The most bins a series has; then neighbours merge. 10 800 s are 1080 bins.
pub const MAX_BINS: usize = 2048;

/// The run so far, in closed bins of equal width from time 0; only the run's last bin may be shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// How long each bin is; doubles when neighbours merge.
    pub width: Span,
    /// In order of time, without gaps.
    pub bins: Vec<Bin>,
    /// Rises whenever a bin is added or merged, so that a chart knows when to redraw.
    pub revision: u64,
}

/// One interval of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bin {
    /// The interval is `from ≤ t < to`; `to` of the last bin is the end of the run or of what was simulated.
    pub from: Time,
    /// See `from`.
    pub to: Time,
    // Counts of the interval.
    /// Bookings asked for.
    pub arrivals: u32,
    /// Bookings accepted.
    pub accepted: u32,
    /// Bookings that ended by a rejection.
    pub rejected: u32,
    /// Bookings whose patient gave up.
    pub abandoned: u32,
    /// Bookings confirmed.
    pub confirmed: u32,
    /// Dead-lettered or lost.
    pub given_up: u32,
    /// Times that a clinic booked a booking once more.
    pub duplicates: u32,
    /// Acceptance latency of what was accepted in the interval.
    pub acceptance: Quantiles,
    /// End-to-end latency of what was confirmed in the interval.
    pub end_to_end: Quantiles,
    // Levels at the end of the interval.
    /// Messages in all queues, those that wait for their backoff included.
    pub backlog: u64,
    /// Messages that workers hold.
    pub in_flight: u64,
    /// Nanoseconds that the oldest waiting message has waited since it was (re)enqueued; 0 if none waits.
    pub oldest_age: Span,
    /// Workers ordered and not gone, of all pools.
    pub workers: u64,
    /// Workers that hold a message.
    pub busy_workers: u64,
    /// Patients in line for a thread, of all APIs.
    pub api_waiting: u64,
    /// Clinic slots in use.
    pub clinic_busy: u64,
    /// Of those, the slots that serve a call whose caller gave up.
    pub clinic_unheard: u64,
    /// Pounds spent since the start.
    pub cost: f64,
    // Extremes within the interval.
    /// The largest backlog.
    pub max_backlog: u64,
}

/// Percentiles of one interval, with the histogram they come from, so that bins can be merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantiles {
    /// How many latencies were counted.
    pub count: u64,
    /// Milliseconds; `None` when nothing was counted.
    pub p50_ms: Option<f64>,
    /// The 95th percentile, as `p50_ms`.
    pub p95_ms: Option<f64>,
    /// The 99th percentile, as `p50_ms`.
    pub p99_ms: Option<f64>,
    /// All latencies of the interval.
    pub histogram: Sparse,
}

impl Quantiles {
    /// The count and percentiles of a histogram.
    pub fn of(histogram: Sparse) -> Quantiles {
        let [p50_ms, p95_ms, p99_ms] = histogram.quantiles_ms([0.5, 0.95, 0.99]);
        Quantiles { count: histogram.count(), p50_ms, p95_ms, p99_ms, histogram }
    }
}

/// A backlog of no more messages than these is as good as none, after a peak of so many: in a steady state a few always wait.
pub fn few(peak: f64) -> f64 {
    (peak / 100.0).clamp(5.0, 100.0)
}

/// When a backlog had drained and stayed so; `None` if none ever waited, or some still do where `bins` end.
pub fn drained(bins: &[Bin]) -> Option<Time> {
    let peak = bins.iter().map(|bin| bin.max_backlog).max()?;
    let last = bins.iter().rposition(|bin| bin.max_backlog as f64 > few(peak as f64))?;
    (last + 1 < bins.len()).then(|| bins[last].to)
}

impl Series {
    /// Adds a bin; a full series first merges neighbours.
    pub(super) fn push(&mut self, bin: Bin, most: usize) {
        self.bins.push(bin);
        self.revision += 1;
        if self.bins.len() == most {
            self.bins = self.bins.chunks_exact(2).map(|pair| pair[0].merged(&pair[1])).collect();
            self.width = Span(self.width.0 * 2);
        }
    }
}

impl Bin {
    /// This bin and the next one as one.
    fn merged(&self, next: &Bin) -> Bin {
        Bin {
            from: self.from,
            arrivals: self.arrivals + next.arrivals,
            accepted: self.accepted + next.accepted,
            rejected: self.rejected + next.rejected,
            abandoned: self.abandoned + next.abandoned,
            confirmed: self.confirmed + next.confirmed,
            given_up: self.given_up + next.given_up,
            duplicates: self.duplicates + next.duplicates,
            acceptance: Quantiles::of(self.acceptance.histogram.merged(&next.acceptance.histogram)),
            end_to_end: Quantiles::of(self.end_to_end.histogram.merged(&next.end_to_end.histogram)),
            max_backlog: self.max_backlog.max(next.max_backlog),
            ..next.clone()
        }
    }
}
