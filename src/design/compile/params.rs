//! A node's parameters, checked and typed: from the catalogue's values to the simulation's, as the kind's table says.

use super::{Given, effective};
use crate::design::{Code, Location, Node, Problem};
use crate::kinds::check::{self, Fault, FaultCode};
use crate::say;
use engine::sim::network::Params;

/// The station parameters of a node, or every parameter that is not what the catalogue allows.
pub fn station_params(node: &Node, given: &Given) -> Result<Params, Vec<Problem>> {
    let problems = faults(node, given);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((node.kind.kind().station)(&|key| effective(node, given, key)))
}

fn faults(node: &Node, given: &Given) -> Vec<Problem> {
    let mut found = Vec::new();
    let kind = node.kind.kind();
    for (key, value) in &node.params {
        match kind.param(key) {
            Some(param) => check::check(&param.shape, value, key, &mut found),
            None => {
                let text = say!("design.not_a_parameter", kind = kind.name());
                found.push(Fault { code: FaultCode::UnknownField, path: (*key).to_owned(), text });
            }
        }
    }
    for param in kind.params.iter().filter(|p| !node.params.iter().any(|(key, _)| *key == p.key)) {
        check::check(&param.shape, &effective(node, given, param.key), param.key, &mut found);
    }
    let place = |path| Location::Node { id: node.id.to_string(), param: Some(path) };
    found.into_iter().map(|Fault { path, text, .. }| Problem::error(Code::Parameter, place(path), text)).collect()
}
