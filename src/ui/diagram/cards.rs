//! All cards, in the order of the flow, which is the order of Tab: behind a card that is selected come the connections that leave it.
//!
//! Drawn anew only when something of them has changed; what costs more than a look is kept until the design or the connection under way is
//! another one.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use super::detail::Detail;
use super::{Rings, Scene, lines, part};
use crate::design::{Design, Node, NodeId, Problem};
use crate::kata::Scenario;
use crate::session::canvas::geometry;
use crate::session::text::card;
use crate::session::{Action, Figures, Gesture, Rect, Route, Selection};
use crate::ui::kit::{ByPtr, Widget, widget};
use crate::ui::late;

#[derive(PartialEq)]
pub struct Cards {
    design: ByPtr<Design>,
    scenario: ByPtr<Scenario>,
    problems: ByPtr<Vec<Problem>>,
    figures: Option<ByPtr<Figures>>,
    selection: ByPtr<Selection>,
    /// The component whose connections can have the focus, and where they run.
    stops: Option<(NodeId, ByPtr<Vec<Rc<Route>>>)>,
    /// How far a gesture has moved what is selected.
    offset: (f64, f64),
    /// Where a connection under way begins, and what it aims at.
    from: Option<NodeId>,
    aimed: Option<NodeId>,
    /// What acted in the last step.
    acted: Option<usize>,
    /// By component of the design: how it stands in what is missed.
    guilt: Vec<Option<&'static str>>,
    rings: Option<Rc<Rings>>,
    detail: Detail,
    dispatch: Callback<Action>,
}

widget!(Cards, use_cards);

impl Cards {
    pub fn of(scene: &Scene, dispatch: &Callback<Action>) -> Cards {
        let aimed = match &scene.gesture {
            Gesture::Connecting { target, .. } => target.clone(),
            _ => None,
        };
        Cards {
            design: scene.design.clone(),
            scenario: scene.scenario.clone(),
            problems: scene.problems.clone(),
            figures: scene.figures.clone(),
            selection: scene.selection.clone(),
            stops: stops_of(&scene.selection).map(|id| (id.clone(), scene.routes.clone())),
            offset: scene.offset(true),
            from: scene.gesture.connecting_from().cloned(),
            aimed,
            acted: scene.acted,
            guilt: scene.design.nodes.iter().map(|node| scene.guilt(&node.id)).collect(),
            rings: scene.rings.clone(),
            detail: Detail::at(scene.view.zoom),
            dispatch: dispatch.clone(),
        }
    }
}

/// The component whose connections can have the focus: the one that is selected, or that the selected connection leaves. One component's at a
/// time, so that Tab goes through a large design in as many steps as it has components.
fn stops_of(selection: &Selection) -> Option<&NodeId> {
    selection.only_node().or(selection.only_edge().map(|(from, _)| from))
}

/// What follows from the design and costs more than a look.
struct Outline {
    order: Vec<usize>,
    /// What each component leads to, in words.
    leads: Vec<AttrValue>,
}

#[hook]
fn use_cards(props: &Cards) -> Html {
    let outline = use_memo(props.design.clone(), |design| outline(design));
    let targets = use_memo((props.design.clone(), props.from.clone()), |(design, from)| match from {
        Some(from) => targets(design, from),
        None => Vec::new(),
    });
    // Names of other scripts are measured from then on.
    let measured = late::use_state().is_here();
    let faulty: HashSet<&str> = props.problems.iter().filter_map(|p| card::place_of(p)).collect();
    let taken: HashSet<&str> = props.selection.nodes.iter().map(|id| &**id).collect();
    let mut all = Vec::with_capacity(outline.order.len());
    let gone = props.figures.as_ref().map(|f| f.at.seconds() / props.scenario.world.duration.seconds().max(1e-9));
    let mut on_top = Vec::new();
    for (rank, &index) in outline.order.iter().enumerate() {
        let node = &props.design.nodes[index];
        let selected = taken.contains(&*node.id);
        let offset = if selected { props.offset } else { (0.0, 0.0) };
        let problems = if faulty.contains(&*node.id) { Some(props.problems.clone()) } else { None };
        let body = part::Body {
            node: node.into(),
            scenario: props.scenario.clone(),
            problems,
            leads: outline.leads[index].clone(),
            figure: props.figures.as_ref().and_then(|f| f.of(index)),
            gone: gone.filter(|_| node.kind.kind().card == crate::kinds::Card::Source),
            detail: props.detail,
            measured,
            selected,
            aimed: props.aimed.as_ref() == Some(&node.id),
            acted: props.acted == Some(index),
            guilt: props.guilt.get(index).copied().flatten(),
            ringed: props.rings.as_ref().is_some_and(|rings| rings.nodes.contains(&node.id)),
            dispatch: props.dispatch.clone(),
        };
        if selected && is_covered(props, &outline.order[rank + 1..], node, &taken) {
            on_top.push(part::lifted(&body, offset));
        }
        all.push(part::Card { body, offset, target: targets.get(index).cloned().flatten() }.keyed(&node.id));
        if let Some((_, routes)) = props.stops.as_ref().filter(|(id, _)| *id == node.id) {
            all.extend(lines::stops(&props.design, routes, &props.selection, &node.id, &props.dispatch));
        }
    }
    all.into_iter().chain(on_top).collect()
}

/// Whether a selected component lies under one that is drawn after it.
fn is_covered(props: &Cards, later: &[usize], node: &Node, taken: &HashSet<&str>) -> bool {
    let (dx, dy) = props.offset;
    let own = geometry::rect(node);
    let area = Rect { x: own.x + dx, y: own.y + dy, ..own };
    let others = later.iter().map(|i| &props.design.nodes[*i]).filter(|other| !taken.contains(&*other.id));
    others.map(|other| geometry::rect(other)).any(|other| other.touches(area))
}

fn outline(design: &Design) -> Outline {
    let names: HashMap<&str, &str> = design.nodes.iter().map(|n| (&*n.id, n.name())).collect();
    let mut leads: HashMap<&str, Vec<&str>> = HashMap::new();
    for edge in &design.edges {
        leads.entry(&edge.from).or_default().extend(names.get(&*edge.to));
    }
    let words = |id: &str| {
        let names = leads.get(id).into_iter().flatten().map(|name| (*name).to_owned());
        let all = names.reduce(|a, b| say!("stage.and", a, b));
        all.map_or(String::new(), |to| say!("diagram.leads", to))
    };
    Outline {
        order: geometry::in_flow_order(design),
        leads: design.nodes.iter().map(|n| AttrValue::from(words(&n.id))).collect(),
    }
}

/// For each component but the one that it begins at, whether a connection may lead there; otherwise why not.
fn targets(design: &Design, from: &NodeId) -> Vec<Option<Result<(), AttrValue>>> {
    let may = |id: &NodeId| design.may_connect(from, id).map_err(|why| AttrValue::from(why.to_string()));
    design.nodes.iter().map(|n| (n.id != *from).then(|| may(&n.id))).collect()
}
