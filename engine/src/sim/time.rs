//! Simulated time: a moment and a length of time, both whole nanoseconds.
//!
//! Integers, so that adding spans in another order cannot change a run. A `u64` of nanoseconds holds 584 years; the longest run the files
//! allow is a week.

use std::ops::{Add, AddAssign, Sub};

/// Nanoseconds in one second.
pub const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// A moment of a run: nanoseconds since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

/// A length of time in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub u64);

impl Time {
    /// The start.
    pub const ZERO: Time = Time(0);
    /// Later than anything that can happen.
    pub const NEVER: Time = Time(u64::MAX);

    /// The moment `seconds` after the start; negative values give the start.
    pub fn from_seconds(seconds: f64) -> Time {
        Time(nanos(seconds))
    }

    /// Seconds since the start.
    pub fn seconds(self) -> f64 {
        self.0 as f64 / NANOS_PER_SECOND as f64
    }

    /// The time from `earlier` until this moment; zero if `earlier` is later.
    pub fn since(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// So many seconds, to the nearest nanosecond; negative values give zero.
    pub fn from_seconds(seconds: f64) -> Span {
        Span(nanos(seconds))
    }

    /// So many milliseconds, to the nearest nanosecond; negative values give zero.
    pub fn from_millis(millis: f64) -> Span {
        Span((millis * 1e6 + 0.5) as u64)
    }

    /// In seconds.
    pub fn seconds(self) -> f64 {
        self.0 as f64 / NANOS_PER_SECOND as f64
    }

    /// In milliseconds.
    pub fn millis(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// This span times a factor, to the nearest nanosecond.
    pub fn times(self, factor: f64) -> Span {
        Span((self.0 as f64 * factor + 0.5) as u64)
    }
}

/// Seconds as whole nanoseconds; the cast saturates, so no value can wrap.
fn nanos(seconds: f64) -> u64 {
    (seconds * NANOS_PER_SECOND as f64 + 0.5) as u64
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub<Time> for Time {
    type Output = Span;
    fn sub(self, earlier: Time) -> Span {
        debug_assert!(earlier <= self, "time went back from {earlier:?} to {self:?}");
        Span(self.0.wrapping_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}
