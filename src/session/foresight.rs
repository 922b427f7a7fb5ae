//! Foresight: the prediction of a backlog is shown once the learner has guessed, or has asked for it, and stays for that design.
//!
//! A design is known by what a run follows from: names and places mean nothing. Bounded by [`MOST_DESIGNS`].

use std::rc::Rc;

use crate::advice::fluid::Forecast;
use crate::record::history::{fingerprint, likeness};
use crate::session::Session;

/// Of more designs the first are forgotten.
pub const MOST_DESIGNS: usize = 64;

/// What stands for a design in a scenario: 16 digits and a space.
const LETTERS: usize = 17;

/// For which designs the prediction is shown, and what is shown now.
#[derive(Debug, Default)]
pub(in crate::session) struct Foresight {
    /// One behind the other, the latest last.
    designs: String,
    shown: Rc<Option<Forecast>>,
}

impl Session {
    /// The backlog to expect, where the learner may see it.
    pub fn prediction(&self) -> &Rc<Option<Forecast>> {
        &self.foresight.shown
    }

    /// There is a prediction that is not shown: it can be asked for.
    pub fn hides_prediction(&self) -> bool {
        self.forecast().is_some() && self.prediction().is_none()
    }

    /// For which designs the prediction is shown, to store it.
    pub fn foresights(&self) -> &str {
        &self.foresight.designs
    }

    /// From now on the prediction is shown for this design in this scenario.
    pub(in crate::session) fn foresee(&mut self) {
        let design = self.foreseen();
        let designs = &mut self.foresight.designs;
        if !designs.contains(&design) {
            *designs += &design;
            if designs.len() > MOST_DESIGNS * LETTERS {
                *designs = designs.split_off(LETTERS);
            }
        }
        self.look_ahead();
    }

    /// Takes what was stored; what is too long is rubbish.
    pub(in crate::session) fn take_foresights(&mut self, designs: String) {
        if designs.is_ascii() && designs.len() <= MOST_DESIGNS * LETTERS {
            self.foresight.designs = designs;
            self.look_ahead();
        }
    }

    /// The design, the scenario or the forecast is another one.
    pub(in crate::session) fn look_ahead(&mut self) {
        let shown = !self.foresight.designs.is_empty() && self.foresight.designs.contains(&self.foreseen());
        let shown = if shown { self.forecast.clone() } else { Rc::default() };
        if self.foresight.shown != shown {
            self.foresight.shown = shown;
        }
    }

    fn foreseen(&self) -> String {
        fingerprint(&format!("{} {}", likeness(self.history.now()), self.scenario.id)) + " "
    }
}
