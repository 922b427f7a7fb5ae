//! What a simulation is made of: time, chance, distributions, the network and its world, facts, and the calendar with its heaps and lines.
//!
//! Nothing here knows a station's behaviour or a measure. No clock, no thread, no hash order, no platform mathematics: a
//! [`network::Network`] and a seed give the same bits everywhere.

pub(crate) mod arrivals;
pub(crate) mod calendar;
pub(crate) mod disruptions;
pub mod dist;
pub mod fact;
pub(crate) mod heap;
pub(crate) mod line;
pub mod network;
pub mod random;
pub(crate) mod slab;
pub mod time;
pub mod ziggurat;

pub use arrivals::{RateSegment, rate_segments};
pub use fact::{Fact, FactKind, FactSet};
