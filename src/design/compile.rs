//! From a design to a network: parameters with defaults and given values filled in, edges resolved, and every error found first.

use super::{Design, Problem};
use crate::kinds::{KindId, Value};
use crate::sim::network::{Network, World};

/// Parameters that the scenario gives: they override those of every node of a kind.
pub type Given = Vec<(KindId, Vec<(&'static str, Value)>)>;

/// The network of `design` in `world`, or every error that stops it from running. Station `i` of the network is node `i` of the design.
pub fn compile(_design: &Design, _world: &World, _given: &Given) -> Result<Network, Vec<Problem>> {
    todo!()
}
