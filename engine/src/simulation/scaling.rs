//! Scaling: how many workers a pool has, and when it orders more or lets some go.
//!
//! A pool that shrinks lets go first of workers ordered but not started, the latest ordered first: they are paid and leave the moment they
//! would start. Then idle workers leave, at once, then busy ones as they finish. Growing takes this back first: busy workers stay, then
//! those on order, the earliest ordered first.

use super::stations::{Order, Pool};
use super::timer::Timer;
use super::{Simulation, TIMERS};
use crate::sim::fact::FactKind;
use crate::sim::network::Scaling;
use crate::sim::time::{Span, Time};

impl Pool {
    /// Lets `surplus` workers go, and returns how many of them were idle and leave now.
    fn let_go(&mut self, mut surplus: u64) -> u64 {
        for order in self.orders.iter_mut().rev() {
            let marked = surplus.min(order.workers - order.leaving);
            order.leaving += marked;
            surplus -= marked;
        }
        let idle = surplus.min(self.idle);
        self.idle -= idle;
        self.leaving += surplus - idle;
        idle
    }

    /// Keeps up to `missing` workers that were to leave, and returns how many are missing still.
    fn take_back(&mut self, mut missing: u64) -> u64 {
        let kept = missing.min(self.leaving);
        self.leaving -= kept;
        missing -= kept;
        for order in &mut self.orders {
            let kept = missing.min(order.leaving);
            order.leaving -= kept;
            missing -= kept;
        }
        missing
    }
}

impl Simulation {
    /// Gives a pool its first workers, which are there at once, and its first timer.
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
                let at = self.log.now + *period;
                self.set_timer(at, Timer::Check { pool: index, policy });
            }
            Scaling::Schedule { steps, .. } => {
                // A policy that takes over later has done with the steps before.
                let first = steps.iter().position(|(at, _)| *at > self.log.now || self.log.now == Time::ZERO);
                let first = first.unwrap_or(steps.len());
                self.schedule_step(index, first);
            }
        }
    }

    pub(super) fn set_timer(&mut self, at: Time, timer: Timer) {
        let key = self.agenda.key(at);
        self.timers.push(key, timer);
        self.agenda.set(TIMERS, self.timers.first());
    }

    pub(super) fn timer(&mut self) {
        let (_, timer) = self.timers.pop().expect("a timer is due");
        self.agenda.set(TIMERS, self.timers.first());
        match timer {
            Timer::Check { pool, policy } if policy == self.pools[pool].policy => self.check_demand(pool),
            Timer::Step { pool, policy, step } if policy == self.pools[pool].policy => self.take_step(pool, step),
            Timer::Check { .. } | Timer::Step { .. } => {}
            Timer::Start { pool, order } => self.start_ordered(pool, order),
            Timer::HalfOpen { pool, epoch } => self.half_open(pool, epoch),
        }
    }

    /// Checks the queues: more workers at once, fewer after the cool-down.
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
            let since = *self.pools[index].low_since.get_or_insert(self.log.now);
            if self.log.now - since >= cooldown {
                self.resize(index, want, startup);
            }
        } else {
            self.pools[index].low_since = None;
            self.resize(index, want, startup);
        }
        self.set_timer(self.log.now + period, Timer::Check { pool: index, policy });
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

    /// Orders workers or marks some to leave, until `want` stay.
    pub(super) fn resize(&mut self, index: usize, want: u64, startup: Span) {
        let pool = &mut self.pools[index];
        let station = pool.station;
        let have = pool.staying();
        if want > have {
            let ordered = pool.take_back(want - have);
            if ordered > 0 {
                self.log.tell(FactKind::WorkersOrdered, station, station, ordered, startup);
                self.order_workers(index, ordered, startup);
            }
        } else if want < have {
            let idle = pool.let_go(have - want);
            if idle > 0 {
                self.log.tell(FactKind::WorkersLeft, station, station, idle, Span::ZERO);
            }
        }
    }

    fn order_workers(&mut self, index: usize, workers: u64, startup: Span) {
        if startup == Span::ZERO {
            return self.start_workers(index, workers, 0);
        }
        let pool = &mut self.pools[index];
        pool.ordered += 1;
        let number = pool.ordered;
        pool.orders.push(Order { number, workers, leaving: 0 });
        self.set_timer(self.log.now + startup, Timer::Start { pool: index, order: number });
    }

    /// The workers of an order start.
    fn start_ordered(&mut self, index: usize, number: u64) {
        let orders = &mut self.pools[index].orders;
        let place = orders.iter().position(|order| order.number == number).expect("an order starts once");
        let Order { workers, leaving, .. } = orders.remove(place);
        self.start_workers(index, workers, leaving);
    }

    /// Workers start; those of them that were let go meanwhile leave at once.
    fn start_workers(&mut self, index: usize, workers: u64, leave: u64) {
        let pool = &mut self.pools[index];
        let station = pool.station;
        pool.idle += workers - leave;
        self.log.tell(FactKind::WorkersStarted, station, station, workers, Span::ZERO);
        if leave > 0 {
            self.log.tell(FactKind::WorkersLeft, station, station, leave, Span::ZERO);
        }
        self.pull_many(index);
    }
}
