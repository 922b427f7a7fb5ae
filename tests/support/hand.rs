//! A learner's hand: a session with the start on a canvas that needs no zoom, and what pointer and keys do in it.

use waiting_room::design::{Design, Edit};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Value};
use waiting_room::session::canvas::geometry;
use waiting_room::session::{Action, Button, Command, KeyPress, Phase, Point, Pointer, Session};

/// The canvas of these tests. The start fits into it; it is seen in its actual size.
pub const CANVAS: (f64, f64) = (1400.0, 700.0);

pub fn start() -> Session {
    start_with(builtin::starting_design())
}

pub fn start_with(design: Design) -> Session {
    let mut session = Session::new(design, builtin::scenario("monday").expect("a scenario").clone(), 1);
    session.update(Action::Canvas { width: CANVAS.0, height: CANVAS.1 });
    session.update(Action::Do(Command::ZoomActual));
    session
}

pub fn pointer(session: &mut Session, phase: Phase, at: Point) {
    let event = Pointer { phase, id: 1, at, button: Button::Primary, add: false, touch: false };
    session.update(Action::Pointer(event));
}

/// Somewhere in the diagram.
#[derive(Clone, Copy)]
pub enum Spot {
    At(f64, f64),
    Middle(&'static str),
    /// Where connections leave a component.
    Port(&'static str),
    /// Halfway along a connection, there or missing.
    Line(&'static str, &'static str),
}
pub use Spot::{At, Line, Middle, Port};

/// The spot as a point of the diagram.
pub fn point(session: &Session, spot: Spot) -> Point {
    let area = |id: &str| geometry::rect(session.design().node(id).expect(id));
    match spot {
        At(x, y) => Point::new(x, y),
        Middle(id) => area(id).middle(),
        Port(id) => geometry::out_port(area(id)),
        Line(from, to) => {
            let missing = session.ghosts().iter().find(|g| &*g.from == from && &*g.to == to).map(|g| g.route.at(0.5));
            missing
                .or_else(|| session.routes().of(from, to).map(|r| r.at(0.5)))
                .expect("a connection, there or missing")
        }
    }
}

/// The spot as a point of the canvas.
pub fn seen(session: &Session, spot: Spot) -> Point {
    session.view().to_canvas(point(session, spot))
}

/// Presses at one spot, moves in steps to another and lets go.
pub fn drag(session: &mut Session, from: Spot, to: Spot) {
    let (from, to) = (seen(session, from), seen(session, to));
    pointer(session, Phase::Down, from);
    for step in 1..=4 {
        let t = f64::from(step) / 4.0;
        pointer(session, Phase::Move, Point::new(from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)));
    }
    pointer(session, Phase::Up, to);
}

pub fn click(session: &mut Session, at: Spot) {
    let at = seen(session, at);
    pointer(session, Phase::Down, at);
    pointer(session, Phase::Up, at);
}

/// Takes a part of the palette and lets it go with its middle at a spot.
pub fn drop_part(session: &mut Session, kind: KindId, to: Spot) {
    session.update(Action::PickUp { kind, at: Point::new(-200.0, 40.0) });
    let to = seen(session, to);
    pointer(session, Phase::Move, Point::new(10.0, 40.0));
    pointer(session, Phase::Move, to);
    pointer(session, Phase::Up, to);
}

pub fn key(session: &mut Session, key: &str, ctrl: bool, shift: bool) {
    session.update(Action::Press(KeyPress { key: key.to_owned(), ctrl, shift }));
}

pub fn edges(session: &Session) -> Vec<String> {
    session.design().edges.iter().map(|e| format!("{}>{}", e.from, e.to)).collect()
}

pub fn notice(session: &Session) -> &str {
    session.notice().map_or("", |n| n.text.as_str())
}

pub fn set(session: &mut Session, node: &str, path: &str, value: f64, burst: Option<&str>) {
    let edit = Edit::SetParam { node: node.into(), path: path.into(), value: Value::Number(value) };
    session.update(Action::Edit { edit, burst: burst.map(str::to_owned) });
}

/// The move of this kata: a queue onto API → clinic, then consumers onto the dashed line that is left.
pub fn build_queue_and_consumers(session: &mut Session) {
    drop_part(session, KindId::Queue, Line("api", "clinic"));
    drop_part(session, KindId::Consumers, Line("queue", "clinic"));
}
