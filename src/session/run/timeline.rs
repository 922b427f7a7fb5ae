//! The timeline: what happened in a run at which moment, in words: changes made by hand, goals missed, the fork.

use crate::format;
use crate::record::{Changed, Loss};
use crate::say;
use crate::session::Session;
use crate::session::text::{edit_captions, happened};
use engine::sim::time::{Span, Time};

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
    /// A goal is missed.
    Missed,
    /// The run branched off another one.
    Fork,
}

/// Changes of one component with so little between them are one mark: a slider that is drawn while the run plays.
const BURST: Span = Span(60_000_000_000);

/// The first and the last change of each burst, by their numbers.
fn bursts(changes: &[Changed]) -> Vec<(usize, usize)> {
    let mut bursts: Vec<(usize, usize)> = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let goes_on = |&(_, last): &(usize, usize)| {
            changes[last].node.id == change.node.id && change.at.since(changes[last].at) <= BURST
        };
        match bursts.last_mut().filter(|burst| goes_on(burst)) {
            Some((_, last)) => *last = index,
            None => bursts.push((index, index)),
        }
    }
    bursts
}

impl Session {
    /// The marks of the run as far as it has come, in order of time.
    pub fn marks(&self) -> Vec<Mark> {
        let mark = |(at, what, words): (Time, MarkKind, String)| Mark {
            at,
            what,
            text: format!("{} {words}", self.clock_at(at)),
        };
        self.marked().into_iter().map(mark).collect()
    }

    /// The same without the time of day: what the marks say.
    pub(in crate::session) fn marked(&self) -> Vec<(Time, MarkKind, String)> {
        let Some(origin) = self.play.origin() else { return Vec::new() };
        let mut marks: Vec<(Time, MarkKind, String)> = bursts(&origin.changes)
            .into_iter()
            .filter_map(|(first, last)| {
                let (before, after) = (origin.before(first)?, &origin.changes[last]);
                Some((origin.changes[first].at, MarkKind::Change, edit_captions::changed(before, &after.node)))
            })
            .collect();
        let missed =
            |loss: Loss| (loss.at, MarkKind::Missed, say!("run.mark_missed", goal = happened::beyond(&loss.goal)));
        marks.extend(self.losses().into_iter().map(missed));
        if let Some(at) = self.playback().forked {
            marks.push((at, MarkKind::Fork, say!("run.mark_forked").to_owned()));
        }
        crate::order::sort_by_key(&mut marks, |(at, ..)| *at);
        marks
    }

    /// The goals that the run has missed as far as it has come, earliest first.
    pub fn losses(&self) -> Vec<Loss> {
        self.play.moments().missed()
    }

    /// The time of day at a moment of the run, to the second where it is not a whole minute.
    pub fn clock_at(&self, at: Time) -> String {
        let seconds = f64::from(self.scenario().starts_at_s) + at.seconds();
        if seconds.floor() % 60.0 == 0.0 { format::clock(seconds) } else { format::time_of_day(seconds) }
    }
}
