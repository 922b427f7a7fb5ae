//! Edits: everything that changes a design, one variant a change. Undo keeps designs, not inverse edits.

use std::rc::Rc;

use super::{Design, Edge, MAX_EDGES, MAX_NODES, MAX_WEIGHT, Node, NodeId};
use crate::kinds::{Value, check};

mod error;

pub use error::EditError;

/// One change of a design.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    Add {
        node: Node,
    },
    /// Adds nodes and edges together, such as a part dropped onto an edge or a paste.
    AddAll {
        nodes: Vec<Node>,
        edges: Vec<Edge>,
    },
    /// Puts a new node between the ends of an edge.
    Insert {
        node: Node,
        from: NodeId,
        to: NodeId,
    },
    /// Removes nodes, with the edges at them, and edges.
    Remove {
        nodes: Vec<NodeId>,
        edges: Vec<(NodeId, NodeId)>,
    },
    /// Moves nodes by a distance in the diagram's units.
    Move {
        nodes: Vec<NodeId>,
        dx: f64,
        dy: f64,
    },
    Connect {
        from: NodeId,
        to: NodeId,
    },
    SetWeight {
        from: NodeId,
        to: NodeId,
        weight: f64,
    },
    /// Sets a parameter or a part of one, by its path, such as `threads` or `scaling.max`.
    SetParam {
        node: NodeId,
        path: String,
        value: Value,
    },
    /// Back to the catalogue's default; `path` names a whole parameter.
    ResetParam {
        node: NodeId,
        path: String,
    },
    Rename {
        node: NodeId,
        label: Option<Rc<str>>,
    },
    SetName {
        name: Rc<str>,
    },
    /// The whole design: an import, a preset.
    Replace {
        design: Design,
    },
}

impl Edit {
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
        self.params.sort_by_key(|(key, _)| order(key));
        Ok(())
    }
}
