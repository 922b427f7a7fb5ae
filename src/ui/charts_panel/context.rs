//! What surrounds a run in the charts: limits, events in words, and what the axes must have room for before there are any data.

use crate::advice::fluid::Forecast;
use crate::chart::{Event, Expected, Limit, Parts};
use crate::format::{about, clock};
use crate::kata::Analysis;
use crate::kata::scenario::event_name;
use crate::say;
use engine::measure::few;
use engine::sim::network::{self, EventKind, World};

/// Changes with the scenario and the design only.
#[derive(Debug, PartialEq)]
pub struct ChartContext {
    pub duration_s: f64,
    pub starts_at_s: f64,
    pub limits: Vec<Limit>,
    pub events: Vec<Event>,
    pub expected: Expected,
    /// A queue gives its newest message first.
    pub newest_first: Option<bool>,
    /// When most patients ask.
    pub rush: Vec<(f64, f64)>,
    /// What the design has.
    pub parts: Parts,
    /// The upper edge of the predicted backlog, seconds and messages; empty where none is to be expected.
    pub predicted: Vec<(f64, f64)>,
    /// The same in a few words, and in a line.
    pub note: Option<String>,
    pub foretold: Option<String>,
}

/// A predicted backlog below this is nothing to draw.
const WORTH_DRAWING: f64 = 10.0;
/// Points of a predicted curve: more are not seen.
const CURVE_POINTS: usize = 720;
/// Valleys of a predicted curve narrower than this, as a share of the run, are those of a pool that comes and goes.
const VALLEY: f64 = 1.0 / 15.0;
/// From this share of the highest rate on it is the rush; where that is a moment only, from this one on.
const PLATEAU: [f64; 2] = [0.999, 0.9];
/// A rush is at least this share of the run, and not nearly all of it.
const RUSH: (f64, f64) = (0.01, 0.8);

impl ChartContext {
    /// A design that can't run yet leaves its part unknown.
    pub fn of(analysis: &Analysis, forecast: Option<&Forecast>) -> ChartContext {
        let scenario = &analysis.scenario;
        let (duration_s, starts_at_s) = (scenario.world.duration.seconds(), f64::from(scenario.starts_at_s));
        let predicted = forecast.map_or_else(Vec::new, predicted);
        ChartContext {
            duration_s,
            starts_at_s,
            limits: scenario.goals.iter().map(|g| Limit { metric: g.metric, at_most: g.at_most }).collect(),
            events: scenario.world.events.iter().map(event).collect(),
            expected: Expected {
                backlog: 0.0,
                peak_per_s: peak(&scenario.world),
                workers: analysis.most_workers(),
                slots: analysis.slots(),
            },
            newest_first: analysis.newest_first(),
            rush: rush(&scenario.world),
            parts: parts(analysis),
            note: forecast.and_then(|forecast| note(forecast, &predicted, duration_s, starts_at_s)),
            predicted,
            foretold: forecast.map(|forecast| forecast.line(starts_at_s)),
        }
    }
}

fn predicted(forecast: &Forecast) -> Vec<(f64, f64)> {
    if forecast.peak.1 < WORTH_DRAWING {
        return Vec::new();
    }
    let every = forecast.backlog.len().div_ceil(CURVE_POINTS);
    // The highest of each stretch, so that a peak stays as high as it is.
    let highest = |stretch: &[(f64, f64)]| stretch.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    let points: Vec<(f64, f64)> = forecast.backlog.chunks(every).filter_map(highest).collect();
    let half = (points.len() as f64 * VALLEY / 2.0) as usize;
    let filled = spread(&spread(&points, half, f64::max), half, f64::min);
    // What is left are the points that fill no valley: straight from one to the next.
    let on_edge = |(point, filled): &(&(f64, f64), &(f64, f64))| point.1 >= filled.1 - 1e-6;
    let edge = points.iter().zip(&filled).filter(on_edge).map(|(point, _)| *point);
    // The highest of the last stretch is where a backlog that drains begins to; it ends where the run does.
    edge.chain(forecast.backlog.last().copied()).collect()
}

/// Each value as the extreme of those within `half` points of it.
fn spread(points: &[(f64, f64)], half: usize, extreme: fn(f64, f64) -> f64) -> Vec<(f64, f64)> {
    let around = |i: usize| &points[i.saturating_sub(half)..(i + half + 1).min(points.len())];
    let level = |i: usize| around(i).iter().map(|p| p.1).fold(points[i].1, extreme);
    (0..points.len()).map(|i| (points[i].0, level(i))).collect()
}

/// What the estimate says, to stand on its curve: `predicted peaks 2 200; drained by 09:50`. Where it leaves something aside that a run meets,
/// it says so, and nothing of an end that may never come.
fn note(forecast: &Forecast, curve: &[(f64, f64)], duration_s: f64, starts_at_s: f64) -> Option<String> {
    let most = curve.iter().map(|p| p.1).fold(0.0, f64::max);
    let last = curve.iter().rfind(|p| p.1 > few(most).max(WORTH_DRAWING))?;
    if let Some(aside) = forecast.aside() {
        return Some(say!("charts.predicted_aside", most = about(most), aside));
    }
    let most = about(most);
    Some(if last.0 < duration_s * 0.99 {
        say!("charts.predicted_drained", most, at = clock(starts_at_s + last.0))
    } else {
        say!("charts.predicted_left", most, n = about(last.1))
    })
}

/// When the demand is at its highest.
fn rush(world: &World) -> Vec<(f64, f64)> {
    let (curve, end) = (&world.arrivals.curve, world.duration.seconds());
    let highest = curve.iter().map(|p| p.1).fold(0.0, f64::max);
    let above = |share: f64| {
        let level = highest * share;
        // The curve is straight between its points, and level after the last.
        let ends = curve.last().map(|last| (end.max(last.0), last.1));
        let points: Vec<(f64, f64)> = curve.iter().copied().chain(ends).collect();
        let mut stretches: Vec<(f64, f64)> = Vec::new();
        for pair in points.windows(2) {
            let ((t0, r0), (t1, r1)) = (pair[0], pair[1]);
            let crossing = || t0 + (t1 - t0) * (level - r0) / (r1 - r0);
            let (from, to) = match (r0 >= level, r1 >= level) {
                (true, true) => (t0, t1),
                (true, false) => (t0, crossing()),
                (false, true) => (crossing(), t1),
                (false, false) => continue,
            };
            match stretches.last_mut() {
                Some(last) if from <= last.1 + 1e-6 => last.1 = to,
                _ => stretches.push((from, to)),
            }
        }
        stretches
    };
    let length = |stretches: &[(f64, f64)]| stretches.iter().map(|s| s.1 - s.0).sum::<f64>();
    let found = PLATEAU.map(above).into_iter().find(|found| length(found) >= RUSH.0 * end).unwrap_or_default();
    if length(&found) <= RUSH.1 * end { found } else { Vec::new() }
}

fn parts(analysis: &Analysis) -> Parts {
    Parts {
        queues: analysis.has_queue(),
        workers: analysis.has_workers(),
        apis: analysis.has_api(),
        clinics: analysis.has_clinic(),
    }
}

fn event(event: &network::Event) -> Event {
    Event { from_s: event.from.seconds(), to_s: event.to.seconds(), name: event_name(&event.what) }
}

/// The highest rate of arrivals, as if all surges came together with the highest point of the curve.
fn peak(world: &World) -> f64 {
    let highest = world.arrivals.curve.iter().map(|&(_, per_s)| per_s).fold(0.0, f64::max);
    let surges = world.events.iter().filter_map(|e| match e.what {
        EventKind::Surge(factor) => Some(factor.max(1.0)),
        _ => None,
    });
    highest * surges.product::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_drained_by_the_end_is_left_then() {
        let end = 10_800.0;
        let level = |at: f64| if at < 3_600.0 { at * 25.0 } else { 90_000.0 - (at - 3_600.0) * 2.5 };
        let backlog: Vec<(f64, f64)> = (0..=1_080).map(|at| f64::from(at) * 10.0).map(|at| (at, level(at))).collect();
        let forecast = Forecast { backlog, peak: (3_600.0, 90_000.0), drained_s: None, without: None };
        let curve = predicted(&forecast);
        assert_eq!(curve.last(), Some(&(end, level(end))), "the curve goes on to the end");
        let words = note(&forecast, &curve, end, 27_000.0).expect("there is something to say");
        assert_eq!(words.replace(crate::format::THIN, " "), "predicted peaks 90 000; 72 000 left at the end");
    }
}
