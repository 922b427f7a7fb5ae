//! The result of a run on the page: when it is seen, what stays in sight once it is closed, and where its buttons lead.
//!
//! It opens by itself when a run ends and makes room for whoever goes on: who selects a part, changes the design or goes back in time. It is
//! there again once nothing is selected, unless it was closed or the design is another one; the way back to it stands at the diagram until
//! the next run begins.

use std::cell::Cell;
use std::rc::Rc;

use crate::ui::prelude::*;

use super::App;
use crate::kata::{Scenario, builtin};
use crate::late::late;
use crate::session::{Action, Finished, Pick, RunState, Selection, Session};
use crate::ui::kit::Widget;
use crate::ui::next_step::next_step;
use crate::ui::repeat::Studies;
use crate::ui::result::{ResultAction, Shown};
use crate::ui::stars::Standing;
use crate::ui::tabs::Panel;
use crate::ui::verdict::{Passed, ResultCard};
use engine::sim::time::Time;

/// Where the focus goes when the result is closed: to Play, or to the diagram.
const PLAY: &str = ".transport .primary";
const CANVAS: &str = ".diagram .canvas, .list button";
/// Where it goes when the result is opened again.
const RESULT: &str = ".verdict";

/// What the learner has put away, by the run's number.
#[derive(Default)]
pub struct ResultView {
    /// The result.
    closed: Option<u64>,
    /// A part was selected since this result came, and still is.
    aside: Option<u64>,
    /// The result was asked for while the play head is not at the end.
    reopened: bool,
    /// It has been seen, and its seal has drawn itself.
    seen: Cell<Option<u64>>,
}

late! {
    fn result_deed(app: &mut App, result_action: ResultAction) -> () {
        match result_action {
            ResultAction::Close | ResultAction::Change => {
                app.close_result();
                app.layout.panel = Panel::Diagram;
                app.focus.next(if result_action == ResultAction::Close { PLAY } else { CANVAS });
            }
            ResultAction::Reopen => {
                (app.result.closed, app.result.reopened) = (None, true);
                app.focus.next(RESULT);
            }
            ResultAction::Show(shown) => app.show(shown),
            ResultAction::Run => app.run_from_start(),
            ResultAction::Play(id) => {
                if let Some(scenario) = builtin::scenario(&id) {
                    app.act(Action::SetScenario(Box::new(scenario.clone())));
                    app.go_on();
                }
            }
        }
    }
}

impl App {
    pub(super) fn result_open(&self, session: &Session) -> bool {
        let away = matches!(session.playback().state, RunState::Playing | RunState::Paused);
        let wanted = |number: u64| !away && !session.is_stale() && self.result.aside != Some(number);
        session.finished().is_some_and(|finished| {
            let number = finished.number;
            self.result.closed != Some(number) && (self.result.reopened || wanted(number))
        })
    }

    /// What is selected is looked at instead.
    pub(super) fn put_result_aside(&mut self) {
        self.result.aside = self.session.borrow().finished().map(|finished| finished.number);
        self.result.reopened = false;
    }

    pub(super) fn close_result(&mut self) {
        self.result.closed = self.session.borrow().finished().map(|finished| finished.number);
    }

    /// Who selects a part, changes the design or goes to another moment wants to see that: a result that was opened again makes room. `passing`:
    /// the focus has come by on its way, which closes nothing; `played`: the run was going on.
    pub(super) fn make_room(
        &mut self,
        selected: &Rc<Selection>,
        design_revision: u64,
        now: Time,
        (passing, played): (bool, bool),
    ) {
        let session = self.session.borrow();
        let selects = session.selection() != selected && !session.selection().is_empty() && !passing;
        let changes = session.design_revision() != design_revision;
        let goes = session.now() != now;
        if session.selection().is_empty() {
            self.result.aside = None;
        } else if selects {
            self.result.aside = session.finished().map(|finished| finished.number);
        }
        if !self.result_open(&session)
            && let Some(finished) = session.finished()
        {
            self.result.seen.set(Some(finished.number));
        }
        self.result.reopened &= !(goes || selects || changes);
        // Who lets the run go on wants to see it.
        let covered = session.is_playing() && !played && self.layout.panel == Panel::Inspector;
        drop(session);
        if covered && self.phone.matches() {
            self.layout.panel = Panel::Diagram;
        }
    }

    pub(super) fn result_deed(&mut self, result_action: ResultAction) {
        let _ = result_deed(self, result_action);
    }

    /// The focus has gone to what parameters or the result lie over, where the page is narrow: they make room, both where one lies over the other.
    pub(super) fn give_way(&mut self) {
        let result = self.result_open(&self.session.borrow());
        if self.layout.panel == Panel::Inspector {
            self.layout.panel = Panel::Diagram;
        }
        if result {
            self.close_result();
        }
    }

    /// Goes to the moment and selects the component, in sight.
    fn show(&mut self, shown: Shown) {
        // Where panels share a place, what is held is looked at first.
        let room = shown.moment.is_none() || !self.narrow.matches();
        if let Some(id) = shown.node.filter(|_| room) {
            self.act(Action::Select { pick: Pick::Node(id), add: false });
        }
        if let Some(moment) = shown.moment {
            self.act(Action::FreezeAt(moment.seconds()));
        }
        self.choose(Panel::Diagram);
    }

    fn run_from_start(&mut self) {
        self.act(Action::Pause);
        self.act(Action::Restart);
        self.act(Action::Play);
        self.show_stage();
    }

    /// In a scenario that is new to the design: at once, but where a guess is asked for first. Play is one press away, and skips it.
    fn go_on(&mut self) {
        if !self.session.borrow().is_guessing() {
            return self.run_from_start();
        }
        self.close_result();
        self.show_stage();
    }

    fn show_stage(&mut self) {
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
            fresh: self.result.seen.get() != Some(finished.number),
            passed: passed(session, finished),
            progress: session.progress().clone(),
            changed: changed(session, finished),
            opened: session.opened().clone(),
            notes: session.notes().into(),
            keeps: self.persistence.keeps(),
            result_action: self.links.result.clone(),
            on_worst: at_its_end.then(|| self.links.worst.clone()),
            dispatch: self.links.act.clone(),
            swept: self.size.opened(&finished.origin.design, stale),
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
        next_step(!finished.has_design(session.design()), &self.links.result)
    }
}

/// What a run is called that is not the first one: what differs from the run before it.
fn changed(session: &Session, finished: &Finished) -> Option<String> {
    let runs = session.runs().list();
    let at =
        runs.iter().position(|run| run.digest == finished.digest && run.scenario == finished.origin.scenario.id)?;
    // Another scenario is named beside it.
    let told = at + 1 < runs.len() && *runs[at].name != *finished.origin.scenario.name;
    told.then(|| runs[at].name.clone())
}

/// Each scenario, and whether the design of a run has passed it, for how much.
fn passed(session: &Session, finished: &Finished) -> Vec<Passed> {
    let of = |scenario: &Scenario| {
        let run = session.runs().pass_of(&finished.origin.design, &scenario.id);
        let shown = session.runs().shown(&finished.origin.design, &scenario.id);
        Passed {
            id: scenario.id.clone(),
            name: scenario.name.clone(),
            passed: run.is_some(),
            standing: Standing::of(session.runs(), &finished.origin.design, scenario),
            cost: shown.cost,
            mondays: shown.mondays,
            best: session.progress().best(&scenario.id),
            par: scenario.par,
            budget: scenario.budget(),
        }
    };
    builtin::scenarios().iter().map(of).collect()
}
