//! What accompanies the exercise: a checklist that ticks itself, the glossary, and texts with figures. Help stands in [`super::rungs`].
//!
//! All of it is data in the kata's folder. Reading checks every condition and every figure that a text names, so a broken file is
//! one sentence in a test and never a hole in the page. A text names figures in braces, such as `{max_backlog}`.

use std::error::Error;
use std::fmt;

use super::figures::{RunFigures, named};
use super::reading::{MAX_ITEMS, MAX_TEXT, texts};
use super::when::When;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Problem};
use crate::json::Value;

/// Something that the learner has seen or done, as soon as a run shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// A stable name, stored with the learner's ticks.
    pub id: String,
    /// What there is to see or to do.
    pub text: String,
    /// The figure that shows it.
    pub seen: Template,
    /// The runs that show it.
    pub when: When,
}

/// A word, the forms in which it stands in texts, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it stands in the list of words.
    pub term: String,
    /// Besides the term itself: `retries`, `times out`. Case doesn't matter.
    pub forms: Vec<String>,
    /// What it means, in a sentence or two.
    pub text: String,
    /// The first step or the item of the checklist after which it is listed; `None`: from the start.
    pub after: Option<String>,
}

/// A text with figures of a run in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

/// Why a text with figures can't be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// In this text.
    OpenBrace(String),
    /// There is no figure of this name.
    UnknownFigure {
        /// What stands in braces.
        key: String,
        /// The whole text.
        text: String,
    },
}

impl TemplateError {
    /// The code of the problem that a file with it has.
    pub fn code(&self) -> Code {
        match self {
            TemplateError::OpenBrace(_) => Code::NotAllowed,
            TemplateError::UnknownFigure { .. } => Code::UnknownFigure,
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TemplateError::OpenBrace(text) => write!(f, "a brace is not closed in “{text}”"),
            TemplateError::UnknownFigure { key, text } => write!(f, "there is no figure “{key}” for “{text}”"),
        }
    }
}

impl Error for TemplateError {}

impl Template {
    /// Reads a text with figures in braces.
    ///
    /// # Errors
    /// If a brace is not closed or names no figure.
    pub fn read(text: &str) -> Result<Template, TemplateError> {
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').ok_or_else(|| TemplateError::OpenBrace(text.to_owned()))?;
            let key = &rest[open + 1..open + close];
            let unknown = || TemplateError::UnknownFigure { key: key.to_owned(), text: text.to_owned() };
            named(key).ok_or_else(unknown)?;
            rest = &rest[open + close + 1..];
        }
        Ok(Template(text.to_owned()))
    }

    /// As it stands in the file.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The text with the figures of a run.
    pub fn with(&self, run: RunFigures<'_>) -> String {
        let mut out = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (key, after) = after.split_once('}').expect("read");
            let figure = named(key).expect("read");
            out += before;
            out += &figure.told(run);
            rest = after;
        }
        out + rest
    }
}

impl Item {
    /// Whether a run shows it.
    pub fn is_seen(&self, run: RunFigures<'_>) -> bool {
        self.when.holds(run)
    }
}

/// How conditions and texts with figures are read.
#[derive(Clone, Copy)]
pub(super) struct Conditions {
    pub when: fn(&Object<'_>, &mut Faults) -> Option<When>,
    template: fn(&Object<'_>, &str, &mut Faults) -> Option<Template>,
}

/// At once, each checked.
pub(super) const CHECKED: Conditions = Conditions { when: read_when, template: read_template };
/// Not yet: an empty one stands in its place.
pub(super) const LATER: Conditions =
    Conditions { when: |_, _| Some(When::default()), template: |_, _, _| Some(Template(String::new())) };

/// Reads a checklist.
///
/// # Errors
/// Every problem, with its place; also a condition that can't be understood and a figure that there is not.
pub fn read_checklist(value: &Value) -> Result<Vec<Item>, Vec<Problem>> {
    read_items(value, CHECKED)
}

/// The same, its conditions read in this way.
pub(super) fn read_items(value: &Value, conditions: Conditions) -> Result<Vec<Item>, Vec<Problem>> {
    let item = |object: &Object<'_>, faults: &mut Faults| {
        let id = object.needed_text("id", MAX_TEXT, faults);
        let text = object.needed_text("text", MAX_TEXT, faults);
        let (when, seen) = ((conditions.when)(object, faults), (conditions.template)(object, "seen", faults));
        Some(Item { id: id?.to_owned(), text: text?.to_owned(), seen: seen?, when: when? })
    };
    items(value, "items", &["id", "text", "when", "seen"], item)
}

/// Reads a glossary.
///
/// # Errors
/// Every problem, with its place; also where two terms have the same form, so that a text would not say which is meant.
pub fn read_glossary(value: &Value) -> Result<Vec<Term>, Vec<Problem>> {
    let mut forms: Vec<(String, String)> = Vec::new();
    let term = |object: &Object<'_>, faults: &mut Faults| {
        let (term, text) = (object.needed_text("term", MAX_TEXT, faults), object.needed_text("text", MAX_TEXT, faults));
        let more = object.get("forms").map_or_else(Vec::new, |_| texts(object, "forms", faults));
        let after = object.get("after").and_then(|_| object.text("after", 1, MAX_TEXT, faults)).map(str::to_owned);
        let term = Term { term: term?.to_owned(), forms: more, text: text?.to_owned(), after };
        for form in term.forms.iter().chain([&term.term]).map(|form| form.to_ascii_lowercase()) {
            if let Some((_, other)) = forms.iter().find(|(known, other)| *known == form && *other != term.term) {
                let words = format!("“{form}” stands for “{other}” and for “{}”", term.term);
                faults.add(Code::Duplicate, &object.path, words);
            }
            forms.push((form, term.term.clone()));
        }
        Some(term)
    };
    items(value, "terms", &["term", "forms", "text", "after"], term)
}

/// A file with one list of objects with these fields.
fn items<T>(
    value: &Value,
    key: &str,
    fields: &[&str],
    mut read: impl FnMut(&Object<'_>, &mut Faults) -> Option<T>,
) -> Result<Vec<T>, Vec<Problem>> {
    whole(value, |value, faults| {
        faults.examine(value);
        let top = Object::new(value, "", &[key], faults)?;
        let list = top.needed_list(key, "a list of objects", MAX_ITEMS, faults);
        let mut found = Vec::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            if let Some(object) = Object::new(value, &format!("{key}[{at}]"), fields, faults) {
                found.extend(read(&object, faults));
            }
        }
        Some(found)
    })
}

/// The condition of an object.
pub(super) fn read_when(object: &Object<'_>, faults: &mut Faults) -> Option<When> {
    let text = object.needed_text("when", MAX_TEXT, faults)?;
    When::read(text).map_err(|error| faults.add(error.code(), &object.at("when"), error.to_string())).ok()
}

pub(super) fn read_template(object: &Object<'_>, key: &str, faults: &mut Faults) -> Option<Template> {
    let text = object.needed_text(key, MAX_TEXT, faults)?;
    Template::read(text).map_err(|error| faults.add(error.code(), &object.at(key), error.to_string())).ok()
}
