//! A simulation: a network and a seed, event by event, with all its measures.
//!
//! [`Simulation::run_until`] takes the earliest entry of the calendar, lets its station act, and goes on until a time or until a budget of events is
//! used up. How the calls slice a run changes nothing. While a run goes on nothing can fail: what can be wrong was found by the compiler.
//!
//! Bookings travel by value: from the patients to an API's line and thread, into a queue, to a worker, back into a queue. One that has left
//! leaves nothing behind. What two copies of a booking must share (has a clinic booked it already?) lies in a `SharedBooking`, which only
//! bookings with an abandoned call have.

mod api;
mod booking;
mod breaker;
mod change;
mod clinic;
mod log;
mod patients;
mod pool;
mod queue;
mod routes;
mod scaling;
mod stations;
mod timer;
mod unfinished;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::measure::Measures;
use crate::measure::series::MAX_BINS;
use crate::sim::arrivals::Clock;
use crate::sim::calendar::{Calendar, HOT};
use crate::sim::disruptions::Disruptions;
use crate::sim::fact::{Fact, FactSet};
use crate::sim::heap::{BlockHeap, MAX_ORDER};
use crate::sim::line::Line;
use crate::sim::network::{Change, Network};
use crate::sim::slab::Slab;
use crate::sim::time::{Span, Time};

use booking::{Booking, Call, SharedBooking, Transit};
use log::{Agenda, Log};
use routes::Role;
use stations::{Api, Clinic, Patients, Pool, Queue};
use timer::Timer;
use unfinished::Unfinished;

pub use booking::{BOOKING_BYTES, MAX_BOOKINGS};
pub use change::may_change;

/// Why [`Simulation::run_until`] came back.
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

/// The most bookings under way, waiting or being served, with the abandoned calls that clinics still work on: 256 MB. The page holds a run
/// twice while the play head is behind, and up to four workers hold one each.
pub const MAX_ALIVE: u64 = 4_000_000;

/// No station: where a fact has no second one.
pub const NOWHERE: usize = usize::MAX;

/// The sources that every run has, at their places in the calendar.
const ARRIVAL: usize = 0;
const TRANSIT: usize = 1;
const RETRY: usize = HOT;
const TIMERS: usize = HOT + 1;

/// Events whose facts are collected before an observer gets them.
const BATCH: u64 = 256;

/// A network and a seed as they unfold, with all measures and the digest.
#[derive(Clone)]
pub struct Simulation {
    network: Arc<Network>,
    log: Log,
    agenda: Agenda,
    end: Time,
    over: bool,
    sources: Vec<Source>,
    /// What each station is, and where its state lies.
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
    timers: BlockHeap<Timer>,
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
    /// What the last event has set going and is still to be done.
    unfinished: VecDeque<Unfinished>,
}

impl Simulation {
    /// A simulation at time 0, before its first event.
    ///
    /// # Panics
    /// If the network has not exactly one patients station: `design::compile` makes none such.
    pub fn new(network: Arc<Network>, seed: u64) -> Simulation {
        Simulation::with_bins(network, seed, MAX_BINS)
    }

    /// A simulation whose series has up to `most_bins` bins before neighbours merge.
    ///
    /// # Panics
    /// As [`Simulation::new`], and if `most_bins` is odd or below 2.
    pub fn with_bins(network: Arc<Network>, seed: u64, most_bins: usize) -> Simulation {
        let parts = stations::build(&network, seed);
        let mut run = Simulation {
            log: Log {
                now: Time::ZERO,
                measures: Measures::with_bins(&network, most_bins),
                wanted: FactSet::NONE,
                facts: Vec::new(),
            },
            agenda: Agenda { order: 0, calendar: Calendar::new(parts.sources.len()) },
            end: Time::ZERO + network.world.duration,
            over: false,
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
            timers: BlockHeap::default(),
            calls: Slab::default(),
            shared_bookings: Slab::default(),
            changes: Vec::new(),
            changed: 0,
            stop: Time::ZERO,
            alive: 0,
            full: false,
            unfinished: VecDeque::new(),
            network,
        };
        // The facts about the workers of the start are stored for an observer from the start.
        run.log.wanted = FactSet::ALL;
        for pool in 0..run.pools.len() {
            run.open_pool(pool);
        }
        run.log.wanted = FactSet::NONE;
        run.schedule_arrival();
        run.find_stop();
        run
    }

    /// What is simulated, as it was at the start: changes by hand are not in it.
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// What was measured so far.
    pub fn measures(&self) -> &Measures {
        &self.log.measures
    }

    /// The simulated time up to which everything has happened; after [`Simulation::step`], the time of that event.
    pub fn now(&self) -> Time {
        self.log.now
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
    /// [`Simulation::now`].
    pub fn ended_full(&self) -> bool {
        self.over && self.full
    }

    /// Handles events up to and including the next one that leaves a fact, whenever it is due. False when the run is over.
    pub fn step(&mut self) -> bool {
        self.step_observed(|_, _| {})
    }

    /// When the next event is due; never, after the last.
    pub fn next_due(&self) -> Time {
        Time(self.agenda.calendar.next_at())
    }

    /// Handles events up to and including time `until`, at most `budget` of them. Nothing in a run can fail; one with too many bookings under
    /// way ends early, see [`Simulation::ended_full`].
    pub fn run_until(&mut self, until: Time, budget: u64) -> Progress {
        if self.over {
            return Progress::Over;
        }
        if self.log.wanted == FactSet::NONE {
            self.log.facts.clear();
        }
        let until = until.min(self.end);
        let mut left = budget;
        loop {
            let (source, at) = self.agenda.calendar.next();
            // Before this moment nothing but events is due.
            if at >= self.stop.0.min(until.0 + 1) {
                if !self.unfinished.is_empty() && !self.full {
                    if left == 0 {
                        return Progress::OutOfBudget;
                    }
                    left = left.saturating_sub(self.go_on());
                    continue;
                }
                let due = Time(at).min(until);
                if self.stop > due || self.full {
                    break;
                }
                self.cross(due);
                continue;
            }
            if left == 0 {
                return Progress::OutOfBudget;
            }
            left -= 1;
            self.handle(source, Time(at));
        }
        if !self.full {
            self.log.now = self.log.now.max(until);
            if until < self.end {
                return Progress::Reached;
            }
        }
        self.over = true;
        let oldest = self.oldest_at(self.log.now);
        self.log.measures.over(self.log.now, oldest);
        Progress::Over
    }

    /// As [`Simulation::run_until`], and gives each fact of the `kinds` to `observe` with its time, in order. Observing changes nothing.
    pub fn observe(
        &mut self,
        until: Time,
        budget: u64,
        kinds: FactSet,
        mut observe: impl FnMut(Time, &Fact),
    ) -> Progress {
        self.log.wanted = kinds;
        self.log.facts.retain(|(_, fact)| kinds.contains(fact.kind));
        let mut left = budget;
        let progress = loop {
            let slice = left.min(BATCH);
            let progress = self.run_until(until, slice);
            self.log.facts.drain(..).for_each(|(at, fact)| observe(at, &fact));
            left -= slice;
            if progress != Progress::OutOfBudget || left == 0 {
                break progress;
            }
        };
        self.log.wanted = FactSet::NONE;
        progress
    }

    /// As [`Simulation::step`], and gives each fact of the event to `observe` with its time, in order.
    pub fn step_observed(&mut self, mut observe: impl FnMut(Time, &Fact)) -> bool {
        self.log.facts.clear();
        loop {
            let before = self.log.measures.facts();
            let due = self.next_due().min(self.end);
            let progress = self.observe(due, 1, FactSet::ALL, &mut observe);
            if self.log.measures.facts() > before || progress == Progress::Over {
                return self.log.measures.facts() > before;
            }
        }
    }

    /// Handles all events there are.
    pub fn run_to_end(&mut self) {
        self.run_until(Time::NEVER, u64::MAX);
    }

    /// The handlers of the five most frequent events become part of this natively. In wasm they stay apart: V8 gives functions with too many
    /// values a simpler register allocator, which made runs a third slower.
    #[inline(always)]
    fn handle(&mut self, source: usize, at: Time) {
        self.log.now = at;
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
            Source::PoolTimeout(pool) => self.pool_alarm(pool),
            Source::ClinicService(clinic) => self.clinic_replies(clinic),
        }
        self.log.measures.event(at, source);
    }

    /// Takes the samples that are due by `at`, up to and including the first change that is due before it: a change may bring
    /// new events with it.
    #[cold]
    fn cross(&mut self, at: Time) {
        // Orders that a heap's entries cannot hold: 10¹¹ bookings. The run ends long before, a sample's width being far shorter.
        self.full |= self.agenda.order > MAX_ORDER / 2;
        loop {
            let sample = self.log.measures.next_sample();
            let change = self.changes.get(self.changed).map_or(Time::NEVER, |c| c.at);
            if sample <= at && sample <= change {
                let oldest = self.oldest_at(sample);
                self.log.measures.sample(sample, oldest);
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
        self.stop = if self.full || !self.unfinished.is_empty() {
            Time::ZERO
        } else {
            self.log.measures.next_sample().min(change)
        };
    }

    /// How long the message that waits longest has waited, over all queues.
    fn oldest_at(&self, at: Time) -> Span {
        self.queues.iter().filter_map(|q| q.waiting.front()).map(|b| at.since(b.queued)).max().unwrap_or_default()
    }

    /// How long the message that has waited longest in this station's queue has waited; `None` if none waits or it is no queue.
    pub fn oldest_waiting(&self, station: usize) -> Option<Span> {
        match self.roles[station] {
            Role::Queue(queue) => self.queues[queue].waiting.front().map(|b| self.log.now.since(b.queued)),
            _ => None,
        }
    }
}
