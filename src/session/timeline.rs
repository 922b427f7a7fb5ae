//! The timeline: what happened in a run at which moment, in words: changes made by hand, goals lost, the fork.

use super::Session;
use super::words;
use crate::measure::format;
use crate::sim::time::Time;

/// A mark on the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub at: Time,
    pub what: MarkKind,
    /// With the time of day: `08:12 Consumers: most workers 60 → 90`.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Parameters were changed by hand.
    Change,
    /// A goal stopped holding.
    Lost,
    /// The run branched off another one.
    Fork,
}

impl Session {
    /// The marks of the run as far as it has come, in order of time.
    pub fn marks(&self) -> Vec<Mark> {
        let Some(origin) = self.play.origin() else { return Vec::new() };
        let mark = |at: Time, what, words: String| Mark { at, what, text: format!("{} {words}", self.clock_at(at)) };
        let change = |(index, changed): (usize, &crate::kata::Changed)| {
            let before = origin.before(index)?;
            Some(mark(changed.at, MarkKind::Change, words::changed(before, &changed.node)))
        };
        let mut marks: Vec<Mark> = origin.changes.iter().enumerate().filter_map(change).collect();
        for (goal, at) in self.play.moments().lost() {
            let limit = format::metric(Some(goal.at_most), goal.metric.unit);
            marks.push(mark(at, MarkKind::Lost, format!("{} lost: over {limit}", goal.metric.label)));
        }
        if let Some(at) = self.playback().forked {
            marks.push(mark(at, MarkKind::Fork, "forked: the other future stays as pale lines".to_owned()));
        }
        marks.sort_by_key(|m| m.at);
        marks
    }

    /// The time of day at a moment of the run, to the second where it is not a whole minute.
    pub fn clock_at(&self, at: Time) -> String {
        let seconds = f64::from(self.scenario().starts_at_s) + at.seconds();
        if seconds.floor() % 60.0 == 0.0 { format::clock(seconds) } else { format::time_of_day(seconds) }
    }
}
