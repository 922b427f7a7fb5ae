//! What the learner expected of the backlog, and how far off it was: words beside the curve that was drawn first.

use super::input::ChartInput;
use crate::format::{clock, count};
use crate::late::late;
use crate::say;
use engine::measure::{Bin, drained, few};

/// Highest point and end of a backlog.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// Messages.
    pub peak: f64,
    /// Seconds of the run.
    pub at_s: f64,
    /// When it was as good as empty, and stayed so.
    pub drained_s: Option<f64>,
}

/// The share of its peak below which a curve that was drawn by hand means nothing: a pixel or two.
const BY_HAND: f64 = 0.03;
/// A curve that comes this far, as a share of the run, was drawn to its end.
const TO_THE_END: f64 = 0.98;

/// The course of a curve that was drawn; `None` if it never rises.
pub fn drawn(points: &[(f64, f64)]) -> Option<Course> {
    let top = points.iter().fold((0.0, 0.0), |best, at| if at.1 > best.1 { *at } else { best });
    let last = points.iter().rposition(|p| p.1 > few(top.1).max(top.1 * BY_HAND));
    let drained_s = last.and_then(|last| points.get(last + 1)).map(|p| p.0);
    (top.1 > 0.0).then_some(Course { peak: top.1, at_s: top.0, drained_s })
}

/// The course of a run so far; `None` if nothing ever waited.
pub fn came(bins: &[Bin]) -> Option<Course> {
    let most = bins.iter().map(|b| b.max_backlog).max().filter(|most| *most > 0)?;
    let at = bins.iter().position(|b| b.max_backlog == most).unwrap_or(0);
    let drained_s = drained(bins).map(|at| at.seconds());
    Some(Course { peak: most as f64, at_s: bins[at].from.seconds(), drained_s })
}

/// What was expected, and beside it what came; `None` without a sketch.
pub fn told(input: &ChartInput) -> Option<String> {
    in_words(input).flatten()
}

late! {
    fn in_words(input: &ChartInput) -> Option<String> {
        let expected = drawn(input.sketch)?;
        let at = |t: f64| clock(input.day(t));
        let (peak, peak_at) = (whole(expected.peak), at(expected.at_s));
        let bins = &input.series.bins;
        // A curve that ends early says nothing of what comes then.
        let to_the_end = input.sketch.last().is_some_and(|p| p.0 >= input.duration_s * TO_THE_END);
        let Some(last) = bins.last() else {
            return Some(match expected.drained_s {
                Some(t) => say!("chart_guess.expect_drained", peak, at = peak_at, drained = at(t)),
                None if to_the_end => say!("chart_guess.expect_stays", peak, at = peak_at),
                None => say!("chart_guess.expect", peak, at = peak_at),
            });
        };
        let over = last.to.seconds() >= input.duration_s - 1e-6;
        let course = came(bins);
        let was = match course {
            Some(c) if over => say!("chart_guess.it_was", peak, at = peak_at, was = whole(c.peak), when = at(c.at_s)),
            Some(c) => say!("chart_guess.it_is", peak, at = peak_at, was = whole(c.peak), when = at(c.at_s)),
            None if over => say!("chart_guess.never_waited", peak, at = peak_at),
            None => say!("chart_guess.not_waited_yet", peak, at = peak_at),
        };
        // Before the end nobody knows whether it stays so.
        let drained = course.map(|c| c.drained_s.filter(|_| over));
        let (left, n) = (last.backlog, count(last.backlog));
        let end = match (expected.drained_s, drained) {
            (_, None) => return Some(was),
            (Some(e), Some(Some(d))) => say!("chart_guess.drained", expected = at(e), was = at(d)),
            (None, Some(Some(d))) if !to_the_end => say!("chart_guess.drained_by", at = at(d)),
            (None, Some(None)) if over && !to_the_end => say!("chart_guess.still", plural = left, n),
            (None, Some(Some(d))) => say!("chart_guess.drained_after_all", at = at(d)),
            (Some(e), Some(None)) if over => say!("chart_guess.not_drained", plural = left, at = at(e), n),
            (None, Some(None)) if over => say!("chart_guess.not_drained_as_expected", plural = left, n),
            (Some(e), Some(None)) => say!("chart_guess.expected_drained", at = at(e)),
            (None, Some(None)) => return Some(was),
        };
        Some(format!("{was} {end}"))
    }
}

/// The same in a few words that stand on the curve that was drawn.
pub fn note(input: &ChartInput) -> Option<String> {
    let guess = drawn(input.sketch)?;
    let over = input.now_s >= input.duration_s - 1e-6 && !input.series.bins.is_empty();
    let came = over.then(|| came(&input.series.bins).map_or(0.0, |course| course.peak));
    let n = whole(guess.peak);
    Some(match came {
        Some(peak) => say!("chart_guess.note_was", n, was = whole(peak)),
        None => say!("chart_guess.note", n),
    })
}

fn whole(messages: f64) -> String {
    count(libm::round(messages).max(0.0) as u64)
}

/// What a curve of seconds and values says at second `t`: nothing outside it.
pub fn at(points: &[(f64, f64)], t: f64) -> f64 {
    let after = points.partition_point(|p| p.0 <= t);
    match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (t - a.0) / (b.0 - a.0).max(1e-9),
        (Some(last), None) if t <= last.0 + 1.0 => last.1,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::sim::time::Time;

    fn bins(levels: &[u64]) -> Vec<Bin> {
        let second = |s: usize| Time(s as u64 * 1_000_000_000);
        let bin = |(at, level): (usize, &u64)| Bin {
            from: second(at),
            to: second(at + 1),
            backlog: *level,
            max_backlog: *level,
            ..Bin::default()
        };
        levels.iter().enumerate().map(bin).collect()
    }

    #[test]
    fn drained_is_what_stays_so() {
        let drained = |levels: &[u64]| came(&bins(levels)).expect("something waited").drained_s;
        assert_eq!(drained(&[0, 900, 0, 0]), Some(2.0));
        assert_eq!(drained(&[0, 900, 0, 400, 0, 0]), Some(4.0), "it filled again in between");
        assert_eq!(drained(&[0, 900, 0, 400]), None, "and is not empty now");
        let guess = |points: &[(f64, f64)]| drawn(points).expect("it rises").drained_s;
        assert_eq!(guess(&[(0.0, 0.0), (10.0, 900.0), (20.0, 0.0), (30.0, 400.0), (40.0, 0.0)]), Some(40.0));
        assert_eq!(guess(&[(0.0, 0.0), (10.0, 900.0), (20.0, 0.0), (30.0, 400.0)]), None);
    }
}
