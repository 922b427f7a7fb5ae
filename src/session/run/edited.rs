//! What an edit of the design means for the run: a parameter becomes a change of a run under way; a run that has come to its end stays as it is,
//! and what is shown of it is of before the change.

use crate::late::late;
use crate::say;
use crate::session::Session;
use crate::session::run::playback::{Playback, RunState};

impl Session {
    /// The run at the play head has come to its end, wherever that is now.
    pub(in crate::session) fn run_has_ended(&self) -> bool {
        self.finished().is_some_and(|f| f.number == self.run_number()) && self.playback().state != RunState::Ready
    }

    /// The run has come to its end, and the design is perhaps another one since: its figures stay, as those of before.
    pub(in crate::session) fn outdate_run(&mut self) {
        let design = self.history.now().clone();
        let same = self.finished().is_some_and(|finished| finished.has_design(&design));
        self.play.outdate(&design, same);
    }

    /// Gives the run the parameters of the design, which has the same structure. The design was edited, so what does it is here.
    pub(in crate::session) fn change_run(&mut self) {
        let _ = give_run_the_design(self);
    }

    fn give_run_the_design(&mut self) {
        let Playback { state, outdated, visiting, .. } = *self.play.playback();
        match state {
            RunState::Ready => return,
            RunState::Over => return self.outdate_run(),
            // Nothing of a run that is over is changed by an edit, unless the learner went back into it for that.
            RunState::Paused if outdated || visiting => return self.outdate_run(),
            RunState::Playing | RunState::Paused => {}
        }
        if self.is_seeking() {
            self.change_waits = true;
            return;
        }
        let analysis = self.analysis.clone();
        match analysis.network() {
            Ok(network) => {
                let (count, left) = self.play.change_to(&analysis.design, network);
                let forked = left.is_some();
                if let Some((run, origin)) = left {
                    self.leave(run, origin);
                }
                let clock = self.clock();
                if forked {
                    self.say(say!("run.changed_forked", at = clock));
                } else if count > 0 {
                    self.say(say!("run.changed", at = clock));
                }
            }
            Err(problems) => {
                let why = problems.first().map_or("", |p| p.text.as_str());
                self.refuse(say!("run.goes_on", why));
            }
        }
    }
}

late! {
    fn give_run_the_design(session: &mut Session) -> () {
        session.give_run_the_design();
    }
}
