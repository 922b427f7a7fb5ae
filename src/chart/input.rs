//! What a chart is drawn from: the run's series and what surrounds it. Borrowed data, put together anew for each frame.
//!
//! Times are seconds of the run, sizes are device pixels with the scale they are made for. Nothing here is checked against a scenario: an
//! event outside the run is not seen, an empty series draws empty axes.

use super::theme::Theme;
use super::window::Window;
use engine::measure::{Bin, Metric, MetricId, Series};

/// The size of a drawing: device pixels, and how many of them make one CSS pixel.
///
/// Geometry depends on the quotient alone, so two layers of other scales fit on each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    pub scale: f64,
}

/// What surrounds a plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// All it needs to be read by itself: both axes, captions, the clock.
    #[default]
    Picture,
    /// Part of the page's one time axis: the labels of its scale stand beside its column, and it has no clock.
    Track,
    /// A track in a column of its own: with its clock.
    Column,
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
    /// How large a backlog the learner may want to draw.
    pub backlog: f64,
    /// Slots of all clinics: drawn as a line that workers had better not cross.
    pub slots: u64,
}

/// Another run beside this one: pinned, or the one that this one was forked from.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What the learner calls it.
    pub name: &'a str,
    pub series: &'a Series,
    /// The run's number: another for every run.
    pub id: u64,
}

/// All that charts and their summaries are made from.
#[derive(Clone, Copy, Debug)]
pub struct ChartInput<'a> {
    pub series: &'a Series,
    /// The number of this run's series: another for every run.
    pub run: u64,
    pub duration_s: f64,
    /// The stretch of the run that is shown.
    pub window: Window,
    /// Seconds after midnight at which the run starts.
    pub starts_at_s: f64,
    /// The play head; not drawn at 0. The series may go beyond it: what lies there is drawn faintly.
    pub now_s: f64,
    pub limits: &'a [Limit],
    pub events: &'a [Event],
    /// The rush: when most patients ask, in seconds from and to.
    pub rush: &'a [(f64, f64)],
    pub expected: Expected,
    /// The run to compare with: pale lines under the others.
    pub compared: Option<Compared<'a>>,
    /// The upper edge of the backlog as the fluid estimate has it: dotted over a pale ground.
    pub predicted: &'a [(f64, f64)],
    /// What the estimate says, in a few words that stand on it.
    pub foretold: Option<&'a str>,
    /// Backlog over time as the learner expects it: dashed.
    pub sketch: &'a [(f64, f64)],
    /// The run at the play head, as a bin of its own; what the page says of now. `None` before a run.
    pub now: Option<&'a Bin>,
    /// Ids of legend entries that are switched off.
    pub hidden: &'a [String],
    /// The crosshair.
    pub cursor_s: Option<f64>,
    /// The range that is being chosen.
    pub band: Option<(f64, f64)>,
    /// Messages are taken newest first, so newcomers overtake those who wait; `None` where bookings are also confirmed beside the queues.
    pub newest_first: Option<bool>,
    pub theme: Theme,
    pub frame: Frame,
    /// It has most of the room: its right axis is drawn too.
    pub enlarged: bool,
    /// A track says the times at its foot, because they are not those of the page's axis.
    pub clock: bool,
    pub size: Size,
    /// Whether the surface is painted first (a picture to save) or left to what is behind the canvas.
    pub opaque: bool,
}

impl<'a> ChartInput<'a> {
    /// An input of nothing but a series, in a picture of no size: to be filled in.
    pub fn of(series: &'a Series) -> ChartInput<'a> {
        ChartInput {
            series,
            run: 0,
            duration_s: 0.0,
            window: Window::whole(0.0),
            starts_at_s: 0.0,
            now_s: 0.0,
            limits: &[],
            events: &[],
            rush: &[],
            expected: Expected::default(),
            compared: None,
            predicted: &[],
            foretold: None,
            sketch: &[],
            now: None,
            hidden: &[],
            cursor_s: None,
            band: None,
            newest_first: Some(false),
            theme: Theme::default(),
            frame: Frame::default(),
            enlarged: false,
            clock: false,
            size: Size { width: 0, height: 0, scale: 1.0 },
            opaque: false,
        }
    }

    /// The bins up to the play head.
    pub fn so_far(&self) -> &'a [Bin] {
        let bins = &self.series.bins;
        &bins[..bins.partition_point(|b| b.to.seconds() <= self.now_s + 1e-9)]
    }

    /// The series goes on beyond the play head.
    pub(super) fn is_behind(&self) -> bool {
        self.so_far().len() < self.series.bins.len()
    }

    pub(super) fn shows(&self, group: &str) -> bool {
        !self.hidden.iter().any(|h| h == group)
    }

    /// The most that the goal of a metric allows.
    pub(super) fn limit(&self, metric: MetricId) -> Option<f64> {
        self.limits.iter().find(|l| l.metric.id == metric).map(|l| l.at_most)
    }

    /// The clock at second `t` of the run.
    pub(super) fn day(&self, t: f64) -> f64 {
        self.starts_at_s + t
    }
}
