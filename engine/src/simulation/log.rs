//! What happened: facts folded into the measures as they come, and collected for an observer.

use crate::measure::Measures;
use crate::sim::calendar::{Calendar, Key};
use crate::sim::fact::{Fact, FactKind, FactSet};
use crate::sim::time::{Span, Time};

/// The present, and everything that is noted about it.
#[derive(Clone)]
pub struct Log {
    /// The time of the last event, or up to which everything has happened.
    pub now: Time,
    pub measures: Measures,
    /// Which facts are collected for an observer, and those of the events since they were last handed over.
    pub wanted: FactSet,
    pub facts: Vec<(Time, Fact)>,
}

impl Log {
    #[inline(always)]
    pub fn tell(&mut self, kind: FactKind, station: usize, other: usize, booking: u64, span: Span) {
        let fact = Fact { kind, station, other, booking, span };
        self.measures.fact(self.now, &fact);
        if self.wanted.contains(kind) {
            self.keep(fact);
        }
    }

    #[cold]
    #[inline(never)]
    fn keep(&mut self, fact: Fact) {
        self.facts.push((self.now, fact));
    }
}

/// What is to come.
#[derive(Clone)]
pub struct Agenda {
    /// Numbers entries in the order in which they are scheduled.
    pub order: u64,
    pub calendar: Calendar,
}

impl Agenda {
    /// The key of an entry due at `at`, scheduled now.
    #[inline(always)]
    pub fn key(&mut self, at: Time) -> Key {
        self.order += 1;
        Key { at: at.0, order: self.order }
    }

    #[inline(always)]
    pub fn set(&mut self, source: usize, key: Key) {
        self.calendar.set(source, key);
    }
}
