//! What an edit makes stale: after the end, figures, goals and curves stay as those of before the change, by whatever edit; the next run is of
//! the design as it is.

use crate::support;

use support::learner::{cut, design, finish, said, seek, set, settle};
use waiting_room::design::Edit;
use waiting_room::kinds::KindId;
use waiting_room::session::{Action, BookingChoice, RunState, Session};

/// The first 40 minutes of a Monday, over.
fn over(id: &str) -> Session {
    let mut session = Session::new(design(id), cut("monday", 2_400.0), 1);
    finish(&mut session);
    session
}

fn edit(session: &mut Session, edit: Edit) {
    session.update(Action::Edit { edit, burst: None });
}

type Named = (&'static str, fn(&mut Session));

/// The edits that make another design of it: one of a parameter, one of the structure.
fn edits() -> [Named; 3] {
    [
        ("a parameter", |session| set(session, "consumers", "scaling.workers", 90.0)),
        ("a part more", |session| session.update(Action::AddAlone(KindId::DeadLetter))),
        ("a part less", |session| edit(session, Edit::Remove { nodes: vec!["consumers".into()], edges: Vec::new() })),
    ]
}

#[test]
fn every_edit_after_the_end_makes_stale_and_undo_makes_fresh() {
    for (what, change) in edits() {
        let mut session = over("queue-60");
        let (verdict, series) = (session.verdict().cloned(), session.series().cloned());
        assert!(!session.is_stale(), "{what}");
        change(&mut session);
        assert!(session.is_stale(), "{what}");
        assert_eq!(
            (session.verdict().cloned(), session.series().cloned()),
            (verdict, series),
            "{what}: what was seen stays"
        );
        assert!(session.figures().is_some(), "{what}");
        session.update(Action::Undo);
        assert!(!session.is_stale(), "{what}: it is the design of the run again");
    }
}

/// Where a component stands in the design's list means nothing: its figures go with it, and what is new has none.
#[test]
fn stale_figures_stay_with_their_components() {
    let mut session = over("queue-60");
    let figure = |session: &Session, id: &str| {
        let at = session.design().nodes.iter().position(|n| &*n.id == id).expect("there");
        session.figures().expect("figures").of(at)
    };
    let before = figure(&session, "clinic").expect("a figure");
    edit(&mut session, Edit::Remove { nodes: vec!["api".into()], edges: Vec::new() });
    session.update(Action::AddAlone(KindId::Api));
    assert_eq!(figure(&session, "clinic"), Some(before));
    session.update(Action::AddAlone(KindId::DeadLetter));
    let new = session.design().nodes.last().expect("a node").id.clone();
    assert_eq!(figure(&session, &new), None);
    let at = session.design().nodes.len() - 1;
    session.update(Action::Story(BookingChoice::Passing { to: at }));
    assert!(said(&session).contains("before"), "{}", said(&session));
}

#[test]
fn to_the_end_and_play_after_an_edit_are_of_the_new_design() {
    for (what, change) in edits().into_iter().take(2) {
        for back in [None, Some(1_200.0)] {
            let mut session = over("queue-60");
            let number = session.run_number();
            change(&mut session);
            if let Some(back) = back {
                seek(&mut session, back);
                assert!(session.is_stale(), "{what}");
            }
            session.update(Action::ToEnd);
            settle(&mut session);
            assert_eq!((session.playback().state, session.run_number()), (RunState::Over, number + 1), "{what}");
            assert!(!session.is_stale() && !session.playback().exploration, "{what}");
            assert!(session.finished().is_some_and(|f| f.has_design(session.design())), "{what}");
        }
    }
}

/// A line of the log leads into a run that is over, and an edit there is one of the design: the run stays what it was. By the timeline it is
/// a fork of the run, as ever.
#[test]
fn an_edit_at_a_moment_that_is_shown_changes_no_run() {
    let mut session = over("queue-60");
    let digest = session.finished().expect("a result").digest.clone();
    session.update(Action::ShowMoment(1_200.0));
    settle(&mut session);
    assert_eq!(session.now().seconds(), 1_200.0);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    assert!(session.is_stale() && !session.playback().exploration && session.compared().is_none());
    assert_eq!(session.finished().expect("a result").digest, digest);
    session.update(Action::Undo);
    session.update(Action::Play);
    assert!(session.is_playing() && !session.is_stale(), "it plays on");
    session.update(Action::Pause);
    seek(&mut session, 1_200.0);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    assert!(session.playback().exploration && session.compared().is_some(), "a change of the run itself");
}

/// While a run is under way nothing is stale: a parameter is changed in it, and another structure ends it.
#[test]
fn a_run_under_way_is_changed_or_ends() {
    let mut session = Session::new(design("queue-60"), cut("monday", 2_400.0), 1);
    seek(&mut session, 600.0);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    assert!(session.playback().exploration && !session.is_stale());
    session.update(Action::AddAlone(KindId::DeadLetter));
    assert!(session.playback().state == RunState::Ready && !session.is_stale() && session.series().is_none());
}
