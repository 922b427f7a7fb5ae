//! The steady state of a pool, measured: in the longest stretch of constant demand, over independent runs, with the warm-up left out.
//!
//! A rush begins with an empty queue, or with what was left before it; averages that include the settling are biased. So the start of the
//! stretch is deleted from every run before it is averaged (replication and deletion: Law, *Simulation Modeling and Analysis*, 5th ed., section
//! 9.5.2). How much, MSER-5 decides (White, *An Effective Truncation Heuristic for Bias Reduction in Simulation Output*, Simulation 69, 1997;
//! Hoad, Robinson and Davies, *Automating warm-up length estimation*, J. Oper. Res. Soc. 61, 2010) on the mean over the runs of the messages in
//! the pool and its queues. Each run then gives one value, and the runs' mean has its interval by Student's t.
//!
//! Where more than half of the stretch would have to go there is no steady state to measure in it. Pools that share queues are one group.
//! What is watched changes nothing of a run. Theory's figures for the same stretch stand in `advice::theory`.

use std::sync::Arc;

use super::Interval;
use crate::advice::theory::{Stretch, stretch};
use engine::sim::network::{Network, Params};
use engine::sim::time::{Span, Time};

mod describe;
mod text;
mod watch;

pub use describe::{Row, SteadyText};
pub use text::{read, write};
pub use watch::{Tally, Watch};

/// A stretch is watched in so many intervals of equal length.
pub const INTERVALS: usize = 300;
/// So many intervals make one batch of MSER-5.
const BATCH: usize = 5;
/// A stretch that is shorter has no steady state worth a name, in seconds.
const SHORTEST_S: f64 = 180.0;
/// The most groups that are watched, in the order of the design.
const MOST_GROUPS: usize = 4;

/// What is watched of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub stretch: Stretch,
    from: Time,
    to: Time,
    /// Node ids of the pools of each group.
    pub groups: Vec<Vec<Arc<str>>>,
    /// By station.
    group_of: Vec<Option<usize>>,
    is_pool: Vec<bool>,
}

impl Plan {
    /// `None` without a pool that reads a queue, and where demand never stays the same for three minutes.
    pub fn of(network: &Network) -> Option<Plan> {
        let stretch = stretch(&network.world).filter(|s| s.seconds() >= SHORTEST_S)?;
        let (groups, group_of) = groups(network);
        let (from, to) = (Time::from_seconds(stretch.from_s), Time::from_seconds(stretch.to_s));
        let is_pool = network.stations.iter().map(|s| matches!(s.params, Params::Consumers(_))).collect();
        (!groups.is_empty()).then_some(Plan { stretch, from, to, groups, group_of, is_pool })
    }

    /// Where an interval begins; the number after the last is the end.
    fn edge(&self, interval: usize) -> Time {
        let all = u128::from(self.to.since(self.from).0);
        let part = all * interval as u128 / INTERVALS as u128;
        self.from + Span(u64::try_from(part).expect("less than the whole"))
    }

    /// Seconds from one interval on to the end.
    fn seconds_from(&self, interval: usize) -> f64 {
        self.to.since(self.edge(interval)).seconds()
    }
}

/// Pools with the queues they read: those that share a queue belong together.
fn groups(network: &Network) -> (Vec<Vec<Arc<str>>>, Vec<Option<usize>>) {
    let stations = &network.stations;
    let mut groups = Vec::new();
    let mut group_of = vec![None; stations.len()];
    let is_pool = |station: usize| matches!(stations[station].params, Params::Consumers(_));
    let reads = |pool: usize, queue: usize| {
        matches!(stations[queue].params, Params::Queue(_)) && stations[queue].targets.iter().any(|t| t.station == pool)
    };
    for first in (0..stations.len()).filter(|s| is_pool(*s)) {
        if group_of[first].is_some() || groups.len() == MOST_GROUPS {
            continue;
        }
        let mut open = vec![first];
        let mut pools = Vec::new();
        while let Some(station) = open.pop() {
            if group_of[station].replace(groups.len()).is_some() {
                continue;
            }
            if is_pool(station) {
                pools.push(station);
                open.extend((0..stations.len()).filter(|queue| reads(station, *queue)));
            } else {
                open.extend(stations[station].targets.iter().map(|t| t.station).filter(|t| is_pool(*t)));
            }
        }
        crate::order::sort_by(&mut pools, Ord::cmp);
        groups.push(pools.into_iter().map(|p| stations[p].id.clone()).collect());
    }
    (groups, group_of)
}

/// The runs taken so far.
#[derive(Clone, Debug)]
pub struct Steady {
    pub plan: Arc<Plan>,
    /// Of each run each group's intervals.
    runs: Vec<Vec<Vec<Tally>>>,
}

/// What the runs say about a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Fewer than two runs.
    TooFew,
    /// In some run nothing came to the pool.
    Idle,
    /// It had not come to rest by the middle of the stretch. From the middle on, messages in the pool and its queues a second more, or fewer.
    Unsettled {
        per_s: f64,
    },
    Settled(Measured),
}

/// The measured steady state.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Seconds left out at the start of the stretch.
    pub warm_up_s: f64,
    /// Busy ÷ started workers, 0 to 1.
    pub utilisation: Interval,
    /// Messages waiting in the queues.
    pub waiting: Interval,
    /// Mean seconds in a queue of what was taken.
    pub wait_s: Interval,
    /// Messages confirmed a second.
    pub throughput: Interval,
    /// The lowest and the highest that the messages in the pool and its queues come to after the warm-up: means over the runs and a sixtieth of
    /// the stretch. What differs by chance evens out over the runs; a swing that every run has remains.
    pub swing: (f64, f64),
}

impl Steady {
    pub fn new(plan: Arc<Plan>) -> Steady {
        Steady { plan, runs: Vec::new() }
    }

    /// How many runs were taken.
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// Takes what was watched in one run more, group by group; a run that was cut short, and so has nothing of the stretch, does not count.
    pub fn take(&mut self, watched: &[Vec<Tally>]) {
        if watched.len() == self.plan.groups.len() {
            self.runs.push(watched.to_vec());
        }
    }

    /// What the runs say about a group with the warm-up left out. The order of the runs is nothing.
    pub fn found(&self, group: usize) -> Found {
        if self.runs.len() < 2 {
            return Found::TooFew;
        }
        match warm_up(&self.levels(group)) {
            Some(from) => self.from(group, from),
            None => Found::Unsettled { per_s: self.growth(group) },
        }
    }

    /// What the runs say about a group from this interval on.
    pub fn from(&self, group: usize, interval: usize) -> Found {
        let levels = self.levels(group);
        let batches = levels[interval..].chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64);
        let swing = batches.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), b| (low.min(b), high.max(b)));
        let seconds = self.plan.seconds_from(interval);
        let sums: Vec<Tally> = self.runs.iter().map(|run| Tally::sum(&run[group][interval..])).collect();
        let over = |value: fn(&Tally, f64) -> f64| {
            let values: Vec<f64> = sums.iter().map(|sum| value(sum, seconds)).collect();
            Interval::of(&values)
        };
        let found = || {
            Some(Measured {
                warm_up_s: self.plan.stretch.seconds() - self.plan.seconds_from(interval),
                utilisation: over(|t, _| t.busy as f64 / t.servers as f64)?,
                waiting: over(|t, seconds| t.waiting as f64 / 1e9 / seconds)?,
                wait_s: over(|t, _| t.waited as f64 / 1e9 / t.taken as f64)?,
                throughput: over(|t, seconds| t.confirmed as f64 / seconds)?,
                swing,
            })
        };
        // Without workers or messages a quotient is no number, and there is no interval.
        found().map_or(Found::Idle, Found::Settled)
    }

    /// The mean over the runs of the messages in a group, by interval.
    fn levels(&self, group: usize) -> Vec<f64> {
        let level = |at: usize| {
            let sum: u128 = self.runs.iter().map(|run| run[group][at].waiting + run[group][at].busy).sum();
            let width = self.plan.edge(at + 1).since(self.plan.edge(at)).0.max(1);
            sum as f64 / width as f64 / self.runs.len() as f64
        };
        (0..INTERVALS).map(level).collect()
    }

    /// Messages a second by which a group's level rises in the second half, from the means of that half's two halves. There must be a run.
    pub fn growth(&self, group: usize) -> f64 {
        let levels = self.levels(group);
        let quarter = INTERVALS / 4;
        let mean = |from: usize| levels[from..from + quarter].iter().sum::<f64>() / quarter as f64;
        (mean(3 * quarter) - mean(2 * quarter)) / (self.plan.stretch.seconds() / 4.0)
    }
}

/// How many values to leave out at the start, by MSER-5: the truncation in the first half for which the standard error of the mean of what
/// remains is smallest. `None` if that is the last one of the half: then more would have to go, and there is too little to average.
pub fn warm_up(values: &[f64]) -> Option<usize> {
    let batches: Vec<f64> = values.chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64).collect();
    let half = batches.len() / 2;
    let error = |left_out: usize| {
        let rest = &batches[left_out..];
        let n = rest.len() as f64;
        let mean = rest.iter().sum::<f64>() / n;
        rest.iter().map(|b| (b - mean) * (b - mean)).sum::<f64>() / (n * n)
    };
    let candidates = (0..=half).map(|left_out| (left_out, error(left_out)));
    let (left_out, _) = candidates.min_by(|a, b| a.1.total_cmp(&b.1))?;
    (left_out < half).then_some(left_out * BATCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: sixty batches, of which the first ten climb and the rest swing about 100.
    #[test]
    fn a_climb_is_left_out_and_a_swing_is_not() {
        let swing = |n: usize| if n.is_multiple_of(2) { 99.0 } else { 101.0 };
        let batches = (0..60).map(|n| if n < 10 { 10.0 * n as f64 } else { swing(n) });
        let values: Vec<f64> = batches.flat_map(|level| [level; BATCH]).collect();
        assert_eq!(warm_up(&values), Some(10 * BATCH));
        let steady: Vec<f64> = (0..60).map(swing).flat_map(|level| [level; BATCH]).collect();
        assert_eq!(warm_up(&steady), Some(0));
        let fall = (0..60).map(|n| if n < 20 { 2100.0 - 100.0 * n as f64 } else { swing(n) });
        let values: Vec<f64> = fall.flat_map(|level| [level; BATCH]).collect();
        assert_eq!(warm_up(&values), Some(20 * BATCH), "what was left over drains first");
        assert_eq!(warm_up(&[0.0; 300]), Some(0), "nothing happens, from the start");
    }

    #[test]
    fn what_never_comes_to_rest_has_no_warm_up() {
        let growing: Vec<f64> = (0..300).map(f64::from).collect();
        assert_eq!(warm_up(&growing), None);
        let late: Vec<f64> = (0..300).map(|n| if n < 200 { f64::from(n) } else { 200.0 }).collect();
        assert_eq!(warm_up(&late), None, "two thirds would go");
        assert_eq!(warm_up(&[1.0, 2.0]), None, "too short for a batch");
    }
}
