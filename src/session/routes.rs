//! The routes of all connections of a design, kept up with it: what is drawn is what is hit.
//!
//! A route is found anew only when one of its ends, or something in the area that decided it, has moved, come or gone; the outcome is the
//! same as finding all anew, which a test holds. In a large design a gesture shows plain curves to what it moves until it ends. An untouched route stays the same pointer, so that nothing else of it is drawn anew.

use std::collections::HashMap;
use std::rc::Rc;

use super::geometry::{self, Curve, Point, Rect};
use super::route::{self, Found, Route};
use super::selection::Selection;
use crate::design::Design;

/// With more connections than this, ways round are found when a gesture ends and not at each of its steps.
const AT_ONCE: usize = 60;

/// Routes, one a connection, in the order of the design.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    of: Rc<Design>,
    /// Who a gesture has moved, and how far.
    moved: (Rc<Selection>, (f64, f64)),
    ends: Vec<(usize, usize, usize)>,
    rects: Vec<Rect>,
    found: Vec<Entry>,
    /// The routes found.
    settled: Rc<Vec<Rc<Route>>>,
    /// The same, but in the middle of a gesture in a large design.
    routes: Rc<Vec<Rc<Route>>>,
}

#[derive(Clone, Debug)]
struct Entry {
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

    /// Which connection lies nearest to `p`, and how far.
    pub fn nearest(&self, p: Point) -> Option<(f64, &crate::design::Edge)> {
        let each = self.routes.iter().zip(&self.of.edges).map(|(r, e)| (r.distance(p), e));
        each.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// Follows the design, with some of its components moved by a gesture.
    pub fn follow(&mut self, design: &Rc<Design>, selection: &Rc<Selection>, (dx, dy): (f64, f64)) {
        let still = (dx, dy) == (0.0, 0.0);
        let same_move = (dx, dy) == self.moved.1 && (still || Rc::ptr_eq(selection, &self.moved.0));
        if Rc::ptr_eq(&self.of, design) && same_move {
            return;
        }
        if Rc::ptr_eq(&self.of, design) && !still && design.edges.len() > AT_ONCE {
            return self.meanwhile(selection, (dx, dy));
        }
        let rects: Vec<Rect> = design
            .nodes
            .iter()
            .map(|n| {
                let area = geometry::rect(n);
                if still || !selection.has_node(&n.id) { area } else { Rect { x: area.x + dx, y: area.y + dy, ..area } }
            })
            .collect();
        let changed = changes(&self.rects, &rects);
        let known = self.same_connections(design);
        if !known {
            self.ends = ends(design);
        }
        let mut routes = if known { (*self.settled).clone() } else { Vec::with_capacity(self.ends.len()) };
        let mut found = std::mem::take(&mut self.found);
        found.truncate(if known { self.ends.len() } else { 0 });
        let mut others = Vec::with_capacity(rects.len());
        for (at, &(from, to, lane)) in self.ends.iter().enumerate() {
            let ends = [rects[from], rects[to]];
            let stays = found.get(at).is_some_and(|entry| {
                entry.ends == ends && entry.lane == lane && !changed.iter().any(|r| entry.found.depends_on(*r))
            });
            if stays {
                continue;
            }
            others.clear();
            others.extend(rects.iter().enumerate().filter(|(i, _)| *i != from && *i != to).map(|(_, r)| *r));
            let kind = design.nodes[to].kind;
            let new = route::find(Curve::joining(ends[0], ends[1], kind), ends, lane, &others);
            let route = Rc::new(new.route.clone());
            let entry = Entry { ends, lane, found: new };
            if at < found.len() {
                (found[at], routes[at]) = (entry, route);
            } else {
                found.push(entry);
                routes.push(route);
            }
        }
        self.of = design.clone();
        self.moved = (selection.clone(), (dx, dy));
        self.rects = rects;
        self.found = found;
        self.settled = Rc::new(routes);
        self.routes = self.settled.clone();
    }

    /// In the middle of a gesture in a large design: plain curves to what moves, everything else as it was. Where it is let go, routes are
    /// found.
    fn meanwhile(&mut self, selection: &Rc<Selection>, (dx, dy): (f64, f64)) {
        let moves: Vec<bool> = self.of.nodes.iter().map(|n| selection.has_node(&n.id)).collect();
        let place = |node: usize| {
            let area = self.rects[node];
            if moves[node] { Rect { x: area.x + dx, y: area.y + dy, ..area } } else { area }
        };
        let mut routes = (*self.settled).clone();
        for (route, &(from, to, _)) in routes.iter_mut().zip(&self.ends).filter(|(_, (a, b, _))| moves[*a] || moves[*b])
        {
            let kind = self.of.nodes[to].kind;
            *route = Rc::new(Route::Curve(Curve::joining(place(from), place(to), kind)));
        }
        self.moved = (selection.clone(), (dx, dy));
        self.routes = Rc::new(routes);
    }

    /// The same components and connections as when the routes were found last, wherever they are.
    fn same_connections(&self, design: &Design) -> bool {
        self.of.nodes.len() == design.nodes.len()
            && self
                .of
                .nodes
                .iter()
                .zip(&design.nodes)
                .all(|(a, b)| Rc::ptr_eq(a, b) || (a.id == b.id && a.kind == b.kind))
            && self.of.edges.len() == design.edges.len()
            && self.of.edges.iter().zip(&design.edges).all(|(a, b)| a.from == b.from && a.to == b.to)
    }
}

/// Where something was or is now that has not been there before.
fn changes(before: &[Rect], now: &[Rect]) -> Vec<Rect> {
    let shared = before.len().min(now.len());
    let differing = before.iter().zip(now).filter(|(a, b)| a != b).flat_map(|(a, b)| [*a, *b]);
    differing.chain(before[shared..].iter().copied()).chain(now[shared..].iter().copied()).collect()
}

/// The ends of each connection as indices, and its lane: another one for each connection that leaves a component.
fn ends(design: &Design) -> Vec<(usize, usize, usize)> {
    let index: HashMap<&str, usize> = design.nodes.iter().enumerate().map(|(i, n)| (&*n.id, i)).collect();
    let mut lanes = vec![0; design.nodes.len()];
    design
        .edges
        .iter()
        .map(|e| {
            let (from, to) = (index[&*e.from], index[&*e.to]);
            lanes[from] += 1_usize;
            (from, to, from + lanes[from] - 1)
        })
        .collect()
}
