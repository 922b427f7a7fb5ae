//! A learner's work on its way to a course system and back: what is kept of a session, and what to do for it to be there again.
//!
//! A course system knows its learners, and a browser may have several. So what came from it takes the place of what this browser has, unless both
//! are of the same learner; then nothing of either is lost. The design is one step of Undo in any case.

use std::rc::Rc;

use crate::design::Design;
use crate::kata::{Scenario, builtin};
use crate::record::{Notes, RunHistory, RunRecord};
use crate::session::run::help::{Helping, OpenedRungs};
use crate::session::run::progress::Progress;
use crate::session::run::sketch::Sketches;
use crate::session::{Action, Guess, Guesses, Session};
use crate::share::embed::{self, Embed};
use crate::share::state::State;
use crate::share::{Saved, Theme};
use crate::ui::storage;

/// Where this browser keeps whose work it has.
const LEARNER: &str = "learner.v1";

/// The learner's own design, scenario and seed while another's run is looked at.
pub type Own = (Rc<Design>, Rc<Scenario>, u64);

/// What is to be kept of a session.
pub fn saved(session: &Session, own: Option<&Own>) -> Saved {
    let seen = || (session.design().clone(), session.scenario().clone(), session.seed());
    let (design, scenario, seed) = own.cloned().unwrap_or_else(seen);
    Saved {
        design: (*design).clone(),
        scenario: scenario.id.clone(),
        seed,
        theme: Theme::Auto,
        speed: None,
        letter_keys: true,
        sketches: session.sketches().points().map(|(id, points)| (id.to_owned(), points.to_vec())).collect(),
        guesses: session.guesses().list().iter().map(|g| (g.scenario.clone(), g.drawn, g.came)).collect(),
        foreseen: session.foresights().to_owned(),
        seen: session.progress().seen().to_vec(),
        help: session.opened().kept().to_vec(),
        best: session.progress().bests().to_vec(),
    }
}

/// Whose work this browser has, where it was ever a course system's.
pub fn learner_here() -> Option<String> {
    storage::text(LEARNER)
}

pub fn keep_learner(learner: &str) {
    storage::keep_text(LEARNER, learner);
}

/// A name for a learner that nobody else has.
pub fn new_learner() -> String {
    let digits = |_| format!("{:08x}", (js_sys::Math::random() * 4_294_967_296.0) as u32);
    (0..2).map(digits).collect()
}

/// What brings a learner's work here, in order; `same`: what is here is of the same learner.
pub fn back(session: &Session, state: &State, same: bool) -> Vec<Action> {
    let Saved { design, scenario, seed, sketches, guesses, foreseen, seen, help, best, .. } = state.saved.clone();
    let theirs = RunHistory::new(state.runs.iter().map(|run: &Rc<RunRecord>| (**run).clone()));
    let mut actions = shown(session, Some(design), builtin::scenario(&scenario), Some(seed));
    if same {
        let (runs, own) = (session.runs(), session.progress());
        actions.push(Action::RunHistory(RunHistory::merge(&RunHistory::default(), runs, &theirs)));
        let seen = own.seen().iter().cloned().chain(seen);
        actions.push(Action::SetProgress(Progress::read(seen, own.bests().iter().cloned().chain(best))));
        actions.push(Action::Help(Helping::Take(more_of(session.opened(), help))));
        return actions;
    }
    let guesses = guesses.into_iter().map(|(scenario, drawn, came)| Guess { scenario, drawn, came });
    actions.extend([
        Action::TakeNotes(Notes::default(), 0),
        Action::RunHistory(theirs),
        Action::SetProgress(Progress::read(seen, best)),
        Action::Help(Helping::Take(OpenedRungs::read(help))),
        Action::SetSketches(Sketches::read(sketches)),
        Action::SetGuesses(Guesses::read(guesses)),
        Action::SetForesights(foreseen),
    ]);
    actions
}

/// What was opened of help here and there.
fn more_of(here: &OpenedRungs, there: Vec<(String, usize, Option<f64>)>) -> OpenedRungs {
    let mut all = here.kept().to_vec();
    for (id, rungs, said) in there {
        match all.iter_mut().find(|(own, ..)| *own == id) {
            Some((_, own, answer)) => (*own, *answer) = ((*own).max(rungs), answer.or(said)),
            None => all.push((id, rungs, said)),
        }
    }
    OpenedRungs::read(all)
}

/// What makes the page as it is at its beginning, for a learner who has done nothing yet.
pub fn anew(session: &Session) -> Vec<Action> {
    let nothing = Saved {
        sketches: Vec::new(),
        guesses: Vec::new(),
        seen: Vec::new(),
        help: Vec::new(),
        best: Vec::new(),
        ..saved(session, None)
    };
    let first = Saved {
        design: builtin::starting_design(),
        scenario: builtin::scenarios()[0].id.clone(),
        seed: 1,
        foreseen: String::new(),
        ..nothing
    };
    back(session, &State { learner: String::new(), points: 0.0, saved: first, runs: Vec::new() }, false)
}

/// What an author has a learner begin with: JSON as in the page's block of options.
pub fn begun(session: &Session, options: &str) -> Vec<Action> {
    let Embed { scenario, seed, design, .. } = embed::read("", Some(options));
    let design = design.and_then(builtin::design).map(|file| file.design());
    shown(session, design, scenario.and_then(builtin::scenario), seed)
}

fn shown(session: &Session, design: Option<Design>, scenario: Option<&Scenario>, seed: Option<u64>) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(scenario) = scenario.filter(|scenario| scenario.id != session.scenario().id) {
        actions.push(Action::SetScenario(Box::new(scenario.clone())));
    }
    actions.extend(seed.filter(|seed| *seed != session.seed()).map(Action::SetSeed));
    if let Some(design) = design.filter(|design| *design != **session.design()) {
        let readonly = session.is_readonly();
        actions.extend([
            Action::SetReadonly(false),
            Action::Import(design),
            Action::SetReadonly(readonly),
            Action::Fit,
        ]);
    }
    actions
}
