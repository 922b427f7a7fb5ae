//! What is selected: nodes and edges, by id.

use std::collections::HashSet;

use crate::design::{Design, NodeId};

/// A node or an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    Node(NodeId),
    Edge(NodeId, NodeId),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    pub nodes: Vec<NodeId>,
    pub edges: Vec<(NodeId, NodeId)>,
}

impl Selection {
    pub fn of(pick: Pick) -> Selection {
        let mut selection = Selection::default();
        selection.toggle(pick);
        selection
    }

    pub fn all(design: &Design) -> Selection {
        Selection {
            nodes: design.nodes.iter().map(|n| n.id.clone()).collect(),
            edges: design.edges.iter().map(|e| (e.from.clone(), e.to.clone())).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.edges.is_empty()
    }

    pub fn len(&self) -> usize {
        self.nodes.len() + self.edges.len()
    }

    pub fn has_node(&self, id: &str) -> bool {
        self.nodes.iter().any(|n| &**n == id)
    }

    pub fn has_edge(&self, from: &str, to: &str) -> bool {
        self.edges.iter().any(|(a, b)| &**a == from && &**b == to)
    }

    pub fn has(&self, pick: &Pick) -> bool {
        match pick {
            Pick::Node(id) => self.has_node(id),
            Pick::Edge(from, to) => self.has_edge(from, to),
        }
    }

    /// The one node that is selected and nothing else.
    pub fn only_node(&self) -> Option<&NodeId> {
        (self.nodes.len() == 1 && self.edges.is_empty()).then(|| &self.nodes[0])
    }

    /// The one edge that is selected and nothing else.
    pub fn only_edge(&self) -> Option<&(NodeId, NodeId)> {
        (self.edges.len() == 1 && self.nodes.is_empty()).then(|| &self.edges[0])
    }

    /// Adds `pick`, or takes it out.
    pub fn toggle(&mut self, pick: Pick) {
        match pick {
            Pick::Node(id) if self.has_node(&id) => self.nodes.retain(|n| *n != id),
            Pick::Node(id) => self.nodes.push(id),
            Pick::Edge(from, to) if self.has_edge(&from, &to) => {
                self.edges.retain(|e| *e != (from.clone(), to.clone()))
            }
            Pick::Edge(from, to) => self.edges.push((from, to)),
        }
    }

    /// What is left of it in `design`.
    pub fn within(&self, design: &Design) -> Selection {
        let nodes: HashSet<&str> = design.nodes.iter().map(|n| &*n.id).collect();
        let edges: HashSet<(&str, &str)> = design.edges.iter().map(|e| (&*e.from, &*e.to)).collect();
        Selection {
            nodes: self.nodes.iter().filter(|id| nodes.contains(&***id)).cloned().collect(),
            edges: self.edges.iter().filter(|(a, b)| edges.contains(&(&**a, &**b))).cloned().collect(),
        }
    }
}
