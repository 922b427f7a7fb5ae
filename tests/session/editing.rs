//! What a learner builds and edits, as scripts of actions: parts, undo, copies, keys.

use crate::support;

use std::rc::Rc;

use support::hand::*;
use support::learner::design;
use waiting_room::design::Edit;
use waiting_room::kinds::{KindId, Value};
use waiting_room::session::canvas::geometry;
use waiting_room::session::canvas::geometry::Curve;
use waiting_room::session::gestures::gesture::Drop;
use waiting_room::session::gestures::insertion;
use waiting_room::session::gestures::keys;
use waiting_room::session::gestures::keys::Scope;
use waiting_room::session::{Action, Command, KEYS, KeyPress, Pick};

#[test]
fn queue_and_consumers_are_two_drops() {
    let mut session = start();
    drop_part(&mut session, KindId::Queue, Line("api", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>queue"]);
    assert_eq!(session.ghosts().len(), 1, "the broken half is offered");
    assert!(!notice(&session).contains("onsumers"), "nothing names the next part: {}", notice(&session));
    assert!(session.problems().iter().any(|p| p.is_error()), "half a design is an error");

    drop_part(&mut session, KindId::Consumers, Line("queue", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>queue", "queue>consumers", "consumers>clinic"]);
    assert!(session.ghosts().is_empty());
    assert!(session.problems().iter().all(|p| !p.is_error()), "{:?}", session.problems());
    assert_eq!(session.selection().only_node().map(|id| &**id), Some("consumers"));
}

/// Parts that are put in between get room: no two components overlap afterwards, and everything stands on the grid.
#[test]
fn what_is_put_between_gets_room() {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    let rects: Vec<_> = session.design().nodes.iter().map(|n| geometry::rect(n)).collect();
    for (i, a) in rects.iter().enumerate() {
        assert!(rects[i + 1..].iter().all(|b| !a.touches(*b)), "{rects:?}");
        assert_eq!((a.x % geometry::GRID, a.y % geometry::GRID), (0.0, 0.0));
    }
}

/// A part that is put on a connection stands with room on both sides, wherever on the connection it was dropped, and however near its neighbours
/// stood; where the hole is wide enough nothing else moves. It is one undo step.
#[test]
fn a_part_put_in_between_is_not_cramped() {
    for hole in [40.0, 120.0, 400.0] {
        for share in [0.0, 0.3, 0.5, 1.0] {
            let mut before = design("naive");
            let move_right = Edit::Move { nodes: vec!["clinic".into()], dx: hole - 120.0, dy: 0.0 };
            before = move_right.apply(&before).expect("a move");
            let at = Curve::of(&before, "api", "clinic").expect("connected").at(share);
            let drop = Drop::OnEdge { from: "api".into(), to: "clinic".into() };
            let composed = insertion::drop_part(&before, KindId::Queue, at, &drop).expect("it fits");
            let after = composed.edit.apply(&before).expect("it can be done");
            let rect = |id: &str| geometry::rect(after.node(id).expect("there"));
            let (api, queue, clinic) = (rect("api"), rect("queue"), rect("clinic"));
            let (left, right) = (queue.x - api.x - api.width, clinic.x - queue.x - queue.width);
            assert!(
                left >= insertion::ROOM && right >= insertion::ROOM,
                "{left} and {right} in a hole of {hole} at {share}"
            );
            let old = |id: &str| geometry::rect(before.node(id).expect("there"));
            assert_eq!((old("api"), old("patients")), (api, rect("patients")), "what comes before stays");
        }
    }
    let mut session = start();
    let first = session.design().clone();
    drop_part(&mut session, KindId::Queue, Line("api", "clinic"));
    session.update(Action::Undo);
    assert_eq!(**session.design(), *first);
}

#[test]
fn undo_goes_back_to_the_start_and_redo_forth_again() {
    let mut session = start();
    let first = session.design().clone();
    build_queue_and_consumers(&mut session);
    drag(&mut session, Middle("queue"), At(400.0, 600.0));
    set(&mut session, "consumers", "attempts", 7.0, None);
    session
        .update(Action::Edit { edit: Edit::Rename { node: "queue".into(), label: Some("Inbox".into()) }, burst: None });
    let last = session.design().clone();
    let mut steps = 0;
    while session.can_undo() {
        session.update(Action::Undo);
        steps += 1;
    }
    assert_eq!(steps, 5, "two drops, a drag, a parameter and a name are five steps");
    assert_eq!(**session.design(), *first);
    while session.can_redo() {
        key(&mut session, "z", true, true);
    }
    assert_eq!(**session.design(), *last);
}

#[test]
fn consumers_on_a_direct_call_are_told_to_wait_for_a_queue() {
    let mut session = start();
    drop_part(&mut session, KindId::Consumers, Line("api", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>clinic"], "the connection stays");
    assert!(session.design().node("consumers").is_some(), "and the part is there all the same");
    assert!(notice(&session).contains("Queue"), "{}", notice(&session));
}

/// Tab goes past every part and selects it: what was passed last is no wish.
#[test]
fn the_same_move_works_wherever_the_selection_stands() {
    for passed in ["patients", "api", "clinic"] {
        let mut session = start();
        session.update(Action::Select { pick: Pick::Node(passed.into()), add: false });
        session.update(Action::Add(KindId::Queue));
        session.update(Action::Add(KindId::Consumers));
        assert_eq!(
            edges(&session),
            ["patients>api", "api>queue", "queue>consumers", "consumers>clinic"],
            "{passed} was selected"
        );
    }
}

/// Without dragging: two clicks in the palette, or Enter.
#[test]
fn the_same_move_works_without_a_pointer() {
    let mut session = start();
    session.update(Action::Add(KindId::Queue));
    session.update(Action::Add(KindId::Consumers));
    session.update(Action::Add(KindId::DeadLetter));
    let expected = ["patients>api", "api>queue", "queue>consumers", "consumers>clinic", "consumers>dead_letter"];
    assert_eq!(edges(&session), expected);
}

#[test]
fn nudges_in_a_row_are_one_step() {
    let mut session = start();
    let x = session.design().node("api").unwrap().x;
    session.update(Action::Select { pick: Pick::Node("api".into()), add: false });
    for _ in 0..3 {
        key(&mut session, "ArrowRight", false, false);
    }
    key(&mut session, "ArrowRight", false, true);
    assert_eq!(session.design().node("api").unwrap().x, x + 3.0 * 8.0 + 5.0 * 8.0);
    session.update(Action::Undo);
    assert_eq!(session.design().node("api").unwrap().x, x);
    assert!(!session.can_undo());
}

#[test]
fn a_sliders_drag_is_one_step_and_the_next_drag_another() {
    let mut session = start();
    for n in [20.0, 30.0, 40.0] {
        set(&mut session, "api", "threads", n, Some("api.threads"));
    }
    session.update(Action::EndBurst);
    set(&mut session, "api", "threads", 50.0, Some("api.threads"));
    session.update(Action::Undo);
    assert_eq!(session.design().node("api").unwrap().param("threads"), Value::Number(40.0));
    session.update(Action::Undo);
    assert_eq!(session.design().node("api").unwrap().param("threads"), Value::Number(32.0));
    assert!(!session.can_undo());
}

#[test]
fn an_impossible_value_changes_nothing_and_is_told() {
    let mut session = start();
    let before = session.design().clone();
    set(&mut session, "api", "threads", 0.5, None);
    assert!(Rc::ptr_eq(session.design(), &before));
    assert!(session.notice().is_some_and(|n| n.refused && n.text.contains("whole number")));
}

#[test]
fn copies_keep_their_connections_and_get_ids_of_their_own() {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    session.update(Action::Select { pick: Pick::Node("queue".into()), add: false });
    session.update(Action::Select { pick: Pick::Node("consumers".into()), add: true });
    session.update(Action::Do(Command::Duplicate));
    assert!(session.design().edge("queue-2", "consumers-2").is_some());
    assert_eq!(session.selection().nodes.len(), 2);
    session.update(Action::Undo);
    assert!(session.design().node("queue-2").is_none());
}

/// Each key does one thing in one place, and the page's own keys mean the same in the diagram.
#[test]
fn no_key_does_two_things() {
    for scope in [Scope::Page, Scope::Diagram] {
        let here = KEYS.iter().filter(|s| s.scope == scope || s.scope == Scope::Page);
        let presses: Vec<_> = here.flat_map(|s| s.presses.iter().map(move |p| (p, s.shown))).collect();
        for (i, ((key, ctrl, shift), shown)) in presses.iter().enumerate() {
            let clash = presses[i + 1..].iter().find(|((other, with_ctrl, with_shift), _)| {
                key == other && ctrl == with_ctrl && (shift.is_none() || with_shift.is_none() || shift == with_shift)
            });
            assert!(clash.is_none(), "{shown} and {:?}", clash.map(|c| c.1));
        }
    }
    let press = |key: &str| KeyPress { key: key.into(), ctrl: true, shift: false };
    assert_eq!(keys::lookup(&press("Z"), Scope::Diagram), Some(Command::Undo));
    assert_eq!(keys::lookup(&press("a"), Scope::Page), None, "Ctrl+A selects components only in the diagram");
}

/// Dropped on nothing, a queue and consumers are joined by the dashed lines that appear, whatever the order.
#[test]
fn loose_parts_are_offered_connections() {
    let mut session = start();
    session.update(Action::Edit {
        edit: Edit::Remove { nodes: vec![], edges: vec![("api".into(), "clinic".into())] },
        burst: None,
    });
    drop_part(&mut session, KindId::Consumers, At(500.0, 420.0));
    let offered: Vec<String> = session.ghosts().iter().map(|g| format!("{}>{}", g.from, g.to)).collect();
    assert_eq!(offered, ["api>clinic"], "the API and the clinic can be joined directly, and each end is offered once");
    drop_part(&mut session, KindId::Queue, Line("api", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>queue"], "dropped where the connection is missing");
    click(&mut session, Line("queue", "consumers"));
    click(&mut session, Line("consumers", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>queue", "queue>consumers", "consumers>clinic"]);
}
