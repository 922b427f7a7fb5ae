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
use super::path::{Pixel, Sample, Stroke, dashes, grounds, strokes};
use super::pen::{Anchor, Drawn, Pen};
use super::table::bin_at;
use super::theme::Role;
use crate::measure::Series;

/// Narrower plots have no room for names in them.
const ROOM_FOR_NAMES: f64 = 180.0;
const SHADE: f64 = 0.11;
/// CSS pixels in a column of a line, and of the ground under it, whose edge the line hides.
const LINE: f64 = 1.0;
const GROUND: f64 = 2.0;
/// Between the play head and a name.
const GAP: f64 = 5.0;

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
        None if layout.x1 - layout.x0 >= ROOM_FOR_NAMES => names(&pen, &layout, chart, &visible, input),
        None => Ok(()),
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

/// The names of lines at their ends: beside the play head, or over the curves before it where there is no room; never on each other.
fn names<DB: DrawingBackend>(
    pen: &Pen<DB>,
    l: &Layout,
    chart: &Chart,
    lines: &[&Line],
    input: &ChartInput,
) -> Drawn<DB> {
    let now = input.now_s.min(l.duration_s);
    // A line that ended long ago has no name at the head.
    let current = |line: &&&Line| {
        let last = input.series.bins.iter().rev().find(|b| line.at(input.series, b).is_some());
        line.named && last.is_some_and(|b| now - line.moment(b) <= l.duration_s / 20.0)
    };
    let lines: Vec<&Line> = lines.iter().filter(current).copied().collect();
    let widest = lines.iter().map(|line| l.text_width(line.end_label())).fold(0.0, f64::max);
    let (head, half) = (l.x(now), l.font / 2.0);
    let after = head + GAP + widest <= l.x1;
    let since = now - (widest + GAP) / (l.x1 - l.x0) * l.duration_s;
    let place = |line| if after { reach(l, &[line], input, now).0 } else { clear_of(l, chart, line, input, since) };
    let mut ends: Vec<(f64, &Line)> = lines.into_iter().map(|line| (place(line), line)).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let heights: Vec<f64> = ends.iter().map(|e| e.0).collect();
    let heights = apart(&heights, l.font + 2.0, l.y0 + half, l.y1 - half - 1.0);
    for ((_, line), y) in ends.into_iter().zip(heights) {
        if after {
            let width = l.text_width(line.end_label()) * 0.87;
            let (from, to) = ((head + GAP - 2.0, y - half - 1.0), (head + GAP + width + 2.0, y + half + 1.0));
            pen.rect(from, to, Role::Surface, 0.75)?;
            pen.text(line.end_label(), (head + GAP, y), Anchor::Start, line.role)?;
        } else {
            pen.text(line.end_label(), (head - GAP, y), Anchor::End, line.role)?;
        }
    }
    Ok(())
}

/// Where the name of a line fits over what it did since second `since`: above it, or below it and its group if a limit runs there.
fn clear_of(l: &Layout, chart: &Chart, line: &Line, input: &ChartInput, since: f64) -> f64 {
    let lift = l.font / 2.0 + 4.0;
    let group: Vec<&Line> = chart.lines.iter().filter(|o| o.group == line.group).collect();
    let above = reach(l, &[line], input, since).0 - lift;
    let below = reach(l, &group, input, since).1 + lift;
    let crossed = l.marks.iter().any(|m| (l.y(m.side, m.value) - above).abs() < l.font * 0.7);
    if crossed && below + lift < l.y1 { below } else { above }
}

/// The highest and the lowest point of lines since second `since`, or at least of their last.
fn reach(l: &Layout, lines: &[&Line], input: &ChartInput, since: f64) -> (f64, f64) {
    let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
    for line in lines {
        let mut first = true;
        for bin in input.series.bins.iter().rev() {
            let Some(value) = line.at(input.series, bin) else { continue };
            if line.moment(bin) < since && !first {
                break;
            }
            first = false;
            let y = l.y(line.side, value);
            (top, bottom) = (top.min(y), bottom.max(y));
        }
    }
    (top, bottom)
}

/// Moves sorted heights apart to at least `gap`, as little as that takes, within `top` and `bottom`.
fn apart(heights: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    // Groups of labels that touch; each stands around the mean of its own heights.
    let mut groups: Vec<(f64, Vec<f64>)> = Vec::new();
    for &height in heights {
        groups.push((height, vec![height]));
        while let [.., above, below] = &groups[..] {
            let reach = gap * (above.1.len() + below.1.len()) as f64 / 2.0;
            if below.0 - above.0 >= reach {
                break;
            }
            let mut members = above.1.clone();
            members.extend(&below.1);
            groups.truncate(groups.len() - 2);
            let mean = members.iter().sum::<f64>() / members.len() as f64;
            let half = gap * (members.len() - 1) as f64 / 2.0;
            groups.push((mean.min(bottom - half).max(top + half), members));
        }
    }
    let place = |(middle, members): &(f64, Vec<f64>)| {
        let first = middle - gap * (members.len() - 1) as f64 / 2.0;
        (0..members.len()).map(|i| (first + gap * i as f64).clamp(top, bottom.max(top))).collect::<Vec<_>>()
    };
    groups.iter().flat_map(place).collect()
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

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn names_never_touch_and_stay_inside() {
        for heights in [vec![], vec![50.0], vec![50.0, 50.0, 51.0], vec![9.0, 10.0, 90.0, 99.0, 99.0]] {
            let placed = apart(&heights, 13.0, 10.0, 100.0);
            assert_eq!(placed.len(), heights.len());
            assert!(placed.windows(2).all(|w| w[1] - w[0] >= 12.999), "{placed:?}");
            assert!(placed.iter().all(|y| (9.999..=100.001).contains(y)), "{placed:?}");
        }
        assert_eq!(apart(&[20.0, 60.0], 13.0, 10.0, 100.0), [20.0, 60.0]);
        assert_eq!(apart(&[50.0, 50.0], 13.0, 10.0, 100.0), [43.5, 56.5]);
    }
}
