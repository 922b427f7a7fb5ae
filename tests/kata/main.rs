//! The exercise and what the program says of designs and runs.

mod author;
mod bottleneck;
mod builtin;
mod closed_forms;
mod fluid;
mod languages;
mod learning;
mod lint;
mod notes;
mod people;
mod proof;
mod review;
mod rungs;
mod scenarios;
mod sentences;
mod size;
mod terms;

#[path = "../support/mod.rs"]
mod support;
