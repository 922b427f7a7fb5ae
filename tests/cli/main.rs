//! The command `kata`.
#![cfg(feature = "cli")]

mod author;
mod commands;
mod grade;
mod manual;
mod program;
mod teaching;

#[path = "../support/golden.rs"]
mod golden;
