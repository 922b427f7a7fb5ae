//! Figures: what the diagram shows of a run, held still for a moment so that they can be read.
//!
//! A snapshot is taken a dozen times a second of wall time and after each step; between two, nothing in the diagram changes. Rates are over
//! the last [`WINDOW`] of simulated time.

use std::collections::VecDeque;
use std::rc::Rc;

use engine::Simulation;
use engine::measure::live::StationLive;
use engine::sim::time::{Span, Time};

/// The simulated time that rates are taken over.
pub const WINDOW: Span = Span(30_000_000_000);
/// The least simulated time between two counts that are stored for rates, so that there are at most a few dozen.
const BETWEEN: Span = Span(1_000_000_000);

/// Figures of all stations at one moment; station `i` is node `i` of the design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub at: Time,
    pub stations: Vec<Figure>,
}

/// Figures of one station.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    pub live: StationLive,
    /// How long the oldest waiting message of a queue has waited.
    pub oldest: Option<Span>,
    /// What it received a second lately.
    pub per_s: f64,
    /// What was refused, failed or given up here a second lately.
    pub failing_per_s: f64,
}

/// Takes the snapshots.
#[derive(Default)]
pub(in crate::session) struct Snapshots {
    latest: Option<Rc<Figures>>,
    /// What had been received and what had failed, by station, at earlier moments: the oldest is at least [`WINDOW`] old, if there is one.
    past: VecDeque<(Time, Vec<[u64; 2]>)>,
}

impl Snapshots {
    pub fn latest(&self) -> Option<&Rc<Figures>> {
        self.latest.as_ref()
    }

    pub fn forget(&mut self) {
        *self = Snapshots::default();
    }

    pub fn take(&mut self, run: &Simulation) {
        let now = run.now();
        let live = run.measures().live();
        let counts: Vec<[u64; 2]> = live.stations.iter().map(|s| [s.received, s.failed]).collect();
        while self.past.get(1).is_some_and(|(at, _)| now.since(*at) >= WINDOW) {
            self.past.pop_front();
        }
        let before = self.past.front();
        let rates = |station: usize| {
            let (from, then) = before.map_or((Time::ZERO, [0, 0]), |(at, counts)| (*at, counts[station]));
            let seconds = now.since(from).seconds();
            let rate = |which: usize| (counts[station][which] - then[which]) as f64 / seconds;
            if seconds > 0.0 { [rate(0), rate(1)] } else { [0.0, 0.0] }
        };
        let figure = |(station, live): (usize, &StationLive)| {
            let oldest = if live.waiting > 0 { run.oldest_waiting(station) } else { None };
            let [per_s, failing_per_s] = rates(station);
            Figure { live: *live, oldest, per_s, failing_per_s }
        };
        let stations = live.stations.iter().enumerate().map(figure).collect();
        self.latest = Some(Rc::new(Figures { at: now, stations }));
        if self.past.back().is_none_or(|(at, _)| now.since(*at) >= BETWEEN) {
            self.past.push_back((now, counts));
        }
    }
}
