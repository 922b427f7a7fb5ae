//! The geometry of a chart: where the plot lies, and how times and values become places and back.
//!
//! In CSS pixels, so that it is the same for every layer and for the pointer; the pen turns it into device pixels. A pure function of the
//! input: text widths are estimated from the widest of the usual system fonts, never measured.

use super::axis::Scale;
use super::input::{ChartInput, Frame};
use super::line::Side;
use super::window::Window;
use super::{Chart, Mark};
use crate::chart::line_extents::LineExtents;

/// Room in CSS pixels around the plot of a picture that stands by itself.
const LEFT: f64 = 50.0;
const RIGHT: f64 = 50.0;
const BARE_RIGHT: f64 = 14.0;
const BOTTOM: f64 = 21.0;
/// Over the plot, with captions and, where it is too low for them, without.
const TOP: f64 = 22.0;
const BARE_TOP: f64 = 9.0;
/// From this height on there is room for captions.
const ROOMY: f64 = 175.0;
/// What stands left of a track's plot: the labels of its scale. The plot itself is as wide as the page's column.
pub const TRACK_LEFT: f64 = 52.0;
/// Over and under a track's curves.
const TRACK_TOP: f64 = 7.0;
const TRACK_BOTTOM: f64 = 2.0;
/// A track this low has curves alone.
pub const LOW: f64 = 40.0;
/// Type size.
const FONT: f64 = 11.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Device pixels in a CSS pixel.
    pub scale: f64,
    pub width: f64,
    pub height: f64,
    /// The plot's edges.
    pub x0: f64,
    pub x1: f64,
    pub y0: f64,
    pub y1: f64,
    /// Type size.
    pub font: f64,
    pub frame: Frame,
    /// Words over the axes.
    pub captions: bool,
    /// The right axis is drawn, and the lines on it.
    pub second: bool,
    /// How thick a bold line is.
    pub bold: f64,
    pub window: Window,
    pub left: Scale,
    pub right: Scale,
    pub(super) marks: Vec<Mark>,
}

impl Layout {
    pub fn new(chart: &Chart, input: &ChartInput) -> Layout {
        Layout::with(chart, input, &LineExtents::of(chart, input.series))
    }

    /// The same with what is known of the series already.
    pub fn with(chart: &Chart, input: &ChartInput, extents: &LineExtents) -> Layout {
        let scale = if input.size.scale > 0.0 { input.size.scale } else { 1.0 };
        let (width, height) = (f64::from(input.size.width) / scale, f64::from(input.size.height) / scale);
        let mut marks = (chart.marks)(input);
        let second = chart.right.is_some() && (input.frame == Frame::Picture || input.enlarged);
        marks.retain(|mark| mark.side == Side::Left || second);
        let captions = input.frame == Frame::Picture && height >= ROOMY;
        // On the page the second axis stands within the plot, whose width is that of all the others.
        let right = if second && input.frame == Frame::Picture { RIGHT } else { BARE_RIGHT };
        let low = height < LOW;
        let words = captions && !chart.left.caption().is_empty() || chart.names_events && !input.events.is_empty();
        let (x0, x1, y0, y1) = match input.frame {
            Frame::Picture => (LEFT, width - right, if words { TOP } else { BARE_TOP }, height - BOTTOM),
            Frame::Track if low => (TRACK_LEFT, width, TRACK_TOP / 2.0, height - TRACK_BOTTOM),
            Frame::Track => (TRACK_LEFT, width, TRACK_TOP, height - TRACK_BOTTOM),
            Frame::Column => (LEFT, width - right, TRACK_TOP, height - BOTTOM),
        };
        let (x0, y0) = (x0.min(width / 3.0), y0.min(height / 2.0));
        Layout {
            scale,
            width,
            height,
            x0,
            x1: x1.max(x0 + 1.0),
            y0,
            y1: y1.max(y0 + 1.0),
            font: FONT,
            frame: input.frame,
            captions,
            second,
            bold: 1.5,
            window: Window { to_s: input.window.to_s.max(input.window.from_s + 1e-3), ..input.window },
            left: reach(chart, input, extents, &marks, Side::Left),
            right: reach(chart, input, extents, &marks, Side::Right),
            marks,
        }
    }

    /// Too low for anything but curves.
    pub fn is_low(&self) -> bool {
        self.height < LOW
    }

    /// Where words at the plot's right edge end: on the page the labels of a second axis stand in the plot.
    pub(super) fn words_end(&self) -> f64 {
        self.x1 - if self.second && self.frame != Frame::Picture { RIGHT } else { 8.0 }
    }

    /// The place of second `t`; outside the window, outside the plot.
    pub fn x(&self, t: f64) -> f64 {
        self.x0 + (self.x1 - self.x0) * (t - self.window.from_s) / self.window.width()
    }

    /// The second of the run at a place in CSS pixels, or `None` beside the plot.
    pub fn time_at(&self, x: f64) -> Option<f64> {
        let slack = 1.0;
        let inside = self.x0 - slack <= x && x <= self.x1 + slack;
        inside.then(|| self.time_near(x))
    }

    /// The second of the window nearest to a place.
    pub fn time_near(&self, x: f64) -> f64 {
        self.window.from_s + ((x - self.x0) / (self.x1 - self.x0)).clamp(0.0, 1.0) * self.window.width()
    }

    /// The height of a value; beyond the axis it stays at the edge.
    pub fn y(&self, side: Side, value: f64) -> f64 {
        self.y1 - (self.y1 - self.y0) * self.scale_of(side).fraction(value)
    }

    /// The value at a height, within the axis: for curves that a learner draws.
    pub fn value_at(&self, side: Side, y: f64) -> f64 {
        self.scale_of(side).value(((self.y1 - y) / (self.y1 - self.y0)).clamp(0.0, 1.0))
    }

    pub fn scale_of(&self, side: Side) -> &Scale {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The height of the middle of a mark's words, which end at [`Layout::words_end`]: over its line, or under it where there is no room.
    pub(super) fn word_height(&self, mark: &Mark) -> f64 {
        let (y, away) = (self.y(mark.side, mark.value), self.font * 0.5 + 3.0);
        let stands = |middle: f64| {
            let clear = |other: &&Mark| (self.y(other.side, other.value) - middle).abs() >= self.font * 0.5 + 1.0;
            let others = || self.marks.iter().filter(|other| *other != mark);
            middle - self.font * 0.5 >= 0.0 && middle + self.font * 0.5 <= self.y1 + 1.0 && others().all(|o| clear(&o))
        };
        [y - away, y + away].into_iter().find(|middle| stands(*middle)).unwrap_or(y - away).max(self.font * 0.5)
    }

    /// How many tick labels fit one above the other.
    pub(super) fn room(&self) -> usize {
        ((self.y1 - self.y0) / (self.font + 4.0)) as usize + 1
    }

    /// The width that a label may take at most, in CSS pixels.
    pub fn text_width(&self, text: &str) -> f64 {
        text_width(text, self.font)
    }
}

pub(super) fn text_width(text: &str, font: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * font
}

/// The scale of an axis: as far as all lines, hidden or not, the pinned run, the marks and what is expected need.
fn reach(chart: &Chart, input: &ChartInput, extents: &LineExtents, marks: &[Mark], side: Side) -> Scale {
    let expected = (chart.reach)(input);
    let expected = if side == Side::Left { expected.0 } else { expected.1 };
    let marked = marks.iter().filter(|m| m.side == side).map(|m| m.value).fold(expected, f64::max);
    if let Some(top) = (chart.ceiling)(input).filter(|top| side == Side::Left && *top > 0.0) {
        return Scale::Linear { top };
    }
    let lines = chart.lines.iter().enumerate().filter(|(_, l)| l.side == side);
    let most = lines
        .map(|(i, l)| extents.line(i).most.max(input.compared.map_or(0.0, |c| l.most(c.series))))
        .fold(0.0, f64::max);
    chart.axis(side).quantity.scale(most, marked)
}

/// Widths in a broad sans-serif, in units of the type size.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | '\'' | '|' | '\u{202f}' => 0.3,
        ' ' | '\u{a0}' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' => 0.98,
        _ => 0.64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Quantity;
    use crate::chart::{CHARTS, Expected, Size, Theme};
    use engine::measure::{Series, series};

    fn with_size<R>(width: u32, height: u32, scale: f64, test: impl Fn(Layout) -> R) -> Vec<R> {
        let series = Series { width: series::BIN, bins: Vec::new(), revision: 0 };
        let input = ChartInput {
            series: &series,
            run: 1,
            duration_s: 10_800.0,
            window: Window::whole(10_800.0),
            starts_at_s: 27_000.0,
            now_s: 0.0,
            limits: &[],
            events: &[],
            expected: Expected::default(),
            compared: None,
            predicted: &[],
            sketch: &[],
            hidden: &[],
            cursor_s: None,
            band: None,
            newest_first: Some(false),
            theme: Theme::Light,
            size: Size { width, height, scale },
            ..ChartInput::of(&series)
        };
        CHARTS.iter().map(|c| test(Layout::new(c, &input))).collect()
    }

    #[test]
    fn layers_of_other_scales_fit_on_each_other() {
        let one = with_size(300, 190, 1.0, |l| (l.x0, l.x1, l.y0, l.y1));
        let three = with_size(900, 570, 3.0, |l| (l.x0, l.x1, l.y0, l.y1));
        assert_eq!(one, three);
    }

    #[test]
    fn places_lead_back_to_times_and_values() {
        with_size(640, 240, 1.0, |l| {
            for t in [0.0, 1.0, 5_400.0, 10_800.0] {
                assert!((l.time_at(l.x(t)).expect("inside") - t).abs() < 1e-6);
            }
            assert_eq!(l.time_at(l.x0 - 5.0), None);
            for fraction in [0.0, 0.3, 1.0] {
                let value = l.left.value(fraction);
                assert!((l.value_at(Side::Left, l.y(Side::Left, value)) - value).abs() < 1e-6 * value.max(1.0));
            }
        });
    }

    /// Ages and pounds stand in the margin to the right, counts in the one to the left.
    #[test]
    fn tick_labels_fit_their_margins() {
        with_size(640, 240, 1.0, |l| {
            for most in [0.0, 7.0, 45.0, 100.0, 290.0, 1_000.0, 5_000.0, 20_000.0, 80_000.0] {
                for (quantity, margin) in [
                    (Quantity::Age, RIGHT),
                    (Quantity::Pounds, RIGHT),
                    (Quantity::Messages, LEFT),
                    (Quantity::Workers, LEFT),
                    (Quantity::Latency, LEFT),
                ] {
                    for tick in quantity.ticks(&quantity.scale(most, 0.0), l.room()) {
                        let width = l.text_width(&tick.label) + 7.0;
                        assert!(width <= margin, "{quantity:?} to {most}: “{}” takes {width}", tick.label);
                    }
                }
            }
        });
    }

    #[test]
    fn a_size_too_small_for_anything_still_has_a_plot() {
        with_size(0, 0, 0.0, |l| assert!(l.x1 > l.x0 && l.y1 > l.y0));
        with_size(3, 2, 2.0, |l| assert!(l.x(5.0).is_finite() && l.y(Side::Left, 5.0).is_finite()));
    }
}
