//! Gestures as scripts of actions: what pointer, fingers and keys do from the first touch to the edit, and what is left when they are cut off.

use crate::support;

use std::rc::Rc;

use support::hand::*;
use waiting_room::design::{Design, Edit};
use waiting_room::kinds::KindId;
use waiting_room::session::canvas::geometry;
use waiting_room::session::gestures::gesture::{Connecting, Drop};
use waiting_room::session::{Action, Button, Gesture, Phase, Pick, Point, Pointer, Session};

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
    assert_eq!(*kinds, [KindId::Queue], "the clinic is given, and there");
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

#[test]
fn a_part_taken_back_out_of_the_canvas_is_not_added() {
    let mut session = start();
    session.update(Action::PickUp { kind: KindId::Queue, at: Point::new(100.0, 100.0) });
    pointer(&mut session, Phase::Move, Point::new(-50.0, 100.0));
    assert!(matches!(session.gesture(), Gesture::Placing { drop: Drop::Outside, .. }));
    pointer(&mut session, Phase::Up, Point::new(-50.0, 100.0));
    assert!(!session.can_undo());
}

/// Something done with a session.
type Deed = fn(&mut Session);

/// Every gesture with a pointer or with keys, begun and on its way.
fn begun() -> Vec<(&'static str, Deed)> {
    fn dragged(session: &mut Session, from: Spot, dx: f64, dy: f64, button: Button) {
        let at = seen(session, from);
        let event = |phase, at| Action::Pointer(Pointer { phase, id: 1, at, button, add: false, touch: false });
        session.update(event(Phase::Down, at));
        session.update(event(Phase::Move, Point::new(at.x + dx, at.y + dy)));
    }
    fn finger(session: &mut Session, id: i32, x: f64) {
        let at = Point::new(x, 600.0);
        let button = Button::Primary;
        session.update(Action::Pointer(Pointer { phase: Phase::Down, id, at, button, add: false, touch: true }));
    }
    vec![
        ("pressing", |s| dragged(s, Middle("api"), 1.0, 0.0, Button::Primary)),
        ("moving", |s| dragged(s, Middle("api"), 90.0, 70.0, Button::Primary)),
        ("connecting by a drag", |s| dragged(s, Port("api"), 60.0, 200.0, Button::Primary)),
        ("connecting by clicks", |s| click(s, Port("api"))),
        ("connecting by keys", |s| s.update(Action::StartConnect("patients".into()))),
        ("a marquee", |s| dragged(s, At(-100.0, -40.0), 500.0, 300.0, Button::Primary)),
        ("panning", |s| dragged(s, At(-100.0, -40.0), 50.0, 30.0, Button::Pan)),
        ("placing", |s| {
            s.update(Action::PickUp { kind: KindId::Queue, at: Point::new(-20.0, 40.0) });
            let at = seen(s, Line("api", "clinic"));
            pointer(s, Phase::Move, at);
        }),
        ("choosing", |s| drag(s, Port("api"), At(300.0, -60.0))),
        ("pinching", |s| {
            finger(s, 7, 500.0);
            finger(s, 8, 600.0);
        }),
    ]
}

/// The start with a second clinic, so that a connection by keys has a choice.
fn with_choice() -> Session {
    let mut session = start();
    for kind in [KindId::Clinic, KindId::Api] {
        session.update(Action::Add(kind));
    }
    session.update(Action::SelectNone);
    start_with((**session.design()).clone())
}

/// Nothing is left of a gesture: the design, its history and what is selected are as before.
fn assert_no_trace(session: &mut Session, before: &Rc<Design>, what: &str) {
    assert_eq!(*session.gesture(), Gesture::Idle, "{what}");
    assert!(Rc::ptr_eq(session.design(), before), "{what} has changed the design");
    assert!(!session.can_undo() && session.design_revision() == 0, "{what}");
    assert!(!session.is_drifting(), "{what}");
    // Whatever the pointer still does, nothing goes on.
    for phase in [Phase::Move, Phase::Up] {
        pointer(session, phase, Point::new(640.0, 80.0));
    }
    assert_eq!(*session.gesture(), Gesture::Idle, "{what} goes on");
    assert!(Rc::ptr_eq(session.design(), before), "{what} goes on");
}

#[test]
fn escape_ends_every_gesture_without_a_trace() {
    for (what, begin) in begun() {
        let mut session = with_choice();
        let before = session.design().clone();
        begin(&mut session);
        assert_ne!(*session.gesture(), Gesture::Idle, "{what} has begun");
        key(&mut session, "Escape", false, false);
        assert_no_trace(&mut session, &before, what);
    }
}

/// The system takes the pointer away: a call comes in, the window loses the focus. Keys and menus are not the pointer's to end.
#[test]
fn a_pointer_that_is_taken_away_leaves_no_trace() {
    for (what, begin) in begun() {
        for touch in [false, true] {
            let mut session = with_choice();
            let before = session.design().clone();
            begin(&mut session);
            let at = Point::new(0.0, 0.0);
            let lost = Pointer { phase: Phase::Cancel, id: 7, at, button: Button::Primary, add: false, touch };
            session.update(Action::Pointer(lost));
            if matches!(what, "connecting by keys" | "choosing") {
                assert_ne!(*session.gesture(), Gesture::Idle, "{what} stays");
            } else {
                assert_no_trace(&mut session, &before, what);
            }
        }
    }
}

/// A third finger means nothing: it neither zooms nor ends the pinch of the first two; and a finger without an end event is no partner of
/// the next one.
#[test]
fn a_third_finger_means_nothing() {
    let mut session = start();
    let finger = |session: &mut Session, phase, id, x: f64| {
        let at = Point::new(x, 600.0);
        session.update(Action::Pointer(Pointer { phase, id, at, button: Button::Primary, add: false, touch: true }));
    };
    finger(&mut session, Phase::Down, 1, 600.0);
    finger(&mut session, Phase::Down, 2, 800.0);
    let view = session.view();
    finger(&mut session, Phase::Down, 3, 300.0);
    finger(&mut session, Phase::Move, 3, 100.0);
    assert_eq!(session.view(), view);
    finger(&mut session, Phase::Up, 3, 100.0);
    assert!(matches!(session.gesture(), Gesture::Pinching { .. }));
    finger(&mut session, Phase::Move, 2, 1000.0);
    assert!((session.view().zoom / view.zoom - 2.0).abs() < 1e-9, "{}", session.view().zoom);
    finger(&mut session, Phase::Up, 1, 600.0);
    assert_eq!(*session.gesture(), Gesture::Idle);

    // The up of finger 4 is lost with the focus of the window.
    finger(&mut session, Phase::Down, 4, 600.0);
    session.update(Action::Cancel);
    finger(&mut session, Phase::Down, 5, 700.0);
    assert!(!matches!(session.gesture(), Gesture::Pinching { .. }), "{:?}", session.gesture());
}

/// Everything dragged far beyond the plane stops where the first component reaches its end, all in the same shape; there, moving further is
/// refused in words.
#[test]
fn a_drag_of_everything_ends_where_the_plane_ends() {
    let mut session = start();
    let shape = |s: &Session| -> Vec<(f64, f64)> {
        let first = &s.design().nodes[0];
        s.design().nodes.iter().map(|n| (n.x - first.x, n.y - first.y)).collect()
    };
    let before = shape(&session);
    session.update(Action::SelectAll);
    session.update(Action::ZoomAt { at: Point::new(0.0, 0.0), factor: 0.2 });
    let from = seen(&session, Middle("api"));
    pointer(&mut session, Phase::Down, from);
    for step in 1..=40 {
        pointer(&mut session, Phase::Move, Point::new(from.x + 2000.0 * f64::from(step), from.y));
    }
    pointer(&mut session, Phase::Up, Point::new(from.x + 80_000.0, from.y));
    let right = session.design().nodes.iter().map(|n| n.x).fold(f64::MIN, f64::max);
    assert_eq!(right, geometry::MAX_COORDINATE);
    assert_eq!(shape(&session), before);
    let there = session.design().clone();
    key(&mut session, "ArrowRight", false, false);
    assert!(Rc::ptr_eq(session.design(), &there));
    assert!(session.notice().is_some_and(|n| n.refused && n.text.contains("ends")), "{}", notice(&session));
    session.update(Action::Undo);
    assert!(!session.can_undo(), "one step, however far");
}

/// A canvas without a size, as while the page folds its panels, ends nothing and moves nothing.
#[test]
fn a_canvas_of_no_size_changes_nothing() {
    let mut session = start();
    let view = session.view();
    let (from, to) = (seen(&session, Middle("api")), Point::new(700.0, 300.0));
    pointer(&mut session, Phase::Down, from);
    pointer(&mut session, Phase::Move, to);
    for (width, height) in [(0.0, 0.0), (0.0, 300.0), (f64::NAN, 10.0), (-5.0, 10.0)] {
        session.update(Action::Canvas { width, height });
        session.update(Action::Drift { wall_s: 0.1 });
        session.update(Action::Fit);
    }
    session.update(Action::ZoomAt { at: Point::new(f64::NAN, 0.0), factor: 2.0 });
    assert_eq!((session.view().width, session.view().height), (view.width, view.height));
    assert!(matches!(session.gesture(), Gesture::Moving { .. }));
    pointer(&mut session, Phase::Up, to);
    assert!(session.can_undo());
}
