//! A scenario: the world a design is put into. Read from a file like a design, with every fault at once.

use crate::design::compile::Given;
use crate::design::{Design, Problem, compile};
use crate::format;
use crate::kinds::{KindId, Value};
use engine::sim::network::{EventKind, Network, World};

use super::goal::Goal;

mod read;

/// Arrivals, events, prices, goals, and the parameters that the learner does not own.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub id: String,
    pub name: String,
    /// Seconds after midnight at which the run starts.
    pub starts_at_s: u32,
    pub world: World,
    /// What overrides the parameters of every node of a kind: locked in the page.
    pub given: Given,
    pub goals: Vec<Goal>,
}

impl Scenario {
    /// Reads a scenario file. On failure: every problem, with its place in the file.
    pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
        read::read(text)
    }

    /// The network of `design` in this scenario, or every error that stops it.
    pub fn compile(&self, design: &Design) -> Result<Network, Vec<Problem>> {
        compile(design, &self.world, &self.given)
    }

    /// The given value of a parameter, if the scenario gives one.
    pub fn given(&self, kind: KindId, key: &str) -> Option<&Value> {
        self.given.iter().find(|(k, _)| *k == kind)?.1.iter().find(|(k, _)| *k == key).map(|(_, v)| v)
    }
}

/// What an event is, in words: `clinic slow × 2.5`.
pub fn event_name(what: &EventKind) -> String {
    match what {
        EventKind::Surge(factor) => format!("demand × {}", format::number(*factor, 2)),
        EventKind::Slow(factor) => format!("clinic slow × {}", format::number(*factor, 2)),
        EventKind::Errors(rate) => format!("clinic fails {}", format::share(*rate)),
        EventKind::Outage => "clinic dark".to_owned(),
    }
}
