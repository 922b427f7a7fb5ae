//! A design: the learner's components and connections, as data.
//!
//! Immutable and cheap to copy: an edit makes a new design that shares what it did not touch, and the old one is the undo step. A design may
//! be unfinished or wrong; [`compile()`] says so in [`Problem`]s. What is read from a file was checked field by field (`design::file`).
//!
//! Knows nothing of runs or the page.

#![warn(missing_docs, clippy::missing_errors_doc)]

use std::rc::Rc;

use crate::kinds::{Behaviour, KindId, Value};

pub mod compile;
pub mod diff;
pub mod edit;
pub mod file;
pub mod history;
pub mod layout;
pub mod picture;
pub mod problem;
pub mod text_width;

pub use compile::compile;
pub use edit::{Edit, EditError};
pub use problem::{Code, Location, Problem, Severity};

/// The most nodes a design may have.
pub const MAX_NODES: usize = 200;
/// The most edges a design may have.
pub const MAX_EDGES: usize = 1000;
/// The highest weight of an edge; the lowest is anything above 0.
pub const MAX_WEIGHT: f64 = 1_000_000.0;

/// A node's id: unique in its design, and the name of its random streams.
pub type NodeId = Rc<str>;

/// Components and connections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// As the page and the file's name have it; may be empty.
    pub name: Rc<str>,
    /// In the order of the file.
    pub nodes: Vec<Rc<Node>>,
    /// In the order of the file.
    pub edges: Vec<Edge>,
}

/// A component.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its id in the file.
    pub id: NodeId,
    /// What kind of component it is.
    pub kind: KindId,
    /// The learner's own name for it.
    pub label: Option<Rc<str>>,
    /// The top left corner in the diagram's units (pixels at zoom 1); a file may leave it out.
    pub x: f64,
    /// See `x`.
    pub y: f64,
    /// What differs from the catalogue's defaults, in the catalogue's order.
    pub params: Vec<(&'static str, Value)>,
}

/// A connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The node it leaves.
    pub from: NodeId,
    /// The node it points to.
    pub to: NodeId,
    /// Share of the requests relative to the other edges of `from`; above 0.
    pub weight: f64,
}

impl Design {
    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<&Rc<Node>> {
        self.nodes.iter().find(|n| &*n.id == id)
    }

    /// The edge between these nodes, in this direction.
    pub fn edge(&self, from: &str, to: &str) -> Option<&Edge> {
        self.edges.iter().find(|e| &*e.from == from && &*e.to == to)
    }

    /// An id for a new node of this kind: its key, or the key and the first free number from 2.
    pub fn free_id(&self, kind: KindId) -> NodeId {
        let key = kind.kind().key;
        if self.node(key).is_none() {
            return key.into();
        }
        (2..).map(|n| format!("{key}-{n}")).find(|id| self.node(id).is_none()).expect("a free number").into()
    }

    /// The label for a new node that would be called `name`, if another one already is: the name and the first free number from 2.
    pub fn free_label(&self, name: &str) -> Option<Rc<str>> {
        let taken = |name: &str| self.nodes.iter().any(|n| n.name() == name);
        let numbered = || (2..).map(|n| format!("{name} {n}")).find(|name| !taken(name)).expect("a free number").into();
        taken(name).then(numbered)
    }

    /// A new node of this kind, with an id and a name of its own.
    pub fn fresh(&self, kind: KindId, x: f64, y: f64) -> Node {
        Node { label: self.free_label(kind.kind().name()), ..Node::new(self.free_id(kind), kind, x, y) }
    }
}

impl Node {
    /// What it does with what reaches it.
    pub fn behaviour(&self) -> Behaviour {
        self.kind.kind().behaviour
    }

    /// What it consists of, in a line or two, as its kind's table has it.
    pub fn facts(&self) -> Vec<String> {
        (self.kind.kind().facts)(&|key| self.param(key))
    }

    /// A node with the catalogue's defaults.
    pub fn new(id: NodeId, kind: KindId, x: f64, y: f64) -> Node {
        Node { id, kind, label: None, x, y, params: Vec::new() }
    }

    /// What the page calls it: its label, or the name of its kind.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(self.kind.kind().name())
    }

    /// A parameter's value: the node's own or the default.
    ///
    /// # Panics
    /// If the kind has no such parameter: a programmer's mistake.
    pub fn param(&self, key: &str) -> Value {
        match self.params.iter().find(|(k, _)| *k == key) {
            Some((_, value)) => value.clone(),
            None => self.kind.kind().param(key).unwrap_or_else(|| panic!("no parameter {key}")).default_value(),
        }
    }
}
