//! Copy and paste: components with the connections between them. A copy has ids of its own and lies a little further away each time.

use std::rc::Rc;

use super::Session;
use super::geometry;
use super::selection::Selection;
use crate::design::{Edge, Edit, Node, NodeId};

/// How far a pasted copy lies from what was copied.
const PASTE_OFFSET: f64 = 32.0;

/// Components and the connections between them, to paste.
#[derive(Clone, Debug, Default)]
pub(super) struct Clipboard {
    nodes: Vec<Rc<Node>>,
    edges: Vec<Edge>,
    /// How often it was pasted: each copy lies further away.
    pasted: u32,
}

impl Session {
    pub(super) fn copy(&mut self) {
        let design = self.history.now();
        let taken = |id: &NodeId| self.selection.has_node(id);
        if self.selection.nodes.is_empty() {
            return self.refuse("Select the components to copy first.");
        }
        self.clipboard = Clipboard {
            nodes: design.nodes.iter().filter(|n| taken(&n.id)).cloned().collect(),
            edges: design.edges.iter().filter(|e| taken(&e.from) && taken(&e.to)).cloned().collect(),
            pasted: 0,
        };
    }

    pub(super) fn paste(&mut self) {
        if self.clipboard.nodes.is_empty() {
            return self.refuse("Nothing was copied yet.");
        }
        self.clipboard.pasted += 1;
        let by = PASTE_OFFSET * f64::from(self.clipboard.pasted);
        let mut next = (**self.history.now()).clone();
        let mut ids = Vec::new();
        for node in &self.clipboard.nodes {
            let id = next.free_id(node.kind);
            let copy = Node {
                id: id.clone(),
                x: geometry::snap(node.x + by),
                y: geometry::snap(node.y + by),
                ..(**node).clone()
            };
            match (Edit::Add { node: copy }).apply(&next) {
                Ok(design) => next = design,
                Err(why) => return self.refuse(why),
            }
            ids.push((node.id.clone(), id));
        }
        let new =
            |old: &NodeId| ids.iter().find(|(from, _)| from == old).map(|(_, to)| to.clone()).expect("a copied end");
        let edges = self.clipboard.edges.iter().map(|e| Edge { from: new(&e.from), to: new(&e.to), weight: e.weight });
        match (Edit::AddAll { nodes: Vec::new(), edges: edges.collect() }).apply(&next) {
            Ok(design) => {
                let count = ids.len();
                self.commit(design, "Paste", None);
                let nodes = ids.into_iter().map(|(_, id)| id).collect();
                self.set_selection(Selection { nodes, edges: Vec::new() }.within(self.history.now()));
                self.say(if count == 1 {
                    "1 component pasted.".to_owned()
                } else {
                    format!("{count} components pasted.")
                });
            }
            Err(why) => self.refuse(why),
        }
    }
}
