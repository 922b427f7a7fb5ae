//! How goals stand, as a page shows them: the figure, the limit, how much of the limit is used up, and all of them in three words.
//!
//! A goal that is only measured at the end is open until then: a backlog that will drain is no failure. Knows no page.

use crate::format;
use crate::kata::verdict::FIRST_JUDGED;
use crate::kata::{Goal, GoalState, GoalStatus, Verdict};
use crate::say;
use engine::measure::{MetricId, Wait};

/// How a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There was no run.
    NotRun,
    /// Within its limit, so far or at the end.
    Holds,
    /// Not judged yet.
    Open,
    /// Not missed yet: over its limit, or as things go at the end.
    AtRisk,
    /// Missed, so far or for good.
    Missed,
}

/// What is known beside the verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook<'a> {
    /// Seconds after midnight at which the run starts.
    pub starts_at_s: f64,
    /// When goals about the end are measured, as a clock shows it.
    pub end: &'a str,
    /// By the rates of now the backlog has not drained by then.
    pub drains_late: bool,
}

/// A goal's texts.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalText {
    pub metric: MetricId,
    /// The metric's key.
    pub key: &'static str,
    pub name: &'static str,
    /// The main figure: the limit, as long as there was no run.
    pub value: String,
    /// Beside the value; empty where the value is the limit.
    pub limit: String,
    pub standing: Standing,
    /// The standing in words.
    pub spoken: String,
    /// `None` where nothing is allowed, or nothing is known.
    pub bar: Option<Bar>,
}

/// How much of a limit is used up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Of the bar's length, 0 to 1.
    pub filled: f64,
    /// Where on the bar the limit is, if it lies within.
    pub limit: Option<f64>,
}

impl GoalText {
    /// A goal before any run.
    pub fn before(goal: Goal) -> GoalText {
        let (most, unit) = (goal.at_most, goal.metric.unit);
        let value = match format::allows_nothing(most, unit) {
            true => format::limit(most, unit),
            false => format!("≤{}{}", format::NBSP, format::metric(Some(most), unit)),
        };
        GoalText {
            metric: goal.metric.id,
            key: goal.metric.key,
            name: goal.name(),
            value,
            limit: String::new(),
            standing: Standing::NotRun,
            spoken: say!("standing.not_run").to_owned(),
            bar: None,
        }
    }

    /// A goal in a run.
    pub fn of(status: &GoalStatus, outlook: Outlook) -> GoalText {
        let goal = status.goal;
        let standing = standing(status, outlook.drains_late);
        let limit = match format::allows_nothing(goal.at_most, goal.metric.unit) {
            true => say!("standing.none_allowed").to_owned(),
            false => format::limit(goal.at_most, goal.metric.unit),
        };
        let is_of_the_end = goal.metric.is_of_the_end() && !matches!(status.state, GoalState::Met | GoalState::Missed);
        GoalText {
            metric: goal.metric.id,
            key: goal.metric.key,
            name: goal.name(),
            value: status.shown(),
            limit: if is_of_the_end { say!("standing.at_end", limit, end = outlook.end) } else { limit },
            standing,
            spoken: spoken(status, standing, outlook),
            bar: bar(status),
        }
    }
}

fn standing(status: &GoalStatus, drains_late: bool) -> Standing {
    match status.state {
        GoalState::Met => Standing::Holds,
        GoalState::Missed | GoalState::Broken => Standing::Missed,
        // It holds now and may be over its limit again at the end.
        GoalState::SoFar | GoalState::Missing if status.goal.metric.is_of_the_end() => match status.met() {
            true => Standing::Holds,
            false if drains_late => Standing::AtRisk,
            false => Standing::Open,
        },
        GoalState::SoFar => Standing::Holds,
        // Too many have not been confirmed, and may be in time.
        GoalState::Missing if status.unconfirmed.is_some_and(|open| !open.given_up) => Standing::Open,
        GoalState::Missing => Standing::AtRisk,
        GoalState::Waiting => Standing::Open,
    }
}

fn spoken(status: &GoalStatus, standing: Standing, outlook: Outlook) -> String {
    let of_the_end = status.goal.metric.is_of_the_end();
    match (status.state, standing) {
        (GoalState::Met, _) => say!("standing.holds").to_owned(),
        (GoalState::SoFar, Standing::Holds) => say!("standing.holds_so_far").to_owned(),
        (_, Standing::AtRisk) if of_the_end => say!("standing.at_risk_end", end = outlook.end),
        (_, Standing::AtRisk) => say!("standing.at_risk").to_owned(),
        (_, Standing::Missed) => match status.missed_at {
            Some(at) => say!("standing.missed_at", at = format::clock(outlook.starts_at_s + at.seconds())),
            None => say!("standing.missed").to_owned(),
        },
        (GoalState::Missing, _) if !of_the_end => say!("standing.open_unconfirmed").to_owned(),
        _ if of_the_end => say!("standing.open_end", end = outlook.end),
        _ => say!("standing.open_first", n = format::count(FIRST_JUDGED)),
    }
}

fn bar(status: &GoalStatus) -> Option<Bar> {
    let (value, most) = (status.value.filter(|v| v.is_finite())?, status.goal.at_most);
    let share = value / (most > 0.0).then_some(most)?;
    Some(if share > 1.0 {
        Bar { filled: 1.0, limit: Some(1.0 / share) }
    } else {
        Bar { filled: share.max(0.0), limit: None }
    })
}

/// All goals in three words: "6 hold, 1 open", "2 of 8 missed", "7 of 7 hold"; how many there are, before a run.
pub fn sum(goals: &[GoalText]) -> (Standing, String) {
    let all = goals.len();
    let count = |standings: &[Standing]| goals.iter().filter(|goal| standings.contains(&goal.standing)).count();
    let (missed, open) = (count(&[Standing::Missed]), count(&[Standing::Open, Standing::AtRisk]));
    let not_run = count(&[Standing::NotRun]);
    match (missed, open) {
        _ if not_run > 0 || all == 0 => (Standing::NotRun, say!("standing.count", plural = all, n = all)),
        (0, 0) => (Standing::Holds, say!("standing.all_hold", n = all)),
        (0, open) => (Standing::Open, say!("standing.some_open", hold = all - open, open)),
        (missed, _) => (Standing::Missed, say!("standing.some_missed", missed, all)),
    }
}

/// The goal that is worst off: one that is missed, else one that is open, else the one with the least to spare.
pub fn worst(goals: &[GoalText]) -> Option<&GoalText> {
    let rank = |goal: &GoalText| match goal.standing {
        Standing::Missed => 0.0,
        Standing::AtRisk => 1.0,
        Standing::Open => 2.0,
        Standing::Holds => 4.0 - goal.bar.map_or(0.0, |bar| bar.filled),
        Standing::NotRun => 9.0,
    };
    goals.iter().min_by(|a, b| rank(a).total_cmp(&rank(b)))
}

/// A goal as it is shown. Of an acknowledgement and a confirmation that differ by less than figures show, both have the figure of the
/// confirmation, as in the charts; unless a limit lies between them.
fn as_shown(status: &GoalStatus, all: &[GoalStatus]) -> GoalStatus {
    let mut shown = *status;
    if let (Some((Wait::Acceptance, p)), Some(value)) = (status.goal.metric.id.quantile(), status.value) {
        for other in all {
            if other.goal.metric.id.quantile() == Some((Wait::EndToEnd, p))
                && let Some(confirmed) = other.value
                && format::alike_ms(value, confirmed)
                && (value > status.goal.at_most) == (confirmed > status.goal.at_most)
            {
                shown.value = other.value;
            }
        }
    }
    shown
}

/// The goals of a scenario, with what a run has made of them.
pub fn texts(goals: &[Goal], verdict: Option<&Verdict>, outlook: Outlook) -> Vec<GoalText> {
    match verdict {
        Some(verdict) => {
            let text = |status| GoalText::of(&as_shown(status, &verdict.goals), outlook);
            verdict.goals.iter().map(text).collect()
        }
        None => goals.iter().map(|goal| GoalText::before(*goal)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(metric: MetricId, at_most: f64, value: Option<f64>, state: GoalState, drains_late: bool) -> GoalText {
        let goal = Goal { metric: metric.metric(), at_most };
        let status = GoalStatus { goal, value, unconfirmed: None, state, missed_at: None };
        GoalText::of(&status, Outlook { starts_at_s: 27_000.0, end: "10:30", drains_late })
    }

    fn plain(text: &str) -> String {
        text.replace([format::NBSP, format::THIN], " ")
    }

    #[test]
    fn before_a_run_the_limit_is_the_figure() {
        let before = |metric: MetricId, at_most| GoalText::before(Goal { metric: metric.metric(), at_most });
        let latency = before(MetricId::AcceptanceP95, 200.0);
        assert_eq!((plain(&latency.value).as_str(), latency.limit.as_str()), ("≤ 200 ms", ""));
        assert_eq!((latency.standing, latency.bar), (Standing::NotRun, None));
        assert_eq!(before(MetricId::Duplicates, 0.0).value, "none");
    }

    /// The bar is full at the limit; beyond, the limit lies within.
    #[test]
    fn a_bar_goes_from_nothing_to_the_limit() {
        let bar = |value| told(MetricId::AcceptanceP95, 200.0, Some(value), GoalState::SoFar, false).bar;
        assert_eq!(bar(84.0), Some(Bar { filled: 0.42, limit: None }));
        assert_eq!(bar(200.0), Some(Bar { filled: 1.0, limit: None }));
        assert_eq!(bar(800.0), Some(Bar { filled: 1.0, limit: Some(0.25) }));
        assert_eq!(
            told(MetricId::Duplicates, 0.0, Some(3.0), GoalState::Broken, false).bar,
            None,
            "nothing is allowed"
        );
    }

    #[test]
    fn what_is_measured_at_the_end_is_open_until_then() {
        let end = |value, state, late| told(MetricId::FinalBacklog, 100.0, Some(value), state, late);
        let open = end(1_131.0, GoalState::Missing, false);
        assert_eq!((open.standing, open.limit.as_str()), (Standing::Open, "at most 100 at 10:30"));
        assert_eq!(open.spoken, "open, measured at 10:30");
        assert_eq!(end(1_131.0, GoalState::Missing, true).standing, Standing::AtRisk);
        let over = end(1_131.0, GoalState::Missed, true);
        assert_eq!((over.standing, over.limit.as_str()), (Standing::Missed, "at most 100"));
        assert_eq!(told(MetricId::EndToEndP95, 100.0, None, GoalState::Missing, false).standing, Standing::AtRisk);
    }

    #[test]
    fn all_goals_come_to_three_words() {
        let cost = |state| told(MetricId::Cost, 10.0, Some(9.0), state, false);
        let backlog = told(MetricId::FinalBacklog, 100.0, Some(900.0), GoalState::Missing, false);
        let (so_far, lost) = (cost(GoalState::SoFar), cost(GoalState::Broken));
        assert_eq!(sum(&[so_far.clone(), cost(GoalState::Met)]), (Standing::Holds, "2 of 2 hold".to_owned()));
        assert_eq!(sum(&[so_far.clone(), backlog.clone()]), (Standing::Open, "1 hold, 1 open".to_owned()));
        assert_eq!(worst(&[so_far.clone(), backlog.clone()]), Some(&backlog));
        assert_eq!(worst(&[so_far.clone(), lost.clone()]), Some(&lost));
        assert_eq!(sum(&[so_far, backlog, lost]), (Standing::Missed, "1 of 3 missed".to_owned()));
        let before = GoalText::before(Goal { metric: MetricId::Cost.metric(), at_most: 10.0 });
        assert_eq!(sum(&[before.clone(), before]), (Standing::NotRun, "2 goals".to_owned()));
    }

    /// As in the charts, an acknowledgement and a confirmation with the answer's 20 ms between them are one figure, unless a limit is between.
    #[test]
    fn what_is_confirmed_when_it_is_acknowledged_has_one_figure() {
        let status = |metric: MetricId, at_most, value| {
            let goal = Goal { metric: metric.metric(), at_most };
            GoalStatus { goal, value: Some(value), unconfirmed: None, state: GoalState::SoFar, missed_at: None }
        };
        let told = |at_most, acknowledged, confirmed| {
            let goals = [
                status(MetricId::AcceptanceP95, at_most, acknowledged),
                status(MetricId::EndToEndP50, at_most, acknowledged),
                status(MetricId::EndToEndP95, 120_000.0, confirmed),
            ];
            goals.map(|goal| plain(&as_shown(&goal, &goals).shown()))
        };
        assert_eq!(told(200.0, 2_960.0, 2_940.0), ["2.9 s", "3 s", "2.9 s"]);
        assert_eq!(told(2_950.0, 2_960.0, 2_940.0)[0], "just over 3 s", "a limit lies between them");
        assert_eq!(told(200.0, 84.0, 2_940.0)[0], "84 ms");
    }
}
