//! The distribution of a run's latencies: which share was served within which time, on a scale of percentiles.
//!
//! Across stands −log₁₀(1 − p), so that 90, 99 and 99.9 % are equally far apart and the slow tail, which a goal is about, has room; upwards the
//! latency, logarithmic as in the gap chart. Figures come from the run's whole histograms, never from averages of bins. Bookings that are
//! acknowledged and not confirmed count as infinitely late: their curve leaves through the top, and words say how many.

use crate::lang::Text;
use std::borrow::Cow;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::chart::axis::{LATENCY, Quantity};
use crate::chart::input::{Limit, Size};
use crate::chart::line::{Dash, Key, Weight};
use crate::chart::pen::{Anchor, Drawn, Pen};
use crate::chart::table::{bare, quoted};
use crate::chart::theme::{Role, Theme};
use crate::chart::{COMPARED, standalone, text_width};
use crate::format::{NONE, count, duration_ms, number, share};
use crate::{say, text};
use engine::measure::histogram::rank;
use engine::measure::{Histogram, Wait};

pub const TITLE: Text = text!("spread.title");
/// How to read it.
const ABOUT: Text = text!("spread.about");

/// The percentiles that are marked, with their names.
const TOLD: [(f64, &str); 3] = [(0.5, "p50"), (0.95, "p95"), (0.99, "p99")];
/// Ticks in per cent, the most important first where there is not width for all.
const TICKS: [f64; 7] = [0.0, 99.99, 90.0, 99.0, 99.9, 50.0, 95.0];
/// Percentiles of the table.
const ROWS: [f64; 9] = [0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 1.0];
/// −log₁₀(1 − 0.9999): the scale's end.
const REACH: f64 = 4.0;
/// Room around the plot in CSS pixels.
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 36.0;
const FONT: f64 = 12.0;

/// The latencies of a run.
#[derive(Clone, Copy, Debug)]
pub struct Latencies<'a> {
    /// One of each booking that was acknowledged.
    pub acceptance: &'a Histogram,
    /// One of each that was confirmed.
    pub end_to_end: &'a Histogram,
}

#[derive(Clone, Copy, Debug)]
pub struct SpreadInput<'a> {
    pub run: Latencies<'a>,
    /// The run to compare with, and its name.
    pub compared: Option<(&'a str, Latencies<'a>)>,
    pub limits: &'a [Limit],
    pub theme: Theme,
    pub size: Size,
}

/// One curve: its latencies, and how many there would be if every booking had been served.
#[derive(Clone, Copy)]
struct Curve<'a> {
    wait: Wait,
    role: Role,
    histogram: &'a Histogram,
    of: u64,
}

impl<'a> Latencies<'a> {
    /// Acknowledged and not confirmed.
    pub fn owed(&self) -> u64 {
        self.acceptance.count().saturating_sub(self.end_to_end.count())
    }

    fn curves(&self) -> [Curve<'a>; 2] {
        let all = self.acceptance.count();
        [
            Curve { wait: Wait::Acceptance, role: Role::Ack, histogram: self.acceptance, of: all },
            Curve {
                wait: Wait::EndToEnd,
                role: Role::Wait,
                histogram: self.end_to_end,
                of: all.max(self.end_to_end.count()),
            },
        ]
    }
}

impl Curve<'_> {
    fn label(&self) -> Text {
        if self.wait == Wait::Acceptance { text!("chart.acknowledged") } else { text!("chart.confirmed") }
    }

    /// The latency at percentile `p` in milliseconds; `None` where it is infinite, or nothing was counted.
    fn at(&self, p: f64) -> Option<f64> {
        if self.of == 0 { None } else { self.histogram.ranked_ms(rank(p, self.of)) }
    }

    fn told(&self, p: f64) -> String {
        self.at(p).map_or_else(|| if self.of == 0 { NONE } else { say!("spread.not_yet") }.into(), duration_ms)
    }

    /// The same in a sentence: within a time, or not yet.
    fn within(&self, p: f64) -> String {
        if self.of > 0 && self.at(p).is_none() { self.told(p) } else { say!("spread.within", time = self.told(p)) }
    }
}

/// How far to the right percentile `p` stands: 0 at 0 %, 1 at 90 %, 2 at 99 %.
fn across(p: f64) -> f64 {
    if p >= 1.0 { f64::INFINITY } else { -libm::log10(1.0 - p) }
}

fn percentile(across: f64) -> f64 {
    1.0 - libm::pow(10.0, -across)
}

/// Where things stand, in CSS pixels.
struct Frame {
    x0: f64,
    x1: f64,
    y0: f64,
    y1: f64,
}

impl Frame {
    fn of(size: Size) -> Frame {
        let (width, height) = (f64::from(size.width) / size.scale, f64::from(size.height) / size.scale);
        Frame { x0: LEFT, x1: (width - RIGHT).max(LEFT + 1.0), y0: TOP, y1: (height - BOTTOM).max(TOP + 1.0) }
    }

    fn x(&self, across: f64) -> f64 {
        self.x0 + (self.x1 - self.x0) * (across / REACH).min(1.0)
    }

    fn y(&self, ms: f64) -> f64 {
        self.y1 - (self.y1 - self.y0) * LATENCY.fraction(ms)
    }
}

pub fn legend(input: &SpreadInput) -> Vec<Key> {
    let key = |id, label, role| Key { id, label: Cow::Borrowed(label), role, weight: Weight::Bold, dash: Dash::Solid };
    let mut keys = vec![
        key("acknowledged", say!("chart.acknowledged"), Role::Ack),
        key("confirmed", say!("chart.confirmed"), Role::Wait),
    ];
    if let Some((name, _)) = input.compared {
        let label = Cow::Owned(name.to_owned());
        keys.push(Key { id: COMPARED, label, role: Role::Muted, weight: Weight::Thin, dash: Dash::Solid });
    }
    keys
}

/// Draws all of it. The backend's area is taken to be empty.
pub fn draw_spread<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, input: &SpreadInput) -> Drawn<DB> {
    let pen = Pen::new(root, input.size.scale, FONT, input.theme);
    let frame = Frame::of(input.size);
    axes(&pen, &frame)?;
    let goals: Vec<(f64, &Limit)> = input.limits.iter().filter_map(|limit| Some((goal_at(limit)?, limit))).collect();
    for (p, limit) in &goals {
        goal(&pen, &frame, *p, limit)?;
    }
    if let Some((_, other)) = input.compared {
        for curve in other.curves() {
            draw_curve(&pen, &frame, &curve, (1.0, 0.5))?;
        }
    }
    for curve in input.run.curves() {
        draw_curve(&pen, &frame, &curve, (2.0, 1.0))?;
    }
    let mut taken: Vec<[f64; 4]> = input.run.curves().iter().flat_map(|curve| along(&frame, curve)).collect();
    for (p, limit) in goals {
        let y = frame.y(limit.at_most);
        taken.extend([goal_words(&frame, limit), [frame.x0, y - 2.0, frame.x(across(p)), y + 2.0]]);
    }
    for curve in input.run.curves() {
        marks(&pen, &frame, &curve, &mut taken)?;
    }
    Ok(())
}

/// The same with title, legend and ground, to stand by itself; `about` says of which run.
pub fn draw_spread_standalone<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    input: &SpreadInput,
    about: &str,
) -> Drawn<DB> {
    standalone::head(root, input.size.scale, input.theme, (TITLE.get(), ABOUT.get(), about), &legend(input))?;
    let head = libm::round(standalone::HEAD * input.size.scale) as u32;
    let (_, below) = root.split_vertically(head as i32);
    let size = Size { height: input.size.height.saturating_sub(head), ..input.size };
    draw_spread(&below, &SpreadInput { size, ..*input })
}

fn axes<DB: DrawingBackend>(pen: &Pen<DB>, f: &Frame) -> Drawn<DB> {
    let room = ((f.y1 - f.y0) / (FONT + 6.0)) as usize + 1;
    for tick in Quantity::Latency.ticks(&LATENCY, room) {
        let y = f.y(tick.value);
        pen.across(f.x0, f.x1, y, 1.0, Role::Line, if y >= f.y1 - 0.5 { 1.0 } else { 0.75 })?;
        pen.text(&tick.label, (f.x0 - 8.0, y), Anchor::End, Role::Muted)?;
    }
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for per_cent in TICKS {
        let x = f.x(across(per_cent / 100.0));
        let label = number(per_cent, 2);
        let half = text_width(&label, FONT) / 2.0 + 4.0;
        pen.upright(x, f.y0, f.y1 + 4.0, 1.0, Role::Line, 0.6)?;
        if taken.iter().all(|(from, to)| x + half <= *from || x - half >= *to) {
            taken.push((x - half, x + half));
            pen.text(&label, (x, f.y1 + 13.0), Anchor::Middle, Role::Muted)?;
        }
    }
    let middle = (f.x0 + f.x1) / 2.0;
    let words = if f.x1 - f.x0 < 320.0 { say!("spread.axis_short") } else { say!("spread.axis") };
    pen.text(words, (middle, f.y1 + 28.0), Anchor::Middle, Role::Muted)
}

/// The percentile that a goal is about; `None` if it is about no latency.
fn goal_at(limit: &Limit) -> Option<f64> {
    let (of, share) = limit.metric.id.quantile()?;
    TOLD.iter().map(|(p, _)| *p).find(|p| of != Wait::Queue && *p == share)
}

/// A goal stands at its percentile: the curve has to pass under its line's end.
fn goal<DB: DrawingBackend>(pen: &Pen<DB>, f: &Frame, p: f64, limit: &Limit) -> Drawn<DB> {
    let (x, y) = (f.x(across(p)), f.y(limit.at_most));
    pen.dotted(f.x0, x, y, Role::Bad)?;
    pen.upright(x, y - 4.0, y + 5.0, 2.0, Role::Bad, 1.0)?;
    let [left, top, _, bottom] = goal_words(f, limit);
    pen.text(&goal_text(limit), (left, (top + bottom) / 2.0), Anchor::Start, Role::Bad)
}

fn goal_text(limit: &Limit) -> String {
    say!("chart.goal", limit = duration_ms(limit.at_most))
}

/// Where the words of a goal stand.
fn goal_words(f: &Frame, limit: &Limit) -> [f64; 4] {
    let (left, middle) = (f.x0 + 6.0, f.y(limit.at_most) - FONT * 0.5 - 3.0);
    [left, middle - FONT / 2.0, left + text_width(&goal_text(limit), FONT), middle + FONT / 2.0]
}

/// A curve as far as there are bookings enough for different percentiles; then, if some were never served, through the top.
fn draw_curve<DB: DrawingBackend>(pen: &Pen<DB>, f: &Frame, curve: &Curve, (weight, alpha): (f64, f64)) -> Drawn<DB> {
    if curve.of == 0 {
        return Ok(());
    }
    let last = across(1.0 - 1.0 / curve.of as f64).min(REACH);
    let columns = (f.x1 - f.x0).max(1.0) as usize;
    let ps: Vec<f64> = (0..=columns).map(|i| i as f64 / columns as f64 * last).collect();
    let ranks = ps.iter().map(|a| rank(percentile(*a), curve.of));
    let values = curve.histogram.ranked_all_ms(ranks);
    let mut points = Vec::with_capacity(columns + 2);
    for (a, value) in ps.iter().zip(values) {
        match value {
            Some(ms) => points.push(pen.pixel(f.x(*a), f.y(ms))),
            None => {
                points.push(pen.pixel(f.x(*a), f.y0 - 8.0));
                break;
            }
        }
    }
    pen.path(&points, weight, curve.role, alpha)
}

/// Small boxes along a curve: where no words may stand.
fn along(f: &Frame, curve: &Curve) -> Vec<[f64; 4]> {
    let columns = ((f.x1 - f.x0) / 4.0).max(1.0) as usize;
    let places = (0..=columns).map(|i| REACH * i as f64 / columns as f64);
    let known: Vec<(f64, f64)> = places.filter_map(|a| Some((f.x(a), f.y(curve.at(percentile(a))?)))).collect();
    known.windows(2).map(|p| [p[0].0, p[0].1.min(p[1].1) - 1.0, p[1].0, p[0].1.max(p[1].1) + 1.0]).collect()
}

/// The percentiles that are named: a dot on the curve, and its value where there is room; how many were never served, at the top.
fn marks<DB: DrawingBackend>(pen: &Pen<DB>, f: &Frame, curve: &Curve, taken: &mut Vec<[f64; 4]>) -> Drawn<DB> {
    for (p, name) in TOLD {
        let Some(ms) = curve.at(p) else { continue };
        let (x, y) = (f.x(across(p)), f.y(ms));
        pen.dot(x, y, curve.role)?;
        let words = format!("{name} {}", duration_ms(ms));
        let width = text_width(&words, FONT);
        let places = [
            (x - width - 6.0, y - 12.0),
            (x - width / 2.0, y - 16.0),
            (x + 7.0, y + 12.0),
            (x - width / 2.0, y + 16.0),
        ];
        let half = FONT / 2.0 + 1.0;
        let free =
            places.into_iter().map(|(left, middle)| [left, middle - half, left + width, middle + half]).find(|b| {
                let apart = |t: &[f64; 4]| b[2] <= t[0] || b[0] >= t[2] || b[3] <= t[1] || b[1] >= t[3];
                b[0] >= f.x0 + 2.0 && b[2] <= f.x1 && b[1] >= f.y0 - 4.0 && b[3] <= f.y1 && taken.iter().all(apart)
            });
        if let Some(place) = free {
            taken.push(place);
            pen.rect((place[0] - 2.0, place[1]), (place[2] + 1.0, place[3]), Role::Surface, 0.75)?;
            pen.text(&words, (place[0], (place[1] + place[3]) / 2.0), Anchor::Start, curve.role)?;
        }
    }
    let missing = curve.of - curve.histogram.count().min(curve.of);
    if missing > 0 {
        let part = missing as f64 / curve.of as f64;
        let words = match curve.wait {
            Wait::Acceptance => say!("spread.not_acknowledged", share = share(part)),
            _ => say!("spread.not_confirmed", share = share(part)),
        };
        let x = f.x(across(1.0 - part).min(REACH));
        let width = text_width(&words, FONT);
        let left = if x + 6.0 + width <= f.x1 { x + 6.0 } else { (x - 6.0 - width).max(f.x0) };
        pen.rect((left - 2.0, f.y0 + 2.0), (left + width + 2.0, f.y0 + 18.0), Role::Surface, 0.85)?;
        pen.text(&words, (left, f.y0 + 10.0), Anchor::Start, curve.role)?;
    }
    Ok(())
}

/// What it shows, in sentences with figures.
pub fn summary(input: &SpreadInput) -> String {
    let run = &input.run;
    if run.acceptance.count() == 0 {
        return say!("spread.none").into();
    }
    let told = |curve: &Curve| {
        let [half, most, tail] = TOLD.map(|(p, _)| curve.within(p));
        match curve.wait {
            Wait::Acceptance => say!("spread.acknowledged", half, most, tail),
            _ => say!("spread.confirmed", half, most, tail),
        }
    };
    let mut words = run.curves().map(|c| told(&c)).join(" ");
    if run.owed() > 0 {
        let (n, all) = (count(run.owed()), count(run.acceptance.count()));
        words += &format!(" {}", say!("spread.owed", plural = run.owed(), n, all));
    }
    if let Some((name, other)) = input.compared {
        let [acknowledged, confirmed] = other.curves().map(|curve| curve.within(0.95));
        words += &format!(" {}", say!("spread.compare", run = name, acknowledged, confirmed));
    }
    words
}

/// The curves of the table, with their heads, for readers or, in English, for machines.
fn columns<'a>(input: &SpreadInput<'a>, label: fn(Text) -> &'static str) -> Vec<(String, Curve<'a>)> {
    let own = input.run.curves().map(|c| (label(c.label()).to_owned(), c));
    let other = input.compared.map(|(name, l)| l.curves().map(|c| (format!("{}, {name}", label(c.label())), c)));
    own.into_iter().chain(other.into_iter().flatten()).collect()
}

fn row_name(p: f64) -> String {
    if p >= 1.0 { say!("spread.all").into() } else { format!("{} %", number(p * 100.0, 2)) }
}

/// A head and a row for each percentile, in words and units.
pub fn table(input: &SpreadInput) -> Vec<Vec<String>> {
    let columns = columns(input, |text| text.get());
    let heads = columns.iter().map(|c| say!("spread.column", curve = c.0));
    let head = std::iter::once(say!("spread.served").to_owned()).chain(heads);
    let rows = ROWS.map(|p| std::iter::once(row_name(p)).chain(columns.iter().map(|c| c.1.told(p))).collect());
    std::iter::once(head.collect()).chain(rows).collect()
}

/// The same as bare numbers: percentile, and milliseconds; what was never served is empty.
pub fn csv(input: &SpreadInput) -> String {
    let columns = columns(input, Text::english);
    let mut out = String::from("percentile");
    for (label, _) in &columns {
        out += &format!(",{}", quoted(&format!("{label} (ms)")));
    }
    out += "\r\n";
    for p in ROWS {
        out += &bare(libm::round(p * 1e6) / 1e4);
        for (_, curve) in &columns {
            out.push(',');
            out += &curve.at(p).map_or_else(String::new, bare);
        }
        out += "\r\n";
    }
    out
}
