//! What is asked for before the page has what does it: it waits in its order, nothing of it is lost, and then the outcome is the same.

use crate::support;

use support::hand::*;
use waiting_room::kinds::KindId;
use waiting_room::late;
use waiting_room::session::{Action, Command, Phase, Pick, RunState, Session};

/// A session of a page that has begun and has no more than that.
fn begun() -> Session {
    late::set_here(false);
    start()
}

/// The second module has come: what waits is done.
fn arrive(session: &mut Session) {
    late::set_here(true);
    session.update(Action::Arrived);
    assert!(!session.has_waiting());
}

/// What a page sends of a drag as long as it sees no gesture: where it begins, and where it ends.
fn blind_drag(session: &mut Session, from: Spot, to: Spot) {
    let (from, to) = (seen(session, from), seen(session, to));
    pointer(session, Phase::Down, from);
    pointer(session, Phase::Up, to);
}

#[test]
fn what_waits_is_done_in_its_order_and_ends_as_if_it_had_not_waited() {
    let steps: [fn(&mut Session); 5] = [
        |session| drop_part(session, KindId::Queue, Line("api", "clinic")),
        |session| session.update(Action::Add(KindId::Consumers)),
        |session| session.update(Action::Do(Command::Undo)),
        |session| session.update(Action::Select { pick: Pick::Node("api".into()), add: false }),
        |session| session.update(Action::Do(Command::Arrow { dx: 0, dy: 1 })),
    ];
    let mut at_once = start();
    for step in steps {
        step(&mut at_once);
    }
    let mut session = begun();
    let before = session.design().clone();
    for step in steps {
        step(&mut session);
    }
    assert!(session.has_waiting());
    assert_eq!(*session.design(), before);
    assert!(notice(&session).contains("is done as soon as it is here"), "{}", notice(&session));

    arrive(&mut session);
    assert_eq!(session.design(), at_once.design());
    assert_eq!(session.selection(), at_once.selection());
    assert_eq!(notice(&session), notice(&at_once));
}

#[test]
fn a_drag_of_which_only_its_ends_were_seen_moves_the_part() {
    let mut at_once = start();
    drag(&mut at_once, Middle("api"), At(500.0, 480.0));
    let mut session = begun();
    blind_drag(&mut session, Middle("api"), At(500.0, 480.0));
    arrive(&mut session);
    assert_eq!(session.design(), at_once.design());
    assert!(session.can_undo());
}

#[test]
fn a_click_that_waited_leaves_no_words_behind() {
    let mut session = begun();
    click(&mut session, Middle("api"));
    arrive(&mut session);
    assert_eq!(session.selection().only_node().map(|id| &**id), Some("api"));
    assert_eq!(session.notice(), None);
}

/// What a press selects is shown; a part that is put in is not.
#[test]
fn only_a_press_that_waits_is_one() {
    let mut session = begun();
    session.update(Action::Add(KindId::Queue));
    assert!(!session.has_press_waiting());
    click(&mut session, Middle("api"));
    assert!(session.has_press_waiting());
}

#[test]
fn the_run_waits_behind_an_edit_and_without_one_for_nothing() {
    let mut session = begun();
    session.update(Action::Play);
    session.update(Action::Tick { wall_s: 0.1 });
    assert!(session.is_playing() && !session.has_waiting());
    session.update(Action::Restart);
    session.update(Action::Pause);
    set(&mut session, "api", "threads", 20.0, None);
    session.update(Action::Play);
    assert_eq!(session.playback().state, RunState::Paused);
    session.update(Action::Do(Command::ZoomIn));
    session.update(Action::Canvas { width: 900.0, height: 500.0 });
    assert_eq!(session.view().width, 900.0, "the window does not wait");
    arrive(&mut session);
    assert!(session.is_playing() && session.can_undo());
}

#[test]
fn what_can_not_come_is_said_and_holds_nothing_up() {
    let mut session = begun();
    session.update(Action::Add(KindId::Queue));
    session.update(Action::Missed);
    assert!(!session.has_waiting());
    assert!(notice(&session).contains("was not fetched"), "{}", notice(&session));
    session.update(Action::Play);
    assert!(session.is_playing());
}

#[test]
fn what_waits_is_bounded() {
    let mut session = begun();
    let from = seen(&session, Middle("api"));
    pointer(&mut session, Phase::Down, from);
    for _ in 0..10_000 {
        pointer(&mut session, Phase::Move, from);
    }
    assert!(!notice(&session).contains("Try again"), "of a long way only the end waits");
    for _ in 0..1_000 {
        session.update(Action::Do(Command::Tidy));
    }
    assert!(notice(&session).contains("Try again"), "{}", notice(&session));
}
