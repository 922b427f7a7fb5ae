//! Progress: what the learner has seen and done, ticked off the kata's checklist by the runs that came to their end.
//!
//! A tick stays, with the figure of the first run that showed it, or of the last one that passed: what is said beside a design that passes is of
//! its own runs where it can be. So does the least that a passed run of each scenario has cost. Nothing
//! here is scored. The first steps of the brief tick themselves too: by
//! a run's end, or by the design where they ask for nothing else.

use crate::kata::Verdict;
use crate::kata::brief::{Step, TakeAway};
use crate::kata::builtin;
use crate::kata::builtin::{brief, checklist, whole};
use crate::kata::figures::RunFigures;
use crate::kata::learning::Term;
use crate::kata::when::When;
use crate::late::late;
use crate::session::Session;
use engine::measure::Report;

/// Letters of a stored figure at most: it comes from outside.
const MAX_FIGURE: usize = 80;

/// The ticked items, by their ids, each with the figure that showed it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    seen: Vec<(String, String)>,
    best: Vec<(String, f64)>,
}

impl Progress {
    /// From what was stored: items that neither the checklist nor the first steps have, or that come twice, are left out.
    /// So are the costs of scenarios that the kata does not have.
    pub fn read(
        kept: impl IntoIterator<Item = (String, String)>,
        best: impl IntoIterator<Item = (String, f64)>,
    ) -> Progress {
        let mut progress = Progress::default();
        for (id, figure) in kept {
            if checklist().iter().any(|item| item.id == id) || brief().steps.iter().any(|step| step.id == id) {
                progress.tick(&id, figure.chars().take(MAX_FIGURE).collect());
            }
        }
        for (id, cost) in best.into_iter().filter(|(id, cost)| builtin::scenario(id).is_some() && *cost >= 0.0) {
            progress.improve(&id, cost);
        }
        progress
    }

    /// The figure that showed an item; `None` while it is open.
    pub fn figure(&self, id: &str) -> Option<&str> {
        self.seen.iter().find(|(seen, _)| seen == id).map(|(_, figure)| figure.as_str())
    }

    /// The figure that showed what there is to take away; `None` while nothing has.
    pub fn earned(&self, point: &TakeAway) -> Option<&str> {
        self.figure(point.item.as_deref().unwrap_or(PASSED))
    }

    /// Whether a term is listed by now.
    pub fn lists(&self, term: &Term) -> bool {
        term.after.as_ref().is_none_or(|id| self.figure(id).is_some())
    }

    /// Whether a first step is ticked.
    pub fn has_step(&self, id: &str) -> bool {
        self.figure(id).is_some()
    }

    /// What is ticked, to store it.
    pub fn seen(&self) -> &[(String, String)] {
        &self.seen
    }

    /// The least that a passed run of a scenario has cost, in pounds.
    pub fn best(&self, scenario: &str) -> Option<f64> {
        self.best.iter().find(|(id, _)| id == scenario).map(|(_, cost)| *cost)
    }

    /// All of them, to store them.
    pub fn bests(&self) -> &[(String, f64)] {
        &self.best
    }

    fn improve(&mut self, scenario: &str, cost: f64) {
        match self.best.iter_mut().find(|(id, _)| id == scenario) {
            Some((_, best)) => *best = best.min(cost),
            None => self.best.push((scenario.to_owned(), cost)),
        }
    }

    fn show_anew(&mut self, id: &str, figure: String) {
        if let Some((_, shown)) = self.seen.iter_mut().find(|(seen, _)| seen == id) {
            *shown = figure;
        }
    }

    /// False if it was ticked before.
    fn tick(&mut self, id: &str, figure: String) -> bool {
        let new = self.figure(id).is_none();
        if new {
            self.seen.push((id.to_owned(), figure));
        }
        new
    }
}

impl Session {
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    pub(in crate::session) fn set_progress(&mut self, progress: Progress) {
        self.progress = progress;
        self.note_design();
    }

    /// Ticks what the run that is over has shown.
    pub(in crate::session) fn note_progress(&mut self) {
        if let Some((origin, run)) = self.play.origin().zip(self.play.run())
            && !self.play.playback().exploration
            && self.play.verdict().is_some_and(|v| v.is_final && !v.cut_short && v.passed())
        {
            self.progress.improve(&origin.scenario.id, run.measures().report(run.now()).cost);
        }
        let _ = tick_run(self);
    }

    /// Ticks the first steps that the run so far has made; says whether one was new. The first of all takes a whole run.
    pub(in crate::session) fn note_steps(&mut self) -> bool {
        tick_steps(self).unwrap_or_default()
    }

    /// Ticks the first steps that the design itself has made.
    pub(in crate::session) fn note_design(&mut self) {
        let _ = tick_design(self);
    }
}

// What a page begins with has no conditions yet; once they are here, [`Action::Arrived`](crate::session::Action::Arrived) looks at design and
// run again.

late! {
    fn tick_run(session: &mut Session) -> () {
        let Some(run) = session.play.run() else { return };
        let Some(verdict) = session.play.verdict().filter(|v| v.is_final && !v.cut_short) else { return };
        let report = run.measures().report(run.now());
        let Some(analysis) = session.play.analysis() else { return };
        let figures = RunFigures { analysis, report: &report, verdict };
        // A run that was changed midway shows what it shows, but passes nothing.
        let passes = !session.play.playback().exploration && verdict.passed();
        let counts = |id: &str| id != PASSED || !session.play.playback().exploration;
        for item in whole().checklist.iter().filter(|item| counts(&item.id) && item.is_seen(figures)) {
            let figure = item.seen.with(figures);
            if !session.progress.tick(&item.id, figure.clone()) && passes {
                session.progress.show_anew(&item.id, figure);
            }
        }
        // Nor does it tick what comes after the first steps.
        let counts = |step: &&Step| !(step.later && session.play.playback().exploration);
        for step in whole().brief.steps.iter().filter(counts).filter(|step| holds(step, figures)) {
            session.progress.tick(&step.id, String::new());
        }
    }
}

fn holds(step: &Step, run: RunFigures<'_>) -> bool {
    step.when.as_ref().is_some_and(|when| when.holds(run))
}

late! {
    fn tick_steps(session: &mut Session) -> bool {
        let Some((analysis, run)) = session.play.analysis().zip(session.play.run()) else { return false };
        let Some(verdict) = session.play.verdict() else { return false };
        let report = run.measures().report(run.now());
        let figures = RunFigures { analysis, report: &report, verdict };
        let mut new = false;
        for step in whole().brief.steps.iter().skip(1).filter(|step| !step.later && holds(step, figures)) {
            new |= session.progress.tick(&step.id, String::new());
        }
        new
    }
}

late! {
    fn tick_design(session: &mut Session) -> () {
        let nothing = Verdict { goals: Vec::new(), is_final: false, cut_short: false };
        let figures = RunFigures { analysis: &session.analysis, report: &Report::default(), verdict: &nothing };
        let of_design = |step: &&Step| step.when.as_ref().is_some_and(When::is_of_design);
        for step in whole().brief.steps.iter().filter(of_design).filter(|step| holds(step, figures)) {
            session.progress.tick(&step.id, String::new());
        }
    }
}

/// The item that only a scored run ticks.
const PASSED: &str = "passed";
