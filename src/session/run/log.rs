//! The log of a run: what happened, as far as the run has come, the latest first; each line leads to its moment.
//!
//! Lines follow from what the measures have noted and from the marks of the timeline; nothing is stored for it. Bounded by
//! [`MOST_LINES`].

use crate::format;
use crate::kata::builtin;
use crate::late::late;
use crate::say;
use crate::session::Session;
use crate::session::run::sketch::Sketch;
use crate::session::run::timeline::MarkKind;
use crate::session::text::happened;
use engine::measure::{Bin, Series, drained, few};
use engine::sim::fact::{FactKind, FactSet};
use engine::sim::time::Time;

/// More lines are not listed: the latest stay.
pub const MOST_LINES: usize = 40;
/// What is drawn by hand is no nearer than this share of its peak.
const BY_HAND: f64 = 0.05;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// A goal is missed.
    Missed,
    /// Something happened in the system.
    Happened,
    /// The scenario's world changes.
    World,
    /// Parameters were changed by hand.
    Change,
    /// The run branched off another one.
    Fork,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    pub at: Time,
    pub what: LogKind,
    /// The time of day, to the second.
    pub clock: String,
    /// A sentence.
    pub text: String,
}

late! {
    fn lines(session: &Session) -> Vec<LogLine> {
        let mut told: Vec<(Time, LogKind, String)> = session.marked().into_iter().map(line).collect();
        session.log_measures(&mut told);
        session.log_world(&mut told);
        crate::order::sort_by_key(&mut told, |(at, ..)| *at);
        let starts = f64::from(session.scenario().starts_at_s);
        let line = |(at, what, text): (Time, LogKind, String)| LogLine {
            at,
            what,
            clock: format::time_of_day(starts + at.seconds()),
            text,
        };
        told.into_iter().rev().take(MOST_LINES).map(line).collect()
    }
}

impl Session {
    /// What happened in the run as far as it has come, the latest first.
    pub fn log(&self) -> Vec<LogLine> {
        lines(self).unwrap_or_default()
    }

    fn log_measures(&self, told: &mut Vec<(Time, LogKind, String)>) {
        let Some((origin, run)) = self.play.origin().zip(self.play.furthest()) else { return };
        let measures = run.measures();
        let away = FactSet::of(&[FactKind::EndedRejected, FactKind::EndedAbandoned]);
        let mut nobody_before = true;
        for milestone in measures.milestones().list() {
            let node = origin.design.nodes.get(milestone.station);
            let person = milestone.booking.and_then(|booking| builtin::person(origin.seed, booking));
            let first_away = away.contains(milestone.kind) && std::mem::take(&mut nobody_before);
            let text = node.and_then(|node| happened::milestone(milestone.kind, node, person, first_away));
            told.extend(text.map(|text| (milestone.at, LogKind::Happened, text)));
        }
        let passed = self.sketch().and_then(|sketch| passed(measures.series(), sketch));
        told.extend(passed.map(|at| (at, LogKind::Happened, say!("run.passes_guess").to_owned())));
        if self.play.is_complete()
            && let Some(at) = drained(&measures.series().bins)
        {
            told.push((at, LogKind::Happened, say!("run.drained").to_owned()));
        }
    }

    /// The scenario's events that have begun or ended.
    fn log_world(&self, told: &mut Vec<(Time, LogKind, String)>) {
        let Some((origin, run)) = self.play.origin().zip(self.play.furthest()) else { return };
        let (now, world) = (run.now(), &origin.scenario.world);
        for event in &world.events {
            if event.from <= now {
                told.push((event.from, LogKind::World, happened::begins(&event.what)));
            }
            if event.to <= now && event.to < Time::ZERO + world.duration {
                told.push((event.to, LogKind::World, happened::ends(&event.what).to_owned()));
            }
        }
    }

    /// When the first goal that the run missed was missed: the moment to look at; `None` where none was.
    pub fn first_missed(&self) -> Option<Time> {
        self.losses().first().map(|loss| loss.at)
    }
}

fn line((at, what, words): (Time, MarkKind, String)) -> (Time, LogKind, String) {
    let what = match what {
        MarkKind::Missed => LogKind::Missed,
        MarkKind::Change => LogKind::Change,
        MarkKind::Fork => LogKind::Fork,
    };
    (at, what, format!("{words}."))
}

/// The end of the first bin in which more waits than was drawn, by more than a hand can draw.
fn passed(series: &Series, sketch: &Sketch) -> Option<Time> {
    let slack = (sketch.peak() * BY_HAND).max(few(f64::MAX));
    let above = |bin: &&Bin| bin.max_backlog as f64 > sketch.at(bin.to.seconds()) + slack;
    series.bins.iter().find(above).map(|bin| bin.to)
}
