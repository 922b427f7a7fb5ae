//! Lint: errors and warnings about a design in a scenario, with figures, each at its component.

use super::Scenario;
use crate::design::{Design, Problem};

/// Everything there is to say about `design` in `scenario`: errors that stop a run first, then warnings, in the order of the design.
pub fn lint(_design: &Design, _scenario: &Scenario) -> Vec<Problem> {
    todo!()
}
