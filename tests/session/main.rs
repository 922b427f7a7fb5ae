//! What a learner does, as actions on a session without a browser.

mod cards;
mod density;
mod drawing;
mod editing;
mod exchange;
mod forks;
mod gestures;
mod given;
mod history;
mod keys;
mod later;
mod log;
mod moments;
mod progress;
mod readonly;
mod result;
mod routes;
mod run;
mod sketch;
mod stale;
mod story;
mod time;
mod views;
mod words;

#[path = "../support/mod.rs"]
mod support;
