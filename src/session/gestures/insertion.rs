//! Insertion: the edit that a drop, an added part or a click on a missing connection comes to.
//!
//! Pure functions from a design to one edit of it, each one undo step. A part that is put between two others gets room: what lies to its right
//! moves away. Where only one half of a connection is allowed (API → queue, but not queue → clinic) the other half is left as a ghost.

use crate::design::{Design, Edge, Edit, Node, NodeId};
use crate::kata::builtin;
use crate::kinds::{KindId, check};
use crate::say;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::{Curve, PORT_Y, Point, Rect, snap};
use crate::session::canvas::ghost::{Ghost, between};
use crate::session::canvas::routes::Routes;
use crate::session::gestures::gesture::Drop;

/// Free space between components that stand side by side.
pub const GAP: f64 = 40.0;
/// Free space on each side of a part that is put between two: the connections are long enough for bookings to be seen on them.
pub const ROOM: f64 = 72.0;
/// How near the middle of a dropped part must be to a connection, in diagram units.
const EDGE_CATCH: f64 = 32.0;
/// The same for a missing connection, which is easier to hit.
const GHOST_CATCH: f64 = 64.0;

/// An edit that adds a part or a connection, and what to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedEdit {
    pub edit: Edit,
    /// The new component, or the one that is newly connected.
    pub added: NodeId,
    /// What the undo list calls it.
    pub what: String,
    /// The sentence for the learner.
    pub words: String,
}

/// Whether a part of this kind can be put between the ends of an edge: the first half must be allowed, and the second too or with one more
/// part; otherwise why not.
pub fn fits(kind: KindId, from: &Node, to: &Node) -> Result<(), String> {
    let before = from.kind.may_point_to(kind);
    let after = kind.may_point_to(to.kind) || between(kind, to.kind).is_some();
    if before && after {
        return Ok(());
    }
    let name = kind.kind().name();
    if before {
        let why = check::why_not(kind, to.kind);
        return Err(say!("edit.no_fit", part = name, from = from.name(), to = to.name(), why));
    }
    match between(from.kind, kind) {
        Some(via) => {
            let via = via.kind().name();
            Err(say!("edit.via", from = from.name(), part = name, via))
        }
        None => Err(check::why_not(from.kind, kind)),
    }
}

/// Whether a part of this kind can stand in the gap of a missing connection.
fn takes(design: &Design, ghost: &Ghost, kind: KindId) -> bool {
    match (design.node(&ghost.from), design.node(&ghost.to)) {
        (Some(a), Some(b)) => fits(kind, a, b).is_ok(),
        _ => false,
    }
}

/// What would happen if a part were dropped with its middle at `at`.
pub fn drop_at(design: &Design, routes: &Routes, ghosts: &[Ghost], kind: KindId, at: Point) -> Drop {
    let ghost = ghosts.iter().filter(|g| takes(design, g, kind) && g.route.distance(at) <= GHOST_CATCH);
    if let Some(g) = ghost.min_by(|a, b| a.route.distance(at).total_cmp(&b.route.distance(at))) {
        return Drop::OnGhost { from: g.from.clone(), to: g.to.clone() };
    }
    let mut edges: Vec<(f64, &Edge)> = routes.near(at, EDGE_CATCH).collect();
    crate::order::sort_by(&mut edges, |a, b| a.0.total_cmp(&b.0));
    let mut misfit = Drop::Free;
    for (_, edge) in edges {
        let (Some(a), Some(b)) = (design.node(&edge.from), design.node(&edge.to)) else { continue };
        let (from, to) = (edge.from.clone(), edge.to.clone());
        match fits(kind, a, b) {
            Ok(()) => return Drop::OnEdge { from, to },
            Err(why) if misfit == Drop::Free => misfit = Drop::Misfit { from, to, why },
            Err(_) => {}
        }
    }
    misfit
}

/// Drops a part with its middle at `at`.
pub fn drop_part(design: &Design, kind: KindId, at: Point, drop: &Drop) -> Result<PlannedEdit, String> {
    let (width, height) = geometry::size(kind);
    let node = builtin::part(design, kind, snap(at.x - width / 2.0), snap(at.y - height / 2.0));
    match drop {
        Drop::OnEdge { from, to } => put_between(design, node, from, to, true),
        Drop::OnGhost { from, to } => put_between(design, node, from, to, false),
        // Alone it stands where it was shown, aligned with what stands around.
        Drop::Free | Drop::Misfit { .. } | Drop::Outside => {
            let place =
                |v: f64| if v.is_finite() { v.clamp(-geometry::MAX_COORDINATE, geometry::MAX_COORDINATE) } else { 0.0 };
            Ok(put_alone(Node { x: place(at.x - width / 2.0), y: place(at.y - height / 2.0), ..node }))
        }
    }
}

fn put_alone(node: Node) -> PlannedEdit {
    let name = node.name().to_owned();
    PlannedEdit {
        added: node.id.clone(),
        edit: Edit::Add { node },
        what: say!("edit.add", part = name),
        words: say!("edit.added", part = name),
    }
}

/// Puts a part between two: on an edge between them, or where one is missing.
fn put_between(
    design: &Design,
    mut node: Node,
    from: &NodeId,
    to: &NodeId,
    on_edge: bool,
) -> Result<PlannedEdit, String> {
    let (a, b) = match (design.node(from), design.node(to)) {
        (Some(a), Some(b)) => (a.clone(), b.clone()),
        _ => return Err(say!("edit.connection_gone").to_owned()),
    };
    fits(node.kind, &a, &b)?;
    line_up(&mut node, &a, &b);
    let (name, added) = (node.name().to_owned(), node.id.clone());
    let put = if on_edge {
        Edit::Insert { node, from: from.clone(), to: to.clone() }
    } else {
        let edge = |from: &NodeId, to: &NodeId| Edge { from: from.clone(), to: to.clone(), weight: 1.0 };
        let mut edges = vec![edge(from, &added)];
        if node.kind.may_point_to(b.kind) {
            edges.push(edge(&added, to));
        }
        Edit::AddAll { nodes: vec![node], edges }
    };
    let next = put.apply(design)?;
    // Where one more part has to follow, there is room for that too: its ghost is to be seen.
    let missing = match next.edge(&added, to) {
        None => next.node(&added).and_then(|n| between(n.kind, b.kind)),
        Some(_) => None,
    };
    let places = make_room(&next, &added, missing.map_or(ROOM, |kind| geometry::size(kind).0 + 2.0 * ROOM));
    let edit = if places.is_empty() { put } else { Edit::Several(vec![put, Edit::Place { places }]) };
    let words = say!("edit.put_between", part = name, from = a.name(), to = b.name());
    let what = say!("edit.put", part = name, from = a.name(), to = b.name());
    Ok(PlannedEdit { edit, added, what, words })
}

/// Moves a new part on one line with what comes before it where it is nearly so, and away from both ends: where the hole is wide enough the
/// part stands in it with room on both sides, otherwise close enough to the left for [`make_room`] to do the rest.
fn line_up(node: &mut Node, before: &Node, after: &Node) {
    let (own, left, right) = (geometry::rect(node), geometry::rect(before), geometry::rect(after));
    if (own.middle().y - left.y - PORT_Y).abs() <= 48.0 {
        node.y = left.y;
    }
    let placed = geometry::rect(node);
    let beside =
        |other: Rect| right.x > left.x && placed.y < other.y + other.height && other.y < placed.y + placed.height;
    let (first, last) = (left.x + left.width + ROOM, right.x - ROOM - own.width);
    if beside(right) && node.x > last {
        node.x = snap(last);
    }
    if left.grown(ROOM).touches(geometry::rect(node)) || beside(left) && node.x < first {
        node.x = snap(first);
    }
}

/// Where what lies right of a new part goes further to the right, so that `gap` is free beside it.
fn make_room(design: &Design, id: &str, gap: f64) -> Vec<(NodeId, (f64, f64))> {
    let Some(area) = design.node(id).map(|n| geometry::rect(n)) else { return Vec::new() };
    let is_right = |n: &Node| &*n.id != id && geometry::rect(n).middle().x >= area.middle().x - area.width / 4.0;
    let needs = |n: &Node| {
        let other = geometry::rect(n);
        let in_the_way = Rect { x: area.x, y: area.y, width: area.width + gap, height: area.height }.touches(other);
        if in_the_way { area.x + area.width + gap - other.x } else { 0.0 }
    };
    let by = design.nodes.iter().filter(|n| is_right(n)).map(|n| needs(n)).fold(0.0, f64::max);
    if by <= 0.0 {
        return Vec::new();
    }
    let by = (by / geometry::GRID).ceil() * geometry::GRID;
    let right = design.nodes.iter().filter(|n| is_right(n));
    right.map(|n| (n.id.clone(), (snap(n.x + by), n.y))).collect()
}

/// Adds a part without a place, connected where that is obvious. `selected` is the component, `edge` the connection that is selected;
/// `near` is where it goes when nothing else says.
pub fn add_part(
    design: &Design,
    ghosts: &[Ghost],
    kind: KindId,
    selected: Option<&NodeId>,
    edge: Option<&(NodeId, NodeId)>,
    near: Point,
) -> Result<PlannedEdit, String> {
    let can = |from: &NodeId, to: &NodeId| match (design.node(from), design.node(to)) {
        (Some(a), Some(b)) => fits(kind, a, b).is_ok(),
        _ => false,
    };
    let on = |from: &NodeId, to: &NodeId, drop: Drop| {
        let at = Curve::of(design, from, to).map_or(near, |c| c.at(0.5));
        drop_part(design, kind, at, &drop)
    };
    let on_edge = |from: &NodeId, to: &NodeId| on(from, to, Drop::OnEdge { from: from.clone(), to: to.clone() });
    if let Some((from, to)) = edge.filter(|(from, to)| can(from, to)) {
        return on_edge(from, to);
    }
    let fitting: Vec<&Edge> = design.edges.iter().filter(|e| can(&e.from, &e.to)).collect();
    if let Some(e) = selected.and_then(|s| fitting.iter().find(|e| e.from == *s)) {
        return on_edge(&e.from, &e.to);
    }
    let mut for_kind: Vec<&Ghost> = ghosts.iter().filter(|g| takes(design, g, kind)).collect();
    crate::order::sort_by_key(&mut for_kind, |g| selected != Some(&g.from));
    if let Some(g) = for_kind.first() {
        return on(&g.from, &g.to, Drop::OnGhost { from: g.from.clone(), to: g.to.clone() });
    }
    if let Some(from) = selected.filter(|s| design.node(s).is_some_and(|n| n.kind.may_point_to(kind))) {
        return add_after(design, kind, from, None);
    }
    // What is selected leads nowhere for it: that is where Tab has come by, say.
    if let [e] = fitting.as_slice() {
        return on_edge(&e.from, &e.to);
    }
    let without: Vec<&NodeId> = design.nodes.iter().filter(|n| lacks(design, n, kind)).map(|n| &n.id).collect();
    if let [from] = without.as_slice() {
        return add_after(design, kind, from, None);
    }
    Ok(add_alone(design, kind, near))
}

/// Adds a part without connections, with its middle at `near` or below where there is room.
pub fn add_alone(design: &Design, kind: KindId, near: Point) -> PlannedEdit {
    let (width, height) = geometry::size(kind);
    let place = free_place(design, Rect { x: near.x - width / 2.0, y: near.y - height / 2.0, width, height });
    put_alone(builtin::part(design, kind, place.x, place.y))
}

/// Whether a component has none of the kind that it wants: a pool without a place for dead letters.
fn lacks(design: &Design, node: &Node, kind: KindId) -> bool {
    let has = |e: &&Edge| e.from == node.id && design.node(&e.to).is_some_and(|n| n.kind == kind);
    node.kind.kind().wants.contains(&kind) && !design.edges.iter().any(|e| has(&e))
}

/// Adds a part and a connection from `from` to it, at `at` (its input) or where there is room; and joins it to what must follow if there is
/// only one.
pub fn add_after(design: &Design, kind: KindId, from: &NodeId, at: Option<Point>) -> Result<PlannedEdit, String> {
    let before = design.node(from).ok_or_else(|| say!("edit.component_gone").to_owned())?;
    let (width, height) = geometry::size(kind);
    let left = geometry::rect(before);
    let wanted = match at {
        Some(p) => Point::new(p.x, p.y - PORT_Y),
        None if !kind.is_on_the_way() => Point::new(left.middle().x - width / 2.0, left.y + left.height + GAP),
        None => Point::new(left.x + left.width + GAP, left.y),
    };
    let wanted = Rect { x: snap(wanted.x), y: snap(wanted.y), width, height };
    let place = if at.is_some() { wanted } else { free_place(design, wanted) };
    let node = builtin::part(design, kind, place.x, place.y);
    let (added, name) = (node.id.clone(), node.name().to_owned());
    let mut edges = vec![Edge { from: from.clone(), to: added.clone(), weight: 1.0 }];
    let follows: Vec<&NodeId> = design
        .nodes
        .iter()
        .filter(|n| n.kind.is_on_the_way() && kind.may_point_to(n.kind) && n.id != *from)
        .map(|n| &n.id)
        .collect();
    if let [next] = follows.as_slice() {
        edges.push(Edge { from: added.clone(), to: (*next).clone(), weight: 1.0 });
    }
    let what = say!("edit.add_after", part = name, before = before.name());
    let words = say!("edit.added_after", part = name, before = before.name());
    Ok(PlannedEdit { edit: Edit::AddAll { nodes: vec![node], edges }, added, what, words })
}

/// The first place from `wanted` downwards where nothing stands.
pub fn free_place(design: &Design, wanted: Rect) -> Rect {
    let mut place = Rect { x: snap(wanted.x), y: snap(wanted.y), ..wanted };
    while design.nodes.iter().any(|n| geometry::rect(n).grown(16.0).touches(place)) {
        place.y += geometry::GRID;
    }
    place
}

/// Makes a missing connection: directly, or with the part that has to stand between.
pub fn fill_ghost(design: &Design, ghost: &Ghost) -> Result<PlannedEdit, String> {
    let (from, to) = (ghost.from.clone(), ghost.to.clone());
    match ghost.via {
        Some(kind) => {
            let at = Curve::of(design, &from, &to).map_or(Point::default(), |c| c.at(0.5));
            drop_part(design, kind, at, &Drop::OnGhost { from, to })
        }
        None => {
            let name = |id: &NodeId| design.node(id).map_or(String::new(), |n| n.name().to_owned());
            let what = say!("edit.connect", from = name(&from), to = name(&to));
            let words = say!("edit.connected", from = name(&from), to = name(&to));
            Ok(PlannedEdit { edit: Edit::Connect { from, to: to.clone() }, added: to, what, words })
        }
    }
}

/// The kinds that can stand where a connection is missing, of those that the palette offers.
pub fn choices(design: &Design, ghost: &Ghost) -> Vec<KindId> {
    let offered = builtin::offered(design).map(|kind| kind.id);
    offered.filter(|kind| takes(design, ghost, *kind)).collect()
}

/// The ends of the gap that removing `nodes` would leave in a chain: the one component that leads in and the one that is led to.
pub fn gap(design: &Design, nodes: &[NodeId]) -> Option<(NodeId, NodeId)> {
    let goes = |id: &NodeId| nodes.contains(id);
    let on_the_way = |id: &NodeId| design.node(id).is_some_and(|n| n.kind.is_on_the_way());
    let mut into: Vec<&NodeId> =
        design.edges.iter().filter(|e| !goes(&e.from) && goes(&e.to)).map(|e| &e.from).collect();
    let leaving = design.edges.iter().filter(|e| goes(&e.from) && !goes(&e.to) && on_the_way(&e.to));
    let mut out: Vec<&NodeId> = leaving.map(|e| &e.to).collect();
    into.dedup();
    out.dedup();
    match (into.as_slice(), out.as_slice()) {
        ([from], [to]) if from != to => Some(((*from).clone(), (*to).clone())),
        _ => None,
    }
}
