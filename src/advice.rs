//! Advice: what the program knows about a design or a run: problems while drawing, the review of a run, the prediction, the theory.
//!
//! Knows designs, scenarios and reports; nothing of what a learner does with them, and nothing of the page.

pub mod fluid;
pub mod lint;
pub mod review;
pub mod teaching;
pub mod theory;
