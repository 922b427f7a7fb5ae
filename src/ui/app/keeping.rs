//! Keeping: saves the design, the scenario, the seed and the theme a moment after they changed, and asks when another tab has done the same. Runs are saved
//! apart, and those of two tabs are merged.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Context;

use super::{App, Msg};
use crate::session::sketch::Sketches;
use crate::session::{Action, Session};
use crate::share::{Saved, Theme, saved};
use crate::ui::crash;
use crate::ui::notices::{Answer, Banner};
use crate::ui::storage::{Outcome, RunsSaved};

/// How long after the last change the design is saved, in milliseconds.
const SAVE_MS: u32 = 300;

/// Tells what is there from what was kept, without writing it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Keepsake {
    design_revision: u64,
    scenario: String,
    seed: u64,
    theme: Theme,
    letter_keys: bool,
    sketches: u64,
    /// How many items of the checklist are ticked: they are never taken back.
    seen: usize,
}

impl Keepsake {
    pub fn of(session: &Session, theme: Theme, letter_keys: bool) -> Keepsake {
        Keepsake {
            design_revision: session.design_revision(),
            scenario: session.scenario().id.clone(),
            seed: session.seed(),
            theme,
            letter_keys,
            sketches: session.sketches().revision(),
            seen: session.progress().seen().len(),
        }
    }
}

impl App {
    /// What would be kept now.
    fn keepsake(&self) -> Keepsake {
        Keepsake::of(&self.session.borrow(), self.theme, self.letter_keys.get())
    }

    /// Saves when nothing has changed for a moment.
    pub(super) fn save_soon(&mut self, ctx: &Context<Self>) {
        if self.keepsake() != self.kept {
            let link = ctx.link().clone();
            self.saving = Some(Timeout::new(SAVE_MS, move || link.send_message(Msg::Save)));
        }
    }

    /// The text to keep.
    fn text(&self) -> String {
        let session = self.session.borrow();
        saved::write(&Saved {
            design: (**session.design()).clone(),
            scenario: session.scenario().id.clone(),
            seed: session.seed(),
            theme: self.theme,
            letter_keys: self.letter_keys.get(),
            sketches: session.sketches().points().map(|(id, points)| (id.to_owned(), points.to_vec())).collect(),
            seen: session.progress().seen().to_vec(),
        })
    }

    pub(super) fn save(&mut self) {
        if self.keepsake() == self.kept || self.banners.iter().any(|b| b.clash) {
            return;
        }
        let outcome = self.store.save(self.text());
        self.saved(outcome);
    }

    fn saved(&mut self, outcome: Outcome) {
        crash::keeping(outcome == Outcome::Done && self.store.keeps());
        self.kept = self.keepsake();
        self.saving = None;
        match outcome {
            Outcome::Done => {}
            Outcome::Clash => self.banners.push(Banner {
                text: "Another tab has saved another design since. Which one shall this browser keep?".to_owned(),
                clash: true,
            }),
            Outcome::Lost(text) => self.banners.push(Banner { text, clash: false }),
        }
    }

    /// Saves the runs a moment after something about them is new.
    pub(super) fn save_runs_soon(&mut self, ctx: &Context<Self>) {
        if self.saving_runs.is_none() && !Rc::ptr_eq(self.session.borrow().runs(), &self.kept_runs) {
            let link = ctx.link().clone();
            self.saving_runs = Some(Timeout::new(SAVE_MS, move || link.send_message(Msg::SaveRuns)));
        }
    }

    pub(super) fn save_runs(&mut self) {
        self.saving_runs = None;
        let runs = self.session.borrow().runs().clone();
        if Rc::ptr_eq(&runs, &self.kept_runs) {
            return;
        }
        match self.run_store.save(&runs) {
            RunsSaved::Done => {}
            RunsSaved::Merged(runs) => self.act(Action::Runs(runs)),
            RunsSaved::Lost(text) => self.banners.push(Banner { text, clash: false }),
        }
        self.kept_runs = self.session.borrow().runs().clone();
    }

    pub(super) fn answer(&mut self, at: usize, answer: Answer) {
        if at < self.banners.len() {
            self.banners.remove(at);
        }
        match answer {
            Answer::Close => {}
            Answer::Mine => {
                let outcome = self.store.overwrite(self.text());
                self.saved(outcome);
            }
            Answer::Theirs => match self.store.take_theirs() {
                Some(theirs) => {
                    self.session.0.borrow_mut().take_sketches(Sketches::read(theirs.sketches));
                    self.act(Action::Import(theirs.design));
                    self.act(Action::Fit);
                    self.kept = self.keepsake();
                }
                None => self.act(Action::Say("The other design can't be read. Yours stays as it is.".to_owned())),
            },
        }
    }
}
