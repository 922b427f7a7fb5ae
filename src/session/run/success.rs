//! The first success: at the moment at which patients waited longest for an answer in the run before, they get one within its limit now.
//!
//! Both figures are of the same moment of the same scenario. A run that kept the limit, and another scenario, are nothing to beat.

use crate::format;
use crate::late::late;
use crate::say;
use crate::session::Session;
use engine::measure::{Series, Wait};
use engine::sim::time::Time;

/// An answer within its limit where it came too late before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Success {
    pub at: Time,
    /// The slowest answer of 19 in 20 at that moment, in milliseconds: now, and in the run before.
    pub ms: f64,
    pub was_ms: f64,
    /// It is the first one of this learner.
    pub first: bool,
}

/// What there is to beat, and what has been.
#[derive(Clone, Debug, Default)]
pub struct Successes {
    /// The scenario, the moment, and how long an answer took there, in milliseconds.
    slowest: Option<(String, Time, f64)>,
    /// With the design's revision: an edit ends it.
    shown: Option<(Success, u64)>,
}

impl Success {
    /// `84 ms to hear yes at 08:04. It was 22 s.` in its figure and the rest.
    pub fn words(&self, starts_at_s: f64) -> (String, String) {
        let clock = format::clock(starts_at_s + self.at.seconds());
        let rest = say!("run.success", at = clock, was = format::duration_ms(self.was_ms));
        (format::duration_ms(self.ms), rest)
    }
}

impl Session {
    /// What this run has made better than the one before, from its moment on, until the next edit or run, or until it is put away.
    pub fn success(&self) -> Option<Success> {
        let (success, revision) = self.successes.shown?;
        (revision == self.design_revision()).then_some(success)
    }

    /// It is not shown again, and not told again.
    pub(in crate::session) fn put_success_away(&mut self) {
        (self.successes.shown, self.successes.slowest) = (None, None);
    }

    /// The run makes room for another one: what of it there is to beat.
    pub(in crate::session) fn remember_slowest(&mut self) {
        // What has been beaten and said is nothing to beat any more.
        if self.successes.shown.take().is_some() {
            self.successes.slowest = None;
        }
        let Some(((origin, run), limit)) = self.play.origin().zip(self.play.furthest()).zip(self.answer_limit()) else {
            return;
        };
        if let Some((at, ms)) = slowest(run.measures().series()).filter(|(_, ms)| *ms > limit) {
            self.successes.slowest = Some((origin.scenario.id.clone(), at, ms));
        }
    }

    /// Time has passed: looks whether the moment has come.
    pub(in crate::session) fn follow_success(&mut self) {
        let _ = beaten(self);
    }

    /// The most that the scenario allows for an answer, in milliseconds.
    fn answer_limit(&self) -> Option<f64> {
        let is_of_answers = |wait| matches!(wait, Some((Wait::Acceptance, _)));
        let goals = &self.scenario().goals;
        goals.iter().find(|goal| is_of_answers(goal.metric.id.quantile())).map(|goal| goal.at_most)
    }
}

late! {
    fn beaten(session: &mut Session) -> () {
        let Some((scenario, at, was_ms)) = session.successes.slowest.clone() else { return };
        if session.successes.shown.is_some() || scenario != session.scenario().id || session.is_stale() {
            return;
        }
        let Some((run, limit)) = session.play.furthest().zip(session.answer_limit()) else { return };
        let bins = &run.measures().series().bins;
        let Some(ms) = bins.iter().find(|bin| bin.to == at).and_then(|bin| bin.acceptance.p95_ms) else { return };
        if ms <= limit {
            let first = session.note_steps();
            session.successes.shown = Some((Success { at, ms, was_ms, first }, session.design_revision()));
        }
    }
}

/// Where answers took longest, and how long.
fn slowest(series: &Series) -> Option<(Time, f64)> {
    let answers = series.bins.iter().filter_map(|bin| Some((bin.to, bin.acceptance.p95_ms?)));
    answers.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}
