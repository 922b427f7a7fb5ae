//! The digest of a run: one number over all its events in order. Equal digests mean equal runs, on any platform.
//!
//! It covers each event's time, what was due, and how many facts there were so far; and of every fact that does not happen to each booking
//! on its way, or that ends one, what it was, where, and the booking. Runs that differ by chance have other digests; it is no protection
//! from forgeries. Covering each of a booking's eleven facts takes 65 instructions more.

use crate::sim::fact::Fact;
use crate::sim::time::Time;

/// The digest so far, and how many facts it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    state: u64,
    facts: u64,
}

/// Two odd constants with well spread bits (the fractional parts of √2 and √3).
const K1: u64 = 0x6a09_e667_f3bc_c909;
const K2: u64 = 0xbb67_ae85_84ca_a73b;

impl Default for Digest {
    fn default() -> Digest {
        Digest { state: K2, facts: 0 }
    }
}

impl Digest {
    /// One fact more.
    #[inline(always)]
    pub fn count(&mut self) {
        self.facts += 1;
    }

    /// A fact that is covered itself.
    #[inline(always)]
    pub fn add(&mut self, fact: &Fact) {
        self.mix((fact.kind as u64) << 56 | (fact.station as u64 & 0xff) << 48 | fact.booking);
    }

    /// An event is over.
    #[inline(always)]
    pub fn event(&mut self, at: Time, source: usize) {
        self.mix(at.0.wrapping_mul(K1) ^ (self.facts << 10 | source as u64));
    }

    #[inline(always)]
    fn mix(&mut self, entry: u64) {
        self.state = (self.state ^ entry).wrapping_mul(K2).rotate_left(29);
    }

    /// How many facts it covers.
    pub fn facts(&self) -> u64 {
        self.facts
    }

    /// 16 hexadecimal digits.
    pub fn hex(&self) -> String {
        let mut z = self.state ^ self.facts;
        z = (z ^ (z >> 32)).wrapping_mul(K1);
        z = (z ^ (z >> 29)).wrapping_mul(K2);
        format!("{:016x}", z ^ (z >> 32))
    }
}
