//! What a learner does with what the page does not begin with: kept runs, stories, notes, designs of a sweep, the clipboard.
//!
//! All of it is reached through the functions here, so that a page need not have it when it begins; see [`crate::late`]. Until it has, each is
//! refused in words.

use crate::design::Edit;
use crate::design::layout::layout_for;
use crate::late::late;
use crate::session::action::Action;
use crate::session::gestures::keys::Command;
use crate::session::{RunState, Session};

/// What is said of something that is not here yet.
pub const NOT_YET: &str = "This part of the page is still loading. Try again in a moment.";

impl Session {
    /// Does what was asked for, if that is here.
    pub(super) fn do_later(&mut self, action: Action) {
        if act(self, action).is_none() {
            self.refuse(NOT_YET);
        }
    }

    /// The same for a command.
    pub(super) fn command_later(&mut self, command: Command) {
        if command_of(self, command).is_none() {
            self.refuse(NOT_YET);
        }
    }

    /// Lays everything out anew.
    fn tidy(&mut self) {
        let design = self.history.now();
        let places = design.nodes.iter().map(|n| n.id.clone()).zip(layout_for(design, self.view.aspect())).collect();
        if self.edit_as(&Edit::Place { places }, "Tidy", None) {
            self.fit();
            self.say_done("Tidied: the flow goes from left to right.");
        }
    }

    /// Looks on for the booking whose story is wanted. One was asked for, so what looks for it is here.
    pub(super) fn go_on_telling(&mut self) {
        let _ = look_on(self);
    }

    /// All that the page did not begin with is here: what is said of the design, and of a run that is over, can be said now.
    pub(super) fn arrived(&mut self) {
        self.look_again();
        if self.playback().state == RunState::Over {
            self.look_back();
        }
    }
}

late! {
    fn act(session: &mut Session, action: Action) -> () {
        match action {
            Action::Paste { at } => session.paste(Some(at)),
            Action::Story(which) => session.ask_story(which),
            Action::Expect(sketch) => session.expect(sketch),
            Action::RenameRun { id, name } => session.rename_run(&id, &name),
            Action::PinRun(id) => session.pin_run(id.as_deref()),
            Action::RestoreRun(id) => session.restore_run(&id),
            Action::ShowRuns { first, second } => session.show_runs(&first, &second),
            Action::TryDesign { design, what, scenario, seed } => session.try_design(*design, &what, *scenario, seed),
            Action::DeleteRun(id) => session.delete_run(&id),
            Action::BringBackRun => session.bring_back_run(),
            Action::Note(noting) => session.note(noting),
            other => unreachable!("{other:?} is done at once"),
        }
    }
}

late! {
    fn command_of(session: &mut Session, command: Command) -> () {
        match command {
            Command::Copy => session.copy(),
            Command::Cut => {
                session.copy();
                session.delete_selection();
            }
            Command::Paste => session.paste(None),
            Command::Duplicate => {
                session.copy();
                session.paste(None);
            }
            Command::Tidy => session.tidy(),
            other => unreachable!("{other:?} is done at once"),
        }
    }
}

late! {
    fn look_on(session: &mut Session) -> () {
        session.tell_on();
    }
}
