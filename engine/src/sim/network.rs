//! What a run simulates: stations, how they are joined, and the world around them. Plain data, made by `design::compile`.
//!
//! A network is complete and consistent: every range was checked and every edge allowed, so nothing can fail while it runs.
//! Durations are spans, probabilities lie in 0–1, rates are per second.

use std::sync::Arc;

use super::dist::Dist;
use super::time::{Span, Time};

/// A compiled design in its scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The stations; facts and changes name them by their index here.
    pub stations: Vec<StationSpec>,
    /// The scenario's part.
    pub world: World,
}

/// One station: its node's id (which names its random streams), what it does and where it sends things.
#[derive(Clone, Debug, PartialEq)]
pub struct StationSpec {
    /// The node's id.
    pub id: Arc<str>,
    /// What it does.
    pub params: Params,
    /// Where it sends things, in the order of the edges.
    pub targets: Vec<Target>,
}

/// An edge to another station, by its index in [`Network::stations`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Its index.
    pub station: usize,
    /// Share of the requests relative to the other targets; above 0.
    pub weight: f64,
}

/// The parameters of a station, by kind; README.md (the model) says how stations work together.
#[derive(Clone, Debug, PartialEq)]
pub enum Params {
    /// Where bookings are asked for; a network has exactly one.
    Patients(Patients),
    /// Threads that accept requests.
    Api(Api),
    /// Messages that wait for workers.
    Queue(Queue),
    /// A pool of workers.
    Consumers(Consumers),
    /// The clinics' systems.
    Clinic(Clinic),
    /// Where messages that were given up are parked.
    DeadLetter,
}

/// What of a station is paid by the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paid {
    /// Nothing.
    Nothing,
    /// So many API instances, from the start.
    Instances(u64),
    /// Every worker from its order until it has left.
    Workers,
}

/// What figures and advice need to know of a station, whatever its kind.
impl Params {
    /// Servers that a station has for itself, all the time: threads or slots. `None` where there are none, and for workers, whose number
    /// changes.
    pub fn servers(&self) -> Option<u64> {
        match self {
            Params::Api(api) => Some(api.instances * api.threads),
            Params::Clinic(clinic) => Some(u64::from(clinic.clinics) * clinic.slots_per_clinic),
            Params::Patients(_) | Params::Queue(_) | Params::Consumers(_) | Params::DeadLetter => None,
        }
    }

    /// What of it is paid by the hour.
    pub fn paid(&self) -> Paid {
        match self {
            Params::Api(api) => Paid::Instances(api.instances),
            Params::Consumers(_) => Paid::Workers,
            Params::Patients(_) | Params::Queue(_) | Params::Clinic(_) | Params::DeadLetter => Paid::Nothing,
        }
    }

    /// Pounds an hour for each instance or worker.
    pub fn price(&self, prices: &Prices) -> f64 {
        match self.paid() {
            Paid::Nothing => 0.0,
            Paid::Instances(_) => prices.api_instance_hour,
            Paid::Workers => prices.worker_hour,
        }
    }

    /// Whether it passes every request on at once, to its targets in proportion to their weights. What waits to be fetched is not passed on.
    pub fn passes_on(&self) -> bool {
        match self {
            Params::Patients(_) | Params::Api(_) => true,
            Params::Queue(_) | Params::Consumers(_) | Params::Clinic(_) | Params::DeadLetter => false,
        }
    }

    /// A queue's parameters.
    pub fn queue(&self) -> Option<&Queue> {
        if let Params::Queue(queue) = self { Some(queue) } else { None }
    }

    /// A pool's parameters.
    pub fn pool(&self) -> Option<&Consumers> {
        if let Params::Consumers(pool) = self { Some(pool) } else { None }
    }

    /// A clinic's parameters.
    pub fn clinic(&self) -> Option<&Clinic> {
        if let Params::Clinic(clinic) = self { Some(clinic) } else { None }
    }
}

impl Scaling {
    /// The fewest and the most workers that there can be.
    pub fn workers(&self) -> (u64, u64) {
        match self {
            Scaling::Fixed { workers } => (*workers, *workers),
            Scaling::Demand { min, max, .. } => (*min, *min.max(max)),
            Scaling::Schedule { workers, steps, .. } => {
                (*workers, steps.iter().map(|(_, wanted)| *wanted).fold(*workers, u64::max))
            }
        }
    }
}

/// Patients: how requests travel, and how often a patient tries.
#[derive(Clone, Debug, PartialEq)]
pub struct Patients {
    /// Network round trip: half on the way to the API, half on the reply. 0 to a day, as all spans of parameters unless said otherwise.
    pub rtt: Span,
    /// Longest wait for an API thread; `None`: endless. Up to a week.
    pub patience: Option<Span>,
    /// Further tries after a rejection or after giving up; 0–20.
    pub retries: u32,
    /// Delay before a further try, times uniform(0.5, 1.5). Up to a week.
    pub retry_after: Span,
}

/// An API: instances with threads and a line of requests each.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// 1–10 000, each paid by the hour.
    pub instances: u64,
    /// Threads an instance; 1–1 000 000.
    pub threads: u64,
    /// Requests an instance that may wait for a thread; 0–10 000 000.
    pub accept_backlog: u64,
    /// Time on a thread.
    pub service: Dist,
    /// Time that the thread is held besides, to enqueue a message.
    pub publish: Span,
    /// Longest wait for a clinic, where the API calls one itself.
    pub call_timeout: Span,
}

/// Which message is taken next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// First in, first out.
    Fifo,
    /// Last in, first out.
    Lifo,
}

/// What a full queue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
    /// A full queue rejects what comes.
    Reject,
    /// A full queue discards from the head until there is room.
    DropOldest,
}

/// A queue of messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Which message is taken next.
    pub discipline: Discipline,
    /// Messages that may wait, delayed ones not counted; `None`: unbounded. 1–100 000 000.
    pub capacity: Option<u64>,
    /// What happens when `capacity` is reached.
    pub overflow: Overflow,
    /// A message older than this since it was first enqueued is discarded when a worker would take it; `None`: never. Up to a week.
    pub max_age: Option<Span>,
}

/// A pool of workers: how one works, what follows a failed call, and how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Consumers {
    /// Time that a worker spends on a message before it calls a clinic.
    pub handling: Dist,
    /// Longest wait for a clinic; `None`: endless. A reply at that very moment comes too late.
    pub timeout: Option<Span>,
    /// Failed calls after which a message is given up; 1–100.
    pub attempts: u32,
    /// The backoff after the n-th failed attempt is base × factor^(n − 1), at most the longest.
    pub backoff_base: Span,
    /// 1–100.
    pub backoff_factor: f64,
    /// The longest backoff.
    pub backoff_max: Span,
    /// Full jitter: the backoff times uniform(0, 1).
    pub jitter: bool,
    /// How many workers there are.
    pub scaling: Scaling,
    /// The circuit breaker of the pool; `None`: there is none.
    pub breaker: Option<Breaker>,
}

/// How many workers a pool has.
#[derive(Clone, Debug, PartialEq)]
pub enum Scaling {
    /// So many workers from the start; 1–1 000 000.
    Fixed {
        /// The number.
        workers: u64,
    },
    /// Every `period` (0.1 s to a week) as many workers are wanted as there are waiting messages and busy workers, divided by
    /// `messages_per_worker`, between `min` and `max`. Missing ones start `startup` after they are ordered; surplus ones leave once every check
    /// for `cooldown` found fewer to be enough.
    Demand {
        /// The fewest; 0–1 000 000.
        min: u64,
        /// The most; at least `min`.
        max: u64,
        /// See above; at least 1.
        messages_per_worker: u64,
        /// The time between two checks; the first is at the start.
        period: Span,
        /// From the order of a worker to its start.
        startup: Span,
        /// How long fewer must have been enough.
        cooldown: Span,
    },
    /// `workers` from the start, then the number of each step; steps in rising order of time.
    Schedule {
        /// The number at the start.
        workers: u64,
        /// From the order of a worker to its start.
        startup: Span,
        /// From when on, and how many.
        steps: Vec<(Time, u64)>,
    },
}

/// A circuit breaker, shared by the workers of a pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breaker {
    /// Consecutive failed calls that open it; 1–10 000. Calls under way when it opened do not count, whenever they end.
    pub failures: u32,
    /// How long it stays open before it lets one message through; 0.1 s to a week.
    pub open: Span,
}

/// The clinics' systems: a number of equal ones, each with slots and a line of calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    /// Systems; 1–10 000. A booking belongs to one of them for good.
    pub clinics: u32,
    /// Calls that a system serves at once; 1–1 000 000.
    pub slots_per_clinic: u64,
    /// A served call takes this and the variable part, times the factors of the slow events in force.
    pub base: Span,
    /// See `base`.
    pub variable: Dist,
    /// Calls that may wait at a system before further ones fail; `None`: any number. 0–10 000 000.
    pub max_waiting: Option<u64>,
    /// Probability that a served call fails.
    pub error_rate: f64,
    /// It recognises what it has booked itself: a second call books nothing.
    pub idempotent: bool,
    /// A system is picked with probability ∝ 1 / rank^skew; 0–5, 0 being uniform.
    pub skew: f64,
}

/// The scenario's part: arrivals, events, prices.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// How long the run is; up to a week.
    pub duration: Span,
    /// When bookings are asked for.
    pub arrivals: Arrivals,
    /// What happens meanwhile; events may overlap.
    pub events: Vec<Event>,
    /// What things cost.
    pub prices: Prices,
}

/// How arrivals are spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    /// At random, at the curve's rate times the surges in force.
    Poisson,
    /// Spaced by 1 / rate.
    Regular,
}

/// The rate of first tries: piecewise linear through `(t_s, per_s)`, constant outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// How they are spaced.
    pub process: Process,
    /// Corners in rising order of time; at least one.
    pub curve: Vec<(f64, f64)>,
}

/// Something that happens to the world for `from ≤ t < to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The first moment.
    pub from: Time,
    /// The first moment after it.
    pub to: Time,
    /// What happens.
    pub what: EventKind,
}

/// What an event does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventKind {
    /// Arrivals times this factor.
    Surge(f64),
    /// Clinic service times this factor.
    Slow(f64),
    /// The clinic's error rate is at least this.
    Errors(f64),
    /// The clinic answers nothing.
    Outage,
}

/// Prices in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prices {
    /// For an API instance, an hour.
    pub api_instance_hour: f64,
    /// For a worker, an hour, from its order until it has left.
    pub worker_hour: f64,
    /// For a million enqueues, redeliveries included.
    pub queue_million: f64,
}

/// A parameter change during a run: from just after `at` on, station `station` works with `params` (of the same kind).
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When it comes into force.
    pub at: Time,
    /// Which station, by its index.
    pub station: usize,
    /// All its parameters from then on.
    pub params: Params,
}
