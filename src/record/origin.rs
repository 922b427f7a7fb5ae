//! What names a run: design, scenario, seed and the changes made by hand. With it a run can be made again, event by event.

use crate::say;
use std::rc::Rc;

use crate::design::compile::station_params;
use crate::design::{Code, Design, Node, Problem};
use crate::kata::{Analysis, Scenario};
use engine::Simulation;
use engine::sim::network::Change;
use engine::sim::time::Time;
use engine::simulation::may_change;

/// A run's name, in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// As it was when the run began.
    pub design: Rc<Design>,
    pub scenario: Rc<Scenario>,
    pub seed: u64,
    /// In order of time.
    pub changes: Vec<Changed>,
}

/// A component's parameters were changed by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The new parameters are in force just after this moment.
    pub at: Time,
    /// The component from then on; only its parameters differ from the design's.
    pub node: Rc<Node>,
}

/// The design that a run has at its end, after these changes.
pub fn at_the_end(design: &Design, changes: &[Changed]) -> Design {
    let mut last = design.clone();
    for changed in changes {
        if let Some(node) = last.nodes.iter_mut().find(|node| node.id == changed.node.id) {
            *node = changed.node.clone();
        }
    }
    last
}

impl Origin {
    /// The run, at its start.
    ///
    /// # Errors
    /// If the design does not run in the scenario, or a change does not fit the design.
    pub fn start(&self) -> Result<Simulation, Vec<Problem>> {
        self.start_analysed(&Analysis::new(self.design.clone(), self.scenario.clone()))
    }

    /// The same with the analysis of this design in this scenario.
    ///
    /// # Errors
    /// As [`Origin::start`].
    pub fn start_analysed(&self, analysis: &Analysis) -> Result<Simulation, Vec<Problem>> {
        let network = analysis.network().map_err(<[Problem]>::to_vec)?.clone();
        let mut changes = Vec::with_capacity(self.changes.len());
        let mut last = Time::ZERO;
        for Changed { at, node } in &self.changes {
            let station = self.design.nodes.iter().position(|n| n.id == node.id);
            let params = station_params(node, &self.scenario.given)?;
            let fits = |station: usize| may_change(&network.stations[station].params, &params) && *at >= last;
            let Some(station) = station.filter(|&station| fits(station)) else {
                let text = say!("run_record.misfit", part = node.name());
                let place = crate::design::Location::Node { id: node.id.to_string(), param: None };
                return Err(vec![Problem::error(Code::ChangeMisfit, place, text)]);
            };
            last = *at;
            changes.push(Change { at: *at, station, params });
        }
        Ok(Simulation::replay(network, self.seed, changes))
    }

    /// The component's parameters in force before the change at `index`.
    pub fn before(&self, index: usize) -> Option<&Rc<Node>> {
        let id = &self.changes.get(index)?.node.id;
        let earlier = self.changes[..index].iter().rev().find(|c| c.node.id == *id).map(|c| &c.node);
        earlier.or_else(|| self.design.node(id))
    }
}
