//! The front and the knee of a map of cost against latency.
//!
//! The **front** (Pareto) is every cell that no other beats: nothing that costs no more is faster, and nothing as fast is cheaper. Along it
//! money buys time, at first a lot of it. The **knee** is where that stops: the point of the front that lies furthest below the straight line
//! between its ends, both axes scaled to their span there, the latency by its logarithm, because it spans orders of magnitude (Satopää,
//! Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in a Haystack", 2011: the maximum of the difference curve, here over the front itself,
//! which has no noise to smooth). A front that bends less than [`LEAST_BEND`] has none, nor has one of fewer than three points.
//!
//! Pure functions of (cost, latency); a latency that is infinite is on no front.

/// The least distance below the line, as a share of the span, that counts as a bend. Ours; the paper leaves sensitivity to the user.
pub const LEAST_BEND: f64 = 0.05;

/// The numbers of the points on the front, from the cheapest on. Of points alike the first stands for all.
pub fn front(points: &[Option<(f64, f64)>]) -> Vec<usize> {
    let mut known: Vec<(usize, f64, f64)> = points
        .iter()
        .enumerate()
        .filter_map(|(at, p)| p.filter(|(_, wait)| wait.is_finite()).map(|(cost, wait)| (at, cost, wait)))
        .collect();
    crate::order::sort_by(&mut known, |a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)).then(a.0.cmp(&b.0)));
    let mut best = f64::INFINITY;
    let mut front = Vec::new();
    for (at, _, wait) in known {
        if wait < best {
            best = wait;
            front.push(at);
        }
    }
    front
}

/// A knee.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knee {
    /// The number of the point.
    pub at: usize,
    /// How far below the line it lies, from 0 to 1.
    pub bend: f64,
}

/// The knee of a front as [`front`] gives it.
pub fn knee(points: &[Option<(f64, f64)>], front: &[usize]) -> Option<Knee> {
    // Of points equally far the cheapest.
    let mut best = Knee { at: *front.first()?, bend: 0.0 };
    for (at, bend) in below(points, front) {
        if bend > best.bend + 1e-12 {
            best = Knee { at, bend };
        }
    }
    (best.bend >= LEAST_BEND).then_some(best)
}

/// Whether a front of three points or more bends neither way: each pound takes away about the same share of the latency.
pub fn is_straight(points: &[Option<(f64, f64)>], front: &[usize]) -> bool {
    front.len() >= 3 && below(points, front).iter().all(|(_, bend)| bend.abs() < LEAST_BEND)
}

/// Each point between a front's ends, and how far it lies below the line between them; above it the distance is negative.
fn below(points: &[Option<(f64, f64)>], front: &[usize]) -> Vec<(usize, f64)> {
    let [first, between @ .., last] = front else { return Vec::new() };
    let of = |at: usize| points[at].expect("a front is of points");
    let ((cheap, slow), (dear, fast)) = (of(*first), of(*last));
    // Along a front cost rises and latency falls, so no span is 0; a latency of 0 has no logarithm.
    let log = |ms: f64| libm::log(ms.max(1e-3));
    let span = log(slow) - log(fast);
    let below = |at: usize| {
        let (cost, wait) = of(at);
        1.0 - (cost - cheap) / (dear - cheap) - (log(wait) - log(fast)) / span
    };
    between.iter().map(|at| (*at, below(*at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(points: &[(f64, f64)]) -> Vec<Option<(f64, f64)>> {
        points.iter().map(|p| Some(*p)).collect()
    }

    #[test]
    fn the_front_is_what_nothing_beats() {
        let mut points =
            made(&[(10.0, 5.0), (8.0, 100.0), (9.0, 100.0), (9.5, 7.0), (9.5, 6.0), (8.0, 100.0), (11.0, 5.0)]);
        points.push(Some((1.0, f64::INFINITY)));
        points.push(None);
        assert_eq!(front(&points), [1, 4, 0], "dearer, slower, alike, never and unknown are not on it");
        assert_eq!(front(&[]), [0_usize; 0]);
    }

    /// By hand: costs 0, 1, 4 and latencies 10 000, 100, 10 ms. Scaled, the middle is (0.25, 1/3): 1 − 0.25 − 0.333 = 0.41667 below the
    /// line.
    #[test]
    fn a_knee_by_hand() {
        let points = made(&[(0.0, 10_000.0), (1.0, 100.0), (4.0, 10.0)]);
        let knee = knee(&points, &front(&points)).expect("it bends");
        assert_eq!(knee.at, 1);
        assert!((knee.bend - 5.0 / 12.0).abs() < 1e-12, "{}", knee.bend);
    }

    #[test]
    fn a_straight_or_bulging_front_has_no_knee() {
        let straight = made(&[(0.0, 1_000.0), (1.0, 100.0), (2.0, 10.0)]);
        assert_eq!(knee(&straight, &front(&straight)), None);
        assert!(is_straight(&straight, &front(&straight)));
        let bulging = made(&[(0.0, 1_000.0), (1.0, 900.0), (2.0, 10.0)]);
        assert_eq!(knee(&bulging, &front(&bulging)), None);
        assert!(!is_straight(&bulging, &front(&bulging)), "later each pound takes more away");
        let two = made(&[(0.0, 1_000.0), (1.0, 10.0)]);
        assert_eq!(knee(&two, &front(&two)), None);
        assert!(!is_straight(&two, &front(&two)), "two points say nothing of a bend");
        assert_eq!(knee(&[], &[]), None);
    }

    /// Points in any order have the same knee; of two equally far the cheaper one.
    #[test]
    fn order_changes_nothing() {
        let points = made(&[(4.0, 10.0), (0.0, 10_000.0), (1.0, 100.0)]);
        assert_eq!(knee(&points, &front(&points)).map(|k| k.at), Some(2));
        let even = made(&[(0.0, 10_000.0), (1.0, 1_000.0), (1.000_001, 999.999_9), (4.0, 1.0), (8.0, 0.5)]);
        assert!(knee(&even, &front(&even)).is_some());
    }
}
