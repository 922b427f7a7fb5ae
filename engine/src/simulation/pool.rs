//! The consumer pool: workers take messages, call clinics, and confirm, retry or give up.

use super::Simulation;
use super::booking::{Booking, Caller, Held};
use super::stations::{Pool, Role};
use crate::sim::calendar::Key;
use crate::sim::fact::FactKind;
use crate::sim::network::Consumers;
use crate::sim::slab::NONE;
use crate::sim::time::Span;

/// Places of a pool's sources in the calendar, after its first.
const HANDLING: usize = 0;
const TIMEOUT: usize = 1;

impl Pool {
    /// How many workers may take a message now.
    #[inline(always)]
    pub fn ready(&self) -> u64 {
        self.idle.min(self.breaker.admits())
    }
}

impl Simulation {
    /// Idle workers take what waits.
    #[inline(always)]
    pub(super) fn pull(&mut self, index: usize) {
        while self.pools[index].ready() > 0 {
            let Some((queue, booking)) = self.next_message(index) else { break };
            self.take(index, queue, booking);
        }
    }

    /// An idle worker takes a message.
    #[inline(always)]
    pub(super) fn take(&mut self, index: usize, queue: usize, booking: Booking) {
        let pool = &mut self.pools[index];
        pool.idle -= 1;
        pool.busy += 1;
        let epoch = pool.breaker.take();
        let slot = pool.workers.put(Held::new(booking, queue as u32, epoch));
        let handling = pool.handling.sample(&mut pool.handling_stream.draws(booking.number, booking.turn()));
        let station = pool.station;
        self.tell(FactKind::Taken, self.queues[queue].station, station, booking.number, self.now - booking.queued);
        let key = self.key(self.now + handling);
        let pool = &mut self.pools[index];
        pool.handlings.push(key, slot);
        self.calendar.set(pool.source + HANDLING, pool.handlings.first());
    }

    /// A worker has handled its message and calls a clinic.
    #[inline(always)]
    pub(super) fn handling_ends(&mut self, index: usize) {
        self.order += 1;
        let pool = &mut self.pools[index];
        let (_, slot) = pool.handlings.pop().expect("a worker is due");
        self.calendar.set(pool.source + HANDLING, pool.handlings.first());
        let booking = pool.workers[slot].booking;
        let Role::Clinic(clinic) = pool.clinics.to[pool.clinics.pick(&booking) as usize] else {
            unreachable!("a pool calls clinics")
        };
        pool.workers[slot].called = self.now;
        pool.workers[slot].order = self.order;
        pool.calls.push(&mut pool.workers, slot);
        if pool.calls.len() == 1 {
            self.watch_pool_timeout(index);
        }
        let call = self.call(clinic, Caller::Pool(index, slot), &booking);
        self.pools[index].workers[slot].call = call;
    }

    /// The oldest call under way times out first: all have the same timeout.
    #[inline(always)]
    pub(super) fn watch_pool_timeout(&mut self, index: usize) {
        let pool = &self.pools[index];
        let key = match (pool.calls.first(), pool.params.timeout) {
            (Some(slot), Some(timeout)) => {
                let held = &pool.workers[slot];
                Key { at: (held.called + timeout).max(self.now).0, order: held.order }
            }
            _ => Key::NEVER,
        };
        self.calendar.set(pool.source + TIMEOUT, key);
    }

    pub(super) fn pool_call_times_out(&mut self, index: usize) {
        let pool = &self.pools[index];
        let slot = pool.calls.first().expect("a call is under way");
        let (station, held) = (pool.station, pool.workers[slot]);
        let clinic = self.abandon(held.call, Caller::Pool(index, slot));
        self.tell(FactKind::TimedOut, station, clinic, held.booking.number, self.now - held.called);
        self.pool_call_ends(index, slot, false);
    }

    /// The call of a worker ended, well or not. The worker is free at once.
    #[inline(always)]
    pub(super) fn pool_call_ends(&mut self, index: usize, slot: u32, booked: bool) {
        let pool = &mut self.pools[index];
        // Read anew: an abandoned call gave the booking a shared.
        let Held { booking, other: queue, epoch, .. } = pool.workers[slot];
        let was_first = pool.calls.first() == Some(slot);
        pool.workers[slot].call = NONE;
        pool.calls.remove(&mut pool.workers, slot);
        pool.workers.free(slot);
        pool.busy -= 1;
        let station = pool.station;
        if was_first {
            self.watch_pool_timeout(index);
        }
        self.breaker_hears(index, epoch, booked);
        if booked {
            self.tell(FactKind::Confirmed, station, station, booking.number, self.now - booking.since);
            self.leaves(booking.shared);
        } else {
            self.attempt_failed(index, queue as usize, booking);
        }
        self.worker_free(index);
        self.pull(index);
    }

    /// Back to the queue after a backoff, or, after the last attempt, given up.
    fn attempt_failed(&mut self, index: usize, queue: usize, mut booking: Booking) {
        let pool = &self.pools[index];
        let (station, turn) = (pool.station, booking.turn());
        booking.attempts += 1;
        if u32::from(booking.attempts) >= pool.params.attempts {
            let dead_letter = pool.dead_letter.or(self.queues[queue].dead_letter);
            return self.discard(booking, station, dead_letter);
        }
        let mut backoff = backoff(&pool.params, u32::from(booking.attempts));
        if pool.params.jitter {
            backoff = backoff.times(pool.backoff_stream.draws(booking.number, turn).unit());
        }
        self.delay(queue, station, booking, backoff);
    }

    /// A worker has nothing to do: it leaves, if one is to leave, or is idle.
    #[inline(always)]
    fn worker_free(&mut self, index: usize) {
        let pool = &mut self.pools[index];
        if pool.leaving > 0 {
            pool.leaving -= 1;
            let station = pool.station;
            self.tell(FactKind::WorkersLeft, station, station, 1, Span::ZERO);
        } else {
            pool.idle += 1;
        }
    }
}

/// The backoff after `attempt` failed attempts, without jitter: base × factor^(attempt − 1), at most the longest.
fn backoff(params: &Consumers, attempt: u32) -> Span {
    let mut backoff = params.backoff_base;
    for _ in 1..attempt {
        if backoff >= params.backoff_max {
            break;
        }
        backoff = backoff.times(params.backoff_factor);
    }
    backoff.min(params.backoff_max)
}
