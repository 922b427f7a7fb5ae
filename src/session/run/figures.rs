//! Figures: what the diagram shows of a run, held still for a moment so that they can be read.
//!
//! A snapshot is taken a dozen times a second of wall time and after each step; between two, nothing in the diagram changes. Rates are over
//! the last [`WINDOW`] of simulated time.

use std::collections::VecDeque;
use std::rc::Rc;

use engine::Simulation;
use engine::measure::live::StationLive;
use engine::measure::{Bin, Counts};
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
    /// The whole run at this moment, as a bin of its series: levels now, counts over the last [`WINDOW`], latencies of the last 10 to 20 s.
    pub run: Bin,
    /// Nodes that the run did not have: their figures are all 0 and mean nothing. Empty where it had all.
    absent: Vec<usize>,
}

impl Figures {
    /// The figures of a node of the design; `None` if the run did not have it.
    pub fn of(&self, node: usize) -> Option<Figure> {
        self.stations.get(node).filter(|_| !self.absent.contains(&node)).copied()
    }

    /// The same for a design with other nodes: `order` has the station of each, where there is one.
    pub(in crate::session) fn arranged(&self, order: &[Option<usize>]) -> Figures {
        let figure = |station: &Option<usize>| station.and_then(|station| self.of(station));
        let absent = (0..order.len()).filter(|node| figure(&order[*node]).is_none()).collect();
        Figures {
            at: self.at,
            stations: order.iter().map(|s| figure(s).unwrap_or_default()).collect(),
            absent,
            run: self.run.clone(),
        }
    }
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
    /// Tries a second lately that are not the first.
    pub again_per_s: f64,
}

/// Takes the snapshots.
#[derive(Default)]
pub(in crate::session) struct Snapshots {
    latest: Option<Rc<Figures>>,
    /// What had been received, what had failed and what was tried again, by station, at earlier moments: the oldest is at least [`WINDOW`] old,
    /// if there is one.
    past: VecDeque<(Time, Vec<[u64; 3]>, Counts)>,
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
        let counts: Vec<[u64; 3]> = live.stations.iter().map(|s| [s.received, s.failed, s.again]).collect();
        while self.past.get(1).is_some_and(|(at, ..)| now.since(*at) >= WINDOW) {
            self.past.pop_front();
        }
        let total = run.measures().counts();
        let before = self.past.front();
        let rates = |station: usize| {
            let (from, then) = before.map_or((Time::ZERO, [0; 3]), |(at, counts, _)| (*at, counts[station]));
            let seconds = now.since(from).seconds();
            let rate = |which: usize| (counts[station][which] - then[which]) as f64 / seconds;
            if seconds > 0.0 { [rate(0), rate(1), rate(2)] } else { [0.0; 3] }
        };
        let figure = |(station, live): (usize, &StationLive)| {
            let oldest = if live.waiting > 0 { run.oldest_waiting(station) } else { None };
            let [per_s, failing_per_s, again_per_s] = rates(station);
            Figure { live: *live, oldest, per_s, failing_per_s, again_per_s }
        };
        let oldest =
            (0..live.stations.len()).filter_map(|station| run.oldest_waiting(station)).max().unwrap_or_default();
        let (from, then) = before.map_or((Time::ZERO, Counts::default()), |(at, _, counts)| (*at, *counts));
        let latest = lately(from, &then, &total, run.measures().latest(now, oldest));
        let stations = live.stations.iter().enumerate().map(figure).collect();
        self.latest = Some(Rc::new(Figures { at: now, stations, run: latest, absent: Vec::new() }));
        if self.past.back().is_none_or(|(at, ..)| now.since(*at) >= BETWEEN) {
            self.past.push_back((now, counts, total));
        }
    }
}

/// A bin with the counts from `then`, at second `from`, to those of now.
fn lately(from: Time, then: &Counts, now: &Counts, bin: Bin) -> Bin {
    let since = |count: fn(&Counts) -> u64| u32::try_from(count(now) - count(then)).unwrap_or(u32::MAX);
    Bin {
        from,
        arrivals: since(|c| c.arrivals),
        accepted: since(|c| c.accepted),
        rejected: since(|c| c.rejected),
        abandoned: since(|c| c.abandoned),
        confirmed: since(|c| c.confirmed),
        given_up: since(|c| c.dead_lettered + c.lost),
        duplicates: since(|c| c.duplicates),
        ..bin
    }
}
