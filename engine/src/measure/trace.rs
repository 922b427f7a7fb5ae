//! Tracing single bookings: which booking had a certain latency, and all that happened to one booking.
//!
//! Measures fold facts and store none; a tracer stores a few. Their number is bounded: facts beyond that are dropped.

use super::histogram::rank;
use crate::sim::fact::{Fact, FactKind, FactSet};
use crate::sim::time::{Span, Time};

/// The most facts that are stored of a booking or a step. A booking of a hundred attempts has about a thousand.
pub const MAX_FACTS: usize = 4096;
/// The most latencies of a stretch of time that are stored to choose from.
const MAX_CHOICE: usize = 100_000;

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum BookingTracer {
    /// The longest end-to-end latency.
    Longest(Option<(Span, u64)>),
    /// All latencies of a stretch of time.
    Stretch(Stretch),
    /// The booking that came to a station last.
    Latest {
        /// By its index in the network.
        station: usize,
        /// The booking's number; `None`: nothing has come so far.
        number: Option<u64>,
    },
    /// The booking that met one of these facts last.
    Met {
        /// Any of them.
        kinds: FactSet,
        /// The booking's number; `None`: nobody has so far.
        number: Option<u64>,
    },
    /// One booking, with the breakers that open and close while it waits.
    Booking {
        /// Its number, from 0.
        number: u64,
        /// What was found so far, at most [`MAX_FACTS`].
        facts: Facts,
    },
}

/// Facts with their times, in order.
pub type Facts = Vec<(Time, Fact)>;

/// Which latency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Latency {
    /// From asking for a booking to the reply.
    Acceptance,
    /// From asking for a booking to its confirmation.
    EndToEnd,
}

/// Latencies that came up in a stretch of time: `from ≤ t < to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Which latency.
    pub latency: Latency,
    /// The first moment.
    pub from: Time,
    /// The first moment after it.
    pub to: Time,
    found: Vec<(Span, u64)>,
}

impl Stretch {
    /// The stretch before anything was found.
    pub fn new(latency: Latency, from: Time, to: Time) -> Stretch {
        Stretch { latency, from, to, found: Vec::new() }
    }

    /// The booking with the latency at percentile `p` (0–1); of equal latencies the earliest booking.
    pub fn at(&self, p: f64) -> Option<u64> {
        let mut found = self.found.clone();
        found.sort_unstable();
        let rank = rank(p.clamp(0.0, 1.0), found.len() as u64) as usize;
        found.get(rank - 1).map(|(_, booking)| *booking)
    }
}

impl BookingTracer {
    /// The facts it is to be given.
    pub fn kinds(&self) -> FactSet {
        match self {
            BookingTracer::Longest(_) => FactSet::of(&[FactKind::Confirmed]),
            BookingTracer::Stretch(_) => FactSet::of(&[FactKind::Accepted, FactKind::Confirmed]),
            BookingTracer::Latest { .. } => FactSet::of(COMES),
            BookingTracer::Met { kinds, .. } => *kinds,
            BookingTracer::Booking { .. } => FactSet::ALL,
        }
    }

    /// Takes note of a fact.
    pub fn fact(&mut self, at: Time, fact: &Fact) {
        match self {
            BookingTracer::Longest(longest) => {
                if fact.kind == FactKind::Confirmed && longest.is_none_or(|(span, _)| fact.span > span) {
                    *longest = Some((fact.span, fact.booking));
                }
            }
            BookingTracer::Stretch(stretch) => {
                let wanted = match stretch.latency {
                    Latency::Acceptance => FactKind::Accepted,
                    Latency::EndToEnd => FactKind::Confirmed,
                };
                let inside = fact.kind == wanted && stretch.from <= at && at < stretch.to;
                if inside && stretch.found.len() < MAX_CHOICE {
                    stretch.found.push((fact.span, fact.booking));
                }
            }
            BookingTracer::Latest { station, number } => {
                let at = if fact.kind == FactKind::Taken { fact.other } else { fact.station };
                if at == *station && COMES.contains(&fact.kind) {
                    *number = Some(fact.booking);
                }
            }
            BookingTracer::Met { kinds, number } => {
                if kinds.contains(fact.kind) {
                    *number = Some(fact.booking);
                }
            }
            BookingTracer::Booking { number, facts } => match fact.kind {
                // These count workers, or nothing, where others name a booking.
                FactKind::WorkersOrdered | FactKind::WorkersStarted | FactKind::WorkersLeft | FactKind::Changed => {}
                FactKind::BreakerOpened | FactKind::BreakerHalfOpened | FactKind::BreakerClosed
                    if facts.last().is_some_and(|(_, last)| waits_after(last.kind)) =>
                {
                    keep(facts, at, fact);
                }
                FactKind::BreakerOpened | FactKind::BreakerHalfOpened | FactKind::BreakerClosed => {}
                _ if fact.booking == *number => keep(facts, at, fact),
                _ => {}
            },
        }
    }
}

/// Facts by which a booking comes to a component.
const COMES: &[FactKind] = {
    use FactKind::*;
    &[Lined, Began, Refused, Enqueued, Redelivered, Taken, DeadLettered, CallWaits, Served, CallRefused]
};

/// Whether a booking waits for a worker after this: then a breaker is part of its story.
fn waits_after(kind: FactKind) -> bool {
    use FactKind::*;
    matches!(kind, Enqueued | Accepted | Redelivered | Delayed | BreakerOpened | BreakerHalfOpened | BreakerClosed)
}

fn keep(facts: &mut Facts, at: Time, fact: &Fact) {
    if facts.len() < MAX_FACTS {
        facts.push((at, *fact));
    }
}
