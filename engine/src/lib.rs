//! The engine: a deterministic discrete-event simulation of bookings, queues, workers and clinics, and the measures of a run.
//!
//! Knows nothing of designs, files, charts or the web; cargo itself holds that, for this crate depends on neither serde nor a web crate.

pub mod measure;
pub mod sim;
pub mod simulation;

pub use simulation::{Progress, Simulation};
