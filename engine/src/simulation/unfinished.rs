//! What one event sets going may be more than is to be done at once: a million workers that start and find a million messages.
//!
//! So much is done with the event itself, the rest in portions of the same size, each counted against the budget of
//! [`Simulation::run_until`]. Nothing else happens in between, so a run is the same however it is sliced.

use super::Simulation;
use crate::sim::time::Time;

/// The most that is taken out of a line or a queue at once.
pub const AT_ONCE: u64 = 1 << 13;

/// Who has more to take.
#[derive(Clone, Copy, Debug)]
pub enum Unfinished {
    /// Idle workers of a pool.
    Workers(usize),
    /// Free threads of an API.
    Threads(usize),
    /// Free slots of one system of a clinic.
    Slots(usize, usize),
}

impl Simulation {
    /// The rest is done before anything else happens.
    #[cold]
    pub(super) fn leave_rest(&mut self, rest: Unfinished) {
        self.unfinished.push_back(rest);
        self.stop = Time::ZERO;
    }

    /// Goes on with what is unfinished; returns how much of the budget that takes.
    #[cold]
    pub(super) fn go_on(&mut self) -> u64 {
        let taken = match self.unfinished.pop_front() {
            Some(Unfinished::Workers(pool)) => self.pull_many(pool),
            Some(Unfinished::Threads(api)) => self.fill_threads(api),
            Some(Unfinished::Slots(clinic, system)) => self.fill_slots(clinic, system),
            None => 0,
        };
        self.settle();
        self.find_stop();
        taken.max(1)
    }

    /// The event is over, unless something is unfinished: the backlog counts once idle workers have taken theirs.
    #[inline(always)]
    pub(super) fn settle(&mut self) {
        if self.unfinished.is_empty() {
            self.log.measures.settled();
        }
    }
}
