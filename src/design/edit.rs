//! Edits: everything that changes a design, one variant a change. Undo keeps designs, not inverse edits.

use std::rc::Rc;

use super::{Design, Edge, MAX_EDGES, MAX_NODES, MAX_WEIGHT, Node, NodeId};
use crate::kinds::{Value, check};

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
    /// The design after this edit, or in plain words why it can't be done.
    pub fn apply(&self, design: &Design) -> Result<Design, String> {
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
                    return Err(format!("A weight lies above 0 and is at most {MAX_WEIGHT}; {weight} does not."));
                }
                let edge = next.edges.iter_mut().find(|e| e.from == *from && e.to == *to);
                edge.ok_or_else(|| format!("There is no connection from {from} to {to}."))?.weight = *weight;
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
    fn add(&mut self, node: Node) -> Result<(), String> {
        if self.nodes.len() >= MAX_NODES {
            return Err(format!("A design has at most {MAX_NODES} components."));
        }
        assert!(self.node(&node.id).is_none(), "two nodes with the id {}", node.id);
        self.nodes.push(Rc::new(node));
        Ok(())
    }

    /// Whether an edge from `from` to `to` may be added; otherwise why not.
    pub fn may_connect(&self, from: &str, to: &str) -> Result<(), String> {
        let (Some(a), Some(b)) = (self.node(from), self.node(to)) else {
            return Err(format!("There is no component {}.", if self.node(from).is_none() { from } else { to }));
        };
        if self.edge(from, to).is_some() {
            return Err(format!("{} and {} are connected already.", a.name(), b.name()));
        }
        if !a.kind.may_point_to(b.kind) {
            return Err(check::why_not(a.kind, b.kind));
        }
        if self.edges.len() >= MAX_EDGES {
            return Err(format!("A design has at most {MAX_EDGES} connections."));
        }
        Ok(())
    }

    fn connect(&mut self, from: &NodeId, to: &NodeId, weight: f64) -> Result<(), String> {
        self.may_connect(from, to)?;
        self.edges.push(Edge { from: from.clone(), to: to.clone(), weight });
        Ok(())
    }

    /// Puts `node` between the ends of the edge `from` → `to`. The first half always has to be allowed; a second half that the model does
    /// not allow (a queue before a clinic) is left for the learner to complete.
    fn insert(&mut self, node: &Node, from: &NodeId, to: &NodeId) -> Result<(), String> {
        let at = self.edges.iter().position(|e| e.from == *from && e.to == *to);
        let at = at.ok_or_else(|| format!("There is no connection from {from} to {to}."))?;
        let weight = self.edges[at].weight;
        self.add(node.clone())?;
        self.edges.remove(at);
        let before = self.may_connect(from, &node.id).is_ok();
        let after = self.may_connect(&node.id, to).is_ok();
        if !before && !after {
            let (a, b) = (self.node(from).expect("an edge's end").name(), self.node(to).expect("an edge's end").name());
            return Err(format!("{} does not fit between {a} and {b}.", node.name()));
        }
        if before {
            self.edges.insert(at, Edge { from: from.clone(), to: node.id.clone(), weight });
        }
        if after {
            self.connect(&node.id, to, 1.0)?;
        }
        Ok(())
    }

    fn node_mut(&mut self, id: &str) -> Result<&mut Node, String> {
        let node = self.nodes.iter_mut().find(|n| &*n.id == id);
        node.map(Rc::make_mut).ok_or_else(|| format!("There is no component {id}."))
    }
}

impl Node {
    /// Sets the parameter or part at `path`, checked against the catalogue; unchanged on an error.
    pub fn set_param(&mut self, path: &str, value: Value) -> Result<(), String> {
        let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
        let param =
            self.kind.kind().param(key).ok_or_else(|| format!("{} has no parameter {key}.", self.kind.kind().name))?;
        let mut whole = self.param(key);
        match rest {
            None => whole = value,
            Some(field) => whole.set(field, value),
        }
        let mut found = Vec::new();
        check::check(&param.shape, &whole, key, &mut found);
        if let Some(first) = found.first() {
            return Err(first.text.clone());
        }
        self.params.retain(|(k, _)| *k != param.key);
        self.params.push((param.key, whole));
        let order = |key: &str| self.kind.kind().params.iter().position(|p| p.key == key);
        self.params.sort_by_key(|(key, _)| order(key));
        Ok(())
    }
}
