//! Stars: how well a design does in a scenario, beyond one run that passes.

use super::{Folder, Scenario};
use engine::measure::MetricId;

/// So many Mondays are played for the second star.
pub const MONDAYS: u64 = 50;
/// So many of them have to pass.
pub const ENOUGH_MONDAYS: u64 = 45;

/// What a design has shown in a scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shown {
    /// A scored run came to its end with every goal met.
    pub passed: bool,
    /// Of how many Mondays so many passed: `(passed, played)`; `None` while they were not played.
    pub mondays: Option<(u64, u64)>,
    /// Pounds of a passed run, or the median over Mondays; `None` while there is none.
    pub cost: Option<f64>,
}

/// The stars, 0 to 3: one for a pass; a second where nine of ten Mondays pass, of [`MONDAYS`] at least; a third where the cost is within the
/// scenario's par as well. A star is worth nothing without those before it.
pub fn stars(scenario: &Scenario, shown: Shown) -> u8 {
    // Where more than 50 were played, the share counts: whole numbers, so that 45 of 50 is exactly enough.
    let reliable = |(passed, played): (u64, u64)| {
        played >= MONDAYS && passed.saturating_mul(MONDAYS) >= played.saturating_mul(ENOUGH_MONDAYS)
    };
    let cheap = || scenario.par.zip(shown.cost).is_some_and(|(par, cost)| cost <= par);
    match (shown.passed, shown.mondays.is_some_and(reliable), cheap()) {
        (false, ..) => 0,
        (true, false, _) => 1,
        (true, true, false) => 2,
        (true, true, true) => 3,
    }
}

/// Points from 0 to 100: what the passed of these scenarios are worth, of all of them. Each is worth what the kata says; where it says nothing, or
/// one of them is not the kata's, all are worth the same.
pub fn points(kata: &Folder, scenarios: &[(&str, bool)]) -> f64 {
    let own = |id: &str| {
        let at = kata.scenarios.iter().position(|scenario| scenario.id == id)?;
        kata.points.get(at).map(|points| *points as f64)
    };
    let worth: Option<Vec<f64>> = scenarios.iter().map(|(id, _)| own(id)).collect();
    let worth = worth.filter(|worth| worth.iter().any(|points| *points > 0.0));
    let worth = worth.unwrap_or_else(|| vec![1.0; scenarios.len()]);
    let passed: f64 = scenarios.iter().zip(&worth).filter(|((_, passed), _)| *passed).map(|(_, points)| points).sum();
    100.0 * passed / worth.iter().sum::<f64>()
}

impl Scenario {
    /// The most that a run may cost and still be within the budget; `None` without such a goal.
    pub fn budget(&self) -> Option<f64> {
        self.goals.iter().find(|goal| goal.metric.id == MetricId::Cost).map(|goal| goal.at_most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    fn monday() -> Scenario {
        builtin::scenario("monday").expect("built in").clone()
    }

    fn of(passed: bool, mondays: Option<(u64, u64)>, cost: Option<f64>) -> u8 {
        stars(&monday(), Shown { passed, mondays, cost })
    }

    #[test]
    fn a_star_for_a_pass_a_second_for_45_of_50_a_third_within_par() {
        assert_eq!(of(false, None, None), 0);
        assert_eq!(of(true, None, Some(9.5)), 1);
        assert_eq!(of(true, Some((44, 50)), Some(8.0)), 1);
        assert_eq!(of(true, Some((45, 50)), Some(9.01)), 2);
        assert_eq!(of(true, Some((45, 50)), Some(9.0)), 3, "par itself is within par");
        assert_eq!(of(true, Some((50, 50)), None), 2, "no cost is no low cost");
    }

    #[test]
    fn no_star_without_those_before_it() {
        assert_eq!(of(false, Some((50, 50)), Some(1.0)), 0);
        assert_eq!(of(true, Some((30, 30)), Some(8.0)), 1, "30 Mondays are too few");
        assert_eq!(of(true, None, Some(8.0)), 1, "cheap and not reliable");
    }

    #[test]
    fn of_more_mondays_the_share_counts() {
        assert_eq!(of(true, Some((90, 100)), Some(8.0)), 3);
        assert_eq!(of(true, Some((89, 100)), Some(8.0)), 1);
        assert_eq!(of(true, Some((u64::MAX, u64::MAX)), Some(8.0)), 3);
    }

    #[test]
    fn a_scenario_without_par_has_two_stars() {
        let free = Scenario { par: None, ..monday() };
        assert_eq!(stars(&free, Shown { passed: true, mondays: Some((50, 50)), cost: Some(0.0) }), 2);
    }

    #[test]
    fn points_are_shares_of_what_was_asked_for() {
        let mut kata = builtin::kata().clone();
        let of = |kata: &Folder, passed: [bool; 4]| {
            let ids = ["monday", "slow-clinic", "outage", "flu-season"];
            points(kata, &ids.into_iter().zip(passed).collect::<Vec<_>>())
        };
        assert_eq!(of(&kata, [true, true, false, true]), 75.0);
        assert_eq!(points(&kata, &[("outage", true), ("monday", false)]), 50.0);
        kata.points = vec![10, 20, 30, 40];
        assert_eq!(of(&kata, [true, false, true, false]), 40.0);
        assert_eq!(points(&kata, &[("monday", true), ("outage", false)]), 25.0);
        assert_eq!(points(&kata, &[("monday", true), ("my-own", false)]), 50.0, "one is not the kata's");
        kata.points = vec![0, 50, 50, 0];
        assert_eq!(points(&kata, &[("monday", true), ("flu-season", false)]), 50.0, "worth nothing together");
    }

    #[test]
    fn par_is_within_the_budget() {
        for scenario in builtin::scenarios() {
            assert!(scenario.par.zip(scenario.budget()).is_some_and(|(par, budget)| par < budget), "{}", scenario.id);
        }
    }
}
