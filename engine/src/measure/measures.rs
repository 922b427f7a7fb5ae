//! All measures of a simulation together.

use super::counters::Counters;
use super::digest::Digest;
use super::histogram::{BinAccumulator, Histogram, Sparse, rank};
use super::live::Live;
use super::milestones::Milestones;
use super::report::{Backlog, Counts, Latency, Report, Workers};
use super::series::{BIN, Bin, Quantiles, Series};
use crate::sim::fact::{Fact, FactKind};
use crate::sim::network::{Network, Params};
use crate::sim::time::{Span, Time};

/// Folds facts into everything that is measured.
///
/// ```
/// use engine::Simulation;
/// # use engine::sim::{dist::Dist, network::*, time::{Span, Time}};
/// # let s = Span::from_seconds;
/// # let station = |id: &str, params, to: Option<usize>| StationSpec {
/// #     id: id.into(), params, targets: to.map(|station| Target { station, weight: 1.0 }).into_iter().collect(),
/// # };
/// # let second = Dist::Constant { mean_ms: 1000.0 };
/// # let network = Network {
/// #     stations: vec![
/// #         station("patients", Params::Patients(Patients { rtt: s(0.04), patience: None, retries: 0, retry_after: s(5.0) }), Some(1)),
/// #         station("api", Params::Api(Api { instances: 1, threads: 4, accept_backlog: 100, service: second, publish: s(0.0), call_timeout: s(10.0) }), Some(2)),
/// #         station("clinic", Params::Clinic(Clinic { clinics: 1, slots_per_clinic: 9, base: s(1.0), variable: Dist::Constant { mean_ms: 0.0 }, max_waiting: None, error_rate: 0.0, idempotent: true, skew: 0.0 }), None),
/// #     ],
/// #     world: World { duration: s(600.0), arrivals: Arrivals { process: Process::Regular, curve: vec![(0.0, 1.0)] }, events: vec![], prices: Prices::default() },
/// # };
///
/// // One booking a second: a second on a thread of the API, a second at the clinic, 40 ms on the way.
/// let mut run = Simulation::new(network.into(), 1);
/// run.run_to_end();
///
/// let measures = run.measures();
/// assert_eq!(measures.series().bins.len(), 60); // ten minutes in bins of ten seconds
/// assert_eq!(measures.series().bins[30].arrivals, 10);
/// assert_eq!(measures.acceptance().mean_ms(), Some(2040.0));
///
/// let report = measures.report(run.now());
/// assert_eq!(report.digest, measures.digest());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    digest: Digest,
    counters: Counters,
    acceptance: Histogram,
    end_to_end: Histogram,
    queue_wait: Histogram,
    /// Latencies of the open interval; their buckets join the histograms at its end.
    open_acceptance: BinAccumulator,
    open_end_to_end: BinAccumulator,
    series: Series,
    /// What the open interval has counted so far.
    open: Bin,
    most_bins: usize,
    next_sample: Time,
    end: Time,
    cut_short: bool,
}

impl Measures {
    /// Measures whose series has up to `most_bins` bins before neighbours merge; an even number.
    pub(crate) fn with_bins(network: &Network, most_bins: usize) -> Measures {
        assert!(most_bins >= 2 && most_bins.is_multiple_of(2), "bins merge in pairs");
        let end = Time::ZERO + network.world.duration;
        let first = Time::ZERO + BIN;
        Measures {
            digest: Digest::default(),
            counters: Counters::new(network),
            acceptance: Histogram::default(),
            end_to_end: Histogram::default(),
            queue_wait: Histogram::default(),
            open_acceptance: BinAccumulator::default(),
            open_end_to_end: BinAccumulator::default(),
            series: Series { width: BIN, bins: Vec::new(), revision: 0 },
            open: Bin::default(),
            most_bins,
            next_sample: if first < end { first } else { Time::NEVER },
            end,
            cut_short: false,
        }
    }

    /// The closed bins so far.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The levels after the last event. The cost is that of the last event's time: see [`Measures::cost`].
    pub fn live(&self) -> &Live {
        &self.counters.live
    }

    /// The moments worth telling so far.
    pub fn milestones(&self) -> &Milestones {
        &self.counters.milestones
    }

    /// Pounds spent from the start to `now`.
    pub fn cost(&self, now: Time) -> f64 {
        self.counters.money.cost(now)
    }

    /// How many facts there were so far.
    pub fn facts(&self) -> u64 {
        self.digest.facts()
    }

    /// The digest so far: 16 hexadecimal digits.
    pub fn digest(&self) -> String {
        self.digest.hex()
    }

    /// All acceptance latencies so far.
    pub fn acceptance(&self) -> Histogram {
        let mut all = self.acceptance.clone();
        all.merge(&self.open_acceptance.sparse());
        all
    }

    /// All end-to-end latencies so far, of what was confirmed.
    pub fn end_to_end(&self) -> Histogram {
        let mut all = self.end_to_end.clone();
        all.merge(&self.open_end_to_end.sparse());
        all
    }

    /// The figures up to `now`.
    pub fn report(&self, now: Time) -> Report {
        let (acceptance, end_to_end) = (self.acceptance(), self.end_to_end());
        let counts = self.counters.counts;
        // Accepted and not confirmed: infinitely late.
        let goal = [0.5, 0.95, 0.99].map(|p| end_to_end.ranked_ms(rank(p, counts.accepted.max(counts.confirmed))));
        let elapsed = now.seconds();
        let name = |station: &usize| self.counters.ids[*station].to_string();
        Report {
            digest: self.digest.hex(),
            events: self.digest.facts(),
            counts,
            acceptance: latency(&acceptance),
            end_to_end: latency(&end_to_end),
            end_to_end_goal: if counts.confirmed == 0 { [None; 3] } else { goal },
            queue_wait: latency(&self.queue_wait),
            backlog: Backlog { max: self.counters.max_backlog, last: self.counters.live.backlog },
            cost: self.cost(now),
            cut_short: self.cut_short,
            workers: (self.counters.money.pools(now).iter())
                .map(|(station, seconds, max)| {
                    (name(station), Workers { mean: if elapsed > 0.0 { seconds / elapsed } else { 0.0 }, max: *max })
                })
                .collect(),
            utilisation: (self.counters.busy.shares(now, |station| self.counters.live.stations[station].busy).iter())
                .map(|(station, share)| (name(station), *share))
                .collect(),
        }
    }

    /// Counts since the start.
    pub fn counts(&self) -> Counts {
        self.counters.counts
    }

    /// The levels at `now`, as a bin over the interval that is open: from the last closed bin to `now`. Its latencies are those of that bin
    /// and of the open interval together, so that they are never of a moment alone. `oldest`: how long the oldest message has waited.
    pub fn latest(&self, now: Time, oldest: Span) -> Bin {
        let last = self.series.bins.last();
        let recent = |open: Sparse, closed: fn(&Bin) -> &Quantiles| {
            Quantiles::of(last.map_or_else(|| open.clone(), |bin| closed(bin).histogram.merged(&open)))
        };
        Bin {
            acceptance: recent(self.open_acceptance.sparse(), |b| &b.acceptance),
            end_to_end: recent(self.open_end_to_end.sparse(), |b| &b.end_to_end),
            ..self.interval(now, oldest)
        }
    }

    /// The open interval as if it ended at `at`, without its latencies.
    fn interval(&self, at: Time, oldest: Span) -> Bin {
        let live = &self.counters.live;
        Bin {
            to: at,
            backlog: live.backlog,
            in_flight: live.in_flight,
            oldest_age: oldest,
            workers: self.counters.workers,
            busy_workers: live.in_flight,
            clinic_busy: self.counters.clinic_busy,
            clinic_unheard: self.counters.clinic_unheard,
            api_waiting: self.counters.api_waiting(),
            cost: self.counters.money.cost(at),
            max_backlog: self.counters.bin_backlog,
            ..self.open.clone()
        }
    }

    /// Closes the open interval at `at`.
    fn close(&mut self, at: Time, oldest: Span) {
        let acceptance = self.open_acceptance.sparse();
        let end_to_end = self.open_end_to_end.sparse();
        self.acceptance.merge(&acceptance);
        self.end_to_end.merge(&end_to_end);
        self.open_acceptance.clear();
        self.open_end_to_end.clear();
        let bin = Bin {
            acceptance: Quantiles::of(acceptance),
            end_to_end: Quantiles::of(end_to_end),
            ..self.interval(at, oldest)
        };
        self.open = Bin::default();
        self.open.from = at;
        self.counters.bin_backlog = self.counters.live.backlog;
        self.series.push(bin, self.most_bins);
    }
}

fn latency(histogram: &Histogram) -> Latency {
    Latency {
        count: histogram.count(),
        mean: histogram.mean_ms(),
        p50: histogram.quantile_ms(0.5),
        p90: histogram.quantile_ms(0.9),
        p95: histogram.quantile_ms(0.95),
        p99: histogram.quantile_ms(0.99),
        max: histogram.max_ms(),
    }
}

impl Measures {
    #[inline(always)]
    pub(crate) fn fact(&mut self, at: Time, fact: &Fact) {
        self.digest.count();
        if !fact.kind.is_usual() {
            self.digest.add(fact);
        }
        self.counters.fact(at, fact);
        match fact.kind {
            FactKind::Arrived => self.open.arrivals += 1,
            FactKind::Accepted => {
                self.open.accepted += 1;
                self.acceptance.record_totals(fact.span);
                self.open_acceptance.record(fact.span);
            }
            FactKind::Confirmed => {
                self.open.confirmed += 1;
                self.end_to_end.record_totals(fact.span);
                self.open_end_to_end.record(fact.span);
            }
            FactKind::Taken => self.queue_wait.record(fact.span),
            FactKind::EndedRejected => self.open.rejected += 1,
            FactKind::EndedAbandoned => self.open.abandoned += 1,
            FactKind::DeadLettered | FactKind::Lost => self.open.given_up += 1,
            FactKind::Duplicated => self.open.duplicates += 1,
            _ => {}
        }
    }

    /// The caller of a call that a slot of this station serves has given up. No fact of its own: the timeout is the fact.
    pub(crate) fn unheard_begins(&mut self, station: usize) {
        self.counters.unheard_begins(station);
    }

    /// Such a call has been served.
    pub(crate) fn unheard_ends(&mut self, station: usize) {
        self.counters.unheard_ends(station);
    }

    /// An event is over in which the backlog may have grown: idle workers have taken what they could.
    #[inline(always)]
    pub(crate) fn settled(&mut self) {
        self.counters.settled();
    }

    /// The event at `at`, of a source of the calendar, is over.
    #[inline(always)]
    pub(crate) fn event(&mut self, at: Time, source: usize) {
        self.digest.event(at, source);
    }

    #[inline(always)]
    pub(crate) fn next_sample(&self) -> Time {
        self.next_sample
    }

    pub(crate) fn sample(&mut self, at: Time, oldest: Span) {
        self.close(at, oldest);
        let next = at + self.series.width;
        self.next_sample = if next < self.end { next } else { Time::NEVER };
    }

    pub(crate) fn changed(&mut self, at: Time, station: usize, params: &Params) {
        self.counters.changed(at, station, params);
    }

    pub(crate) fn over(&mut self, at: Time, oldest: Span) {
        self.cut_short = at < self.end;
        self.close(at, oldest);
    }
}
