//! The message queue: messages wait, are delayed, are taken, or are discarded.

use super::booking::Booking;
use super::routes::Role;
use super::stations::Pool;
use super::{NOWHERE, Simulation};
use crate::sim::fact::FactKind;
use crate::sim::network::{Discipline, Overflow};
use crate::sim::time::{Span, Time};

impl Simulation {
    /// The API at the station `by` publishes a message: the booking is accepted, unless the queue is full and rejects it.
    #[inline(always)]
    pub(super) fn publish(&mut self, by: usize, index: usize, mut booking: Booking) {
        let queue = &self.queues[index];
        let station = queue.station;
        if queue.params.capacity.is_some_and(|capacity| queue.waiting.len() as u64 >= capacity) {
            match queue.params.overflow {
                Overflow::Reject => return self.refuse(by, booking),
                Overflow::DropOldest => self.drop_oldest(index),
            }
        }
        (booking.enqueued, booking.queued) = (self.log.now, self.log.now);
        self.log.tell(FactKind::Enqueued, station, by, booking.number, Span::ZERO);
        self.accept(by, &booking);
        self.offer(index, booking);
    }

    /// Gives a message to an idle worker, or lets it wait.
    #[inline(always)]
    fn offer(&mut self, index: usize, booking: Booking) {
        match self.idlest_reader(index) {
            // Where a worker is idle nothing waits: it would have taken it. A redelivered message may have expired during its backoff.
            Some(_) if self.queues[index].has_expired(&booking, self.log.now) => self.expire(index, booking),
            Some(pool) => {
                let station = self.queues[index].station;
                self.pools[pool].take(index, station, booking, &mut self.log, &mut self.agenda);
            }
            None => self.queues[index].waiting.push(booking),
        }
    }

    /// The reading pool with the most idle workers, if any worker may take a message now.
    #[inline(always)]
    fn idlest_reader(&self, index: usize) -> Option<usize> {
        let mut best = None;
        let mut most = 0;
        for &pool in &self.queues[index].readers {
            // A half-open breaker lets one of them take, and all of them are idle: they count.
            let Pool { idle, .. } = self.pools[pool];
            if idle > most && self.pools[pool].ready() > 0 {
                (best, most) = (Some(pool), idle);
            }
        }
        best
    }

    fn drop_oldest(&mut self, index: usize) {
        while self.queues[index].params.capacity.is_some_and(|c| self.queues[index].waiting.len() as u64 >= c) {
            let oldest = self.queues[index].waiting.pop_front().expect("a full queue holds a message");
            self.discard(oldest, self.queues[index].station, self.queues[index].dead_letter);
        }
    }

    /// A message waits for its backoff.
    pub(super) fn delay(&mut self, index: usize, pool_station: usize, booking: Booking, backoff: Span) {
        self.log.tell(FactKind::Delayed, self.queues[index].station, pool_station, booking.number, backoff);
        let key = self.agenda.key(self.log.now + backoff);
        let queue = &mut self.queues[index];
        queue.delayed.push(key, booking);
        self.agenda.set(queue.source, queue.delayed.first());
    }

    /// A backoff is over: the message goes to the tail, whatever the queue's capacity.
    pub(super) fn delay_ends(&mut self, index: usize) {
        let queue = &mut self.queues[index];
        let (_, mut booking) = queue.delayed.pop().expect("a backoff is due");
        self.agenda.set(queue.source, queue.delayed.first());
        booking.queued = self.log.now;
        self.log.tell(FactKind::Redelivered, self.queues[index].station, NOWHERE, booking.number, Span::ZERO);
        self.offer(index, booking);
    }

    /// The queue whose next message has waited longest, of several that a pool reads.
    pub(super) fn longest_waiting(&self, pool: usize) -> Option<usize> {
        let next = |&index: &usize| self.queues[index].next().map(|booking| (booking.queued, index));
        self.pools[pool].reads.iter().filter_map(next).min().map(|(_, index)| index)
    }

    /// A queue discards a message that is too old.
    pub(super) fn expire(&mut self, index: usize, booking: Booking) {
        let queue = &self.queues[index];
        let (station, dead_letter) = (queue.station, queue.dead_letter);
        self.discard(booking, station, dead_letter);
    }

    /// A message is given up by the station `by`: parked where there is a place for it, else lost.
    pub(super) fn discard(&mut self, booking: Booking, by: usize, dead_letter: Option<usize>) {
        match dead_letter {
            Some(parked) => {
                debug_assert_eq!(self.roles[parked], Role::DeadLetter);
                self.log.tell(FactKind::DeadLettered, parked, by, booking.number, Span::ZERO);
            }
            None => self.log.tell(FactKind::Lost, by, by, booking.number, Span::ZERO),
        }
        self.leaves(booking.shared);
    }
}

impl super::stations::Queue {
    /// The next message for a worker.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<Booking> {
        match self.params.discipline {
            Discipline::Fifo => self.waiting.pop_front(),
            Discipline::Lifo => self.waiting.pop_back(),
        }
    }

    /// Whether a message is too old to be taken.
    #[inline(always)]
    pub fn has_expired(&self, booking: &Booking, now: Time) -> bool {
        self.params.max_age.is_some_and(|limit| now - booking.enqueued > limit)
    }

    /// The message that a worker would take next.
    fn next(&self) -> Option<&Booking> {
        match self.params.discipline {
            Discipline::Fifo => self.waiting.front(),
            Discipline::Lifo => self.waiting.back(),
        }
    }
}
