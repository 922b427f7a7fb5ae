//! What there is to say of the design before a run: its problems, the backlog to expect, the connections that are missing. Worked out anew with
//! each change of the design or the scenario, and once a run has shown what happens in a scenario.

use std::rc::Rc;

use crate::advice::fluid::Forecast;
use crate::advice::lint;
use crate::advice::lint::Seen;
use crate::design::Problem;
use crate::session::Session;
use crate::session::canvas::ghost;

impl Session {
    /// What is wrong or worth knowing about the design in this scenario: errors first.
    pub fn problems(&self) -> &Rc<Vec<Problem>> {
        &self.problems
    }

    /// The backlog that the design is to expect in this scenario, worked out without a run.
    pub fn forecast(&self) -> &Rc<Option<Forecast>> {
        &self.forecast
    }

    /// A run in the scenario has come to its end: what happens in it is no surprise any more.
    pub(super) fn see_through(&mut self) {
        if self.seen_through.insert(self.scenario.id.clone()) {
            self.reanalyse();
        }
    }

    /// Derives what follows from the design and the scenario.
    pub(super) fn reanalyse(&mut self) {
        let seen = Seen { a_run: self.seen_through.contains(&self.scenario.id) };
        let outlook = lint::outlook(self.history.now(), &self.scenario, seen);
        keep(&mut self.problems, outlook.problems);
        keep(&mut self.forecast, outlook.forecast);
        keep(&mut self.ghosts, ghost::ghosts(self.history.now()));
    }
}

/// What is the same as before stays the same pointer, so that nothing of it is drawn anew.
pub(super) fn keep<T: PartialEq>(old: &mut Rc<T>, new: T) {
    if **old != new {
        *old = Rc::new(new);
    }
}
