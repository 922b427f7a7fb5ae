//! Measures: facts folded, as they come, into counts, histograms, bounded series and live figures; and the report of a run.
//!
//! Folding a fact costs a few nanoseconds and no memory: memory is bounded whatever the run's length.
//! Knows facts, times and station numbers; neither kinds nor parameters.

mod counters;
pub mod digest;
pub mod histogram;
pub mod live;
pub mod measures;
pub mod metric;
pub mod milestones;
mod money;
pub mod report;
pub mod series;
pub mod trace;

pub use histogram::Histogram;
pub use live::Live;
pub use measures::Measures;
pub use metric::{METRICS, Metric, MetricId, Unit, Wait};
pub use milestones::{Milestone, Milestones};
pub use report::{Counts, Latency, Report};
pub use series::{Bin, Quantiles, Series, drained, few};
pub use trace::BookingTracer;
