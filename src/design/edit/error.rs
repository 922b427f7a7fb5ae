//! Why an edit can't be done.

use std::error::Error;
use std::fmt;

use super::super::{Code, Location, MAX_EDGES, MAX_NODES, MAX_WEIGHT, NodeId};
use crate::kinds::KindId;
use crate::kinds::check::{Fault, why_not};
use crate::say;

/// Why an edit can't be done. As text: a sentence for the learner, who sees where it was tried.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The design is full.
    TooManyNodes,
    /// The design has as many edges as it may have.
    TooManyEdges,
    /// There is no node of this id.
    NoNode(NodeId),
    /// There is no such edge.
    NoEdge {
        /// Where it would begin.
        from: NodeId,
        /// Where it would end.
        to: NodeId,
    },
    /// The edge is there; with the names of its ends.
    Connected {
        /// Where it begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
        /// Of `from` and `to`.
        names: [String; 2],
    },
    /// Kinds that no edge may join this way round.
    NotAllowed {
        /// Where the edge would begin.
        from: (NodeId, KindId),
        /// Where it would end.
        to: (NodeId, KindId),
    },
    /// Neither half of the edge would be allowed; with the names of the node and of the edge's ends.
    DoesNotFit {
        /// Where the edge begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
        /// Of the node, `from` and `to`.
        names: [String; 3],
    },
    /// Out of range.
    Weight {
        /// Where the edge begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
        /// What it was to be.
        weight: f64,
    },
    /// The kind has no such parameter.
    NoParameter {
        /// The node's id.
        node: NodeId,
        /// The node's kind.
        kind: KindId,
        /// What was asked for.
        key: String,
    },
    /// Not what the catalogue allows.
    Value {
        /// The node's id.
        node: NodeId,
        /// What is wrong, and where in the parameter.
        fault: Fault,
    },
}

impl EditError {
    /// Its stable name.
    pub fn code(&self) -> Code {
        match self {
            EditError::TooManyNodes | EditError::TooManyEdges => Code::TooMany,
            EditError::NoNode(_) | EditError::NoEdge { .. } => Code::EdgeToNowhere,
            EditError::Connected { .. } => Code::DuplicateEdge,
            EditError::NotAllowed { .. } | EditError::DoesNotFit { .. } => Code::EdgeNotAllowed,
            EditError::Weight { .. } => Code::Weight,
            EditError::NoParameter { .. } | EditError::Value { .. } => Code::Parameter,
        }
    }

    /// What it is about.
    pub fn place(&self) -> Location {
        let node =
            |id: &NodeId, param: Option<&str>| Location::Node { id: id.to_string(), param: param.map(str::to_owned) };
        let edge = |from: &NodeId, to: &NodeId| Location::Edge { from: from.to_string(), to: to.to_string() };
        match self {
            EditError::TooManyNodes | EditError::TooManyEdges => Location::Whole,
            EditError::NoNode(id) => node(id, None),
            EditError::NoEdge { from, to }
            | EditError::Connected { from, to, .. }
            | EditError::DoesNotFit { from, to, .. }
            | EditError::Weight { from, to, .. } => edge(from, to),
            EditError::NotAllowed { from, to } => edge(&from.0, &to.0),
            EditError::NoParameter { node: id, key, .. } => node(id, Some(key)),
            EditError::Value { node: id, fault } => node(id, Some(&fault.path)),
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::TooManyNodes => f.write_str(&say!("edit.too_many_nodes", most = MAX_NODES)),
            EditError::TooManyEdges => f.write_str(&say!("edit.too_many_edges", most = MAX_EDGES)),
            EditError::NoNode(id) => f.write_str(&say!("design.no_component", id)),
            EditError::NoEdge { from, to } => f.write_str(&say!("edit.no_edge", from, to)),
            EditError::Connected { names: [a, b], .. } => f.write_str(&say!("edit.connected_already", a, b)),
            EditError::NotAllowed { from, to } => f.write_str(&why_not(from.1, to.1)),
            EditError::DoesNotFit { names: [node, a, b], .. } => f.write_str(&say!("edit.does_not_fit", node, a, b)),
            EditError::Weight { weight, .. } => f.write_str(&say!("edit.weight", most = MAX_WEIGHT, weight)),
            EditError::NoParameter { kind, key, .. } => {
                f.write_str(&say!("edit.no_parameter", kind = kind.kind().name(), key))
            }
            EditError::Value { fault, .. } => f.write_str(&fault.text),
        }
    }
}

impl Error for EditError {}

/// The sentence for the learner.
impl From<EditError> for String {
    fn from(error: EditError) -> String {
        error.to_string()
    }
}
