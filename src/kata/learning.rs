//! What accompanies the exercise: hints in three steps, a checklist that ticks itself, questions to think about, and the glossary.
//!
//! All of it is data under `static/katas/waiting-room/`. Reading checks every condition and every figure that a text names, so a broken file is
//! one sentence in a test and never a hole in the page. A text names figures in braces, such as `{max_backlog}`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::figures::{RunFigures, named};
use super::when::When;
use crate::format;
use crate::format::letters;

/// Hints for a scenario, the gentlest first; the next is shown on request.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hints {
    pub scenario: String,
    pub steps: [String; 3],
}

/// Something that the learner has seen or done, as soon as a run shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// A stable name to keep.
    pub id: String,
    pub text: String,
    /// The figure that shows it.
    pub seen: Template,
    pub when: When,
}

/// A question that a run raises.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub text: Template,
    pub when: When,
}

/// A word, the forms in which it stands in texts, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub term: String,
    /// Besides the term itself: `retries`, `times out`. Case doesn't matter.
    #[serde(default)]
    pub forms: Vec<String>,
    pub text: String,
}

/// A text with figures of a run in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

impl Template {
    /// # Errors
    /// In words, if a brace is not closed or names no figure.
    pub fn read(text: &str) -> Result<Template, String> {
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').ok_or_else(|| format!("a brace is not closed in “{text}”"))?;
            let key = &rest[open + 1..open + close];
            named(key).ok_or_else(|| format!("there is no figure “{key}” for “{text}”"))?;
            rest = &rest[open + close + 1..];
        }
        Ok(Template(text.to_owned()))
    }

    /// The text with the figures of a run.
    pub fn with(&self, run: RunFigures<'_>) -> String {
        let mut out = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (key, after) = after.split_once('}').expect("read");
            let figure = named(key).expect("read");
            out += before;
            out += &format::metric(figure.of(run), figure.unit);
            rest = after;
        }
        out + rest
    }
}

impl Item {
    pub fn is_seen(&self, run: RunFigures<'_>) -> bool {
        self.when.holds(run)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HintsFile {
    hints: Vec<Hints>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChecklistFile {
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    id: String,
    text: String,
    when: String,
    seen: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionsFile {
    questions: Vec<RawQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    when: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    terms: Vec<Term>,
}

fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))
}

/// Reads a file of hints.
///
/// # Errors
/// In words, with the place.
pub fn read_hints(text: &str) -> Result<Vec<Hints>, String> {
    parsed::<HintsFile>("hints.json", text).map(|file| file.hints)
}

/// Reads a checklist.
///
/// # Errors
/// In words, with the item's id.
pub fn read_checklist(text: &str) -> Result<Vec<Item>, String> {
    let item = |raw: RawItem| {
        let at = |error| format!("checklist.json: {}: {error}", raw.id);
        let (when, seen) = (When::read(&raw.when).map_err(at)?, Template::read(&raw.seen).map_err(at)?);
        Ok(Item { when, seen, id: raw.id, text: raw.text })
    };
    parsed::<ChecklistFile>("checklist.json", text)?.items.into_iter().map(item).collect()
}

/// The longest question in letters, its figures still in braces: with them it must fit a kept note (`MAX_QUESTION` of the notes).
pub const MAX_QUESTION: usize = 400;

/// Reads a file of questions.
///
/// # Errors
/// In words, with the question's number; also where a question is too long to be kept beside a note.
pub fn read_questions(text: &str) -> Result<Vec<Question>, String> {
    let question = |(at, raw): (usize, RawQuestion)| {
        let at = |error| format!("questions.json: question {}: {error}", at + 1);
        let long = Some(letters(&raw.text)).filter(|long| *long > MAX_QUESTION);
        if let Some(long) = long {
            return Err(at(format!("a question has at most {MAX_QUESTION} letters; this one has {long}")));
        }
        Ok(Question { when: When::read(&raw.when).map_err(at)?, text: Template::read(&raw.text).map_err(at)? })
    };
    parsed::<QuestionsFile>("questions.json", text)?.questions.into_iter().enumerate().map(question).collect()
}

/// Reads a glossary.
///
/// # Errors
/// In words, with the place; also where two terms have the same form, so that a text would not say which is meant.
pub fn read_glossary(text: &str) -> Result<Vec<Term>, String> {
    let terms = parsed::<GlossaryFile>("glossary.json", text)?.terms;
    let mut forms: Vec<(String, &str)> = Vec::new();
    for term in &terms {
        for form in term.forms.iter().chain([&term.term]).map(|form| form.to_lowercase()) {
            if let Some((_, other)) = forms.iter().find(|(known, other)| *known == form && *other != term.term) {
                return Err(format!("glossary.json: “{form}” stands for “{other}” and for “{}”", term.term));
            }
            forms.push((form, &term.term));
        }
    }
    Ok(terms)
}
