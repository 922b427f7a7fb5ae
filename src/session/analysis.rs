//! What there is to say of the design before a run. The [`Analysis`] is made once for each change of the design or the scenario; its problems,
//! the backlog to expect and the missing connections follow from it, and once more when a run has shown what happens in a scenario. Runs,
//! charts, sums and theory read the same analysis.

use std::rc::Rc;

use crate::advice::fluid::Forecast;
use crate::advice::lint;
use crate::advice::lint::Seen;
use crate::design::Problem;
use crate::kata::Analysis;
use crate::session::Session;
use crate::session::canvas::ghost;

impl Session {
    /// The design in the scenario, compiled.
    pub fn analysis(&self) -> &Rc<Analysis> {
        &self.analysis
    }

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
        let counts = self.play.run().map(|run| run.measures().report(run.now()).counts);
        let failures = counts.is_some_and(|counts| counts.timeouts + counts.clinic_errors > 0);
        let scenario = self.scenario.clone();
        if self.note_seen(&scenario.id, failures) {
            self.look_again();
        }
    }

    /// A run in a scenario has ended, and calls have failed in it or not. Says whether that is new.
    pub(super) fn note_seen(&mut self, scenario: &str, failures: bool) -> bool {
        let before = self.seen(scenario);
        let seen = Seen { a_run: true, failures: before.failures || failures };
        self.seen_through.insert(scenario, seen);
        seen != before
    }

    fn seen(&self, scenario: &str) -> Seen {
        self.seen_through.get(scenario).copied().unwrap_or_default()
    }

    /// The design or the scenario is another one: compiles it.
    pub(super) fn reanalyse(&mut self) {
        self.analysis = Rc::new(Analysis::new(self.history.now().clone(), self.scenario.clone()));
        self.note_design();
        self.look_again();
    }

    /// The components have other places: nothing follows from those but what is nearest.
    pub(super) fn moved(&mut self) {
        self.analysis = Rc::new(self.analysis.moved(self.history.now().clone()));
        keep(&mut self.ghosts, ghost::ghosts(self.history.now()));
    }

    /// Derives what follows from the analysis.
    pub(super) fn look_again(&mut self) {
        let outlook = lint::outlook(&self.analysis, self.seen(&self.scenario.id));
        keep(&mut self.problems, outlook.problems);
        self.show_problems();
        keep(&mut self.forecast, outlook.forecast);
        self.look_ahead();
        keep(&mut self.ghosts, ghost::ghosts(self.history.now()));
    }
}

/// What is the same as before stays the same pointer, so that nothing of it is drawn anew.
fn keep<T: PartialEq>(old: &mut Rc<T>, new: T) {
    if **old != new {
        *old = Rc::new(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::compile::COMPILES;
    use crate::design::{Edit, NodeId};
    use crate::kata::builtin;
    use crate::kinds::{KindId, Value};
    use crate::session::{Action, BookingChoice, Command, RunState};

    /// How often designs are compiled by `action`.
    fn compiles(session: &mut Session, action: impl FnOnce(&mut Session)) -> u32 {
        let before = COMPILES.get();
        action(session);
        COMPILES.get() - before
    }

    fn queue_60() -> Session {
        let design = builtin::design("queue-60").expect("built in").design();
        Session::new(design, builtin::scenario("monday").expect("built in").clone(), 1)
    }

    fn edit(edit: Edit) -> impl FnOnce(&mut Session) {
        move |session| session.update(Action::Edit { edit, burst: None })
    }

    #[test]
    fn an_edit_compiles_once_and_everything_else_reads_that() {
        let mut session = queue_60();
        let api: NodeId = "api".into();
        let threads = |n| Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(n) };
        assert_eq!(compiles(&mut session, edit(threads(20.0))), 1);
        assert_eq!(compiles(&mut session, edit(Edit::Rename { node: api.clone(), label: Some("Door".into()) })), 1);
        assert_eq!(compiles(&mut session, |s| s.update(Action::Add(KindId::DeadLetter))), 1);
        assert_eq!(compiles(&mut session, |s| s.update(Action::Undo)), 1);
        assert_eq!(compiles(&mut session, edit(Edit::Move { nodes: vec![api], dx: 8.0, dy: 0.0 })), 0, "places");
        let flu = Box::new(builtin::scenario("flu-season").expect("built in").clone());
        assert_eq!(compiles(&mut session, |s| s.update(Action::SetScenario(flu))), 1);
    }

    #[test]
    fn a_run_its_change_its_result_and_its_story_compile_nothing_of_their_own() {
        let mut session = queue_60();
        let more = Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(20.0) };
        assert_eq!(compiles(&mut session, |s| s.update(Action::Play)), 0);
        assert_eq!(compiles(&mut session, edit(more)), 1, "the edit itself");
        let to_the_end = |s: &mut Session| {
            s.update(Action::ToEnd);
            while s.playback().state != RunState::Over {
                s.update(Action::Tick { wall_s: 1.0 });
            }
        };
        assert_eq!(compiles(&mut session, to_the_end), 0);
        assert!(session.finished().is_some());
        assert_eq!(compiles(&mut session, |s| s.update(Action::Story(BookingChoice::Worst))), 0);
        assert_eq!(compiles(&mut session, |s| s.update(Action::Do(Command::SelectAll))), 0);
    }
}
