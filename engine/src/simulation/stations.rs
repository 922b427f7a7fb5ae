//! The stations' state, and how it is laid out from a network.

use std::sync::Arc;

use super::Source;
use super::booking::{Booking, Held, Waiting};
use super::breaker::Breaker;
use super::routes::{Role, Routes};
use crate::sim::dist::Sampler;
use crate::sim::heap::{BlockHeap, SlotHeap};
use crate::sim::line::Line;
use crate::sim::network::{self, Network, Params, StationSpec};
use crate::sim::random::{Purpose, Stream};
use crate::sim::slab::{Chain, Slab};
use crate::sim::time::{Span, Time};

#[derive(Clone)]
pub struct Patients {
    pub station: usize,
    pub params: network::Patients,
    pub apis: Routes,
    pub delay: Stream,
    /// Bookings made so far.
    pub made: u64,
    /// When the try that is on its way last reaches its API.
    pub last_on_the_way: Time,
}

impl Patients {
    /// The way to the API, or the way back.
    #[inline(always)]
    pub fn one_way(&self) -> Span {
        Span(self.params.rtt.0 / 2)
    }
}

#[derive(Clone)]
pub struct Api {
    pub station: usize,
    pub params: network::Api,
    pub service: Sampler,
    pub service_stream: Stream,
    pub targets: Routes,
    pub busy: u64,
    pub line: Line<Waiting>,
    pub threads: Slab<Held>,
    pub services: SlotHeap,
    /// Threads with a call under way, in the order in which the calls began.
    pub calls: Chain,
    /// Its sources in the calendar.
    pub service_source: usize,
    pub patience_source: usize,
    pub timeout_source: usize,
}

impl Api {
    #[inline(always)]
    pub fn servers(&self) -> u64 {
        self.params.instances * self.params.threads
    }

    pub fn line_limit(&self) -> u64 {
        self.params.instances * self.params.accept_backlog
    }
}

#[derive(Clone)]
pub struct Queue {
    pub station: usize,
    pub params: network::Queue,
    pub waiting: Line<Booking>,
    pub delayed: BlockHeap<Booking>,
    /// The pools that read it.
    pub readers: Vec<usize>,
    pub dead_letter: Option<usize>,
    pub source: usize,
}

#[derive(Clone)]
pub struct Pool {
    pub station: usize,
    pub params: network::Consumers,
    pub handling: Sampler,
    pub handling_stream: Stream,
    pub backoff_stream: Stream,
    pub clinics: Routes,
    /// The queues that it reads.
    pub reads: Vec<usize>,
    pub dead_letter: Option<usize>,
    pub workers: Slab<Held>,
    pub idle: u64,
    pub busy: u64,
    /// Workers ordered and not yet started, in the order in which they were ordered.
    pub orders: Vec<Order>,
    /// Orders made so far.
    pub ordered: u64,
    /// How many of the busy are to leave as they finish.
    pub leaving: u64,
    /// Since when every check found fewer workers to be enough.
    pub low_since: Option<Time>,
    pub breaker: Breaker,
    pub handlings: SlotHeap,
    /// Workers with a call under way, in the order in which the calls began.
    pub calls: Chain,
    /// The order of the call whose timeout the calendar shows; 0 for none. It may be over: see [`Simulation::pool_alarm`].
    pub alarm: u64,
    /// Timers of an earlier scaling policy carry an earlier number and are void.
    pub policy: u32,
    /// Its sources in the calendar.
    pub handling_source: usize,
    pub timeout_source: usize,
}

/// Workers of a pool that were ordered together and start together.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    pub number: u64,
    pub workers: u64,
    /// How many of them are to leave the moment they start.
    pub leaving: u64,
}

/// One of a clinic station's systems.
#[derive(Clone, Default)]
pub struct System {
    pub busy: u64,
    /// Calls that wait for a slot.
    pub line: Chain,
}

#[derive(Clone)]
pub struct Clinic {
    pub station: usize,
    pub params: network::Clinic,
    pub variable: Sampler,
    pub choice: Stream,
    pub time: Stream,
    pub error: Stream,
    /// Sums of the systems' shares, where they differ.
    pub shares: Vec<f64>,
    pub systems: Vec<System>,
    pub services: SlotHeap,
    pub source: usize,
}

/// Everything that [`build`] lays out.
pub struct Parts {
    pub sources: Vec<Source>,
    pub roles: Vec<Role>,
    pub patients: Patients,
    pub apis: Vec<Api>,
    pub queues: Vec<Queue>,
    pub pools: Vec<Pool>,
    pub clinics: Vec<Clinic>,
}

/// The stations of a network, empty, at time 0.
pub fn build(network: &Arc<Network>, seed: u64) -> Parts {
    let roles = roles(network);
    let mut sources = vec![
        Source::Arrival,
        Source::Transit,
        Source::ApiService(0),
        Source::PoolHandling(0),
        Source::ClinicService(0),
        Source::Retry,
        Source::Timers,
    ];
    let mut add = |source: Source| {
        // The first of a kind has its place among the hot ones.
        let known = sources.iter().position(|other| *other == source);
        known.unwrap_or_else(|| {
            sources.push(source);
            sources.len() - 1
        })
    };
    let (mut patients, mut apis, mut queues, mut pools, mut clinics) = (None, vec![], vec![], vec![], vec![]);
    for (station, spec) in network.stations.iter().enumerate() {
        match &spec.params {
            Params::Patients(params) => {
                assert!(patients.is_none(), "a network has one patients station");
                let apis = Routes::new(&roles, spec, seed, |r| matches!(r, Role::Api(_)));
                let delay = Stream::new(seed, Purpose::RetryDelay, &spec.id);
                patients = Some(Patients {
                    station,
                    params: params.clone(),
                    apis,
                    delay,
                    made: 0,
                    last_on_the_way: Time::ZERO,
                });
            }
            Params::Api(params) => {
                let index = apis.len();
                let sources =
                    [Source::ApiService(index), Source::ApiPatience(index), Source::ApiTimeout(index)].map(&mut add);
                let targets = Routes::new(&roles, spec, seed, |_| true);
                apis.push(Api::new(station, params, targets, Stream::new(seed, Purpose::Service, &spec.id), sources));
            }
            Params::Queue(params) => {
                let source = add(Source::QueueDelay(queues.len()));
                queues.push(Queue::new(network, &roles, station, params, source));
            }
            Params::Consumers(params) => {
                let sources = [Source::PoolHandling(pools.len()), Source::PoolTimeout(pools.len())].map(&mut add);
                pools.push(Pool::new(network, &roles, station, params, seed, sources));
            }
            Params::Clinic(params) => {
                let source = add(Source::ClinicService(clinics.len()));
                clinics.push(Clinic::new(station, params, &spec.id, seed, source));
            }
            Params::DeadLetter => {}
        }
    }
    let patients = patients.expect("a network has one patients station");
    Parts { sources, roles, patients, apis, queues, pools, clinics }
}

/// What each station is.
fn roles(network: &Network) -> Vec<Role> {
    let (mut apis, mut queues, mut pools, mut clinics) = (0.., 0.., 0.., 0..);
    let next = |counter: &mut std::ops::RangeFrom<usize>| counter.next().expect("endless");
    network
        .stations
        .iter()
        .map(|spec| match spec.params {
            Params::Patients(_) => Role::Patients,
            Params::Api(_) => Role::Api(next(&mut apis)),
            Params::Queue(_) => Role::Queue(next(&mut queues)),
            Params::Consumers(_) => Role::Pool(next(&mut pools)),
            Params::Clinic(_) => Role::Clinic(next(&mut clinics)),
            Params::DeadLetter => Role::DeadLetter,
        })
        .collect()
}

/// The first dead-letter station that a station points to.
fn dead_letter(roles: &[Role], spec: &StationSpec) -> Option<usize> {
    spec.targets.iter().map(|t| t.station).find(|t| roles[*t] == Role::DeadLetter)
}

impl Api {
    fn new(station: usize, params: &network::Api, targets: Routes, stream: Stream, sources: [usize; 3]) -> Api {
        let [service_source, patience_source, timeout_source] = sources;
        Api {
            station,
            service: Sampler::new(&params.service),
            params: params.clone(),
            service_stream: stream,
            targets,
            busy: 0,
            line: Line::default(),
            threads: Slab::default(),
            services: SlotHeap::default(),
            calls: Chain::default(),
            service_source,
            patience_source,
            timeout_source,
        }
    }
}

impl Queue {
    fn new(network: &Network, roles: &[Role], station: usize, params: &network::Queue, source: usize) -> Queue {
        let spec = &network.stations[station];
        let readers = spec.targets.iter().filter_map(|t| match roles[t.station] {
            Role::Pool(pool) => Some(pool),
            _ => None,
        });
        Queue {
            station,
            params: params.clone(),
            waiting: Line::default(),
            delayed: BlockHeap::default(),
            readers: readers.collect(),
            dead_letter: dead_letter(roles, spec),
            source,
        }
    }
}

impl Pool {
    fn new(
        network: &Network,
        roles: &[Role],
        station: usize,
        params: &network::Consumers,
        seed: u64,
        [handling_source, timeout_source]: [usize; 2],
    ) -> Pool {
        let spec = &network.stations[station];
        let reads = network.stations.iter().enumerate().filter_map(|(index, other)| match roles[index] {
            Role::Queue(queue) if other.targets.iter().any(|t| t.station == station) => Some(queue),
            _ => None,
        });
        Pool {
            station,
            handling: Sampler::new(&params.handling),
            handling_stream: Stream::new(seed, Purpose::Handling, &spec.id),
            backoff_stream: Stream::new(seed, Purpose::Backoff, &spec.id),
            clinics: Routes::new(roles, spec, seed, |r| matches!(r, Role::Clinic(_))),
            reads: reads.collect(),
            dead_letter: dead_letter(roles, spec),
            params: params.clone(),
            workers: Slab::default(),
            idle: 0,
            busy: 0,
            orders: Vec::new(),
            ordered: 0,
            leaving: 0,
            low_since: None,
            breaker: Breaker::default(),
            handlings: SlotHeap::default(),
            calls: Chain::default(),
            alarm: 0,
            policy: 0,
            handling_source,
            timeout_source,
        }
    }

    /// Workers that are there to stay: ordered, not gone, not about to leave.
    pub fn staying(&self) -> u64 {
        let starting: u64 = self.orders.iter().map(|order| order.workers - order.leaving).sum();
        self.idle + self.busy - self.leaving + starting
    }
}

impl Clinic {
    fn new(station: usize, params: &network::Clinic, id: &str, seed: u64, source: usize) -> Clinic {
        Clinic {
            station,
            variable: Sampler::new(&params.variable),
            choice: Stream::new(seed, Purpose::ClinicChoice, id),
            time: Stream::new(seed, Purpose::ClinicTime, id),
            error: Stream::new(seed, Purpose::ClinicError, id),
            shares: shares(params),
            systems: vec![System::default(); params.clinics as usize],
            params: params.clone(),
            services: SlotHeap::default(),
            source,
        }
    }
}

/// Sums of 1 / rank^skew over the systems; empty where there is one system or all are alike.
fn shares(params: &network::Clinic) -> Vec<f64> {
    if params.clinics == 1 || params.skew == 0.0 {
        return vec![];
    }
    let share = |rank: u32| libm::pow(f64::from(rank), -params.skew);
    (1..=params.clinics)
        .scan(0.0, |sum, rank| {
            *sum += share(rank);
            Some(*sum)
        })
        .collect()
}
