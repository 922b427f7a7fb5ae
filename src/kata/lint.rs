//! Lint: errors and warnings about a design in a scenario, with figures, each at its component.
//!
//! Errors are the compiler's. Each warning is a small pure function of the design, the scenario and what follows from them ([`Context`]); it
//! cites the figure that triggers it. Nothing here is simulated.

use std::collections::BTreeMap;

use super::Scenario;
use crate::design::compile::{Wiring, station_params};
use crate::design::{Design, Place, Problem};
use crate::kinds::KindId;
use crate::sim::dist::Dist;
use crate::sim::network::{Api, Clinic, Consumers, Params, Target};

mod demand;
mod flow;
pub(super) mod pools;
mod retries;
pub(super) mod sizing;

pub use demand::Demand;

/// A rule: what it has to say about a design.
type Rule = fn(&Context<'_>, &mut Vec<Problem>);

/// All rules; one test each.
const RULES: &[Rule] = &[
    flow::acknowledgement_waits,
    flow::queue_nobody_reads,
    flow::unreached,
    sizing::too_few_workers,
    sizing::more_workers_than_slots,
    sizing::over_budget,
    retries::timeout_below_reply,
    retries::no_jitter,
    retries::no_dead_letters,
];

/// Everything there is to say about `design` in `scenario`: errors that stop a run first, then warnings, in the order of the design.
pub fn lint(design: &Design, scenario: &Scenario) -> Vec<Problem> {
    let mut problems = scenario.compile(design).err().unwrap_or_default();
    let context = Context::new(design, scenario);
    let mut warnings = Vec::new();
    for rule in RULES {
        rule(&context, &mut warnings);
    }
    let order: BTreeMap<&str, usize> = design.nodes.iter().enumerate().map(|(at, node)| (&*node.id, at)).collect();
    warnings.sort_by_key(|problem| match &problem.place {
        Place::Node { id, .. } => order.get(id.as_str()).copied(),
        _ => None,
    });
    problems.append(&mut warnings);
    problems
}

/// A design in its scenario, and what follows from both without a run.
pub(super) struct Context<'a> {
    pub(super) design: &'a Design,
    pub(super) scenario: &'a Scenario,
    pub(super) wiring: Wiring,
    /// By node; `None` where a parameter is out of range, which is an error already.
    pub(super) params: Vec<Option<Params>>,
    /// The share of all requests that comes to each API, queue and, by synchronous calls, clinic.
    pub(super) share: Vec<f64>,
    pub(super) demand: Demand,
}

impl<'a> Context<'a> {
    pub(super) fn new(design: &'a Design, scenario: &'a Scenario) -> Context<'a> {
        let wiring = Wiring::new(design);
        let params = design.nodes.iter().map(|node| station_params(node, &scenario.given).ok()).collect();
        let share = shares(design, &wiring.targets);
        Context { design, scenario, wiring, params, share, demand: Demand::new(&scenario.world) }
    }

    /// The reached nodes of a kind.
    pub(super) fn reached(&self, kind: KindId) -> impl Iterator<Item = usize> + '_ {
        (0..self.design.nodes.len()).filter(move |&n| self.design.nodes[n].kind == kind && self.wiring.reached[n])
    }

    pub(super) fn name(&self, node: usize) -> &str {
        self.design.nodes[node].name()
    }

    pub(super) fn place(&self, node: usize) -> Place {
        Place::Node { id: self.design.nodes[node].id.to_string(), param: None }
    }

    pub(super) fn param_place(&self, node: usize, param: &str) -> Place {
        Place::Node { id: self.design.nodes[node].id.to_string(), param: Some(param.to_owned()) }
    }

    /// The clinics that a node calls.
    pub(super) fn clinics(&self, node: usize) -> impl Iterator<Item = (Target, &Clinic)> + '_ {
        self.wiring.targets[node].iter().filter_map(|&target| Some((target, self.clinic(target.station)?)))
    }

    pub(super) fn clinic(&self, node: usize) -> Option<&Clinic> {
        match &self.params[node] {
            Some(Params::Clinic(clinic)) => Some(clinic),
            _ => None,
        }
    }

    pub(super) fn pool(&self, node: usize) -> Option<&Consumers> {
        match &self.params[node] {
            Some(Params::Consumers(pool)) => Some(pool),
            _ => None,
        }
    }

    pub(super) fn api(&self, node: usize) -> Option<&Api> {
        match &self.params[node] {
            Some(Params::Api(api)) => Some(api),
            _ => None,
        }
    }

    /// The limit of a goal, if the scenario has it.
    pub(super) fn goal(&self, metric: &str) -> Option<f64> {
        self.scenario.goals.iter().find(|g| g.metric.key == metric).map(|g| g.at_most)
    }
}

/// How the patients' requests split over APIs, queues and clinics. What a queue passes on splits by who is idle, so it is not followed.
fn shares(design: &Design, targets: &[Vec<Target>]) -> Vec<f64> {
    let mut share = vec![0.0; design.nodes.len()];
    for kind in [KindId::Patients, KindId::Api] {
        for (number, _) in design.nodes.iter().enumerate().filter(|(_, node)| node.kind == kind) {
            let own = if kind == KindId::Patients { 1.0 } else { share[number] };
            let total: f64 = targets[number].iter().map(|t| t.weight).sum();
            for target in &targets[number] {
                share[target.station] += own * target.weight / total;
            }
        }
    }
    share
}

/// A clinic's mean reply in seconds, without events.
pub(super) fn mean_reply_s(clinic: &Clinic) -> f64 {
    (clinic.base.millis() + clinic.variable.mean_ms()) / 1e3
}

/// A clinic's fastest reply in seconds, as far as its distribution bounds it.
pub(super) fn fastest_reply_s(clinic: &Clinic) -> f64 {
    let least = match clinic.variable {
        Dist::Uniform { min_ms, .. } => min_ms,
        Dist::Constant { mean_ms } => mean_ms,
        _ => 0.0,
    };
    (clinic.base.millis() + least) / 1e3
}

/// A clinic's slowest reply in seconds, without events; `None` if there is no slowest.
pub(super) fn slowest_reply_s(clinic: &Clinic) -> Option<f64> {
    Some((clinic.base.millis() + clinic.variable.max_ms()?) / 1e3)
}

/// All slots of a clinic component.
pub(super) fn slots(clinic: &Clinic) -> f64 {
    f64::from(clinic.clinics) * clinic.slots_per_clinic as f64
}
