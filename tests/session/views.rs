//! The view: how a design is fitted into the stage, how what is there is hit, and what a small zoom leaves of it.

use crate::support::hand::*;
use crate::support::learner::{cut, design, finish};
use std::rc::Rc;

use waiting_room::design::{Design, Edge, Location, Node};
use waiting_room::kinds::KindId;
use waiting_room::session::canvas::geometry;
use waiting_room::session::canvas::viewport::{FIT_LEAST, FIT_MOST, TOOLS, ZOOM};
use waiting_room::session::{Action, Command, Phase, Pick, Point, Rect, Session};

/// Where a component is on the canvas.
fn on_canvas(session: &Session, id: &str) -> Rect {
    let area = geometry::rect(session.design().node(id).expect(id));
    let (a, b) = (Point::new(area.x, area.y), Point::new(area.x + area.width, area.y + area.height));
    Rect::between(session.view().to_canvas(a), session.view().to_canvas(b))
}

fn whole(session: &Session) -> Rect {
    let all = session.design().nodes.iter().map(|n| on_canvas(session, &n.id));
    all.reduce(Rect::with).expect("there are components")
}

fn fitted(mut session: Session, width: f64, height: f64) -> Session {
    session.update(Action::Canvas { width, height });
    session.update(Action::Fit);
    session
}

fn chain() -> Session {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    session
}

/// A chain with so many pools in parallel.
fn lanes(count: usize) -> Design {
    let mut design = Design::default();
    let mut put = |id: String, kind| design.nodes.push(Rc::new(Node::new(id.as_str().into(), kind, 0.0, 0.0)));
    for (id, kind) in [("patients", KindId::Patients), ("api", KindId::Api), ("clinic", KindId::Clinic)] {
        put(id.to_owned(), kind);
    }
    for n in 0..count {
        put(format!("queue-{n}"), KindId::Queue);
        put(format!("consumers-{n}"), KindId::Consumers);
    }
    let mut join = |from: &str, to: &str| design.edges.push(Edge { from: from.into(), to: to.into(), weight: 1.0 });
    join("patients", "api");
    for n in 0..count {
        join("api", &format!("queue-{n}"));
        join(&format!("queue-{n}"), &format!("consumers-{n}"));
        join(&format!("consumers-{n}"), "clinic");
    }
    design
}

/// A wide stage shows the whole design, as large as 1.4 times, its middle in the middle of what is free above the tools.
#[test]
fn a_design_is_fitted_whole_large_and_in_the_middle() {
    for (width, height) in [(640.0, 300.0), (800.0, 300.0), (878.0, 447.0), (1400.0, 700.0), (2000.0, 1200.0)] {
        for session in [fitted(start(), width, height), fitted(chain(), width, height)] {
            let (all, zoom) = (whole(&session), session.view().zoom);
            let inside =
                all.x >= 0.0 && all.y >= 0.0 && all.x + all.width <= width && all.y + all.height <= height - TOOLS;
            assert!(inside, "{all:?} in {width} × {height}");
            assert!(zoom <= FIT_MOST, "{zoom}");
            let off = all.middle().distance(Point::new(width / 2.0, (height - TOOLS) / 2.0));
            assert!(off < 0.5, "{off} px off the middle in {width} × {height}");
        }
    }
    assert_eq!(fitted(start(), 2000.0, 1200.0).view().zoom, FIT_MOST, "where there is room it is used");
}

/// The stage at 1440 × 900 holds the chain in its actual size, where type is sharpest.
#[test]
fn a_tidy_chain_has_its_actual_size_on_the_stage() {
    let mut session = fitted(chain(), 878.0, 447.0);
    session.update(Action::Do(Command::Tidy));
    assert_eq!(session.view().zoom, 1.0);
}

/// On a phone the start of a small design is readable; of a large one the whole is seen.
#[test]
fn a_narrow_canvas_keeps_a_small_design_readable() {
    for (width, height) in [(320.0, 200.0), (360.0, 400.0), (390.0, 280.0)] {
        let session = fitted(chain(), width, height);
        assert!(session.view().zoom >= FIT_LEAST, "{}", session.view().zoom);
        let first = on_canvas(&session, "patients");
        assert!(first.x >= 0.0 && first.y >= 0.0 && first.x + first.width <= width, "{first:?}");
    }
    let session = fitted(start_with(lanes(10)), 360.0, 400.0);
    let all = whole(&session);
    assert!(all.x >= 0.0 && all.x + all.width <= 360.0, "{all:?}");
}

/// A hundred components are all on the stage, laid out to its shape.
#[test]
fn a_hundred_components_are_all_seen() {
    let mut session = fitted(start_with(lanes(50)), 878.0, 447.0);
    session.update(Action::Do(Command::Tidy));
    let all = whole(&session);
    assert!(all.x >= 0.0 && all.y >= 0.0 && all.x + all.width <= 878.0 && all.y + all.height <= 447.0, "{all:?}");
    let zoom = session.view().zoom;
    assert!(zoom > ZOOM.0 && all.width > 600.0 && all.height > 200.0, "{zoom}: {all:?} fills the stage");
}

/// All of a design is fitted, be it one column of a hundred; from there no press on − comes nearer.
#[test]
fn a_column_of_a_hundred_is_seen_before_it_is_tidy() {
    let mut design = lanes(50);
    design.nodes.iter_mut().enumerate().for_each(|(at, node)| Rc::make_mut(node).y = 160.0 * at as f64);
    let mut session = fitted(start_with(design), 878.0, 447.0);
    let (all, zoom) = (whole(&session), session.view().zoom);
    assert!(all.x >= 0.0 && all.y >= 0.0 && all.x + all.width <= 878.0 && all.y + all.height <= 447.0, "{all:?}");
    session.update(Action::Do(Command::ZoomOut));
    assert!(session.view().zoom <= zoom, "{} from {zoom}", session.view().zoom);
    session.update(Action::Do(Command::ZoomIn));
    assert!(session.view().zoom > zoom);
}

/// Where the result lies over the canvas, the part that it names is seen beside it; once it is closed the design is where it was.
#[test]
fn the_part_that_a_result_names_is_seen_beside_it() {
    let of = |id: &str| fitted(Session::new(design(id), cut("monday", 2_400.0), 1), 768.0, 490.0);
    for id in ["naive", "queue-60"] {
        let mut session = of(id);
        finish(&mut session);
        let named = match &session.finished().expect("a result").review.bottleneck.place {
            Location::Node { id, .. } => id.clone(),
            other => panic!("{other:?} is no part"),
        };
        let before = session.view();
        for (right, bottom, room) in [(320.0, 0.0, (448.0, 490.0)), (0.0, 300.0, (768.0, 190.0))] {
            session.update(Action::Cover { right, bottom });
            let card = on_canvas(&session, &named);
            assert!(card.x >= 0.0 && card.x + card.width <= room.0, "{id}: {card:?} beside {right}");
            assert!(card.y >= 0.0 && card.y + card.height <= room.1, "{id}: {card:?} above {bottom}");
            session.update(Action::Cover { right: 0.0, bottom: 0.0 });
            assert_eq!((session.view().x, session.view().y), (before.x, before.y));
        }
        // What is selected comes first.
        session.update(Action::Select { pick: Pick::Node("clinic".into()), add: false });
        session.update(Action::Cover { right: 320.0, bottom: 0.0 });
        assert!(on_canvas(&session, "clinic").x + on_canvas(&session, "clinic").width <= 448.0);
    }
}

/// What is selected is drawn above the others, and a press there hits it.
#[test]
fn a_press_hits_what_is_drawn_on_top() {
    let mut session = start();
    session.update(Action::Select { pick: Pick::Node("patients".into()), add: false });
    let api = point(&session, Middle("api"));
    drag(&mut session, Middle("patients"), At(api.x + 16.0, api.y + 16.0));
    let at = seen(&session, At(api.x + 8.0, api.y + 8.0));
    pointer(&mut session, Phase::Down, at);
    pointer(&mut session, Phase::Up, at);
    assert!(session.selection().has_node("patients"), "{:?}", session.selection());
    session.update(Action::SelectNone);
    pointer(&mut session, Phase::Down, at);
    pointer(&mut session, Phase::Up, at);
    assert!(session.selection().has_node("api"), "without a selection the later one of the flow is on top");
}

/// The tag of a missing connection is as large on the screen from afar as from near, and all of it can be pressed.
#[test]
fn a_tag_can_be_pressed_at_any_zoom() {
    for factor in [1.0, 0.5, 0.25] {
        let mut session = start();
        drop_part(&mut session, KindId::Queue, Line("api", "clinic"));
        session.update(Action::ZoomAt { at: Point::new(700.0, 350.0), factor });
        let ghost = session.ghosts().first().expect("the way to the clinic is missing").clone();
        let tag = ghost.tag(&ghost.route, session.view().zoom, &geometry::rects(session.design()));
        assert!(tag.height * session.view().zoom >= 23.9, "{tag:?}");
        let corner = Point::new(tag.x + tag.width - 2.0, tag.y + tag.height - 2.0);
        click(&mut session, At(corner.x, corner.y));
        session.update(Action::Choose(KindId::Consumers));
        assert!(session.design().node("consumers").is_some(), "at {factor}");
    }
}

/// A drawer over the stage: what is selected is brought beside it, and back once it is put away, unless the learner has moved the view.
#[test]
fn what_is_selected_stays_in_sight_beside_a_drawer() {
    let mut session = start();
    session.update(Action::Fit);
    let (width, before) = (session.view().width, on_canvas(&session, "patients"));
    session.update(Action::Select { pick: Pick::Node("clinic".into()), add: false });
    session.update(Action::Cover { right: 320.0, bottom: 0.0 });
    let clinic = on_canvas(&session, "clinic");
    assert!(clinic.x + clinic.width <= width - 320.0 && clinic.x >= 0.0, "{clinic:?}");
    session.update(Action::Canvas { width: width - 100.0, height: session.view().height });
    let clinic = on_canvas(&session, "clinic");
    assert!(clinic.x + clinic.width <= width - 420.0, "in a smaller window too: {clinic:?}");
    session.update(Action::Canvas { width, height: session.view().height });
    session.update(Action::Cover { right: 0.0, bottom: 0.0 });
    assert_eq!(on_canvas(&session, "patients"), before);

    session.update(Action::Cover { right: 320.0, bottom: 0.0 });
    session.update(Action::Pan { dx: 40.0, dy: 0.0 });
    let moved = on_canvas(&session, "patients");
    session.update(Action::Cover { right: 0.0, bottom: 0.0 });
    assert_eq!(on_canvas(&session, "patients"), moved, "a view that was moved stays");
}
