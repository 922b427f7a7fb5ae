//! What was worked out for one picture of a chart and holds for the next: how far its lines reach, its geometry, and its strokes in pixels.
//!
//! Bins are only ever appended, so what is known of them is brought up to date by looking at the new ones, strokes too as long as the
//! geometry stays. So the cost of a picture follows its size in pixels, not the length of the run.
//!
//! Knows no backend. Series are the same if [`ChartInput::run`] and their width of bins are.

use crate::chart::Chart;
use crate::chart::input::ChartInput;
use crate::chart::layout::Layout;
use crate::chart::line::{Before, Dash, Fill, Line, Weight};
use crate::chart::line_extents::LineExtents;
use crate::chart::path::{self, Grounds, Pixel, Sample, Stroke, Strokes, dashes};
use crate::chart::pixel_transform::PixelTransform;
use crate::chart::theme::Theme;
use engine::measure::{Bin, Series};

/// CSS pixels in a column of a line, and of the ground under it, whose edge the line hides.
const LINE: f64 = 1.0;
const GROUND: f64 = 2.0;
/// Lines nearer to each other than this, in CSS pixels, lie on each other …
const ON: f64 = 3.0;
/// … and the upper one is drawn like this.
const LAID_ON: Dash = Dash::Dashed;

/// What is reused from picture to picture.
#[derive(Clone, Debug, Default)]
pub struct DrawCache {
    pub(super) extents: LineExtents,
    pub(super) layout: Option<Layout>,
    pub(super) lines: Vec<Drawing>,
    made: Option<Made>,
}

/// What strokes were made from.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    layout: Layout,
    run: u64,
    width: u64,
    hidden: u64,
    bins: usize,
    theme: Theme,
}

impl DrawCache {
    /// The geometry of the picture that `input` asks for.
    pub fn layout(&mut self, chart: &Chart, input: &ChartInput) -> &Layout {
        self.extents.follow(chart, input.run, input.series);
        self.layout.insert(Layout::with(chart, input, &self.extents))
    }

    /// Brings the strokes up to date with what [`DrawCache::layout`] has found.
    pub(super) fn strokes(&mut self, chart: &Chart, input: &ChartInput) {
        let layout = self.layout.as_ref().expect("the layout comes first");
        let hidden = chart.lines.iter().fold(0, |bits, l| bits << 1 | u64::from(input.shows(l.group)));
        let (run, width, bins) = (input.run, input.series.width.0, input.series.bins.len());
        let same = |m: &&Made| {
            (m.run, m.width, m.hidden, m.theme) == (run, width, hidden, input.theme)
                && m.layout == *layout
                && m.bins <= bins
        };
        let done = self.made.as_ref().filter(same).map(|made| made.bins);
        if done == Some(bins) {
            return;
        }
        // Only where nothing is cut at the window's edges can strokes be gone on with.
        let whole = layout.window.is_whole(input.duration_s);
        let seen = if whole { &input.series.bins } else { within(layout, &input.series.bins) };
        let new = match done.filter(|_| whole) {
            Some(done) => done,
            None => {
                self.lines = chart.lines.iter().map(|_| Drawing::new(layout)).collect();
                0
            }
        };
        for (line, drawing) in chart.lines.iter().zip(&mut self.lines) {
            if input.shows(line.group) {
                drawing.go_on(layout, chart, line, input, &seen[new..]);
            }
        }
        self.made = Some(Made { layout: layout.clone(), run, width, hidden, bins, theme: input.theme });
    }
}

/// A line's strokes and the ground under it, in the making and ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    strokes: Strokes,
    /// What lies on another line: its dashes.
    laid_on: Strokes,
    /// Whether the last bin lay on it.
    was_on: bool,
    before: Before,
    ground: Grounds,
    /// Pieces with dashes cut, in the order of time; each with whether it is faint.
    pub pieces: Vec<(bool, Vec<Pixel>)>,
    /// Outlines of the ground.
    pub grounds: Vec<Vec<Pixel>>,
}

impl Drawing {
    fn new(l: &Layout) -> Drawing {
        Drawing {
            strokes: strokes(l),
            laid_on: strokes(l),
            // So that a line that begins on another has no loose end.
            was_on: true,
            before: Before::default(),
            ground: Grounds::new((GROUND * l.scale) as i32),
            pieces: Vec::new(),
            grounds: Vec::new(),
        }
    }

    fn go_on(&mut self, l: &Layout, chart: &Chart, line: &Line, input: &ChartInput, bins: &[Bin]) {
        let places = PixelTransform::new(l, line.side);
        let samples: Vec<Option<Sample>> = bins
            .iter()
            .map(|bin| {
                let p = line.point(input.series, bin, &mut self.before)?;
                let (x, y) = places.at(p.at, p.value);
                Some(Sample { x, y, peak: p.peak.map(|(at, value)| places.at(at, value)), faint: p.faint })
            })
            .collect();
        let under = line.over.and_then(|id| shown(chart, input, id));
        match under {
            Some(under) => self.lay_on(&places, l, under, input, bins, &samples),
            None => places.clipped(samples.into_iter()).for_each(|sample| self.strokes.push(sample)),
        }
        // Where the system gives the colours, two that cross are told apart by this alone.
        let alike = line.over.is_some() && matches!(input.theme, Theme::Forced { .. });
        self.pieces = cut(l, if alike { LAID_ON } else { line.dash }, self.strokes.so_far());
        self.pieces.extend(cut(l, LAID_ON, self.laid_on.so_far()));
        let under = match line.fill {
            Fill::None => return,
            Fill::ToZero => None,
            Fill::To(id) => match shown(chart, input, id) {
                Some(other) => Some(other),
                None => return,
            },
        };
        let floor = places.floor();
        let edges = bins.iter().map(|bin| {
            let (x, high) = places.at(line.moment(bin), line.at(input.series, bin)?);
            let low = match under {
                None => floor,
                Some(other) => places.at(0.0, other.at(input.series, bin)?).1,
            };
            Some((x, high, low))
        });
        for place in places.clipped_ground(edges) {
            self.ground.push(place);
        }
        self.grounds = self.ground.so_far();
    }

    /// Parts that lie on line `under` go into strokes of their own. Where the two part or meet, the next piece belongs to what was before.
    fn lay_on(
        &mut self,
        places: &PixelTransform,
        l: &Layout,
        under: &Line,
        input: &ChartInput,
        bins: &[Bin],
        samples: &[Option<Sample>],
    ) {
        let (mut apart, mut on) = (Vec::with_capacity(samples.len()), Vec::with_capacity(samples.len()));
        for (bin, sample) in bins.iter().zip(samples) {
            let near = |s: &Sample| {
                let other = under.at(input.series, bin).map(|value| places.at(0.0, value).1);
                other.is_some_and(|y| f64::from((y - s.y).abs()) < ON * l.scale)
            };
            let is_on = sample.as_ref().is_some_and(near);
            apart.push(sample.filter(|_| !is_on || !self.was_on));
            on.push(sample.filter(|_| is_on || self.was_on));
            self.was_on = is_on;
        }
        places.clipped(apart.into_iter()).for_each(|sample| self.strokes.push(sample));
        places.clipped(on.into_iter()).for_each(|sample| self.laid_on.push(sample));
    }
}

fn strokes(l: &Layout) -> Strokes {
    Strokes::new((LINE * l.scale) as i32, LINE * l.scale / 2.0)
}

/// A line of the chart that is switched on.
fn shown<'a>(chart: &'a Chart, input: &ChartInput, id: &str) -> Option<&'a Line> {
    chart.lines.iter().find(|o| o.id == id && input.shows(o.group))
}

/// The bins that the window shows, with one more on each side: lines go on to the plot's edge.
pub(super) fn within<'a>(l: &Layout, bins: &'a [Bin]) -> &'a [Bin] {
    let first = bins.partition_point(|b| b.to.seconds() < l.window.from_s).saturating_sub(1);
    let end = bins.partition_point(|b| b.from.seconds() <= l.window.to_s);
    &bins[first..(end + 1).min(bins.len()).max(first)]
}

/// A line's strokes in device pixels, its dashes cut.
pub(super) fn pieces(l: &Layout, line: &Line, series: &Series, bins: &[Bin]) -> Vec<(bool, Vec<Pixel>)> {
    let places = PixelTransform::new(l, line.side);
    let samples = line.points(series, bins).map(|point| {
        let p = point?;
        let (x, y) = places.at(p.at, p.value);
        Some(Sample { x, y, peak: p.peak.map(|(at, value)| places.at(at, value)), faint: p.faint })
    });
    cut(l, line.dash, path::strokes(places.clipped(samples), (LINE * l.scale) as i32, LINE * l.scale / 2.0))
}

fn cut(l: &Layout, dash: Dash, strokes: Vec<Stroke>) -> Vec<(bool, Vec<Pixel>)> {
    let Some((on, off)) = dash.pattern() else {
        return strokes.into_iter().map(|s| (s.faint, s.points)).collect();
    };
    let dashed =
        |s: Stroke| dashes(&s.points, on * l.scale, off * l.scale).into_iter().map(move |dash| (s.faint, dash));
    strokes.into_iter().flat_map(dashed).collect()
}

/// How thick a line is, and how strong.
pub(super) fn weight(l: &Layout, line: &Line, faint: bool) -> (f64, f64) {
    match (faint, line.weight) {
        (true, _) => (1.0, 0.6),
        (false, Weight::Ground) => (0.0, 0.0),
        (false, Weight::Hair) => (1.0, 0.6),
        (false, Weight::Thin) => (1.0, 1.0),
        (false, Weight::Bold) => (l.bold, 1.0),
    }
}
