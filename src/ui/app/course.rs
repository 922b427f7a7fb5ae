//! The course system around the page: met when all of the page is here, and told what was saved.

use super::App;
use crate::late::late;
use crate::ui::course;

late! {
    fn tell(app: &App) -> () {
        let own = app.visit.own.as_ref().map(|own| (own.design.clone(), own.scenario.clone(), own.seed));
        course::tell(own);
    }
}

impl App {
    /// Looks for one. Part of what the page fetches once it is up.
    pub(super) fn meet_course(&mut self) {
        let begun = course::begin(&self.session, &self.links.act, self.options.host);
        if let Some(words) = begun.words {
            self.banner(words.to_owned());
        }
        for action in begun.actions {
            self.act(action);
        }
        // What this browser has of an earlier visit and the course has not.
        self.tell_course();
    }

    /// The learner's work was saved.
    pub(super) fn tell_course(&self) {
        let _ = tell(self);
    }
}
