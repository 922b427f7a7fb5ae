//! The kata in hand: the one that the page holds, or that the command line was given.
//!
//! A program has one kata: [`load`] takes it before anything asks for it. Where nothing was loaded, it is the waiting room, if that was
//! compiled in (feature `builtin-kata`, part of `cli`): natively, for tests and for probes. The page has none compiled in.

use std::sync::OnceLock;

use super::folder::{DesignFile, Folder};
use super::learning::{Item, Term};
use super::lessons::Lesson;
use super::people::{self, Person};
use super::rungs::Rungs;
use super::{Brief, Scenario};
use crate::design::{Design, Node};
use crate::kinds::{KINDS, Kind, KindId};
use crate::vocabulary;

#[cfg(any(test, feature = "builtin-kata"))]
mod files;

static KATA: OnceLock<Folder> = OnceLock::new();
/// The same with all that it consists of, where the program began with less.
static WHOLE: OnceLock<Folder> = OnceLock::new();

/// Takes a kata, for as long as the program runs.
///
/// # Panics
/// If there is one already, or it was asked for: a programmer's mistake.
pub fn load(kata: Folder) {
    vocabulary::load(kata.words.clone());
    assert!(KATA.set(kata).is_ok(), "a kata is loaded once, before anything asks for it");
}

/// Takes the whole of the kata that the program began with a part of ([`Folder::read_beginning`]).
pub fn load_whole(kata: Folder) {
    drop(WHOLE.set(kata));
}

/// Everything the kata consists of; on a page whose second module is not here yet, what it began with.
///
/// # Panics
/// If there is none: a programmer's mistake.
pub fn whole() -> &'static Folder {
    WHOLE.get().unwrap_or_else(kata)
}

/// What the program began with: on a page, the kata without lessons, people, rungs and conditions; elsewhere, all of it.
///
/// # Panics
/// If there is none: a programmer's mistake.
pub fn kata() -> &'static Folder {
    KATA.get_or_init(compiled_in)
}

#[cfg(any(test, feature = "builtin-kata"))]
fn compiled_in() -> Folder {
    let lines = |faults: Vec<super::folder::KataFault>| faults.iter().map(|f| format!("{f}\n")).collect::<String>();
    Folder::read(files::FILES).unwrap_or_else(|faults| panic!("the kata can't be read:\n{}", lines(faults)))
}

#[cfg(not(any(test, feature = "builtin-kata")))]
fn compiled_in() -> Folder {
    panic!("no kata was loaded")
}

/// The kata's brief.
pub fn brief() -> &'static Brief {
    &kata().brief
}

/// The scenarios, in the order in which they are offered.
pub fn scenarios() -> &'static [Scenario] {
    &kata().scenarios
}

/// The scenario of this id.
pub fn scenario(id: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|s| s.id == id)
}

/// A scenario's file as it was written.
pub fn scenario_file(id: &str) -> Option<&'static str> {
    kata().scenario_file(id)
}

/// The designs of the kata; the first is the one a learner starts with.
pub fn designs() -> &'static [DesignFile] {
    &kata().designs
}

/// The design of this id.
pub fn design(id: &str) -> Option<&'static DesignFile> {
    designs().iter().find(|d| d.id == id)
}

/// What its designs are called.
pub fn design_names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| designs().iter().map(|file| file.design().name.to_string()).collect())
}

/// The one that a learner starts with, where it is another than the first.
static START: OnceLock<&'static DesignFile> = OnceLock::new();

/// From now on a learner starts with the design of this id; the first time counts.
pub fn start_with(id: &str) {
    if let Some(design) = design(id) {
        let _ = START.set(design);
    }
}

/// The design with which a learner starts.
pub fn starting_design() -> Design {
    START.get().copied().unwrap_or(&kata().designs[0]).design()
}

/// Whether that is the kata's own first design, which its opening words are about; not one that the address asks for.
pub fn starts_with_the_first() -> bool {
    START.get().is_none()
}

/// A new part for `design` as it comes in this kata, its top left corner at `x`, `y`.
pub fn part(design: &Design, kind: KindId, x: f64, y: f64) -> Node {
    kata().parts.furnished(design.fresh(kind, x, y))
}

/// The kinds of part that a learner with this design is offered.
pub fn offered(design: &Design) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().filter(|kind| kata().parts.offers(kind, design))
}

/// What a scenario teaches.
pub fn lesson(scenario: &str) -> Option<&'static Lesson> {
    whole().lessons.iter().find(|lesson| lesson.scenario == scenario)
}

/// Help, a rung at a time.
pub fn rungs() -> &'static Rungs {
    &whole().rungs
}

/// The person of a booking in the runs of a seed; `None` where the kata's people are not here yet.
pub fn person(seed: u64, booking: u64) -> Option<Person<'static>> {
    let people = &whole().people;
    (!people.names.is_empty()).then(|| people::person(people, seed, booking))
}

/// What there is to see and do, in the order in which a learner comes to it.
pub fn checklist() -> &'static [Item] {
    &kata().checklist
}

/// The words that the page explains.
pub fn glossary() -> &'static [Term] {
    &kata().glossary
}

/// What a word means.
pub fn meaning(term: &str) -> Option<&'static str> {
    glossary().iter().find(|t| t.term == term).map(|t| t.text.as_str())
}
