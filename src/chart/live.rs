//! The live layer: the curves so far, what lies between them, the words in the plot, the play head and the crosshair.
//!
//! Its cost depends on the plot's width, hardly on the run's length: see `path`.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::Chart;
use super::input::{ChartInput, Frame};
use super::layout::Layout;
use super::line::{Line, Side, Weight};
use super::notes;
use super::pen::{Drawn, Pen};
use super::table::bin_at;
use super::theme::Role;
use crate::chart::draw_cache::{DrawCache, pieces, weight, within};
use engine::measure::Series;

/// How strong the ground under a line is, and one that has no line.
const SHADE: f64 = 0.11;
const GROUND: f64 = 0.3;
/// How much of what lies beyond the play head is covered.
const VEIL: f64 = 0.78;
/// How strong the other run's lines are.
const PALE: f64 = 0.45;

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
    let on_axis = |line: &Line| line.side == Side::Left || layout.second;
    let shows = |index: usize| {
        let line = &chart.lines[index];
        on_axis(line) && input.shows(line.group) && kept.extents.shows(chart, index)
    };
    let seen = || chart.lines.iter().zip(&kept.lines).enumerate().filter(|(i, _)| shows(*i)).map(|(_, seen)| seen);
    for (line, drawing) in seen() {
        let shade = if line.weight == Weight::Ground { GROUND } else { SHADE };
        for ground in &drawing.grounds {
            pen.area(ground, line.role, shade)?;
        }
    }
    for (line, drawing) in seen().filter(|(line, _)| line.weight != Weight::Ground) {
        for (faint, piece) in &drawing.pieces {
            let (weight, alpha) = weight(layout, line, *faint);
            pen.path(piece, weight, line.role, alpha)?;
        }
    }
    let visible: Vec<&Line> = seen().map(|(line, _)| line).collect();
    let beyond = |i: &usize| kept.extents.line(*i).most > layout.scale_of(chart.lines[*i].side).value(1.0);
    let cut: Vec<&Line> =
        (0..chart.lines.len()).filter(|i| shows(*i)).filter(beyond).map(|i| &chart.lines[i]).collect();
    notes::spikes(&pen, layout, &cut, input)?;
    head(&pen, layout, input)?;
    if let Some((from, to)) = input.band {
        band(&pen, layout, from, to)?;
    }
    match input.cursor_s {
        Some(t) => crosshair(&pen, layout, &visible, input, t)?,
        None => now(&pen, layout, &visible, input)?,
    }
    notes::draw(&pen, layout, chart, &visible, input)
}

/// The upper and lower end of an upright line: all of a track, so that the lines of tracks join.
fn ends(l: &Layout) -> (f64, f64) {
    if l.frame == Frame::Track { (0.0, l.height) } else { (l.y0, l.y1) }
}

/// The play head, and a veil over what lies beyond it.
fn head<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    if input.now_s <= 0.0 && !input.is_behind() {
        return Ok(());
    }
    let (top, foot) = ends(l);
    let x = l.x(input.now_s);
    if input.is_behind() && x < l.x1 {
        pen.rect((x.max(l.x0) + 0.5, top), (l.x1 + 2.0, foot), Role::Surface, VEIL)?;
    }
    if l.window.contains(input.now_s) {
        pen.upright(x, top, foot, 1.0, Role::Ink, if input.cursor_s.is_some() { 0.2 } else { 0.45 })?;
    }
    Ok(())
}

/// A dot at the play head on each bold line: what the figures beside the plot say.
fn now<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, lines: &[&Line], input: &ChartInput) -> Drawn<DB> {
    let Some(bin) = input.now.filter(|_| l.window.contains(input.now_s) && !l.is_low()) else { return Ok(()) };
    for line in lines.iter().filter(|line| line.weight == Weight::Bold) {
        if let Some(value) = line.now(bin) {
            // At the end of the run it is still seen whole.
            pen.dot(l.x(input.now_s).min(l.x1 - 4.0), l.y(line.side, value), line.role)?;
        }
    }
    Ok(())
}

/// The range that is being chosen.
fn band<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, from: f64, to: f64) -> Drawn<DB> {
    let x = |t: f64| l.x(t.clamp(l.window.from_s, l.window.to_s));
    let (left, right) = (x(from.min(to)), x(from.max(to)));
    let (top, foot) = ends(l);
    pen.rect((left, top), (right, foot), Role::Accent, 0.14)?;
    pen.upright(left, top, foot, 1.0, Role::Accent, 1.0)?;
    pen.upright(right, top, foot, 1.0, Role::Accent, 1.0)
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
    let (top, foot) = ends(l);
    pen.upright(l.x(t), top, foot, 1.0, Role::Ink, 0.7)?;
    let Some(bin) = bin_at(input, t).filter(|_| !l.is_low()) else { return Ok(()) };
    for line in lines {
        let at = line.moment(bin).min(input.duration_s);
        if let Some(value) = line.at(input.series, bin).filter(|_| l.window.contains(at)) {
            pen.dot(l.x(at), l.y(line.side, value), line.role)?;
        }
    }
    Ok(())
}
