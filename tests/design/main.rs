//! Designs: their files, what is compiled from them, and their picture.

mod compile;
mod diff;
mod files;
mod files_fuzz;
mod hostile;
mod links;
mod messages;
mod names;
mod picture;

#[path = "../support/mod.rs"]
mod support;
