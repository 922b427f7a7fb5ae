//! Routes: the way of a connection on the diagram's plane, around the components that are not its own.
//!
//! [`find`] is a pure function of rectangles, so the same design is always drawn the same. A plain curve that meets no component stays;
//! else the way goes at right angles along the sides of what stands in between, with few bends, each connection of a component in a lane of
//! its own. Only components in the way are part of the search, so any number of others costs nothing.
//!
//! Where there is no way round (a component stands on the port) the plain curve stays. Knows nothing of designs or kinds.
//!
//! The crate `pathfinding` 4 has the same search; it would bring 18 crates and save about 60 lines, since the work is in the grid of lines and the
//! lanes, not in the queue.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use crate::session::canvas::geometry::{Curve, Point, Rect, Way};

/// The distance of a route from the sides of components, and between lanes.
const CLEAR: f64 = 10.0;
const LANE: f64 = 5.0;
const LANES: usize = 4;
/// Nearer than this a way is through a component.
const TIGHT: f64 = 2.0;
/// How far it goes straight from a port.
const STUB: f64 = 16.0;
/// What a bend costs, as [`cost_of`] counts.
const BEND: i64 = 50 * 16;
/// A curve is hidden by a component at its end when it reaches so far into it.
const HIDDEN: f64 = 6.0;
/// How often a route is tried; where that is too little, among very many components, the last one stays.
const MOST_TRIES: usize = 10;
/// The radius of a bend.
const RADIUS: f64 = 10.0;

/// The way of a connection.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Curve(Curve),
    /// Straight pieces at right angles, drawn with round bends.
    Bent(Rc<[Point]>),
}

/// A route, and what decided it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub route: Route,
    /// Every way that was tried, the plain one first, with its bounds.
    tried: Vec<(Rect, Route)>,
    work: usize,
}

impl Found {
    /// Whether something that comes, goes or stands at `area` decides the route too: it is then in the way of one that was tried.
    pub fn depends_on(&self, area: Rect) -> bool {
        self.tried.iter().any(|(bounds, route)| bounds.touches(area) && route.touches(area))
    }

    /// The number of steps of the search: grows with its time, and is the same on every machine.
    pub fn work(&self) -> usize {
        self.work
    }
}

/// The way that begins as `plain` does and ends as it does, around `others`; `own` are the components at its ends. A way that runs backwards
/// leads round those too, instead of behind them.
pub fn find(plain: Curve, own: [Rect; 2], lane: usize, others: &[Rect]) -> Found {
    let mut tried = vec![(bounds(&plain.0), Route::Curve(plain))];
    let mut known: Vec<Rect> = Vec::new();
    let mut work = others.len();
    let gap = CLEAR + LANE * (lane % LANES) as f64;
    loop {
        let (area, last) = tried.last().expect("the plain curve is tried first");
        let before = known.len();
        let met = others.iter().filter(|r| r.touches(*area) && last.touches(**r));
        let new: Vec<Rect> = met.filter(|r| !known.contains(r)).copied().collect();
        known.extend(new);
        let hidden = tried.len() == 1 && own.iter().any(|r| plain.touches(r.grown(-HIDDEN)));
        if known.len() == before && !hidden {
            return Found { route: last.clone(), tried, work };
        }
        if tried.len() > MOST_TRIES {
            return Found { route: last.clone(), tried, work };
        }
        // The crossings of a net's lines, and everything once more.
        work += (2 * known.len() + 6).pow(2) + others.len();
        let Some(points) = around(&plain, own, &known, gap).or_else(|| around(&plain, own, &known, TIGHT + 4.0)) else {
            return Found { route: Route::Curve(plain), tried, work };
        };
        tried.push((bounds(&points), Route::Bent(points.into())));
    }
}

fn bounds(points: &[Point]) -> Rect {
    let spot = |p: &Point| Rect { x: p.x, y: p.y, width: 0.1, height: 0.1 };
    points.iter().map(spot).reduce(Rect::with).expect("a route has points")
}

/// The lines that a way may follow: the ends' own, and those along the sides of what is in the way.
struct Net {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// Whether the piece from a crossing to the next one (0 to the right, 1 down) runs through a component.
    shut: Vec<[bool; 2]>,
}

/// A crossing of two lines and the direction in which it was reached: 0 across, 1 down or up.
type Spot = (usize, usize, usize);

impl Net {
    fn new(xs: Vec<f64>, ys: Vec<f64>, walls: &[Rect]) -> Net {
        let mut shut = vec![[false; 2]; xs.len() * ys.len()];
        for wall in walls {
            // The lines strictly inside of the wall, and the pieces that reach into it.
            let inside = |lines: &[f64], low: f64, high: f64| {
                (lines.partition_point(|l| *l <= low), lines.partition_point(|l| *l < high))
            };
            let (left, right) = inside(&xs, wall.x, wall.x + wall.width);
            let (top, bottom) = inside(&ys, wall.y, wall.y + wall.height);
            for x in left.saturating_sub(1)..right {
                for y in top..bottom {
                    shut[x * ys.len() + y][0] = true;
                }
            }
            for x in left..right {
                for y in top.saturating_sub(1)..bottom {
                    shut[x * ys.len() + y][1] = true;
                }
            }
        }
        Net { xs, ys, shut }
    }

    fn point(&self, (x, y, _): Spot) -> Point {
        Point::new(self.xs[x], self.ys[y])
    }

    fn index(&self, spot: Spot) -> usize {
        (spot.0 * self.ys.len() + spot.1) * 2 + spot.2
    }

    /// The crossings next to one that can be reached from there, with the direction and how far they are.
    fn next(&self, (x, y, _): Spot) -> impl Iterator<Item = (Spot, f64)> {
        let rows = self.ys.len();
        let open = |x: usize, y: usize, way: usize| !self.shut[x * rows + y][way];
        let left = (x > 0 && open(x - 1, y, 0)).then(|| ((x - 1, y, 0), self.xs[x] - self.xs[x - 1]));
        let right = (x + 1 < self.xs.len() && open(x, y, 0)).then(|| ((x + 1, y, 0), self.xs[x + 1] - self.xs[x]));
        let up = (y > 0 && open(x, y - 1, 1)).then(|| ((x, y - 1, 1), self.ys[y] - self.ys[y - 1]));
        let down = (y + 1 < rows && open(x, y, 1)).then(|| ((x, y + 1, 1), self.ys[y + 1] - self.ys[y]));
        [left, right, up, down].into_iter().flatten()
    }

    /// The cheapest way: short, with few bends; of equals the first by place.
    fn cheapest(&self, from: Spot, to: Spot) -> Option<Vec<Point>> {
        let size = self.xs.len() * self.ys.len() * 2;
        let mut best = vec![i64::MAX; size];
        let mut before: Vec<Option<Spot>> = vec![None; size];
        let goal = self.point(to);
        // A lower bound of what is left (A*): the search goes towards the goal first.
        let left = |spot: Spot| {
            let here = self.point(spot);
            cost_of((here.x - goal.x).abs()) + cost_of((here.y - goal.y).abs())
        };
        let mut open = BinaryHeap::from([Reverse((left(from), 0, from))]);
        best[self.index(from)] = 0;
        while let Some(Reverse((_, cost, spot))) = open.pop() {
            if spot == to {
                return Some(self.back(spot, &before));
            }
            if cost > best[self.index(spot)] {
                continue;
            }
            for (next, far) in self.next(spot) {
                let then = cost + cost_of(far) + if next.2 == spot.2 { 0 } else { BEND };
                let index = self.index(next);
                if then < best[index] {
                    best[index] = then;
                    before[index] = Some(spot);
                    open.push(Reverse((then + left(next), then, next)));
                }
            }
        }
        None
    }

    fn back(&self, end: Spot, before: &[Option<Spot>]) -> Vec<Point> {
        let mut points = vec![self.point(end)];
        let mut at = end;
        while let Some(last) = before[self.index(at)] {
            points.push(self.point(last));
            at = last;
        }
        points.reverse();
        points
    }
}

/// What a length of way costs, in sixteenths: whole numbers, so that equals are equal.
fn cost_of(length: f64) -> i64 {
    (length * 16.0) as i64
}

/// A way at right angles around `known`, `gap` from their sides.
fn around(plain: &Curve, own: [Rect; 2], known: &[Rect], gap: f64) -> Option<Vec<Point>> {
    let [start, lead, tail, end] = plain.0;
    // Dead letters are reached from above, everything else from the left.
    let upright = (lead.x - start.x).abs() < 1e-6 && (lead.y - start.y).abs() > 1e-6;
    let towards = |p: Point, sign: f64| match upright {
        true => Point::new(p.x, p.y + sign * STUB),
        false => Point::new(p.x + sign * STUB, p.y),
    };
    debug_assert!(upright == ((tail.x - end.x).abs() < 1e-6 && (tail.y - end.y).abs() > 1e-6));
    let (a, b) = (towards(start, 1.0), towards(end, -1.0));
    let walls: Vec<Rect> = known.iter().chain(&own).map(|r| r.grown(TIGHT)).collect();
    let (mut xs, mut ys) = (vec![a.x, b.x], vec![a.y, b.y]);
    for area in known.iter().chain(&own) {
        xs.extend([area.x - gap, area.x + area.width + gap]);
        ys.extend([area.y - gap, area.y + area.height + gap]);
    }
    for lines in [&mut xs, &mut ys] {
        crate::order::sort_by(lines, f64::total_cmp);
        lines.dedup();
    }
    let place = |lines: &[f64], v: f64| lines.iter().position(|l| *l == v).expect("an end's own line");
    let direction = usize::from(upright);
    let from = (place(&xs, a.x), place(&ys, a.y), direction);
    let to = (place(&xs, b.x), place(&ys, b.y), direction);
    let net = Net::new(xs, ys, &walls);
    let middle = net.cheapest(from, to)?;
    Some(straightened([&[start][..], &middle, &[end]].concat()))
}

/// Without points in the middle of a straight piece.
fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if corners.last() == Some(&p) {
            continue;
        }
        if let [.., a, b] = corners[..]
            && ((a.x == b.x && b.x == p.x) || (a.y == b.y && b.y == p.y))
        {
            corners.pop();
        }
        corners.push(p);
    }
    corners
}

/// Whether a piece of a line lies in the inside of an area.
fn strictly(area: Rect, piece: Rect) -> bool {
    piece.x < area.x + area.width
        && piece.x + piece.width > area.x
        && piece.y < area.y + area.height
        && piece.y + piece.height > area.y
}

impl Route {
    /// The point at this share of the way, 0–1.
    pub fn at(&self, share: f64) -> Point {
        match self {
            Route::Curve(curve) => curve.at(share),
            Route::Bent(_) => {
                let way = self.way();
                way.at(way.length() * share)
            }
        }
    }

    /// The same way elsewhere.
    pub fn moved(&self, dx: f64, dy: f64) -> Route {
        let by = |p: Point| Point::new(p.x + dx, p.y + dy);
        match self {
            Route::Curve(Curve(points)) => Route::Curve(Curve(points.map(by))),
            Route::Bent(points) => Route::Bent(points.iter().map(|p| by(*p)).collect()),
        }
    }

    /// Whether `p` can be within `reach` of the route at all: a cheap test by its bounding box.
    pub fn is_near(&self, p: Point, reach: f64) -> bool {
        let points = match self {
            Route::Curve(Curve(points)) => &points[..],
            Route::Bent(points) => points,
        };
        bounds(points).grown(reach).contains(p)
    }

    /// How far `p` is from the route.
    pub fn distance(&self, p: Point) -> f64 {
        match self {
            Route::Curve(curve) => curve.distance(p),
            Route::Bent(points) => points
                .windows(2)
                .map(|w| crate::session::canvas::geometry::from_segment(p, w[0], w[1]))
                .fold(f64::INFINITY, f64::min),
        }
    }

    /// Whether it passes through the rectangle.
    pub fn touches(&self, area: Rect) -> bool {
        match self {
            Route::Curve(curve) => curve.touches(area),
            Route::Bent(points) => points.windows(2).any(|w| strictly(area, Rect::between(w[0], w[1]))),
        }
    }

    /// The way measured along its length.
    pub fn way(&self) -> Way {
        match self {
            Route::Curve(curve) => curve.way(),
            Route::Bent(points) => Way::through(points.iter().copied()),
        }
    }

    /// The last point and the one that it comes from: where an arrow head points.
    pub fn end(&self) -> (Point, Point) {
        match self {
            Route::Curve(curve) => (curve.0[2], curve.0[3]),
            Route::Bent(points) => (points[points.len() - 2], points[points.len() - 1]),
        }
    }

    /// As the `d` of an SVG path.
    pub fn path(&self) -> String {
        use std::fmt::Write;
        let points = match self {
            Route::Curve(Curve([a, b, c, d])) => {
                return format!(
                    "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
                    a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y
                );
            }
            Route::Bent(points) => points,
        };
        let towards = |a: Point, b: Point, by: f64| {
            let t = by / a.distance(b).max(0.001);
            Point::new(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
        };
        let mut d = format!("M{:.1} {:.1}", points[0].x, points[0].y);
        for w in points.windows(3) {
            let radius = RADIUS.min(w[0].distance(w[1]) / 2.0).min(w[1].distance(w[2]) / 2.0);
            let (p, q) = (towards(w[1], w[0], radius), towards(w[1], w[2], radius));
            write!(d, "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", p.x, p.y, w[1].x, w[1].y, q.x, q.y)
                .expect("a string takes text");
        }
        let last = points[points.len() - 1];
        write!(d, "L{:.1} {:.1}", last.x, last.y).expect("a string takes text");
        d
    }
}
