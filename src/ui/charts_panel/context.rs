//! What surrounds a run in the charts: limits, events in words, and what the axes must have room for before there are any data.

use crate::advice::fluid::Forecast;
use crate::chart::{Event, Expected, Limit};
use crate::kata::Analysis;
use crate::kata::scenario::event_name;
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
    pub newest_first: bool,
    /// The predicted backlog, seconds and messages; empty where none is to be expected.
    pub predicted: Vec<(f64, f64)>,
    /// The same in a line of words.
    pub foretold: Option<String>,
}

/// A predicted backlog below this is nothing to draw.
const WORTH_DRAWING: f64 = 10.0;
/// Points of a predicted curve: more are not seen.
const CURVE_POINTS: usize = 720;

impl ChartContext {
    /// A design that can't run yet leaves its part unknown.
    pub fn of(analysis: &Analysis, forecast: Option<&Forecast>) -> ChartContext {
        let scenario = &analysis.scenario;
        ChartContext {
            duration_s: scenario.world.duration.seconds(),
            starts_at_s: f64::from(scenario.starts_at_s),
            limits: scenario.goals.iter().map(|g| Limit { metric: g.metric, at_most: g.at_most }).collect(),
            events: scenario.world.events.iter().map(event).collect(),
            expected: Expected {
                backlog: 0.0,
                peak_per_s: peak(&scenario.world),
                workers: analysis.most_workers(),
                slots: analysis.slots(),
            },
            newest_first: analysis.newest_first(),
            predicted: forecast.map_or_else(Vec::new, predicted),
            foretold: forecast.map(|forecast| forecast.line(f64::from(scenario.starts_at_s))),
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
    forecast.backlog.chunks(every).filter_map(highest).collect()
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
