//! Facts folded into levels and counts, one small step a fact.

use std::sync::Arc;

use super::live::{BreakerState, Live, StationLive};
use super::milestones::Milestones;
use super::money::{Busy, Money};
use super::report::Counts;
use crate::sim::fact::{Fact, FactKind};
use crate::sim::network::{Network, Paid, Params};
use crate::sim::time::Time;

#[derive(Clone, Debug, PartialEq)]
pub struct Counters {
    pub ids: Vec<Arc<str>>,
    /// Which stations are pools: a message that leaves one was in a worker's hands.
    is_pool: Vec<bool>,
    /// Which stations are APIs.
    apis: Vec<usize>,
    pub counts: Counts,
    pub live: Live,
    pub money: Money,
    pub busy: Busy,
    /// Workers ordered and not gone, and clinic slots in use, over all stations.
    pub workers: u64,
    pub clinic_busy: u64,
    /// Of the slots in use, those that serve a call whose caller gave up.
    pub clinic_unheard: u64,
    /// The largest settled backlog since the start, and in the open interval.
    pub max_backlog: u64,
    pub bin_backlog: u64,
    pub milestones: Milestones,
}

impl Counters {
    pub fn new(network: &Network) -> Counters {
        let stations = &network.stations;
        let live = |params: &Params| StationLive { servers: params.servers().unwrap_or(0), ..StationLive::default() };
        Counters {
            ids: stations.iter().map(|s| s.id.clone()).collect(),
            is_pool: stations.iter().map(|s| s.params.pool().is_some()).collect(),
            apis: (0..stations.len()).filter(|i| matches!(stations[*i].params, Params::Api(_))).collect(),
            counts: Counts::default(),
            live: Live { stations: stations.iter().map(|s| live(&s.params)).collect(), backlog: 0, in_flight: 0 },
            money: Money::new(network),
            busy: Busy::new(network),
            workers: 0,
            clinic_busy: 0,
            clinic_unheard: 0,
            max_backlog: 0,
            bin_backlog: 0,
            milestones: Milestones::new(stations.len()),
        }
    }

    /// Requests in the lines of all APIs.
    pub fn api_waiting(&self) -> u64 {
        self.apis.iter().map(|api| self.live.stations[*api].waiting).sum()
    }

    pub fn unheard_begins(&mut self, station: usize) {
        self.live.stations[station].unheard += 1;
        self.clinic_unheard += 1;
    }

    pub fn unheard_ends(&mut self, station: usize) {
        self.live.stations[station].unheard -= 1;
        self.clinic_unheard -= 1;
    }

    #[inline(always)]
    pub fn settled(&mut self) {
        let backlog = self.live.backlog;
        if backlog > self.bin_backlog {
            self.bin_backlog = backlog;
            self.max_backlog = self.max_backlog.max(backlog);
        }
    }

    #[inline(always)]
    pub fn fact(&mut self, at: Time, fact: &Fact) {
        let Fact { kind, station, other, booking, .. } = *fact;
        if kind == FactKind::Accepted {
            return self.counts.accepted += 1;
        }
        let here = &mut self.live.stations[station];
        match kind {
            FactKind::Arrived => {
                self.counts.arrivals += 1;
                here.received += 1;
            }
            FactKind::TriedAgain => here.again += 1,
            FactKind::Changed => {}
            FactKind::Reached => here.received += 1,
            FactKind::Lined => {
                if here.waiting == 0 {
                    self.milestones.line_begins(at, station);
                }
                here.waiting += 1;
            }
            FactKind::Unlined => here.waiting -= 1,
            FactKind::Began => {
                here.busy += 1;
                self.busy.begins(at, station);
            }
            FactKind::Released => {
                here.busy -= 1;
                self.busy.ends(at, station);
            }
            FactKind::Enqueued => {
                here.waiting += 1;
                here.received += 1;
                self.live.backlog += 1;
                self.money.enqueued();
            }
            FactKind::Redelivered => {
                here.waiting += 1;
                here.delayed -= 1;
                here.again += 1;
                self.counts.retries += 1;
                self.money.enqueued();
            }
            FactKind::Taken => self.taken(station, other),
            FactKind::Confirmed => {
                self.counts.confirmed += 1;
                // A worker's, not a thread's.
                if other == station {
                    here.busy -= 1;
                    self.live.in_flight -= 1;
                }
            }
            FactKind::Called => here.received += 1,
            FactKind::Served => {
                here.busy += 1;
                self.clinic_busy += 1;
                self.busy.begins(at, station);
            }
            FactKind::SlotFreed => {
                here.busy -= 1;
                self.clinic_busy -= 1;
                self.busy.ends(at, station);
            }
            _ => self.rare(at, kind, station, other, booking),
        }
    }

    /// A pool has taken a message out of a queue.
    #[inline(always)]
    fn taken(&mut self, queue: usize, pool: usize) {
        self.live.stations[queue].waiting -= 1;
        let pool = &mut self.live.stations[pool];
        pool.busy += 1;
        pool.received += 1;
        self.live.backlog -= 1;
        self.live.in_flight += 1;
    }

    /// Notes what is the first of its kind, and a breaker's turns.
    fn note(&mut self, at: Time, kind: FactKind, station: usize, number: u64) {
        let closed = self.live.stations[station].breaker == BreakerState::Closed;
        let mut first = |kind| self.milestones.first(at, kind, station, Some(number));
        match kind {
            FactKind::EndedAbandoned if self.counts.abandoned == 0 => first(kind),
            FactKind::EndedRejected if self.counts.rejected == 0 => first(kind),
            FactKind::DeadLettered if self.counts.dead_lettered == 0 => first(kind),
            FactKind::Lost if self.counts.lost == 0 => first(kind),
            FactKind::Duplicated if self.counts.duplicates == 0 => first(kind),
            FactKind::BreakerOpened if closed => self.milestones.breaker(at, kind, station),
            FactKind::BreakerClosed => self.milestones.breaker(at, kind, station),
            _ => {}
        }
    }

    /// What does not happen to every booking.
    fn rare(&mut self, at: Time, kind: FactKind, station: usize, other: usize, number: u64) {
        self.note(at, kind, station, number);
        let here = &mut self.live.stations[station];
        match kind {
            FactKind::Delayed => {
                here.delayed += 1;
                let pool = &mut self.live.stations[other];
                pool.busy -= 1;
                pool.failed += 1;
                pool.failures.calls += 1;
                self.live.in_flight -= 1;
                self.live.backlog += 1;
            }
            FactKind::TimedOut => {
                self.counts.timeouts += 1;
                here.failures.timed_out += 1;
            }
            FactKind::WorkersOrdered => {
                here.ordered += number;
                self.workers += number;
                let ordered = here.ordered;
                self.money.workers(at, station, ordered);
            }
            FactKind::WorkersStarted => here.servers += number,
            FactKind::WorkersLeft => {
                here.servers -= number;
                here.ordered -= number;
                self.workers -= number;
                let ordered = here.ordered;
                self.money.workers(at, station, ordered);
            }
            FactKind::BreakerOpened => {
                here.breaker = BreakerState::Open;
                self.counts.breaker_opened += 1;
            }
            FactKind::BreakerHalfOpened => here.breaker = BreakerState::HalfOpen,
            FactKind::BreakerClosed => here.breaker = BreakerState::Closed,
            FactKind::DeadLettered => {
                here.received += 1;
                self.counts.dead_lettered += 1;
                self.discarded(other);
            }
            FactKind::Lost => {
                self.counts.lost += 1;
                self.discarded(other);
            }
            FactKind::CallWaits => here.waiting += 1,
            FactKind::CallUnlined => here.waiting -= 1,
            FactKind::Duplicated => self.counts.duplicates += 1,
            _ => self.failed(kind, station),
        }
    }

    /// A try, a line or a call has ended without what was asked for.
    fn failed(&mut self, kind: FactKind, station: usize) {
        let here = &mut self.live.stations[station];
        let reason = match kind {
            FactKind::EndedRejected => {
                self.counts.rejected += 1;
                &mut here.failures.refused
            }
            FactKind::EndedAbandoned => {
                self.counts.abandoned += 1;
                &mut here.failures.gave_up
            }
            FactKind::GaveUp | FactKind::CallWithdrawn => {
                here.waiting -= 1;
                &mut here.failures.gave_up
            }
            FactKind::Refused => &mut here.failures.refused,
            FactKind::CallFailed => {
                self.counts.clinic_errors += 1;
                &mut here.failures.calls
            }
            FactKind::CallRefused => {
                self.counts.clinic_busy += 1;
                &mut here.failures.refused
            }
            _ => return,
        };
        *reason += 1;
        here.failed += 1;
    }

    /// A message left the backlog or its worker for good, unconfirmed.
    fn discarded(&mut self, other: usize) {
        let from = &mut self.live.stations[other];
        from.failed += 1;
        from.failures.dropped += 1;
        if self.is_pool[other] {
            from.failures.calls += 1;
            from.busy -= 1;
            self.live.in_flight -= 1;
        } else {
            from.waiting -= 1;
            self.live.backlog -= 1;
        }
    }

    pub fn changed(&mut self, at: Time, station: usize, params: &Params) {
        if let Some(servers) = params.servers() {
            self.live.stations[station].servers = servers;
            self.busy.servers(at, station, servers);
        }
        if let Paid::Instances(instances) = params.paid() {
            self.money.instances(at, station, instances);
        }
    }
}
