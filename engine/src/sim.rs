//! The simulation: a deterministic, step-driven discrete-event engine.
//!
//! A run is a pure function of a [`network::Network`] and a seed. It handles events in order of (time, order of scheduling) and tells what
//! happened as facts; nothing else leaves it. Slicing a run in any way – one event, until a time, with a budget – changes nothing.
//!
//! Knows nothing of designs, scenarios' goals, charts or the page. No clock, no thread, no hash order, no platform mathematics.

pub(crate) mod arrivals;
pub(crate) mod calendar;
pub(crate) mod disruptions;
pub mod dist;
pub mod fact;
pub(crate) mod line;
pub mod network;
pub mod random;
pub(crate) mod slab;
pub mod time;
mod ziggurat;

pub use arrivals::{RateSegment, rate_segments};
pub use fact::{Fact, FactKind, FactSet};
