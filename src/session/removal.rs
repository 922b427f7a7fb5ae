//! Deleting: what is selected goes, but for what is given. Patients and clinic are the kata's, so the last of each stays, however it was to go.

use super::{Offer, Session};
use crate::design::{Design, Edit, Node, NodeId};
use crate::say;
use crate::session::gestures::gesture::Gesture;
use crate::session::gestures::insertion;
use crate::session::text::edit_captions;

/// Of the nodes to remove those that go, and those that stay: the last of a kind that is given.
pub(super) fn split(design: &Design, nodes: &[NodeId]) -> (Vec<NodeId>, Vec<NodeId>) {
    let others_left = |node: &Node| design.nodes.iter().any(|n| n.kind == node.kind && !nodes.contains(&n.id));
    let (mut goes, mut stays) = (Vec::new(), Vec::new());
    for id in nodes {
        let Some(node) = design.node(id) else { continue };
        let first_of_all = design.nodes.iter().find(|n| n.kind == node.kind).is_some_and(|first| first.id == *id);
        let stays_here = node.kind.is_given() && !others_left(node) && first_of_all;
        if stays_here { stays.push(id.clone()) } else { goes.push(id.clone()) }
    }
    (goes, stays)
}

/// Whether a part may be deleted: what is given stays.
pub fn may_delete(design: &Design, node: &NodeId) -> bool {
    split(design, std::slice::from_ref(node)).1.is_empty()
}

impl Session {
    /// Makes an edit that comes from outside, without what it may not remove; where nothing of it is left, that is said.
    pub(super) fn edit_from_outside(&mut self, edit: Edit, burst: Option<&str>) {
        let Edit::Remove { nodes, edges } = edit else {
            self.edit(&edit, burst);
            return;
        };
        let (goes, stays) = split(self.history.now(), &nodes);
        if goes.is_empty() && edges.is_empty() && !stays.is_empty() {
            return self.refuse(self.why_they_stay(&stays));
        }
        self.edit(&Edit::Remove { nodes: goes, edges }, burst);
    }

    pub(super) fn delete_selection(&mut self) {
        self.gesture = Gesture::Idle;
        if self.selection.is_empty() {
            return self.refuse(say!("edit.nothing_selected"));
        }
        let (nodes, stays) = split(self.history.now(), &self.selection.nodes);
        let edges = self.selection.edges.clone();
        if nodes.is_empty() && edges.is_empty() {
            return self.refuse(self.why_they_stay(&stays));
        }
        let gap = insertion::gap(self.history.now(), &nodes);
        let edit = Edit::Remove { nodes, edges };
        let what = edit_captions::of(&edit, self.history.now());
        if !self.edit(&edit, None) {
            return;
        }
        let now = self.history.now();
        let name = |id: &NodeId| now.node(id).map_or(String::new(), |n| n.name().to_owned());
        let closes = gap.filter(|(from, to)| now.may_connect(from, to).is_ok());
        self.offer =
            closes.map(|(from, to)| Offer { label: say!("edit.offer", from = name(&from), to = name(&to)), from, to });
        let more = self.offer.as_ref().map_or(String::new(), |o| format!(" {}?", o.label));
        let stay = if stays.is_empty() { String::new() } else { format!(" {}", self.why_they_stay(&stays)) };
        self.say_done(format!("{}{stay}{more}", say!("edit.done", what)));
    }

    /// `Patients and Clinic stay: they are given.`
    fn why_they_stay(&self, stays: &[NodeId]) -> String {
        let now = self.history.now();
        let names: Vec<_> = stays.iter().filter_map(|id| now.node(id)).map(|node| node.name()).collect();
        match names.as_slice() {
            [one] => say!("edit.is_given", part = one),
            all => {
                let parts = all.iter().map(ToString::to_string).reduce(|a, b| say!("chart.and", a, b));
                say!("edit.are_given", parts = parts.unwrap_or_default())
            }
        }
    }
}
