//! The command `kata`.
#![cfg(feature = "cli")]

mod author;
mod commands;
