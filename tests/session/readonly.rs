//! A read-only session: shows and runs, and refuses every edit in one sentence.

use crate::support;

use std::rc::Rc;

use support::hand::*;
use waiting_room::design::Edit;
use waiting_room::kata::builtin;
use waiting_room::kinds::KindId;
use waiting_room::session::{Action, Command, Gesture, Pick, Point, RunState, Session};

const WORDS: &str = "This design can be looked at and run, not changed.";

/// Read-only, with a component selected and one copied, something to undo and something to redo.
fn readonly() -> Session {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    session.update(Action::Add(KindId::Clinic));
    session.update(Action::Undo);
    let edges = vec![("api".into(), "queue".into())];
    session.update(Action::Edit { edit: Edit::Remove { nodes: vec![], edges }, burst: None });
    session.update(Action::Select { pick: Pick::Node("queue".into()), add: false });
    session.update(Action::Do(Command::Copy));
    session.update(Action::SetReadonly(true));
    session
}

/// One test for all: a new edit belongs here.
#[test]
fn every_edit_is_refused_in_the_same_words() {
    let edits: Vec<(&str, Action)> = vec![
        (
            "a parameter",
            Action::Edit { edit: Edit::ResetParam { node: "api".into(), path: "threads".into() }, burst: None },
        ),
        (
            "an impossible edit",
            Action::Edit { edit: Edit::Connect { from: "api".into(), to: "api".into() }, burst: None },
        ),
        ("undo", Action::Undo),
        ("redo", Action::Redo),
        ("an import", Action::Import(builtin::starting_design())),
        ("a part", Action::Add(KindId::DeadLetter)),
        ("a part alone", Action::AddAlone(KindId::Queue)),
        ("a part carried", Action::PickUp { kind: KindId::Queue, at: Point::new(10.0, 10.0) }),
        ("a missing connection", Action::FillGhost { from: "api".into(), to: "queue".into() }),
        ("a connection", Action::Connect { from: "api".into(), to: "queue".into() }),
        ("a connection by keys", Action::StartConnect("api".into())),
        ("delete", Action::Delete),
        ("cut", Action::Do(Command::Cut)),
        ("paste", Action::Paste { at: Point::new(50.0, 50.0) }),
        ("duplicate", Action::Do(Command::Duplicate)),
        ("tidy", Action::Do(Command::Tidy)),
        ("a nudge", Action::Do(Command::Arrow { dx: 1, dy: 0 })),
    ];
    for (what, action) in edits {
        let mut session = readonly();
        let (before, revision, serial) = (session.design().clone(), session.design_revision(), serial(&session));
        let selection = session.selection().clone();
        session.update(action);
        assert!(Rc::ptr_eq(session.design(), &before), "{what}");
        assert_eq!(session.design_revision(), revision, "{what}");
        let told = session.notice().expect("words");
        assert!(told.refused && told.text == WORDS && told.serial > serial, "{what}: {told:?}");
        assert_eq!(*session.gesture(), Gesture::Idle, "{what}");
        assert_eq!(*session.selection(), selection, "{what}");
    }
}

fn serial(session: &Session) -> u64 {
    session.notice().map_or(0, |n| n.serial)
}

#[test]
fn a_read_only_session_runs_and_changes_nothing() {
    let mut session = start();
    session.update(Action::SetReadonly(true));
    let before = session.design().clone();
    drop_part(&mut session, KindId::Queue, Line("api", "clinic"));
    drag(&mut session, Middle("api"), At(40.0, 40.0));
    session.update(Action::SelectAll);
    key(&mut session, "Delete", false, false);
    set(&mut session, "api", "threads", 3.0, None);
    assert!(Rc::ptr_eq(session.design(), &before));
    session.update(Action::Play);
    assert_eq!(session.playback().state, RunState::Playing);
}

/// What changes nothing is not refused.
#[test]
fn looking_about_works() {
    let mut session = readonly();
    let serial = serial(&session);
    for action in [
        Action::SelectAll,
        Action::Fit,
        Action::ZoomAt { at: Point::new(100.0, 100.0), factor: 1.5 },
        Action::Pan { dx: 20.0, dy: 0.0 },
        Action::Select { pick: Pick::Node("api".into()), add: false },
        Action::Restart,
    ] {
        session.update(action);
    }
    assert_eq!(session.notice().map_or(0, |n| n.serial), serial);
    drag(&mut session, Middle("api"), At(40.0, 40.0));
    assert_eq!(*session.gesture(), Gesture::Idle);
    assert!(session.view().moved, "a drag moves the view");
}
