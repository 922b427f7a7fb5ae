//! Advice for a run whose fault no rule knows: where to begin.

use crate::advice::review::{Advice, Finding, FinishedRun};
use crate::design::Location;
use crate::format::{clock, count, metric};

/// The missed goal that is furthest from its limit, and its moment.
pub fn look_where_it_went_wrong(ran: &FinishedRun<'_>) -> Option<Advice> {
    let over = |g: &&crate::kata::GoalStatus| g.margin().map_or(f64::INFINITY, |m| -m);
    let worst = ran.verdict.goals.iter().filter(|g| !g.met()).max_by(|a, b| over(a).total_cmp(&over(b)))?;
    let peak = ran.series.bins.iter().max_by_key(|b| b.max_backlog)?;
    let at = clock(ran.day(peak.to.seconds()));
    let limit = metric(Some(worst.goal.at_most), worst.goal.metric.unit);
    let text = format!("{}: {}, and {limit} is the limit.", worst.goal.name(), worst.shown());
    let advice = match peak.max_backlog {
        0 => format!("Nothing ever waited in a queue. Go back to {at} on the timeline and look at what is busy then."),
        n => format!(
            "Go back to {at} on the timeline, where {} messages wait, and look at which component is full.",
            count(n)
        ),
    };
    Some(Advice { seen: Finding { code: "look-there", place: Location::Whole, text }, text: advice, edits: Vec::new() })
}
