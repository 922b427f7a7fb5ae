//! Edits: everything that changes a design, one variant a change. Undo keeps designs, not inverse edits.
//!
//! An edit says what of a design it changes ([`Effect`]), so no caller has to work that out from the designs before and after it.

use std::rc::Rc;

use super::{Design, Edge, MAX_EDGES, MAX_NODES, MAX_WEIGHT, Node, NodeId};
use crate::kinds::{Value, check};

mod error;

pub use error::EditError;

/// One change of a design.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds a node.
    Add {
        /// With an id that no other has.
        node: Node,
    },
    /// Adds nodes and edges together, such as a part dropped onto an edge or a paste.
    AddAll {
        /// Their ids are new.
        nodes: Vec<Node>,
        /// Between any nodes, new or old.
        edges: Vec<Edge>,
    },
    /// Puts a new node between the ends of an edge.
    Insert {
        /// With an id that no other has.
        node: Node,
        /// Where the edge begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
    },
    /// Removes nodes, with the edges at them, and edges.
    Remove {
        /// By their ids.
        nodes: Vec<NodeId>,
        /// By the ids of their ends.
        edges: Vec<(NodeId, NodeId)>,
    },
    /// Moves nodes by a distance in the diagram's units.
    Move {
        /// By their ids.
        nodes: Vec<NodeId>,
        /// To the right.
        dx: f64,
        /// Down.
        dy: f64,
    },
    /// Puts nodes at places of their own: a layout, room for a part.
    Place {
        /// Each with its new top left corner, in the diagram's units.
        places: Vec<(NodeId, (f64, f64))>,
    },
    /// Adds an edge of weight 1.
    Connect {
        /// Where it begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
    },
    /// Sets an edge's share of the requests.
    SetWeight {
        /// Where the edge begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
        /// Above 0, up to [`MAX_WEIGHT`].
        weight: f64,
    },
    /// Sets a parameter or a part of one, by its path, such as `threads` or `scaling.max`.
    SetParam {
        /// Its id.
        node: NodeId,
        /// As in the file.
        path: String,
        /// What the catalogue allows there.
        value: Value,
    },
    /// Back to the catalogue's default; `path` names a whole parameter.
    ResetParam {
        /// Its id.
        node: NodeId,
        /// As in the file.
        path: String,
    },
    /// Gives a node a name of its own, or takes it away.
    Rename {
        /// Its id.
        node: NodeId,
        /// `None`: the name of its kind.
        label: Option<Rc<str>>,
    },
    /// Names the design.
    SetName {
        /// May be empty.
        name: Rc<str>,
    },
    /// The whole design: an import, a preset.
    Replace {
        /// What takes its place.
        design: Design,
    },
    /// One after the other, as one change: a part put between two, with room made for it.
    Several(Vec<Edit>),
}

/// What of a design a change changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Which components and connections there are, and the connections' weights.
    pub structure: bool,
    /// Parameters of components.
    pub params: bool,
    /// The names of components and of the design.
    pub names: bool,
    /// Where components stand.
    pub places: bool,
}

impl Effect {
    const STRUCTURE: Effect = Effect { structure: true, params: false, names: false, places: false };
    const PARAMS: Effect = Effect { params: true, structure: false, names: false, places: false };
    const NAMES: Effect = Effect { names: true, structure: false, params: false, places: false };
    const PLACES: Effect = Effect { places: true, structure: false, params: false, names: false };

    /// What two changes change together.
    pub fn and(self, other: Effect) -> Effect {
        Effect {
            structure: self.structure || other.structure,
            params: self.params || other.params,
            names: self.names || other.names,
            places: self.places || other.places,
        }
    }

    /// How one whole design differs from another.
    fn between(a: &Design, b: &Design) -> Effect {
        let nodes = || a.nodes.iter().zip(&b.nodes);
        let same_nodes = a.nodes.len() == b.nodes.len() && nodes().all(|(a, b)| a.id == b.id && a.kind == b.kind);
        Effect {
            structure: !same_nodes || a.edges != b.edges,
            params: nodes().any(|(a, b)| a.params != b.params),
            names: a.name != b.name || nodes().any(|(a, b)| a.label != b.label),
            places: nodes().any(|(a, b)| (a.x, a.y) != (b.x, b.y)),
        }
    }
}

impl Edit {
    /// What this edit changes of `design`, which it is about to be applied to.
    pub fn effect(&self, design: &Design) -> Effect {
        match self {
            Edit::Add { .. }
            | Edit::AddAll { .. }
            | Edit::Insert { .. }
            | Edit::Remove { .. }
            | Edit::Connect { .. }
            | Edit::SetWeight { .. } => Effect::STRUCTURE,
            Edit::Move { .. } | Edit::Place { .. } => Effect::PLACES,
            Edit::SetParam { .. } | Edit::ResetParam { .. } => Effect::PARAMS,
            Edit::Rename { .. } | Edit::SetName { .. } => Effect::NAMES,
            // The one edit that knows nothing of what was there: a stored design of the same parts is a change of its numbers.
            Edit::Replace { design: next } => Effect::between(design, next),
            Edit::Several(edits) => edits.iter().map(|e| e.effect(design)).fold(Effect::default(), Effect::and),
        }
    }

    /// The design after this edit.
    ///
    /// # Errors
    /// Why it can't be done; the design stays as it was.
    ///
    /// ```
    /// use waiting_room::design::{Code, Design, Edit, Node};
    /// use waiting_room::kinds::{KindId, Value};
    ///
    /// let add = Edit::Add { node: Node::new("api".into(), KindId::Api, 0.0, 0.0) };
    /// let design = add.apply(&Design::default()).unwrap();
    /// let threads = |n| Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(n) };
    ///
    /// assert_eq!(threads(32.0).apply(&design).unwrap().nodes[0].param("threads"), Value::Number(32.0));
    /// let error = threads(0.5).apply(&design).unwrap_err();
    /// assert_eq!((error.code(), error.place().to_string()), (Code::Parameter, "api.threads".to_owned()));
    /// ```
    pub fn apply(&self, design: &Design) -> Result<Design, EditError> {
        let mut next = design.clone();
        match self {
            Edit::Add { node } => next.add(node.clone())?,
            Edit::AddAll { nodes, edges } => {
                for node in nodes {
                    next.add(node.clone())?;
                }
                for edge in edges {
                    next.connect(&edge.from, &edge.to, edge.weight)?;
                }
            }
            Edit::Insert { node, from, to } => next.insert(node, from, to)?,
            Edit::Remove { nodes, edges } => {
                next.nodes.retain(|n| !nodes.contains(&n.id));
                next.edges.retain(|e| {
                    !nodes.contains(&e.from)
                        && !nodes.contains(&e.to)
                        && !edges.iter().any(|(from, to)| *from == e.from && *to == e.to)
                });
            }
            Edit::Move { nodes, dx, dy } => {
                for id in nodes {
                    let node = next.node_mut(id)?;
                    node.x += dx;
                    node.y += dy;
                }
            }
            Edit::Place { places } => {
                for (id, place) in places {
                    let node = next.node_mut(id)?;
                    (node.x, node.y) = *place;
                }
            }
            Edit::Connect { from, to } => next.connect(from, to, 1.0)?,
            Edit::SetWeight { from, to, weight } => {
                if !(*weight > 0.0 && *weight <= MAX_WEIGHT) {
                    return Err(EditError::Weight { from: from.clone(), to: to.clone(), weight: *weight });
                }
                let edge = next.edges.iter_mut().find(|e| e.from == *from && e.to == *to);
                let missing = || EditError::NoEdge { from: from.clone(), to: to.clone() };
                edge.ok_or_else(missing)?.weight = *weight;
            }
            Edit::SetParam { node, path, value } => next.node_mut(node)?.set_param(path, value.clone())?,
            Edit::ResetParam { node, path } => next.node_mut(node)?.params.retain(|(key, _)| key != path),
            Edit::Rename { node, label } => next.node_mut(node)?.label = label.clone(),
            Edit::SetName { name } => next.name = name.clone(),
            Edit::Replace { design } => next = design.clone(),
            Edit::Several(edits) => {
                for edit in edits {
                    next = edit.apply(&next)?;
                }
            }
        }
        Ok(next)
    }
}

impl Design {
    fn add(&mut self, node: Node) -> Result<(), EditError> {
        if self.nodes.len() >= MAX_NODES {
            return Err(EditError::TooManyNodes);
        }
        assert!(self.node(&node.id).is_none(), "two nodes with the id {}", node.id);
        self.nodes.push(Rc::new(node));
        Ok(())
    }

    /// Whether an edge from `from` to `to` may be added.
    ///
    /// # Errors
    /// Why not.
    pub fn may_connect(&self, from: &str, to: &str) -> Result<(), EditError> {
        let (Some(a), Some(b)) = (self.node(from), self.node(to)) else {
            return Err(EditError::NoNode(if self.node(from).is_none() { from } else { to }.into()));
        };
        if self.edge(from, to).is_some() {
            let names = [a.name().to_owned(), b.name().to_owned()];
            return Err(EditError::Connected { from: from.into(), to: to.into(), names });
        }
        if !a.kind.may_point_to(b.kind) {
            return Err(EditError::NotAllowed { from: (a.id.clone(), a.kind), to: (b.id.clone(), b.kind) });
        }
        if self.edges.len() >= MAX_EDGES {
            return Err(EditError::TooManyEdges);
        }
        Ok(())
    }

    fn connect(&mut self, from: &NodeId, to: &NodeId, weight: f64) -> Result<(), EditError> {
        self.may_connect(from, to)?;
        self.edges.push(Edge { from: from.clone(), to: to.clone(), weight });
        Ok(())
    }

    /// Puts `node` between the ends of the edge `from` → `to`. The first half always has to be allowed; a second half that the model does
    /// not allow (a queue before a clinic) is left for the learner to complete.
    fn insert(&mut self, node: &Node, from: &NodeId, to: &NodeId) -> Result<(), EditError> {
        let at = self.edges.iter().position(|e| e.from == *from && e.to == *to);
        let at = at.ok_or_else(|| EditError::NoEdge { from: from.clone(), to: to.clone() })?;
        let weight = self.edges[at].weight;
        self.add(node.clone())?;
        self.edges.remove(at);
        let before = self.may_connect(from, &node.id).is_ok();
        let after = self.may_connect(&node.id, to).is_ok();
        if !before && !after {
            let name = |id: &str| self.node(id).expect("an edge's end").name().to_owned();
            let names = [node.name().to_owned(), name(from), name(to)];
            return Err(EditError::DoesNotFit { from: from.clone(), to: to.clone(), names });
        }
        if before {
            self.edges.insert(at, Edge { from: from.clone(), to: node.id.clone(), weight });
        }
        if after {
            self.connect(&node.id, to, 1.0)?;
        }
        Ok(())
    }

    fn node_mut(&mut self, id: &str) -> Result<&mut Node, EditError> {
        let node = self.nodes.iter_mut().find(|n| &*n.id == id);
        node.map(Rc::make_mut).ok_or_else(|| EditError::NoNode(id.into()))
    }
}

impl Node {
    /// Sets the parameter or part at `path`, checked against the catalogue.
    ///
    /// # Errors
    /// If the kind has no such parameter, or the value is not allowed; the node is unchanged then.
    pub fn set_param(&mut self, path: &str, value: Value) -> Result<(), EditError> {
        let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
        let missing = || EditError::NoParameter { node: self.id.clone(), kind: self.kind, key: key.to_owned() };
        let param = self.kind.kind().param(key).ok_or_else(missing)?;
        let mut whole = self.param(key);
        match rest {
            None => whole = value,
            Some(field) => whole.set(field, value),
        }
        let mut found = Vec::new();
        check::check(&param.shape, &whole, key, &mut found);
        if let Some(fault) = found.into_iter().next() {
            return Err(EditError::Value { node: self.id.clone(), fault });
        }
        self.params.retain(|(k, _)| *k != param.key);
        self.params.push((param.key, whole));
        let order = |key: &str| self.kind.kind().params.iter().position(|p| p.key == key);
        crate::order::sort_by_key(&mut self.params, |(key, _)| order(key));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KindId;

    fn design() -> Design {
        let node = |kind: KindId, x| Rc::new(Node::new(kind.kind().key.into(), kind, x, 0.0));
        let edge = |from: &str, to: &str| Edge { from: from.into(), to: to.into(), weight: 1.0 };
        Design {
            name: "".into(),
            nodes: vec![node(KindId::Patients, 0.0), node(KindId::Api, 200.0), node(KindId::Clinic, 400.0)],
            edges: vec![edge("patients", "api"), edge("api", "clinic")],
        }
    }

    /// Every edit says all that it changes, and of a design of the same parts nothing that it doesn't.
    #[test]
    fn an_edit_says_what_it_changes() {
        let before = design();
        let (api, clinic): (NodeId, NodeId) = ("api".into(), "clinic".into());
        let new = |kind: KindId| Node::new("new".into(), kind, 8.0, 8.0);
        let threads = Edit::SetParam { node: api.clone(), path: "threads".into(), value: Value::Number(3.0) };
        let moved = Edit::Place { places: vec![(clinic.clone(), (8.0, 16.0))] };
        let renamed = threads.apply(&before).expect("3 threads");
        let edits = [
            (Edit::Add { node: new(KindId::Queue) }, Effect::STRUCTURE),
            (Edit::AddAll { nodes: vec![new(KindId::Queue)], edges: Vec::new() }, Effect::STRUCTURE),
            (Edit::Insert { node: new(KindId::Queue), from: api.clone(), to: clinic.clone() }, Effect::STRUCTURE),
            (Edit::Remove { nodes: vec![clinic.clone()], edges: Vec::new() }, Effect::STRUCTURE),
            (Edit::SetWeight { from: api.clone(), to: clinic.clone(), weight: 2.0 }, Effect::STRUCTURE),
            (Edit::Move { nodes: vec![api.clone()], dx: 8.0, dy: 0.0 }, Effect::PLACES),
            (moved.clone(), Effect::PLACES),
            (threads.clone(), Effect::PARAMS),
            (Edit::Rename { node: api.clone(), label: Some("Door".into()) }, Effect::NAMES),
            (Edit::SetName { name: "Mine".into() }, Effect::NAMES),
            (Edit::Replace { design: renamed }, Effect::PARAMS),
            (Edit::Several(vec![threads, moved]), Effect::PARAMS.and(Effect::PLACES)),
        ];
        for (edit, effect) in edits {
            let after = edit.apply(&before).unwrap_or_else(|why| panic!("{edit:?}: {why}"));
            assert_eq!(edit.effect(&before), effect, "{edit:?}");
            let seen = Effect::between(&before, &after);
            assert!(if effect.structure { seen.structure } else { seen == effect }, "{edit:?}: {seen:?}");
        }
    }

    #[test]
    fn of_several_edits_all_or_none_are_made() {
        let before = design();
        let edge = ("api".into(), "clinic".into());
        let good = Edit::Remove { nodes: Vec::new(), edges: vec![edge] };
        let bad = Edit::Connect { from: "clinic".into(), to: "api".into() };
        assert_eq!(Edit::Several(vec![good.clone()]).apply(&before).expect("one edge less").edges.len(), 1);
        assert!(Edit::Several(vec![good, bad]).apply(&before).is_err());
    }
}
