//! The names of lines at their ends, so that a curve can be recognised without its colour.
//!
//! A name stands beside the play head, or before it where there is no room: as near to its line as nothing else stands, neither on a curve nor
//! on a limit nor on another name. One that would have to stand far from its line is left out; the legend has it.

use plotters::prelude::DrawingBackend;

use super::input::ChartInput;
use super::layout::Layout;
use super::line::Line;
use super::pen::{Anchor, Drawn, Pen};
use super::theme::Role;
use engine::measure::Bin;
use engine::sim::time::Time;

/// Narrower plots have no room for names in them.
const ROOM_FOR_NAMES: f64 = 180.0;
/// Between the play head and a name.
const GAP: f64 = 5.0;
/// Between a name and a curve or a limit.
const CLEAR: f64 = 2.0;
/// How far from its line a name may stand, in lines of type.
const FAR: f64 = 3.0;

/// Heights from the upper to the lower.
type Band = (f64, f64);

pub(super) fn draw<DB: DrawingBackend>(pen: &Pen<DB>, l: &Layout, lines: &[&Line], input: &ChartInput) -> Drawn<DB> {
    if l.x1 - l.x0 < ROOM_FOR_NAMES {
        return Ok(());
    }
    let now = input.now_s.min(l.window.to_s);
    if now < l.window.from_s {
        return Ok(());
    }
    let bins = seen(input, now);
    let named: Vec<&Line> =
        lines.iter().filter(|line| line.named && current(l, line, input, bins, now)).copied().collect();
    let widest = named.iter().map(|line| l.text_width(line.end_label())).fold(0.0, f64::max);
    let head = l.x(now);
    let after = head + GAP + widest <= l.x1;
    let (from, to) = if after { (head, head + GAP + widest) } else { (head - GAP - widest, head) };
    let mut taken = limits(l, from, to);
    // Where names stand before the head, so do curves.
    let since = if after { now } else { now - (to - from) / (l.x1 - l.x0) * l.window.width() };
    if !after {
        taken.extend(lines.iter().filter_map(|line| band(l, line, input, bins, since)));
    }
    let half = l.font / 2.0 + CLEAR;
    let inside = (l.y0 + half - CLEAR, l.y1 - half);
    // The line drawn last is the one that matters most: its name has the first choice.
    for line in named.into_iter().rev() {
        let Some(own) = band(l, line, input, bins, since) else { continue };
        let Some(y) = free(&taken, own, half, inside, FAR * l.font) else { continue };
        taken.push((y - l.font / 2.0, y + l.font / 2.0));
        let label = line.end_label();
        let (x, anchor) = if after { (head + GAP, Anchor::Start) } else { (head - GAP, Anchor::End) };
        if after {
            let width = l.text_width(label) * 0.87;
            let corner = (x + width + 2.0, y + l.font / 2.0 + 1.0);
            pen.rect((x - 2.0, y - l.font / 2.0 - 1.0), corner, Role::Surface, 0.75)?;
        }
        pen.text(label, (x, y), anchor, line.role)?;
    }
    Ok(())
}

/// Whether a line reaches the play head: one that ended long ago has no name there.
fn current(l: &Layout, line: &Line, input: &ChartInput, bins: &[Bin], now: f64) -> bool {
    let last = bins.iter().rev().find(|b| line.at(input.series, b).is_some());
    last.is_some_and(|b| now - line.moment(b) <= l.window.width() / 20.0)
}

/// The bins up to `now`, which may be in the past.
fn seen<'a>(input: &ChartInput<'a>, now: f64) -> &'a [Bin] {
    let bins = input.so_far();
    &bins[..bins.partition_point(|b| b.from.seconds() < now)]
}

/// The limits' lines, and their words as far as these reach into the columns `from` to `to`.
fn limits(l: &Layout, from: f64, to: f64) -> Vec<Band> {
    let mut bands = Vec::new();
    for mark in &l.marks {
        let y = l.y(mark.side, mark.value);
        bands.push((y - 1.0, y + 1.0));
        if let Some((x, middle)) = l.word_place(mark)
            && x < to
            && x + l.text_width(&mark.word) > from
        {
            bands.push((middle - l.font / 2.0, middle + l.font / 2.0));
        }
    }
    bands
}

/// The highest and the lowest place of a line since second `since`, or at least of its last value.
fn band(l: &Layout, line: &Line, input: &ChartInput, bins: &[Bin], since: f64) -> Option<Band> {
    let since = Time::from_seconds(since.max(0.0));
    // Heights rise with values, so the highest and the lowest value are enough.
    let mut reach: Option<(f64, f64)> = None;
    for bin in bins.iter().rev() {
        let Some(value) = line.at(input.series, bin) else { continue };
        let Some((most, least)) = reach else {
            reach = Some((value, value));
            continue;
        };
        if bin.to < since {
            break;
        }
        let peak = line.peak.map_or(value, |peak| peak(bin));
        reach = Some((most.max(value).max(peak), least.min(value)));
    }
    reach.map(|(most, least)| (l.y(line.side, most), l.y(line.side, least)))
}

/// The height nearest to the band `own` at which something of twice `half` stands on nothing that is taken, within `inside` and not farther
/// than `far`.
fn free(taken: &[Band], own: Band, half: f64, inside: Band, far: f64) -> Option<f64> {
    let beyond = |y: f64| (own.0 - y).max(y - own.1).max(0.0);
    let stands = |y: f64| taken.iter().all(|t| y + half <= t.0 + 1e-6 || y - half >= t.1 - 1e-6);
    let edges = taken.iter().flat_map(|t| [t.0 - half, t.1 + half]);
    [(own.0 + own.1) / 2.0, inside.0, inside.1]
        .into_iter()
        .chain(edges)
        .filter(|y| *y >= inside.0 - 1e-6 && *y <= inside.1 + 1e-6 && beyond(*y) <= far && stands(*y))
        .min_by(|a, b| beyond(*a).total_cmp(&beyond(*b)))
}

#[cfg(test)]
mod tests {
    use super::free;

    #[test]
    fn a_name_stands_nearest_to_its_line_and_on_nothing() {
        let inside = (10.0, 100.0);
        let at = |taken: &[(f64, f64)], own: (f64, f64)| free(taken, own, 7.0, inside, 30.0);
        assert_eq!(at(&[], (50.0, 50.0)), Some(50.0), "nothing is there");
        assert_eq!(at(&[(48.0, 52.0)], (48.0, 52.0)), Some(41.0), "over its own curve");
        assert_eq!(at(&[(12.0, 20.0)], (12.0, 20.0)), Some(27.0), "under it where there is no room above");
        assert_eq!(at(&[(48.0, 52.0), (36.0, 38.0)], (48.0, 52.0)), Some(59.0), "not on a limit above");
        assert_eq!(at(&[(10.0, 100.0)], (40.0, 60.0)), None, "nowhere is left out");
        assert_eq!(at(&[(10.0, 90.0)], (20.0, 50.0)), None, "far away is left out");
    }
}
