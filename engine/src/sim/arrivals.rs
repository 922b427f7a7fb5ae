//! Arrivals: when the next booking is asked for.
//!
//! Poisson: the n-th booking comes when the area under the rate has grown by an exponential draw of its own since the one before (inversion of
//! the cumulated rate; Çinlar, *Introduction to Stochastic Processes*, §4.7). Nothing about the design enters, so one seed brings the same
//! patients to every design. Regular: spaced by 1 / rate(t), the first after 1 / rate(0).

use super::dist::whole;
use super::network::{Arrivals, Event, EventKind, Process};
use super::random::{Purpose, Stream};
use super::time::{NANOS_PER_SECOND, Time};
use super::ziggurat::{self, Ziggurat};

/// A stretch of time with a linear rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateSegment {
    /// Its start.
    pub from_s: f64,
    /// Infinite for the last piece, which is flat.
    pub to_s: f64,
    /// Rates per second just after the start and just before the end, surges included.
    pub from: f64,
    /// See `from`.
    pub to: f64,
}

impl RateSegment {
    /// Rate per second and second.
    pub fn slope(&self) -> f64 {
        if self.to_s.is_finite() { (self.to - self.from) / (self.to_s - self.from_s) } else { 0.0 }
    }

    /// The part of this piece up to `end_s`.
    pub fn until(self, end_s: f64) -> RateSegment {
        let to = if end_s < self.to_s { self.from + self.slope() * (end_s - self.from_s) } else { self.to };
        RateSegment { to_s: self.to_s.min(end_s), to, ..self }
    }
}

/// Gives the times of arrivals, one after another.
#[derive(Clone)]
pub struct Clock {
    process: Process,
    rate_segments: Vec<RateSegment>,
    /// Where the curve has its points: regular spacing begins anew there, not where a surge begins or ends.
    points: Vec<f64>,
    piece: usize,
    /// Where the last arrival was, in seconds: kept as a float so that rounding to nanoseconds does not add up.
    at_s: f64,
    stream: Stream,
    tables: &'static Ziggurat,
}

impl Clock {
    pub fn new(arrivals: &Arrivals, events: &[Event], seed: u64) -> Clock {
        Clock {
            process: arrivals.process,
            rate_segments: rate_segments(arrivals, events),
            points: arrivals.curve.iter().map(|point| point.0).collect(),
            piece: 0,
            at_s: 0.0,
            stream: Stream::new(seed, Purpose::Arrivals, ""),
            tables: ziggurat::tables(),
        }
    }

    /// When booking `number` is asked for; to be called with 0, 1, 2 … Never, once the rate is 0 for good.
    #[inline(always)]
    pub fn next(&mut self, number: u64) -> Time {
        let found = match self.process {
            Process::Poisson => {
                let area = self.tables.exponential(&mut self.stream.draws(number, 0));
                self.after_area(area)
            }
            Process::Regular => self.after_spacing(),
        };
        // Later than a century never happens.
        if found { Time(whole((self.at_s * NANOS_PER_SECOND as f64).min(4.0e18))) } else { Time::NEVER }
    }

    /// Moves to where the area under the rate has grown by `area`.
    #[inline(always)]
    fn after_area(&mut self, mut area: f64) -> bool {
        loop {
            let piece = self.rate_segments[self.piece];
            let RateSegment { from_s, to_s, from, to } = piece;
            let slope = piece.slope();
            let rate = from + slope * (self.at_s - from_s);
            let left = if to_s.is_finite() { (rate + to) / 2.0 * (to_s - self.at_s) } else { f64::INFINITY };
            if area < left && (rate > 0.0 || slope > 0.0) {
                // rate × d + slope × d² / 2 = area, solved so that nothing cancels.
                let root = (rate * rate + 2.0 * slope * area).max(0.0).sqrt();
                self.at_s = (self.at_s + 2.0 * area / (rate + root)).min(to_s);
                return true;
            }
            if !to_s.is_finite() {
                return false;
            }
            area -= left;
            self.at_s = to_s;
            self.piece += 1;
        }
    }

    /// Moves on by 1 / rate; where the rate is 0, first to the next point of the curve where it is not.
    fn after_spacing(&mut self) -> bool {
        loop {
            let piece = self.rate_segments[self.piece];
            let RateSegment { from_s, to_s, from, .. } = piece;
            if to_s.is_finite() && self.at_s >= to_s {
                self.piece += 1;
                continue;
            }
            let rate = from + piece.slope() * (self.at_s - from_s);
            if rate > 0.0 {
                self.at_s += 1.0 / rate;
                return true;
            }
            let Some(next) = self.points.iter().find(|at| **at > self.at_s) else { return false };
            self.at_s = *next;
        }
    }
}

/// More than any run could take. Squares of rates with it stay finite.
const MOST_SURGE: f64 = 1e100;

/// The curve cut at its points and at the edges of surges, from 0 on; the last piece is endless and flat.
pub fn rate_segments(arrivals: &Arrivals, events: &[Event]) -> Vec<RateSegment> {
    let surges: Vec<(f64, f64, f64)> = events
        .iter()
        .filter_map(|e| match e.what {
            EventKind::Surge(factor) => Some((e.from.seconds(), e.to.seconds(), factor)),
            _ => None,
        })
        .collect();
    // The curve is in order already, so each cut goes to its place at once; the library's sort would be 6 kB of a page's wasm.
    let mut cuts = vec![0.0];
    let moments = arrivals.curve.iter().map(|p| p.0).chain(surges.iter().flat_map(|(from, to, _)| [*from, *to]));
    for moment in moments.filter(|t| *t > 0.0) {
        let at = cuts.partition_point(|cut| *cut < moment);
        if cuts.get(at) != Some(&moment) {
            cuts.insert(at, moment);
        }
    }
    let in_force = |t: f64| surges.iter().filter(move |(from, to, _)| *from <= t && t < *to);
    // Hundreds of surges at once may multiply to infinity, and a rate of 0 times that is no number.
    let factor = |t: f64| in_force(t).map(|s| s.2).product::<f64>().min(MOST_SURGE);
    let mut rate_segments: Vec<RateSegment> = cuts
        .windows(2)
        .map(|w| {
            let f = factor(w[0]);
            RateSegment {
                from_s: w[0],
                to_s: w[1],
                from: rate_after(arrivals, w[0]) * f,
                to: rate_at(arrivals, w[1]) * f,
            }
        })
        .collect();
    let last = cuts[cuts.len() - 1];
    let rate = rate_after(arrivals, last) * factor(last);
    rate_segments.push(RateSegment { from_s: last, to_s: f64::INFINITY, from: rate, to: rate });
    rate_segments
}

/// The curve's rate at `t`, without surges; at a jump, the value before it.
fn rate_at(arrivals: &Arrivals, t: f64) -> f64 {
    let curve = &arrivals.curve;
    let Some(after) = curve.iter().position(|p| p.0 >= t) else { return curve.last().map_or(0.0, |p| p.1) };
    if after == 0 || curve[after].0 == t {
        return curve[after].1;
    }
    let ((t0, r0), (t1, r1)) = (curve[after - 1], curve[after]);
    r0 + (r1 - r0) * (t - t0) / (t1 - t0)
}

/// The curve's rate just after `t`: the other side of a jump.
fn rate_after(arrivals: &Arrivals, t: f64) -> f64 {
    match arrivals.curve.iter().rposition(|p| p.0 == t) {
        Some(at) => arrivals.curve[at].1,
        None => rate_at(arrivals, t),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Regular spacing begins anew at a point of the curve with a rate above 0, whether or not a surge cuts the stretch before it.
    #[test]
    fn spacing_begins_anew_at_points_of_the_curve() {
        let curve = vec![(0.0, 1.0), (10.0, 0.0), (20.0, 0.0), (40.0, 2.0)];
        let arrivals = Arrivals { process: Process::Regular, curve };
        let (from, to) = (Time::from_seconds(30.0), Time::from_seconds(35.0));
        for events in [vec![], vec![Event { from, to, what: EventKind::Surge(3.0) }]] {
            let mut clock = Clock::new(&arrivals, &events, 1);
            let moments = (0..100).map(|number| clock.next(number));
            let anew = moments.into_iter().find(|at| *at > Time::from_seconds(20.0));
            assert_eq!(anew, Some(Time::from_seconds(40.5)), "{events:?}");
        }
    }

    /// A thousand surges of a thousand each, the most that a file may hold: still no booking is asked for while the curve is at 0, and one is
    /// as soon as it rises.
    #[test]
    fn surges_beyond_all_numbers_still_bring_patients() {
        for process in [Process::Poisson, Process::Regular] {
            let arrivals = Arrivals { process, curve: vec![(0.0, 0.0), (30.0, 0.0), (30.5, 1.0), (60.0, 1.0)] };
            let (from, to) = (Time::ZERO, Time::from_seconds(60.0));
            let events = vec![Event { from, to, what: EventKind::Surge(1000.0) }; 1000];
            let at = Clock::new(&arrivals, &events, 1).next(0);
            assert!(at >= Time::from_seconds(30.0) && at < Time::from_seconds(31.0), "{process:?}: {at:?}");
        }
    }
}
