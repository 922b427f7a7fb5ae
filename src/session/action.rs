//! Actions: everything a learner can do, one variant each.

use std::rc::Rc;

use crate::design::{Design, Edit, NodeId};
use crate::kata::Scenario;
use crate::kinds::KindId;
use crate::record::{Notes, Origin, RunHistory};
use crate::session::canvas::geometry::Point;
use crate::session::canvas::selection::Pick;
use crate::session::gestures::keys::{Command, KeyPress};
use crate::session::run::guess::{Guesses, Guessing};
use crate::session::run::help::Helping;
use crate::session::run::notes_actions::NoteAction;
use crate::session::run::playback::Speed;
use crate::session::run::progress::Progress;
use crate::session::run::sketch::{Sketch, Sketches};
use crate::session::text::story::BookingChoice;
use engine::sim::time::Time;

/// Something the learner does, or that happens to the page.
#[derive(Clone, Debug)]
pub enum Action {
    // The design.
    /// One change, one undo step. Steps in a row with the same `burst` (a slider's drag, typing) join into one.
    Edit {
        edit: Edit,
        burst: Option<String>,
    },
    /// The slider was let go, the field left: the next edit stands alone.
    EndBurst,
    Undo,
    Redo,
    /// Replaces the whole design; can be undone.
    Import(Design),
    /// Adds a component where there is room, connected where that is obvious: Enter or a click in the palette.
    Add(KindId),
    /// The same without a connection: Shift with Enter or a click in the palette.
    AddAlone(KindId),
    /// Answers [`super::Gesture::Choosing`]: the kind that the open end of a new connection leads to.
    Choose(KindId),
    /// Makes a missing connection, with the component that it needs.
    FillGhost {
        from: NodeId,
        to: NodeId,
    },
    /// A missing connection was pressed: asks for the component that it needs, in [`super::Gesture::Choosing`], or makes it.
    AskGhost {
        from: NodeId,
        to: NodeId,
    },
    /// Connects two components, with words for the learner.
    Connect {
        from: NodeId,
        to: NodeId,
    },
    /// Deletes what is selected.
    Delete,
    /// Closes the gap that a deletion has left; see [`super::Session::offer`].
    TakeOffer,

    // Selecting.
    /// Selects a node or an edge; `add` adds it to the selection or takes it out.
    Select {
        pick: Pick,
        add: bool,
    },
    SelectAll,
    SelectNone,

    // Gestures. Points are in CSS pixels from the top left corner of the canvas.
    /// Begins a connection from this node, by keyboard or menu.
    StartConnect(NodeId),
    /// A part of the palette was taken; `Pointer` actions follow until up or cancel.
    PickUp {
        kind: KindId,
        at: Point,
    },
    Pointer(Pointer),
    /// So much wall time has passed with a drag at the edge of the canvas: the view follows it.
    Drift {
        wall_s: f64,
    },
    /// A frame has passed with routes still to be found: finds some; see [`super::Session::is_settling`].
    Settle,
    /// Pastes with the middle at a point of the canvas.
    Paste {
        at: Point,
    },
    /// Ends whatever gesture is under way without a trace.
    Cancel,
    /// A key in the diagram; see [`crate::session::gestures::keys::KEYS`]. Keys that mean nothing do nothing.
    Press(KeyPress),
    Do(Command),

    // The view.
    /// The canvas has this size in CSS pixels. The first time, and as long as the learner has not moved the view, the design is fitted in.
    Canvas {
        width: f64,
        height: f64,
    },
    /// Something lies over so many CSS pixels of the canvas at its right and its lower edge; what is selected is kept in sight beside it.
    Cover {
        right: f64,
        bottom: f64,
    },
    ZoomAt {
        at: Point,
        factor: f64,
    },
    Pan {
        dx: f64,
        dy: f64,
    },
    Fit,
    /// So many seconds of wall time have passed without a change; see [`super::Session::is_building`].
    Rest {
        wall_s: f64,
    },

    // The run.
    Play,
    Pause,
    PlayOrPause,
    StepEvent,
    StepSecond,
    /// The same design and seed from the start; goes on playing if it was playing.
    Restart,
    /// Runs on until the end as fast as ticks allow.
    ToEnd,
    /// Goes to a moment of the run, in seconds from its start: on, or back by replaying it from the seed. Another one during it moves the aim.
    Seek(f64),
    /// Goes there to look at it: in a run that is over, an edit there is one of the design and not of the run.
    ShowMoment(f64),
    /// Goes to a moment of the run, in seconds, and holds it there with what went wrong; see [`super::Session::frozen`].
    FreezeAt(f64),
    /// The page is no longer held: all of it is seen as it is at the play head.
    Thaw,
    /// What the run has made better has been read.
    PutSuccessAway,
    /// A drag along the timeline is over: a run that it held plays on, unless the drag led to the end.
    GoOn,
    /// A run that a reload has broken off, to where it stood; nothing where the design, scenario or seed are others by now,
    /// or another run has begun.
    Resume {
        origin: Box<Origin>,
        at: Time,
    },
    /// From this moment on two futures: the run as it is stays to compare with, and this one waits for a change.
    Fork,
    /// Shows what happened to one booking of the run so far; see [`super::Session::story`].
    Story(BookingChoice),
    CloseStory,
    SetSpeed(Speed),
    SetSeed(u64),
    SetScenario(Box<Scenario>),
    /// So many seconds of wall time have passed.
    Tick {
        wall_s: f64,
    },

    /// The backlog that the learner expects in this scenario; `None` removes it.
    Expect(Option<Sketch>),
    /// Shows the backlog that is predicted for this design.
    Foresee,
    /// For which designs it is shown, as it was stored.
    SetForesights(String),
    /// The question for the backlog: wanted, or put away.
    Guess(Guessing),
    /// What was guessed at earlier visits.
    SetGuesses(Guesses),
    /// The sketches stored at an earlier visit, in place of those there are.
    SetSketches(Sketches),
    /// The sketches of another tab, whose design the learner has opened: in place of those of the same scenarios.
    TakeSketches(Sketches),
    /// What was ticked on an earlier visit.
    SetProgress(Progress),
    /// Help after a run, a rung at a time.
    Help(Helping),
    /// A design was run on many Mondays of a scenario, by its id.
    Mondays {
        design: Rc<Design>,
        scenario: String,
        passed: u64,
        played: u64,
    },

    /// Read only: from now on every edit is refused in words.
    SetReadonly(bool),

    // Recorded runs, by their ids.
    /// The runs that are there: from the browser's storage, or as another tab has left them.
    RunHistory(RunHistory),
    RenameRun {
        id: String,
        name: String,
    },
    /// Pins a run to compare with, in place of another one; `None` takes the pin off.
    PinRun(Option<String>),
    /// Its design becomes the design, as one undo step.
    RestoreRun(String),
    /// Two recorded runs in the charts: where one of them is that of the design as it is, the other is pinned to it. Nothing is edited.
    ShowRuns {
        first: String,
        second: String,
    },
    /// A design of a sweep: it becomes the design as one undo step, and runs to its end in this scenario with this seed. `what` names it.
    TryDesign {
        design: Box<Design>,
        what: String,
        scenario: Box<Scenario>,
        seed: u64,
    },
    /// Takes a run out; [`Action::BringBackRun`] puts the last one back.
    DeleteRun(String),
    BringBackRun,

    /// The notes that are there: from the browser's storage, or as another tab has left them; and to how many of them both tabs wrote.
    TakeNotes(Notes, usize),
    /// What the learner writes to the questions of a run.
    Note(NoteAction),

    /// What the page did not have until now is there: see [`crate::late`].
    Arrived,
    /// It did not come: what waits for it is not done.
    Missed,
    /// Words for the live region from the page itself, such as "Saved."
    Say(String),
    /// The same of something that the latest step of the history takes back.
    SayDone(String),
}

/// A pointer event on the canvas: mouse, pen and touch alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    pub phase: Phase,
    /// The pointer's id: one for each finger.
    pub id: i32,
    /// CSS pixels from the top left corner of the canvas.
    pub at: Point,
    pub button: Button,
    /// Shift, Ctrl or ⌘: adds to the selection.
    pub add: bool,
    /// A finger: bigger tolerance, and a drag on empty canvas pans.
    pub touch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Down,
    Move,
    Up,
    Cancel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Primary,
    /// Pans: the middle button, or the primary one with Space held.
    Pan,
    Other,
}
