//! The engine: runs against theory, an independent simulation and its own bookkeeping.

mod determinism;
mod limits;
mod reference;
mod rulings;
mod series;
mod steady;
mod theory;

#[path = "../support/mod.rs"]
mod support;
