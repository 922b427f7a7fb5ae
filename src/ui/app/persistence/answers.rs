//! Answers to what the page asks in a banner: which design to keep, what to show of what could not be read, when to take a newer build.

use crate::late::{self, late};
use crate::say;
use crate::session::Action;
use crate::session::run::sketch::Sketches;
use crate::ui::app::{App, forgotten, offline};
use crate::ui::exchange::Desk;
use crate::ui::notices::Answer;

/// Where a text that could not be read is shown.
const UNREAD: &str = "#exchange-unread";

late! {
    fn answered(app: &mut App, answer: Answer) -> () {
        match answer {
            Answer::Close => {}
            Answer::Show => {
                app.open_desk(Some(Desk::Files));
                app.focus.next(UNREAD);
            }
            Answer::Leave => app.leave_visit(),
            Answer::Keep => app.keep_visit(),
            Answer::Reload => drop(offline::reload(app)),
            Answer::Anew => forgotten::begin_anew(),
            Answer::Mine => {
                app.persistence.tried = Some(app.keepsake());
                app.persistence.store.other().into_iter().for_each(|theirs| app.set_aside(Some(theirs.design)));
                let outcome = app.persistence.store.overwrite(&app.text());
                app.saved(outcome);
            }
            Answer::Theirs => match app.persistence.store.take_theirs() {
                Some(theirs) => {
                    app.visit_is_over();
                    app.act(Action::TakeSketches(Sketches::read(theirs.sketches)));
                    app.act(Action::Import(theirs.design));
                    app.act(Action::Fit);
                    app.persistence.kept = Some(app.keepsake());
                }
                None => app.act(Action::Say(say!("page.other_unread").to_owned())),
            },
        }
    }
}

impl App {
    /// What waits for the second module is done when that has come.
    pub(in crate::ui::app) fn answer(&mut self, at: usize, answer: Answer) {
        if at >= self.banners.len() {
            return;
        }
        if answer == Answer::Close || late::is_here() {
            self.banners.remove(at);
            let _ = answered(self, answer);
        } else {
            self.persistence.answer = Some((at, answer));
            crate::ui::late::need();
        }
    }
}
