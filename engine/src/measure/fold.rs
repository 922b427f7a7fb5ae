//! Facts folded into levels and counts, one small step a fact.

use std::sync::Arc;

use super::live::{BreakerState, Live, StationLive};
use super::money::{Busy, Money};
use super::report::Counts;
use crate::sim::fact::{Fact, What};
use crate::sim::network::{Network, Params};
use crate::sim::time::Time;

#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    pub ids: Vec<Arc<str>>,
    /// Which stations are pools: a message that leaves one was in a worker's hands.
    is_pool: Vec<bool>,
    pub counts: Counts,
    pub live: Live,
    pub money: Money,
    pub busy: Busy,
    /// Workers ordered and not gone, and clinic slots in use, over all stations.
    pub workers: u64,
    pub clinic_busy: u64,
    /// The largest settled backlog since the start, and in the open interval.
    pub max_backlog: u64,
    pub bin_backlog: u64,
}

impl Fold {
    pub fn new(network: &Network) -> Fold {
        let stations = &network.stations;
        let servers = |params: &Params| match params {
            Params::Api(api) => api.instances * api.threads,
            Params::Clinic(clinic) => u64::from(clinic.clinics) * clinic.slots_per_clinic,
            _ => 0,
        };
        let live = |params| StationLive { servers: servers(params), ..StationLive::default() };
        Fold {
            ids: stations.iter().map(|s| s.id.clone()).collect(),
            is_pool: stations.iter().map(|s| matches!(s.params, Params::Consumers(_))).collect(),
            counts: Counts::default(),
            live: Live { stations: stations.iter().map(|s| live(&s.params)).collect(), backlog: 0, in_flight: 0 },
            money: Money::new(network),
            busy: Busy::new(network),
            workers: 0,
            clinic_busy: 0,
            max_backlog: 0,
            bin_backlog: 0,
        }
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
        let Fact { what, station, by, booking, span } = *fact;
        let here = &mut self.live.stations[station];
        match what {
            What::Arrived => {
                self.counts.arrivals += 1;
                here.received += 1;
            }
            What::TriedAgain | What::Changed => {}
            What::EndedRejected => {
                self.counts.rejected += 1;
                here.failed += 1;
            }
            What::EndedAbandoned => {
                self.counts.abandoned += 1;
                here.failed += 1;
            }
            What::Reached => here.received += 1,
            What::Lined => here.waiting += 1,
            What::GaveUp => {
                here.waiting -= 1;
                here.failed += 1;
            }
            What::Unlined => here.waiting -= 1,
            What::Began => {
                here.busy += 1;
                self.busy.add(station, span);
            }
            What::Released => {
                here.busy -= 1;
                self.busy.add(station, span);
            }
            What::Refused => here.failed += 1,
            What::Accepted => self.counts.accepted += 1,
            What::Enqueued => {
                here.waiting += 1;
                here.received += 1;
                self.live.backlog += 1;
                self.money.enqueued();
            }
            What::Redelivered => {
                here.waiting += 1;
                here.delayed -= 1;
                self.counts.retries += 1;
                self.money.enqueued();
            }
            What::Taken => {
                here.waiting -= 1;
                let pool = &mut self.live.stations[by];
                pool.busy += 1;
                pool.received += 1;
                self.live.backlog -= 1;
                self.live.in_flight += 1;
            }
            What::Confirmed => {
                self.counts.confirmed += 1;
                if self.is_pool[station] {
                    here.busy -= 1;
                    self.live.in_flight -= 1;
                }
            }
            What::Called => here.received += 1,
            What::Served => {
                here.busy += 1;
                self.clinic_busy += 1;
                self.busy.add(station, span);
            }
            What::SlotFreed => {
                here.busy -= 1;
                self.clinic_busy -= 1;
            }
            _ => self.rare(at, what, station, by, booking),
        }
    }

    /// What does not happen to every booking.
    fn rare(&mut self, at: Time, what: What, station: usize, by: usize, number: u64) {
        let here = &mut self.live.stations[station];
        match what {
            What::Delayed => {
                here.delayed += 1;
                let pool = &mut self.live.stations[by];
                pool.busy -= 1;
                pool.failed += 1;
                self.live.in_flight -= 1;
                self.live.backlog += 1;
            }
            What::TimedOut => self.counts.timeouts += 1,
            What::WorkersOrdered => {
                here.ordered += number;
                self.workers += number;
                let ordered = here.ordered;
                self.money.workers(at, station, ordered);
            }
            What::WorkersStarted => here.servers += number,
            What::WorkersLeft => {
                here.servers -= number;
                here.ordered -= number;
                self.workers -= number;
                let ordered = here.ordered;
                self.money.workers(at, station, ordered);
            }
            What::BreakerOpened => {
                here.breaker = BreakerState::Open;
                self.counts.breaker_opened += 1;
            }
            What::BreakerHalfOpened => here.breaker = BreakerState::HalfOpen,
            What::BreakerClosed => here.breaker = BreakerState::Closed,
            What::DeadLettered => {
                here.received += 1;
                self.counts.dead_lettered += 1;
                self.discarded(by);
            }
            What::Lost => {
                self.counts.lost += 1;
                self.discarded(by);
            }
            What::CallWaits => here.waiting += 1,
            What::CallWithdrawn => {
                here.waiting -= 1;
                here.failed += 1;
            }
            What::CallUnlined => here.waiting -= 1,
            What::CallFailed => {
                here.failed += 1;
                self.counts.clinic_errors += 1;
            }
            What::CallRefused => {
                here.failed += 1;
                self.counts.clinic_busy += 1;
            }
            What::Duplicated => self.counts.duplicates += 1,
            _ => {}
        }
    }

    /// A message left the backlog or a worker's hands for good, unconfirmed.
    fn discarded(&mut self, by: usize) {
        let from = &mut self.live.stations[by];
        from.failed += 1;
        if self.is_pool[by] {
            from.busy -= 1;
            self.live.in_flight -= 1;
        } else {
            from.waiting -= 1;
            self.live.backlog -= 1;
        }
    }

    pub fn changed(&mut self, at: Time, station: usize, params: &Params) {
        match params {
            Params::Api(api) => {
                self.live.stations[station].servers = api.instances * api.threads;
                self.money.instances(at, station, api.instances);
                self.busy.servers(at, station, api.instances * api.threads);
            }
            Params::Clinic(clinic) => {
                let slots = u64::from(clinic.clinics) * clinic.slots_per_clinic;
                self.live.stations[station].servers = slots;
                self.busy.servers(at, station, slots);
            }
            _ => {}
        }
    }
}
