//! Ghosts: connections that are missing, drawn as dashed lines that can be clicked or dropped on.
//!
//! A ghost joins a loose end (a component without a connection from it) with a loose start (one without a connection to it), directly where
//! the model allows it, else with one component between: then it is a place of a card's size that asks what goes there, and names nothing.
//! So a queue put between the API and the clinic leaves a place behind it that asks what empties it. Derived from the design alone; each
//! loose end and start is used once, the nearest first.

use crate::design::text_width::width;
use crate::design::{Design, Node, NodeId};
use crate::kinds::{Behaviour, KINDS, KindId};
use crate::say;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::{Curve, PORT_Y, Point, Rect};
use crate::session::canvas::label;
use crate::session::canvas::route;
use crate::session::canvas::route::Route;

#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    pub from: NodeId,
    pub to: NodeId,
    /// The kind that has to stand between; `None`: they can be joined directly.
    pub via: Option<KindId>,
    /// What it begins at only stores: something has to empty it.
    stored: bool,
    /// Where it runs: what is drawn is what is hit.
    pub route: Route,
}

/// The size of a tag's type at zoom 1, which is the smallest on the screen too; free space at its ends; and its height.
pub const TAG_TYPE: f64 = 12.0;
const TAG_PAD: f64 = 10.0;
const TAG_HEIGHT: f64 = 24.0;
/// The least of a line that is seen on each side of a place.
const BESIDE: f64 = 16.0;

impl Ghost {
    /// What a click on it does, or the question that it asks.
    pub fn words(&self) -> &'static str {
        match (self.via, self.stored) {
            (None, _) => say!("edit.ghost_connect"),
            (Some(_), true) => say!("edit.ghost_empties"),
            (Some(_), false) => say!("edit.ghost_between"),
        }
    }

    /// The place of a card along this route, where there is room for one that is missing.
    pub fn place(&self, route: &Route) -> Option<Rect> {
        let (width, height) = geometry::size(self.via?);
        let at = route.at(0.5);
        let fits = route.way().length() >= width + 2.0 * BESIDE;
        fits.then(|| Rect { x: at.x - width / 2.0, y: at.y - PORT_Y, width, height })
    }

    /// Where it is pressed, on this route among these components: its place, or a tag, as large on the screen at a small zoom as at zoom 1, and
    /// beside what leaves no room for it.
    pub fn tag(&self, route: &Route, zoom: f64, cards: &[Rect]) -> Rect {
        if let Some(place) = self.place(route) {
            return place;
        }
        let scale = (1.0 / zoom).max(1.0);
        let size = ((width(self.words(), TAG_TYPE) + 2.0 * TAG_PAD) * scale, TAG_HEIGHT * scale);
        label::on(route, size, cards)
    }
}

/// The kind that can stand between two that can't be joined directly.
pub fn between(from: KindId, to: KindId) -> Option<KindId> {
    KINDS.iter().map(|k| k.id).find(|&k| k.is_on_the_way() && from.may_point_to(k) && k.may_point_to(to))
}

/// The missing connections of `design`.
pub fn ghosts(design: &Design) -> Vec<Ghost> {
    let kind_of = |id: &str| design.node(id).map(|n| n.kind);
    let hands_on =
        |n: &Node| design.edges.iter().any(|e| e.from == n.id && kind_of(&e.to).is_some_and(KindId::is_on_the_way));
    let is_handed = |n: &Node| design.edges.iter().any(|e| e.to == n.id);
    let may_hand_on = |n: &Node| n.kind.leads_to().any(KindId::is_on_the_way);
    let may_be_handed = |n: &Node| n.kind.is_on_the_way() && n.kind.has_in_port();

    let ends: Vec<&Node> = design.nodes.iter().map(|n| &**n).filter(|n| may_hand_on(n) && !hands_on(n)).collect();
    let starts: Vec<&Node> = design.nodes.iter().map(|n| &**n).filter(|n| may_be_handed(n) && !is_handed(n)).collect();
    let mut pairs = Vec::new();
    for from in &ends {
        for to in starts.iter().filter(|to| to.id != from.id) {
            let direct = from.kind.may_point_to(to.kind);
            let via = if direct { None } else { between(from.kind, to.kind) };
            if direct || via.is_some() {
                pairs.push((direct, gap(from, to), (*from, *to, via)));
            }
        }
    }
    crate::order::sort_by(&mut pairs, |a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let mut found: Vec<Ghost> = Vec::new();
    for (_, _, (from, to, via)) in pairs {
        if !found.iter().any(|g| g.from == from.id || g.to == to.id) {
            let others = design.nodes.iter().filter(|n| n.id != from.id && n.id != to.id);
            let others: Vec<Rect> = others.map(|n| geometry::rect(n)).collect();
            let route = route([geometry::rect(from), geometry::rect(to)], to.kind, &others);
            let stored = from.behaviour() == Behaviour::Stores;
            found.push(Ghost { from: from.id.clone(), to: to.id.clone(), via, stored, route });
        }
    }
    found
}

/// Where a missing connection runs.
pub fn route(ends: [Rect; 2], to: KindId, others: &[Rect]) -> Route {
    route::find(Curve::joining(ends[0], ends[1], to), ends, 0, others).route
}

fn gap(from: &Node, to: &Node) -> f64 {
    let middle = |n: &Node| -> Point { geometry::rect(n).middle() };
    middle(from).distance(middle(to))
}
