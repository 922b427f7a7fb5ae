//! The consumer pool: workers take messages, call clinics, and confirm, retry or give up.

use super::Simulation;
use super::booking::{Booking, Caller, Held};
use super::log::{Agenda, Log};
use super::routes::Role;
use super::stations::Pool;
use super::unfinished::{AT_ONCE, Unfinished};
use crate::sim::calendar::Key;
use crate::sim::fact::FactKind;
use crate::sim::network::Consumers;
use crate::sim::slab::NONE;
use crate::sim::time::Span;

impl Pool {
    /// How many workers may take a message now.
    #[inline(always)]
    pub fn ready(&self) -> u64 {
        self.idle.min(self.breaker.admits())
    }

    /// The calendar shows when the oldest call under way times out: all have the same timeout.
    fn set_alarm(&mut self, log: &Log, agenda: &mut Agenda) {
        let (key, alarm) = match (self.calls.first(), self.params.timeout) {
            (Some(slot), Some(timeout)) => {
                let Held { called, order, .. } = self.workers[slot];
                (Key { at: (called + timeout).max(log.now).0, order }, order)
            }
            _ if self.alarm == 0 => return,
            _ => (Key::NEVER, 0),
        };
        self.alarm = alarm;
        agenda.set(self.timeout_source, key);
    }

    /// An idle worker takes a message from the queue at `station`.
    #[inline(always)]
    pub fn take(&mut self, queue: usize, station: usize, booking: Booking, log: &mut Log, agenda: &mut Agenda) {
        self.idle -= 1;
        self.busy += 1;
        let epoch = self.breaker.take();
        let slot = self.workers.put(Held::new(booking, queue as u32, epoch));
        let handling = self.handling.sample(&mut self.handling_stream.draws(booking.number, booking.turn()));
        log.tell(FactKind::Taken, station, self.station, booking.number, log.now - booking.queued);
        let key = agenda.key(log.now + handling);
        if self.handlings.push(key, slot) {
            agenda.set(self.handling_source, key);
        }
    }
}

impl Simulation {
    /// Idle workers take what waits; expired messages are discarded on the way. Returns how many messages left their queue.
    #[inline(always)]
    pub(super) fn pull(&mut self, index: usize) -> u64 {
        let mut taken = 0;
        loop {
            let pool = &mut self.pools[index];
            if pool.ready() == 0 {
                return taken;
            }
            if taken == AT_ONCE {
                self.leave_rest(Unfinished::Workers(index));
                return taken;
            }
            let from = match pool.reads[..] {
                [only] => only,
                _ => match self.longest_waiting(index) {
                    Some(queue) => queue,
                    None => return taken,
                },
            };
            let queue = &mut self.queues[from];
            let Some(booking) = queue.pop() else { return taken };
            taken += 1;
            if queue.has_expired(&booking, self.log.now) {
                self.expire(from, booking);
            } else {
                self.pools[index].take(from, queue.station, booking, &mut self.log, &mut self.agenda);
            }
        }
    }

    /// The same where many workers may be idle.
    #[cold]
    #[inline(never)]
    pub(super) fn pull_many(&mut self, index: usize) -> u64 {
        self.pull(index)
    }

    /// A worker has handled its message and calls a clinic.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn handling_ends(&mut self, index: usize) {
        let Simulation { pools, clinics, calls, disruptions, log, agenda, .. } = self;
        agenda.order += 1;
        let pool = &mut pools[index];
        let slot = pool.handlings.pop().expect("a worker is due");
        agenda.set(pool.handling_source, pool.handlings.first());
        pool.calls.push(&mut pool.workers, slot);
        let held = &mut pool.workers[slot];
        (held.called, held.order) = (log.now, agenda.order);
        if pool.alarm == 0 {
            pool.set_alarm(log, agenda);
        }
        let held = &mut pool.workers[slot];
        let Role::Clinic(clinic) = pool.clinics.to[pool.clinics.pick(&held.booking) as usize] else {
            unreachable!("a pool calls clinics")
        };
        let caller = Caller::Pool(index as u32, slot);
        held.call =
            clinics[clinic].call(clinic, caller, pool.station, &held.booking, (calls, disruptions, log, agenda));
    }

    pub(super) fn watch_pool_timeout(&mut self, index: usize) {
        self.pools[index].set_alarm(&self.log, &mut self.agenda);
    }

    /// The oldest call times out. Where the call that the calendar shows was over before, the calendar shows the one that is the oldest now:
    /// so the timeout of most calls costs nothing.
    pub(super) fn pool_alarm(&mut self, index: usize) {
        let pool = &self.pools[index];
        let oldest = pool.calls.first().filter(|&slot| pool.workers[slot].order == pool.alarm);
        let Some(slot) = oldest else { return self.watch_pool_timeout(index) };
        let (station, held) = (pool.station, pool.workers[slot]);
        let clinic = self.abandon(held.call, Caller::Pool(index as u32, slot));
        self.log.tell(FactKind::TimedOut, station, clinic, held.booking.number, self.log.now - held.called);
        self.pool_call_ends(index, slot, false);
        self.watch_pool_timeout(index);
    }

    /// The call of a worker ended, well or not. The worker is free at once.
    #[inline(always)]
    pub(super) fn pool_call_ends(&mut self, index: usize, slot: u32, booked: bool) {
        let pool = &mut self.pools[index];
        pool.calls.remove(&mut pool.workers, slot);
        pool.workers.free(slot);
        pool.busy -= 1;
        let held = &mut pool.workers[slot];
        held.call = NONE;
        let station = pool.station;
        if booked && pool.leaving == 0 && pool.params.breaker.is_none() {
            let Booking { number, since, shared, .. } = held.booking;
            pool.idle += 1;
            self.log.tell(FactKind::Confirmed, station, station, number, self.log.now - since);
            self.leaves(shared);
        } else {
            self.outcome_counts(index, slot, booked);
        }
        self.pull(index);
        if !booked {
            self.settle();
        }
    }

    /// An outcome where something else hangs on it: the breaker, a further attempt, or a worker that leaves.
    fn outcome_counts(&mut self, index: usize, slot: u32, booked: bool) {
        let pool = &self.pools[index];
        // Read only now: an abandoned call gave the booking a part that is shared.
        let Held { booking, other: queue, epoch, .. } = pool.workers[slot];
        let station = pool.station;
        self.count_outcome(index, epoch, booked);
        if booked {
            self.log.tell(FactKind::Confirmed, station, station, booking.number, self.log.now - booking.since);
            self.leaves(booking.shared);
        } else {
            self.attempt_failed(index, queue as usize, booking);
        }
        self.worker_free(index);
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
    fn worker_free(&mut self, index: usize) {
        let pool = &mut self.pools[index];
        if pool.leaving > 0 {
            pool.leaving -= 1;
            let station = pool.station;
            self.log.tell(FactKind::WorkersLeft, station, station, 1, Span::ZERO);
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
