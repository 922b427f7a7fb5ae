//! Hit tests: what lies under a point of the diagram's plane, or within a rectangle of it.

use std::rc::Rc;

use crate::design::{Design, Node, NodeId};
use crate::session::canvas::geometry::{Point, Rect, in_flow_order, out_port, rect, rects};
use crate::session::canvas::ghost::Ghost;
use crate::session::canvas::routes::Routes;
use crate::session::canvas::selection::{Pick, Selection};

/// How near a pointer has to be to a connection, in diagram units at zoom 1.
pub const EDGE_REACH: f64 = 12.0;
/// How near to a port.
pub const PORT_REACH: f64 = 16.0;

/// What a press landed on.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Canvas,
    Pick(Pick),
    /// The port that connections leave from.
    Port(NodeId),
    /// A connection that is missing.
    Ghost(NodeId, NodeId),
}

/// What lies at `p`: the tags of missing connections, ports, then components from the top down, connections, missing connections. `reach` scales the tolerances:
/// 1 ÷ zoom for a mouse, more for a finger.
pub fn hit(
    design: &Design,
    routes: &Routes,
    ghosts: &[Ghost],
    selection: &Selection,
    p: Point,
    (reach, zoom): (f64, f64),
) -> Target {
    // A tag is drawn above everything.
    let cards = if ghosts.is_empty() { Vec::new() } else { rects(design) };
    if let Some(ghost) = ghosts.iter().find(|g| g.tag(&g.route, zoom, &cards).contains(p)) {
        return Target::Ghost(ghost.from.clone(), ghost.to.clone());
    }
    let port = |n: &&Rc<Node>| n.kind.has_out_port() && out_port(rect(n)).distance(p) <= (PORT_REACH * reach).min(28.0);
    if let Some(node) = in_flow_order(design).into_iter().rev().map(|i| &design.nodes[i]).find(port) {
        return Target::Port(node.id.clone());
    }
    // What is selected is drawn above the others.
    let selected = || design.nodes.iter().find(|n| selection.has_node(&n.id) && rect(n).contains(p));
    if let Some(node) = selected().or_else(|| node_at(design, p, 0.0)) {
        return Target::Pick(Pick::Node(node.id.clone()));
    }
    if let Some((_, edge)) = routes.near(p, EDGE_REACH * reach).min_by(|a, b| a.0.total_cmp(&b.0)) {
        return Target::Pick(Pick::Edge(edge.from.clone(), edge.to.clone()));
    }
    let ghost = ghosts.iter().find(|g| g.route.distance(p) <= EDGE_REACH * reach);
    ghost.map_or(Target::Canvas, |g| Target::Ghost(g.from.clone(), g.to.clone()))
}

/// The topmost component at `p`, or not farther from it than `reach`.
pub fn node_at(design: &Design, p: Point, reach: f64) -> Option<&Rc<Node>> {
    let order = in_flow_order(design).into_iter().rev();
    order.map(|i| &design.nodes[i]).find(|n| rect(n).grown(reach).contains(p))
}

/// Everything that a rectangle touches.
pub fn within(design: &Design, routes: &Routes, area: Rect) -> Selection {
    let edges = design.edges.iter().zip(&**routes.all()).filter(|(_, route)| route.touches(area));
    Selection {
        nodes: design.nodes.iter().filter(|n| rect(n).touches(area)).map(|n| n.id.clone()).collect(),
        edges: edges.map(|(e, _)| (e.from.clone(), e.to.clone())).collect(),
    }
}
