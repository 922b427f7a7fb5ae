//! The errors in how a design is put together: what a run can't start with.

use super::{Wiring, at_node, that};
use crate::design::{Code, Design, Edge, Location, MAX_WEIGHT, Problem};
use crate::kinds::Behaviour;
use crate::kinds::check::{grouped, why_not};
use crate::say;
use engine::sim::network::Target;

/// What is wrong with one edge, given the nodes at its ends and the edges before it.
pub fn edge_fault(
    design: &Design,
    edge: &Edge,
    ends: (Option<usize>, Option<usize>),
    before: &[Vec<Target>],
) -> Option<Problem> {
    let place = || Location::Edge { from: edge.from.to_string(), to: edge.to.to_string() };
    let fault = |code, text: String| Some(Problem::error(code, place(), text));
    let (Some(from), Some(to)) = ends else {
        let missing = if ends.0.is_none() { &edge.from } else { &edge.to };
        return fault(Code::EdgeToNowhere, say!("design.no_component", id = missing));
    };
    let (a, b) = (design.nodes[from].kind, design.nodes[to].kind);
    if !a.may_point_to(b) {
        return fault(Code::EdgeNotAllowed, why_not(a, b));
    }
    if before[from].iter().any(|t| t.station == to) {
        return fault(Code::DuplicateEdge, say!("design.twice").to_owned());
    }
    if !(edge.weight > 0.0 && edge.weight <= MAX_WEIGHT) {
        let most = grouped(MAX_WEIGHT);
        return fault(Code::Weight, say!("design.weight", weight = edge.weight, most));
    }
    None
}

/// Adds every error in how the components are joined.
pub fn check(design: &Design, wiring: &Wiring, problems: &mut Vec<Problem>) {
    patients(design, problems);
    way_to_a_clinic(design, wiring, problems);
    apis(design, wiring, problems);
    pools(design, wiring, problems);
    cycle(design, wiring, problems);
}

fn patients(design: &Design, problems: &mut Vec<Problem>) {
    let mut all = that(design, Behaviour::Source);
    let Some(first) = all.next() else {
        let text = say!("design.no_people").to_owned();
        return problems.push(Problem::error(Code::NoPatients, Location::Whole, text));
    };
    for extra in all {
        let text = say!("design.one_people", name = design.nodes[first].name());
        problems.push(Problem::error(Code::TooManyPatients, at_node(&design.nodes[extra]), text));
    }
}

fn way_to_a_clinic(design: &Design, wiring: &Wiring, problems: &mut Vec<Problem>) {
    let Some(patients) = that(design, Behaviour::Source).next() else { return };
    let node = &design.nodes[patients];
    if that(design, Behaviour::Answers).next().is_none() {
        let text = say!("design.no_service").to_owned();
        return problems.push(Problem::error(Code::NoClinic, Location::Whole, text));
    }
    if wiring.targets[patients].is_empty() {
        let text = say!("design.no_way_in").to_owned();
        return problems.push(Problem::error(Code::PatientsNowhere, at_node(node), text));
    }
    if !that(design, Behaviour::Answers).any(|clinic| wiring.reached[clinic]) {
        let text = say!("design.no_way").to_owned();
        problems.push(Problem::error(Code::NoWayToClinic, at_node(node), text));
    }
}

fn apis(design: &Design, wiring: &Wiring, problems: &mut Vec<Problem>) {
    for api in that(design, Behaviour::PassesOn).filter(|&api| wiring.reached[api] && wiring.targets[api].is_empty()) {
        let node = &design.nodes[api];
        let text = say!("design.api_nowhere", name = node.name());
        problems.push(Problem::error(Code::ApiNowhere, at_node(node), text));
    }
}

fn pools(design: &Design, wiring: &Wiring, problems: &mut Vec<Problem>) {
    for pool in that(design, Behaviour::Fetches).filter(|&pool| wiring.reached[pool]) {
        if wiring.targets_that(design, pool, Behaviour::Answers).next().is_none() {
            let node = &design.nodes[pool];
            let text = say!("design.pool_nowhere", name = node.name());
            problems.push(Problem::error(Code::PoolWithoutClinic, at_node(node), text));
        }
    }
}

/// The catalogue's table has no cycle; this holds even if a kind to come opens one.
fn cycle(design: &Design, wiring: &Wiring, problems: &mut Vec<Problem>) {
    let mut incoming = vec![0_usize; design.nodes.len()];
    for target in wiring.targets.iter().flatten() {
        incoming[target.station] += 1;
    }
    let mut open: Vec<usize> = (0..incoming.len()).filter(|&node| incoming[node] == 0).collect();
    let mut left = incoming.len();
    while let Some(node) = open.pop() {
        left -= 1;
        for target in &wiring.targets[node] {
            incoming[target.station] -= 1;
            if incoming[target.station] == 0 {
                open.push(target.station);
            }
        }
    }
    if left > 0 {
        let node = incoming.iter().position(|&n| n > 0).expect("a node on a cycle");
        let text = say!("design.cycle");
        problems.push(Problem::error(Code::Cycle, at_node(&design.nodes[node]), text));
    }
}
