//! A chart's figures without the picture: the data table, the CSV, and the readout at a moment. All follow from the chart's lines.

use super::Chart;
use super::input::ChartInput;
use super::line::Line;
use super::line_extents::LineExtents;
use super::theme::Role;
use crate::format::{NONE, time_of_day};
use crate::say;
use engine::measure::Bin;

/// One line's value at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// The line's legend entry.
    pub group: &'static str,
    pub label: &'static str,
    pub value: String,
    pub role: Role,
}

/// A head and a row for each bin, in words and units. The first column is the time at which the interval began.
pub fn table(chart: &Chart, input: &ChartInput) -> Vec<Vec<String>> {
    let head = std::iter::once(say!("chart.from").to_string())
        .chain(chart.lines.iter().map(|l| l.label.get().to_string()))
        .collect();
    let row = |bin: &Bin| {
        let cells = chart.lines.iter().map(|l| cell(chart, l, input, bin));
        std::iter::once(time_of_day(input.day(bin.from.seconds()))).chain(cells).collect()
    };
    std::iter::once(head).chain(input.series.bins.iter().map(row)).collect()
}

/// The same as bare numbers: the second of the run at which the interval began, its clock, then a column a line with its unit in the head.
///
/// Safe in spreadsheets: cells are numbers, clocks, or heads that begin with a letter. What is absent is empty.
pub fn csv(chart: &Chart, input: &ChartInput) -> String {
    let mut out = String::from("from_s,clock");
    for line in chart.lines {
        let unit = chart.axis(line.side).quantity.unit();
        out += &format!(",{}", quoted(&format!("{} ({unit})", line.label.english())));
    }
    out += "\r\n";
    for bin in &input.series.bins {
        let from = bin.from.seconds();
        out += &format!("{},{}", bare(from), time_of_day(input.day(from)));
        for line in chart.lines {
            out.push(',');
            if let Some(value) = line.at(input.series, bin) {
                out += &bare(value);
            }
        }
        out += "\r\n";
    }
    out
}

/// What each visible line shows at second `t`; empty where nothing was simulated yet.
pub fn readout(chart: &Chart, input: &ChartInput, t: f64) -> Vec<Readout> {
    let Some(bin) = bin_at(input, t) else { return Vec::new() };
    let extents = LineExtents::of(chart, input.series);
    let seen = chart.lines.iter().enumerate().filter(|(i, l)| input.shows(l.group) && extents.shows(chart, *i));
    let visible = seen.map(|(_, line)| line);
    visible
        .map(|l| Readout { group: l.group, label: l.label.get(), value: cell(chart, l, input, bin), role: l.role })
        .collect()
}

/// The bin that second `t` falls into.
pub fn bin_at<'a>(input: &ChartInput<'a>, t: f64) -> Option<&'a Bin> {
    let bins = &input.series.bins;
    let after = bins.partition_point(|b| b.from.seconds() <= t);
    bins[..after].last().filter(|b| t <= b.to.seconds())
}

fn cell(chart: &Chart, line: &Line, input: &ChartInput, bin: &Bin) -> String {
    let quantity = chart.axis(line.side).quantity;
    chart.shown(line, &|line| line.at(input.series, bin)).map_or_else(|| NONE.into(), |v| line.write(quantity, v))
}

/// To the last digit: reading it gives the same number. Never in powers of ten.
pub(super) fn bare(value: f64) -> String {
    format!("{value}")
}

pub(super) fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into() }
}
