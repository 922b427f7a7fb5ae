//! The live layer: the curves so far, what lies between them, the play head with the lines' names, and the crosshair.
//!
//! Its cost depends on the plot's width, hardly on the run's length: see `path`.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::Chart;
use super::axis::Ruler;
use super::input::ChartInput;
use super::layout::Layout;
use super::line::{Fill, Line, Side, Weight};
use super::names;
use super::path::{Pixel, Sample, Stroke, dashes, grounds, strokes};
use super::pen::{Drawn, Pen};
use super::table::bin_at;
use super::theme::Role;
use crate::measure::Series;

const SHADE: f64 = 0.11;
/// CSS pixels in a column of a line, and of the ground under it, whose edge the line hides.
const LINE: f64 = 1.0;
const GROUND: f64 = 2.0;

/// Draws the curves. The backend's area is taken to be empty and transparent, over the static layer.
pub fn draw_live<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, chart: &Chart, input: &ChartInput) -> Drawn<DB> {
    let layout = Layout::new(chart, input);
    let pen = Pen::new(root, &layout, input.theme);
    let visible: Vec<&Line> = chart.lines.iter().filter(|l| input.shows(l.group) && l.any(input.series)).collect();
    for line in &visible {
        shade(&pen, &layout, chart, line, input)?;
    }
    for line in &visible {
        draw_line(&pen, &layout, line, input.series, Look::Full)?;
    }
    if input.now_s > 0.0 {
        pen.upright(layout.x(input.now_s.min(layout.duration_s)), layout.y0, layout.y1, 1.0, Role::Ink, 0.35)?;
    }
    match input.cursor_s {
        Some(t) => crosshair(&pen, &layout, &visible, input, t),
        None => names::draw(&pen, &layout, &visible, input),
    }
}

/// How strongly a line is drawn.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Look {
    Full,
    /// The pinned run, under the others.
    Pale,
}

pub(super) fn draw_line<DB: DrawingBackend>(
    pen: &Pen<DB>,
    l: &Layout,
    line: &Line,
    series: &Series,
    look: Look,
) -> Drawn<DB> {
    for stroke in line_strokes(l, line, series) {
        let (weight, alpha) = match (look, line.weight, stroke.faint) {
            (Look::Pale, ..) => (l.bold * 0.75, 0.4),
            (_, _, true) => (1.0, 0.6),
            (_, Weight::Thin, _) => (1.0, 1.0),
            (_, Weight::Bold, _) => (l.bold, 1.0),
        };
        match line.dash.pattern() {
            None => pen.path(stroke.points, weight, line.role, alpha)?,
            Some((on, off)) => {
                for dash in dashes(&stroke.points, on * l.scale, off * l.scale) {
                    pen.path(dash, weight, line.role, alpha)?;
                }
            }
        }
    }
    Ok(())
}

/// From times and values to device pixels, made ready for many bins.
struct Places {
    ruler: Ruler,
    left: f64,
    per_second: f64,
    bottom: f64,
    height: f64,
    right: f64,
}

impl Places {
    fn new(l: &Layout, side: Side) -> Places {
        Places {
            ruler: Ruler::new(l.scale_of(side)),
            left: l.x0 * l.scale,
            per_second: (l.x1 - l.x0) * l.scale / l.duration_s,
            bottom: l.y1 * l.scale,
            height: (l.y1 - l.y0) * l.scale,
            right: l.x1 * l.scale,
        }
    }

    fn at(&self, t: f64, value: f64) -> Pixel {
        let x = (self.left + t * self.per_second).min(self.right);
        let y = self.bottom - self.ruler.fraction(value) * self.height;
        // Both are positive: the cast rounds.
        ((x + 0.5) as i32, (y + 0.5) as i32)
    }
}

/// A line's strokes in device pixels.
fn line_strokes(l: &Layout, line: &Line, series: &Series) -> Vec<Stroke> {
    let places = Places::new(l, line.side);
    let samples = line.points(series).map(|point| {
        let p = point?;
        let (x, y) = places.at(p.at, p.value);
        Some(Sample { x, y, peak: p.peak.map(|(at, value)| places.at(at, value)), faint: p.faint })
    });
    strokes(samples, (LINE * l.scale) as i32, LINE * l.scale / 2.0)
}

/// Shades what lies under a line, where both its edges are known.
fn shade<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, chart: &Chart, line: &Line, input: &ChartInput) -> Drawn<DB> {
    let under = match line.fill {
        Fill::None => return Ok(()),
        Fill::ToZero => None,
        Fill::To(id) => match chart.lines.iter().find(|o| o.id == id && input.shows(o.group)) {
            Some(other) => Some(other),
            None => return Ok(()),
        },
    };
    let places = Places::new(l, line.side);
    let floor = pen.px(l.y1);
    let edges = input.series.bins.iter().map(|bin| {
        let (x, high) = places.at(line.moment(bin), line.at(input.series, bin)?);
        let low = match under {
            None => floor,
            Some(other) => places.at(0.0, other.at(input.series, bin)?).1,
        };
        Some((x, high, low))
    });
    for piece in grounds(edges, (GROUND * l.scale) as i32) {
        pen.area(piece, line.role, SHADE)?;
    }
    Ok(())
}

fn crosshair<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, lines: &[&Line], input: &ChartInput, t: f64) -> Drawn<DB> {
    let t = t.clamp(0.0, l.duration_s);
    pen.upright(l.x(t), l.y0, l.y1, 1.0, Role::Ink, 0.7)?;
    let Some(bin) = bin_at(input, t) else { return Ok(()) };
    for line in lines {
        if let Some(value) = line.at(input.series, bin) {
            pen.dot(l.x(line.moment(bin).min(l.duration_s)), l.y(line.side, value), line.role)?;
        }
    }
    Ok(())
}
