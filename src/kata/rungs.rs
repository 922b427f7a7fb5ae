//! `rungs.json`: help after a run that did not pass, a rung at a time: a question, where to look, which way, the number.
//!
//! A ladder says for which runs it is, by scenarios and by a condition; the first in the file that fits is the one. Its last rung says in
//! `make` what its text says in words, so that a walk along last rungs alone can be held to mastery ([`crate::study::walk`]). After a run that
//! passed there is a question to think about instead. Reading checks texts, conditions, kinds and settings; knows no page.

use super::figures::{RunFigures, named};
use super::learning::{Template, read_template, read_when};
use super::lessons::led_over;
use super::parts::Parts;
use super::reading::{MAX_ITEMS, MAX_TEXT, texts};
use super::when::When;
use crate::design::edit::EditError;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Design, Edit, Node, Problem};
use crate::format::letters;
use crate::json::Value;
use crate::kinds::{KINDS, KindId};

/// All help of a kata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rungs {
    /// The first that fits a run is the one.
    pub ladders: Vec<Ladder>,
    /// Questions after a run that passed; the first that fits.
    pub after: Vec<Question>,
}

/// Four rungs, each shown on request.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// A stable name, stored with what the learner has opened.
    pub id: String,
    /// The scenarios' ids; empty: every one.
    pub scenarios: Vec<String>,
    /// The runs; `None`: every one.
    pub when: Option<When>,
    /// The question, with the learner's own figures.
    pub question: Template,
    /// What it asks for, where that is a number.
    pub answer: Option<Answer>,
    /// Where to look.
    pub look: Template,
    /// The parts and connections that are ringed.
    pub rings: Vec<Ring>,
    /// Which way.
    pub way: Template,
    /// The number.
    pub number: Template,
    /// The same as changes.
    pub make: Vec<Make>,
}

/// What a question asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The name of a figure.
    pub figure: String,
    /// What stands before the field; may be empty.
    pub before: String,
    /// In which unit it is answered: words, or `s`, `min`, `h` for a time.
    pub unit: String,
}

/// What a rung points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// Every component of the kind.
    Part(KindId),
    /// Every connection between two kinds.
    Way(KindId, KindId),
}

/// A change of a design.
#[derive(Clone, Debug, PartialEq)]
pub enum Make {
    /// Puts new parts, as the kata's parts come, into every connection between two kinds.
    Between {
        /// Where the connections begin and end.
        ends: (KindId, KindId),
        /// The parts, in the order of the flow.
        put: Vec<KindId>,
    },
    /// Sets a parameter of every component of a kind.
    Set {
        /// The kind.
        kind: KindId,
        /// The parameter or a part of it, such as `scaling.max`.
        path: String,
        /// What the catalogue allows there.
        value: Value,
    },
}

/// A question to think about.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// With figures of the run.
    pub text: Template,
    /// The runs that raise it.
    pub when: Option<When>,
}

/// An answer counts as right within this share of the figure.
pub const NEAR: f64 = 0.1;
/// The longest question in letters, its figures still in braces: with them it must fit a stored note (`MAX_QUESTION` of the notes).
pub const MAX_QUESTION: usize = 400;

impl Rungs {
    /// The ladder for a run in a scenario.
    pub fn of(&self, scenario: &str, run: RunFigures<'_>) -> Option<&Ladder> {
        self.ladders
            .iter()
            .find(|ladder| ladder.is_for(scenario) && ladder.when.as_ref().is_none_or(|when| when.holds(run)))
    }

    /// The question that a run raises which passed.
    pub fn after(&self, run: RunFigures<'_>) -> Option<String> {
        let raised = self.after.iter().find(|question| question.when.as_ref().is_none_or(|when| when.holds(run)))?;
        Some(raised.text.with(run))
    }

    /// What is not in order between the rungs, a sentence each: scenarios that there are not, the same id twice, no help for some runs, a
    /// setting that no part as it comes can take.
    pub fn faults(&self, scenarios: &[&str], parts: &Parts) -> Vec<(Code, String)> {
        let mut faults = Vec::new();
        for (at, ladder) in self.ladders.iter().enumerate() {
            let id = &ladder.id;
            if self.ladders[..at].iter().any(|other| other.id == *id) {
                faults.push((Code::Duplicate, format!("the id “{id}” stands twice")));
            }
            for unknown in ladder.scenarios.iter().filter(|id| !scenarios.contains(&id.as_str())) {
                faults.push((Code::UnknownScenario, format!("“{id}”: there is no scenario “{unknown}”")));
            }
            for make in &ladder.make {
                if let Some(why) = make.misfit(parts) {
                    faults.push((Code::NotAllowed, format!("“{id}”: {why}")));
                }
            }
        }
        for scenario in scenarios {
            if !self.ladders.iter().any(|ladder| ladder.is_for(scenario) && ladder.when.is_none()) {
                let text = format!("“{scenario}” has no ladder without a condition: some run would find no help");
                faults.push((Code::Unexplained, text));
            }
        }
        faults
    }
}

impl Ladder {
    fn is_for(&self, scenario: &str) -> bool {
        self.scenarios.is_empty() || self.scenarios.iter().any(|id| id == scenario)
    }

    /// The design with what the last rung says.
    ///
    /// # Errors
    /// The first change that can't be made.
    pub fn made(&self, design: &Design, parts: &Parts) -> Result<Design, EditError> {
        self.make.iter().try_fold(design.clone(), |design, make| make.made(&design, parts))
    }
}

impl Answer {
    /// The right answer in its unit; `None` where the run has none.
    pub fn of(&self, run: RunFigures<'_>) -> Option<f64> {
        let figure = named(&self.figure)?;
        let value = figure.of(run)?;
        Some(if figure.is_time() { value / ms_in(&self.unit).unwrap_or(1.0) } else { value })
    }

    /// Whether somebody who said this was right, or near enough.
    pub fn is_near(said: f64, right: f64) -> bool {
        (said - right).abs() <= NEAR * right.abs()
    }
}

/// Milliseconds in a unit of time.
fn ms_in(unit: &str) -> Option<f64> {
    [("ms", 1.0), ("s", 1e3), ("min", 6e4), ("h", 3.6e6)].iter().find(|(name, _)| *name == unit).map(|(_, ms)| *ms)
}

impl Make {
    fn made(&self, design: &Design, parts: &Parts) -> Result<Design, EditError> {
        match self {
            Make::Set { kind, path, value } => {
                let set =
                    |node: &Node| Edit::SetParam { node: node.id.clone(), path: path.clone(), value: value.clone() };
                let nodes = design.nodes.iter().filter(|node| node.kind == *kind);
                nodes.map(|node| set(node)).try_fold(design.clone(), |design, edit| edit.apply(&design))
            }
            Make::Between { ends, put } => {
                let kind = |id: &str| design.node(id).map(|node| node.kind);
                let fits =
                    |edge: &&crate::design::Edge| kind(&edge.from) == Some(ends.0) && kind(&edge.to) == Some(ends.1);
                design.edges.iter().filter(fits).try_fold(design.clone(), |now, edge| {
                    let (x, y) = now.node(&edge.to).map_or((0.0, 0.0), |node| (node.x, node.y));
                    let part = |(at, kind): (usize, &KindId)| {
                        parts.furnished(now.fresh(*kind, x, y + 160.0 * (at + 1) as f64))
                    };
                    led_over(&now, parts, put.iter().enumerate().map(part).collect(), (&edge.from, &edge.to))
                })
            }
        }
    }

    /// Why no part as it comes in this kata can take it.
    fn misfit(&self, parts: &Parts) -> Option<String> {
        let Make::Set { kind, path, value } = self else { return None };
        let set = |node: &Node| {
            let design = Design { nodes: vec![node.clone().into()], ..Design::default() };
            Edit::SetParam { node: node.id.clone(), path: path.clone(), value: value.clone() }.apply(&design).err()
        };
        let mut whys = parts.ways(*kind).into_iter().map(|(_, node)| set(&node)).collect::<Vec<_>>();
        if whys.iter().any(Option::is_none) { None } else { whys.pop()?.map(|why| why.to_string()) }
    }
}

/// Reads the file.
///
/// # Errors
/// Every problem, with its place; also a figure, a kind or a condition that there is not. What ladders say of each other is in
/// [`Rungs::faults`].
pub fn read(value: &Value) -> Result<Rungs, Vec<Problem>> {
    whole(value, |value, faults| {
        faults.examine(value);
        let top = Object::new(value, "", &["ladders", "after"], faults)?;
        let list = top.needed_list("ladders", "a list of ladders", MAX_ITEMS, faults);
        let one = |(at, value)| read_ladder(value, &format!("ladders[{at}]"), faults);
        let ladders = list.iter().enumerate().filter_map(one).collect();
        let list = top.list("after", MAX_ITEMS, faults);
        let one = |(at, value)| read_question(value, &format!("after[{at}]"), faults);
        Some(Rungs { ladders, after: list.iter().enumerate().filter_map(one).collect() })
    })
}

const LADDER: &[&str] = &["id", "scenarios", "when", "question", "answer", "look", "rings", "way", "number", "make"];

fn read_ladder(value: &Value, path: &str, faults: &mut Faults) -> Option<Ladder> {
    let object = Object::new(value, path, LADDER, faults)?;
    let id = object.needed_text("id", MAX_TEXT, faults).map(str::to_owned);
    let scenarios = object.get("scenarios").map_or_else(Vec::new, |_| texts(&object, "scenarios", faults));
    let when = object.get("when").and_then(|_| read_when(&object, faults));
    let question = read_template(&object, "question", faults);
    too_long(question.as_ref(), &object.at("question"), faults);
    let answer = object.get("answer").and_then(|value| read_answer(value, &object.at("answer"), faults));
    let mut text = |key| read_template(&object, key, faults);
    let (look, way, number) = (text("look"), text("way"), text("number"));
    let rings = read_all(&object, "rings", "a list of kinds and of pairs of kinds", faults, read_ring);
    let make = read_all(&object, "make", "a list of changes", faults, read_make);
    Some(Ladder {
        id: id?,
        scenarios,
        when,
        question: question?,
        answer,
        look: look?,
        rings,
        way: way?,
        number: number?,
        make,
    })
}

fn read_all<T>(
    object: &Object<'_>,
    key: &str,
    allowed: &str,
    faults: &mut Faults,
    read: impl Fn(&Value, &str, &mut Faults) -> Option<T>,
) -> Vec<T> {
    let list = object.needed_list(key, allowed, MAX_ITEMS, faults);
    if object.get(key).and_then(Value::list).is_some_and(<[Value]>::is_empty) {
        faults.add(Code::NotAllowed, &object.at(key), format!("is empty; allowed: {allowed}"));
    }
    let path = object.at(key);
    list.iter().enumerate().filter_map(|(at, value)| read(value, &format!("{path}[{at}]"), faults)).collect()
}

fn read_question(value: &Value, path: &str, faults: &mut Faults) -> Option<Question> {
    let object = Object::new(value, path, &["when", "text"], faults)?;
    let when = object.get("when").and_then(|_| read_when(&object, faults));
    let text = read_template(&object, "text", faults);
    too_long(text.as_ref(), &object.at("text"), faults);
    Some(Question { text: text?, when })
}

fn too_long(question: Option<&Template>, path: &str, faults: &mut Faults) {
    if let Some(long) = question.map(|text| letters(text.raw())).filter(|long| *long > MAX_QUESTION) {
        let words = format!("a question has at most {MAX_QUESTION} letters; this one has {long}");
        faults.add(Code::TooMany, path, words);
    }
}

fn read_answer(value: &Value, path: &str, faults: &mut Faults) -> Option<Answer> {
    let object = Object::new(value, path, &["figure", "before", "unit"], faults)?;
    let figure = object.needed_text("figure", MAX_TEXT, faults)?;
    let before = object.text("before", 0, MAX_TEXT, faults).unwrap_or_default();
    let unit = object.needed_text("unit", MAX_TEXT, faults)?;
    match named(figure) {
        None => faults.add(Code::UnknownFigure, &object.at("figure"), format!("there is no figure “{figure}”")),
        Some(of) if of.is_time() && ms_in(unit).is_none() => {
            faults.add(Code::NotAllowed, &object.at("unit"), "is no unit of time; allowed: ms, s, min, h");
        }
        Some(_) => {}
    }
    Some(Answer { figure: figure.to_owned(), before: before.to_owned(), unit: unit.to_owned() })
}

fn kind(value: &Value, path: &str, faults: &mut Faults) -> Option<KindId> {
    let key = faults.text(value, path, 1, MAX_TEXT)?;
    let known = KINDS.iter().find(|kind| kind.key == key).map(|kind| kind.id);
    if known.is_none() {
        faults.add(Code::UnknownKind, path, format!("there is no kind “{key}”"));
    }
    known
}

fn pair(value: &Value, path: &str, faults: &mut Faults) -> Option<(KindId, KindId)> {
    let Some([from, to]) = value.list() else {
        faults.refuse(path, value, "two kinds");
        return None;
    };
    kind(from, &format!("{path}[0]"), faults).zip(kind(to, &format!("{path}[1]"), faults))
}

fn read_ring(value: &Value, path: &str, faults: &mut Faults) -> Option<Ring> {
    match value {
        Value::List(_) => pair(value, path, faults).map(|(from, to)| Ring::Way(from, to)),
        one => kind(one, path, faults).map(Ring::Part),
    }
}

fn read_make(value: &Value, path: &str, faults: &mut Faults) -> Option<Make> {
    let object = Object::new(value, path, &["between", "put", "part", "path", "value"], faults)?;
    if let Some(between) = object.get("between") {
        let ends = pair(between, &object.at("between"), faults);
        let put = read_all(&object, "put", "a list of kinds", faults, kind);
        return Some(Make::Between { ends: ends?, put });
    }
    let part = object.needed("part", "a kind", faults).and_then(|value| kind(value, &object.at("part"), faults));
    let param = object.needed_text("path", MAX_TEXT, faults).map(str::to_owned);
    let value = object.needed("value", "a value of the parameter", faults)?;
    Some(Make::Set { kind: part?, path: param?, value: value.clone() })
}
