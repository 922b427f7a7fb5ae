//! What a chart is drawn from: the run's series and what surrounds it. Borrowed data, put together anew for each frame.
//!
//! Times are seconds of the run, sizes are device pixels with the scale they are made for. Nothing here is checked against a scenario: an
//! event outside the run is not seen, an empty series draws empty axes.

use super::theme::Theme;
use crate::measure::{Metric, Series};

/// The size of a drawing: device pixels, and how many of them make one CSS pixel.
///
/// Geometry depends on the quotient alone, so two layers of other scales fit on each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    pub scale: f64,
}

/// A goal of the scenario: a metric and the most it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    pub metric: &'static Metric,
    pub at_most: f64,
}

/// An event of the scenario with a name in words, such as "clinic slow × 2.5".
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub from_s: f64,
    pub to_s: f64,
    pub name: String,
}

/// What can be known before a run; the axes have room for it from the start. 0 is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expected {
    /// The highest arrival rate of the scenario, surges included.
    pub peak_per_s: f64,
    /// Most workers of the design.
    pub workers: u64,
    /// Slots of all clinics: drawn as a line that workers had better not cross.
    pub slots: u64,
}

/// All that charts are drawn and told from.
#[derive(Clone, Copy, Debug)]
pub struct ChartInput<'a> {
    pub series: &'a Series,
    pub duration_s: f64,
    /// Seconds after midnight at which the run starts.
    pub starts_at_s: f64,
    /// The play head; not drawn at 0.
    pub now_s: f64,
    pub limits: &'a [Limit],
    pub events: &'a [Event],
    pub expected: Expected,
    /// The run to compare with: pale lines under the others.
    pub pinned: Option<&'a Series>,
    /// Backlog over time as the fluid estimate has it: dashed.
    pub predicted: &'a [(f64, f64)],
    /// Backlog over time as the learner expects it: dotted.
    pub sketch: &'a [(f64, f64)],
    /// Ids of legend entries that are switched off.
    pub hidden: &'a [String],
    /// The crosshair.
    pub cursor_s: Option<f64>,
    pub theme: Theme,
    pub size: Size,
    /// Whether the surface is painted first (a picture to save) or left to what is behind the canvas.
    pub opaque: bool,
}

impl ChartInput<'_> {
    pub(super) fn shows(&self, group: &str) -> bool {
        !self.hidden.iter().any(|h| h == group)
    }

    /// The most that goal `key` allows.
    pub(super) fn limit(&self, key: &str) -> Option<f64> {
        self.limits.iter().find(|l| l.metric.key == key).map(|l| l.at_most)
    }

    /// The clock at second `t` of the run.
    pub(super) fn day(&self, t: f64) -> f64 {
        self.starts_at_s + t
    }
}
