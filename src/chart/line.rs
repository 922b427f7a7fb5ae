//! One line of a chart: which figure of a bin it shows, on which axis, and in which style.

use std::borrow::Cow;

use super::axis::Quantity;
use super::theme::Role;
use crate::lang::Text;
use crate::say;
use engine::measure::{Bin, Series};

/// Under this many samples a percentile is drawn faintly …
pub(super) const FEW: u64 = 20;
/// … until there are this many again, so that a line near the border does not flicker.
const ENOUGH: u64 = 30;

#[derive(Debug)]
pub struct Line {
    pub id: &'static str,
    /// The legend entry it belongs to; unique over all charts.
    pub group: &'static str,
    /// The legend entry's words.
    pub group_label: Text,
    /// In readouts, tables and at the line's end.
    pub label: Text,
    pub role: Role,
    pub weight: Weight,
    pub dash: Dash,
    pub side: Side,
    pub when: When,
    pub value: fn(&Bin) -> Option<f64>,
    /// Where the value within the bin went beyond its ends.
    pub peak: Option<fn(&Bin) -> f64>,
    /// How many samples stand behind the value.
    pub samples: Option<fn(&Bin) -> u64>,
    pub fill: Fill,
    /// The pinned run shows it too.
    pub compared: bool,
    /// Not drawn while it was never above 0.
    pub only_if_any: bool,
    /// Its entry is in the legend only when there is something to see of it.
    pub rare: bool,
    /// Its figure is worth its place beside the plot even where its curve is not drawn.
    pub alone: bool,
    /// The line that it goes along with: drawn only in a run in which the two differ by more than 2 %.
    pub twin: Option<&'static str>,
    /// The line that it may lie on: there it is dashed, so that both are seen.
    pub over: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// No stroke, only the ground under it.
    Ground,
    /// Thin and pale: beside a bold line of the same group.
    Hair,
    Thin,
    Bold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    Dashed,
    Dotted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// Where in its bin a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Counts and percentiles of the interval.
    Middle,
    /// Levels at its end.
    End,
}

/// What is shaded under a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    None,
    ToZero,
    /// Down to the line with this id.
    To(&'static str),
}

/// A legend entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: &'static str,
    pub label: Cow<'static, str>,
    pub role: Role,
    pub weight: Weight,
    pub dash: Dash,
}

/// A value at a moment, ready to be placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Second of the run.
    pub at: f64,
    pub value: f64,
    /// Time and value of a peak within the bin.
    pub peak: Option<(f64, f64)>,
    pub faint: bool,
}

/// What a line's next point depends on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    faint: bool,
    value: f64,
}

impl Dash {
    /// Lengths of dash and space in CSS pixels; `None` is a line without spaces. For the legend as much as for the chart.
    pub fn pattern(self) -> Option<(f64, f64)> {
        match self {
            Dash::Solid => None,
            Dash::Dashed => Some((6.0, 4.0)),
            Dash::Dotted => Some((2.0, 3.0)),
        }
    }
}

impl Line {
    /// A thin solid line on the left axis with nothing special, to start from.
    pub const fn thin(id: &'static str, label: Text, role: Role, value: fn(&Bin) -> Option<f64>) -> Line {
        Line {
            id,
            group: id,
            group_label: label,
            label,
            role,
            weight: Weight::Thin,
            dash: Dash::Solid,
            side: Side::Left,
            when: When::Middle,
            value,
            peak: None,
            samples: None,
            fill: Fill::None,
            compared: false,
            only_if_any: false,
            rare: false,
            alone: false,
            twin: None,
            over: None,
        }
    }

    pub const fn bold(id: &'static str, label: Text, role: Role, value: fn(&Bin) -> Option<f64>) -> Line {
        Line { weight: Weight::Bold, compared: true, ..Line::thin(id, label, role, value) }
    }

    pub(super) fn key(&self) -> Key {
        Key {
            id: self.group,
            label: Cow::Borrowed(self.group_label.get()),
            role: self.role,
            weight: self.weight,
            dash: self.dash,
        }
    }

    /// The value of a bin, if it is a figure; an interval that has hardly begun has no rate.
    pub fn at(&self, series: &Series, bin: &Bin) -> Option<f64> {
        let settled =
            self.when == When::End || self.samples.is_some() || bin.to.since(bin.from).0 >= series.width.0 / 2;
        if settled { (self.value)(bin).filter(|v| v.is_finite()) } else { None }
    }

    pub(super) fn moment(&self, bin: &Bin) -> f64 {
        match self.when {
            When::Middle => middle(bin),
            When::End => seconds(bin.to.0),
        }
    }

    /// `bins` of `series`, with `None` for a gap.
    pub(super) fn points<'a>(
        &'a self,
        series: &'a Series,
        bins: &'a [Bin],
    ) -> impl Iterator<Item = Option<Point>> + 'a {
        let mut before = Before::default();
        bins.iter().map(move |bin| self.point(series, bin, &mut before))
    }

    /// The place of one bin, given what came before it; `None` is a gap.
    pub(super) fn point(&self, series: &Series, bin: &Bin, before: &mut Before) -> Option<Point> {
        let value = self.at(series, bin)?;
        if let Some(samples) = self.samples {
            before.faint = samples(bin) < if before.faint { ENOUGH } else { FEW };
        }
        let above = |p: &f64| *p > value.max(before.value);
        let peak = self.peak.map(|peak| peak(bin)).filter(above).map(|p| (middle(bin), p));
        before.value = value;
        Some(Point { at: self.moment(bin), value, peak, faint: before.faint })
    }

    /// The largest value so far, peaks included.
    pub(super) fn most(&self, series: &Series) -> f64 {
        let value = |bin| self.at(series, bin).unwrap_or(0.0).max(self.peak.map_or(0.0, |peak| peak(bin)));
        series.bins.iter().map(value).fold(0.0, f64::max)
    }

    /// A bin's value, however short the bin: what is shown as now.
    pub(super) fn now(&self, bin: &Bin) -> Option<f64> {
        (self.value)(bin).filter(|v| v.is_finite())
    }

    /// A value in words.
    pub(super) fn write(&self, quantity: Quantity, value: f64) -> String {
        match quantity {
            Quantity::PerSecond => say!("figures.rate", n = quantity.write(value)),
            _ => quantity.write(value),
        }
    }
}

fn middle(bin: &Bin) -> f64 {
    seconds(bin.from.0 + bin.to.since(bin.from).0 / 2)
}

/// Precise enough for a pixel, and without the division of exact seconds.
fn seconds(nanos: u64) -> f64 {
    nanos as f64 * 1e-9
}

/// Something counted in a bin, per second.
pub(super) fn per_second(bin: &Bin, count: u32) -> Option<f64> {
    let seconds = bin.to.since(bin.from).seconds();
    (seconds > 0.0).then(|| f64::from(count) / seconds)
}
