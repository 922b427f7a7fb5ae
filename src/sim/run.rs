//! A run: a network and a seed, event by event.

use std::sync::Arc;

use super::network::{Change, Network};
use super::time::{Span, Time};

/// Why [`Run::run_until`] came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Everything up to the time asked for has happened.
    Reached,
    /// The budget of events is used up; call again to go on.
    OutOfBudget,
    /// The run is over.
    Over,
}

/// A run that tells its facts to an observer `O`.
#[derive(Clone)]
pub struct Run<O> {
    network: Arc<Network>,
    observer: O,
}

impl<O> Run<O> {
    pub fn new(_network: Arc<Network>, _seed: u64, _observer: O) -> Run<O> {
        todo!()
    }

    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    pub fn observer(&self) -> &O {
        &self.observer
    }

    /// The simulated time up to which everything has happened.
    pub fn now(&self) -> Time {
        todo!()
    }

    /// Everything up to the end of the scenario has happened.
    pub fn is_over(&self) -> bool {
        todo!()
    }

    /// Handles the next event, whenever it is due. False when the run is over.
    pub fn step(&mut self) -> bool {
        todo!()
    }

    /// Handles events up to and including time `until`, at most `budget` of them.
    pub fn run_until(&mut self, _until: Time, _budget: u64) -> Progress {
        todo!()
    }

    /// Handles all events there are.
    pub fn run_to_end(&mut self) {
        while self.run_until(Time::NEVER, u64::MAX) != Progress::Over {}
    }

    /// Changes a station's parameters just after `change.at`, which must not lie before [`Run::now`].
    pub fn change(&mut self, _change: Change) {
        todo!()
    }

    /// The changes made so far, in order; a new run with the same network, seed and changes is the same run.
    pub fn changes(&self) -> &[Change] {
        todo!()
    }

    /// How long the message that has waited longest in this station's queue has waited; `None` if none waits.
    pub fn oldest_waiting(&self, _station: usize) -> Option<Span> {
        todo!()
    }
}
