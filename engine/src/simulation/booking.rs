//! What flows: bookings by value, and the calls that are made for them.

use crate::sim::slab::{Linked, Links, NONE};
use crate::sim::time::Time;

/// The highest number of bookings a run may have, so that a number fits into a stream's counter.
pub const MAX_BOOKINGS: u64 = 1 << 48;

/// What one waiting booking takes in a line or a queue, in bytes.
pub const BOOKING_BYTES: usize = size_of::<Booking>();

/// A booking: all there is to know about it, wherever it is.
#[derive(Clone, Copy, Debug)]
pub struct Booking {
    pub number: u64,
    /// When its first try started.
    pub since: Time,
    /// When its message was first enqueued.
    pub enqueued: Time,
    /// When its message was last (re)enqueued.
    pub queued: Time,
    /// Its place in the slab of shared_bookings, or [`NONE`].
    pub shared: u32,
    /// Tries before this one (of the patient).
    pub tries: u8,
    /// Failed attempts (of workers).
    pub attempts: u8,
}

impl Booking {
    pub fn new(number: u64, since: Time) -> Booking {
        debug_assert!(number < MAX_BOOKINGS);
        Booking { number, since, enqueued: since, queued: since, shared: NONE, tries: 0, attempts: 0 }
    }

    /// Turns of the same booking at the same station draw apart: every try and every attempt of a try has its own.
    #[inline(always)]
    pub fn turn(&self) -> u32 {
        // A booking either is tried again before it is accepted or attempted again after: the sum names the turn.
        u32::from(self.tries) + u32::from(self.attempts)
    }
}

/// A try on its way to an API.
#[derive(Clone, Copy, Debug)]
pub struct Transit {
    pub key: crate::sim::calendar::Key,
    pub booking: Booking,
    pub api: u32,
}

/// A request in an API's line.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    pub booking: Booking,
    pub since: Time,
    /// Its place in the order of scheduling, for its patience.
    pub order: u64,
}

/// What copies of a booking share once a call of it was abandoned.
#[derive(Clone, Debug, Default)]
pub struct SharedBooking {
    /// The booking itself, until it has ended, and its abandoned calls under way.
    pub holders: u32,
    /// The clinic stations that have booked it.
    pub booked_by: Vec<usize>,
}

/// What waits for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A thread of an API, by its slot.
    Api(u32, u32),
    /// A worker of a pool, by its slot.
    Pool(u32, u32),
    /// It gave up.
    Gone,
}

/// A call to a clinic, from its arrival there until its end.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub number: u64,
    pub turn: u32,
    pub shared: u32,
    pub caller: Caller,
    /// The clinic station, and which of its systems.
    pub clinic: u32,
    pub system: u32,
    pub state: CallState,
    /// In the line of its system.
    pub links: Links,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// In the line for a slot.
    Waiting,
    /// In a slot.
    Served,
    /// Refused; its failure is on the way.
    Failing,
}

impl Linked for Call {
    fn links(&mut self) -> &mut Links {
        &mut self.links
    }
}

/// An API thread or a worker with what it works on.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub booking: Booking,
    /// The call under way, or [`NONE`].
    pub call: u32,
    /// The chosen target (API) or the queue it came from (worker).
    pub other: u32,
    /// For a worker: the breaker's epoch in which it took the message.
    pub epoch: u32,
    /// When the call began, and its place in the order of scheduling, for the timeout.
    pub called: Time,
    pub order: u64,
    /// In the order of calls.
    pub links: Links,
}

impl Held {
    pub fn new(booking: Booking, other: u32, epoch: u32) -> Held {
        Held { booking, call: NONE, other, epoch, called: Time::ZERO, order: 0, links: Links::FREE }
    }
}

impl Linked for Held {
    fn links(&mut self) -> &mut Links {
        &mut self.links
    }
}
