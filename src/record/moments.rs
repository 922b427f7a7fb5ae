//! Moments: when each goal of a run was missed, found from the run's series.
//!
//! A goal is looked at where each bin of the series ends: at fixed simulated times, so that the same run has the same moments however it was
//! played. A goal that is over its limit is missed
//! - at once, where its figure can only rise, or where nothing is allowed;
//! - from the moment on from which it can't hold at the end, however well the rest of the run goes;
//! - once it has been over its limit for [`TOO_LONG`];
//! - at the end of the run.
//!
//! Of bookings accepted and not confirmed yet only those are late that have waited for longer than the limit: the others may still come in time.
//! One that holds again is missed no longer: marks and verdict agree at the end. A mark is never made behind what has been simulated, but for
//! the rest of a bin.

use crate::kata::{Goal, Scenario, Verdict, is_judged};
use engine::Simulation;
use engine::measure::histogram::{Sparse, middle_ms, rank};
use engine::measure::report::{Backlog, Counts};
use engine::measure::trace::Latency;
use engine::measure::{Bin, MetricId, Milestone, Report, Wait};
use engine::sim::FactKind;
use engine::sim::network::Process;
use engine::sim::time::{Span, Time};
use engine::sim::{RateSegment, rate_segments};

/// A goal that has been over its limit for so long is missed.
pub const TOO_LONG: Span = Span(120_000_000_000);

/// A goal that is missed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    pub goal: Goal,
    /// The moment from which it counts as missed: that of its mark.
    pub at: Time,
    /// Since when it has been over its limit; never later than `at`.
    pub since: Time,
}

/// Follows a run as it goes on.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    goals: Vec<Watch>,
    coming: Coming,
    /// How many bins of which width have been looked at.
    seen: usize,
    width: Span,
    so_far: Report,
    /// Bookings accepted by the end of each bin.
    accepted: Vec<u64>,
    over: bool,
}

#[derive(Clone, Debug)]
struct Watch {
    goal: Goal,
    latency: Option<Within>,
    /// Since when it has been over its limit.
    since: Option<Time>,
    missed: Option<Time>,
    /// From when to when it was missed before.
    before: Vec<(Time, Time)>,
}

/// Latencies within a goal's limit so far.
#[derive(Clone, Copy, Debug)]
struct Within {
    of: Latency,
    percentile: f64,
    count: u64,
    /// How many are known to be beyond it.
    late: u64,
}

impl Moments {
    pub fn new(scenario: &Scenario) -> Moments {
        let goals = scenario.goals.iter().map(|goal| Watch::new(*goal)).collect();
        Moments { goals, coming: Coming::of(scenario), ..Moments::default() }
    }

    /// Goes through what is new.
    pub fn follow(&mut self, run: &Simulation) {
        let series = run.measures().series();
        if series.width != self.width || series.bins.len() < self.seen {
            let goals = self.goals.iter().map(|watch| Watch::new(watch.goal)).collect();
            *self = Moments { width: series.width, goals, coming: self.coming.clone(), ..Moments::default() };
        }
        for bin in &series.bins[self.seen..] {
            add(&mut self.so_far, bin);
            self.accepted.push(self.so_far.counts.accepted);
            let most = self.so_far.counts.arrivals + self.coming.after(bin.to);
            for watch in &mut self.goals {
                watch.count(bin, &self.so_far.counts, &self.accepted, series.width);
                watch.look(bin.to, &self.so_far, most);
            }
        }
        self.seen = series.bins.len();
        for watch in &mut self.goals {
            watch.first(run.measures().milestones().list());
        }
        if run.is_over() && !self.over {
            self.over = true;
            let (end, report) = (run.now(), run.measures().report(run.now()));
            self.goals.iter_mut().for_each(|watch| watch.end(end, &report));
        }
    }

    /// The goals that are missed as far as the run has come, earliest first.
    pub fn missed(&self) -> Vec<Loss> {
        let loss = |watch: &Watch| {
            let at = watch.missed?;
            Some(Loss { goal: watch.goal, at, since: watch.since.unwrap_or(at).min(at) })
        };
        let mut missed: Vec<_> = self.goals.iter().filter_map(loss).collect();
        crate::order::sort_by_key(&mut missed, |loss| loss.at);
        missed
    }

    /// The verdict on the run at `now`, with what was missed by then.
    pub fn told(&self, verdict: Verdict, now: Time) -> Verdict {
        verdict.with_missed(|index| self.goals.get(index)?.missed_at(now))
    }
}

impl Watch {
    fn new(goal: Goal) -> Watch {
        Watch { goal, latency: within(goal.metric.id), since: None, missed: None, before: Vec::new() }
    }

    /// Counts the latencies of a bin. `accepted`: by the end of each bin so far, each of this width.
    fn count(&mut self, bin: &Bin, so_far: &Counts, accepted: &[u64], width: Span) {
        let Some(latency) = &mut self.latency else { return };
        let histogram = match latency.of {
            Latency::Acceptance => &bin.acceptance.histogram,
            Latency::EndToEnd => &bin.end_to_end.histogram,
        };
        latency.count += at_most(histogram, self.goal.at_most);
        latency.late = match latency.of {
            Latency::Acceptance => so_far.accepted.saturating_sub(latency.count),
            Latency::EndToEnd => {
                // Of those accepted so long ago, whoever was not confirmed in time.
                let limit = Span::from_seconds(self.goal.at_most / 1000.0);
                let long_ago = (bin.to.0.saturating_sub(limit.0) / width.0.max(1)) as usize;
                let due = long_ago.checked_sub(1).and_then(|last| accepted.get(last)).copied().unwrap_or(0);
                let told = (so_far.confirmed + so_far.dead_lettered).saturating_sub(latency.count);
                told.max(due.saturating_sub(latency.count))
            }
        };
    }

    /// Looks at the run at the end of a bin. `most`: how many bookings it can have at its end.
    fn look(&mut self, now: Time, so_far: &Report, most: u64) {
        match self.holds(so_far) {
            None => {}
            Some(true) => self.recover(now),
            Some(false) => {
                let since = *self.since.get_or_insert(now);
                let lost = self.goal.metric.only_rises || self.is_beyond_hope(&so_far.counts, most);
                if lost || now.since(since) >= TOO_LONG {
                    self.missed.get_or_insert(now);
                }
            }
        }
    }

    /// Where nothing is allowed, the first one decides.
    fn first(&mut self, milestones: &[Milestone]) {
        let kinds = self.first_of();
        if let Some(first) = milestones.iter().find(|milestone| kinds.contains(&milestone.kind)) {
            (self.since, self.missed) = (Some(first.at), Some(first.at));
        }
    }

    /// The run is over: the verdict has the last word.
    fn end(&mut self, end: Time, report: &Report) {
        match (self.goal.metric.value)(report).is_some_and(|value| value <= self.goal.at_most) {
            true => self.recover(end),
            false => drop(self.missed.get_or_insert(end)),
        }
    }

    fn recover(&mut self, now: Time) {
        self.since = None;
        self.before.extend(self.missed.take().map(|at| (at, now)));
    }

    /// The moment from which it is missed, if it is at `now`.
    fn missed_at(&self, now: Time) -> Option<Time> {
        let before = self.before.iter().find(|(at, until)| *at <= now && now < *until).map(|(at, _)| *at);
        self.missed.filter(|at| *at <= now).or(before)
    }

    /// Whether the goal holds; `None` while there is nothing to judge, or where the first fact decides.
    fn holds(&self, so_far: &Report) -> Option<bool> {
        if !is_judged(&self.goal, so_far) || !self.first_of().is_empty() {
            return None;
        }
        match (self.latency, self.goal.metric.id.quantile()) {
            (Some(latency), _) => Some(latency.holds_among(so_far.counts.accepted)),
            // Queue waits are not in a series.
            (None, Some(_)) => None,
            (None, None) if self.goal.metric.is_of_the_end() => None,
            (None, None) => (self.goal.metric.value)(so_far).map(|value| value <= self.goal.at_most),
        }
    }

    /// Even if all that are still to come go well, and as many come as can, it does not hold at the end.
    fn is_beyond_hope(&self, counts: &Counts, most: u64) -> bool {
        if let Some(latency) = self.latency {
            return !latency.holds_among(most);
        }
        let (before, after) = (counts.rejected + counts.abandoned, counts.dead_lettered);
        let gone = match self.goal.metric.id {
            MetricId::TurnedAwayRatio => before,
            MetricId::DroppedRatio => after,
            MetricId::UnservedRatio => before + after,
            _ => return false,
        };
        gone as f64 > self.goal.at_most * most as f64
    }

    /// What must not happen even once.
    fn first_of(&self) -> &'static [FactKind] {
        use FactKind::{DeadLettered, Duplicated, EndedAbandoned, EndedRejected, Lost};
        match self.goal.metric.id {
            _ if self.goal.at_most > 0.0 => &[],
            MetricId::Duplicates => &[Duplicated],
            MetricId::TurnedAwayRatio => &[EndedRejected, EndedAbandoned],
            MetricId::DroppedRatio => &[DeadLettered, Lost],
            MetricId::UnservedRatio => &[EndedRejected, EndedAbandoned, DeadLettered, Lost],
            _ => &[],
        }
    }
}

impl Within {
    /// Whether enough of so many bookings are in time, if only those are late that are known to be.
    fn holds_among(self, all: u64) -> bool {
        all > 0 && all.saturating_sub(self.late) >= rank(self.percentile, all)
    }
}

/// How many bookings are still to come.
#[derive(Clone, Debug, Default)]
struct Coming {
    segments: Vec<RateSegment>,
    end_s: f64,
    /// Standard deviations by which more come than on average, at most.
    by_chance: f64,
}

impl Coming {
    fn of(scenario: &Scenario) -> Coming {
        let world = &scenario.world;
        let by_chance = match world.arrivals.process {
            Process::Regular => 0.0,
            Process::Poisson => 4.0,
        };
        let segments = rate_segments(&world.arrivals, &world.events);
        Coming { segments, end_s: world.duration.seconds(), by_chance }
    }

    /// At most so many come after a moment.
    fn after(&self, now: Time) -> u64 {
        let within = |segment: &RateSegment| {
            let (from, to) = (segment.from_s.max(now.seconds()), segment.to_s.min(self.end_s));
            let middle = segment.from + segment.slope() * ((from + to) / 2.0 - segment.from_s);
            if to > from { (to - from) * middle } else { 0.0 }
        };
        let mean: f64 = self.segments.iter().map(within).sum();
        (mean + self.by_chance * mean.sqrt()).ceil() as u64 + 1
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
    Some(Within { of, percentile, count: 0, late: 0 })
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
