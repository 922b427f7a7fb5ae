//! Copy and paste: components with the connections between them. A copy has ids of its own and lies a little further away each time.

use crate::say;
use std::rc::Rc;

use crate::design::{Design, Edge, Edit, Node, NodeId, file};
use crate::session::Session;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::Point;
use crate::session::canvas::selection::Selection;

/// How far a pasted copy lies from what was copied.
const PASTE_OFFSET: f64 = 24.0;

/// What was copied, as the text of a design file: it can be saved or sent as it is.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Clipboard {
    text: Option<String>,
    /// How often it was pasted beside what was copied: each copy lies further away.
    pasted: u32,
}

impl Session {
    pub(in crate::session) fn copy(&mut self) {
        let design = self.history.now();
        let taken = |id: &NodeId| self.selection.has_node(id);
        if self.selection.nodes.is_empty() {
            return self.refuse(say!("edit.select_first"));
        }
        let part = Design {
            name: "".into(),
            nodes: design.nodes.iter().filter(|n| taken(&n.id)).cloned().collect(),
            edges: design.edges.iter().filter(|e| taken(&e.from) && taken(&e.to)).cloned().collect(),
        };
        self.clipboard = Clipboard { text: Some(file::write(&part)), pasted: 0 };
    }

    /// Pastes with the middle at a point of the canvas, or a little beside what was copied.
    pub(in crate::session) fn paste(&mut self, at: Option<Point>) {
        if !self.may_edit() {
            return;
        }
        let Some(text) = &self.clipboard.text else { return self.refuse(say!("edit.nothing_copied")) };
        let part = match file::read(text) {
            Ok(part) => part,
            Err(problems) => {
                let why = problems.first().map_or("", |p| p.text.as_str()).to_owned();
                return self.refuse(say!("edit.cant_paste", why));
            }
        };
        let (dx, dy) = match at.filter(|at| at.is_finite()) {
            Some(at) => {
                let (to, from) = (self.view.to_diagram(at), geometry::bounds(&part).middle());
                (to.x - from.x, to.y - from.y)
            }
            None => {
                self.clipboard.pasted += 1;
                let by = PASTE_OFFSET * f64::from(self.clipboard.pasted);
                (by, by)
            }
        };
        let (edit, ids) = copies(self.history.now(), &part, (dx, dy));
        if !self.edit_as(&edit, say!("edit.paste"), None) {
            return;
        }
        let count = ids.len();
        self.set_selection(Selection { nodes: ids, edges: Vec::new() }.within(self.history.now()));
        self.say_done(say!("edit.pasted", plural = count, n = count));
    }
}

/// The edit that adds a copy of a part so far from where it lies, and the copies' ids.
fn copies(design: &Design, part: &Design, (dx, dy): (f64, f64)) -> (Edit, Vec<NodeId>) {
    let mut taken = design.clone();
    let mut nodes = Vec::with_capacity(part.nodes.len());
    for node in &part.nodes {
        let id = taken.free_id(node.kind);
        let (x, y) = (geometry::snap(node.x + dx), geometry::snap(node.y + dy));
        let name = node.name().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        let name = if name.is_empty() { node.name() } else { name };
        let label = taken.free_label(name).or_else(|| node.label.clone());
        let copy = Node { id, label, x, y, ..(**node).clone() };
        taken.nodes.push(Rc::new(copy.clone()));
        nodes.push(copy);
    }
    let copy_of = |old: &NodeId| {
        let at = part.nodes.iter().position(|n| n.id == *old).expect("a copied end");
        nodes[at].id.clone()
    };
    let edge = |e: &Edge| Edge { from: copy_of(&e.from), to: copy_of(&e.to), weight: e.weight };
    let edges = part.edges.iter().map(edge).collect();
    let ids = nodes.iter().map(|n| n.id.clone()).collect();
    (Edit::AddAll { nodes, edges }, ids)
}
