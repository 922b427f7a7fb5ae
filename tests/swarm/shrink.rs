//! Makes a failing case small: takes away what the failure does not need.
//!
//! Components, connections, parameters (which then have their default), events and points of the curve go one after another, and the time is
//! halved, as long as what is left is a legal case that still fails. That is all of Zeller's *Simplifying failing test cases* (1999) that cases
//! of this size need.

use serde_json::{Value, json};

/// A design file, a scenario file and a seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub design: Value,
    pub scenario: Value,
    pub seed: u64,
}

/// The smallest case found that still fails.
pub fn shrink(mut case: Case, fails: &dyn Fn(&Case) -> bool) -> Case {
    while let Some(smaller) = smaller(&case).into_iter().find(|smaller| fails(smaller)) {
        case = smaller;
    }
    case
}

/// All cases that are one step smaller, the largest steps first.
fn smaller(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    let length = |value: &Value| value.as_array().map_or(0, Vec::len);
    let duration = case.scenario["duration_s"].as_f64().unwrap_or(1.0);
    if duration > 2.0 {
        found.push(changed(case, |case| case.scenario["duration_s"] = json!((duration / 2.0).ceil())));
    }
    for node in 0..length(&case.design["nodes"]) {
        found.push(changed(case, |case| remove_node(&mut case.design, node)));
    }
    for edge in 0..length(&case.design["edges"]) {
        found.push(changed(case, |case| remove(&mut case.design["edges"], edge)));
    }
    for event in 0..length(&case.scenario["events"]) {
        found.push(changed(case, |case| remove(&mut case.scenario["events"], event)));
    }
    let points = length(&case.scenario["arrivals"]["curve"]);
    for point in 0..if points > 1 { points } else { 0 } {
        found.push(changed(case, |case| remove(&mut case.scenario["arrivals"]["curve"], point)));
    }
    for node in 0..length(&case.design["nodes"]) {
        let params = case.design["nodes"][node]["params"].as_object();
        for name in params.into_iter().flat_map(|params| params.keys()) {
            found.push(changed(case, |case| {
                case.design["nodes"][node]["params"].as_object_mut().expect("parameters").remove(name);
            }));
        }
    }
    found
}

fn changed(case: &Case, change: impl FnOnce(&mut Case)) -> Case {
    let mut case = case.clone();
    change(&mut case);
    case
}

fn remove(list: &mut Value, at: usize) {
    list.as_array_mut().expect("a list").remove(at);
}

fn remove_node(design: &mut Value, node: usize) {
    let id = design["nodes"][node]["id"].clone();
    remove(&mut design["nodes"], node);
    design["edges"].as_array_mut().expect("edges").retain(|edge| edge["from"] != id && edge["to"] != id);
}
