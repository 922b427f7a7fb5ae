//! The map of a sweep: every design a mark, cost across, end-to-end p95 upwards on a logarithmic scale.
//!
//! What lies within the budget and below the limit is shaded: a design that passes stands there. Marks differ by shape and colour: a disc
//! passes, a half disc passes on some of its seeds, a cross does not pass; a ring is the design as it is. What is never confirmed stands on a
//! row of its own at the top. A thin line joins neighbours on the grid, a bold one is the front: what nothing else beats on both counts.
//!
//! The geometry is a pure function of the input: [`places`] says where each mark stands, for pointers. Knows no components and no seeds.

mod words;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::input::Size;
use super::pen::{Anchor, Drawn, Pen};
use super::text_width;
use super::theme::{Role, Theme};
use crate::chart::standalone;
use crate::format::{duration_ms, number, pounds};
use crate::lang::Text;
use crate::{say, text};

pub const TITLE: Text = text!("chart_map.title");

/// How many of a design's seeds pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    All,
    Some,
    None,
}

/// A design on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Pounds.
    pub cost: f64,
    /// End-to-end p95; `None`: never.
    pub p95_ms: Option<f64>,
    pub pass: Pass,
    /// A word beside the mark, where there is room; none if empty.
    pub label: String,
}

/// A spot that is named on the picture: in full, and where there is not width for that.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub spot: usize,
    pub long: String,
    pub short: String,
}

#[derive(Clone, Copy, Debug)]
pub struct MapInput<'a> {
    /// By cell; nothing for one that has not come.
    pub spots: &'a [Option<Spot>],
    /// Cells of a row each, to be joined.
    pub rows: &'a [Vec<usize>],
    /// Cells on the front, from the cheapest on.
    pub front: &'a [usize],
    pub named: &'a [Named],
    /// The cell of the design as it is.
    pub present: Option<usize>,
    /// The cell that is pointed at.
    pub chosen: Option<usize>,
    /// Pounds.
    pub budget: Option<f64>,
    pub limit_ms: Option<f64>,
    pub theme: Theme,
    pub size: Size,
}

/// Room around the plot in CSS pixels.
const LEFT: f64 = 58.0;
const RIGHT: f64 = 26.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 40.0;
/// The row of what is never confirmed, over the plot.
const NEVER: f64 = 32.0;
const FONT: f64 = 12.0;
/// Half the width of a mark.
const MARK: f64 = 5.0;
/// Below this width only short names are drawn, and the name of the upward axis has a line of its own.
const NARROW: f64 = 520.0;
const LINE: f64 = 16.0;

/// Latencies that an axis may begin, end or have a tick at, in milliseconds.
const STOPS: [f64; 23] = [
    10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 10e3, 20e3, 30e3, 60e3, 120e3, 300e3, 600e3, 1_200e3,
    1_800e3, 3_600e3, 7_200e3, 14_400e3, 43_200e3, 86_400e3,
];

/// Where things stand, in CSS pixels, and how figures become places.
struct Frame {
    x0: f64,
    x1: f64,
    y0: f64,
    y1: f64,
    /// Pounds at both ends.
    cost: (f64, f64),
    step: f64,
    /// Milliseconds at both ends.
    wait: (f64, f64),
    /// Where what never comes stands.
    never: Option<f64>,
    /// Above everything that is drawn over the plot.
    top: f64,
}

impl Frame {
    fn of(input: &MapInput) -> Frame {
        let (width, height) =
            (f64::from(input.size.width) / input.size.scale, f64::from(input.size.height) / input.size.scale);
        let spots = || input.spots.iter().flatten();
        let never = spots().any(|s| s.p95_ms.is_none());
        let costs = spots().map(|s| s.cost).chain(input.budget);
        let (cost, step) = money(costs, ((width - LEFT - RIGHT) / 90.0).clamp(2.0, 8.0));
        let waits = spots().filter_map(|s| s.p95_ms).chain(input.limit_ms);
        let top = if width - LEFT - RIGHT < NARROW { TOP + LINE } else { TOP };
        let y0 = top + if never { NEVER } else { 0.0 };
        Frame {
            x0: LEFT,
            x1: (width - RIGHT).max(LEFT + 1.0),
            y0,
            y1: (height - BOTTOM).max(y0 + 1.0),
            cost,
            step,
            wait: stops(waits),
            never: never.then_some(top + NEVER / 2.0 - 4.0),
            top,
        }
    }

    fn x(&self, cost: f64) -> f64 {
        self.x0 + (self.x1 - self.x0) * ((cost - self.cost.0) / (self.cost.1 - self.cost.0)).clamp(0.0, 1.0)
    }

    fn y(&self, ms: f64) -> f64 {
        let share = libm::log(ms.max(1e-3) / self.wait.0) / libm::log(self.wait.1 / self.wait.0);
        self.y1 - (self.y1 - self.y0) * share.clamp(0.0, 1.0)
    }

    fn place(&self, spot: &Spot) -> (f64, f64) {
        let y = spot.p95_ms.map_or_else(|| self.never.unwrap_or(self.y0), |ms| self.y(ms));
        (self.x(spot.cost), y)
    }
}

/// A range of money with room at both ends, and the step of its ticks, at most `room` of them.
fn money(costs: impl Iterator<Item = f64>, room: f64) -> ((f64, f64), f64) {
    let (low, high) =
        costs.filter(|c| c.is_finite()).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), c| (a.min(c), b.max(c)));
    let (low, high) = match (low <= high, low == high) {
        (true, false) => (low, high),
        // One figure alone, such as a budget before anything has run: it stands in the middle.
        (true, true) => (0.0, low * 2.0),
        (false, _) => (0.0, 10.0),
    };
    let pad = ((high - low) * 0.07).max(high * 0.02).max(0.05);
    let (from, to) = ((low - pad).max(0.0), high + pad);
    let least = (to - from) / room;
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|f| f * power).find(|s| *s >= least * 0.999_999).unwrap_or(10.0 * power);
    ((from, to), step.max(0.01))
}

/// The stops around all latencies, at least a factor of ten apart.
fn stops(waits: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = waits.fold((f64::INFINITY, 0.0_f64), |(a, b), ms| (a.min(ms), b.max(ms)));
    let (low, high) = match (low <= high, low == high) {
        (true, false) => (low, high),
        (true, true) => (low / 50.0, high * 10.0),
        (false, _) => (1e3, 600e3),
    };
    let from = STOPS.iter().rev().copied().find(|s| *s < low * 0.97).unwrap_or(STOPS[0]);
    let to =
        STOPS.iter().copied().find(|s| *s > high * 1.03 && *s >= from * 10.0).unwrap_or(high.max(from * 10.0) * 1.2);
    (from, to)
}

/// Where each mark stands, in CSS pixels from the picture's corner.
pub fn places(input: &MapInput) -> Vec<Option<(f64, f64)>> {
    let frame = Frame::of(input);
    input.spots.iter().map(|spot| spot.as_ref().map(|s| frame.place(s))).collect()
}

/// The mark nearest to a point within `reach` CSS pixels.
pub fn nearest(places: &[Option<(f64, f64)>], (x, y): (f64, f64), reach: f64) -> Option<usize> {
    let far = |(a, b): (f64, f64)| (a - x) * (a - x) + (b - y) * (b - y);
    let known = places.iter().enumerate().filter_map(|(at, p)| p.map(|p| (at, far(p))));
    known.filter(|(_, d)| *d <= reach * reach).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// Draws all of it. The backend's area is taken to be empty.
pub fn draw_map<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, input: &MapInput) -> Drawn<DB> {
    let pen = Pen::new(root, input.size.scale, FONT, input.theme);
    let frame = Frame::of(input);
    axes(&pen, &frame)?;
    let mut taken = goals(&pen, &frame, input)?;
    let place = |at: &usize| input.spots.get(*at)?.as_ref().map(|s| frame.place(s));
    for row in input.rows {
        // A cell that has not come leaves a gap.
        for pair in row.windows(2) {
            if let (Some(a), Some(b)) = (place(&pair[0]), place(&pair[1])) {
                pen.path(&[pen.pixel(a.0, a.1), pen.pixel(b.0, b.1)], 1.0, Role::Muted, 0.35)?;
            }
        }
    }
    let front: Vec<_> = input.front.iter().filter_map(place).map(|(x, y)| pen.pixel(x, y)).collect();
    if front.len() > 1 {
        pen.path(&front, 2.0, Role::Accent, 0.8)?;
    }
    for spot in input.spots.iter().flatten().filter(|s| s.pass == Pass::None) {
        mark(&pen, frame.place(spot), spot.pass)?;
    }
    for spot in input.spots.iter().flatten().filter(|s| s.pass != Pass::None) {
        mark(&pen, frame.place(spot), spot.pass)?;
    }
    if let Some((x, y)) = input.present.and_then(|at| place(&at)) {
        pen.ring(x, y, MARK + 4.0, 1.5, Role::Ink)?;
    }
    if let Some((x, y)) = input.chosen.and_then(|at| place(&at)) {
        pen.ring(x, y, MARK + 6.0, 2.5, Role::Accent)?;
    }
    let marks = input.spots.iter().enumerate();
    taken.extend(marks.filter_map(|(at, spot)| Some(around(frame.place(spot.as_ref()?), half(input, at)))));
    words::names(&pen, &frame, input, &mut taken)?;
    words::labels(&pen, &frame, input, &mut taken)
}

/// The same with title, words and ground, to stand by itself.
pub fn draw_map_standalone<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    input: &MapInput,
    words: &str,
    about: &str,
) -> Drawn<DB> {
    standalone::head(root, input.size.scale, input.theme, (TITLE.get(), words, about), &[])?;
    let head = libm::round(standalone::HEAD * input.size.scale) as u32;
    let (_, below) = root.split_vertically(head as i32);
    let size = Size { height: input.size.height.saturating_sub(head), ..input.size };
    draw_map(&below, &MapInput { size, chosen: None, ..*input })
}

/// Draws one mark in the middle of a small picture, for the legend.
pub fn draw_mark<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, size: Size, theme: Theme, pass: Pass) -> Drawn<DB> {
    let pen = Pen::new(root, size.scale, FONT, theme);
    let half = |n: u32| f64::from(n) / size.scale / 2.0;
    mark(&pen, (half(size.width), half(size.height)), pass)
}

/// How far a mark reaches from its middle, with a ring that it may have.
fn half(input: &MapInput, at: usize) -> f64 {
    let is = |cell: Option<usize>| cell == Some(at);
    MARK + if is(input.chosen) {
        8.0
    } else if is(input.present) {
        5.0
    } else {
        1.0
    }
}

fn around((x, y): (f64, f64), half: f64) -> [f64; 4] {
    [x - half, y - half, x + half, y + half]
}

fn axes<DB: DrawingBackend>(pen: &Pen<DB>, f: &Frame) -> Drawn<DB> {
    let mut last = f64::INFINITY;
    for ms in STOPS.iter().filter(|s| **s >= f.wait.0 * 0.999 && **s <= f.wait.1 * 1.001) {
        let y = f.y(*ms);
        // Where they would touch, the lower one stays.
        if last - y >= FONT + 8.0 {
            last = y;
            pen.across(f.x0, f.x1, y, 1.0, Role::Line, if y >= f.y1 - 0.5 { 1.0 } else { 0.75 })?;
            pen.text(&duration_ms(*ms), (f.x0 - 8.0, y), Anchor::End, Role::Muted)?;
        }
    }
    if let Some(y) = f.never {
        pen.across(f.x0, f.x1, y, 1.0, Role::Line, 0.75)?;
        pen.text(say!("chart_map.not_all"), (f.x0 - 8.0, y), Anchor::End, Role::Muted)?;
    }
    let mut cost = libm::ceil(f.cost.0 / f.step - 1e-9) * f.step;
    while cost <= f.cost.1 {
        let x = f.x(cost);
        pen.upright(x, f.y0, f.y1 + 4.0, 1.0, Role::Line, 0.5)?;
        let label =
            if f.step >= 1.0 { say!("figures.money", sign = "", pounds = number(cost, 0)) } else { pounds(cost) };
        pen.text(&label, (x, f.y1 + 14.0), Anchor::Middle, Role::Muted)?;
        cost += f.step;
    }
    pen.text(say!("chart_map.within"), (8.0, 9.0), Anchor::Start, Role::Muted)?;
    pen.text(say!("chart.cost"), (f.x1, f.y1 + 30.0), Anchor::End, Role::Muted)
}

/// What is allowed, shaded; and both limits as lines with their words. Gives the room that the words take.
fn goals<DB: DrawingBackend>(
    pen: &Pen<DB>,
    f: &Frame,
    input: &MapInput,
) -> Result<Vec<[f64; 4]>, plotters::drawing::DrawingAreaErrorKind<DB::ErrorType>> {
    let mut taken = Vec::new();
    let right = input.budget.map_or(f.x1, |b| f.x(b));
    let top = input.limit_ms.map_or(f.y0, |ms| f.y(ms));
    if input.budget.is_some() || input.limit_ms.is_some() {
        pen.rect((f.x0, top), (right, f.y1), Role::Flow, 0.09)?;
    }
    if let Some(budget) = input.budget {
        let mut y = f.y0;
        while y < f.y1 {
            pen.upright(right, y, (y + 2.0).min(f.y1), 1.25, Role::Ink, 1.0)?;
            y += 5.0;
        }
        let words = say!("chart.budget", money = pounds(budget));
        let half = text_width(&words, FONT) / 2.0;
        let middle = right.clamp(f.x0 + half, (f.x1 - half).max(f.x0 + half));
        let y = if f.never.is_some() { f.y0 - 7.0 } else { f.top - 9.0 };
        pen.text(&words, (middle, y), Anchor::Middle, Role::Ink)?;
        taken.extend([[middle - half, y - 7.0, middle + half, y + 7.0], [right - 1.0, f.y0, right + 1.0, f.y1]]);
    }
    if let Some(ms) = input.limit_ms {
        pen.dotted(f.x0, f.x1, top, Role::Ink)?;
        let words = say!("chart.goal", limit = duration_ms(ms));
        let left = f.x1 - text_width(&words, FONT) - 2.0;
        let b = [left, top - 17.0, f.x1 + 2.0, top - 2.0];
        pen.rect((b[0] - 2.0, b[1]), (b[2], b[3]), Role::Surface, 0.9)?;
        pen.text(&words, (left, top - 9.0), Anchor::Start, Role::Ink)?;
        taken.extend([b, [f.x0, top - 1.0, f.x1, top + 1.0]]);
    }
    Ok(taken)
}

fn mark<DB: DrawingBackend>(pen: &Pen<DB>, (x, y): (f64, f64), pass: Pass) -> Drawn<DB> {
    match pass {
        Pass::All => {
            pen.disc(x, y, MARK + 1.0, Role::Surface)?;
            pen.disc(x, y, MARK, Role::Flow)
        }
        Pass::Some => {
            pen.disc(x, y, MARK + 1.0, Role::Surface)?;
            let arc = |i: i32| {
                let turn = std::f64::consts::PI * (0.5 + f64::from(i) / 12.0);
                pen.pixel(x + MARK * libm::cos(turn), y + MARK * libm::sin(turn))
            };
            pen.area(&(0..=12).map(arc).collect::<Vec<_>>(), Role::Flow, 1.0)?;
            pen.ring(x, y, MARK, 1.5, Role::Flow)
        }
        Pass::None => {
            let r = MARK - 1.0;
            for (dx, dy) in [(r, r), (r, -r)] {
                pen.path(&[pen.pixel(x - dx, y - dy), pen.pixel(x + dx, y + dy)], 1.75, Role::Bad, 0.85)?;
            }
            Ok(())
        }
    }
}
