//! Moments: when each goal was missed, found from a run's series.
//!
//! A goal is looked at where each bin of the series ends: at fixed simulated times, so that the same run has the same moments however it was
//! played. A goal that held and then does not is missed at the end of that bin, until it holds again; one that has not held in its first minutes
//! is missed since the first bin with anything to judge. Each bin is looked at once.
//!
//! Queue waits are not in a series, so a goal for one has no moment here.

use crate::kata::goal::Goal;
use engine::measure::histogram::{Sparse, middle_ms, rank};
use engine::measure::report::{Backlog, Counts};
use engine::measure::trace::Latency;
use engine::measure::{Bin, MetricId, Report, Series, Wait};
use engine::sim::time::{Span, Time};

/// How long a goal may take to hold for the first time: the first bookings are accepted before any can be confirmed.
const FIRST: Span = Span(120_000_000_000);

/// Follows a series as it grows.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    goals: Vec<Watch>,
    /// How many bins of which width have been looked at.
    seen: usize,
    width: Span,
    so_far: Report,
}

#[derive(Clone, Debug)]
struct Watch {
    goal: Goal,
    latency: Option<Within>,
    held: bool,
    /// It has held once.
    ever: bool,
    missed: Option<Time>,
    /// The end of the first bin in which there was something to judge and it did not hold.
    never_since: Option<Time>,
}

/// Latencies within a goal's limit so far.
#[derive(Clone, Copy, Debug)]
struct Within {
    of: Latency,
    percentile: f64,
    count: u64,
}

impl Moments {
    pub fn new(goals: &[Goal]) -> Moments {
        let seen = |goal: &&Goal| !matches!(goal.metric.id.quantile(), Some((Wait::Queue, _)));
        let watch = |goal: &Goal| {
            let latency = within(goal.metric.id);
            Watch { goal: *goal, latency, held: false, ever: false, missed: None, never_since: None }
        };
        Moments { goals: goals.iter().filter(seen).map(watch).collect(), ..Moments::default() }
    }

    /// Goes through the bins that are new.
    pub fn follow(&mut self, series: &Series) {
        if series.width != self.width || series.bins.len() < self.seen {
            let goals: Vec<Goal> = self.goals.iter().map(|w| w.goal).collect();
            *self = Moments { width: series.width, ..Moments::new(&goals) };
        }
        for bin in &series.bins[self.seen..] {
            self.look(bin);
        }
        self.seen = series.bins.len();
    }

    /// The goals that are missed as things stand, each with the moment, earliest first.
    pub fn missed(&self) -> Vec<(Goal, Time)> {
        let mut missed: Vec<_> = self.goals.iter().filter_map(|w| Some((w.goal, w.missed?))).collect();
        crate::order::sort_by_key(&mut missed, |(_, at)| *at);
        missed
    }

    fn look(&mut self, bin: &Bin) {
        add(&mut self.so_far, bin);
        for watch in &mut self.goals {
            let Some(holds) = watch.holds(bin, &self.so_far) else { continue };
            watch.missed = match (watch.held, holds) {
                (true, false) => Some(bin.to),
                (false, false) => watch.missed.or_else(|| watch.never(bin.to)),
                (_, true) => None,
            };
            (watch.held, watch.ever) = (holds, watch.ever || holds);
        }
    }
}

impl Watch {
    /// Since when it has not held, if it never has and had its time.
    fn never(&mut self, now: Time) -> Option<Time> {
        let since = *self.never_since.get_or_insert(now);
        (!self.ever && now.since(since) >= FIRST).then_some(since)
    }

    /// Whether the goal holds at the end of `bin`; `None` while there is nothing to judge.
    fn holds(&mut self, bin: &Bin, so_far: &Report) -> Option<bool> {
        let Some(latency) = &mut self.latency else {
            return (self.goal.metric.value)(so_far).map(|value| value <= self.goal.at_most);
        };
        let (histogram, all) = match latency.of {
            Latency::Acceptance => (&bin.acceptance.histogram, so_far.counts.accepted),
            // Accepted and not confirmed: infinitely late.
            Latency::EndToEnd => (&bin.end_to_end.histogram, so_far.counts.accepted.max(so_far.counts.confirmed)),
        };
        latency.count += at_most(histogram, self.goal.at_most);
        (all > 0).then(|| latency.count >= rank(latency.percentile, all))
    }
}

/// What a metric watches of latencies, if it is about those of acceptance or confirmation.
fn within(metric: MetricId) -> Option<Within> {
    let (wait, percentile) = metric.quantile()?;
    let of = match wait {
        Wait::Acceptance => Latency::Acceptance,
        Wait::EndToEnd => Latency::EndToEnd,
        Wait::Queue => return None,
    };
    Some(Within { of, percentile, count: 0 })
}

/// How many latencies of a histogram are at most so many milliseconds.
fn at_most(histogram: &Sparse, ms: f64) -> u64 {
    let inside = histogram.buckets.iter().take_while(|(bucket, _)| middle_ms(usize::from(*bucket)) <= ms);
    inside.map(|(_, count)| u64::from(*count)).sum()
}

fn add(report: &mut Report, bin: &Bin) {
    let Counts { arrivals, accepted, rejected, abandoned, confirmed, dead_lettered, duplicates, .. } =
        &mut report.counts;
    for (sum, more) in [
        (arrivals, bin.arrivals),
        (accepted, bin.accepted),
        (rejected, bin.rejected),
        (abandoned, bin.abandoned),
        (confirmed, bin.confirmed),
        // Dead-lettered and lost weigh the same.
        (dead_lettered, bin.given_up),
        (duplicates, bin.duplicates),
    ] {
        *sum += u64::from(more);
    }
    report.backlog = Backlog { max: report.backlog.max.max(bin.max_backlog), last: bin.backlog };
    report.cost = bin.cost;
}
