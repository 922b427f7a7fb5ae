//! The demand of a scenario as a curve: bookings a second, surges included.

use crate::sim::network::{EventKind, World};

/// Expected arrivals over time: straight pieces, exact at their ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// From, to (seconds), rate just after from, rate just before to.
    pub pieces: Vec<(f64, f64, f64, f64)>,
}

impl Demand {
    pub fn new(world: &World) -> Demand {
        let end = world.duration.seconds();
        let surges: Vec<(f64, f64, f64)> = world
            .events
            .iter()
            .filter_map(|e| match e.what {
                EventKind::Surge(factor) => Some((e.from.seconds(), e.to.seconds(), factor)),
                _ => None,
            })
            .collect();
        let mut cuts: Vec<f64> = world.arrivals.curve.iter().map(|p| p.0).collect();
        cuts.extend(surges.iter().flat_map(|s| [s.0, s.1]));
        cuts.retain(|t| *t > 0.0 && *t < end);
        cuts.extend([0.0, end]);
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let pieces = cuts
            .windows(2)
            .map(|ends| {
                let in_force = surges.iter().filter(|s| s.0 <= ends[0] && ends[0] < s.1);
                let factor: f64 = in_force.map(|s| s.2).product();
                let curve = &world.arrivals.curve;
                (ends[0], ends[1], rate(curve, ends[0]) * factor, rate(curve, ends[1]) * factor)
            })
            .collect();
        Demand { pieces }
    }

    /// The highest rate and the first moment at which it is reached.
    pub fn peak(&self) -> (f64, f64) {
        let ends = self.pieces.iter().flat_map(|(from, to, a, b)| [(*from, *a), (*to, *b)]);
        ends.fold((0.0, 0.0), |best, end| if end.1 > best.1 { end } else { best })
    }

    /// Expected bookings of the whole run.
    pub fn total(&self) -> f64 {
        self.pieces.iter().map(|(from, to, a, b)| (to - from) * (a + b) / 2.0).sum()
    }
}

/// The curve at `t`: linear between its points, its end values outside.
fn rate(curve: &[(f64, f64)], t: f64) -> f64 {
    match curve.iter().position(|p| p.0 >= t) {
        None => curve.last().map_or(0.0, |p| p.1),
        Some(0) => curve[0].1,
        Some(at) => {
            let ((t0, r0), (t1, r1)) = (curve[at - 1], curve[at]);
            r0 + (r1 - r0) * (t - t0) / (t1 - t0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    /// The kata's curve by hand: six trapezia of 6000, 6900, 72 000, 48 600, 18 000 and 18 000 bookings.
    #[test]
    fn monday_brings_169_500_bookings_and_flu_season_two_fifths_more() {
        let demand = |id| Demand::new(&builtin::scenario(id).expect("built in").world);
        assert_eq!(demand("monday").total(), 169_500.0);
        assert!((demand("flu-season").total() - 1.4 * 169_500.0).abs() < 1e-6);
        assert_eq!(demand("monday").peak(), (1800.0, 40.0));
        assert_eq!(demand("flu-season").peak(), (1800.0, 56.0));
    }

    #[test]
    fn a_surge_counts_from_its_start_until_just_before_its_end() {
        let text = r#"{"format":"waiting-room/scenario","version":1,"id":"s","name":"S","starts_at":"00:00","duration_s":100,
            "arrivals":{"curve":[[0,1]]},"events":[{"kind":"surge","from_s":10,"to_s":20,"factor":3},{"kind":"surge","from_s":15,"to_s":500,"factor":2}]}"#;
        let demand = Demand::new(&crate::kata::Scenario::read(text).expect("a scenario").world);
        assert_eq!(demand.total(), 10.0 + 15.0 + 30.0 + 160.0);
        assert_eq!(demand.peak(), (15.0, 6.0));
    }
}
