//! How far each line of a chart has come: what a layout's scales have to hold, and whether there is anything to see of it. Grows with the
//! series, bin by bin.

use super::Chart;
use engine::measure::Series;

/// How far a line and its twin may differ and still be drawn as one, as a share of the twin.
const ALIKE: f64 = 0.02;
/// Bins before which two lines are not compared: a few bookings under way are no difference.
const COMPARABLE: usize = 30;

/// How far each line of a chart has come.
#[derive(Clone, Debug, Default)]
pub struct LineExtents {
    run: u64,
    width: u64,
    bins: usize,
    lines: Vec<LineExtent>,
}

/// One line's part of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineExtent {
    /// Its largest value, peaks included.
    pub most: f64,
    /// It was above 0 once.
    pub any: bool,
    /// All its values.
    sum: f64,
    /// It has gone apart from its twin once.
    apart: bool,
}

impl LineExtents {
    pub fn of(chart: &Chart, series: &Series) -> LineExtents {
        let mut extents = LineExtents::default();
        extents.follow(chart, 0, series);
        extents
    }

    /// Brings it up to date.
    pub fn follow(&mut self, chart: &Chart, run: u64, series: &Series) {
        let same = self.run == run && self.width == series.width.0 && self.bins <= series.bins.len();
        if !same || self.lines.len() != chart.lines.len() {
            *self = LineExtents {
                run,
                width: series.width.0,
                bins: 0,
                lines: vec![LineExtent::default(); chart.lines.len()],
            };
        }
        let news = &series.bins[self.bins..];
        for (line, reach) in chart.lines.iter().zip(&mut self.lines) {
            for bin in news {
                let value = line.at(series, bin).unwrap_or(0.0).max(line.peak.map_or(0.0, |peak| peak(bin)));
                reach.most = reach.most.max(value);
                reach.any |= (line.value)(bin).is_some_and(|v| v > 0.0);
                reach.sum += line.at(series, bin).unwrap_or(0.0);
            }
        }
        self.tell_apart(chart, series.bins.len());
        self.bins = series.bins.len();
    }

    fn tell_apart(&mut self, chart: &Chart, bins: usize) {
        for (index, line) in chart.lines.iter().enumerate().filter(|_| bins >= COMPARABLE) {
            let twin = line.twin.and_then(|twin| chart.lines.iter().position(|other| other.id == twin));
            if let Some(twin) = twin.map(|at| self.lines[at].sum) {
                self.lines[index].apart |= (self.lines[index].sum - twin).abs() > ALIKE * twin;
            }
        }
    }

    pub(super) fn line(&self, index: usize) -> LineExtent {
        self.lines[index]
    }

    /// Whether there is anything to see of a line.
    pub fn shows(&self, chart: &Chart, index: usize) -> bool {
        let (line, extent) = (&chart.lines[index], self.lines[index]);
        (!line.only_if_any || extent.any) && (line.twin.is_none() || extent.apart)
    }
}
