//! A session: what a learner does, as a state machine without a browser.
//!
//! Everything that happens is an [`Action`]; [`Session::update`] is the only way in. It never fails: what can't be done leaves everything
//! as it was and is explained in a [`Notice`], in words for the learner. A gesture is transient state until it ends as one edit, which is
//! one undo step. A run is driven by ticks of wall time and bounded in events, so a slow machine slows the picture and never changes the
//! run.
//!
//! Knows nothing of the browser, of pixels beyond the diagram's geometry, or of styles.

use std::rc::Rc;

use crate::advice::fluid::Forecast;
use crate::design::history::History;
use crate::design::{Design, NodeId, Problem};
use crate::kata::{Analysis, Scenario, Verdict};
use crate::record::{RunHistory, RunRecord};
use engine::Simulation;
use engine::measure::Live;
use engine::sim::time::Time;

pub mod action;
mod analysis;
pub mod building;
pub mod canvas;
mod editing;
pub mod exchange;
mod foresight;
pub mod gestures;
mod later;
#[cfg(test)]
mod new_kind;
pub mod removal;
pub mod run;
pub mod text;

pub use action::{Action, Button, Phase, Pointer};
pub use canvas::geometry::{Point, Rect};
pub use canvas::ghost::Ghost;
pub use canvas::route::Route;
pub use canvas::routes::Routes;
pub use canvas::selection::{Pick, Selection};
pub use canvas::viewport::Viewport;
pub use editing::OWN_NAME;
pub use gestures::gesture::Gesture;
pub use gestures::keys::{Command, KEYS, KeyPress};
pub use later::{MISSED, NOT_YET};
pub use run::compared::Compared;
pub use run::figures::{Figure, Figures};
pub use run::guess::{Guess, Guesses, Guessing};
pub use run::log::{LogKind, LogLine};
pub use run::notes_actions::NoteAction;
pub use run::playback::{Playback, RunState, Speed};
pub use run::result::Finished;
pub use run::sketch::Sketch;
pub use run::timeline::{Mark, MarkKind};
pub use text::describe::StepOutcome;
pub use text::story::{BookingChoice, Story};

/// Words for the learner, for a polite live region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Rises with each notice, so that the same words twice are two notices.
    pub serial: u64,
    pub text: String,
    /// Something could not be done, as opposed to was done.
    pub refused: bool,
    /// What was done is the latest step: undoing takes it back.
    pub undo: bool,
}

/// A connection that a deletion has made sensible: it closes the gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub from: NodeId,
    pub to: NodeId,
    /// `Connect API → Clinics`.
    pub label: String,
}

/// The design being made, the run of it, and what the learner is just doing.
pub struct Session {
    history: History,
    scenario: Rc<Scenario>,
    /// Of the design in the scenario: made once for each change of either.
    analysis: Rc<Analysis>,
    seed: u64,
    problems: Rc<Vec<Problem>>,
    building: building::Building,
    forecast: Rc<Option<Forecast>>,
    foresight: foresight::Foresight,
    /// The scenarios, by id, in which a run has come to its end, and what was seen there.
    seen_through: crate::order::TextMap<crate::advice::lint::Seen>,
    ghosts: Rc<Vec<Ghost>>,
    routes: Routes,
    selection: Rc<Selection>,
    gesture: Gesture,
    view: Viewport,
    /// The first finger on the canvas: the second one makes a pinch.
    finger: Option<(i32, Point)>,
    /// The latest event of a drag, while the view may follow it over the canvas's edge.
    dragged: Option<Pointer>,
    clipboard: gestures::clipboard::Clipboard,
    readonly: bool,
    play: run::player::Player,
    /// The future that the last fork left.
    left: Option<run::compared::ComparedRun>,
    /// What the run that came to its end last was.
    finished: Option<Rc<Finished>>,
    /// A recorded run that is pinned.
    pinned: Option<run::compared::ComparedRun>,
    /// The design was changed while the run was on its way to a moment: it is to be changed there.
    change_waits: bool,
    telling: Option<text::story::StoryReplay>,
    runs: Rc<RunHistory>,
    /// The run deleted last, and where it stood.
    deleted: Option<(usize, Rc<RunRecord>)>,
    notebook: run::notes_actions::Notebook,
    story: Option<Rc<Story>>,
    notice: Option<Notice>,
    /// What the edit under way has ended, to be said with what it did.
    ended: &'static str,
    offer: Option<Offer>,
    design_revision: u64,
    sketches: run::sketch::Sketches,
    /// What was asked for before the page had what does it, in order.
    waiting: Vec<Action>,
    guesses: run::guess::Guesses,
    flags: run::loss::Flags,
    successes: run::success::Successes,
    progress: run::progress::Progress,
    opened: run::help::OpenedRungs,
}

impl Session {
    pub fn new(design: Design, scenario: Scenario, seed: u64) -> Session {
        let (history, scenario) = (History::new(design), Rc::new(scenario));
        let analysis = Rc::new(Analysis::new(history.now().clone(), scenario.clone()));
        let mut session = Session {
            history,
            scenario,
            analysis,
            seed,
            problems: Rc::default(),
            building: building::Building::default(),
            forecast: Rc::default(),
            foresight: foresight::Foresight::default(),
            seen_through: crate::order::TextMap::default(),
            ghosts: Rc::default(),
            routes: Routes::default(),
            selection: Rc::default(),
            gesture: Gesture::Idle,
            view: Viewport::default(),
            finger: None,
            dragged: None,
            clipboard: gestures::clipboard::Clipboard::default(),
            readonly: false,
            play: run::player::Player::default(),
            left: None,
            finished: None,
            pinned: None,
            change_waits: false,
            telling: None,
            runs: Rc::default(),
            deleted: None,
            notebook: run::notes_actions::Notebook::default(),
            story: None,
            notice: None,
            ended: "",
            offer: None,
            design_revision: 0,
            sketches: run::sketch::Sketches::default(),
            waiting: Vec::new(),
            guesses: run::guess::Guesses::default(),
            flags: run::loss::Flags::default(),
            successes: run::success::Successes::default(),
            progress: run::progress::Progress::default(),
            opened: run::help::OpenedRungs::default(),
        };
        session.play.set_duration(session.scenario.world.duration);
        session.look_again();
        session.routes.follow(session.history.now(), &session.selection, (0.0, 0.0));
        session
    }

    pub fn design(&self) -> &Rc<Design> {
        self.history.now()
    }

    pub fn scenario(&self) -> &Rc<Scenario> {
        &self.scenario
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Connections that are missing and could be made with one click or drop.
    pub fn ghosts(&self) -> &Rc<Vec<Ghost>> {
        &self.ghosts
    }

    /// A drag waits at the edge of the canvas for the view to follow: [`Action::Drift`] is wanted with each frame.
    pub fn is_drifting(&self) -> bool {
        self.drift_way() != (0.0, 0.0)
    }

    /// Some connections still have plain curves: [`Action::Settle`] is wanted with each frame.
    pub fn is_settling(&self) -> bool {
        self.routes.is_pending()
    }

    /// Where each connection runs right now, with what a gesture has moved; but when everything is moved together, where all stood before:
    /// then it is the drawing that moves.
    pub fn routes(&self) -> &Routes {
        &self.routes
    }

    pub fn selection(&self) -> &Rc<Selection> {
        &self.selection
    }

    pub fn gesture(&self) -> &Gesture {
        &self.gesture
    }

    pub fn view(&self) -> Viewport {
        self.view
    }

    pub fn playback(&self) -> &Playback {
        self.play.playback()
    }

    /// Up to where the run has come; zero without one.
    pub fn now(&self) -> Time {
        self.play.playback().now
    }

    /// The run, from the first play or step until the design's structure, the scenario or the seed changes.
    pub fn simulation(&self) -> Option<&Simulation> {
        self.play.run()
    }

    /// The run's levels at this moment; station `i` is node `i` of the design.
    pub fn live(&self) -> Option<&Live> {
        self.play.run().map(|run| run.measures().live())
    }

    /// The run's figures as of the last snapshot, for reading: renewed a dozen times a second while playing, and after each step.
    pub fn figures(&self) -> Option<&Rc<Figures>> {
        self.play.figures()
    }

    /// The goals' states: a few times a second while playing, after each step, and exactly at the end.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.play.verdict()
    }

    /// What the last step did: the component that acted, and words. Nothing once time goes on otherwise.
    pub fn acted(&self) -> Option<&StepOutcome> {
        self.play.acted()
    }

    /// The latest words for the learner.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// After a deletion in a chain: the connection that closes the gap, until the design changes again.
    pub fn offer(&self) -> Option<&Offer> {
        self.offer.as_ref()
    }

    pub fn can_undo(&self) -> bool {
        self.history.undo_steps() > 0
    }

    pub fn can_redo(&self) -> bool {
        self.history.redo_steps() > 0
    }

    /// Rises with every change of the design, moves and names included: save when it does.
    pub fn design_revision(&self) -> u64 {
        self.design_revision
    }

    /// Rises whenever the run has gone on, begun or ended: redraw charts when it does.
    pub fn run_revision(&self) -> u64 {
        self.play.revision()
    }

    /// Rises with each new run and with each fork: what was drawn of the one before is out of date.
    pub fn run_number(&self) -> u64 {
        self.play.number()
    }

    /// The run has more to do right now than the last tick's budget allowed: another tick in the same frame would show more.
    pub fn is_behind(&self) -> bool {
        self.play.is_behind() || self.has_background()
    }

    pub fn is_readonly(&self) -> bool {
        self.readonly
    }

    /// The run is playing.
    pub fn is_playing(&self) -> bool {
        self.playback().state == RunState::Playing
    }

    /// Does what the learner asked for. Never fails: what can't be done is explained in [`Session::notice`] and changes nothing. What the page
    /// can't do yet waits, and what is asked for after it waits behind it; see [`Session::has_waiting`].
    pub fn update(&mut self, action: Action) {
        let Some(action) = self.in_turn(action) else { return };
        match action {
            Action::Foresee => self.foresee(),
            Action::SetForesights(designs) => self.take_foresights(designs),
            Action::Cancel => self.let_go(),
            Action::SelectNone => self.set_selection(Selection::default()),
            Action::Do(command) => self.command(command),
            Action::Settle => self.routes.settle(),
            Action::Canvas { width, height } => self.canvas(width, height),
            Action::Cover { right, bottom } => self.cover(right, bottom),
            Action::ZoomAt { at, factor } => self.view.zoom_at(at, factor),
            Action::Pan { dx, dy } => self.view.pan(dx, dy),
            Action::Fit => self.fit(),
            Action::Play => self.play(),
            Action::Pause => self.pause(),
            Action::PlayOrPause => self.play_or_pause(),
            Action::Restart => self.restart(),
            Action::ToEnd => self.finish(),
            Action::Seek(seconds) => self.seek(seconds),
            Action::ShowMoment(seconds) => self.show_moment(seconds),
            Action::Thaw => self.thaw(),
            Action::PutSuccessAway => self.put_success_away(),
            Action::GoOn => self.go_on(),
            Action::CloseStory => self.close_story(),
            Action::SetSpeed(speed) => self.play.set_speed(speed),
            Action::SetSeed(seed) => self.set_seed(seed),
            Action::SetScenario(scenario) => self.set_scenario(*scenario),
            Action::Tick { wall_s } => self.tick(wall_s),
            Action::SetGuesses(guesses) => self.guesses = guesses,
            Action::SetSketches(sketches) => self.sketches = sketches,
            Action::SetProgress(progress) => self.set_progress(progress),
            Action::Help(helping) => self.help(helping),
            Action::Mondays { design, scenario, passed, played } => {
                self.note_mondays(&design, &scenario, passed, played)
            }
            Action::Arrived => self.arrived(),
            Action::Missed => self.missed(),
            Action::TakeNotes(notes, both) => self.take_notes(notes, both),
            Action::SetReadonly(readonly) => self.readonly = readonly,
            Action::RunHistory(runs) => self.take_runs(runs),
            Action::Say(text) => self.say(text),
            Action::SayDone(text) => self.say_done(text),
            Action::Rest { wall_s } => self.rest(wall_s),
            later => self.do_later(later),
        }
        self.ended = "";
        self.hold_back();
        self.thaw_if_gone();
        self.lead_routes();
    }

    /// Connections follow what has been changed or is being moved.
    fn lead_routes(&mut self) {
        let all = self.selection.nodes.len() == self.history.now().nodes.len();
        self.routes.follow(self.history.now(), &self.selection, self.gesture.offset(!all));
    }

    /// Shows the learner a sentence.
    fn say(&mut self, text: impl Into<String>) {
        self.tell(text.into(), false, false);
    }

    /// Shows the learner that something was done which the latest step of the history takes back.
    fn say_done(&mut self, text: impl Into<String>) {
        let (undo, ended) = (self.can_undo(), std::mem::take(&mut self.ended));
        self.tell(text.into() + ended, false, undo);
    }

    /// Shows the learner that something could not be done, and why.
    fn refuse(&mut self, text: impl Into<String>) {
        self.tell(text.into(), true, false);
    }

    fn tell(&mut self, text: String, refused: bool, undo: bool) {
        let serial = self.notice.as_ref().map_or(1, |n| n.serial + 1);
        self.notice = Some(Notice { serial, text, refused, undo });
    }
}
