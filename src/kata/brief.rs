//! The kata's texts that are not about a single run: story, constraints, lessons, what each scenario and each goal is about.

use super::reading::{MAX_TEXT, pairs, texts};
use crate::design::Problem;
use crate::design::file::faults::{Faults, Object, whole};
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
    /// The story, a paragraph each.
    pub story: Vec<String>,
    /// What a design has to reach, a sentence each.
    pub constraints: Vec<String>,
    /// What the learner takes away.
    pub learn: Vec<String>,
    /// One paragraph for each scenario, by its id: what is different about it.
    pub scenarios: Vec<(String, String)>,
    /// What each goal means in a few words, by its metric's key.
    pub goals: Vec<(String, String)>,
}

const FIELDS: &[&str] =
    &["title", "level", "minutes", "domain", "hook", "story", "constraints", "learn", "scenarios", "goals"];
const MINUTES: Shape = Shape::Whole { min: 1, max: 10_000, nullable: false };

impl Brief {
    /// Reads the file.
    ///
    /// # Errors
    /// Every problem, with its place.
    pub fn read(value: &Value) -> Result<Brief, Vec<Problem>> {
        whole(value, read)
    }

    /// What is different about a scenario.
    pub fn scenario(&self, id: &str) -> Option<&str> {
        self.scenarios.iter().find(|(key, _)| key == id).map(|(_, text)| text.as_str())
    }

    /// What a goal's metric means.
    pub fn goal(&self, metric: &str) -> Option<&str> {
        self.goals.iter().find(|(key, _)| key == metric).map(|(_, text)| text.as_str())
    }
}

fn read(value: &Value, faults: &mut Faults) -> Option<Brief> {
    faults.examine(value);
    let top = Object::new(value, "", FIELDS, faults)?;
    let mut text = |key| top.needed_text(key, MAX_TEXT, faults).map(str::to_owned);
    let (title, level, domain, hook) = (text("title"), text("level"), text("domain"), text("hook"));
    let minutes = read_minutes(&top, faults);
    Some(Brief {
        story: texts(&top, "story", faults),
        constraints: texts(&top, "constraints", faults),
        learn: texts(&top, "learn", faults),
        scenarios: pairs(&top, "scenarios", faults),
        goals: pairs(&top, "goals", faults),
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
