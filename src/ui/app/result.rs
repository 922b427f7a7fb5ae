//! The result of a run on the page: when it is seen, what stays in sight once it is closed, and where its buttons lead.
//!
//! It opens by itself when a run ends and makes room for whoever goes on: who selects a part, changes the design or goes back in time. What to
//! try next then stands at the diagram until the next run begins, and the result can be opened again.

use std::rc::Rc;

use yew::prelude::*;

use super::{App, Msg};
use crate::kata::builtin;
use crate::session::{Action, Finished, Pick, RunState, Selection, Session, Which};
use crate::ui::inspector::form;
use crate::ui::next_step::NextStep;
use crate::ui::repeat::Studies;
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

/// What the buttons of a result do.
#[derive(Clone, Debug, PartialEq)]
pub enum ResultAction {
    Close,
    /// On to the diagram.
    Change,
    Reopen,
    /// Puts away what to try next.
    Dismiss,
    /// A component that the review speaks of, by its id; and the parameter, by its path, where it speaks of one.
    Show(Rc<str>, Option<String>),
    /// The design as it is, from the start.
    Run,
    /// The design as it is in another scenario, by its id.
    Play(String),
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
                self.panel = Panel::Diagram;
                self.focus_next = Some(if result_action == ResultAction::Close { PLAY } else { CANVAS });
            }
            ResultAction::Reopen => {
                (self.result.closed, self.result.reopened) = (None, true);
                self.focus_next = Some(RESULT);
            }
            ResultAction::Dismiss => {
                self.result.dismissed = self.session.borrow().finished().map(|finished| finished.number);
                self.focus_next = Some(REOPEN);
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
        self.to_field = form::ids(&id, &path);
    }

    fn run_from_start(&mut self) {
        self.act(Action::Pause);
        self.act(Action::Restart);
        self.act(Action::Play);
        self.panel = Panel::Diagram;
        self.focus_next = Some(PLAY);
    }

    pub(super) fn result(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let Some(finished) = session.finished().cloned() else { return Html::default() };
        let result_action = ctx.link().callback(Msg::Result);
        let at_its_end = session.playback().state == RunState::Over;
        let on_worst = at_its_end.then(|| ctx.link().callback(|()| Msg::Act(Action::Story(Which::Worst))));
        let (stale, passed, number) =
            (!finished.has_design(session.design()), passed(session, &finished), finished.number);
        let opened = self.size.opened(&finished.origin.design, stale);
        let on_size = ctx.link().callback(|()| Msg::Size(true));
        html! {
            <ContextProvider<Studies> context={self.studies.clone()}>
                <ResultCard key={number} {stale} {passed} {finished} {result_action} {on_worst} {opened} {on_size}
                    notes={session.notes().clone()} keeps={self.store.keeps()} dispatch={ctx.link().callback(Msg::Act)}/>
            </ContextProvider<Studies>>
        }
    }

    /// What stands at the diagram once the result is closed.
    pub(super) fn next_step(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let Some(finished) = session.finished().filter(|_| !session.is_playing()).cloned() else {
            return Html::default();
        };
        let result_action = ctx.link().callback(Msg::Result);
        let stale = !finished.has_design(session.design());
        let here = session.scenario().id == finished.origin.scenario.id;
        html! {
            <NextStep dismissed={self.result.dismissed == Some(finished.number)} {here} {stale} {finished} {result_action}/>
        }
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
