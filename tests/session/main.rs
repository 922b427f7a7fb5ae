//! What a learner does, as actions on a session without a browser.

mod cards;
mod density;
mod drawing;
mod editing;
mod exchange;
mod foresight;
mod forks;
mod gestures;
mod given;
mod guess;
mod help;
mod history;
mod kept;
mod keys;
mod later;
mod log;
mod loss;
mod moments;
mod progress;
mod readonly;
mod result;
mod resume;
mod routes;
mod run;
mod side_by_side;
mod sketch;
mod stale;
mod story;
mod time;
mod views;
mod words;

#[path = "../support/mod.rs"]
mod support;
