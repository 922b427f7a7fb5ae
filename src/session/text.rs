//! Sentences about the design and the run: what happened, what an edit is called, what a component can do.
//!
//! Decides nothing; it only says.

pub(in crate::session) mod blame;
pub mod capacity;
pub mod card;
pub mod crowd;
pub mod describe;
pub mod differences;
pub mod edit_captions;
pub mod goals;
pub mod guess;
pub mod happened;
pub mod problem_groups;
pub mod schedule;
pub mod story;
pub mod typed;
