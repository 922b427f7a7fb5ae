//! The live layer: the curves so far, what lies between them, the play head with the lines' names, and the crosshair.
//!
//! Its cost depends on the plot's width, hardly on the run's length: see `path`.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::Chart;
use super::input::ChartInput;
use super::layout::Layout;
use super::line::Line;
use super::names;
use super::pen::{Drawn, Pen};
use super::table::bin_at;
use super::theme::Role;
use crate::chart::draw_cache::{DrawCache, pieces, weight, within};
use engine::measure::Series;

const SHADE: f64 = 0.11;
/// How much of what lies beyond the play head is covered.
const VEIL: f64 = 0.78;
/// How strong the other run's lines are.
const PALE: f64 = 0.5;

/// Draws the curves. The backend's area is taken to be empty and transparent, over the static layer.
pub fn draw_live<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, chart: &Chart, input: &ChartInput) -> Drawn<DB> {
    let mut kept = DrawCache::default();
    kept.layout(chart, input);
    draw_live_kept(root, chart, input, &mut kept)
}

/// The same with the cache of the picture before; [`DrawCache::layout`] was called with this very input.
pub fn draw_live_kept<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    chart: &Chart,
    input: &ChartInput,
    kept: &mut DrawCache,
) -> Drawn<DB> {
    kept.strokes(chart, input);
    let kept = &*kept;
    let layout = kept.layout.as_ref().expect("strokes have a layout");
    let pen = Pen::new(root, layout.scale, layout.font, input.theme);
    let shows = |index: usize| input.shows(chart.lines[index].group) && kept.extents.shows(chart, index);
    let seen = || chart.lines.iter().zip(&kept.lines).enumerate().filter(|(i, _)| shows(*i)).map(|(_, seen)| seen);
    for (line, drawing) in seen() {
        for ground in &drawing.grounds {
            pen.area(ground, line.role, SHADE)?;
        }
    }
    for (line, drawing) in seen() {
        for (faint, piece) in &drawing.pieces {
            let (weight, alpha) = weight(layout, line, *faint);
            pen.path(piece, weight, line.role, alpha)?;
        }
    }
    head(&pen, layout, input)?;
    if let Some((from, to)) = input.band {
        band(&pen, layout, from, to)?;
    }
    let visible: Vec<&Line> = seen().map(|(line, _)| line).collect();
    match input.cursor_s {
        Some(t) => crosshair(&pen, layout, &visible, input, t),
        None => names::draw(&pen, layout, &visible, input),
    }
}

/// The play head, and a veil over what lies beyond it.
fn head<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    if input.now_s <= 0.0 && !input.is_behind() {
        return Ok(());
    }
    let x = l.x(input.now_s);
    if input.is_behind() && x < l.x1 {
        pen.rect((x.max(l.x0) + 0.5, l.y0 - 2.0), (l.x1 + 2.0, l.y1), Role::Surface, VEIL)?;
    }
    if l.window.contains(input.now_s) {
        pen.upright(x, l.y0, l.y1, 1.0, Role::Ink, if input.is_behind() { 0.7 } else { 0.35 })?;
    }
    Ok(())
}

/// The range that is being chosen.
fn band<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, from: f64, to: f64) -> Drawn<DB> {
    let x = |t: f64| l.x(t.clamp(l.window.from_s, l.window.to_s));
    let (left, right) = (x(from.min(to)), x(from.max(to)));
    pen.rect((left, l.y0), (right, l.y1), Role::Accent, 0.14)?;
    pen.upright(left, l.y0, l.y1, 1.0, Role::Accent, 1.0)?;
    pen.upright(right, l.y0, l.y1, 1.0, Role::Accent, 1.0)
}

/// A line of the run to compare with: thin and pale, under the others.
pub(super) fn pale_line<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, line: &Line, series: &Series) -> Drawn<DB> {
    for (_, piece) in pieces(l, line, series, within(l, &series.bins)) {
        pen.path(&piece, 1.0, line.role, PALE)?;
    }
    Ok(())
}

fn crosshair<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, lines: &[&Line], input: &ChartInput, t: f64) -> Drawn<DB> {
    let t = t.clamp(0.0, input.duration_s);
    if !l.window.contains(t) {
        return Ok(());
    }
    pen.upright(l.x(t), l.y0, l.y1, 1.0, Role::Ink, 0.7)?;
    let Some(bin) = bin_at(input, t) else { return Ok(()) };
    for line in lines {
        let at = line.moment(bin).min(input.duration_s);
        if let Some(value) = line.at(input.series, bin).filter(|_| l.window.contains(at)) {
            pen.dot(l.x(at), l.y(line.side, value), line.role)?;
        }
    }
    Ok(())
}
