//! The result of a run on the page: when it is seen, what stays in sight once it is closed, and where its buttons lead.
//!
//! It opens by itself when a run ends and makes room for whoever goes on: who selects a part, changes the design or goes back in time. What to
//! try next then stands at the diagram until the next run begins, and the result can be opened again.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::App;
use crate::kata::builtin;
use crate::session::{Action, Finished, Pick, RunState, Selection, Session};
use crate::ui::inspector::form;
use crate::ui::kit::Widget;
use crate::ui::next_step::{NextStep, next_step};
use crate::ui::repeat::Studies;
use crate::ui::result::ResultAction;
use crate::ui::tabs::Panel;
use crate::ui::verdict::{Passed, ResultCard};
use engine::sim::time::Time;

/// Where the focus goes when the result is closed: to Play, or to the diagram.
const PLAY: &str = ".transport .primary";
const CANVAS: &str = ".diagram .canvas, .list button";
/// Where it goes when the result is opened again.
const RESULT: &str = ".verdict";
/// The button that opens it.
const REOPEN: &str = ".next-step .reopen";

/// What the learner has put away, by the run's number.
#[derive(Default)]
pub struct ResultView {
    /// The result.
    closed: Option<u64>,
    /// The result was asked for while the play head is not at the end.
    reopened: bool,
    /// What to try next.
    dismissed: Option<u64>,
}

impl App {
    pub(super) fn result_open(&self, session: &Session) -> bool {
        let away = matches!(session.playback().state, RunState::Playing | RunState::Paused);
        let wanted = !away || self.result.reopened;
        wanted && session.finished().is_some_and(|finished| self.result.closed != Some(finished.number))
    }

    fn close_result(&mut self) {
        self.result.closed = self.session.borrow().finished().map(|finished| finished.number);
    }

    /// Who selects a part, changes the design or goes to another moment wants to see that: the result makes room. Back at the end it is there
    /// again.
    pub(super) fn make_room(&mut self, selected: &Rc<Selection>, design_revision: u64, now: Time) {
        let session = self.session.borrow();
        let selects = session.selection() != selected && !session.selection().is_empty();
        let changes = session.design_revision() != design_revision;
        let goes = session.now() != now;
        let closes = (selects || changes) && self.result_open(&session);
        drop(session);
        self.result.reopened &= !goes;
        if closes {
            self.close_result();
        }
    }

    pub(super) fn result_deed(&mut self, result_action: ResultAction) {
        match result_action {
            ResultAction::Close | ResultAction::Change => {
                self.close_result();
                self.layout.panel = Panel::Diagram;
                self.focus.next(if result_action == ResultAction::Close { PLAY } else { CANVAS });
            }
            ResultAction::Reopen => {
                (self.result.closed, self.result.reopened) = (None, true);
                self.focus.next(RESULT);
            }
            ResultAction::Dismiss => {
                self.result.dismissed = self.session.borrow().finished().map(|finished| finished.number);
                self.focus.next(REOPEN);
            }
            ResultAction::Show(id, path) => self.show(id, path),
            ResultAction::Run => self.run_from_start(),
            ResultAction::Play(id) => {
                if let Some(scenario) = builtin::scenario(&id) {
                    self.act(Action::SetScenario(Box::new(scenario.clone())));
                    self.run_from_start();
                }
            }
        }
    }

    /// Selects the component, in sight; and takes the focus to the parameter, wherever that is.
    fn show(&mut self, id: Rc<str>, path: Option<String>) {
        self.act(Action::Select { pick: Pick::Node(id.clone()), add: false });
        let Some(path) = path else { return self.choose(Panel::Diagram) };
        self.choose(Panel::Inspector);
        self.focus.first_of(form::ids(&id, &path));
    }

    fn run_from_start(&mut self) {
        self.act(Action::Pause);
        self.act(Action::Restart);
        self.act(Action::Play);
        self.layout.panel = Panel::Diagram;
        self.focus.next(PLAY);
    }

    pub(super) fn result(&self, session: &Session) -> Html {
        let Some(finished) = session.finished() else { return Html::default() };
        let at_its_end = session.playback().state == RunState::Over;
        let stale = !finished.has_design(session.design());
        let card = ResultCard {
            finished: finished.into(),
            stale,
            passed: passed(session, finished),
            notes: session.notes().into(),
            keeps: self.persistence.keeps(),
            result_action: self.links.result.clone(),
            on_worst: at_its_end.then(|| self.links.worst.clone()),
            dispatch: self.links.act.clone(),
            opened: self.size.opened(&finished.origin.design, stale),
            on_size: self.links.open_size.clone(),
        };
        html! {
            <ContextProvider<Studies> context={self.studies.clone()}>
                { card.keyed(finished.number) }
            </ContextProvider<Studies>>
        }
    }

    /// What stands at the diagram once the result is closed.
    pub(super) fn next_step(&self, session: &Session) -> Html {
        let Some(finished) = session.finished().filter(|_| !session.is_playing()) else { return Html::default() };
        next_step(&NextStep {
            finished,
            dismissed: self.result.dismissed == Some(finished.number),
            here: session.scenario().id == finished.origin.scenario.id,
            stale: !finished.has_design(session.design()),
            result_action: &self.links.result,
        })
    }
}

/// Each scenario, and whether the design of a run has passed it.
fn passed(session: &Session, finished: &Finished) -> Vec<Passed> {
    let passed = |id: &str| session.runs().has_passed(&finished.origin.design, id);
    builtin::scenarios()
        .iter()
        .map(|s| Passed { id: s.id.clone(), name: s.name.clone(), passed: passed(&s.id) })
        .collect()
}
