//! Charts: a run over time, drawn on any plotters backend (a canvas in the page, SVG in tests) and summed up in words.
//!
//! [`CHARTS`] is the one list. A chart is data: its lines, its axes, its limits and its words; drawing, tables and crosshairs follow from
//! that. Two layers with one geometry: [`draw_static`] for what changes seldom (compare [`static_key`]), [`draw_live`] for curves and the
//! play head. The geometry is a pure function of the input; no text is measured, so nothing touches a page. Titles and legends are the
//! page's, in its own type.
//!
//! plotters gives the drawing area, its backends and their primitives; scales, meshes and series are ours. Measured with four charts of
//! 600 × 240 px and four series each, milliseconds a redraw: plotters' series with mesh 2.5, without light mesh lines 1.9, with its legend 6.6–9
//! (each label is measured through an element, which the page's policy forbids), axes on a layer of their own 0.95; here 0.7, and 1.5 by uPlot
//! (`cargo xtask bench browser` measures both). With 10 000 points its series take 14, the extremes of each pixel column 1.3.
//!
//! Fails only where the backend fails. Knows series and limits; neither stations, kinds nor a browser.

use crate::lang::Text;
use crate::say;
use engine::measure::MetricId;

pub mod axis;
pub mod backlog;
pub mod drain;
pub mod expected;
pub mod input;
pub mod layout;
pub mod line;
pub mod map;
pub mod path;
pub mod sound;
pub mod table;
pub mod theme;
pub mod window;

mod draw_cache;
mod frame;
pub mod latency;
pub mod latency_distribution;
mod legend;
mod line_extents;
mod live;
mod notes;
mod pen;
mod pixel_transform;
pub mod standalone;
pub mod throughput;
pub mod workers;
pub mod zoom;

pub use axis::Quantity;
pub use drain::{Drain, drain};
pub use draw_cache::DrawCache;
pub use frame::{StaticKey, draw_static, static_key, static_key_kept};
pub use input::{ChartInput, Compared, Event, Expected, Frame, Limit, Size};
pub use latency_distribution::{Latencies, SpreadInput, draw_spread, draw_spread_standalone};
pub use layout::Layout;
use layout::text_width;
pub use legend::{COMPARED, EXPECTED, Entry, PREDICTED};
pub use line::{Dash, Fill, Key, Line, Side, Weight, When};
pub use line_extents::LineExtents;
pub use live::{draw_live, draw_live_kept};
pub use map::{MapInput, draw_map, draw_map_standalone};
pub use standalone::draw_standalone;
pub use table::{Readout, bin_at, csv, readout, table};
pub use theme::{Role, Theme};
pub use window::Window;

/// All charts, in the order of the page.
pub const CHARTS: &[Chart] = &[latency::CHART, backlog::CHART, throughput::CHART, workers::CHART];

/// What stands in a chart's place where a design has nothing of what it shows.
pub const INSTEAD: &[Chart] = &[backlog::IN_LINE, workers::CALLS];

/// What a design has, as far as a chart needs it to have something to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub queues: bool,
    pub workers: bool,
    pub apis: bool,
    pub clinics: bool,
}

/// Which chart it is. What is special about one is a field of [`Chart`], not a question about its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartId {
    Latency,
    Backlog,
    Throughput,
    Workers,
}

/// A dialog that a chart opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// How many bookings were served within which time.
    Distribution,
}

/// Short words beside a title, and the sentence that they stand for.
pub type Aside = fn(&ChartInput) -> Option<(String, String)>;

/// One chart.
#[derive(Debug)]
pub struct Chart {
    pub id: ChartId,
    /// As files and the page's elements name it.
    pub key: &'static str,
    title: Text,
    /// What its figures are, in a word or two.
    unit: Text,
    /// What it shows and how to read it, in one line.
    about: Text,
    pub lines: &'static [Line],
    pub left: Axis,
    pub right: Option<Axis>,
    /// Limits that are drawn across.
    pub marks: fn(&ChartInput) -> Vec<Mark>,
    /// What the axes must have room for beyond data and marks, left and right.
    pub reach: fn(&ChartInput) -> (f64, f64),
    /// Where the left axis ends whatever the figures are: what goes beyond is cut off and named. `None`: the axis grows with them.
    pub ceiling: fn(&ChartInput) -> Option<f64>,
    /// The latest figures in a line; [`Chart::about()`] before there are any.
    pub subtitle: fn(&ChartInput) -> String,
    /// What the run so far shows, in sentences with figures.
    pub summary: fn(&ChartInput) -> String,
    /// Whether events are named here; elsewhere they are only shaded.
    pub names_events: bool,
    /// Whether a prediction and a sketch of what the learner expects are drawn and summed up here.
    pub expects: bool,
    /// What stands beside the title.
    pub aside: Option<Aside>,
    pub dialog: Option<Dialog>,
    /// The metrics whose goals its curves decide; each metric has one chart.
    pub decides: &'static [MetricId],
    /// Whether a design has what it shows.
    pub needs: fn(Parts) -> bool,
}

/// What an axis measures, and the words above it.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub quantity: Quantity,
    caption: Option<Text>,
}

impl Chart {
    /// Its name.
    pub fn title(&self) -> &'static str {
        self.title.get()
    }

    /// What its figures are, in a word or two.
    pub fn unit(&self) -> &'static str {
        self.unit.get()
    }

    /// What it shows and how to read it, in one line.
    pub fn about(&self) -> &'static str {
        self.about.get()
    }
}

impl Axis {
    /// The words above it.
    pub fn caption(&self) -> &'static str {
        self.caption.map_or("", |caption| caption.get())
    }
}

/// A dotted line across the chart: a goal, or what there is of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The id of the line that it limits.
    pub of: &'static str,
    pub side: Side,
    pub value: f64,
    /// What stands on it.
    pub word: String,
}

impl Chart {
    /// The chart called `key`.
    pub fn find(key: &str) -> Option<&'static Chart> {
        CHARTS.iter().chain(INSTEAD).find(|c| c.key == key)
    }

    /// What stands in this chart's place for a design that has these; `None` if there is nothing to show.
    pub fn fitting(&'static self, parts: Parts) -> Option<&'static Chart> {
        std::iter::once(self).chain(INSTEAD.iter().filter(|other| other.id == self.id)).find(|c| (c.needs)(parts))
    }

    /// The chart whose curves decide a metric.
    pub fn deciding(metric: MetricId) -> Option<&'static Chart> {
        CHARTS.iter().find(|c| c.decides.contains(&metric))
    }

    /// What the run so far shows, beside the run to compare with if there is one.
    pub fn words(&self, input: &ChartInput) -> String {
        let words = (self.summary)(input);
        match input.compared {
            Some(other) if !input.series.bins.is_empty() => format!("{words} {}", self.beside(input, other)),
            _ => words,
        }
    }

    /// The highest of what both runs show: "At their highest: waiting 2 310 (Run 3: 21 900)."
    fn beside(&self, input: &ChartInput, other: Compared) -> String {
        let both = self.lines.iter().filter(|l| l.compared).map(|l| {
            let quantity = self.axis(l.side).quantity;
            let [own, others] = [input.series, other.series].map(|s| l.write(quantity, l.most(s)));
            say!("chart.beside_curve", curve = l.label.get(), own, run = other.name, other = others)
        });
        let both: Vec<String> = both.collect();
        say!("chart.beside", curves = both.join("; "))
    }

    fn axis(&self, side: Side) -> Axis {
        match side {
            Side::Left => self.left,
            Side::Right => self.right.unwrap_or(self.left),
        }
    }
}
