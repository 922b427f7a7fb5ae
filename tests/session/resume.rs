//! A page that is reloaded in the middle of a run: the run stands where it stood, and is the same one to its end.

use crate::support;

use engine::sim::time::Time;
use support::learner::{design, finish, said, scenario, seek, session, set, settle};
use waiting_room::record::Origin;
use waiting_room::session::{Action, RunState, Session};
use waiting_room::share::under_way;

/// What the page keeps of a run under way, as it comes back.
fn kept(before: &Session) -> (Origin, Time) {
    let (origin, at) = before.under_way().expect("a run is under way");
    under_way::read(&under_way::write(origin, at)).expect("what is written can be read")
}

/// The page after a reload, which has its own design, scenario and seed again.
fn reloaded(before: &Session) -> Session {
    let (origin, at) = kept(before);
    let mut after = Session::new((**before.design()).clone(), (**before.scenario()).clone(), before.seed());
    after.update(Action::Resume { origin: Box::new(origin), at });
    settle(&mut after);
    after
}

#[test]
fn a_run_stands_where_it_was_paused_and_goes_on_as_the_same() {
    let mut before = session("queue-60");
    seek(&mut before, 2700.0);
    let mut after = reloaded(&before);
    assert_eq!((after.playback().state, after.now()), (RunState::Paused, Time::from_seconds(2700.0)));
    assert_eq!(after.figures(), before.figures());
    assert_eq!(said(&after), "Back at 08:15:00: the run stands where it was before the page was reloaded.");
    assert_eq!(finish(&mut after), finish(&mut before));
    assert!(after.finished().is_some_and(|finished| !finished.is_exploration()), "it is scored as any other");
}

#[test]
fn what_was_changed_by_hand_is_part_of_the_run() {
    let mut before = session("queue-60");
    seek(&mut before, 1800.0);
    set(&mut before, "consumers", "scaling.workers", 90.0);
    seek(&mut before, 2700.0);
    let mut after = reloaded(&before);
    assert!(after.playback().exploration);
    assert_eq!(after.figures(), before.figures());
    assert_eq!(after.marks(), before.marks());
    assert_eq!(finish(&mut after), finish(&mut before));
}

#[test]
fn a_run_of_something_else_is_left_alone() {
    let mut before = session("queue-60");
    seek(&mut before, 2700.0);
    for (what, mut after) in [
        ("another design", Session::new(design("queue-80"), scenario("monday"), 7)),
        ("another scenario", Session::new(design("queue-60"), scenario("outage"), 7)),
        ("another seed", Session::new(design("queue-60"), scenario("monday"), 8)),
    ] {
        let (origin, at) = kept(&before);
        after.update(Action::Resume { origin: Box::new(origin), at });
        assert_eq!((after.playback().state, after.notice()), (RunState::Ready, None), "{what}");
    }
}

#[test]
fn nothing_is_under_way_before_the_start_after_the_end_or_where_the_design_is_another() {
    let mut session = session("queue-60");
    assert_eq!(session.under_way(), None, "no run yet");
    seek(&mut session, 2700.0);
    assert!(session.under_way().is_some());
    finish(&mut session);
    assert_eq!(session.under_way(), None, "it is over and kept among the runs");
    set(&mut session, "consumers", "scaling.workers", 90.0);
    assert_eq!(session.under_way(), None, "the figures are those of before");
}
