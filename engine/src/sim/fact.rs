//! Facts: what happened, when, to which booking, where.
//!
//! Measures fold them, a trace prints them, the digest follows from them. A fact says enough to follow every level (how many
//! wait, how many are busy, what is owed) without asking a station.

use super::time::Span;

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What happened.
    pub kind: FactKind,
    /// Where, as an index into the network's stations.
    pub station: usize,
    /// The other station concerned, where there is one: see [`FactKind`].
    pub other: usize,
    /// The booking's number from 0; for facts about workers, how many of them.
    pub booking: u64,
    /// A length of time, where `kind` has one.
    pub span: Span,
}

/// What happened. `station` and `other` are named for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum FactKind {
    // Patients.
    /// A booking is asked for, for the first time (station: patients).
    Arrived,
    /// A further try starts (patients).
    TriedAgain,
    /// The last try failed by a rejection, and the booking ends (patients).
    EndedRejected,
    /// The last try failed because the patient gave up, and the booking ends (patients).
    EndedAbandoned,
    // The API.
    /// A try reaches the API (api).
    Reached,
    /// It joins the line for a thread (api).
    Lined,
    /// It leaves the line because the patient gave up (api).
    GaveUp,
    /// It leaves the line for a thread (api).
    Unlined,
    /// A thread takes it (api). Span: how long the thread is held for service and publishing.
    Began,
    /// The thread is free again (api). Span: how long it was held for a call to a clinic, else 0.
    Released,
    /// The try is rejected (api).
    Refused,
    /// The booking is accepted (api). Span: acceptance latency.
    Accepted,
    // Queues.
    /// A message joins the queue for the first time (queue; other: api).
    Enqueued,
    /// A message comes back after its backoff (queue).
    Redelivered,
    /// A worker takes a message (queue; other: pool). Span: queue wait.
    Taken,
    // Pools.
    /// A call failed and the message goes back to its queue after a backoff (queue; other: pool). Span: the backoff.
    Delayed,
    /// A call got no reply in time (pool or api; other: clinic). Span: the timeout.
    TimedOut,
    /// The booking is confirmed (pool; or api for a synchronous call, with no other). Span: end-to-end latency.
    Confirmed,
    /// Workers are ordered (pool). Booking: how many.
    WorkersOrdered,
    /// Workers start (pool). Booking: how many.
    WorkersStarted,
    /// Workers leave (pool). Booking: how many.
    WorkersLeft,
    /// The breaker opens (pool).
    BreakerOpened,
    /// The breaker lets one message through (pool).
    BreakerHalfOpened,
    /// The breaker closes (pool).
    BreakerClosed,
    // Messages given up.
    /// A message is parked (dead letters; other: the queue or pool that discards it).
    DeadLettered,
    /// A message is discarded and parked nowhere (the queue or pool that discards it).
    Lost,
    // Clinics.
    /// A call arrives (clinic; other: pool or api).
    Called,
    /// It waits for a slot (clinic).
    CallWaits,
    /// A waiting call is given up by its caller (clinic).
    CallWithdrawn,
    /// A waiting call's turn has come (clinic).
    CallUnlined,
    /// A slot serves it (clinic). Span: the service time.
    Served,
    /// Its slot is free again (clinic).
    SlotFreed,
    /// A call failed: by the error rate, or by an outage (clinic).
    CallFailed,
    /// A call is refused because too many wait (clinic).
    CallRefused,
    /// The clinic has booked a booking once more (clinic).
    Duplicated,
    // The run.
    /// A station's parameters were changed by hand (any station).
    Changed,
}

impl FactKind {
    /// Whether it happens to a booking that goes its way undisturbed and does not end it.
    #[inline(always)]
    pub const fn is_usual(self) -> bool {
        use FactKind::*;
        matches!(self, Arrived | Reached | Began | Released | Accepted | Enqueued | Taken | Called | Served | SlotFreed)
    }
}

/// Kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactSet(u64);

impl FactSet {
    /// None of them.
    pub const NONE: FactSet = FactSet(0);
    /// All of them.
    pub const ALL: FactSet = FactSet(u64::MAX);

    /// These kinds.
    pub const fn of(kinds: &[FactKind]) -> FactSet {
        let (mut set, mut next) = (0, 0);
        while next < kinds.len() {
            set |= 1 << kinds[next] as u64;
            next += 1;
        }
        FactSet(set)
    }

    /// Whether a kind is one of them.
    #[inline(always)]
    pub const fn contains(self, kind: FactKind) -> bool {
        self.0 >> kind as u64 & 1 == 1
    }
}
