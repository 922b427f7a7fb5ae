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
    pub stations: Vec<StationSpec>,
    pub world: World,
}

/// One station: its node's id (which names its random streams), what it does and where it sends things.
#[derive(Clone, Debug, PartialEq)]
pub struct StationSpec {
    pub id: Arc<str>,
    pub params: Params,
    pub targets: Vec<Target>,
}

/// An edge to another station, by its index in [`Network::stations`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    pub station: usize,
    /// Share of the requests relative to the other targets; above 0.
    pub weight: f64,
}

/// The parameters of a station, by kind; see `model.md` and the catalogue for their meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Params {
    Patients(Patients),
    Api(Api),
    Queue(Queue),
    Consumers(Consumers),
    Clinic(Clinic),
    DeadLetter,
}

/// What of a station is paid by the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paid {
    Nothing,
    /// So many API instances, from the start.
    Instances(u64),
    /// Every worker from its order until it has left.
    Workers,
}

/// What figures and advice need to know of a station, whatever its kind.
impl Params {
    /// Servers that a station has for itself, all the time: threads or slots. `None` where there are none, and for workers, who come and go.
    pub fn servers(&self) -> Option<u64> {
        match self {
            Params::Api(api) => Some(api.instances * api.threads),
            Params::Clinic(clinic) => Some(u64::from(clinic.clinics) * clinic.slots_per_clinic),
            Params::Patients(_) | Params::Queue(_) | Params::Consumers(_) | Params::DeadLetter => None,
        }
    }

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

    /// Whether it hands every request on at once, to its targets in proportion to their weights. What waits to be fetched is not passed on.
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

#[derive(Clone, Debug, PartialEq)]
pub struct Patients {
    pub rtt: Span,
    /// `None`: endless.
    pub patience: Option<Span>,
    pub retries: u32,
    pub retry_after: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    pub instances: u64,
    pub threads: u64,
    pub accept_backlog: u64,
    pub service: Dist,
    pub publish: Span,
    pub call_timeout: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    Fifo,
    Lifo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
    Reject,
    DropOldest,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    pub discipline: Discipline,
    /// `None`: unbounded.
    pub capacity: Option<u64>,
    pub overflow: Overflow,
    pub max_age: Option<Span>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Consumers {
    pub handling: Dist,
    pub timeout: Option<Span>,
    pub attempts: u32,
    pub backoff_base: Span,
    pub backoff_factor: f64,
    pub backoff_max: Span,
    /// Full jitter: the backoff times uniform(0, 1).
    pub jitter: bool,
    pub scaling: Scaling,
    pub breaker: Option<Breaker>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scaling {
    Fixed {
        workers: u64,
    },
    Demand {
        min: u64,
        max: u64,
        messages_per_worker: u64,
        period: Span,
        startup: Span,
        cooldown: Span,
    },
    /// Steps in rising order of time.
    Schedule {
        workers: u64,
        startup: Span,
        steps: Vec<(Time, u64)>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breaker {
    pub failures: u32,
    pub open: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    pub clinics: u32,
    pub slots_per_clinic: u64,
    pub base: Span,
    pub variable: Dist,
    pub max_waiting: Option<u64>,
    pub error_rate: f64,
    pub idempotent: bool,
    pub skew: f64,
}

/// The scenario's part: arrivals, events, prices.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub duration: Span,
    pub arrivals: Arrivals,
    pub events: Vec<Event>,
    pub prices: Prices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    Poisson,
    Regular,
}

/// The rate of first tries: piecewise linear through `(t_s, per_s)`, constant outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    pub process: Process,
    pub curve: Vec<(f64, f64)>,
}

/// Something that happens to the world for `from ≤ t < to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    pub from: Time,
    pub to: Time,
    pub what: EventKind,
}

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
    pub api_instance_hour: f64,
    pub worker_hour: f64,
    pub queue_million: f64,
}

/// A parameter change during a run: from just after `at` on, station `station` works with `params` (of the same kind).
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub at: Time,
    pub station: usize,
    pub params: Params,
}
