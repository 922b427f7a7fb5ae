//! The command `kata`.
#![cfg(feature = "cli")]

mod author;
mod commands;
mod grade;
mod grading;
mod manual;
mod model;
mod names;
mod pack;
mod program;
mod shown;
mod teaching;
mod verify;

#[path = "../support/golden.rs"]
mod golden;
