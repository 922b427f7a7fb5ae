//! The static layer: axes, ticks, limits, events, and the curves that don't move while a run goes on (pinned, predicted, drawn by hand).

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::axis::{GRID_APART, clock_ticks};
use super::input::{ChartInput, Frame};
use super::layout::Layout;
use super::line::{Dash, Side};
use super::live::pale_line;
use super::path::{Pixel, Sample, dashes, straighten};
use super::pen::{Anchor, Drawn, Pen};
use super::theme::Role;
use super::{COMPARED, Chart, EXPECTED, PREDICTED, Theme};
use crate::chart::draw_cache::DrawCache;
use crate::chart::line_extents::LineExtents;
use crate::chart::pixel_transform::PixelTransform;

/// CSS pixels between the labels of the clock.
const CLOCK_ROOM: f64 = 58.0;
/// Captions and the names of events: their height, and how far from the edge they begin.
const CAPTION: f64 = 8.0;
const EDGE: f64 = 6.0;
/// Between the plot and the labels beside it.
const BESIDE: f64 = 7.0;
/// How strong the rush's ground is, the prediction's, and an event's in a picture.
const RUSH: f64 = 0.04;
const FORETOLD: f64 = 0.06;
const EVENT: f64 = 0.05;

/// Draws what changes seldom. The backend's area is taken to be empty.
pub fn draw_static<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, chart: &Chart, input: &ChartInput) -> Drawn<DB> {
    let layout = &Layout::new(chart, input);
    let pen = Pen::new(root, layout.scale, layout.font, input.theme);
    if input.opaque {
        pen.rect((0.0, 0.0), (layout.width, layout.height), Role::Surface, 1.0)?;
    }
    rush(&pen, layout, input)?;
    events(&pen, chart, layout, input)?;
    axes(&pen, chart, layout, input)?;
    for mark in layout.marks.iter().filter(|_| !layout.is_low()) {
        pen.dotted(layout.x0, layout.x1, layout.y(mark.side, mark.value), Role::Ink)?;
    }
    if let Some(other) = input.compared.filter(|_| input.shows(COMPARED)) {
        let extents = LineExtents::of(chart, other.series);
        for (index, line) in chart.lines.iter().enumerate() {
            // What has an axis only where there is room is drawn, and named, only there.
            let has_axis = line.side == Side::Left || layout.second;
            if line.compared && has_axis && input.shows(line.group) && extents.shows(chart, index) {
                pale_line(&pen, layout, line, other.series)?;
            }
        }
    }
    if chart.expects && input.shows(PREDICTED.id) {
        envelope(&pen, layout, input.predicted)?;
    }
    if chart.expects && input.shows(EXPECTED.id) {
        curve(&pen, layout, input.sketch, EXPECTED.dash, EXPECTED.role)?;
    }
    Ok(())
}

/// What a static layer was drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct StaticKey {
    layout: Layout,
    theme: Theme,
    /// Over all that is drawn and is not in the layout.
    digest: u64,
}

/// Equal keys mean an equal static layer.
pub fn static_key(chart: &Chart, input: &ChartInput) -> StaticKey {
    static_key_kept(chart, input, &mut DrawCache::default())
}

/// The same with the cache of the picture before.
pub fn static_key_kept(chart: &Chart, input: &ChartInput, kept: &mut DrawCache) -> StaticKey {
    let mut digest = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |word: u64| digest = (digest ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    add(input.starts_at_s.to_bits());
    let other = input.compared.filter(|_| input.shows(COMPARED));
    add(other.map_or(u64::MAX, |other| other.id ^ other.series.revision << 32));
    for event in input.events {
        add(event.from_s.to_bits());
        add(event.to_s.to_bits());
        event.name.bytes().for_each(|b| add(u64::from(b)));
    }
    for curve in [input.predicted, input.sketch] {
        add(curve.len() as u64);
        curve.iter().for_each(|p| [p.0, p.1].map(f64::to_bits).into_iter().for_each(&mut add));
    }
    for (from, to) in input.rush {
        add(from.to_bits());
        add(to.to_bits());
    }
    add(u64::from(input.clock));
    let hidden = chart.lines.iter().filter(|l| !input.shows(l.group));
    hidden.for_each(|l| l.id.bytes().for_each(|b| add(u64::from(b))));
    add(u64::from(input.opaque));
    add(u64::from(input.shows(PREDICTED.id)));
    add(u64::from(input.shows(EXPECTED.id)));
    StaticKey { layout: kept.layout(chart, input).clone(), theme: input.theme, digest }
}

fn axes<DB: DrawingBackend>(pen: &Pen<DB>, chart: &Chart, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    times(pen, l, input)?;
    let mut below = f64::INFINITY;
    for tick in chart.left.quantity.ticks(&l.left, l.room()) {
        let y = l.y(Side::Left, tick.value);
        let foot = y >= l.y1 - 0.5;
        if l.frame != Frame::Track || !foot && !l.is_low() {
            pen.across(l.x0, l.x1, y, 1.0, Role::Line, if foot { 1.0 } else { 0.75 })?;
        }
        // A label that is closer to the one below than its own height is left out.
        if labelled(l, y) && below - y >= l.font + 1.0 {
            below = y;
            pen.text(&tick.label, (l.x0 - BESIDE, y), Anchor::End, Role::Muted)?;
        }
    }
    let right = chart.right.filter(|_| l.second);
    if let Some(right) = right {
        for tick in right.quantity.ticks(&l.right, l.room()).iter().filter(|_| !l.is_low()) {
            let y = l.y(Side::Right, tick.value);
            if l.frame != Frame::Picture {
                pen.across(l.x1 - 4.0, l.x1, y, 1.0, Role::Line, 1.0)?;
                if labelled(l, y) {
                    pen.text(&tick.label, (l.x1 - BESIDE, y), Anchor::End, Role::Muted)?;
                }
            } else {
                pen.across(l.x1, l.x1 + 4.0, y, 1.0, Role::Line, 1.0)?;
                pen.text(&tick.label, (l.x1 + BESIDE, y), Anchor::Start, Role::Muted)?;
            }
        }
    }
    if l.captions {
        pen.text(chart.left.caption(), (EDGE, CAPTION), Anchor::Start, Role::Muted)?;
        if let Some(right) = right {
            pen.text(right.caption(), (l.width - EDGE, CAPTION), Anchor::End, Role::Muted)?;
        }
    }
    Ok(())
}

/// Whether a label at height `y` has room: a track ends where the next begins.
fn labelled(l: &Layout, y: f64) -> bool {
    let half = l.font / 2.0;
    !l.is_low() && y - half >= 0.0 && y + half <= l.height
}

/// The lines of time, over all of a track, or the clock under a plot.
fn times<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    let ticks = |apart: f64| clock_ticks(input.starts_at_s, l.window, l.x1 - l.x0, apart);
    if l.frame == Frame::Track {
        for tick in ticks(GRID_APART) {
            let x = l.x(tick.value);
            if x > l.x0 + 1.0 && x < l.x1 - 1.0 {
                pen.upright(x, 0.0, l.height, 1.0, Role::Line, 1.0)?;
            }
        }
        return Ok(());
    }
    for tick in ticks(CLOCK_ROOM) {
        let (x, half) = (l.x(tick.value), l.text_width(&tick.label) / 2.0);
        pen.upright(x, l.y1, l.y1 + 4.0, 1.0, Role::Line, 1.0)?;
        if x - half >= 0.0 && x + half <= l.width {
            pen.text(&tick.label, (x, l.y1 + 12.0), Anchor::Middle, Role::Muted)?;
        }
    }
    Ok(())
}

/// The upper and lower end of what stands for a stretch of time: all of a track, the plot of a picture.
fn ends(l: &Layout) -> (f64, f64) {
    if l.frame == Frame::Track { (0.0, l.height) } else { (l.y0, l.y1) }
}

fn rush<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    let (top, foot) = ends(l);
    for &(from, to) in input.rush {
        let (from, to) = (l.x(from).max(l.x0), l.x(to).min(l.x1));
        if from < to {
            pen.rect((from, top), (to, foot), Role::Ink, RUSH)?;
        }
    }
    Ok(())
}

/// Hatches each event. A picture by itself names them over the plot, in it where they would touch; a track has the page's names.
fn events<DB: DrawingBackend>(pen: &Pen<DB>, chart: &Chart, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    let caption = |text: &str| if l.captions { l.text_width(text) + EDGE + 6.0 } else { l.x0 };
    let first = caption(chart.left.caption());
    let end = chart.right.map_or(l.x1, |right| l.width - caption(right.caption()));
    let mut rows = vec![first];
    for event in input.events {
        let (from, to) = (l.x(event.from_s).max(l.x0), l.x(event.to_s).min(l.x1));
        if from >= to {
            continue;
        }
        let (top, foot) = ends(l);
        pen.rect((from, top), (to, foot), Role::Clinic, EVENT)?;
        pen.hatched((from, top), (to, foot), Role::Clinic, 0.28)?;
        if !chart.names_events || l.frame != Frame::Picture {
            continue;
        }
        let width = l.text_width(&event.name);
        let x = from.min(end - width).max(first);
        let row = rows.iter().position(|taken| *taken <= x).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(0.0);
        }
        rows[row] = x + width + 8.0;
        let y = CAPTION + row as f64 * (l.font + 4.0);
        if x + width <= l.width && y + l.font <= l.y1 {
            pen.text(&event.name, (x, y), Anchor::Start, Role::Muted)?;
        }
    }
    Ok(())
}

fn curve<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, points: &[(f64, f64)], dash: Dash, role: Role) -> Drawn<DB> {
    let (on, off) = dash.pattern().unwrap_or((f64::MAX, 1.0));
    for piece in dashes(&pixels(l, points), on * l.scale, off * l.scale) {
        pen.path(&piece, 1.5, role, 0.9)?;
    }
    Ok(())
}

/// The prediction: its upper edge dotted, over a pale ground.
fn envelope<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, points: &[(f64, f64)]) -> Drawn<DB> {
    let edge = pixels(l, points);
    let (Some(first), Some(last)) = (edge.first().copied(), edge.last().copied()) else { return Ok(()) };
    let foot = pen.px(l.y1);
    let mut ground = edge;
    ground.extend([(last.0, foot), (first.0, foot)]);
    pen.area(&ground, Role::Wait, FORETOLD)?;
    curve(pen, l, points, PREDICTED.dash, PREDICTED.role)
}

fn pixels(l: &Layout, points: &[(f64, f64)]) -> Vec<Pixel> {
    let places = PixelTransform::new(l, Side::Left);
    let samples = points.iter().filter(|p| p.1.is_finite()).map(|p| {
        let (x, y) = places.at(p.0, p.1);
        Some(Sample { x, y, peak: None, faint: false })
    });
    straighten(places.clipped(samples).flatten().map(|s| (s.x, s.y)).collect(), l.scale / 2.0)
}
