//! A kata's folder: every file of one exercise, read together and checked against each other.
//!
//! `kata.json` lists the scenarios and designs in the order in which they are offered; the first of each is what a learner opens with.
//! Reading reports every fault at once, a sentence each, with its file; it never panics. It does not simulate: whether the exercise can be
//! mastered is what `kata author` finds out. A page holds the same files in one block ([`Folder::read_block`]).

mod manifest;

use std::error::Error;
use std::fmt;

use manifest::duplicates;

use super::brief::Brief;
use super::learning::{self, CHECKED, Conditions, Item, LATER, Term};
use super::lessons::{self, Exercise, Lesson, Trial};
use super::parts::Parts;
use super::people::People;
use super::rungs::{self, Rungs};
use super::scenario::Scenario;
use super::words;
use crate::design::file::faults::{Object, clipped, whole};
use crate::design::{Code, Design, Location, Problem, file};
use crate::json::Value;
use crate::order::TextMap;
use crate::vocabulary::Vocabulary;

/// Everything that one exercise consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Folder {
    /// Small letters, digits and hyphens: part of the names under which a browser stores this kata's data.
    pub id: String,
    /// `words.json`: what it calls things.
    pub words: Vocabulary,
    /// `brief.json`: the story and its lessons.
    pub brief: Brief,
    /// In the order in which they are offered; at least one.
    pub scenarios: Vec<Scenario>,
    /// Their files.
    scenario_files: Vec<String>,
    /// What each is worth, 100 in all; empty: all the same.
    pub points: Vec<u64>,
    /// In the order in which they are offered; at least one.
    pub designs: Vec<DesignFile>,
    /// `parts.json`: what a part or a choice starts with.
    pub parts: Parts,
    /// `lessons.json`: what each scenario teaches, with its proof.
    pub lessons: Vec<Lesson>,
    /// `people.json`: who is behind a booking.
    pub people: People,
    /// `checklist.json`: what there is to see.
    pub checklist: Vec<Item>,
    /// `rungs.json`: help, a rung at a time.
    pub rungs: Rungs,
    /// `glossary.json`: what words mean.
    pub glossary: Vec<Term>,
}

/// A design of the kata: its file, which can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignFile {
    /// The name of its file without the ending.
    pub id: String,
    /// The file's text.
    pub file: String,
}

impl DesignFile {
    /// The design, read from the file.
    ///
    /// # Panics
    /// If the file can't be read: [`Folder::read`] makes none such.
    pub fn design(&self) -> Design {
        file::read(&self.file).expect("it was read before")
    }
}

/// What is wrong with a kata, and in which of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KataFault {
    /// By its path below the folder.
    pub file: String,
    /// What is wrong, with its place in the file.
    pub problem: Problem,
}

impl fmt::Display for KataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (clipped(&self.file), self.problem.code) {
            (file, Code::MissingFile) => write!(f, "{file} is missing"),
            (file, _) => write!(f, "{file}: {}", self.problem),
        }
    }
}

impl Error for KataFault {}

const MANIFEST: &str = "kata.json";
/// The file of a page's block that is the same in every kata: a line of teaching for each problem. `advice::teaching` reads it.
pub const TEACHING: &str = "teaching.json";

impl Folder {
    /// Reads a kata from its files: their paths below the folder (`scenarios/monday.json`) and their texts.
    ///
    /// # Errors
    /// Every fault, with its file.
    pub fn read(files: &[(&str, &str)]) -> Result<Folder, Vec<KataFault>> {
        Folder::read_telling(files, drop)
    }

    /// The same; `words` hears what the kata calls things before anything is said of it, so that even its faults are told in its words.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn read_telling(files: &[(&str, &str)], words: fn(Vocabulary)) -> Result<Folder, Vec<KataFault>> {
        let mut reader = Reader::new(words);
        for (name, text) in files {
            let value = reader.or_faults(name, file::parse(text).map_err(|problem| vec![problem]));
            reader.files.insert(name, File { text: (*text).to_owned(), value });
        }
        reader.folder()
    }

    /// Reads a kata from the block of a page: one object with the files by their paths. What the block says of teaching comes along; `words`
    /// hears what the kata calls things, as in [`Folder::read_telling`].
    ///
    /// # Errors
    /// Every fault, with its file; what is wrong with the block as a whole is said of `kata`.
    pub fn read_block(block: &str, words: fn(Vocabulary)) -> Result<(Folder, Value), Vec<KataFault>> {
        let (mut reader, teaching) = Reader::of_block(block, words)?;
        if teaching.is_none() {
            reader.fault(TEACHING, Code::MissingFile, "is missing");
        }
        let folder = reader.folder()?;
        Ok((folder, teaching.expect("a missing file is a fault")))
    }

    /// Reads of a page's block what the page begins with: all but lessons, people and rungs, and with empty conditions in the checklist and in the
    /// first steps. What the files say of each other is not looked at. All of that is [`Folder::read_block`]'s.
    ///
    /// # Errors
    /// As [`Folder::read_block`], as far as it is read.
    pub fn read_beginning(block: &str, words: fn(Vocabulary)) -> Result<(Folder, Value), Vec<KataFault>> {
        let (mut reader, teaching) = Reader::of_block(block, words)?;
        let folder = reader.beginning(LATER);
        match teaching {
            Some(teaching) if reader.faults.is_empty() => Ok((folder, teaching)),
            Some(_) => Err(reader.faults),
            None => {
                reader.fault(TEACHING, Code::MissingFile, "is missing");
                Err(reader.faults)
            }
        }
    }

    /// A scenario's file.
    pub fn scenario_file(&self, id: &str) -> Option<&str> {
        let at = self.scenarios.iter().position(|scenario| scenario.id == id)?;
        self.scenario_files.get(at).map(String::as_str)
    }

    /// Every run that proves what the kata teaches.
    ///
    /// # Errors
    /// As [`lessons::trials`]; none for a kata that was read.
    pub fn trials(&self) -> Result<Vec<Trial>, Vec<String>> {
        let exercise = Exercise {
            scenarios: self.scenarios.iter().map(|scenario| scenario.id.as_str()).collect(),
            designs: self.designs.iter().map(|file| (file.id.as_str(), file.design())).collect(),
            parts: &self.parts,
        };
        lessons::trials(&self.lessons, &exercise)
    }

    /// What the files say of each other.
    fn examine(&self, reader: &mut Reader) {
        let brief = &self.brief;
        for scenario in &self.scenarios {
            let id = &scenario.id;
            if brief.scenario(id).is_none_or(str::is_empty) {
                reader.fault(BRIEF, Code::Unexplained, format!("scenarios has no paragraph for “{id}”"));
            }
            for goal in scenario.goals.iter().filter(|goal| brief.goal(goal.metric.key).is_none()) {
                let text = format!("goals does not say what {} means, a goal of “{id}”", goal.metric.key);
                reader.fault(BRIEF, Code::Unexplained, text);
            }
            for design in &self.designs {
                for problem in scenario.compile(&design.design()).err().unwrap_or_default() {
                    let name = format!("designs/{}.json", design.id);
                    reader.fault(&name, Code::DoesNotRun, format!("in “{id}”: {problem}"));
                }
            }
        }
        let unknown = |id: &str| self.scenarios.iter().all(|scenario| scenario.id != id);
        for id in brief.facts.iter().filter_map(|fact| fact.scenario.as_ref()).filter(|id| unknown(id)) {
            reader.fault(BRIEF, Code::UnknownScenario, format!("facts: there is no scenario “{id}”"));
        }
        let ids = brief.steps.iter().map(|step| &step.id).chain(self.checklist.iter().map(|item| &item.id));
        for duplicate in duplicates(ids).into_iter().filter(|id| brief.steps.iter().any(|step| step.id == *id)) {
            reader.fault(
                BRIEF,
                Code::Duplicate,
                format!("steps: the id “{duplicate}” stands twice, or in the checklist too"),
            );
        }
        let unseen = |id: &&String| {
            self.checklist.iter().all(|item| item.id != **id) && brief.steps.iter().all(|step| step.id != **id)
        };
        for id in brief.learn.iter().filter_map(|point| point.item.as_ref()).filter(unseen) {
            reader.fault(BRIEF, Code::UnknownField, format!("learn: there is nothing to see called “{id}”"));
        }
        for id in self.glossary.iter().filter_map(|term| term.after.as_ref()).filter(unseen) {
            reader.fault(GLOSSARY, Code::UnknownField, format!("there is nothing to see called “{id}”"));
        }
        for (id, _) in brief.scenarios.iter().filter(|(id, _)| unknown(id)) {
            reader.fault(BRIEF, Code::UnknownScenario, format!("there is no scenario “{id}”"));
        }
        let ids: Vec<&str> = self.scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
        for (code, text) in self.rungs.faults(&ids, &self.parts) {
            reader.fault(RUNGS, code, text);
        }
        self.examine_lessons(reader);
        for duplicate in duplicates(self.checklist.iter().map(|item| &item.id)) {
            reader.fault(CHECKLIST, Code::Duplicate, format!("the id “{duplicate}” stands twice"));
        }
        for duplicate in duplicates(self.glossary.iter().map(|term| &term.term)) {
            reader.fault(GLOSSARY, Code::Duplicate, format!("“{duplicate}” stands twice"));
        }
    }

    /// Each scenario has one lesson, and the designs that prove it can be made and run.
    fn examine_lessons(&self, reader: &mut Reader) {
        for scenario in self.scenarios.iter().filter(|s| self.lessons.iter().all(|lesson| lesson.scenario != s.id)) {
            reader.fault(LESSONS, Code::Unexplained, format!("there is no lesson for “{}”", scenario.id));
        }
        for duplicate in duplicates(self.lessons.iter().map(|lesson| &lesson.scenario)) {
            reader.fault(LESSONS, Code::Duplicate, format!("“{duplicate}” has two lessons"));
        }
        match self.trials() {
            Err(faults) => faults.iter().for_each(|fault| reader.fault(LESSONS, Code::NotAllowed, fault)),
            Ok(trials) => {
                for trial in trials {
                    let scenario = &self.scenarios[trial.scenario];
                    for problem in scenario.compile(&trial.design).err().unwrap_or_default() {
                        let text = format!("in “{}”, {}: {problem}", scenario.id, trial.text);
                        reader.fault(LESSONS, Code::DoesNotRun, text);
                    }
                }
            }
        }
    }
}

const BRIEF: &str = "brief.json";
const PARTS: &str = "parts.json";
const LESSONS: &str = "lessons.json";
const PEOPLE: &str = "people.json";
const CHECKLIST: &str = "checklist.json";
const RUNGS: &str = "rungs.json";
const GLOSSARY: &str = "glossary.json";
const WORDS: &str = "words.json";

/// A file of a kata; without a value it is no JSON, which is among the faults.
struct File {
    text: String,
    value: Option<Value>,
}

/// The files that no list has named so far, and the faults so far.
struct Reader {
    files: TextMap<File>,
    faults: Vec<KataFault>,
    words: fn(Vocabulary),
}

impl Reader {
    fn new(words: fn(Vocabulary)) -> Reader {
        Reader { files: TextMap::default(), faults: Vec::new(), words }
    }

    /// The files of a page's block, and what it says of teaching.
    #[inline(never)]
    fn of_block(block: &str, words: fn(Vocabulary)) -> Result<(Reader, Option<Value>), Vec<KataFault>> {
        let mut reader = Reader::new(words);
        let files = crate::json::read(block)
            .map_err(|fault| vec![Problem::error(Code::NotJson, Location::Whole, fault.to_string())])
            .and_then(|value| {
                whole(&value, |value, faults| {
                    Object::any(value, "", faults)?;
                    faults.examine(value);
                    Some(value.clone())
                })
            });
        let Some(Value::Map(files)) = reader.or_faults("kata", files) else { return Err(reader.faults) };
        let mut teaching = None;
        for (name, value) in files {
            match name.as_str() {
                TEACHING => teaching = Some(value),
                _ => drop(reader.files.insert(&name, File { text: value.json(), value: Some(value) })),
            }
        }
        Ok((reader, teaching))
    }

    fn folder(mut self) -> Result<Folder, Vec<KataFault>> {
        let mut folder = self.beginning(CHECKED);
        folder.lessons = self.one(LESSONS, lessons::read).unwrap_or_default();
        folder.people = self.one(PEOPLE, People::read).unwrap_or_default();
        folder.rungs = self.one(RUNGS, rungs::read).unwrap_or_default();
        self.stray_files();
        // What the files say of each other can be judged only once each can be read.
        if self.faults.is_empty() {
            folder.examine(&mut self);
        }
        if self.faults.is_empty() { Ok(folder) } else { Err(self.faults) }
    }

    /// What a page begins with; the rest is empty.
    #[inline(never)]
    fn beginning(&mut self, conditions: Conditions) -> Folder {
        let words = self.one(WORDS, words::read).unwrap_or_else(Vocabulary::neutral);
        (self.words)(words.clone());
        let manifest = self.one(MANIFEST, manifest::read).unwrap_or_default();
        let scenarios = self.all("scenarios", &manifest.scenarios, Scenario::from_value);
        for (id, _, scenario) in scenarios.iter().filter(|(id, _, scenario)| *id != scenario.id) {
            let text = format!("its id is “{}”; it must be that of the file, “{id}”", scenario.id);
            self.fault(&format!("scenarios/{id}.json"), Code::NotAllowed, text);
        }
        let designs = self.all("designs", &manifest.designs, file::from_value);
        let (scenario_files, scenarios) = scenarios.into_iter().map(|(_, file, scenario)| (file, scenario)).unzip();
        Folder {
            id: manifest.id,
            words,
            brief: self.one(BRIEF, |value| Brief::read_with(value, conditions)).unwrap_or_default(),
            scenarios,
            scenario_files,
            points: manifest.points,
            designs: designs.into_iter().map(|(id, file, _)| DesignFile { id, file }).collect(),
            parts: self.one(PARTS, Parts::read).unwrap_or_default(),
            lessons: Vec::new(),
            people: People::default(),
            checklist: self.one(CHECKLIST, |value| learning::read_items(value, conditions)).unwrap_or_default(),
            rungs: Rungs::default(),
            glossary: self.one(GLOSSARY, learning::read_glossary).unwrap_or_default(),
        }
    }

    /// Adds a fault of a file as a whole.
    fn fault(&mut self, file: &str, code: Code, text: impl Into<String>) {
        let problem = Problem::error(code, Location::Whole, text);
        self.faults.push(KataFault { file: file.to_owned(), problem });
    }

    /// What was read of a file; the problems become faults.
    fn or_faults<T>(&mut self, file: &str, read: Result<T, Vec<Problem>>) -> Option<T> {
        let fault = |problem| KataFault { file: file.to_owned(), problem };
        read.map_err(|problems| self.faults.extend(problems.into_iter().map(fault))).ok()
    }

    /// What a file of the folder holds; `None` if it is missing or can't be read, which becomes a fault.
    fn one<T>(&mut self, name: &str, read: impl Fn(&Value) -> Result<T, Vec<Problem>>) -> Option<T> {
        match self.files.remove(name) {
            Some(file) => self.or_faults(name, read(&file.value?)),
            None => {
                self.fault(name, Code::MissingFile, "is missing");
                None
            }
        }
    }

    /// Everything that is listed of a kind, each with its id and its file.
    fn all<T>(
        &mut self,
        what: &str,
        ids: &[String],
        read: impl Fn(&Value) -> Result<T, Vec<Problem>>,
    ) -> Vec<(String, String, T)> {
        let mut found = Vec::new();
        for id in ids {
            let name = format!("{what}/{id}.json");
            let Some(file) = self.files.remove(&name) else {
                self.fault(MANIFEST, Code::Missing, format!("{what} lists “{id}”, but {name} is missing"));
                continue;
            };
            let content = file.value.and_then(|value| self.or_faults(&name, read(&value)));
            found.extend(content.map(|content| (id.clone(), file.text, content)));
        }
        found
    }

    /// A file that no list names is a fault.
    fn stray_files(&mut self) {
        for (name, _) in std::mem::take(&mut self.files).into_entries() {
            let unlisted = name.starts_with("scenarios/") || name.starts_with("designs/");
            let text =
                if unlisted { format!("{MANIFEST} does not list it") } else { "a kata has no such file".to_owned() };
            self.fault(&name, Code::StrayFile, text);
        }
    }
}
