//! Where things are on the diagram's plane: sizes of components, ports, curves of connections, what lies under a point.
//!
//! The diagram draws from these figures and the session tests hits with them, so what is seen is what is hit. Units are CSS pixels at zoom 1.

use crate::design::{Design, Edge, Node};
use crate::kinds::KindId;

use super::action::Pick;

/// Components snap to multiples of this.
pub const GRID: f64 = 8.0;
/// A component's coordinates stay within ± this.
pub const MAX_COORDINATE: f64 = 100_000.0;
/// How near a pointer has to be to a connection, in diagram units at zoom 1.
pub const EDGE_REACH: f64 = 12.0;
/// How near to a port.
pub const PORT_REACH: f64 = 16.0;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    pub fn distance(self, other: Point) -> f64 {
        ((self.x - other.x).powi(2) + (self.y - other.y).powi(2)).sqrt()
    }
}

impl Rect {
    /// The rectangle with these opposite corners.
    pub fn between(a: Point, b: Point) -> Rect {
        Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
    }

    pub fn middle(self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    pub fn contains(self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.x + self.width && p.y >= self.y && p.y <= self.y + self.height
    }

    pub fn touches(self, other: Rect) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// The smallest rectangle with both in it.
    pub fn with(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Rect { x, y, width: right - x, height: bottom - y }
    }

    /// The rectangle with `by` more on each side.
    pub fn grown(self, by: f64) -> Rect {
        Rect { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }
}

/// Width and height of a component.
pub fn size(kind: KindId) -> (f64, f64) {
    match kind {
        KindId::Patients => (120.0, 72.0),
        KindId::Api => (152.0, 96.0),
        KindId::Queue => (136.0, 120.0),
        KindId::Consumers => (160.0, 120.0),
        KindId::Clinic => (136.0, 112.0),
        KindId::DeadLetter => (128.0, 56.0),
    }
}

/// The rectangle of a component.
pub fn rect(node: &Node) -> Rect {
    let (width, height) = size(node.kind);
    Rect { x: node.x, y: node.y, width, height }
}

/// The rectangle around all components; one about the size of a small design if there are none.
pub fn bounds(design: &Design) -> Rect {
    let all = design.nodes.iter().map(|n| rect(n)).reduce(Rect::with);
    all.unwrap_or(Rect { x: 0.0, y: 0.0, width: 640.0, height: 240.0 })
}

/// The nearest point of the grid.
pub fn snap(value: f64) -> f64 {
    let snapped = (value / GRID).round() * GRID;
    if snapped.is_finite() { snapped.clamp(-MAX_COORDINATE, MAX_COORDINATE) } else { 0.0 }
}

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve(pub [Point; 4]);
