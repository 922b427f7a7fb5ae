//! The kata's texts that are not about a single run: what is seen first (a heading, a lead, a few figures, the first steps), story,
//! constraints, lessons, what each scenario and each goal is about.

use super::learning::{CHECKED, Conditions};
use super::reading::{MAX_ITEMS, MAX_TEXT, pairs, texts};
use super::scenario::Scenario;
use super::when::When;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Problem};
use crate::json::Value;
use crate::kinds::Shape;

/// `brief.json`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// The kata's name.
    pub title: String,
    /// How hard it is, in a word.
    pub level: String,
    /// How long it takes: from … to.
    pub minutes: (u32, u32),
    /// What it is about, in a word or two.
    pub domain: String,
    /// What there is to do, in one sentence: the first thing a learner reads.
    pub hook: String,
    /// What stands above the lead: where and when it happens.
    pub heading: String,
    /// What it is about, in three lines at most.
    pub lead: String,
    /// The figures to know before the first run.
    pub facts: Vec<Fact>,
    /// The first steps, which tick themselves off; may be none.
    pub steps: Vec<Step>,
    /// What a run is called where its log stands, such as `This morning`; empty where the kata has no word for it.
    pub run: String,
    /// The story, a paragraph each.
    pub story: Vec<String>,
    /// What a design has to reach, a sentence each.
    pub constraints: Vec<String>,
    /// What the learner takes away, each once a run of theirs has shown it.
    pub learn: Vec<TakeAway>,
    /// One paragraph for each scenario, by its id: what is different about it.
    pub scenarios: Vec<(String, String)>,
    /// What each goal means in a few words, by its metric's key.
    pub goals: Vec<(String, String)>,
}

/// A figure with a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// `2 → 40/s`.
    pub figure: String,
    /// `bookings at eight`.
    pub words: String,
    /// The scenario in which it takes the place of the fact with the same words, or comes first where there is none; `None` for one that holds in
    /// all others.
    pub scenario: Option<String>,
}

/// What there is to take away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeAway {
    /// A sentence.
    pub text: String,
    /// The item of the checklist that shows it; without one, a scenario that is passed.
    pub item: Option<String>,
}

/// A first step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// A stable name, stored once it is ticked; none of the checklist's.
    pub id: String,
    /// What to do, in a few words.
    pub text: String,
    /// The runs, or the designs, that tick it; `None`: one design that passes every scenario.
    pub when: Option<When>,
    /// Told once all before it are done.
    pub later: bool,
}

const FIELDS: &[&str] = &[
    "title",
    "level",
    "minutes",
    "domain",
    "hook",
    "heading",
    "lead",
    "facts",
    "steps",
    "run",
    "story",
    "constraints",
    "learn",
    "scenarios",
    "goals",
];
/// Letters of what is seen first, at most: it stands beside the design in a column of 232 pixels.
const MAX_HEADING: usize = 36;
const MAX_LEAD: usize = 110;
const MAX_FIGURE: usize = 11;
const MAX_WORDS: usize = 26;
/// The most facts, and the most steps.
const MAX_FACTS: usize = 6;
const MAX_STEPS: usize = 5;
const MINUTES: Shape = Shape::Whole { min: 1, max: 10_000, nullable: false };

impl Brief {
    /// Reads the file.
    ///
    /// # Errors
    /// Every problem, with its place.
    pub fn read(value: &Value) -> Result<Brief, Vec<Problem>> {
        Brief::read_with(value, CHECKED)
    }

    /// The same, the conditions of its steps read in this way.
    pub(super) fn read_with(value: &Value, conditions: Conditions) -> Result<Brief, Vec<Problem>> {
        whole(value, |value, faults| read(value, conditions, faults))
    }

    /// What is different about a scenario.
    pub fn scenario(&self, id: &str) -> Option<&str> {
        self.scenarios.iter().find(|(key, _)| key == id).map(|(_, text)| text.as_str())
    }

    /// The facts of a scenario, in the order of the file.
    pub fn facts<'a>(&'a self, scenario: &'a str) -> impl Iterator<Item = &'a Fact> {
        let own = move |words: &str| {
            self.facts.iter().find(|fact| fact.words == words && fact.scenario.as_deref() == Some(scenario))
        };
        let general = || self.facts.iter().filter(|fact| fact.scenario.is_none());
        let new = move |fact: &&Fact| general().all(|other| other.words != fact.words);
        let first = self.facts.iter().filter(move |fact| fact.scenario.as_deref() == Some(scenario)).filter(new);
        first.chain(general().map(move |fact| own(&fact.words).unwrap_or(fact)))
    }

    /// What the brief begins with in a scenario: a heading, and what it is about. Beyond the first one, its name and what is different about it.
    pub fn opening<'a>(&'a self, scenario: &'a Scenario, first: &Scenario) -> (&'a str, &'a str) {
        match self.scenario(&scenario.id) {
            Some(different) if scenario.id != first.id => (&scenario.name, different),
            _ => (&self.heading, &self.lead),
        }
    }

    /// The first steps that are told, with their places: the first one, the others once something is done, later ones once all before are.
    pub fn steps_told(&self, done: impl Fn(&Step) -> bool) -> impl Iterator<Item = (usize, &Step)> {
        let begun = self.steps.iter().any(&done);
        let told =
            move |at: usize, step: &Step| at == 0 || begun && (!step.later || self.steps[..at].iter().all(&done));
        self.steps.iter().enumerate().filter(move |(at, step)| told(*at, step))
    }

    /// What a goal's metric means.
    pub fn goal(&self, metric: &str) -> Option<&str> {
        self.goals.iter().find(|(key, _)| key == metric).map(|(_, text)| text.as_str())
    }
}

fn read(value: &Value, conditions: Conditions, faults: &mut Faults) -> Option<Brief> {
    faults.examine(value);
    let top = Object::new(value, "", FIELDS, faults)?;
    let mut text = |key, most| top.needed_text(key, most, faults).map(str::to_owned);
    let (title, level, domain) = (text("title", MAX_TEXT), text("level", MAX_TEXT), text("domain", MAX_TEXT));
    let hook = text("hook", MAX_TEXT);
    let (heading, lead) = (text("heading", MAX_HEADING), text("lead", MAX_LEAD));
    let minutes = read_minutes(&top, faults);
    Some(Brief {
        story: texts(&top, "story", faults),
        constraints: texts(&top, "constraints", faults),
        learn: read_learn(&top, faults),
        scenarios: pairs(&top, "scenarios", faults),
        goals: pairs(&top, "goals", faults),
        facts: read_facts(&top, faults),
        steps: read_steps(&top, conditions, faults),
        run: top.get("run").and_then(|_| top.text("run", 1, MAX_HEADING, faults)).unwrap_or_default().to_owned(),
        heading: heading?,
        lead: lead?,
        title: title?,
        level: level?,
        domain: domain?,
        hook: hook?,
        minutes: minutes?,
    })
}

fn read_minutes(top: &Object<'_>, faults: &mut Faults) -> Option<(u32, u32)> {
    const ALLOWED: &str = "[from, to]";
    let value = top.needed("minutes", ALLOWED, faults)?;
    let Some([from, to]) = value.list() else {
        faults.refuse("minutes", value, ALLOWED);
        return None;
    };
    let mut one = |value, path| faults.check(&MINUTES, value, path)?.number().map(|n| n as u32);
    let (from, to) = (one(from, "minutes[0]"), one(to, "minutes[1]"));
    Some((from?, to?))
}

fn read_learn(top: &Object<'_>, faults: &mut Faults) -> Vec<TakeAway> {
    const ALLOWED: &str = "a text or [text, item of the checklist]";
    let list = top.needed_list("learn", &format!("a list of {ALLOWED}"), MAX_ITEMS, faults);
    let mut one = |(at, value): (usize, &Value)| {
        let path = format!("learn[{at}]");
        let (text, item) = match value.list() {
            None => (value, None),
            Some([text, item]) => (text, Some(item)),
            Some(_) => {
                faults.refuse(&path, value, ALLOWED);
                return None;
            }
        };
        let item = item.and_then(|id| faults.text(id, &format!("{path}[1]"), 1, MAX_TEXT)).map(str::to_owned);
        Some(TakeAway { text: faults.text(text, &path, 1, MAX_TEXT)?.to_owned(), item })
    };
    list.iter().enumerate().filter_map(&mut one).collect()
}

fn read_facts(top: &Object<'_>, faults: &mut Faults) -> Vec<Fact> {
    const ALLOWED: &str = "[figure, words] or [figure, words, scenario]";
    let list = top.needed_list("facts", &format!("a list of {ALLOWED}"), 8 * MAX_FACTS, faults);
    let mut facts: Vec<Fact> = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let path = format!("facts[{at}]");
        let (figure, words, scenario) = match value.list() {
            Some([figure, words]) => (figure, words, None),
            Some([figure, words, scenario]) => (figure, words, Some(scenario)),
            _ => {
                faults.refuse(&path, value, ALLOWED);
                continue;
            }
        };
        let figure = faults.text(figure, &format!("{path}[0]"), 1, MAX_FIGURE);
        let words = faults.text(words, &format!("{path}[1]"), 1, MAX_WORDS);
        let scenario = scenario.and_then(|id| faults.text(id, &format!("{path}[2]"), 1, MAX_TEXT)).map(str::to_owned);
        let Some((figure, words)) = figure.zip(words) else { continue };
        let fact = Fact { figure: figure.to_owned(), words: words.to_owned(), scenario };
        let twice = facts.iter().any(|other| other.words == fact.words && other.scenario == fact.scenario);
        if twice {
            faults.add(Code::Duplicate, &path, format!("“{words}” stands twice"));
        }
        facts.push(fact);
    }
    let many = facts.iter().filter(|fact| fact.scenario.is_none()).count();
    if many > MAX_FACTS {
        faults.add(Code::TooMany, "facts", format!("has {many} facts; allowed: at most {MAX_FACTS}."));
    }
    facts
}

fn read_steps(top: &Object<'_>, conditions: Conditions, faults: &mut Faults) -> Vec<Step> {
    if top.get("steps").is_none() {
        return Vec::new();
    }
    let list = top.needed_list("steps", "a list of objects", MAX_STEPS, faults);
    let mut steps = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let Some(object) = Object::new(value, &format!("steps[{at}]"), &["id", "text", "when", "later"], faults) else {
            continue;
        };
        let id = object.needed_text("id", MAX_TEXT, faults).map(str::to_owned);
        let text = object.needed_text("text", MAX_HEADING, faults).map(str::to_owned);
        let later = object.get("later") == Some(&Value::Bool(true));
        let without = later && object.get("when").is_none();
        let when = if without { None } else { (conditions.when)(&object, faults) };
        if let Some((id, text)) = id.zip(text).filter(|_| without || when.is_some()) {
            steps.push(Step { id, text, when, later });
        }
    }
    steps
}
