//! A run: a network and a seed, event by event.
//!
//! [`Run::run_until`] takes the earliest entry of the calendar, lets its station act, and goes on until a time or until a budget of events is
//! used up. How the calls slice a run changes nothing. While a run goes on nothing can fail: what can be wrong was found by the compiler.
//!
//! Bookings travel by value: from the patients to an API's line and thread, into a queue, to a worker, back into a queue. One that has left
//! leaves nothing behind. FactKind two copies of a booking must share (has a clinic booked it already?) lies in a [`SharedBooking`], which only
//! bookings with an abandoned call have.

mod api;
mod booking;
mod breaker;
mod change;
mod clinic;
mod observing;
mod patients;
mod pool;
mod queue;
mod scaling;
mod stations;

use std::sync::Arc;

use super::arrivals::Clock;
use super::calendar::{BlockHeap, Calendar, Heap, Key};
use super::disruptions::Disruptions;
use super::fact::{Fact, FactKind, Observer};
use super::line::Line;
use super::network::{Change, Network};
use super::slab::Slab;
use super::time::{Span, Time};

use booking::{Booking, Call, SharedBooking, Transit};
use stations::{Api, Clinic, Patients, Pool, Queue, Role, Timer};

pub use booking::{BOOKING_BYTES, MAX_BOOKINGS};
pub use change::may_change;

/// Why [`Run::run_until`] came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Everything up to the time asked for has happened.
    Reached,
    /// The budget of events is used up; call again to go on.
    OutOfBudget,
    /// The run is over.
    Over,
}

/// A source of events in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Arrival,
    Transit,
    Retry,
    Timers,
    ApiService(usize),
    ApiPatience(usize),
    ApiTimeout(usize),
    QueueDelay(usize),
    PoolHandling(usize),
    PoolTimeout(usize),
    ClinicService(usize),
}

/// The most bookings under way, waiting or being served, with the abandoned calls that clinics still work on: about a gigabyte.
pub const MAX_ALIVE: u64 = 1 << 24;

/// No station: where a fact has no second one.
pub const NOWHERE: usize = usize::MAX;

/// The sources that every run has, at their places in the calendar.
const ARRIVAL: usize = 0;
const TRANSIT: usize = 1;
const RETRY: usize = 2;
const TIMERS: usize = 3;

/// A run that tells its facts to an observer `O`.
#[derive(Clone)]
pub struct Run<O> {
    network: Arc<Network>,
    observer: O,
    /// The time of the last event, or up to which everything has happened.
    now: Time,
    end: Time,
    over: bool,
    /// Numbers entries in the order in which they are scheduled.
    order: u64,
    calendar: Calendar,
    sources: Vec<Source>,
    /// FactKind each station is, and where its state lies.
    roles: Vec<Role>,
    patients: Patients,
    apis: Vec<Api>,
    queues: Vec<Queue>,
    pools: Vec<Pool>,
    clinics: Vec<Clinic>,
    clock: Clock,
    disruptions: Disruptions,
    transit: Line<Transit>,
    retries: BlockHeap<Booking>,
    timers: Heap<Timer>,
    calls: Slab<Call>,
    shared_bookings: Slab<SharedBooking>,
    changes: Vec<Change>,
    /// How many of the changes are in force.
    changed: usize,
    /// The next moment at which something other than an event is due: a sample or a change.
    stop: Time,
    /// Bookings that have not ended, and abandoned calls that clinics still work on.
    alive: u64,
    /// More than [`MAX_ALIVE`] are alive: the run ends here.
    full: bool,
}

impl<O: Observer> Run<O> {
    /// A run at time 0, before its first event.
    ///
    /// # Panics
    /// If the network has not exactly one patients station: `design::compile` makes none such.
    pub fn new(network: Arc<Network>, seed: u64, observer: O) -> Run<O> {
        let parts = stations::build(&network, seed);
        let mut run = Run {
            now: Time::ZERO,
            end: Time::ZERO + network.world.duration,
            over: false,
            order: 0,
            calendar: Calendar::new(parts.sources.len()),
            sources: parts.sources,
            roles: parts.roles,
            patients: parts.patients,
            apis: parts.apis,
            queues: parts.queues,
            pools: parts.pools,
            clinics: parts.clinics,
            clock: Clock::new(&network.world.arrivals, &network.world.events, seed),
            disruptions: Disruptions::new(&network.world.events),
            transit: Line::default(),
            retries: BlockHeap::default(),
            timers: Heap::default(),
            calls: Slab::default(),
            shared_bookings: Slab::default(),
            changes: Vec::new(),
            changed: 0,
            stop: Time::ZERO,
            alive: 0,
            full: false,
            observer,
            network,
        };
        for pool in 0..run.pools.len() {
            run.open_pool(pool);
        }
        run.schedule_arrival();
        run.find_stop();
        run
    }

    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    pub fn observer(&self) -> &O {
        &self.observer
    }

    /// The observer with all it has heard; the run is given up.
    pub fn into_observer(self) -> O {
        self.observer
    }

    pub fn observer_mut(&mut self) -> &mut O {
        &mut self.observer
    }

    /// The simulated time up to which everything has happened; after [`Run::step`], the time of that event.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Bookings that have not ended, and abandoned calls that clinics still work on.
    pub fn alive(&self) -> u64 {
        self.alive
    }

    /// Everything up to the end of the scenario has happened.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// The run ended before the scenario did, because more than [`MAX_ALIVE`] bookings were under way: what it shows holds up to
    /// [`Run::now`].
    pub fn ended_full(&self) -> bool {
        self.over && self.full
    }

    /// Handles the next event, whenever it is due. False when the run is over.
    pub fn step(&mut self) -> bool {
        let before = self.order;
        let due = self.next_due().min(self.end);
        match self.run_until(due, 1) {
            Progress::Over => self.order != before,
            Progress::Reached | Progress::OutOfBudget => true,
        }
    }

    /// When the next event is due; never, after the last.
    pub fn next_due(&self) -> Time {
        Time(self.calendar.next_at())
    }

    /// Handles events up to and including time `until`, at most `budget` of them.
    pub fn run_until(&mut self, until: Time, budget: u64) -> Progress {
        if self.over {
            return Progress::Over;
        }
        let until = until.min(self.end);
        let mut left = budget;
        loop {
            let (source, at) = self.calendar.next();
            let due = Time(at).min(until);
            if self.stop <= due {
                if self.full {
                    break;
                }
                self.cross(due);
                continue;
            }
            if at > until.0 {
                break;
            }
            if left == 0 {
                return Progress::OutOfBudget;
            }
            left -= 1;
            self.handle(source, Time(at));
        }
        if !self.full {
            self.now = self.now.max(until);
            if until < self.end {
                return Progress::Reached;
            }
        }
        self.over = true;
        let oldest = self.oldest_at(self.now);
        self.observer.over(self.now, oldest);
        Progress::Over
    }

    /// Handles all events there are.
    pub fn run_to_end(&mut self) {
        self.run_until(Time::NEVER, u64::MAX);
    }

    #[inline(always)]
    fn handle(&mut self, source: usize, at: Time) {
        self.now = at;
        match self.sources[source] {
            Source::Arrival => self.arrive(),
            Source::Transit => self.reach_api(),
            Source::Retry => self.try_again(),
            Source::Timers => self.timer(),
            Source::ApiService(api) => self.service_ends(api),
            Source::ApiPatience(api) => self.patience_ends(api),
            Source::ApiTimeout(api) => self.api_call_times_out(api),
            Source::QueueDelay(queue) => self.delay_ends(queue),
            Source::PoolHandling(pool) => self.handling_ends(pool),
            Source::PoolTimeout(pool) => self.pool_call_times_out(pool),
            Source::ClinicService(clinic) => self.clinic_replies(clinic),
        }
        self.observer.settled(at);
    }

    /// Takes the samples that are due by `at`, up to and including the first change that is due before it: a change may bring
    /// new events with it.
    #[cold]
    fn cross(&mut self, at: Time) {
        loop {
            let sample = self.observer.next_sample();
            let change = self.changes.get(self.changed).map_or(Time::NEVER, |c| c.at);
            if sample <= at && sample <= change {
                let oldest = self.oldest_at(sample);
                self.observer.sample(sample, oldest);
            } else {
                if change < at {
                    self.apply_change();
                }
                break;
            }
        }
        self.find_stop();
    }

    /// One booking, or one abandoned call, more.
    #[inline(always)]
    fn enters(&mut self) {
        self.alive += 1;
        if self.alive > MAX_ALIVE {
            self.full = true;
            self.stop = Time::ZERO;
        }
    }

    /// Works out when the next sample or change is due. A change waits until all events at its own time are over.
    fn find_stop(&mut self) {
        let change = self.changes.get(self.changed).map_or(Time::NEVER, |c| c.at + Span(1));
        self.stop = if self.full { Time::ZERO } else { self.observer.next_sample().min(change) };
    }

    /// The key of an entry due at `at`, scheduled now.
    #[inline(always)]
    fn key(&mut self, at: Time) -> Key {
        self.order += 1;
        Key { at: at.0, order: self.order }
    }

    #[inline(always)]
    fn tell(&mut self, kind: FactKind, station: usize, other: usize, booking: u64, span: Span) {
        self.observer.fact(self.now, &Fact { kind, station, other, booking, span });
    }

    /// How long the message that waits longest has waited, over all queues.
    fn oldest_at(&self, at: Time) -> Span {
        self.queues.iter().filter_map(|q| q.waiting.front()).map(|b| at.since(b.queued)).max().unwrap_or_default()
    }

    /// How long the message that has waited longest in this station's queue has waited; `None` if none waits or it is no queue.
    pub fn oldest_waiting(&self, station: usize) -> Option<Span> {
        match self.roles[station] {
            Role::Queue(queue) => self.queues[queue].waiting.front().map(|b| self.now.since(b.queued)),
            _ => None,
        }
    }
}
