//! Made-up inputs for everything that reads what comes from outside: each [`Target`] takes a text, and whatever it is, nothing panics, nothing
//! takes more than its share of memory and work, and what was read and written reads back the same.
//!
//! Inputs are [`mutate`]d from those in `corpus/`, a folder a target: real files, made small, and whatever found a fault. A round is a pure
//! function of its seed. Two ways to run it: a short round in `tests/short.rs`, in which each input depends on seed and number alone, and a long
//! one, `cargo xtask fuzz`, whose build counts the edges of the program that an input takes ([`coverage`]), so that what reaches something new is
//! mutated further.
//!
//! No crate for fuzzing: on the stable compiler bolero draws its inputs from the system's randomness, so no round could be had twice, and
//! cargo-fuzz needs a nightly one.

pub mod coverage;
pub mod meter;
pub mod mutate;
pub mod packed;
pub mod round;
pub mod targets;

pub use targets::{TARGETS, Target};
