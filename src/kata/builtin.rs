//! What is compiled in: the scenarios, the designs and the brief from `static/katas/waiting-room/`.
//!
//! The files are data that a teacher may change. One that can't be read is a programmer's mistake and panics with its problems; a test reads
//! them all.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Scenario;
use crate::design::{Design, Problem, file};

/// The kata's texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    pub title: String,
    pub level: String,
    /// How long it takes: from … to.
    pub minutes: (u32, u32),
    pub domain: String,
    /// The story, a paragraph each.
    pub story: Vec<String>,
    pub constraints: Vec<String>,
    /// What the learner takes away.
    pub learn: Vec<String>,
    /// One paragraph for each scenario, by its id: what is different about it.
    pub scenarios: Vec<(String, String)>,
    /// What each goal means in a few words, by its metric's key.
    pub goals: Vec<(String, String)>,
}

impl Brief {
    /// What is different about a scenario.
    pub fn scenario(&self, id: &str) -> Option<&str> {
        self.scenarios.iter().find(|(key, _)| key == id).map(|(_, text)| text.as_str())
    }

    /// What a goal's metric means.
    pub fn goal(&self, metric: &str) -> Option<&str> {
        self.goals.iter().find(|(key, _)| key == metric).map(|(_, text)| text.as_str())
    }
}

/// A file of the kata, named by its path below the kata's directory.
macro_rules! kata_file {
    ($($part:literal),+) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/katas/waiting-room/", $($part),+))
    };
}

macro_rules! design_file {
    ($id:literal) => {
        BuiltinDesign { id: $id, file: kata_file!("designs/", $id, ".json") }
    };
}

macro_rules! scenario_file {
    ($id:literal) => {
        ($id, kata_file!("scenarios/", $id, ".json"))
    };
}

pub(super) const HINTS: &str = kata_file!("hints.json");
pub(super) const CHECKLIST: &str = kata_file!("checklist.json");
pub(super) const QUESTIONS: &str = kata_file!("questions.json");
pub(super) const GLOSSARY: &str = kata_file!("glossary.json");

/// The scenarios' ids and files, in the order in which they are offered.
const SCENARIOS: &[(&str, &str)] =
    &[scenario_file!("monday"), scenario_file!("slow-clinic"), scenario_file!("outage"), scenario_file!("flu-season")];

const DESIGNS: &[BuiltinDesign] = &[
    design_file!("naive"),
    design_file!("queue-60"),
    design_file!("queue-80"),
    design_file!("queue-300"),
    design_file!("retry-storm"),
    design_file!("demand"),
    design_file!("demand-1"),
    design_file!("demand-breaker"),
    design_file!("schedule"),
];

pub fn brief() -> &'static Brief {
    static BRIEF: OnceLock<Brief> = OnceLock::new();
    BRIEF.get_or_init(|| {
        serde_json::from_str(kata_file!("brief.json")).unwrap_or_else(|error| panic!("brief.json: {error}"))
    })
}

/// The scenarios, in the order in which they are offered.
pub fn scenarios() -> &'static [Scenario] {
    static ALL: OnceLock<Vec<Scenario>> = OnceLock::new();
    ALL.get_or_init(|| SCENARIOS.iter().map(|(id, text)| readable(id, Scenario::read(text))).collect())
}

pub fn scenario(id: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|s| s.id == id)
}

/// A scenario's file as it was written.
pub fn scenario_file(id: &str) -> Option<&'static str> {
    SCENARIOS.iter().find(|(key, _)| *key == id).map(|(_, text)| *text)
}

/// A design that comes with the kata.
pub struct BuiltinDesign {
    pub id: &'static str,
    pub file: &'static str,
}

impl BuiltinDesign {
    pub fn design(&self) -> Design {
        readable(self.id, file::read(self.file))
    }
}

/// The designs that come with the kata; the first is the one a learner starts with.
pub fn designs() -> &'static [BuiltinDesign] {
    DESIGNS
}

pub fn design(id: &str) -> Option<&'static BuiltinDesign> {
    DESIGNS.iter().find(|d| d.id == id)
}

/// The naive design with which a learner starts.
pub fn starting_design() -> Design {
    DESIGNS[0].design()
}

fn readable<T>(id: &str, read: Result<T, Vec<Problem>>) -> T {
    read.unwrap_or_else(|problems| {
        let all: Vec<_> = problems.iter().map(Problem::to_string).collect();
        panic!("the kata's own {id}.json can't be read:\n{}", all.join("\n"))
    })
}
