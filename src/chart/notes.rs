//! The few words that stand in a plot: what the limits are, that two curves are one, what was cut off at the top, what is predicted, and the
//! times of a stretch that is not the page's.
//!
//! What a figure is called stands beside the plot, not in it. A note that has no room is left out: the words of the chart have it all.

use plotters::prelude::DrawingBackend;

use super::Chart;
use super::axis::{GRID_APART, clock_ticks};
use super::expected;
use super::input::{ChartInput, Frame};
use super::layout::Layout;
use super::line::{Line, Side, Weight};
use super::pen::{Anchor, Drawn, Pen};
use super::theme::Role;
use crate::format::number;

/// Between the play head and the words beside it.
const GAP: f64 = 9.0;
/// Spikes nearer to each other than this, in CSS pixels, have one caret.
const SPIKE_APART: f64 = 64.0;
/// Between a curve and the words that it is two: half a line, and the curve's own width.
const OVER_ONE: f64 = 12.0;
/// Between a predicted curve and its words.
const OVER: f64 = 9.0;

/// What stands in a plot over its curves.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<DB>,
    l: &Layout,
    chart: &Chart,
    lines: &[&Line],
    input: &ChartInput,
) -> Drawn<DB> {
    if l.is_low() {
        return Ok(());
    }
    for mark in l.marks.iter().filter(|mark| fits(l, &mark.word)) {
        let place = (l.words_end(), l.word_height(mark));
        pen.backed(&mark.word, l.text_width(&mark.word) * NARROWER, place, Anchor::End, Role::Muted)?;
    }
    if input.clock {
        clock(pen, l, input)?;
    }
    if chart.expects {
        foretold(pen, l, input)?;
        guess(pen, l, input)?;
    }
    if input.cursor_s.is_none() {
        one(pen, l, chart, lines, input)?;
    }
    Ok(())
}

/// Widths are those of the broadest usual typeface; the page's own is narrower.
const NARROWER: f64 = 0.87;

fn fits(l: &Layout, words: &str) -> bool {
    l.text_width(words) <= (l.x1 - l.x0) * 0.7
}

/// The times at a track's foot.
fn clock<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    for tick in clock_ticks(input.starts_at_s, l.window, l.x1 - l.x0, GRID_APART) {
        let (x, width) = (l.x(tick.value), l.text_width(&tick.label) * NARROWER);
        if x - width / 2.0 >= l.x0 && x + width / 2.0 <= l.x1 {
            pen.backed(&tick.label, width, (x, l.y1 - 7.0), Anchor::Middle, Role::Muted)?;
        }
    }
    Ok(())
}

/// Beside the play head, that two curves are one: "acknowledged = confirmed: 22 s".
fn one<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, chart: &Chart, lines: &[&Line], input: &ChartInput) -> Drawn<DB> {
    let Some(bin) = input.now.filter(|_| l.window.contains(input.now_s)) else { return Ok(()) };
    for line in lines.iter().filter(|line| line.weight == Weight::Bold) {
        let under = line.over.and_then(|id| lines.iter().find(|other| other.id == id));
        let values = under.and_then(|under| Some((*under, line.now(bin)?, under.now(bin)?)));
        let Some((under, value, lower)) = values else { continue };
        let y = l.y(line.side, lower);
        // One figure, as it is written beside the plot, not only one place.
        let [upper, lower] = [chart.shown(line, &|line| line.now(bin)).unwrap_or(value), lower]
            .map(|value| chart.left.quantity.write(value));
        if upper != lower {
            continue;
        }
        let words = format!("{} = {}: {lower}", line.group_label.get(), under.group_label.get());
        let width = l.text_width(&words) * NARROWER;
        let after = l.x(input.now_s) + GAP;
        let (x, anchor) =
            if after + width <= l.words_end() { (after, Anchor::Start) } else { (after - 2.0 * GAP, Anchor::End) };
        // Over the curve, which goes on beside the play head where another run is seen; under it where a limit's words stand there.
        let over = (y - OVER_ONE).max(l.font * 0.6);
        let taken = l.marks.iter().any(|m| (l.word_height(m) - over).abs() < l.font + 2.0);
        let under = y + OVER_ONE;
        let y = if taken && under + l.font / 2.0 <= l.height { under } else { over };
        pen.backed(&words, width, (x, y), anchor, Role::Ink)?;
    }
    Ok(())
}

/// What the estimate says, over its curve: where the curve is past its peak, and nothing else stands.
fn foretold<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    let (Some(words), false) = (input.foretold, input.predicted.is_empty()) else { return Ok(()) };
    let over = input.now_s >= input.duration_s - 1.0;
    if over || !input.shows(super::PREDICTED.id) || !fits(l, words) {
        return Ok(());
    }
    let width = l.text_width(words) * NARROWER;
    let peak = input.predicted.iter().fold((0.0, 0.0), |best, p| if p.1 > best.1 { *p } else { best });
    let first = l.x(peak.0).max(l.x(input.now_s) + GAP).max(l.x0 + GAP);
    let end = l.words_end();
    let height = |x: f64| {
        let within = |p: &&(f64, f64)| (x - GAP..=x + width + GAP).contains(&l.x(p.0));
        let top = input.predicted.iter().filter(within).map(|p| p.1).fold(0.0, f64::max);
        l.y(Side::Left, top) - OVER
    };
    let free = |x: f64, y: f64| {
        let marks = l.marks.iter().filter(|m| m.side == Side::Left);
        y - l.font / 2.0 >= 0.0
            && marks.into_iter().all(|m| {
                let beside =
                    x + width < end - l.text_width(&m.word) - GAP || (l.word_height(m) - y).abs() > l.font + 2.0;
                beside && (l.y(Side::Left, m.value) - y).abs() > l.font * 0.7
            })
    };
    let mut x = first;
    while x + width <= end {
        let y = height(x);
        if free(x, y) {
            return pen.backed(words, width, (x, y), Anchor::Start, Role::Muted);
        }
        x += 24.0;
    }
    Ok(())
}

/// What the learner expects, at the top of their curve.
fn guess<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, input: &ChartInput) -> Drawn<DB> {
    let told = expected::note(input).zip(expected::drawn(input.sketch));
    let Some((words, course)) = told.filter(|_| input.shows(super::EXPECTED.id)) else { return Ok(()) };
    let width = l.text_width(&words) * NARROWER;
    let (x, y) = (l.x(course.at_s), l.y(Side::Left, course.peak));
    if x < l.x0 || x > l.x1 || !fits(l, &words) {
        return Ok(());
    }
    let x = x.max(l.x0 + GAP + width / 2.0).min(l.words_end() - width / 2.0);
    let y = if y - OVER - l.font / 2.0 >= 0.0 { y - OVER } else { y + OVER };
    pen.backed(&words, width, (x, y), Anchor::Middle, Role::Ink)
}

/// A caret and the figure where a curve goes beyond the axis.
pub(super) fn spikes<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, lines: &[&Line], input: &ChartInput) -> Drawn<DB> {
    for line in lines.iter().filter(|line| line.weight != Weight::Ground && !l.is_low()) {
        let top = l.scale_of(line.side).value(1.0);
        let beyond = input.series.bins.iter().filter_map(|bin| {
            let value = line.at(input.series, bin).filter(|value| *value > top * 1.001)?;
            let at = line.moment(bin);
            l.window.contains(at).then(|| (l.x(at), value))
        });
        let mut spikes: Vec<(f64, f64)> = Vec::new();
        for (x, value) in beyond {
            match spikes.last_mut() {
                // The highest of what is close together.
                Some(last) if x - last.0 < SPIKE_APART => {
                    if value > last.1 {
                        *last = (x, value);
                    }
                }
                _ => spikes.push((x, value)),
            }
        }
        for (x, value) in spikes {
            let words = number(value, if value < 10.0 { 1 } else { 0 });
            let width = l.text_width(&words) * NARROWER;
            pen.caret(x, if l.frame == Frame::Track { 1.0 } else { l.y0 - 6.0 }, line.role)?;
            let right = x + 7.0 + width <= l.x1;
            let (at, anchor) = if right { (x + 7.0, Anchor::Start) } else { (x - 7.0, Anchor::End) };
            pen.backed(&words, width, (at, (l.y0 - 1.0).max(l.font * 0.6)), anchor, Role::Ink)?;
        }
    }
    Ok(())
}
