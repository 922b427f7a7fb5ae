//! A kata's folder: every file of one exercise, read together and checked against each other.
//!
//! `kata.json` lists the scenarios and designs in the order in which they are offered; the first of each is what a learner opens with. Reading
//! tells every fault at once, a sentence each, with its file; it never panics. It does not simulate: whether the exercise can be mastered is
//! what `kata author` finds out.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::brief::Brief;
use super::learning::{self, Hints, Item, Question, Term};
use super::scenario::Scenario;
use crate::design::{Design, Problem, file};

/// Everything that one exercise consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Folder {
    /// Small letters, digits and hyphens: tells what a browser keeps of this kata from what it keeps of others.
    pub id: String,
    pub brief: Brief,
    /// In the order in which they are offered; at least one.
    pub scenarios: Vec<Scenario>,
    /// In the order in which they are offered; at least one.
    pub designs: Vec<DesignFile>,
    pub hints: Vec<Hints>,
    pub checklist: Vec<Item>,
    pub questions: Vec<Question>,
    pub glossary: Vec<Term>,
}

/// A design of the kata: its file, which can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignFile {
    pub id: String,
    pub file: String,
}

impl DesignFile {
    pub fn design(&self) -> Design {
        file::read(&self.file).expect("it was read before")
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u32,
    id: String,
    scenarios: Vec<String>,
    designs: Vec<String>,
}

const FORMAT: &str = "waiting-room/kata";
const VERSION: u32 = 1;
const MANIFEST: &str = "kata.json";
/// Letters of an id at most.
const MAX_ID: usize = 40;

impl Folder {
    /// Reads a kata from its files: their paths below the folder (`scenarios/monday.json`) and their texts.
    ///
    /// # Errors
    /// Every fault in a sentence that begins with its file.
    pub fn read(files: &[(&str, &str)]) -> Result<Folder, Vec<String>> {
        let mut reader = Reader { files: files.iter().copied().collect(), faults: Vec::new() };
        let manifest = reader.manifest();
        let scenarios = reader.all("scenarios", &manifest.scenarios, Scenario::read);
        let keep = |text: &str| file::read(text).map(|_| text.to_owned());
        for (id, scenario) in scenarios.iter().filter(|(id, scenario)| *id != scenario.id) {
            let own = &scenario.id;
            reader.faults.push(format!("scenarios/{id}.json: its id is “{own}”; it must be that of the file, “{id}”"));
        }
        let designs = reader.all("designs", &manifest.designs, keep);
        let folder = Folder {
            id: manifest.id,
            brief: reader.one("brief.json", Brief::read).unwrap_or_default(),
            scenarios: scenarios.into_iter().map(|(_, scenario)| scenario).collect(),
            designs: designs.into_iter().map(|(id, file)| DesignFile { id, file }).collect(),
            hints: reader.one("hints.json", learning::read_hints).unwrap_or_default(),
            checklist: reader.one("checklist.json", learning::read_checklist).unwrap_or_default(),
            questions: reader.one("questions.json", learning::read_questions).unwrap_or_default(),
            glossary: reader.one("glossary.json", learning::read_glossary).unwrap_or_default(),
        };
        let mut faults = reader.finish();
        // What the files say of each other can be judged only once each can be read.
        if faults.is_empty() {
            folder.examine(&mut faults);
        }
        if faults.is_empty() { Ok(folder) } else { Err(faults) }
    }

    /// What the files say of each other.
    fn examine(&self, faults: &mut Vec<String>) {
        let mut fault = |text: String| faults.push(text);
        let brief = &self.brief;
        for scenario in &self.scenarios {
            let id = &scenario.id;
            if brief.scenario(id).is_none_or(str::is_empty) {
                fault(format!("brief.json: scenarios has no paragraph for “{id}”"));
            }
            if !self.hints.iter().any(|hints| hints.scenario == *id) {
                fault(format!("hints.json: there are no hints for “{id}”"));
            }
            for goal in scenario.goals.iter().filter(|goal| brief.goal(goal.metric.key).is_none()) {
                fault(format!("brief.json: goals does not say what {} means, a goal of “{id}”", goal.metric.key));
            }
            for design in &self.designs {
                for problem in scenario.compile(&design.design()).err().unwrap_or_default() {
                    fault(format!("designs/{}.json: in “{id}”: {problem}", design.id));
                }
            }
        }
        let unknown = |id: &str| self.scenarios.iter().all(|scenario| scenario.id != id);
        for (id, _) in brief.scenarios.iter().filter(|(id, _)| unknown(id)) {
            fault(format!("brief.json: there is no scenario “{id}”"));
        }
        for hints in self.hints.iter().filter(|hints| unknown(&hints.scenario)) {
            fault(format!("hints.json: there is no scenario “{}”", hints.scenario));
        }
        for duplicate in duplicates(self.hints.iter().map(|hints| &hints.scenario)) {
            fault(format!("hints.json: “{duplicate}” has hints twice"));
        }
        for duplicate in duplicates(self.checklist.iter().map(|item| &item.id)) {
            fault(format!("checklist.json: the id “{duplicate}” stands twice"));
        }
        for duplicate in duplicates(self.glossary.iter().map(|term| &term.term)) {
            fault(format!("glossary.json: “{duplicate}” stands twice"));
        }
    }
}

/// What stands more than once, each told once.
fn duplicates<'a>(all: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for one in all {
        *times.entry(one).or_default() += 1;
    }
    times.into_iter().filter(|(_, times)| *times > 1).map(|(one, _)| one).collect()
}

/// The files that nobody has read yet, and what is wrong with those that were.
struct Reader<'a> {
    files: BTreeMap<&'a str, &'a str>,
    faults: Vec<String>,
}

impl Reader<'_> {
    fn manifest(&mut self) -> Manifest {
        let read = |text: &str| serde_json::from_str(text).map_err(|error| format!("{MANIFEST}: {error}"));
        let Some(manifest) = self.one::<Manifest>(MANIFEST, read) else { return Manifest::default() };
        let mut fault = |text: String| self.faults.push(format!("{MANIFEST}: {text}"));
        if manifest.format != FORMAT {
            fault(format!("format is “{}”; allowed: “{FORMAT}”", manifest.format));
        }
        if manifest.version != VERSION {
            fault(format!("version is {}; this page reads version {VERSION}", manifest.version));
        }
        if !is_id(&manifest.id) {
            fault(format!("id is “{}”; allowed: 1–{MAX_ID} small letters, digits and hyphens", manifest.id));
        }
        for (what, ids) in [("scenarios", &manifest.scenarios), ("designs", &manifest.designs)] {
            if ids.is_empty() {
                fault(format!("{what} is empty; a learner needs at least one to begin with"));
            }
            for duplicate in duplicates(ids.iter()) {
                fault(format!("{what} lists “{duplicate}” twice"));
            }
        }
        manifest
    }

    /// What a file of the folder holds; `None` if it is missing or can't be read, which is told.
    fn one<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let Some(text) = self.files.remove(name) else {
            self.faults.push(format!("{name} is missing"));
            return None;
        };
        read(text).map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Everything that is listed of a kind, each from the file of its id.
    fn all<T>(
        &mut self,
        what: &str,
        ids: &[String],
        read: impl Fn(&str) -> Result<T, Vec<Problem>>,
    ) -> Vec<(String, T)> {
        let mut found = Vec::new();
        for id in ids {
            let name = format!("{what}/{id}.json");
            let Some(text) = self.files.remove(name.as_str()) else {
                self.faults.push(format!("{MANIFEST}: {what} lists “{id}”, but {name} is missing"));
                continue;
            };
            match read(text) {
                Ok(content) => found.push((id.clone(), content)),
                Err(problems) => self.faults.extend(problems.iter().map(|problem| format!("{name}: {problem}"))),
            }
        }
        found
    }

    /// All faults; a file that nobody asked for is one.
    fn finish(mut self) -> Vec<String> {
        for name in self.files.keys() {
            let unlisted = name.starts_with("scenarios/") || name.starts_with("designs/");
            self.faults.push(if unlisted {
                format!("{name}: {MANIFEST} does not list it")
            } else {
                format!("{name}: a kata has no such file")
            });
        }
        self.faults
    }
}

fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=MAX_ID).contains(&text.len()) && text.chars().all(allowed)
}
