//! The crowd: those who stand in line before a component, and how many of those who asked there were turned away.

use crate::design::{Design, Node, NodeId};
use crate::kinds::Behaviour;
use crate::session::run::figures::Figures;
use crate::session::text::edit_captions::lower_first;

/// The crowd before a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// The component, and what leads into it from where they come, by their numbers in the design.
    pub before: usize,
    pub from: Vec<usize>,
    /// What those who come are called: `patients`.
    pub people: String,
    pub waiting: u64,
    /// Those who asked so far, and those of them who were turned away or gave up.
    pub came: u64,
    pub away: u64,
}

/// How many stand in line before a component that answers them; `None` where nobody does.
pub fn in_line(design: &Design, figures: &Figures, before: &NodeId) -> Option<u64> {
    let at = design.nodes.iter().position(|node| node.id == *before)?;
    let figure = figures.of(at).filter(|_| design.nodes[at].behaviour() == Behaviour::PassesOn)?;
    Some(figure.live.waiting).filter(|waiting| *waiting > 0)
}

/// All crowds of a design in a run.
pub fn crowds(design: &Design, figures: &Figures) -> Vec<Crowd> {
    let nodes = || design.nodes.iter().enumerate();
    let of = |(before, node): (usize, &std::rc::Rc<Node>)| {
        let figure = figures.of(before).filter(|_| node.behaviour() == Behaviour::PassesOn)?;
        let leads = |from: &str| design.edges.iter().any(|edge| &*edge.from == from && edge.to == node.id);
        let begins = |source: &Node| source.behaviour() == Behaviour::Source && leads(&source.id);
        let from: Vec<usize> = nodes().filter(|(_, source)| begins(source)).map(|(at, _)| at).collect();
        let live = || from.iter().filter_map(|at| figures.of(*at)).map(|figure| figure.live);
        Some(Crowd {
            before,
            people: lower_first(design.nodes.get(*from.first()?)?.name()),
            waiting: figure.live.waiting,
            came: live().map(|live| live.received).sum(),
            away: live().map(|live| live.failures.refused + live.failures.gave_up).sum(),
            from,
        })
    };
    nodes().filter_map(of).collect()
}
