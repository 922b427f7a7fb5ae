//! The circuit breaker of a pool: closed, open, half open.
//!
//! Closed, it counts failed calls in a row. Open, the pool takes nothing; after the pause one worker takes one message, and its outcome closes
//! the breaker or opens it again. An outcome counts only in the epoch in which its message was taken, so calls that were under way when
//! the breaker opened never count.

use super::Simulation;
use super::timer::Timer;
use crate::sim::fact::FactKind;
use crate::sim::time::Span;

#[derive(Clone, Copy, Debug, Default)]
pub struct Breaker {
    state: State,
    /// Rises whenever the state changes.
    epoch: u32,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Closed { failures: u32 },
    Open,
    HalfOpen { probing: bool },
}

impl Default for State {
    fn default() -> State {
        State::Closed { failures: 0 }
    }
}

impl Breaker {
    /// How many workers may take a message now.
    #[inline(always)]
    pub fn admits(&self) -> u64 {
        match self.state {
            State::Closed { .. } => u64::MAX,
            State::HalfOpen { probing: false } => 1,
            State::Open | State::HalfOpen { probing: true } => 0,
        }
    }

    /// A worker takes a message; returns the epoch in which it does.
    #[inline(always)]
    pub fn take(&mut self) -> u32 {
        if let State::HalfOpen { probing } = &mut self.state {
            *probing = true;
        }
        self.epoch
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed { .. })
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.epoch = self.epoch.wrapping_add(1);
    }
}

impl Simulation {
    /// A call ended whose message was taken in `epoch`.
    pub(super) fn count_outcome(&mut self, index: usize, epoch: u32, booked: bool) {
        let pool = &mut self.pools[index];
        let Some(limits) = pool.params.breaker else { return };
        if epoch != pool.breaker.epoch {
            return;
        }
        match &mut pool.breaker.state {
            State::Closed { failures } if booked => *failures = 0,
            State::Closed { failures } => {
                *failures += 1;
                if *failures >= limits.failures {
                    self.open_breaker(index);
                }
            }
            State::HalfOpen { .. } if booked => self.close_breaker(index),
            State::HalfOpen { .. } => self.open_breaker(index),
            State::Open => {}
        }
    }

    fn open_breaker(&mut self, index: usize) {
        let pool = &mut self.pools[index];
        let Some(limits) = pool.params.breaker else { return };
        pool.breaker.enter(State::Open);
        let (station, epoch) = (pool.station, pool.breaker.epoch);
        self.log.tell(FactKind::BreakerOpened, station, station, 0, limits.open);
        self.set_timer(self.log.now + limits.open, Timer::HalfOpen { pool: index, epoch });
    }

    pub(super) fn close_breaker(&mut self, index: usize) {
        let pool = &mut self.pools[index];
        pool.breaker.enter(State::default());
        let station = pool.station;
        self.log.tell(FactKind::BreakerClosed, station, station, 0, Span::ZERO);
        self.pull_many(index);
    }

    /// The pause is over: one worker may take one message.
    pub(super) fn half_open(&mut self, index: usize, epoch: u32) {
        let pool = &mut self.pools[index];
        if pool.breaker.epoch != epoch {
            return;
        }
        pool.breaker.enter(State::HalfOpen { probing: false });
        let station = pool.station;
        self.log.tell(FactKind::BreakerHalfOpened, station, station, 0, Span::ZERO);
        self.pull_many(index);
    }
}
