//! The column: the design from top to bottom in the order in which a booking passes it, for windows too narrow for the plane.
//!
//! What leads on stands in the column; what only parks (dead letters) stands beside the component that hands to it. A design with several lanes
//! has an order too, but its column can't show all of its connections: [`Column::single`] says whether it does.

use std::collections::VecDeque;

use crate::design::{Design, NodeId};
use crate::session::canvas::ghost::Ghost;

/// A design as a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// From the first component that bookings meet to the last.
    pub rows: Vec<Row>,
    /// Every connection is between neighbours of the column, or leads to something beside its row.
    pub single: bool,
}

/// A component in the column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: NodeId,
    /// What it hands to that only parks.
    pub beside: Vec<NodeId>,
    /// How it is joined to the next row.
    pub below: Joint,
}

/// What is between a row and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// The connection of this index in the design.
    Edge(usize),
    /// The missing connection of this index.
    Ghost(usize),
    /// Nothing: the column ends here, or goes on with something else.
    Nothing,
}

impl Column {
    /// The column of `design`, with the missing connections that are drawn in its diagram.
    pub fn of(design: &Design, ghosts: &[Ghost]) -> Column {
        let order = order(design);
        let parks = |id: &NodeId| design.node(id).is_some_and(|node| !node.kind.is_on_the_way());
        let mut shown = 0;
        let rows: Vec<Row> = order
            .iter()
            .enumerate()
            .map(|(at, id)| {
                let beside: Vec<NodeId> =
                    design.edges.iter().filter(|e| e.from == *id && parks(&e.to)).map(|e| e.to.clone()).collect();
                shown += beside.len();
                let below = order.get(at + 1).map_or(Joint::Nothing, |next| joint(design, ghosts, id, next));
                shown += usize::from(matches!(below, Joint::Edge(_)));
                Row { id: id.clone(), beside, below }
            })
            .collect();
        let parked: usize = design.nodes.iter().filter(|node| !node.kind.is_on_the_way()).count();
        let beside: usize = rows.iter().map(|row| row.beside.len()).sum();
        Column { rows, single: shown == design.edges.len() && beside >= parked }
    }
}

fn joint(design: &Design, ghosts: &[Ghost], from: &NodeId, to: &NodeId) -> Joint {
    let edge = design.edges.iter().position(|edge| edge.from == *from && edge.to == *to);
    let ghost = || ghosts.iter().position(|ghost| ghost.from == *from && ghost.to == *to).map(Joint::Ghost);
    edge.map(Joint::Edge).or_else(ghost).unwrap_or(Joint::Nothing)
}

/// The components that bookings pass, each after all that lead to it; at equal rank as they stand in the design. What only parks and hangs on
/// nothing comes last.
fn order(design: &Design) -> Vec<NodeId> {
    let passes = |id: &NodeId| design.node(id).is_some_and(|node| node.kind.is_on_the_way());
    let handed = |id: &NodeId| design.edges.iter().any(|edge| edge.to == *id);
    let mut waiting: Vec<(NodeId, usize)> = design
        .nodes
        .iter()
        .filter(|node| node.kind.is_on_the_way() || !handed(&node.id))
        .map(|node| {
            (node.id.clone(), design.edges.iter().filter(|edge| edge.to == node.id && passes(&edge.from)).count())
        })
        .collect();
    let mut ready: VecDeque<NodeId> = VecDeque::new();
    let mut order = Vec::with_capacity(waiting.len());
    loop {
        // What follows the row above comes before what begins anew.
        let free = waiting.iter().position(|(_, before)| *before == 0);
        let next = match ready.pop_front() {
            Some(next) => next,
            None => match free {
                Some(at) => waiting.remove(at).0,
                // A circle has no first component; the file form refuses it, so this only ends the search.
                None => break,
            },
        };
        for edge in design.edges.iter().filter(|edge| edge.from == next) {
            if let Some(at) = waiting.iter().position(|(id, _)| *id == edge.to) {
                waiting[at].1 -= 1;
                if waiting[at].1 == 0 {
                    ready.push_back(waiting.remove(at).0);
                }
            }
        }
        order.push(next);
    }
    order.extend(waiting.into_iter().map(|(id, _)| id));
    order
}
