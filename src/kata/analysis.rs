//! A design in a scenario, worked out once: the network or what is wrong, how the nodes are joined, and each node's parameters.
//!
//! Whatever asks about a design (advice, a run, charts, a study) reads its analysis; the session makes one an edit. Compiling is the only way to
//! one. Knows no run.

use std::rc::Rc;
use std::sync::Arc;

use super::Scenario;
use crate::design::compile::{Compiled, Wiring, compile_whole};
use crate::design::{Design, Node, Problem};
use engine::sim::network::{Discipline, Network, Params, StationSpec};

/// What follows from a design and a scenario alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// What was compiled.
    pub design: Rc<Design>,
    /// In which world.
    pub scenario: Rc<Scenario>,
    /// The design's edges by node number.
    pub wiring: Wiring,
    /// By node; `None` where a parameter is out of range, which is an error already.
    pub params: Vec<Option<Params>>,
    network: Result<Arc<Network>, Vec<Problem>>,
}

impl Analysis {
    /// Compiles the design.
    pub fn new(design: impl Into<Rc<Design>>, scenario: impl Into<Rc<Scenario>>) -> Analysis {
        let (design, scenario) = (design.into(), scenario.into());
        let Compiled { wiring, params, network } = compile_whole(&design, &scenario.world, &scenario.given);
        Analysis { design, scenario, wiring, params, network: network.map(Arc::new) }
    }

    /// The same of a design that differs in its places only: nothing of it is worked out anew.
    pub fn moved(&self, design: Rc<Design>) -> Analysis {
        Analysis { design, ..self.clone() }
    }

    /// What runs; station `i` is node `i` of the design.
    ///
    /// # Errors
    /// Everything that stops the design from running, each at its node or edge.
    pub fn network(&self) -> Result<&Arc<Network>, &[Problem]> {
        self.network.as_ref().map_err(Vec::as_slice)
    }

    /// Whether the design can run.
    pub fn can_run(&self) -> bool {
        self.network.is_ok()
    }

    /// The most workers that there can be at a time; 0 for a design that can't run.
    pub fn most_workers(&self) -> u64 {
        let pools = self.stations().iter().filter_map(|s| s.params.pool());
        pools.map(|pool| pool.scaling.workers().1).sum()
    }

    /// All slots of all clinics; 0 for a design that can't run.
    pub fn slots(&self) -> u64 {
        let clinics = self.stations().iter().filter(|s| s.params.clinic().is_some());
        clinics.filter_map(|s| s.params.servers()).sum()
    }

    /// Whether the design has a queue, whether or not it can run.
    pub fn has_queue(&self) -> bool {
        self.params.iter().flatten().any(|params| params.queue().is_some())
    }

    /// Whether it has workers.
    pub fn has_workers(&self) -> bool {
        self.params.iter().flatten().any(|params| params.pool().is_some())
    }

    /// Whether it has an API.
    pub fn has_api(&self) -> bool {
        self.params.iter().flatten().any(|params| matches!(params, Params::Api(_)))
    }

    /// Whether it has a clinic.
    pub fn has_clinic(&self) -> bool {
        self.params.iter().flatten().any(|params| params.clinic().is_some())
    }

    /// Whether a queue gives its newest message first. `None` where an API has the clinics confirm beside the queues: what leaves those then
    /// can't be told from what passes them by.
    pub fn newest_first(&self) -> Option<bool> {
        let params = |id| self.number(id).and_then(|at| self.params[at].as_ref());
        let by_hand = self.design.edges.iter().any(|edge| {
            matches!(params(&edge.from), Some(Params::Api(_))) && params(&edge.to).is_some_and(|p| p.clinic().is_some())
        });
        let mut queues = self.stations().iter().filter_map(|s| s.params.queue());
        (!by_hand).then(|| queues.any(|queue| queue.discipline == Discipline::Lifo))
    }

    fn stations(&self) -> &[StationSpec] {
        self.network().map_or(&[], |network| &network.stations)
    }

    /// The number of a node in the design.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.design.nodes.iter().position(|n| &*n.id == id)
    }

    /// A node's parameters as its station works with them; `None` where one is out of range.
    pub fn params_of(&self, node: &Node) -> Option<&Params> {
        self.params[self.number(&node.id)?].as_ref()
    }
}

impl Scenario {
    /// The analysis of `design` in this scenario, of copies of both.
    pub fn analyse(&self, design: &Design) -> Analysis {
        Analysis::new(design.clone(), self.clone())
    }
}
