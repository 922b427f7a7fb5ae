//! What a learner does, as scripts of actions: gestures, undo, and what an edit means for a run.

use std::rc::Rc;

use waiting_room::design::{Design, Edit};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Value};
use waiting_room::session::gesture::{Connecting, Drop};
use waiting_room::session::keys::{self, Scope};
use waiting_room::session::{
    Action, Button, Command, Gesture, KEYS, KeyPress, Phase, Pick, Point, Pointer, RunState, Session, geometry,
};

/// The canvas of these tests. The start fits into it, so nothing is zoomed.
const CANVAS: (f64, f64) = (1400.0, 700.0);

fn start() -> Session {
    start_with(builtin::starting_design())
}

fn start_with(design: Design) -> Session {
    let mut session = Session::new(design, builtin::scenario("monday").expect("a scenario").clone(), 1);
    session.update(Action::Canvas { width: CANVAS.0, height: CANVAS.1 });
    session
}

fn pointer(session: &mut Session, phase: Phase, at: Point) {
    let event = Pointer { phase, id: 1, at, button: Button::Primary, add: false, touch: false };
    session.update(Action::Pointer(event));
}

/// Somewhere in the diagram.
#[derive(Clone, Copy)]
enum Spot {
    At(f64, f64),
    Middle(&'static str),
    /// Where connections leave a component.
    Port(&'static str),
    /// Halfway along a connection, there or missing.
    Line(&'static str, &'static str),
}
use Spot::{At, Line, Middle, Port};

/// The spot as a point of the diagram.
fn point(session: &Session, spot: Spot) -> Point {
    let area = |id: &str| geometry::rect(session.design().node(id).expect(id));
    match spot {
        At(x, y) => Point::new(x, y),
        Middle(id) => area(id).middle(),
        Port(id) => geometry::out_port(area(id)),
        Line(from, to) => geometry::Curve::of(session.design(), from, to).expect("both ends").at(0.5),
    }
}

/// The spot as a point of the canvas.
fn seen(session: &Session, spot: Spot) -> Point {
    session.view().to_canvas(point(session, spot))
}

/// Presses at one spot, moves in steps to another and lets go.
fn drag(session: &mut Session, from: Spot, to: Spot) {
    let (from, to) = (seen(session, from), seen(session, to));
    pointer(session, Phase::Down, from);
    for step in 1..=4 {
        let t = f64::from(step) / 4.0;
        pointer(session, Phase::Move, Point::new(from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)));
    }
    pointer(session, Phase::Up, to);
}

fn click(session: &mut Session, at: Spot) {
    let at = seen(session, at);
    pointer(session, Phase::Down, at);
    pointer(session, Phase::Up, at);
}

/// Takes a part of the palette and lets it go with its middle at a spot.
fn drop_part(session: &mut Session, kind: KindId, to: Spot) {
    session.update(Action::PickUp { kind, at: Point::new(-200.0, 40.0) });
    let to = seen(session, to);
    pointer(session, Phase::Move, Point::new(10.0, 40.0));
    pointer(session, Phase::Move, to);
    pointer(session, Phase::Up, to);
}

fn key(session: &mut Session, key: &str, ctrl: bool, shift: bool) {
    session.update(Action::Press(KeyPress { key: key.to_owned(), ctrl, shift }));
}

fn edges(session: &Session) -> Vec<String> {
    session.design().edges.iter().map(|e| format!("{}>{}", e.from, e.to)).collect()
}

fn notice(session: &Session) -> &str {
    session.notice().map_or("", |n| n.text.as_str())
}

fn set(session: &mut Session, node: &str, path: &str, value: f64, burst: Option<&str>) {
    let edit = Edit::SetParam { node: node.into(), path: path.into(), value: Value::Number(value) };
    session.update(Action::Edit { edit, burst: burst.map(str::to_owned) });
}

/// The move of this kata: a queue onto API → clinic, then consumers onto the dashed line that is left.
fn build_queue_and_consumers(session: &mut Session) {
    drop_part(session, KindId::Queue, Line("api", "clinic"));
    drop_part(session, KindId::Consumers, Line("queue", "clinic"));
}

#[test]
fn queue_and_consumers_are_two_drops() {
    let mut session = start();
    drop_part(&mut session, KindId::Queue, Line("api", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>queue"]);
    assert_eq!(session.ghosts().len(), 1, "the broken half is offered");
    assert!(notice(&session).contains("Consumers"), "{}", notice(&session));
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
fn a_missing_connection_can_be_clicked() {
    let mut session = start();
    click(&mut session, Line("api", "clinic"));
    assert_eq!(session.selection().edges.len(), 1);
    key(&mut session, "Delete", false, false);
    assert_eq!(edges(&session), ["patients>api"]);
    click(&mut session, Line("api", "clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>clinic"], "a click on the dashed line brings it back");
}

#[test]
fn a_connection_is_drawn_from_the_port() {
    let mut session = start();
    session.update(Action::Edit {
        edit: Edit::Remove { nodes: vec![], edges: vec![("api".into(), "clinic".into())] },
        burst: None,
    });
    drag(&mut session, Port("api"), Middle("clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>clinic"]);

    drag(&mut session, Port("patients"), Middle("clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>clinic"], "not what the model allows");
    assert!(notice(&session).contains("can't point to"), "{}", notice(&session));
}

#[test]
fn port_then_target_connects_with_two_clicks() {
    let mut session = start();
    session.update(Action::Edit {
        edit: Edit::Remove { nodes: vec![], edges: vec![("api".into(), "clinic".into())] },
        burst: None,
    });
    click(&mut session, Port("api"));
    assert!(matches!(session.gesture(), Gesture::Connecting { how: Connecting::Pointer { dragging: false, .. }, .. }));
    click(&mut session, Middle("clinic"));
    assert_eq!(edges(&session), ["patients>api", "api>clinic"]);
    assert_eq!(*session.gesture(), Gesture::Idle);
}

#[test]
fn a_connection_let_go_on_empty_canvas_offers_what_may_follow() {
    let mut session = start();
    drag(&mut session, Port("api"), At(500.0, 480.0));
    let Gesture::Choosing { kinds, .. } = session.gesture() else { panic!("{:?}", session.gesture()) };
    assert_eq!(*kinds, [KindId::Queue, KindId::Clinic]);
    session.update(Action::Choose(KindId::Queue));
    assert!(session.design().edge("api", "queue").is_some());
    assert_eq!(*session.gesture(), Gesture::Idle);
}

#[test]
fn the_keyboard_connects() {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    session.update(Action::SelectNone);
    session.update(Action::Add(KindId::Clinic));
    session.update(Action::Select { pick: Pick::Node("consumers".into()), add: false });
    key(&mut session, "c", false, false);
    let Gesture::Connecting { target: Some(first), .. } = session.gesture().clone() else { panic!() };
    assert_eq!(&*first, "clinic-2", "the connected one is no target");
    key(&mut session, "ArrowRight", false, false);
    key(&mut session, "Enter", false, false);
    assert!(session.design().edge("consumers", "clinic-2").is_some());

    session.update(Action::Select { pick: Pick::Node("clinic".into()), add: false });
    key(&mut session, "c", false, false);
    assert_eq!(*session.gesture(), Gesture::Idle);
    assert!(notice(&session).contains("nothing"), "{}", notice(&session));
}

#[test]
fn escape_ends_every_gesture_without_a_trace() {
    let mut session = start();
    let (before, revision) = (session.design().clone(), session.design_revision());
    let from = seen(&session, Middle("api"));
    let far = Point::new(from.x + 90.0, from.y + 70.0);
    let begin: [&dyn Fn(&mut Session); 5] = [
        &|s| pointer(s, Phase::Down, from),
        &|s| {
            let at = seen(s, Port("api"));
            pointer(s, Phase::Down, at);
        },
        &|s| pointer(s, Phase::Down, Point::new(5.0, 5.0)),
        &|s| s.update(Action::PickUp { kind: KindId::Queue, at: from }),
        &|s| s.update(Action::StartConnect("api".into())),
    ];
    for gesture in begin {
        gesture(&mut session);
        pointer(&mut session, Phase::Move, far);
        key(&mut session, "Escape", false, false);
        pointer(&mut session, Phase::Up, far);
        assert_eq!(*session.gesture(), Gesture::Idle);
        assert!(Rc::ptr_eq(session.design(), &before));
        assert_eq!(session.design_revision(), revision);
        assert!(!session.can_undo());
    }
}

#[test]
fn a_drag_snaps_to_the_grid_and_is_one_step() {
    let mut session = start();
    let before = session.design().node("api").unwrap().clone();
    let from = point(&session, Middle("api"));
    drag(&mut session, Middle("api"), At(from.x + 21.0, from.y - 50.0));
    let after = session.design().node("api").unwrap().clone();
    assert_eq!((after.x - before.x, after.y - before.y), (24.0, -48.0));
    session.update(Action::Undo);
    assert!(!session.can_undo());
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
    assert_eq!(session.design().node("api").unwrap().param("threads"), Value::Number(64.0));
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
fn a_marquee_selects_what_it_touches_and_shift_adds() {
    let mut session = start();
    let api = point(&session, Middle("api"));
    drag(&mut session, At(api.x - 100.0, api.y - 100.0), Middle("api"));
    assert!(session.selection().has_node("api") && !session.selection().has_node("clinic"));
    let at = seen(&session, Middle("clinic"));
    for phase in [Phase::Down, Phase::Up] {
        let event = Pointer { phase, id: 1, at, button: Button::Primary, add: true, touch: false };
        session.update(Action::Pointer(event));
    }
    assert!(session.selection().has_node("api") && session.selection().has_node("clinic"));
    key(&mut session, "a", true, false);
    assert_eq!(session.selection().len(), 5, "three components and two connections");
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

#[test]
fn two_fingers_zoom_about_the_point_between_them() {
    let mut session = start();
    let finger = |session: &mut Session, phase, id, x, y| {
        let at = Point::new(x, y);
        session.update(Action::Pointer(Pointer { phase, id, at, button: Button::Primary, add: false, touch: true }));
    };
    let fixed = session.view().to_diagram(Point::new(700.0, 600.0));
    finger(&mut session, Phase::Down, 1, 650.0, 600.0);
    finger(&mut session, Phase::Down, 2, 750.0, 600.0);
    finger(&mut session, Phase::Move, 1, 600.0, 600.0);
    finger(&mut session, Phase::Move, 2, 800.0, 600.0);
    let after = session.view().to_diagram(Point::new(700.0, 600.0));
    assert!((session.view().zoom - 2.0).abs() < 1e-9, "{}", session.view().zoom);
    assert!(fixed.distance(after) < 1e-6, "{fixed:?} {after:?}");
    finger(&mut session, Phase::Up, 1, 600.0, 600.0);
    finger(&mut session, Phase::Up, 2, 800.0, 600.0);
    assert_eq!(*session.gesture(), Gesture::Idle);
    assert!(session.selection().is_empty() && !session.can_undo());
}

/// Any size from 320 × 200 to 1400 × 700 shows the whole design.
#[test]
fn every_canvas_shows_the_whole_design() {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    session.update(Action::Fit);
    for (width, height) in [(320.0, 200.0), (360.0, 400.0), (800.0, 300.0), (1400.0, 700.0)] {
        session.update(Action::Canvas { width, height });
        for node in &session.design().nodes {
            let area = geometry::rect(node);
            let a = session.view().to_canvas(Point::new(area.x, area.y));
            let b = session.view().to_canvas(Point::new(area.x + area.width, area.y + area.height));
            assert!(a.x >= 0.0 && a.y >= 0.0 && b.x <= width && b.y <= height, "{} in {width} × {height}", node.id);
        }
    }
}

#[test]
fn a_part_taken_back_out_of_the_canvas_is_not_added() {
    let mut session = start();
    session.update(Action::PickUp { kind: KindId::Queue, at: Point::new(100.0, 100.0) });
    pointer(&mut session, Phase::Move, Point::new(-50.0, 100.0));
    assert!(matches!(session.gesture(), Gesture::Placing { drop: Drop::Outside, .. }));
    pointer(&mut session, Phase::Up, Point::new(-50.0, 100.0));
    assert!(!session.can_undo());
}

#[test]
fn a_read_only_session_runs_and_changes_nothing() {
    let mut session = start();
    session.set_readonly(true);
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
