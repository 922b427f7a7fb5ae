//! What is compiled in: the scenarios, the designs and the brief from `static/katas/waiting-room/`.

use super::Scenario;
use crate::design::Design;

/// The kata's texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub title: String,
    /// The story, a paragraph each.
    pub story: Vec<String>,
    pub constraints: Vec<String>,
    /// What the learner takes away.
    pub learn: Vec<String>,
    /// One paragraph for each scenario, by its id: what is different about it.
    pub scenarios: Vec<(String, String)>,
}

pub fn brief() -> &'static Brief {
    todo!()
}

/// The scenarios, in the order in which they are offered.
pub fn scenarios() -> &'static [Scenario] {
    todo!()
}

pub fn scenario(id: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|s| s.id == id)
}

/// A scenario's file as it was written.
pub fn scenario_file(_id: &str) -> Option<&'static str> {
    todo!()
}

/// A design that comes with the kata.
pub struct BuiltinDesign {
    pub id: &'static str,
    pub file: &'static str,
}

/// The designs that come with the kata; the first is the one a learner starts with.
pub fn designs() -> &'static [BuiltinDesign] {
    todo!()
}

/// The naive design with which a learner starts.
pub fn starting_design() -> Design {
    todo!()
}
