//! The kata that is compiled in: the files of `static/katas/waiting-room/`, or of the folder that the build was told to take.
//!
//! The files are data that a teacher may change. A folder that can't be read is a programmer's mistake and panics with all its faults; a test
//! reads it first.

use std::sync::OnceLock;

use super::figures::RunFigures;
use super::folder::{DesignFile, Folder};
use super::learning::{Item, Term};
use super::{Brief, Scenario};
use crate::design::Design;

/// Every file of the kata, by its path below its folder.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/kata_files.rs"));

/// Everything the kata consists of.
pub fn kata() -> &'static Folder {
    static KATA: OnceLock<Folder> = OnceLock::new();
    KATA.get_or_init(|| {
        Folder::read(FILES).unwrap_or_else(|faults| panic!("the kata can't be read:\n{}", faults.join("\n")))
    })
}

pub fn brief() -> &'static Brief {
    &kata().brief
}

/// The scenarios, in the order in which they are offered.
pub fn scenarios() -> &'static [Scenario] {
    &kata().scenarios
}

pub fn scenario(id: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|s| s.id == id)
}

/// A scenario's file as it was written.
pub fn scenario_file(id: &str) -> Option<&'static str> {
    let path = format!("scenarios/{id}.json");
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The designs that come with the kata; the first is the one a learner starts with.
pub fn designs() -> &'static [DesignFile] {
    &kata().designs
}

pub fn design(id: &str) -> Option<&'static DesignFile> {
    designs().iter().find(|d| d.id == id)
}

/// The design with which a learner starts.
pub fn starting_design() -> Design {
    kata().designs[0].design()
}

/// The three hints of a scenario.
pub fn hints(scenario: &str) -> Option<&'static [String; 3]> {
    kata().hints.iter().find(|h| h.scenario == scenario).map(|h| &h.steps)
}

/// What there is to see and do, in the order in which a learner comes to it.
pub fn checklist() -> &'static [Item] {
    &kata().checklist
}

/// The most questions that one run raises.
pub const MOST_QUESTIONS: usize = 3;

/// The questions that a run raises, with its figures.
pub fn questions(run: RunFigures<'_>) -> Vec<String> {
    kata().questions.iter().filter(|q| q.when.holds(run)).take(MOST_QUESTIONS).map(|q| q.text.with(run)).collect()
}

/// The words that the page explains.
pub fn glossary() -> &'static [Term] {
    &kata().glossary
}

/// What a word means.
pub fn meaning(term: &str) -> Option<&'static str> {
    glossary().iter().find(|t| t.term == term).map(|t| t.text.as_str())
}
