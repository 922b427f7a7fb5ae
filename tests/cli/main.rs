//! The command `kata`.
#![cfg(feature = "cli")]

mod author;
mod commands;

#[path = "../support/golden.rs"]
mod golden;
