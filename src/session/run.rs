//! The run as the learner drives it: player, speed, timeline, comparison, history and result.
//!
//! A run is bounded in events a frame, so a slow machine slows the picture and never changes the run.

pub mod compared;
pub(in crate::session) mod control;
pub(in crate::session) mod edited;
pub mod figures;
pub mod flow;
pub mod guess;
pub mod help;
pub mod history;
pub mod log;
pub mod loss;
pub mod notes_actions;
pub(in crate::session) mod open_swept_design;
pub mod playback;
pub(in crate::session) mod player;
pub mod progress;
pub mod result;
pub(in crate::session) mod resume;
pub mod sketch;
pub mod success;
pub mod timeline;
