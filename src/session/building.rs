//! Building: while a design is put together it is unfinished, and that is no news. Until the learner rests for a moment, or plays, only what
//! was shown before is shown; the missing connections say what comes next.
//!
//! Rest is wall time passed in, so that nothing here reads a clock.

use std::rc::Rc;

use crate::design::{Code, Problem};
use crate::session::{Gesture, Session};

/// So long after the last change of its structure a design counts as put together, in seconds of wall time.
pub const REST_S: f64 = 2.0;

/// What is shown of the design's problems.
#[derive(Default)]
pub(in crate::session) struct Building {
    /// How long nothing has changed, in seconds; `None`: nobody builds.
    rested_s: Option<f64>,
    shown: Rc<Vec<Problem>>,
    /// The learner is asked for the backlog: what answers that is not shown.
    asked: bool,
}

impl Session {
    /// The problems that are to be shown: all, or, while somebody builds, those that were shown before.
    pub fn shown_problems(&self) -> &Rc<Vec<Problem>> {
        &self.building.shown
    }

    /// The design's structure has changed a moment ago: [`super::Action::Rest`] is wanted once [`REST_S`] have passed.
    pub fn is_building(&self) -> bool {
        self.building.rested_s.is_some()
    }

    /// The structure has changed.
    pub(super) fn build_on(&mut self) {
        self.building.rested_s = Some(0.0);
    }

    /// So many seconds have passed. A gesture under way is no rest.
    pub(super) fn rest(&mut self, wall_s: f64) {
        let Some(rested) = &mut self.building.rested_s else { return };
        *rested = if self.gesture == Gesture::Idle { *rested + wall_s.max(0.0) } else { 0.0 };
        if *rested >= REST_S {
            self.built();
        }
    }

    /// The question for the backlog is put, or answered: what would answer it goes, or comes.
    pub(super) fn hold_back(&mut self) {
        if self.building.asked != self.is_guessing() {
            self.show_problems();
        }
    }

    /// The design counts as put together.
    pub(super) fn built(&mut self) {
        self.building.rested_s = None;
        self.show_problems();
    }

    /// The problems are others now.
    pub(super) fn show_problems(&mut self) {
        let asked = self.is_guessing();
        let building = &mut self.building;
        building.asked = asked;
        let shown = if building.rested_s.is_none() && !asked {
            self.problems.clone()
        } else {
            let known = |p: &Problem| building.shown.iter().any(|b| b.code == p.code && b.place == p.place);
            let may =
                |p: &&Problem| !(asked && p.code == Code::TooFewWorkers) && (building.rested_s.is_none() || known(p));
            Rc::new(self.problems.iter().filter(may).cloned().collect())
        };
        if *building.shown != *shown {
            building.shown = shown;
        }
    }
}
