//! The engine: a deterministic discrete-event simulation of bookings, queues, workers and clinics, and the measures of a run.
//!
//! - [`sim`]: what a simulation is made of, from time and chance to the [`sim::network::Network`] that is simulated.
//! - [`measure`]: facts folded into counts, histograms and series, and the [`measure::Report`] of a run.
//! - [`simulation`]: a network and a seed, event by event.
//!
//! Knows nothing of designs, files, charts or the web; cargo itself holds that, for this crate depends on neither serde nor a web crate.
//!
//! ```
//! use engine::sim::network::Params;
//! use engine::sim::time::Time;
//! use engine::sim::{FactKind, FactSet};
//! use engine::{Progress, Simulation};
//! # use std::sync::Arc;
//! # use engine::sim::{dist::Dist, network::*, time::Span};
//! # fn an_hour_of_ten_a_second() -> Network {
//! #     let ms = |mean_ms| Dist::Constant { mean_ms };
//! #     let s = Span::from_seconds;
//! #     let station = |id: &str, params, to: Option<usize>| StationSpec {
//! #         id: id.into(), params, targets: to.map(|station| Target { station, weight: 1.0 }).into_iter().collect(),
//! #     };
//! #     Network {
//! #         stations: vec![
//! #             station("patients", Params::Patients(Patients { rtt: s(0.04), patience: None, retries: 0, retry_after: s(5.0) }), Some(1)),
//! #             station("api", Params::Api(Api { instances: 1, threads: 4, accept_backlog: 100, service: ms(20.0), publish: s(0.005), call_timeout: s(10.0) }), Some(2)),
//! #             station("queue", Params::Queue(Queue { discipline: Discipline::Fifo, capacity: None, overflow: Overflow::Reject, max_age: None }), Some(3)),
//! #             station("pool", Params::Consumers(Consumers { handling: ms(10.0), timeout: None, attempts: 1, backoff_base: s(1.0), backoff_factor: 2.0, backoff_max: s(60.0), jitter: true, scaling: Scaling::Fixed { workers: 30 }, breaker: None }), Some(4)),
//! #             station("clinic", Params::Clinic(Clinic { clinics: 1, slots_per_clinic: 90, base: s(0.2), variable: ms(1800.0), max_waiting: None, error_rate: 0.0, idempotent: true, skew: 0.0 }), None),
//! #         ],
//! #         world: World { duration: s(3600.0), arrivals: Arrivals { process: Process::Regular, curve: vec![(0.0, 10.0)] }, events: vec![], prices: Prices::default() },
//! #     }
//! # }
//!
//! let network = Arc::new(an_hour_of_ten_a_second());
//! let mut run = Simulation::new(network, 1);
//!
//! // A minute, in slices of a thousand events; how a run is sliced changes nothing.
//! while run.run_until(Time::from_seconds(60.0), 1000) == Progress::OutOfBudget {}
//! assert_eq!(run.measures().live().in_flight, 20);
//!
//! // The rest, observing single facts.
//! let mut longest = engine::sim::time::Span::ZERO;
//! let kinds = FactSet::of(&[FactKind::Confirmed]);
//! run.observe(Time::NEVER, u64::MAX, kinds, |_, fact| longest = longest.max(fact.span));
//! assert!(run.is_over());
//!
//! let report = run.measures().report(run.now());
//! assert_eq!(report.counts.arrivals, 36_000);
//! assert_eq!(report.acceptance.p95, Some(64.992)); // 40 ms on the way, 25 at the API; a bucket's middle
//! assert_eq!(report.end_to_end.max, Some(longest.millis()));
//! ```

#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod measure;
pub mod sim;
pub mod simulation;

/// The engine's version: what results are compared by that were computed at different times.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub use simulation::{Progress, Simulation};
