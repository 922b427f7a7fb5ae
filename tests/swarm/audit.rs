//! One run under audit: every booking goes its way step by legal step, and after every event the levels of the measures are those that the
//! facts give. What is broken is a panic, as the engine's own checks are.

use engine::measure::Live;
use engine::measure::live::BreakerState;
use engine::sim::network::{Network, Params};
use engine::sim::time::{Span, Time};
use engine::sim::{Fact, FactKind};

/// Where a booking is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Asking,
    Accepted,
    Waiting,
    Delayed,
    Held,
    Confirmed,
    DeadLettered,
    Lost,
    Rejected,
    Abandoned,
}

/// A booking as its facts tell it.
#[derive(Clone, Copy, Debug)]
struct Booking {
    at: At,
    /// When its message joined a queue for the first time.
    enqueued: Time,
    tries: u32,
    attempts: u32,
}

/// Follows every booking by facts alone.
pub struct Auditor<'a> {
    network: &'a Network,
    bookings: Vec<Booking>,
    /// How many are at each place.
    places: [u64; 10],
    /// How often each kind of fact came up.
    seen: [u64; FactKind::Changed as usize + 1],
    last: Time,
    /// Of each station that is a pool: what its breaker is, by the facts.
    breakers: Vec<BreakerState>,
    /// The queue that a message was published to in this event.
    published: Option<usize>,
    /// Paid workers of all pools, and their time so far in nanoseconds.
    workers: (u64, u128),
    workers_since: Time,
}

impl<'a> Auditor<'a> {
    pub fn new(network: &'a Network) -> Auditor<'a> {
        Auditor {
            network,
            bookings: Vec::new(),
            places: [0; 10],
            seen: [0; FactKind::Changed as usize + 1],
            last: Time::ZERO,
            breakers: vec![BreakerState::Closed; network.stations.len()],
            published: None,
            workers: (0, 0),
            workers_since: Time::ZERO,
        }
    }

    /// How many bookings are somewhere.
    pub fn at(&self, place: At) -> u64 {
        self.places[place as usize]
    }

    /// How often something happened.
    pub fn seen(&self, kind: FactKind) -> u64 {
        self.seen[kind as usize]
    }

    /// Nanoseconds of all workers paid up to a moment.
    pub fn worker_time(&self, now: Time) -> u128 {
        self.workers.1 + u128::from(self.workers.0) * u128::from(now.since(self.workers_since).0)
    }

    fn go(&mut self, fact: &Fact, from: &[At], to: At) {
        let booking = self.bookings.get_mut(fact.booking as usize);
        let booking = booking.unwrap_or_else(|| panic!("{fact:?} of a booking that nobody asked for"));
        assert!(from.contains(&booking.at), "{fact:?}, but the booking is {:?}", booking.at);
        self.places[booking.at as usize] -= 1;
        booking.at = to;
        self.places[to as usize] += 1;
    }

    fn staff(&mut self, at: Time, now: u64) {
        self.workers = (now, self.worker_time(at));
        self.workers_since = at;
    }

    /// Takes a fact.
    pub fn fact(&mut self, at: Time, fact: &Fact) {
        use At::*;
        assert!(at >= self.last, "time went back from {:?} to {at:?}", self.last);
        self.last = at;
        self.seen[fact.kind as usize] += 1;
        match fact.kind {
            FactKind::Arrived => {
                assert_eq!(fact.booking, self.bookings.len() as u64, "bookings are numbered in their order");
                self.bookings.push(Booking { at: Asking, enqueued: Time::ZERO, tries: 1, attempts: 0 });
                self.places[Asking as usize] += 1;
            }
            // A message is accepted as it is enqueued; a synchronous booking as it is confirmed.
            FactKind::Accepted if self.bookings[fact.booking as usize].at == Waiting => {}
            FactKind::Accepted => self.go(fact, &[Asking], Accepted),
            FactKind::Enqueued => self.go(fact, &[Asking], Waiting),
            FactKind::Taken => self.go(fact, &[Waiting], Held),
            FactKind::Delayed => self.go(fact, &[Held], Delayed),
            FactKind::Redelivered => self.go(fact, &[Delayed], Waiting),
            FactKind::Confirmed => self.go(fact, &[Held, Accepted], Confirmed),
            FactKind::DeadLettered => self.go(fact, &[Held, Waiting], DeadLettered),
            FactKind::Lost => self.go(fact, &[Held, Waiting], Lost),
            FactKind::EndedRejected => self.go(fact, &[Asking], Rejected),
            FactKind::EndedAbandoned => self.go(fact, &[Asking], Abandoned),
            FactKind::BreakerOpened => self.breakers[fact.station] = BreakerState::Open,
            FactKind::BreakerHalfOpened => self.breakers[fact.station] = BreakerState::HalfOpen,
            FactKind::BreakerClosed => self.breakers[fact.station] = BreakerState::Closed,
            FactKind::WorkersOrdered => self.staff(at, self.workers.0 + fact.booking),
            FactKind::WorkersLeft => self.staff(at, self.workers.0 - fact.booking),
            _ => {}
        }
        self.bounds(at, fact);
    }

    /// What no single booking may exceed: tries, attempts, ages, and latencies shorter than they can be.
    fn bounds(&mut self, at: Time, fact: &Fact) {
        let params = &self.network.stations[fact.station].params;
        match (fact.kind, params) {
            (FactKind::TriedAgain, Params::Patients(patients)) => {
                let booking = &mut self.bookings[fact.booking as usize];
                booking.tries += 1;
                assert!(booking.tries <= patients.retries + 1, "{fact:?}: a try too many");
            }
            (FactKind::Enqueued, _) => {
                self.bookings[fact.booking as usize].enqueued = at;
                self.published = Some(fact.station);
            }
            (FactKind::Taken, Params::Queue(queue)) => {
                let booking = &mut self.bookings[fact.booking as usize];
                booking.attempts += 1;
                let breaker = &mut self.breakers[fact.other];
                assert!(*breaker != BreakerState::Open, "{fact:?}: taken past an open breaker");
                if *breaker == BreakerState::HalfOpen {
                    // The one message; until that has ended no other is taken.
                    *breaker = BreakerState::Open;
                }
                let age = at - booking.enqueued;
                assert!(queue.max_age.is_none_or(|most| age <= most), "{fact:?}: taken at an age of {age:?}");
                assert!(fact.span <= age, "{fact:?}: it has waited longer than it is there");
                let most = self.network.stations.iter().filter_map(|s| s.params.pool()).map(|p| p.attempts).max();
                assert!(Some(booking.attempts) <= most, "{fact:?}: an attempt too many");
            }
            (FactKind::Accepted, _) => {
                let trip = self.network.stations.iter().find_map(|station| match &station.params {
                    Params::Patients(patients) => Some(patients.rtt),
                    _ => None,
                });
                assert!(fact.span >= trip.unwrap_or(Span::ZERO), "{fact:?}: quicker than the network");
            }
            _ => {}
        }
    }

    /// After an event, with the measures' levels.
    pub fn settled(&mut self, live: &Live) {
        if let Some(station) = self.published.take()
            && let Params::Queue(queue) = &self.network.stations[station].params
        {
            let waits = live.stations[station].waiting;
            assert!(queue.capacity.is_none_or(|most| waits <= most), "{waits} wait after one was published");
        }
        assert_eq!(live.backlog, self.at(At::Waiting) + self.at(At::Delayed), "the backlog, at {:?}", self.last);
        assert_eq!(live.in_flight, self.at(At::Held), "messages in flight, at {:?}", self.last);
        assert_eq!(self.at(At::Accepted), 0, "accepted and nowhere, at {:?}", self.last);
        let pools = self.network.stations.iter().zip(&live.stations).filter(|(spec, _)| spec.params.pool().is_some());
        assert_eq!(pools.map(|(_, live)| live.busy).sum::<u64>(), live.in_flight, "workers that hold one");
    }
}
