//! `lessons.json`: what each scenario teaches, and the designs that prove it.
//!
//! A lesson names a design **with** it, which passes the scenario, and designs **without** it, which don't. [`trials`] makes them, and the
//! parts as they come besides, which pass nothing: what `kata author` and the proof in the tests run. Nothing is simulated here.

use super::parts::Parts;
use super::reading::{MAX_ITEMS, MAX_TEXT};
use crate::design::edit::EditError;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Design, Edge, Edit, Node, NodeId, Problem};
use crate::json::Value;
use crate::kinds::{Behaviour, KINDS, KindId};

/// What a scenario teaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The scenario's id.
    pub scenario: String,
    /// The lesson in a line.
    pub text: String,
    /// The id of the design that has learned it.
    pub with: String,
    /// Designs that have not; at least one.
    pub without: Vec<Without>,
}

/// A design that has not learned a lesson: one to begin with, and what is changed of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Without {
    /// What is missing, in a few words.
    pub text: String,
    /// What it begins with.
    pub base: Base,
    /// What is changed of that, in this order.
    pub set: Vec<Set>,
}

/// What a design without a lesson begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// The design that has the lesson.
    With,
    /// A design of the kata, by its id.
    Design(String),
    /// The parts as they come, workers in this way ([`Exercise::as_they_come`]).
    Parts(String),
}

/// A parameter that gets another value.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The node's id.
    pub node: String,
    /// The parameter or a part of it, such as `scaling.max`.
    pub path: String,
    /// Its value.
    pub value: Value,
}

/// What the lessons of a kata are about.
#[derive(Clone, Debug)]
pub struct Exercise<'a> {
    /// The ids of its scenarios, in their order.
    pub scenarios: Vec<&'a str>,
    /// Its designs by their ids; the first is the one to begin with.
    pub designs: Vec<(&'a str, Design)>,
    /// What its parts start with.
    pub parts: &'a Parts,
}

/// A design to run in a scenario, and what is to come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The scenario's place in the kata.
    pub scenario: usize,
    /// What it is to show.
    pub shows: Shows,
    /// What it is, in a few words.
    pub text: String,
    /// What is run.
    pub design: Design,
}

/// What a trial is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// That the scenario is passed with its lesson.
    With,
    /// That it is not passed without.
    Without,
    /// That the parts as they come pass nothing.
    Parts,
}

/// The least share of Mondays that a design with the lesson passes.
pub const WITH_LEAST: f64 = 0.9;
/// The largest share that one without it passes.
pub const WITHOUT_MOST: f64 = 0.05;

impl Shows {
    /// Whether `passed` of `seeds` runs show it.
    pub fn holds(self, passed: u64, seeds: u64) -> bool {
        match self {
            Shows::With => passed as f64 >= WITH_LEAST * seeds as f64,
            Shows::Without => passed as f64 <= WITHOUT_MOST * seeds as f64,
            Shows::Parts => passed == 0,
        }
    }
}

/// Reads the file.
///
/// # Errors
/// Every problem, with its place. Whether the designs are there and the changes can be made, [`trials`] says.
pub fn read(value: &Value) -> Result<Vec<Lesson>, Vec<Problem>> {
    whole(value, |value, faults| {
        faults.examine(value);
        let top = Object::new(value, "", &["lessons"], faults)?;
        let list = top.needed_list("lessons", "a list of objects", MAX_ITEMS, faults);
        let one = |(at, value)| read_lesson(value, &format!("lessons[{at}]"), faults);
        Some(list.iter().enumerate().filter_map(one).collect())
    })
}

fn read_lesson(value: &Value, path: &str, faults: &mut Faults) -> Option<Lesson> {
    let object = Object::new(value, path, &["scenario", "text", "with", "without"], faults)?;
    let mut text = |key| object.needed_text(key, MAX_TEXT, faults).map(str::to_owned);
    let (scenario, lesson, with) = (text("scenario"), text("text"), text("with"));
    let place = object.at("without");
    let list = object.needed_list("without", "a list of designs without the lesson", MAX_ITEMS, faults);
    if object.get("without").and_then(Value::list).is_some_and(<[Value]>::is_empty) {
        faults.add(Code::NotAllowed, &place, "is empty; what a lesson is good for shows where it is missing");
    }
    let one = |(at, value)| read_without(value, &format!("{place}[{at}]"), faults);
    let without = list.iter().enumerate().filter_map(one).collect();
    Some(Lesson { scenario: scenario?, text: lesson?, with: with?, without })
}

fn read_without(value: &Value, path: &str, faults: &mut Faults) -> Option<Without> {
    let object = Object::new(value, path, &["text", "design", "parts", "set"], faults)?;
    let text = object.needed_text("text", MAX_TEXT, faults).map(str::to_owned);
    let design = object.text("design", 1, MAX_TEXT, faults);
    let parts = object.text("parts", 1, MAX_TEXT, faults);
    if design.is_some() && parts.is_some() {
        faults.add(Code::NotAllowed, &object.at("parts"), "is not allowed beside design; allowed: one of the two.");
    }
    let base = match (design, parts) {
        (Some(id), _) => Base::Design(id.to_owned()),
        (None, Some(way)) => Base::Parts(way.to_owned()),
        (None, None) => Base::With,
    };
    let place = object.at("set");
    let list = object.list("set", MAX_ITEMS, faults).iter().enumerate();
    let set = list.filter_map(|(at, value)| read_set(value, &format!("{place}[{at}]"), faults)).collect();
    Some(Without { text: text?, base, set })
}

fn read_set(value: &Value, path: &str, faults: &mut Faults) -> Option<Set> {
    let object = Object::new(value, path, &["node", "path", "value"], faults)?;
    let node = object.needed_text("node", MAX_TEXT, faults);
    let param = object.needed_text("path", MAX_TEXT, faults);
    let value = object.needed("value", "a value of the parameter", faults);
    Some(Set { node: node?.to_owned(), path: param?.to_owned(), value: value?.clone() })
}

/// Every run that proves what the kata teaches: each lesson with and without, and the parts as they come in every scenario.
///
/// # Errors
/// What can't be made, a sentence each: a design or a way that there is not, a change that can't be done.
pub fn trials(lessons: &[Lesson], exercise: &Exercise<'_>) -> Result<Vec<Trial>, Vec<String>> {
    let (mut trials, mut faults) = (Vec::new(), Vec::new());
    for (at, lesson) in lessons.iter().enumerate() {
        let Some(scenario) = exercise.scenarios.iter().position(|id| *id == lesson.scenario) else {
            faults.push(format!("lessons[{at}].scenario: there is no scenario “{}”", lesson.scenario));
            continue;
        };
        let Some(with) = exercise.design(&lesson.with) else {
            faults.push(format!("lessons[{at}].with: there is no design “{}”", lesson.with));
            continue;
        };
        trials.push(Trial { scenario, shows: Shows::With, text: lesson.text.clone(), design: with.clone() });
        for (number, without) in lesson.without.iter().enumerate() {
            match without.design(exercise, with) {
                Ok(design) => {
                    trials.push(Trial { scenario, shows: Shows::Without, text: without.text.clone(), design })
                }
                Err(why) => faults.push(format!("lessons[{at}].without[{number}]{why}")),
            }
        }
    }
    for (way, design) in exercise.as_they_come() {
        for scenario in 0..exercise.scenarios.len() {
            let text = format!("parts as they come, {way}");
            trials.push(Trial { scenario, shows: Shows::Parts, text, design: design.clone() });
        }
    }
    if faults.is_empty() { Ok(trials) } else { Err(faults) }
}

impl Without {
    /// The design without the lesson, or why there is none, beginning with its place.
    fn design(&self, exercise: &Exercise<'_>, with: &Design) -> Result<Design, String> {
        let start = match &self.base {
            Base::With => with.clone(),
            Base::Design(id) => {
                exercise.design(id).ok_or_else(|| format!(".design: there is no design “{id}”"))?.clone()
            }
            Base::Parts(way) => {
                let mut all = exercise.as_they_come();
                let names = all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                let at = all.iter().position(|(name, _)| name == way);
                let at = at.ok_or_else(|| format!(".parts: there is no way “{way}”; there are {names}"))?;
                all.swap_remove(at).1
            }
        };
        let change = |design: Design, (at, set): (usize, &Set)| {
            let edit =
                Edit::SetParam { node: set.node.as_str().into(), path: set.path.clone(), value: set.value.clone() };
            edit.apply(&design).map_err(|why: EditError| format!(".set[{at}]: {why}"))
        };
        self.set.iter().enumerate().try_fold(start, change)
    }
}

impl Exercise<'_> {
    fn design(&self, id: &str) -> Option<&Design> {
        self.designs.iter().find(|(own, _)| *own == id).map(|(_, design)| design)
    }

    /// The first design with every direct call to a clinic led over a queue and a pool, with a place for dead letters, all as the kata's
    /// parts come: once for each way in which a pool comes, with its name. No way where the first design calls no clinic itself.
    pub fn as_they_come(&self) -> Vec<(String, Design)> {
        let Some((_, first)) = self.designs.first() else { return Vec::new() };
        let does = |id: &str| first.node(id).map(|node| node.behaviour());
        let direct =
            |from: &str, to: &str| does(from) == Some(Behaviour::PassesOn) && does(to) == Some(Behaviour::Answers);
        let calls: Vec<_> = first.edges.iter().filter(|edge| direct(&edge.from, &edge.to)).collect();
        if calls.is_empty() {
            return Vec::new();
        }
        let make = |pool: &Node| {
            calls.iter().fold(first.clone(), |design, call| {
                let (x, y) = design.node(&call.to).map_or((0.0, 0.0), |clinic| (clinic.x, clinic.y));
                let queue = self.parts.furnished(design.fresh(of_behaviour(Behaviour::Stores), x, y + 160.0));
                let pool = Node { id: design.free_id(pool.kind), x, y: y + 320.0, ..pool.clone() };
                led_over(&design, self.parts, vec![queue, pool], (&call.from, &call.to))
                    .expect("the catalogue joins these kinds")
            })
        };
        let ways = self.parts.ways(of_behaviour(Behaviour::Fetches));
        ways.iter().map(|(name, pool)| (name.clone(), make(pool))).collect()
    }
}

/// The design with new nodes in an edge's place, one behind the other, and each joined to the parts that it wants.
pub(super) fn led_over(
    design: &Design,
    parts: &Parts,
    over: Vec<Node>,
    (from, to): (&NodeId, &NodeId),
) -> Result<Design, EditError> {
    let edge = |from: &NodeId, to: &NodeId| Edge { from: from.clone(), to: to.clone(), weight: 1.0 };
    let way: Vec<&NodeId> = [from].into_iter().chain(over.iter().map(|node| &node.id)).chain([to]).collect();
    let mut edges: Vec<Edge> = way.windows(2).map(|ends| edge(ends[0], ends[1])).collect();
    let mut wanted = Vec::new();
    for node in &over {
        for &kind in node.kind.kind().wants {
            let part = parts.furnished(design.fresh(kind, node.x, node.y + 160.0));
            edges.push(edge(&node.id, &part.id));
            wanted.push(part);
        }
    }
    let cut = Edit::Remove { nodes: Vec::new(), edges: vec![(from.clone(), to.clone())] };
    let nodes = over.into_iter().chain(wanted).collect();
    Edit::Several(vec![cut, Edit::AddAll { nodes, edges }]).apply(design)
}

/// The first kind of the catalogue that does this.
fn of_behaviour(behaviour: Behaviour) -> KindId {
    KINDS.iter().find(|kind| kind.behaviour == behaviour).map(|kind| kind.id).expect("a kind of each behaviour")
}
