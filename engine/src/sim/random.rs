//! Chance: a stream of its own for every purpose of every station, and in it draws of their own for every booking.
//!
//! A stream is named by (seed, purpose, node id); a draw by (stream, booking number, turn). Nothing else enters, so adding, renaming or moving a
//! component changes no other component's draws, and booking 1042 needs the same time at a clinic in every design that has it: common
//! random numbers (Law, *Simulation Modeling and Analysis*, §11.2), which make two designs comparable with one run each.
//!
//! The generator is SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014) used as a counter: its n-th output
//! is a mix of key + n × γ, so that a place in the stream can be reached without passing those before. It gives the same bits everywhere. The
//! generators of `rand` are sequences: a draw keyed by booking and turn would need a generator of its own for each, seeded at some cost.

use std::convert::Infallible;

use rand::TryRng;

/// What a stream is for. The names enter the streams' keys: renaming one changes every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Gaps between bookings.
    Arrivals,
    /// The factor of the delay before a further try.
    RetryDelay,
    /// Which target a request is passed to.
    Route,
    /// Time on an API's thread.
    Service,
    /// Time that a worker spends before it calls.
    Handling,
    /// The jitter of a backoff.
    Backoff,
    /// Which clinic system a booking belongs to.
    ClinicChoice,
    /// The variable part of a call's service.
    ClinicTime,
    /// Whether a served call fails.
    ClinicError,
}

/// A stream of draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: u64,
}

/// The draws of one booking in one stream, at one turn.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    state: u64,
}

/// The odd constant nearest to 2⁶⁴ ÷ the golden ratio.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
/// Bits of the counter for the draws of one turn, and for the turns of one booking.
const DRAW_BITS: u32 = 9;
const TURN_BITS: u32 = 7;

/// SplitMix64's output function.
#[inline(always)]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Stream {
    /// The stream for `purpose` at the node `id`. Arrivals belong to the scenario, whatever the design: their id is empty.
    pub fn new(seed: u64, purpose: Purpose, id: &str) -> Stream {
        let mut key = mix(seed.wrapping_add(GAMMA));
        for byte in format!("{purpose:?}/{id}").bytes() {
            key = mix((key ^ u64::from(byte)).wrapping_add(GAMMA));
        }
        Stream { key }
    }

    /// The draws for a booking at a turn (its try or attempt, counted from 0).
    #[inline(always)]
    pub fn draws(self, booking: u64, turn: u32) -> Draws {
        let place = ((booking << TURN_BITS) | u64::from(turn)) << DRAW_BITS;
        Draws { state: self.key.wrapping_add(place.wrapping_mul(GAMMA)) }
    }
}

impl Draws {
    /// 64 equally likely bits.
    #[inline(always)]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// Uniform on [0, 1), a multiple of 2⁻⁵³.
    #[inline(always)]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }
}

/// So that `rand`'s methods and distributions work on a stream.
impl TryRng for Draws {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Infallible> {
        for chunk in target.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    /// 10⁵ draws over neighbouring bookings: mean 1/2 and neighbouring draws uncorrelated, each within five standard errors.
    #[test]
    fn neighbouring_bookings_are_independent() {
        let stream = Stream::new(1, Purpose::Service, "api");
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|b| stream.draws(b, 0).unit()).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 5.0 * (1.0f64 / 12.0 / n as f64).sqrt(), "mean {mean}");
        let lag = draws.windows(2).map(|w| (w[0] - 0.5) * (w[1] - 0.5)).sum::<f64>() * 12.0 / n as f64;
        assert!(lag.abs() < 5.0 / (n as f64).sqrt(), "correlation {lag}");
    }

    #[test]
    fn streams_depend_on_seed_purpose_and_id() {
        let first = |seed, purpose, id| Stream::new(seed, purpose, id).draws(0, 0).bits();
        let base = first(1, Purpose::Service, "api");
        assert_ne!(base, first(2, Purpose::Service, "api"));
        assert_ne!(base, first(1, Purpose::Route, "api"));
        assert_ne!(base, first(1, Purpose::Service, "api-2"));
        assert_eq!(base, first(1, Purpose::Service, "api"));
    }

    #[test]
    fn rand_reads_the_same_bits() {
        let stream = Stream::new(7, Purpose::Backoff, "consumers");
        let mut ours = stream.draws(3, 1);
        let mut theirs = stream.draws(3, 1);
        assert_eq!(ours.bits(), theirs.random::<u64>());
        assert_eq!(ours.unit(), theirs.random::<f64>());
    }
}
