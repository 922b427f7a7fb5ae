//! The demand of a scenario as a curve: bookings a second, surges included.

use engine::sim::network::World;
use engine::sim::{RateSegment, rate_segments};

/// Expected arrivals over time: straight pieces, exact at their ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// From the start to the end of the scenario.
    pub segments: Vec<RateSegment>,
}

impl Demand {
    pub fn new(world: &World) -> Demand {
        let end = world.duration.seconds();
        let all = rate_segments(&world.arrivals, &world.events).into_iter();
        Demand { segments: all.filter(|p| p.from_s < end).map(|p| p.until(end)).collect() }
    }

    /// The highest rate and the first moment at which it is reached.
    pub fn peak(&self) -> (f64, f64) {
        let ends = self.segments.iter().flat_map(|p| [(p.from_s, p.from), (p.to_s, p.to)]);
        ends.fold((0.0, 0.0), |best, end| if end.1 > best.1 { end } else { best })
    }

    /// When most come, from and to in seconds after the start: each time in which the rate stays at its peak, or the moment that reaches it.
    /// Empty where nobody comes.
    pub fn rush(&self) -> Vec<(f64, f64)> {
        let (_, peak) = self.peak();
        let mut all: Vec<(f64, f64)> = Vec::new();
        for piece in self.segments.iter().filter(|_| peak > 0.0) {
            let (from, to) = match (piece.from == peak, piece.to == peak) {
                (true, true) => (piece.from_s, piece.to_s),
                (true, false) => (piece.from_s, piece.from_s),
                (false, true) => (piece.to_s, piece.to_s),
                (false, false) => continue,
            };
            match all.last_mut().filter(|last| last.1 == from) {
                Some(last) => last.1 = to,
                None => all.push((from, to)),
            }
        }
        all
    }

    /// Expected bookings of the whole run.
    pub fn total(&self) -> f64 {
        self.segments.iter().map(|p| (p.to_s - p.from_s) * (p.from + p.to) / 2.0).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    /// The kata's curve by hand: six trapezia of 6000, 6900, 72 000, 48 600, 18 000 and 18 000 bookings.
    #[test]
    fn monday_brings_169_500_bookings_and_flu_season_four_fifths_more() {
        let demand = |id| Demand::new(&builtin::scenario(id).expect("built in").world);
        assert_eq!(demand("monday").total(), 169_500.0);
        assert!((demand("flu-season").total() - 1.8 * 169_500.0).abs() < 1e-6);
        assert_eq!(demand("monday").peak(), (1800.0, 40.0));
        assert_eq!(demand("flu-season").peak(), (1800.0, 72.0));
        assert_eq!(demand("monday").rush(), [(1800.0, 3600.0)]);
    }

    #[test]
    fn a_surge_counts_from_its_start_until_just_before_its_end() {
        let text = r#"{"format":"waiting-room/scenario","version":1,"id":"s","name":"S","starts_at":"00:00","duration_s":100,
            "arrivals":{"curve":[[0,1]]},"events":[{"kind":"surge","from_s":10,"to_s":20,"factor":3},{"kind":"surge","from_s":15,"to_s":500,"factor":2}]}"#;
        let demand = Demand::new(&crate::kata::Scenario::read(text).expect("a scenario").world);
        assert_eq!(demand.total(), 10.0 + 15.0 + 30.0 + 160.0);
        assert_eq!((demand.peak(), demand.rush()), ((15.0, 6.0), vec![(15.0, 20.0)]));
    }
}
