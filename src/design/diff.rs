//! What differs between two designs: components, their parameters, connections. Names and places are no difference.
//!
//! A component is the same in both where its id and kind are; one that is left over on either side is taken for the same where it is the
//! only one of its kind that is left over, as in designs that were drawn apart.

use std::rc::Rc;

use super::{Design, Edge, Node};

/// A difference, from the first design to the second.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// The second has this component, the first has not.
    Added(Rc<Node>),
    /// The first has it, the second has not.
    Removed(Rc<Node>),
    /// Both have it, with other parameters.
    Changed(Rc<Node>, Rc<Node>),
    /// Between components of both, the second has this connection.
    Connected(Rc<Node>, Rc<Node>),
    /// Between components of both, the first has it.
    Disconnected(Rc<Node>, Rc<Node>),
    /// Both have it, with these weights.
    Weighted(Rc<Node>, Rc<Node>, f64, f64),
}

/// What leads from the first design to the second: components of the second in their order, then those that are gone, then connections.
pub fn diff(first: &Design, second: &Design) -> Vec<Difference> {
    let pairs = pairs(first, second);
    let twin = |node: &Rc<Node>| pairs.iter().find(|(_, b)| b.id == node.id).map(|(a, _)| *a);
    let stays = |node: &Rc<Node>| pairs.iter().find(|(a, _)| a.id == node.id).map(|(_, b)| *b);
    let mut found = Vec::new();
    for node in &second.nodes {
        match twin(node) {
            None => found.push(Difference::Added(node.clone())),
            Some(before) if before.params != node.params => {
                found.push(Difference::Changed(before.clone(), node.clone()))
            }
            Some(_) => {}
        }
    }
    found.extend(first.nodes.iter().filter(|node| stays(node).is_none()).map(|node| Difference::Removed(node.clone())));
    let ends = |design: &Design, edge: &Edge| design.node(&edge.from).cloned().zip(design.node(&edge.to).cloned());
    for edge in &second.edges {
        let Some((from, to)) = ends(second, edge) else { continue };
        let Some((a, b)) = twin(&from).zip(twin(&to)) else { continue };
        match first.edge(&a.id, &b.id) {
            None => found.push(Difference::Connected(from, to)),
            Some(before) if before.weight != edge.weight => {
                found.push(Difference::Weighted(from, to, before.weight, edge.weight));
            }
            Some(_) => {}
        }
    }
    for edge in &first.edges {
        let Some((from, to)) = ends(first, edge) else { continue };
        let Some((a, b)) = stays(&from).zip(stays(&to)) else { continue };
        if second.edge(&a.id, &b.id).is_none() {
            found.push(Difference::Disconnected(from, to));
        }
    }
    found
}

/// Components that are the same, each as it is in both.
fn pairs<'a>(first: &'a Design, second: &'a Design) -> Vec<(&'a Rc<Node>, &'a Rc<Node>)> {
    let same =
        |node: &'a Rc<Node>| second.node(&node.id).filter(|other| other.kind == node.kind).map(|other| (node, other));
    let mut pairs: Vec<_> = first.nodes.iter().filter_map(same).collect();
    let left = |nodes: &'a [Rc<Node>], taken: &[&str]| -> Vec<&'a Rc<Node>> {
        nodes.iter().filter(|node| !taken.contains(&&*node.id)).collect()
    };
    let firsts: Vec<&str> = pairs.iter().map(|(a, _)| &*a.id).collect();
    let seconds: Vec<&str> = pairs.iter().map(|(_, b)| &*b.id).collect();
    let (here, there) = (left(&first.nodes, &firsts), left(&second.nodes, &seconds));
    for node in &here {
        let alike = |nodes: &[&'a Rc<Node>]| -> Vec<&'a Rc<Node>> {
            nodes.iter().copied().filter(|other| other.kind == node.kind).collect()
        };
        if let ([_], [other]) = (alike(&here).as_slice(), alike(&there).as_slice()) {
            pairs.push((node, other));
        }
    }
    pairs
}
