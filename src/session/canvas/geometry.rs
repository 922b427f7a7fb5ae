//! Where things are on the diagram's plane: sizes of components, ports, curves of connections.
//!
//! The diagram draws from these figures and the session tests hits with them, so what is seen is what is hit. Units are CSS pixels at zoom 1.
//! Pure shapes: knows nothing of gestures, selections or routes.

use crate::design::{Design, Node, layout};
use crate::kinds::KindId;

/// Components snap to multiples of `GRID`; sizes and ports are those that a picture of a design has too.
pub use crate::design::layout::{GRID, PORT_Y, size};
/// A component's coordinates stay within ± this.
pub const MAX_COORDINATE: f64 = 100_000.0;

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

/// The rectangle of a component.
pub fn rect(node: &Node) -> Rect {
    let (width, height) = size(node.kind);
    Rect { x: node.x, y: node.y, width, height }
}

/// The rectangles of all components, in the order of the design's list.
pub fn rects(design: &Design) -> Vec<Rect> {
    design.nodes.iter().map(|n| rect(n)).collect()
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

/// As much of a move as leaves all of these components on the plane.
pub fn inside<'a>(nodes: impl Iterator<Item = &'a Node>, (dx, dy): (f64, f64)) -> (f64, f64) {
    let short = |by: f64, at: f64| by.clamp((-MAX_COORDINATE - at).min(0.0), (MAX_COORDINATE - at).max(0.0));
    nodes.fold((dx, dy), |(dx, dy), n| (short(dx, n.x), short(dy, n.y)))
}

/// Where connections leave a component.
pub fn out_port(area: Rect) -> Point {
    Point { x: area.x + area.width, y: area.y + PORT_Y }
}

/// Where they arrive.
pub fn in_port(area: Rect) -> Point {
    Point { x: area.x, y: area.y + PORT_Y }
}

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve(pub [Point; 4]);

/// Straight pieces that stand for a curve where distances are measured.
const PIECES: usize = 24;

impl Curve {
    /// The line from one component to another: from right to left, or from below to above for dead letters that lie lower.
    pub fn joining(from: Rect, to: Rect, to_kind: KindId) -> Curve {
        let area = |r: Rect| (r.x, r.y, r.width, r.height);
        Curve(layout::joining(area(from), area(to), to_kind).map(|(x, y)| Point::new(x, y)))
    }

    /// The line from a port to a point that need not be one.
    pub fn free(a: Point, b: Point) -> Curve {
        Curve(layout::line((a.x, a.y), (b.x, b.y)).map(|(x, y)| Point::new(x, y)))
    }

    /// The plain curve from one component to another.
    pub fn of(design: &Design, from: &str, to: &str) -> Option<Curve> {
        let (a, b) = (design.node(from)?, design.node(to)?);
        Some(Curve::joining(rect(a), rect(b), b.kind))
    }

    pub fn at(&self, t: f64) -> Point {
        let [a, b, c, d] = self.0;
        let u = 1.0 - t;
        let (wa, wb, wc, wd) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
        Point::new(wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y)
    }

    fn points(&self) -> impl Iterator<Item = Point> + '_ {
        (0..=PIECES).map(|i| self.at(i as f64 / PIECES as f64))
    }

    /// The curve as straight pieces, each end with its way along the curve from the start.
    pub fn way(&self) -> Way {
        Way::through(self.points())
    }

    /// How far `p` is from the curve.
    pub fn distance(&self, p: Point) -> f64 {
        let points: Vec<Point> = self.points().collect();
        points.windows(2).map(|w| from_segment(p, w[0], w[1])).fold(f64::INFINITY, f64::min)
    }

    /// Whether it passes through the rectangle.
    pub fn touches(&self, area: Rect) -> bool {
        let mut last = self.0[0];
        self.points().any(|p| crosses(std::mem::replace(&mut last, p), p, area))
    }
}

/// A curve measured along its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Way(Vec<(f64, Point)>);

impl Way {
    /// The way through these points, of which there is at least one.
    pub fn through(points: impl Iterator<Item = Point>) -> Way {
        let mut along = 0.0;
        let mut last = None;
        let measured = points.map(|p| {
            along += last.replace(p).map_or(0.0, |before: Point| before.distance(p));
            (along, p)
        });
        Way(measured.collect())
    }

    pub fn length(&self) -> f64 {
        self.0.last().map_or(0.0, |(along, _)| *along)
    }

    /// The point so far along from the start.
    pub fn at(&self, along: f64) -> Point {
        let next = self.0.partition_point(|(a, _)| *a < along).clamp(1, self.0.len() - 1);
        let ((a, p), (b, q)) = (self.0[next - 1], self.0[next]);
        let t = if b > a { ((along - a) / (b - a)).clamp(0.0, 1.0) } else { 0.0 };
        Point::new(p.x + t * (q.x - p.x), p.y + t * (q.y - p.y))
    }
}

/// Whether the straight line from `a` to `b` passes through the rectangle.
fn crosses(a: Point, b: Point, area: Rect) -> bool {
    // What is left of the line, as shares of it, after cutting off what lies beyond each side.
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (left, top) = (a.x - area.x, a.y - area.y);
    for (step, inside) in [(-dx, left), (dx, area.width - left), (-dy, top), (dy, area.height - top)] {
        if step == 0.0 {
            if inside < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enters = enters.max(inside / step);
        } else {
            leaves = leaves.min(inside / step);
        }
    }
    enters <= leaves
}

pub(in crate::session) fn from_segment(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    let t = if squared > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    p.distance(Point::new(a.x + t * dx, a.y + t * dy))
}

/// The indices of all components in the order of the flow, then from left to right: the order in which they are drawn and tabbed through.
pub fn in_flow_order(design: &Design) -> Vec<usize> {
    let mut order: Vec<usize> = (0..design.nodes.len()).collect();
    let node = |i: usize| &design.nodes[i];
    crate::order::sort_by(&mut order, |&a, &b| {
        let (a, b) = (node(a), node(b));
        (a.kind.kind().flow_rank).cmp(&b.kind.kind().flow_rank).then(a.x.total_cmp(&b.x)).then(a.y.total_cmp(&b.y))
    });
    order
}
