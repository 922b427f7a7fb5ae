//! Histograms of latencies with at most 0.1 % relative error (or 1 µs, if that is more), for any latency up to twelve days.
//!
//! HdrHistogram's layout (Tene, <https://hdrhistogram.org>): buckets are 1 µs wide up to 1024 µs; from there every doubling has 512 buckets,
//! and a bucket stands for its middle. So a histogram has 2¹⁴ buckets, whatever it holds.
//!
//! The crate `hdrhistogram` takes 42 instructions a latency where this takes 16 (callgrind, random latencies of 40 ms to 3 s): 130 a booking,
//! of which five latencies are recorded. It has no sparse form that two bins of a series could be merged from.

use crate::sim::time::Span;

/// Buckets that are looked at together.
const CHUNK: usize = 8;
/// Buckets of a histogram.
pub const BUCKETS: usize = 1 << 14;
/// Buckets of each doubling, as a power of two.
const BITS: u32 = 9;

/// The bucket of a latency.
#[inline(always)]
pub fn bucket(span: Span) -> usize {
    let micros = span.0 / 1000;
    let shift = (63 - (micros | 1).leading_zeros()).saturating_sub(BITS);
    let bucket = ((shift as usize) << BITS) + (micros >> shift) as usize;
    bucket.min(BUCKETS - 1)
}

/// The latency that a bucket stands for, in milliseconds.
pub fn middle_ms(bucket: usize) -> f64 {
    if bucket < 2 << BITS {
        return bucket as f64 / 1000.0;
    }
    let shift = (bucket >> BITS) - 1;
    let lowest = ((bucket - (shift << BITS)) as u64) << shift;
    (lowest as f64 + (1u64 << shift) as f64 / 2.0) / 1000.0
}

/// An array of a known length, so that adding to a bucket needs no check.
fn zeros<T: Copy + Default>() -> Box<[T; BUCKETS]> {
    vec![T::default(); BUCKETS].into_boxed_slice().try_into().unwrap_or_else(|_| unreachable!("it has that length"))
}

/// All latencies of one sort: buckets, and exact count, sum and maximum.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    counts: Box<[u64; BUCKETS]>,
    count: u64,
    /// Nanoseconds; 64 bits would overflow at ten million latencies of a day.
    sum: u128,
    max: Span,
}

impl Default for Histogram {
    fn default() -> Histogram {
        Histogram { counts: zeros(), count: 0, sum: 0, max: Span::ZERO }
    }
}

impl Histogram {
    /// Counts a latency.
    #[inline(always)]
    pub fn record(&mut self, span: Span) {
        self.counts[bucket(span)] += 1;
        self.record_totals(span);
    }

    /// Counts a latency in count, sum and maximum; its bucket follows later, with [`Histogram::merge`].
    #[inline(always)]
    pub fn record_totals(&mut self, span: Span) {
        self.count += 1;
        self.sum += u128::from(span.0);
        self.max = self.max.max(span);
    }

    /// Adds the buckets of latencies whose totals were recorded.
    pub fn merge(&mut self, sparse: &Sparse) {
        for &(bucket, count) in &sparse.buckets {
            self.counts[usize::from(bucket)] += u64::from(count);
        }
    }

    /// How many latencies were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Milliseconds; `None` if nothing was counted.
    pub fn mean_ms(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64 / 1e6)
    }

    /// Milliseconds, exact; `None` if nothing was counted.
    pub fn max_ms(&self) -> Option<f64> {
        (self.count > 0).then(|| self.max.millis())
    }

    /// The `rank`-th smallest latency in milliseconds (from 1); `None` beyond the last.
    pub fn ranked_ms(&self, rank: u64) -> Option<f64> {
        let mut seen = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= rank && rank > 0 {
                return Some(middle_ms(bucket).min(self.max.millis()));
            }
        }
        None
    }

    /// [`Histogram::ranked_ms`] of many ranks in rising order, in one pass.
    pub fn ranked_all_ms(&self, ranks: impl IntoIterator<Item = u64>) -> Vec<Option<f64>> {
        let (mut bucket, mut seen) = (0, self.counts[0]);
        let value = |rank: u64| {
            while seen < rank && bucket + 1 < self.counts.len() {
                bucket += 1;
                seen += self.counts[bucket];
            }
            (seen >= rank && rank > 0).then(|| middle_ms(bucket).min(self.max.millis()))
        };
        ranks.into_iter().map(value).collect()
    }

    /// The percentile `p` (0–1): the ⌈p·n⌉-th smallest latency in milliseconds.
    pub fn quantile_ms(&self, p: f64) -> Option<f64> {
        self.ranked_ms(rank(p, self.count))
    }
}

/// ⌈p·n⌉, at least 1.
pub fn rank(p: f64, n: u64) -> u64 {
    // 0.95 × 100 is 95.000…01 in binary: a hair's breadth is taken off before rounding up.
    ((p * n as f64 * (1.0 - 1e-12)).ceil() as u64).max(1)
}

/// The buckets of a histogram that hold anything: bucket and count, in rising order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sparse {
    /// Number of the bucket, and latencies in it; never 0.
    pub buckets: Vec<(u16, u32)>,
}

impl Sparse {
    /// How many latencies it holds.
    pub fn count(&self) -> u64 {
        self.buckets.iter().map(|(_, count)| u64::from(*count)).sum()
    }

    /// The percentiles `ps` (0–1, rising) in milliseconds; `None` if it holds nothing.
    pub fn quantiles_ms<const N: usize>(&self, ps: [f64; N]) -> [Option<f64>; N] {
        let n = self.count();
        let ranks = ps.map(|p| rank(p, n));
        let mut out = [None; N];
        let (mut seen, mut next) = (0, 0);
        for &(bucket, count) in &self.buckets {
            seen += u64::from(count);
            while next < N && seen >= ranks[next] {
                out[next] = Some(middle_ms(usize::from(bucket)));
                next += 1;
            }
        }
        out
    }

    /// Both together.
    pub fn merged(&self, other: &Sparse) -> Sparse {
        let mut buckets: Vec<(u16, u32)> = Vec::with_capacity(self.buckets.len() + other.buckets.len());
        let (mut a, mut b) = (self.buckets.iter().peekable(), other.buckets.iter().peekable());
        while let Some(&&entry) = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => Some(if x.0 <= y.0 { x } else { y }),
            (x, y) => x.or(y),
        } {
            let side = if a.peek() == Some(&&entry) { &mut a } else { &mut b };
            side.next();
            match buckets.last_mut() {
                Some(last) if last.0 == entry.0 => last.1 += entry.1,
                _ => buckets.push(entry),
            }
        }
        Sparse { buckets }
    }
}

/// The latencies of the open interval: quick to add to, emptied into a [`Sparse`] at the interval's end.
#[derive(Clone, Debug, PartialEq)]
pub struct BinAccumulator {
    counts: Box<[u32; BUCKETS]>,
    lowest: usize,
    highest: usize,
}

impl Default for BinAccumulator {
    fn default() -> BinAccumulator {
        BinAccumulator { counts: zeros(), lowest: BUCKETS, highest: 0 }
    }
}

impl BinAccumulator {
    /// Counts a latency.
    #[inline(always)]
    pub fn record(&mut self, span: Span) {
        let bucket = bucket(span);
        self.counts[bucket] += 1;
        self.lowest = self.lowest.min(bucket);
        self.highest = self.highest.max(bucket);
    }

    /// What it holds.
    pub fn sparse(&self) -> Sparse {
        if self.lowest > self.highest {
            return Sparse::default();
        }
        // Most buckets are empty: they are passed over eight at a time.
        let mut buckets = Vec::with_capacity(256);
        for (chunk, counts) in
            self.counts.chunks_exact(CHUNK).enumerate().take(self.highest / CHUNK + 1).skip(self.lowest / CHUNK)
        {
            if counts.iter().fold(0, |any, count| any | count) == 0 {
                continue;
            }
            for (offset, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                buckets.push(((chunk * CHUNK + offset) as u16, *count));
            }
        }
        Sparse { buckets }
    }

    /// Empties it for the next interval.
    pub fn clear(&mut self) {
        if self.lowest <= self.highest {
            self.counts[self.lowest..=self.highest].fill(0);
        }
        (self.lowest, self.highest) = (BUCKETS, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 1 µs to eleven days, a bucket's middle is within 0.1 % of (or 1 µs from) every latency in it, and buckets rise.
    #[test]
    fn buckets_keep_their_precision() {
        let mut before = 0;
        let mut nanos = 1000u64;
        while nanos < 950_000_000_000_000 {
            let bucket = bucket(Span(nanos));
            assert!(bucket >= before && bucket < BUCKETS - 1);
            before = bucket;
            let exact = nanos as f64 / 1e6;
            let error = (middle_ms(bucket) - exact).abs();
            assert!(error <= 0.001 * exact || error <= 0.001, "{exact} ms is off by {error}");
            nanos += 1 + nanos / 1777;
        }
    }

    #[test]
    fn percentiles_are_the_ranked_values() {
        let mut histogram = Histogram::default();
        let mut open = BinAccumulator::default();
        for ms in 1..=1000u64 {
            histogram.record(Span(ms * 1_000_000));
            open.record(Span(ms * 1_000_000));
        }
        for (p, exact) in [(0.5, 500.0), (0.95, 950.0), (0.99, 990.0), (1.0, 1000.0)] {
            let found = histogram.quantile_ms(p).unwrap();
            assert!((found - exact).abs() <= 0.001 * exact, "p{p}: {found}");
            let [sparse] = open.sparse().quantiles_ms([p]);
            assert!((sparse.unwrap() - exact).abs() <= 0.001 * exact);
        }
        assert_eq!((histogram.mean_ms(), histogram.max_ms()), (Some(500.5), Some(1000.0)));
        assert_eq!(Histogram::default().quantile_ms(0.5), None);
    }

    #[test]
    fn merging_is_adding() {
        let (mut a, mut b, mut both) =
            (BinAccumulator::default(), BinAccumulator::default(), BinAccumulator::default());
        for n in 0..2000u64 {
            let span = Span(n * n * 7_777);
            if n % 3 == 0 {
                a.record(span)
            } else {
                b.record(span)
            }
            both.record(span);
        }
        assert_eq!(a.sparse().merged(&b.sparse()), both.sparse());
        both.clear();
        assert_eq!(both, BinAccumulator::default());
    }
}
