//! Drawing: alignment while moving, the view that follows a drag over its edge, and what is copied.

use crate::support::golden;
use waiting_room::design::Design;
use waiting_room::kata::builtin;
use waiting_room::session::canvas::align::{Guide, align};
use waiting_room::session::canvas::geometry;
use waiting_room::session::{Action, Button, Command, Gesture, Phase, Pick, Point, Pointer, Rect, Session};

fn start() -> Session {
    let mut session =
        Session::new(builtin::starting_design(), builtin::scenario("monday").expect("a scenario").clone(), 1);
    session.update(Action::Canvas { width: 1400.0, height: 700.0 });
    session.update(Action::Do(Command::ZoomActual));
    session
}

fn pointer(session: &mut Session, phase: Phase, at: Point) {
    let event = Pointer { phase, id: 1, at, button: Button::Primary, add: false, touch: false };
    session.update(Action::Pointer(event));
}

fn area(session: &Session, id: &str) -> Rect {
    geometry::rect(session.design().node(id).expect(id))
}

/// Presses on a component and moves it by so much, without letting go.
fn take(session: &mut Session, id: &str, dx: f64, dy: f64) -> Point {
    let from = session.view().to_canvas(area(session, id).middle());
    let to = Point::new(from.x + dx, from.y + dy);
    pointer(session, Phase::Down, from);
    pointer(session, Phase::Move, Point::new(from.x + dx / 2.0, from.y + dy / 2.0));
    pointer(session, Phase::Move, to);
    to
}

fn boxed(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect { x, y, width, height }
}

/// Left goes with left, middle with middle; six pixels are near, seven are not, and the grid takes what nothing else does.
#[test]
fn edges_and_middles_align_with_those_around() {
    let own = boxed(0.0, 0.0, 100.0, 80.0);
    let other = boxed(305.0, 300.0, 60.0, 80.0);
    let go = |dx: f64, dy: f64| align(own, (0.0, 0.0), (dx, dy), &[other], 6.0);
    assert_eq!(go(299.0, 100.0).0, (305.0, 104.0), "left with left, and down on the grid");
    assert_eq!(go(298.0, 100.0).0, (296.0, 104.0), "too far for that");
    assert_eq!(go(281.0, 100.0).0, (285.0, 104.0), "middle with middle");
    assert_eq!(go(270.0, 100.0).0, (265.0, 104.0), "right with right");
    let guide = Guide { upright: true, at: 305.0, from: 104.0, to: 380.0 };
    assert_eq!(go(299.0, 100.0).1, [guide], "a line through both");
    assert!(go(100.0, 100.0).1.is_empty());
}

#[test]
fn a_component_dragged_level_with_another_snaps_to_it() {
    let mut session = start();
    let level = area(&session, "clinic").y;
    let to = take(&mut session, "api", 30.0, 90.0);
    let back = Point::new(to.x, to.y - 85.0);
    pointer(&mut session, Phase::Move, back);
    let Gesture::Moving { guides, .. } = session.gesture() else { panic!("{:?}", session.gesture()) };
    assert!(guides.iter().any(|g| !g.upright && g.at == level), "{guides:?}");
    pointer(&mut session, Phase::Up, back);
    assert_eq!(area(&session, "api").y, level);
}

#[test]
fn the_view_follows_a_drag_over_the_edge_and_stops_when_it_ends() {
    let mut session = start();
    let from = session.view().to_canvas(area(&session, "api").middle());
    let right = 1398.0 - from.x;
    let to = take(&mut session, "api", right, 8.0);
    assert!(session.is_drifting());
    let (before, view) = (session.gesture().offset(true).0, session.view());
    for _ in 0..30 {
        session.update(Action::Drift { wall_s: 1.0 / 60.0 });
    }
    let moved = session.gesture().offset(true).0 - before;
    assert!(moved > 100.0, "the component went {moved} further");
    assert!(session.view().x < view.x - 100.0, "and the view with it");
    pointer(&mut session, Phase::Up, to);
    assert!(!session.is_drifting());
    let view = session.view();
    session.update(Action::Drift { wall_s: 0.1 });
    assert_eq!(session.view(), view, "nothing is dragged any more");
    session.update(Action::Undo);
    assert!(!session.can_undo(), "one step, however far");
}

#[test]
fn a_part_that_is_cut_comes_back_with_its_connections_and_parameters() {
    let mut session = start();
    session.update(Action::Add(waiting_room::kinds::KindId::Queue));
    session.update(Action::Add(waiting_room::kinds::KindId::Consumers));
    session.update(Action::Select { pick: Pick::Node("queue".into()), add: false });
    session.update(Action::Select { pick: Pick::Node("consumers".into()), add: true });
    let edit = waiting_room::design::Edit::SetParam {
        node: "consumers".into(),
        path: "attempts".into(),
        value: waiting_room::kinds::Value::Number(7.0),
    };
    session.update(Action::Edit { edit, burst: None });
    session.update(Action::Do(Command::Cut));
    assert!(session.design().node("queue").is_none());
    session.update(Action::Do(Command::Paste));
    session.update(Action::Do(Command::Paste));
    let design: &Design = session.design();
    assert!(design.edge("queue", "consumers").is_some() && design.edge("queue-2", "consumers-2").is_some());
    assert_eq!(design.node("consumers-2").unwrap().param("attempts"), waiting_room::kinds::Value::Number(7.0));
    let (one, two) = (area(&session, "queue"), area(&session, "queue-2"));
    assert_eq!((two.x - one.x, two.y - one.y), (24.0, 24.0), "the second copy lies 24 further");
}

#[test]
fn what_is_pasted_at_the_pointer_has_its_middle_there() {
    let mut session = start();
    session.update(Action::Select { pick: Pick::Node("api".into()), add: false });
    session.update(Action::Do(Command::Copy));
    let at = Point::new(300.0, 560.0);
    session.update(Action::Paste { at });
    let middle = area(&session, "api-2").middle();
    assert!(middle.distance(session.view().to_diagram(at)) <= 6.0, "{middle:?}");
}

#[test]
fn tidy_is_one_step_that_leaves_nothing_on_top_of_another() {
    let mut session = start();
    let to = take(&mut session, "api", -150.0, 10.0);
    pointer(&mut session, Phase::Up, to);
    let before = session.design().clone();
    session.update(Action::Do(Command::Tidy));
    let rects: Vec<Rect> = session.design().nodes.iter().map(|n| geometry::rect(n)).collect();
    for (i, a) in rects.iter().enumerate() {
        assert!(rects[i + 1..].iter().all(|b| !a.touches(*b)), "{rects:?}");
    }
    session.update(Action::Undo);
    assert_eq!(*session.design(), before);
}

/// A queue and its consumers taken out of the chain leave a gap that one connection closes; where the model allows none, none is offered.
#[test]
fn a_gap_left_in_a_chain_is_offered_to_be_closed() {
    let mut session = start();
    session.update(Action::Add(waiting_room::kinds::KindId::Queue));
    session.update(Action::Add(waiting_room::kinds::KindId::Consumers));
    session.update(Action::Select { pick: Pick::Node("queue".into()), add: false });
    session.update(Action::Delete);
    assert_eq!(session.offer(), None, "the API can't point to consumers");
    session.update(Action::Undo);
    session.update(Action::Select { pick: Pick::Node("queue".into()), add: false });
    session.update(Action::Select { pick: Pick::Node("consumers".into()), add: true });
    session.update(Action::Delete);
    assert_eq!(session.offer().map(|o| o.label.as_str()), Some("Connect Booking API → Clinics"));
    session.update(Action::TakeOffer);
    assert!(session.design().edge("api", "clinic").is_some());
    assert_eq!(session.offer(), None);
    session.update(Action::Undo);
    session.update(Action::Undo);
    assert!(session.design().edge("queue", "consumers").is_some(), "closing the gap is a step of its own");
    session.update(Action::TakeOffer);
    assert!(session.design().edge("api", "clinic").is_none(), "what is not offered any more does nothing");
}

/// A part from the palette aligns with what stands around as one that is moved does, and stands exactly where it was shown.
#[test]
fn a_part_aligns_while_it_is_placed() {
    let mut session = start();
    let level = area(&session, "clinic");
    session.update(Action::PickUp { kind: waiting_room::kinds::KindId::Queue, at: Point::new(-20.0, 100.0) });
    let (width, height) = geometry::size(waiting_room::kinds::KindId::Queue);
    let middle = Point::new(level.x + 300.0 + width / 2.0, level.y + 3.0 + height / 2.0);
    let to = session.view().to_canvas(middle);
    pointer(&mut session, Phase::Move, to);
    let Gesture::Placing { guides, at, .. } = session.gesture().clone() else { panic!("{:?}", session.gesture()) };
    assert!(guides.iter().any(|g| !g.upright && g.at == level.y), "{guides:?}");
    pointer(&mut session, Phase::Up, to);
    assert_eq!(area(&session, "queue").middle(), at, "where it was shown");
    assert_eq!(area(&session, "queue").y, level.y);
}

/// The gap of a deletion is offered in words and closed by Enter, as long as nothing else is selected.
#[test]
fn enter_closes_the_gap_of_a_deletion() {
    let mut session = start();
    session.update(Action::Add(waiting_room::kinds::KindId::Queue));
    session.update(Action::Add(waiting_room::kinds::KindId::Consumers));
    session.update(Action::Select { pick: Pick::Node("queue".into()), add: false });
    session.update(Action::Select { pick: Pick::Node("consumers".into()), add: true });
    session.update(Action::Do(Command::Delete));
    let told = session.notice().map_or("", |n| n.text.as_str());
    golden::says("notice", "a gap to close", told);
    session.update(Action::Select { pick: Pick::Node("api".into()), add: false });
    session.update(Action::Do(Command::Confirm));
    assert!(session.design().edge("api", "clinic").is_none(), "Enter on a component is not meant for the gap");
    session.update(Action::SelectNone);
    session.update(Action::Do(Command::Confirm));
    assert!(session.design().edge("api", "clinic").is_some());
}
