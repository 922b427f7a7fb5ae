//! Scaling: how many workers a pool has, and when it orders more or lets some go.

use super::stations::Timer;
use super::{Simulation, TIMERS};
use crate::sim::fact::FactKind;
use crate::sim::network::Scaling;
use crate::sim::time::{Span, Time};

impl Simulation {
    /// Gives a pool its first workers, who are there at once, and its first timer.
    pub(super) fn open_pool(&mut self, index: usize) {
        let first = match self.pools[index].params.scaling {
            Scaling::Fixed { workers } | Scaling::Schedule { workers, .. } => workers,
            Scaling::Demand { min, .. } => min,
        };
        self.resize(index, first, Span::ZERO);
        self.start_policy(index);
    }

    /// Sets the first timer of the pool's policy; timers of the policy before are void.
    pub(super) fn start_policy(&mut self, index: usize) {
        let pool = &mut self.pools[index];
        pool.policy += 1;
        pool.low_since = None;
        let policy = pool.policy;
        match &pool.params.scaling {
            Scaling::Fixed { .. } => {}
            Scaling::Demand { period, .. } => {
                let at = self.now + *period;
                self.set_timer(at, Timer::Check { pool: index, policy });
            }
            Scaling::Schedule { steps, .. } => {
                // A policy that takes over later has done with the steps before.
                let first = steps.iter().position(|(at, _)| *at > self.now || self.now == Time::ZERO);
                let first = first.unwrap_or(steps.len());
                self.schedule_step(index, first);
            }
        }
    }

    pub(super) fn set_timer(&mut self, at: Time, timer: Timer) {
        let key = self.key(at);
        self.timers.push(key, timer);
        self.calendar.set(TIMERS, self.timers.first());
    }

    pub(super) fn timer(&mut self) {
        let (_, timer) = self.timers.pop().expect("a timer is due");
        self.calendar.set(TIMERS, self.timers.first());
        match timer {
            Timer::Check { pool, policy } if policy == self.pools[pool].policy => self.check_demand(pool),
            Timer::Step { pool, policy, step } if policy == self.pools[pool].policy => self.take_step(pool, step),
            Timer::Check { .. } | Timer::Step { .. } => {}
            Timer::Start { pool, workers } => self.start_workers(pool, workers),
            Timer::HalfOpen { pool, epoch } => self.half_open(pool, epoch),
        }
    }

    /// A look at the queues: more workers at once, fewer after the cool-down.
    fn check_demand(&mut self, index: usize) {
        let pool = &self.pools[index];
        let &Scaling::Demand { min, max, messages_per_worker, period, startup, cooldown } = &pool.params.scaling else {
            unreachable!("a check belongs to scaling by demand")
        };
        let policy = pool.policy;
        let waiting: u64 = pool.reads.iter().map(|&queue| self.queues[queue].waiting.len() as u64).sum();
        let want = (waiting + pool.busy).div_ceil(messages_per_worker).clamp(min, max);
        let have = pool.staying();
        if want < have {
            let since = *self.pools[index].low_since.get_or_insert(self.now);
            if self.now - since >= cooldown {
                self.resize(index, want, startup);
            }
        } else {
            self.pools[index].low_since = None;
            self.resize(index, want, startup);
        }
        self.set_timer(self.now + period, Timer::Check { pool: index, policy });
    }

    /// Sets a timer for a step of the schedule, if it has so many.
    fn schedule_step(&mut self, index: usize, step: usize) {
        let pool = &self.pools[index];
        let Scaling::Schedule { steps, .. } = &pool.params.scaling else { return };
        if let Some((at, _)) = steps.get(step) {
            self.set_timer(*at, Timer::Step { pool: index, policy: pool.policy, step });
        }
    }

    fn take_step(&mut self, index: usize, step: usize) {
        let Scaling::Schedule { steps, startup, .. } = &self.pools[index].params.scaling else {
            unreachable!("a step belongs to a schedule")
        };
        let (workers, startup) = (steps[step].1, *startup);
        self.resize(index, workers, startup);
        self.schedule_step(index, step + 1);
    }

    /// Orders workers or lets some go, until `want` are there to stay.
    pub(super) fn resize(&mut self, index: usize, want: u64, startup: Span) {
        let pool = &mut self.pools[index];
        let station = pool.station;
        let have = pool.staying();
        if want > have {
            let kept = pool.leaving.min(want - have);
            pool.leaving -= kept;
            let ordered = want - have - kept;
            pool.starting += ordered;
            if ordered > 0 {
                self.tell(FactKind::WorkersOrdered, station, station, ordered, startup);
                match startup {
                    Span::ZERO => self.start_workers(index, ordered),
                    _ => self.set_timer(self.now + startup, Timer::Start { pool: index, workers: ordered }),
                }
            }
        } else if want < have {
            let idle = pool.idle.min(have - want);
            pool.idle -= idle;
            pool.leaving += have - want - idle;
            if idle > 0 {
                self.tell(FactKind::WorkersLeft, station, station, idle, Span::ZERO);
            }
        }
    }

    /// Workers that were ordered start. If more are to leave than are busy, the difference leaves as it comes.
    fn start_workers(&mut self, index: usize, workers: u64) {
        let pool = &mut self.pools[index];
        let station = pool.station;
        pool.starting -= workers;
        let leave = pool.leaving.saturating_sub(pool.busy).min(workers);
        pool.leaving -= leave;
        pool.idle += workers - leave;
        self.tell(FactKind::WorkersStarted, station, station, workers, Span::ZERO);
        if leave > 0 {
            self.tell(FactKind::WorkersLeft, station, station, leave, Span::ZERO);
        }
        self.pull(index);
    }
}
