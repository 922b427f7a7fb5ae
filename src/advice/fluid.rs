//! The fluid prediction: how large the backlog gets and when it has drained, worked out in a millisecond without a single random number.
//!
//! Messages are a liquid: they flow in at the scenario's rate and out at the rate that workers and clinic slots can do at that moment, and what
//! does not get out piles up (Newell, *Applications of Queueing Theory*, 1982). Scaling follows its policy on that level. It is right where
//! the backlog is large against chance, which is where it matters; a few messages that wait by chance alone it does not see.
//!
//! A queue's capacity is a vessel's brim: what comes when it is full flows off.
//!
//! It knows neither timeouts, nor an age limit of a queue, nor several queues of which some have a capacity, nor requests that an API turns
//! away, nor clinics of which one is more popular: where a design or a scenario brings those about, the forecast says so
//! ([`Forecast::without`]), and its figures are not shown as those of a run.

mod assumptions;

use std::collections::VecDeque;

use crate::format::{about, clock};
use crate::lang::lower_first;
use crate::say;
use engine::sim::network::{Clinic, Consumers, EventKind, Network, Params, Scaling};
use engine::sim::rate_segments;
use engine::sim::time::Time;

pub use assumptions::Without;
pub(in crate::advice) use assumptions::{busy_threads, times_out};

/// The most steps a prediction takes, whatever the length of the run.
const MAX_STEPS: f64 = 20_000.0;

/// The most steps of all pools together: a design of hundreds takes longer steps, not more time.
const MAX_POOL_STEPS: f64 = 40_000.0;

/// A predicted backlog.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Seconds and messages, at equal distances from the start to the end.
    pub backlog: Vec<(f64, f64)>,
    /// When the backlog is largest, in seconds, and how large it is.
    pub peak: (f64, f64),
    /// When it has drained after its peak and stays so; `None` if it has not by the end.
    pub drained_s: Option<f64>,
    /// What the estimate leaves out and a run meets; then a run's backlog is another.
    pub without: Option<Without>,
}

impl Forecast {
    /// What the estimate leaves out and a run meets, in a word or two; `None` where it holds.
    pub fn aside(&self) -> Option<String> {
        self.without.map(|without| lower_first(without.word()))
    }

    /// The prediction in a line: `Predicted: 22 000 at 08:41, drained by 09:12`. `starts_at_s`: seconds after midnight at which the run starts.
    pub fn line(&self, starts_at_s: f64) -> String {
        let head = match self.without {
            None => say!("fluid.predicted").to_owned(),
            Some(without) => say!("fluid.aside", without = without.word()),
        };
        let (at, peak) = self.peak;
        if peak < DRAINED {
            return say!("fluid.no_backlog", head);
        }
        let (peak, at) = (about(peak), clock(starts_at_s + at));
        match (self.drained_s, self.backlog.last()) {
            (Some(by), _) => say!("fluid.drained", head, peak, at, by = clock(starts_at_s + by)),
            (None, last) => say!("fluid.left", head, peak, at, left = about(last.map_or(0.0, |(_, level)| *level))),
        }
    }
}

/// The backlog of pools that share queues.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The stations: queues and pools.
    pub stations: Vec<usize>,
    pub course: Course,
}

/// How a backlog goes, in three figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Course {
    /// Seconds and messages.
    pub peak: (f64, f64),
    /// When it has drained after its peak and stays so; `None` if it has not by the end.
    pub drained_s: Option<f64>,
    /// What is left at the end.
    pub left: f64,
}

impl Course {
    fn look(&mut self, now: f64, level: f64) {
        if level > self.peak.1 {
            *self = Course { peak: (now, level), ..Course::default() };
        } else if level >= DRAINED.max(self.peak.1 / 100.0) {
            // It fills again: it had not drained for good.
            self.drained_s = None;
        } else if level < DRAINED && self.drained_s.is_none() {
            self.drained_s = Some(now);
        }
        self.left = level;
    }
}

/// A backlog below this has drained; one that comes back to this and a hundredth of its peak has not.
const DRAINED: f64 = 10.0;

/// The backlog of all queues of a network; `None` where no pool reads a queue.
pub fn forecast(network: &Network) -> Option<Forecast> {
    parts(network).map(|(whole, _)| whole)
}

/// The same, and besides the backlog of each group of pools that share queues.
pub fn parts(network: &Network) -> Option<(Forecast, Vec<Part>)> {
    let end = network.world.duration.seconds();
    let inflow = inflow(network);
    let mut groups = groups(network, &inflow);
    if groups.is_empty() {
        return None;
    }
    let pools: usize = groups.iter().map(|group| group.pools.len()).sum();
    let step = (end / MAX_STEPS).max(1.0).max(end * pools as f64 / MAX_POOL_STEPS);
    let mut courses = vec![Course::default(); groups.len()];
    let mut whole = Course::default();
    let rates = rate_segments(&network.world.arrivals, &network.world.events);
    let mut backlog = vec![(0.0, 0.0)];
    let mut piece = 0;
    let mut now = 0.0;
    while now < end {
        let dt = step.min(end - now);
        let middle = now + dt / 2.0;
        while rates[piece].to_s < middle {
            piece += 1;
        }
        let rate = rates[piece].until(middle).to;
        let rate = if rates[piece].to_s.is_finite() { rate } else { rates[piece].from };
        let disruptions = Disruptions::at(network, middle);
        let mut level = 0.0;
        for (group, course) in groups.iter_mut().zip(&mut courses) {
            let own = group.step(now, dt, rate, &disruptions);
            course.look(now + dt, own);
            level += own;
        }
        now += dt;
        whole.look(now, level);
        backlog.push((now, level));
    }
    let parts = groups.into_iter().zip(courses).map(|(group, course)| Part { stations: group.stations, course });
    let without = assumptions::without(network, &inflow);
    Some((Forecast { backlog, peak: whole.peak, drained_s: whole.drained_s, without }, parts.collect()))
}

/// The share of all bookings that reaches each station, by station, as far as the queues.
fn inflow(network: &Network) -> Vec<f64> {
    let mut share = vec![0.0; network.stations.len()];
    let pass = |share: &mut Vec<f64>, from: usize, amount: f64| {
        let targets = &network.stations[from].targets;
        let sum: f64 = targets.iter().map(|t| t.weight).sum();
        for target in targets {
            share[target.station] += amount * target.weight / sum;
        }
    };
    for station in downstream(network) {
        let params = &network.stations[station].params;
        if params.passes_on() {
            let amount = if matches!(params, Params::Patients(_)) { 1.0 } else { share[station] };
            pass(&mut share, station, amount);
        }
    }
    share
}

/// The stations in an order in which each stands behind all that lead to it. A network has no cycle.
fn downstream(network: &Network) -> Vec<usize> {
    let mut depth = vec![0; network.stations.len()];
    loop {
        let before = depth.clone();
        for (station, spec) in network.stations.iter().enumerate() {
            for target in &spec.targets {
                depth[target.station] = depth[target.station].max(depth[station] + 1);
            }
        }
        if depth == before {
            break;
        }
    }
    let mut order: Vec<usize> = (0..depth.len()).collect();
    crate::order::sort_by_key(&mut order, |station| depth[*station]);
    order
}

/// What holds for the clinics at a moment.
struct Disruptions {
    slow: f64,
    errors: f64,
    outage: bool,
}

impl Disruptions {
    fn at(network: &Network, t: f64) -> Disruptions {
        let mut disruptions = Disruptions { slow: 1.0, errors: 0.0, outage: false };
        let now = Time::from_seconds(t);
        for event in network.world.events.iter().filter(|e| e.from <= now && now < e.to) {
            match event.what {
                EventKind::Surge(_) => {}
                EventKind::Slow(factor) => disruptions.slow *= factor,
                EventKind::Errors(rate) => disruptions.errors = disruptions.errors.max(rate),
                EventKind::Outage => disruptions.outage = true,
            }
        }
        disruptions
    }
}

/// Pools and the queues that they share, as one vessel.
struct Group<'a> {
    stations: Vec<usize>,
    /// Share of all bookings that flows in.
    share: f64,
    pools: Vec<Pool<'a>>,
    /// The capacity of its queues together, if each has one.
    room: f64,
    level: f64,
}

fn groups<'a>(network: &'a Network, inflow: &[f64]) -> Vec<Group<'a>> {
    let stations = &network.stations;
    let mut group_of: Vec<usize> = (0..stations.len()).collect();
    let pool = |station: usize| stations[station].params.pool();
    // Stations that share a message join; a few rounds suffice, because each round joins along every edge.
    for _ in 0..stations.len() {
        for (queue, spec) in stations.iter().enumerate().filter(|(_, s)| s.params.queue().is_some()) {
            for target in spec.targets.iter().filter(|t| pool(t.station).is_some()) {
                let least = group_of[queue].min(group_of[target.station]);
                (group_of[queue], group_of[target.station]) = (least, least);
            }
        }
    }
    let mut groups: Vec<Group<'a>> = Vec::new();
    for id in 0..stations.len() {
        let members = || (0..stations.len()).filter(|s| group_of[*s] == id);
        let queues = members().filter(|s| stations[*s].params.queue().is_some());
        let share: f64 = queues.clone().map(|q| inflow[q]).sum();
        let rooms = queues.filter_map(|s| stations[s].params.queue());
        let room = rooms.map(|queue| queue.capacity.map_or(f64::INFINITY, |room| room as f64)).sum();
        let pools: Vec<Pool<'a>> = members()
            .filter_map(|s| Some(Pool::new(pool(s)?, clinics(network, s))))
            .filter(|p| !p.clinics.is_empty())
            .collect();
        if share > 0.0 && !pools.is_empty() {
            groups.push(Group { stations: members().collect(), share, pools, room, level: 0.0 });
        }
    }
    groups
}

/// The clinics that a station calls, each with its share of the calls.
fn clinics(network: &Network, station: usize) -> Vec<(f64, &Clinic)> {
    let targets = network.stations[station].targets.iter();
    let found: Vec<_> =
        targets.filter_map(|t| Some((t.weight, network.stations[t.station].params.clinic()?))).collect();
    let sum: f64 = found.iter().map(|(weight, _)| weight).sum();
    found.into_iter().map(|(weight, clinic)| (weight / sum, clinic)).collect()
}

impl Group<'_> {
    /// One step: what flows in and out, then the pools' scaling. Returns the level at its end.
    fn step(&mut self, now: f64, dt: f64, rate: f64, disruptions: &Disruptions) -> f64 {
        let inflow = rate * self.share;
        let outflow: f64 = self.pools.iter().map(|pool| pool.outflow(disruptions)).sum();
        self.level = (self.level + (inflow - outflow) * dt).clamp(0.0, self.room);
        let used = if self.level > 0.0 || outflow <= 0.0 { 1.0 } else { (inflow / outflow).min(1.0) };
        for pool in &mut self.pools {
            pool.scale(now + dt, self.level, used);
        }
        self.level
    }
}

/// A pool with its workers as a level.
struct Pool<'a> {
    params: &'a Consumers,
    clinics: Vec<(f64, &'a Clinic)>,
    workers: f64,
    /// Workers ordered: when they start, and how many.
    starting: VecDeque<(f64, f64)>,
    /// How many workers that are.
    coming: f64,
    next_check: f64,
    next_step: usize,
    low_since: Option<f64>,
}

impl<'a> Pool<'a> {
    fn new(params: &'a Consumers, clinics: Vec<(f64, &'a Clinic)>) -> Pool<'a> {
        let (workers, next_check) = match &params.scaling {
            Scaling::Fixed { workers } | Scaling::Schedule { workers, .. } => (*workers, f64::INFINITY),
            Scaling::Demand { min, period, .. } => (*min, period.seconds()),
        };
        let workers = workers as f64;
        Pool {
            params,
            clinics,
            workers,
            starting: VecDeque::new(),
            coming: 0.0,
            next_check,
            next_step: 0,
            low_since: None,
        }
    }

    /// Messages a second that leave the vessel for good with all workers busy.
    fn outflow(&self, disruptions: &Disruptions) -> f64 {
        let handling = self.params.handling.mean_ms() / 1000.0;
        if disruptions.outage {
            // Every call fails after the base time; without a breaker a message is soon given up.
            let base: f64 = self.clinics.iter().map(|(share, c)| share * c.base.seconds()).sum();
            let given_up = self.workers / (handling + base).max(1e-9) / f64::from(self.params.attempts);
            return if self.params.breaker.is_some() { 0.0 } else { given_up };
        }
        let reply = |c: &Clinic| (c.base.seconds() + c.variable.mean_ms() / 1000.0) * disruptions.slow;
        let mean: f64 = self.clinics.iter().map(|(share, c)| share * reply(c)).sum();
        let good: f64 =
            self.clinics.iter().map(|(share, c)| share * (1.0 - c.error_rate.max(disruptions.errors))).sum();
        let by_workers = self.workers / (handling + mean).max(1e-9);
        let slots = |c: &Clinic| f64::from(c.clinics) * c.slots_per_clinic as f64;
        // The clinic that is full first holds all up.
        let by_slots = self.clinics.iter().map(|(share, c)| slots(c) / reply(c).max(1e-9) / share);
        by_slots.fold(by_workers, f64::min) * good
    }

    fn ordered(&self) -> f64 {
        self.workers + self.coming
    }

    fn resize(&mut self, now: f64, want: f64, startup: f64) {
        let have = self.ordered();
        if want > have {
            self.starting.push_back((now + startup, want - have));
            self.coming += want - have;
        } else {
            self.workers = (self.workers - (have - want)).max(0.0);
        }
    }

    /// Workers start, and the policy checks the queue, at `now`. `used`: the share of workers that are busy.
    fn scale(&mut self, now: f64, level: f64, used: f64) {
        // A pool's workers all take equally long to start, so those ordered first come first.
        while let Some((_, n)) = self.starting.pop_front_if(|(at, _)| *at <= now) {
            self.workers += n;
            self.coming -= n;
        }
        match &self.params.scaling {
            Scaling::Fixed { .. } => {}
            Scaling::Schedule { steps, startup, .. } => {
                while let Some((_, workers)) = steps.get(self.next_step).filter(|(at, _)| at.seconds() <= now) {
                    self.next_step += 1;
                    self.resize(now, *workers as f64, startup.seconds());
                }
            }
            Scaling::Demand { min, max, messages_per_worker, period, startup, cooldown } => {
                // Within a step all checks see the same level: one of them is enough, however short the period is.
                if self.next_check <= now {
                    let checks = ((now - self.next_check) / period.seconds()).floor() + 1.0;
                    self.next_check += checks * period.seconds();
                    let want = (level + self.workers * used) / *messages_per_worker as f64;
                    let want = want.ceil().clamp(*min as f64, *max as f64);
                    if want >= self.ordered() {
                        self.low_since = None;
                        self.resize(now, want, startup.seconds());
                    } else if now - *self.low_since.get_or_insert(now) >= cooldown.seconds() {
                        self.resize(now, want, startup.seconds());
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drained_is_what_stays_so() {
        let course = |levels: &[f64]| {
            let mut course = Course::default();
            levels.iter().enumerate().for_each(|(at, level)| course.look(at as f64, *level));
            course.drained_s
        };
        assert_eq!(course(&[0.0, 900.0, 400.0, 0.0, 0.0]), Some(3.0));
        assert_eq!(course(&[0.0, 900.0, 0.0, 400.0, 0.0]), Some(4.0), "it fills again in between");
        assert_eq!(course(&[0.0, 900.0, 0.0, 400.0]), None, "and is not empty at the end");
        assert_eq!(course(&[0.0, 5000.0, 0.0, 30.0, 0.0]), Some(2.0), "what always waits a little is no backlog");
    }
}
