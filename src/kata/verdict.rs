//! The verdict: which goals hold, with values and margins; live while a run goes on, final at its end.

use super::goal::Goal;
use super::scenario::Scenario;
use crate::{format, say};
use engine::measure::{Counts, Report, Unit, Wait};
use engine::sim::time::Time;

/// Before its end a run is judged by percentiles and shares from this booking on: of fewer, one decides too much.
pub const FIRST_JUDGED: u64 = 1_000;

/// How a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalState {
    /// Nothing to judge yet, or too little.
    Waiting,
    /// Holds so far, and may still be missed.
    SoFar,
    /// Does not hold now, and may still recover.
    Missing,
    /// Missed already: it can't hold any more, or has been over its limit for too long.
    Broken,
    /// Did not hold at the end.
    Missed,
    /// Held at the end.
    Met,
}

/// A goal, its value in a run, and how it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoalStatus {
    /// Which goal.
    pub goal: Goal,
    /// `None`: infinite or nothing to count.
    pub value: Option<f64>,
    /// What stands in the place of a confirmation latency without a value.
    pub unconfirmed: Option<Unconfirmed>,
    /// How it stands.
    pub state: GoalState,
    /// The moment from which it is missed, where that is known; see [`crate::record::Moments`].
    pub missed_at: Option<Time>,
}

/// Bookings that were accepted and not confirmed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unconfirmed {
    /// Of what was accepted, from 0 to 1; 1 where nothing was accepted.
    pub share: f64,
    /// More of them were given up than still wait.
    pub given_up: bool,
}

impl Unconfirmed {
    fn of(counts: &Counts) -> Unconfirmed {
        let given_up = counts.dead_lettered + counts.lost;
        let open = counts.accepted.saturating_sub(counts.confirmed);
        let share = if counts.accepted > 0 { open as f64 / counts.accepted as f64 } else { 1.0 };
        Unconfirmed { share, given_up: 2 * given_up > open }
    }
}

/// A goal's value in words, never rounded onto the limit: `58 s`, `38.4 % not yet`, `15.1 % never`, `nobody`.
pub fn shown(goal: &Goal, value: Option<f64>, unconfirmed: Option<Unconfirmed>) -> String {
    match (value, goal.metric.id.quantile(), unconfirmed) {
        (None, Some((Wait::EndToEnd, _)), Some(Unconfirmed { share, given_up })) if share < 1.0 => match given_up {
            true => say!("goal.never", share = format::share(share)),
            false => say!("goal.not_yet", share = format::share(share)),
        },
        // A run of before that did not say how many.
        (None, Some((Wait::EndToEnd, _)), None) => say!("goal.not_all").to_owned(),
        (None, Some((Wait::EndToEnd | Wait::Acceptance, _)), _) => say!("goal.nobody").to_owned(),
        _ => format::metric_beside(value, goal.at_most, goal.metric.unit),
    }
}

/// Whether a run that goes on has had enough bookings for a goal to be judged.
pub fn is_judged(goal: &Goal, report: &Report) -> bool {
    let of_many = goal.metric.id.quantile().is_some() || goal.metric.unit == Unit::Share && goal.at_most > 0.0;
    !of_many || report.counts.arrivals >= FIRST_JUDGED
}

impl GoalStatus {
    /// How far the value lies below the limit, as a share of the limit; negative when it is above. `None` without a value or a limit of 0.
    pub fn margin(&self) -> Option<f64> {
        (self.goal.at_most > 0.0).then_some(())?;
        Some((self.goal.at_most - self.value?) / self.goal.at_most)
    }

    /// The value in words; see [`shown`].
    pub fn shown(&self) -> String {
        match self.state {
            // Too early: most are on their way.
            GoalState::Waiting if self.value.is_none() => format::NONE.to_owned(),
            _ => shown(&self.goal, self.value, self.unconfirmed),
        }
    }

    /// Whether the value is at most the limit; false without a value.
    pub fn met(&self) -> bool {
        self.value.is_some_and(|v| v <= self.goal.at_most)
    }
}

/// The goals' states for a run.
///
/// ```
/// use engine::measure::Report;
/// use waiting_room::kata::{GoalState, Scenario, Verdict};
///
/// let scenario = Scenario::read(
///     r#"{"format":"waiting-room/scenario","version":1,"id":"cheap","name":"Cheap","starts_at":"07:30","duration_s":600,
///     "arrivals":{"process":"regular","curve":[[0,2]]},"goals":[{"metric":"cost","at_most":10}]}"#,
/// )
/// .unwrap();
/// let report = Report { cost: 8.0, ..Report::default() };
///
/// let meanwhile = Verdict::of(&scenario, &report, false);
/// assert_eq!((meanwhile.goals[0].state, meanwhile.passed()), (GoalState::SoFar, false));
///
/// let at_the_end = Verdict::of(&scenario, &report, true);
/// assert_eq!((at_the_end.goals[0].margin(), at_the_end.passed()), (Some(0.2), true));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// In the order of the scenario.
    pub goals: Vec<GoalStatus>,
    /// The run is over.
    pub is_final: bool,
    /// The run ended before the scenario did, because too many bookings were under way.
    pub cut_short: bool,
}

impl Verdict {
    /// The verdict on a report. `is_final`: the run is over, so what holds or not is settled.
    pub fn of(scenario: &Scenario, report: &Report, is_final: bool) -> Verdict {
        let goals = scenario.goals.iter().map(|&goal| status(goal, report, is_final)).collect();
        Verdict { goals, is_final, cut_short: report.cut_short }
    }

    /// The same with the moments at which goals were missed, by their numbers: one that is over its limit is missed from then on.
    pub fn with_missed(mut self, at: impl Fn(usize) -> Option<Time>) -> Verdict {
        for (index, status) in self.goals.iter_mut().enumerate() {
            if matches!(status.state, GoalState::Missing | GoalState::Broken | GoalState::Missed) {
                status.missed_at = at(index);
            }
            if status.state == GoalState::Missing && status.missed_at.is_some() {
                status.state = GoalState::Broken;
            }
        }
        self
    }

    /// Whether the run came to its end and every goal holds. A scenario without goals is never passed.
    pub fn passed(&self) -> bool {
        self.is_final && !self.cut_short && !self.goals.is_empty() && self.goals.iter().all(GoalStatus::met)
    }
}

fn status(goal: Goal, report: &Report, is_final: bool) -> GoalStatus {
    let value = (goal.metric.value)(report);
    let met = value.is_some_and(|v| v <= goal.at_most);
    let state = match (is_final, met) {
        (true, true) => GoalState::Met,
        (true, false) => GoalState::Missed,
        (false, _) if !is_judged(&goal, report) || report.counts.arrivals == 0 && value.is_none() => GoalState::Waiting,
        (false, true) => GoalState::SoFar,
        (false, false) if value.is_some() && goal.metric.only_rises => GoalState::Broken,
        // No value: too many bookings still wait, or nobody has heard back. Infinitely late as of now.
        (false, false) => GoalState::Missing,
    };
    let of_confirmation = matches!(goal.metric.id.quantile(), Some((Wait::EndToEnd, _)));
    let unconfirmed = (value.is_none() && of_confirmation).then(|| Unconfirmed::of(&report.counts));
    GoalStatus { goal, value, unconfirmed, state, missed_at: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::measure::MetricId;

    fn judged(metric: MetricId, at_most: f64, report: &Report, is_final: bool) -> (GoalState, String) {
        let status = status(Goal { metric: metric.metric(), at_most }, report, is_final);
        (status.state, status.shown())
    }

    fn plain(text: &str) -> String {
        text.replace(" %", &format!("{}%", format::NBSP))
    }

    /// Bookings are accepted and not confirmed: their latency has no value, yet it is known to be too high.
    #[test]
    fn a_latency_without_end_is_too_high_as_soon_as_there_are_enough_to_judge() {
        let mut report = Report::default();
        let live = |report: &Report| judged(MetricId::EndToEndP95, 120_000.0, report, false);
        assert_eq!(live(&report), (GoalState::Waiting, format::NONE.to_owned()));
        (report.counts.arrivals, report.counts.accepted, report.counts.confirmed) = (999, 999, 615);
        assert_eq!(live(&report), (GoalState::Waiting, format::NONE.to_owned()));
        (report.counts.arrivals, report.counts.accepted) = (1_000, 1_000);
        assert_eq!(live(&report), (GoalState::Missing, plain("38.5 % not yet")));
        report.end_to_end_goal[1] = Some(2_000.0);
        assert_eq!(live(&report).0, GoalState::SoFar);
    }

    /// A share of 1 000 is judged from the thousandth on, and at once where nothing is allowed.
    #[test]
    fn a_share_of_few_is_not_judged_but_where_nothing_is_allowed() {
        let mut report = Report::default();
        (report.counts.arrivals, report.counts.rejected) = (100, 1);
        let state = |at_most, report: &Report| judged(MetricId::TurnedAwayRatio, at_most, report, false).0;
        assert_eq!((state(0.001, &report), state(0.0, &report)), (GoalState::Waiting, GoalState::Missing));
        report.counts.arrivals = 1_000;
        assert_eq!(state(0.001, &report), GoalState::SoFar);
    }

    /// What has no value says who is without.
    #[test]
    fn a_latency_without_a_value_says_how_many_wait_or_were_given_up() {
        let at_the_end = |metric, accepted, confirmed, dead_lettered| {
            let counts = Counts { arrivals: 2_000, accepted, confirmed, dead_lettered, ..Counts::default() };
            judged(metric, 1.0, &Report { counts, ..Report::default() }, true).1
        };
        assert_eq!(at_the_end(MetricId::EndToEndP95, 1_000, 850, 100), plain("15 % never"));
        assert_eq!(at_the_end(MetricId::EndToEndP95, 1_000, 850, 50), plain("15 % not yet"));
        assert_eq!(at_the_end(MetricId::EndToEndP95, 0, 0, 0), "nobody");
        assert_eq!(at_the_end(MetricId::EndToEndP95, 100, 0, 0), "nobody");
        assert_eq!(at_the_end(MetricId::AcceptanceP95, 0, 0, 0), "nobody");
        assert_eq!(at_the_end(MetricId::QueueWaitP95, 0, 0, 0), format::NONE);
        let of_before = Goal { metric: MetricId::EndToEndP95.metric(), at_most: 1.0 };
        assert_eq!(shown(&of_before, None, None), "not all");
    }

    /// A goal over its limit is missed from the moment that is told; one that holds is not.
    #[test]
    fn what_is_missed_is_told_with_its_moment() {
        let scenario = crate::kata::builtin::scenario("monday").expect("a scenario");
        let mut report = Report::default();
        report.counts.arrivals = 2_000;
        report.acceptance.p95 = Some(3_000.0);
        let at = Time::from_seconds(500.0);
        let told = Verdict::of(scenario, &report, false).with_missed(|_| Some(at));
        let [acceptance, .., cost] = &told.goals[..] else { panic!("goals") };
        assert_eq!((acceptance.state, acceptance.missed_at), (GoalState::Broken, Some(at)));
        assert_eq!((cost.state, cost.missed_at), (GoalState::SoFar, None));
    }

    /// While a run goes on a goal is broken only where it can't recover; at the end it is missed.
    #[test]
    fn broken_is_for_the_run_and_missed_for_its_end() {
        let mut report = Report { cost: 12.0, ..Report::default() };
        report.backlog.last = 500;
        assert_eq!(judged(MetricId::Cost, 10.0, &report, false).0, GoalState::Broken, "money does not come back");
        assert_eq!(judged(MetricId::FinalBacklog, 100.0, &report, false).0, GoalState::Missing, "a backlog may drain");
        assert_eq!(judged(MetricId::Cost, 10.0, &report, true).0, GoalState::Missed);
        assert_eq!(judged(MetricId::FinalBacklog, 100.0, &report, true).0, GoalState::Missed);
        assert_eq!(judged(MetricId::EndToEndP95, 1.0, &report, true), (GoalState::Missed, "nobody".to_owned()));
    }
}
