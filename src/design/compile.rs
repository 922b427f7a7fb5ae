//! From a design to a network: parameters with defaults and given values filled in, edges resolved, and every error found first.
//!
//! A network that comes out is complete and consistent, so nothing can fail while it runs. What would stop it comes out as errors instead,
//! each at its node or edge; warnings are for `advice::lint`.
//!
//! Knows scenarios only as a [`World`] and the parameters they give.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Code, Design, Location, Node, Problem};
use crate::kinds::{Behaviour, KindId, Value};
use engine::sim::network::{Network, Params, StationSpec, Target, World};

mod checks;
mod params;

/// The code of every error that a design can have.
pub const CODES: &[Code] = &[
    Code::DuplicateId,
    Code::EdgeToNowhere,
    Code::EdgeNotAllowed,
    Code::DuplicateEdge,
    Code::Weight,
    Code::Parameter,
    Code::NoPatients,
    Code::TooManyPatients,
    Code::NoClinic,
    Code::PatientsNowhere,
    Code::NoWayToClinic,
    Code::ApiNowhere,
    Code::PoolWithoutClinic,
    Code::Cycle,
];

/// Parameters that the scenario gives: they override those of every node of a kind.
pub type Given = Vec<(KindId, Vec<(&'static str, Value)>)>;

/// What compiling a design comes to: all that was worked out on the way to the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// The edges by node number.
    pub wiring: Wiring,
    /// By node; `None` where a parameter is out of range, which is an error already.
    pub params: Vec<Option<Params>>,
    /// The network, or every error that stops it from running.
    pub network: Result<Network, Vec<Problem>>,
}

/// The network of `design` in `world`. Station `i` of the network is node `i` of the design.
///
/// # Errors
/// Every error that stops it from running, each at its node or edge; see [`CODES`].
///
/// ```
/// use waiting_room::design::{Code, Design, compile, file};
/// use waiting_room::kata::Scenario;
///
/// let scenario = Scenario::read(r#"{"format":"waiting-room/scenario","version":1,"id":"quiet","name":"A quiet day",
///     "starts_at":"07:30","duration_s":600,"arrivals":{"process":"regular","curve":[[0,2]]}}"#).unwrap();
/// let design = file::read(r#"{"format":"waiting-room/design","version":1,
///     "nodes":[{"id":"patients","kind":"patients"},{"id":"api","kind":"api"},{"id":"clinic","kind":"clinic"}],
///     "edges":[{"from":"patients","to":"api"},{"from":"api","to":"clinic"}]}"#).unwrap();
///
/// let network = compile(&design, &scenario.world, &scenario.given).unwrap();
/// assert_eq!(network.stations.len(), design.nodes.len());
///
/// let problems = compile(&Design::default(), &scenario.world, &scenario.given).unwrap_err();
/// assert_eq!(problems[0].code, Code::NoPatients);
/// ```
pub fn compile(design: &Design, world: &World, given: &Given) -> Result<Network, Vec<Problem>> {
    compile_whole(design, world, given).network
}

/// The same, with the edges and parameters that it follows from.
pub fn compile_whole(design: &Design, world: &World, given: &Given) -> Compiled {
    #[cfg(test)]
    COMPILES.with(|n| n.set(n.get() + 1));
    let wiring = Wiring::new(design);
    let mut problems = wiring.problems.clone();
    let mut params = Vec::with_capacity(design.nodes.len());
    for node in &design.nodes {
        match station_params(node, given) {
            Ok(found) => params.push(Some(found)),
            Err(mut found) => {
                problems.append(&mut found);
                params.push(None);
            }
        }
    }
    checks::check(design, &wiring, &mut problems);
    let network = if problems.is_empty() { Ok(network(design, world, &wiring, &params)) } else { Err(problems) };
    Compiled { wiring, params, network }
}

fn network(design: &Design, world: &World, wiring: &Wiring, params: &[Option<Params>]) -> Network {
    let station = |(at, node): (usize, &std::rc::Rc<Node>)| StationSpec {
        id: Arc::from(&*node.id),
        params: params[at].clone().expect("no problem was found"),
        targets: wiring.targets[at].clone(),
    };
    Network { stations: design.nodes.iter().enumerate().map(station).collect(), world: world.clone() }
}

#[cfg(test)]
thread_local! {
    /// How many designs this thread has compiled: an edit compiles once, which a test of the session holds.
    pub(crate) static COMPILES: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// The parameters of one node as its station works with them. For changes during a run, too.
///
/// # Errors
/// Every parameter that is out of range.
pub fn station_params(node: &Node, given: &Given) -> Result<Params, Vec<Problem>> {
    params::station_params(node, given)
}

/// A node's parameter in a scenario: given, its own, or the default.
pub fn effective(node: &Node, given: &Given, key: &str) -> Value {
    let given = given.iter().find(|(kind, _)| *kind == node.kind);
    match given.and_then(|(_, params)| params.iter().find(|(k, _)| *k == key)) {
        Some((_, value)) => value.clone(),
        None => node.param(key),
    }
}

/// A design's edges by node number, and what is wrong with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Wiring {
    /// Where each node points, by the numbers of the nodes.
    pub targets: Vec<Vec<Target>>,
    /// Whether something that starts at the patients gets to this node.
    pub reached: Vec<bool>,
    problems: Vec<Problem>,
}

impl Wiring {
    /// Works out where edges lead; what is wrong with them becomes errors of the compiler.
    pub fn new(design: &Design) -> Wiring {
        let mut numbers = BTreeMap::new();
        let mut problems = Vec::new();
        for (number, node) in design.nodes.iter().enumerate() {
            if numbers.insert(&*node.id, number).is_some() {
                let text = format!("Two components have the id {}; each needs its own.", node.id);
                problems.push(Problem::error(Code::DuplicateId, at_node(node), text));
            }
        }
        let mut targets: Vec<Vec<Target>> = vec![Vec::new(); design.nodes.len()];
        for edge in &design.edges {
            let ends = (numbers.get(&*edge.from).copied(), numbers.get(&*edge.to).copied());
            match checks::edge_fault(design, edge, ends, &targets) {
                Some(problem) => problems.push(problem),
                None => {
                    let (from, to) = (ends.0.expect("checked"), ends.1.expect("checked"));
                    targets[from].push(Target { station: to, weight: edge.weight });
                }
            }
        }
        let starts = that(design, Behaviour::Source);
        let reached = reach(&targets, starts);
        Wiring { targets, reached, problems }
    }

    /// The nodes of a behaviour that `node` points to.
    pub fn targets_that<'a>(
        &'a self,
        design: &'a Design,
        node: usize,
        behaviour: Behaviour,
    ) -> impl Iterator<Item = usize> + 'a {
        self.targets[node].iter().map(|t| t.station).filter(move |&to| design.nodes[to].behaviour() == behaviour)
    }

    /// The nodes that point to `node`.
    pub fn sources(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.targets
            .iter()
            .enumerate()
            .filter(move |(_, ts)| ts.iter().any(|t| t.station == node))
            .map(|(from, _)| from)
    }
}

/// The numbers of the nodes of a behaviour.
pub fn that(design: &Design, behaviour: Behaviour) -> impl Iterator<Item = usize> + '_ {
    design.nodes.iter().enumerate().filter(move |(_, node)| node.behaviour() == behaviour).map(|(number, _)| number)
}

fn reach(targets: &[Vec<Target>], starts: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; targets.len()];
    let mut open: Vec<usize> = starts.collect();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut reached[node], true) {
            open.extend(targets[node].iter().map(|t| t.station));
        }
    }
    reached
}

fn at_node(node: &Node) -> Location {
    Location::Node { id: node.id.to_string(), param: None }
}
