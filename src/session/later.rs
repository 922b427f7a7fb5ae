//! What a learner does with what the page does not begin with: gestures and edits, steps and forks, kept runs, stories, notes.
//!
//! All of it is reached through the functions here, so that a page need not have it when it begins; see [`crate::late`]. Until it has, what is
//! asked for waits in its order and nothing is lost: [`Action::Arrived`] does it, and the page fetches what is missing at once.

use crate::design::Edit;
use crate::design::layout::layout_for;
use crate::lang::Text;
use crate::late::{self, late};
use crate::session::action::{Action, Phase, Pointer};
use crate::session::gestures::keys::Command;
use crate::session::{RunState, Session};
use crate::{say, text};

/// What is said of something that is not here yet, and is not done later either.
pub const NOT_YET: Text = text!("later.not_yet");
/// What is said of something that will be done.
const WAITS: Text = text!("later.waits");
/// What is said when it will not.
pub const MISSED: Text = text!("later.missed");
/// How many actions wait at most; a drag counts for three.
const MOST: usize = 256;

impl Session {
    /// Something waits for what the page does not have yet.
    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// A press on the canvas, or a drag, waits: what it selects is to be seen.
    pub fn has_press_waiting(&self) -> bool {
        self.waiting.iter().any(|action| matches!(action, Action::Pointer(pointer) if pointer.phase == Phase::Up))
    }

    /// The action, unless it has to wait behind others. What happens by itself never does.
    pub(super) fn in_turn(&mut self, action: Action) -> Option<Action> {
        let by_itself = matches!(
            action,
            Action::Arrived
                | Action::Missed
                | Action::Canvas { .. }
                | Action::RunHistory(_)
                | Action::Rest { .. }
                | Action::SetReadonly(_)
                | Action::Settle
                | Action::TakeNotes(..)
                | Action::Tick { .. }
        );
        if self.waiting.is_empty() || by_itself {
            return Some(action);
        }
        self.wait(action);
        None
    }

    /// Does what was asked for, or lets it wait for what does it.
    pub(super) fn do_later(&mut self, action: Action) {
        if late::is_here() {
            let _ = act(self, action);
        } else {
            self.wait(action);
        }
    }

    fn wait(&mut self, action: Action) {
        let pointer = if let Action::Pointer(pointer) = action { Some(pointer) } else { None };
        // Of its way only the end counts; and the page, which saw no gesture begin, may have told nothing of that.
        let of_its_way = |last: &mut Action| matches!((last, pointer), (Action::Pointer(last), Some(next)) if last.phase == Phase::Move && last.id == next.id);
        self.waiting.pop_if(of_its_way);
        if self.waiting.len() + 2 > MOST {
            return self.refuse(NOT_YET.get());
        }
        if self.waiting.is_empty() {
            self.say(WAITS.get());
        }
        if let Some(up) = pointer.filter(|pointer| pointer.phase == Phase::Up) {
            self.waiting.push(Action::Pointer(Pointer { phase: Phase::Move, ..up }));
        }
        self.waiting.push(action);
    }

    /// Lays everything out anew.
    fn tidy(&mut self) {
        let design = self.history.now();
        let places = design.nodes.iter().map(|n| n.id.clone()).zip(layout_for(design, self.view.aspect())).collect();
        if self.edit_as(&Edit::Place { places }, say!("edit.tidy"), None) {
            self.fit();
            self.say_done(say!("edit.tidied"));
        }
    }

    /// Looks on for the booking whose story is wanted. One was asked for, so what looks for it is here.
    pub(super) fn go_on_telling(&mut self) {
        let _ = look_on(self);
    }

    /// All that the page did not begin with is here: what is said of the design, and of a run that is over, can be said now, and what waits
    /// is done in its order.
    pub(super) fn arrived(&mut self) {
        self.notice.take_if(|notice| notice.text == WAITS.get());
        self.sift_opened();
        self.look_again();
        self.note_design();
        if self.playback().state == RunState::Over {
            self.note_progress();
            self.look_back();
        }
        for action in std::mem::take(&mut self.waiting) {
            self.update(action);
        }
    }

    /// It did not come.
    pub(super) fn missed(&mut self) {
        if !std::mem::take(&mut self.waiting).is_empty() {
            self.refuse(MISSED.get());
        }
    }
}

late! {
    fn act(session: &mut Session, action: Action) -> () {
        match action {
            Action::Edit { edit, burst } => session.edit_from_outside(edit, burst.as_deref()),
            Action::EndBurst => session.history.end_burst(),
            Action::Undo => session.undo(),
            Action::Redo => session.redo(),
            Action::Import(design) => session.import(design),
            Action::Add(kind) => session.add(kind),
            Action::AddAlone(kind) => session.add_alone(kind),
            Action::Choose(kind) => session.choose(kind),
            Action::FillGhost { from, to } => session.fill_ghost(&from, &to),
            Action::AskGhost { from, to } => session.ask_ghost(&from, &to),
            Action::Connect { from, to } => session.connect(&from, &to),
            Action::Delete => session.delete_selection(),
            Action::TakeOffer => session.take_offer(),
            Action::Select { pick, add } => session.select(pick, add),
            Action::SelectAll => session.select_all(),
            Action::StartConnect(from) => session.start_connect(&from),
            Action::PickUp { kind, at } => session.pick_up(kind, at),
            Action::Pointer(pointer) => session.pointer(pointer),
            Action::Drift { wall_s } => session.drift(wall_s),
            Action::Paste { at } => session.paste(Some(at)),
            Action::Press(press) => session.press(press),
            Action::Do(command) => act_on_command(session, command),
            Action::StepEvent => session.step_event(),
            Action::StepSecond => session.step_second(),
            Action::Fork => session.fork(),
            Action::Story(which) => session.ask_story(which),
            Action::Resume { origin, at } => session.resume(*origin, at),
            Action::FreezeAt(seconds) => session.freeze_at(seconds),
            Action::Guess(guessing) => session.guess(guessing),
            Action::Expect(sketch) => session.expect(sketch),
            Action::TakeSketches(others) => session.sketches.take(others),
            Action::RenameRun { id, name } => session.rename_run(&id, &name),
            Action::PinRun(id) => session.pin_run(id.as_deref()),
            Action::RestoreRun(id) => session.restore_run(&id),
            Action::ShowRuns { first, second } => session.show_runs(&first, &second),
            Action::TryDesign { design, what, scenario, seed } => session.try_design(*design, &what, *scenario, seed),
            Action::DeleteRun(id) => session.delete_run(&id),
            Action::BringBackRun => session.bring_back_run(),
            Action::Note(action) => session.note(action),
            other => unreachable!("{other:?} is done at once"),
        }
    }
}

fn act_on_command(session: &mut Session, command: Command) {
    match command {
        Command::Undo => session.undo(),
        Command::Redo => session.redo(),
        Command::SelectAll => session.select_all(),
        Command::Cancel => session.escape(),
        Command::Delete => session.delete_selection(),
        Command::Arrow { dx, dy } => session.arrow(dx, dy),
        Command::Connect => match session.selection.only_node().cloned() {
            Some(from) => session.start_connect(&from),
            None => session.refuse(say!("edit.select_one")),
        },
        Command::Confirm => session.confirm(),
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

late! {
    fn look_on(session: &mut Session) -> () {
        session.tell_on();
    }
}
