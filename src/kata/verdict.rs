//! The verdict: which goals hold, with values and margins; live while a run goes on, final at its end.

use super::goal::Goal;
use super::scenario::Scenario;
use crate::format;
use engine::measure::Report;

/// How a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalState {
    /// Nothing to judge yet.
    Waiting,
    /// Holds so far, and may still be missed.
    SoFar,
    /// Does not hold now, and may still recover.
    Missing,
    /// Can't hold any more, whatever the rest of the run brings.
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
    /// How it stands.
    pub state: GoalState,
}

impl GoalStatus {
    /// How far the value lies below the limit, as a share of the limit; negative when it is above. `None` without a value or a limit of 0.
    pub fn margin(&self) -> Option<f64> {
        (self.goal.at_most > 0.0).then_some(())?;
        Some((self.goal.at_most - self.value?) / self.goal.at_most)
    }

    /// The value in words, never rounded onto the limit. What has none is infinitely late: it has not happened yet, and at the end it never did.
    pub fn shown(&self) -> String {
        match (self.value, self.state) {
            (None, GoalState::Missed) => "never".to_owned(),
            (None, GoalState::Missing) => "not yet".to_owned(),
            (value, _) => format::metric_beside(value, self.goal.at_most, self.goal.metric.unit),
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
        (false, true) => GoalState::SoFar,
        (false, false) if value.is_some() && goal.metric.only_rises => GoalState::Broken,
        // Once a booking was accepted, no value means that too many of them still wait: infinitely late as of now.
        (false, false) if value.is_none() && report.counts.accepted == 0 => GoalState::Waiting,
        (false, false) => GoalState::Missing,
    };
    GoalStatus { goal, value, state }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::measure::MetricId;

    fn judged(metric: MetricId, at_most: f64, report: &Report, is_final: bool) -> (GoalState, String) {
        let status = status(Goal { metric: metric.metric(), at_most }, report, is_final);
        (status.state, status.shown())
    }

    /// Bookings are accepted and not confirmed: their latency has no value, yet it is known to be too high.
    #[test]
    fn a_latency_without_end_is_too_high_as_soon_as_somebody_waits() {
        let mut report = Report::default();
        let live = |report: &Report| judged(MetricId::EndToEndP95, 120_000.0, report, false);
        assert_eq!(live(&report), (GoalState::Waiting, format::NONE.to_owned()));
        report.counts.accepted = 1;
        assert_eq!(live(&report), (GoalState::Missing, "not yet".to_owned()));
        report.end_to_end_goal[1] = Some(2_000.0);
        assert_eq!(live(&report).0, GoalState::SoFar);
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
        assert_eq!(judged(MetricId::EndToEndP95, 1.0, &report, true), (GoalState::Missed, "never".to_owned()));
    }
}
