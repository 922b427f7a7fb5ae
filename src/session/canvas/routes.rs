//! The routes of all connections of a design, updated with it: hits are tested against what is drawn.
//!
//! A route is found anew only when one of its ends, or something in the area that decided it, has moved, come or gone; the outcome is the
//! same as finding all anew, in whatever order and slices, which tests hold. An untouched route stays the same pointer, so that nothing else
//! of it is drawn anew.
//!
//! In a large design ways round are not found at once: [`Routes::follow`] leaves those that it does not know pending, each with a plain curve
//! meanwhile, and [`Routes::settle`] finds some of them, a bounded amount of work at a time. While a gesture moves components there, what it
//! moves has plain curves and nothing is found until it ends.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::design::{Design, Edge, Node};
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::{Curve, Point, Rect};
use crate::session::canvas::route;
use crate::session::canvas::route::{Found, Route};
use crate::session::canvas::selection::Selection;

/// With more connections than this, ways round are found in slices.
const AT_ONCE: usize = 60;
/// How much work, as [`Found::work`] counts, a slice takes before it ends.
const SLICE: usize = 12_000;

/// Routes, one a connection, in the order of the design.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    of: Rc<Design>,
    /// Which components a gesture has moved, and how far.
    moved: (Rc<Selection>, (f64, f64)),
    ends: Vec<Ends>,
    /// Where the components stand for which routes are found.
    rects: Vec<Rect>,
    /// What is known, by connection; `None`: pending.
    found: Vec<Option<Entry>>,
    /// Pending connections, the last one next.
    pending: Vec<usize>,
    /// The routes as far as they are found, and plain curves.
    settled: Rc<Vec<Rc<Route>>>,
    /// The same, but in the middle of a gesture in a large design.
    routes: Rc<Vec<Rc<Route>>>,
}

/// The ends of a connection as indices of components, and its lane: another one for each connection that leaves a component.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ends {
    from: usize,
    to: usize,
    lane: usize,
}

#[derive(Clone, Debug)]
struct Entry {
    /// What the route was found for.
    plain: Curve,
    ends: [Rect; 2],
    lane: usize,
    found: Found,
}

impl Routes {
    /// The routes by the order of the design's connections.
    pub fn all(&self) -> &Rc<Vec<Rc<Route>>> {
        &self.routes
    }

    /// The route of a connection.
    pub fn of(&self, from: &str, to: &str) -> Option<&Rc<Route>> {
        let at = self.of.edges.iter().position(|e| &*e.from == from && &*e.to == to)?;
        self.routes.get(at)
    }

    /// The connections no farther from `p` than `reach`, each with how far it is.
    pub fn near(&self, p: Point, reach: f64) -> impl Iterator<Item = (f64, &Edge)> {
        let each = self.routes.iter().zip(&self.of.edges);
        each.filter(move |(r, _)| r.is_near(p, reach))
            .map(move |(r, e)| (r.distance(p), e))
            .filter(move |(d, _)| *d <= reach)
    }

    /// Some ways round are still to be found: [`Routes::settle`] is wanted.
    pub fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Finds some of what is pending: at least one, and then as many as a slice has work for.
    pub fn settle(&mut self) {
        if self.pending.is_empty() || self.moved.1 != (0.0, 0.0) {
            return;
        }
        let mut routes = (*self.settled).clone();
        self.find_pending(&mut routes, SLICE);
        self.settled = Rc::new(routes);
        self.routes = self.settled.clone();
    }

    /// Follows the design, with some of its components moved by a gesture.
    pub fn follow(&mut self, design: &Rc<Design>, selection: &Rc<Selection>, (dx, dy): (f64, f64)) {
        let still = (dx, dy) == (0.0, 0.0);
        let same_move = (dx, dy) == self.moved.1 && (still || Rc::ptr_eq(selection, &self.moved.0));
        if Rc::ptr_eq(&self.of, design) && same_move {
            return;
        }
        let large = design.edges.len() > AT_ONCE;
        if Rc::ptr_eq(&self.of, design) && large {
            self.moved = (selection.clone(), (dx, dy));
            self.routes = if still { self.settled.clone() } else { self.meanwhile(selection, (dx, dy)) };
            return;
        }
        let taken = taken(selection);
        let place = |n: &Rc<Node>| match geometry::rect(n) {
            area if still || !taken.contains(&*n.id) => area,
            area => Rect { x: area.x + dx, y: area.y + dy, ..area },
        };
        let rects: Vec<Rect> = design.nodes.iter().map(place).collect();
        self.adopt(design, rects);
        self.moved = (selection.clone(), (dx, dy));
        if !large {
            let mut routes = (*self.settled).clone();
            self.find_pending(&mut routes, usize::MAX);
            self.settled = Rc::new(routes);
        }
        self.routes = self.settled.clone();
    }

    /// Takes over a design with its components at `rects`: what is known of it stays, the rest is pending.
    fn adopt(&mut self, design: &Rc<Design>, rects: Vec<Rect>) {
        let changed = changes(&self.rects, &rects);
        let before = std::mem::take(&mut self.found);
        let mut known: HashMap<(&str, &str), (Entry, &Rc<Route>)> = HashMap::with_capacity(before.len());
        for ((edge, entry), route) in self.of.edges.iter().zip(before).zip(&**self.settled) {
            known.extend(entry.map(|entry| ((&*edge.from, &*edge.to), (entry, route))));
        }
        let ends = ends(design);
        let mut routes = Vec::with_capacity(ends.len());
        let mut pending = Vec::new();
        for (at, (edge, end)) in design.edges.iter().zip(&ends).enumerate() {
            let (plain, areas) = drawn(design, *end, &rects);
            let entry = known.remove(&(&*edge.from, &*edge.to)).filter(|(entry, _)| {
                entry.plain == plain
                    && entry.ends == areas
                    && entry.lane == end.lane
                    && !changed.iter().any(|r| entry.found.depends_on(*r))
            });
            match entry {
                Some((entry, route)) => {
                    routes.push(route.clone());
                    self.found.push(Some(entry));
                }
                None => {
                    routes.push(Rc::new(Route::Curve(plain)));
                    self.found.push(None);
                    pending.push(at);
                }
            }
        }
        // The first one is found first.
        pending.reverse();
        drop(known);
        (self.ends, self.rects, self.pending) = (ends, rects, pending);
        self.settled = Rc::new(routes);
        self.of = design.clone();
    }

    /// Finds what is pending, until `work` is done.
    fn find_pending(&mut self, routes: &mut [Rc<Route>], work: usize) {
        let mut done = 0;
        let mut others = Vec::with_capacity(self.rects.len());
        while done < work
            && let Some(at) = self.pending.pop()
        {
            let end = self.ends[at];
            others.clear();
            others
                .extend(self.rects.iter().enumerate().filter(|(i, _)| *i != end.from && *i != end.to).map(|(_, r)| *r));
            let (plain, ends) = drawn(&self.of, end, &self.rects);
            let found = route::find(plain, ends, end.lane, &others);
            done += found.work();
            if *routes[at] != found.route {
                routes[at] = Rc::new(found.route.clone());
            }
            self.found[at] = Some(Entry { plain, ends, lane: end.lane, found });
        }
    }

    /// In the middle of a gesture in a large design: what moves with both ends keeps its shape, what hangs on something that moves has a plain
    /// curve, and everything else is as it was.
    fn meanwhile(&self, selection: &Selection, (dx, dy): (f64, f64)) -> Rc<Vec<Rc<Route>>> {
        let taken = taken(selection);
        let moves: Vec<bool> = self.of.nodes.iter().map(|n| taken.contains(&*n.id)).collect();
        let moved: Vec<Rect> = self
            .rects
            .iter()
            .zip(&moves)
            .map(|(r, moves)| if *moves { Rect { x: r.x + dx, y: r.y + dy, ..*r } } else { *r })
            .collect();
        let route = |(route, end): (&Rc<Route>, &Ends)| match (moves[end.from], moves[end.to]) {
            (false, false) => route.clone(),
            (true, true) => Rc::new(route.moved(dx, dy)),
            _ => Rc::new(Route::Curve(drawn(&self.of, *end, &moved).0)),
        };
        Rc::new(self.settled.iter().zip(&self.ends).map(route).collect())
    }
}

/// The components of a selection, for many questions.
fn taken(selection: &Selection) -> HashSet<&str> {
    selection.nodes.iter().map(|id| &**id).collect()
}

/// The plain curve of a connection, and the components at its ends.
fn drawn(design: &Design, end: Ends, rects: &[Rect]) -> (Curve, [Rect; 2]) {
    let areas = [rects[end.from], rects[end.to]];
    (Curve::joining(areas[0], areas[1], design.nodes[end.to].kind), areas)
}

/// Where something was or is now that has not been there before: components count by their places, not by their ids.
fn changes(before: &[Rect], now: &[Rect]) -> Vec<Rect> {
    let key = |r: &Rect| [r.x, r.y, r.width, r.height].map(f64::to_bits);
    let mut counts: HashMap<[u64; 4], (i64, Rect)> = HashMap::with_capacity(now.len());
    for (rects, by) in [(before, -1), (now, 1)] {
        for rect in rects {
            counts.entry(key(rect)).or_insert((0, *rect)).0 += by;
        }
    }
    counts.into_values().filter(|(count, _)| *count != 0).map(|(_, rect)| rect).collect()
}

fn ends(design: &Design) -> Vec<Ends> {
    let index: HashMap<&str, usize> = design.nodes.iter().enumerate().map(|(i, n)| (&*n.id, i)).collect();
    let mut lanes = vec![0; design.nodes.len()];
    design
        .edges
        .iter()
        .map(|e| {
            let (from, to) = (index[&*e.from], index[&*e.to]);
            lanes[from] += 1_usize;
            Ends { from, to, lane: from + lanes[from] - 1 }
        })
        .collect()
}
