//! Legends: what each curve is called and what it says, now or at the crosshair.

use std::borrow::Cow;

use super::input::ChartInput;
use super::line::{Dash, Key, Line, Side, Weight};
use super::line_extents::LineExtents;
use super::table::bin_at;
use super::theme::Role;
use super::{Chart, Frame};
use crate::chart::expected::at;
use crate::format::alike_ms;
use crate::say;

/// The entry for [`ChartInput::predicted`], before it is named.
pub const PREDICTED: Key =
    Key { id: "predicted", label: Cow::Borrowed(""), role: Role::Wait, weight: Weight::Thin, dash: Dash::Dotted };

/// The entry for [`ChartInput::sketch`], before it is named.
pub const EXPECTED: Key =
    Key { id: "expected", label: Cow::Borrowed(""), role: Role::Ink, weight: Weight::Thin, dash: Dash::Dashed };

/// The id of the entry for [`ChartInput::compared`]; its label is the run's name.
pub const COMPARED: &str = "compared";

/// A curve's entry, with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Key,
    /// At the crosshair, or else now; `None` before a run.
    pub value: Option<String>,
    /// It has a curve: otherwise it is a figure alone.
    pub drawn: bool,
}

impl Chart {
    /// One key for each group of lines, in drawing order. Its id in [`ChartInput::hidden`] switches its lines off.
    pub fn legend(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for line in self.lines {
            match keys.iter_mut().find(|k| k.id == line.group) {
                Some(key) if line.weight == Weight::Bold => *key = line.key(),
                Some(_) => {}
                None => keys.push(line.key()),
            }
        }
        keys
    }

    /// The keys of what there is to see: rare lines have theirs once they have a value, twins once they have gone apart.
    pub fn legend_now(&self, input: &ChartInput) -> Vec<Key> {
        let entries = self.entries(input, &LineExtents::of(self, input.series));
        entries.into_iter().filter(|entry| entry.drawn).map(|entry| entry.key).collect()
    }

    /// The entries of the page: what there is to see, and figures that have no curve of their own.
    pub fn entries(&self, input: &ChartInput, extents: &LineExtents) -> Vec<Entry> {
        let second = input.frame == Frame::Picture || input.enlarged;
        let seen = |key: &Key| {
            let mut lines = self.lines.iter().enumerate().filter(|(_, line)| line.group == key.id);
            lines.any(|(i, line)| extents.shows(self, i) || !line.rare && line.twin.is_none())
        };
        let keys = self.legend().into_iter().filter(seen);
        let entry = |key: Key| {
            let line = self.main(key.id)?;
            let drawn = line.side == Side::Left || second;
            // Money has a goal to say it.
            (drawn || line.alone).then(|| Entry { value: self.value(input, line), key, drawn })
        };
        let mut entries: Vec<Entry> = keys.filter_map(entry).collect();
        if self.expects && !input.predicted.is_empty() && input.frame == Frame::Picture {
            let label = Cow::Borrowed(say!("chart.predicted"));
            entries.push(Entry { key: Key { label, ..PREDICTED }, value: None, drawn: true });
        }
        if self.expects && !input.sketch.is_empty() {
            let t = input.cursor_s.or(input.now.map(|_| input.now_s));
            let value = t.map(|t| self.left.quantity.write(at(input.sketch, t)));
            let label = Cow::Borrowed(say!("chart.your_guess"));
            entries.push(Entry { key: Key { label, ..EXPECTED }, value, drawn: true });
        }
        if let Some(other) = input.compared {
            let label = Cow::Owned(other.name.to_owned());
            let key = Key { id: COMPARED, label, role: Role::Muted, weight: Weight::Thin, dash: Dash::Solid };
            entries.push(Entry { key, value: None, drawn: true });
        }
        entries
    }

    /// The line that a group is known by.
    fn main(&self, group: &str) -> Option<&Line> {
        let lines = || self.lines.iter().filter(|line| line.group == group);
        lines().find(|line| line.weight == Weight::Bold).or_else(|| lines().next())
    }

    /// What a line says at the crosshair, or else now.
    fn value(&self, input: &ChartInput, line: &Line) -> Option<String> {
        let quantity = self.axis(line.side).quantity;
        let value = match input.cursor_s {
            Some(t) => {
                let bin = bin_at(input, t)?;
                self.shown(line, &|line| line.at(input.series, bin))
            }
            None => {
                let bin = input.now?;
                self.shown(line, &|line| line.now(bin))
            }
        };
        Some(value.map_or_else(|| crate::format::NONE.to_owned(), |value| quantity.write(value)))
    }

    /// The value that is written of a line. One that lies on another line and differs from it by less than figures show has that one's: an
    /// answer is on its way for 20 ms after the confirmation, and 2.94 s and 2.96 s would read as 2.9 s and 3 s.
    pub(super) fn shown(&self, line: &Line, of: &dyn Fn(&Line) -> Option<f64>) -> Option<f64> {
        let value = of(line)?;
        let under = line.over.and_then(|id| self.lines.iter().find(|other| other.id == id)).and_then(of);
        Some(under.filter(|under| alike_ms(*under, value)).unwrap_or(value))
    }
}
