//! The command `kata`.
#![cfg(feature = "cli")]

mod author;
mod commands;
mod teaching;

#[path = "../support/golden.rs"]
mod golden;
