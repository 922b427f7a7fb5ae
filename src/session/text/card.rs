//! Cards: what the card of a component says, as text and numbers, and what a screen reader says of it. Drawing it is the page's.
//!
//! The same parts for every kind: a figure with its unit, a picture, a line below. Before a run they are those of its first moment, so that
//! nothing moves when it begins. Knows nothing of sizes or of colours.

use crate::design::{Location, Node, Problem};
use crate::kata::Scenario;
use crate::say;
use crate::session::run::figures::Figure;

pub mod failures;
mod kinds;

/// Everything on a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardContent {
    pub title: String,
    /// The main figure.
    pub big: String,
    /// What the figure counts: `of 32 threads`.
    pub unit: String,
    pub picture: Picture,
    pub foot: Foot,
    /// Why something failed here since the start of the run, most important first: `99 796 requests refused`.
    pub failures: Vec<String>,
    /// There is room for the title and the figure only.
    pub short: bool,
    /// The scenario gives its parameters.
    pub given: bool,
}

/// What a card shows between figure and foot.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Picture {
    #[default]
    None,
    Demand(Demand),
    Cells(Cells),
    Vessel(Vessel),
}

/// The scenario's bookings over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// Corners of the curve: the share of the scenario's time, and of its highest rate, each 0–1.
    pub corners: Vec<(f64, f64)>,
    /// How much of the time has gone by, 0–1; `None` without a run.
    pub now: Option<f64>,
}

/// Servers: busy ones are lit, ordered ones that have not started yet are hollow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cells {
    pub busy: u64,
    pub servers: u64,
    pub starting: u64,
    /// Of the busy ones, those whose work nobody waits for any more.
    pub unheard: u64,
    /// How many there can be at most: the cells' places.
    pub places: u64,
}

/// A vessel that fills up to a limit, and beyond it where nothing holds it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Vessel {
    /// How much of the limit is used, 0–1.
    pub level: f64,
    /// How far beyond the limit, 0–1: 1 − √(limit ÷ depth), so that five times and thirty times the limit look different.
    pub over: f64,
    /// The limit's figure, and how many times over it is: `3 000`, `30 × 3 000`; `None` where there is none.
    pub limit: Option<String>,
}

/// The last line of a card, or two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foot {
    pub tone: Tone,
    pub words: String,
    /// A second line, of a failure only.
    pub more: String,
}

/// How a foot is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    /// Worth a look, no failure.
    Alert,
    /// Something failed here.
    Failed,
}

impl Foot {
    fn plain(words: impl Into<String>) -> Foot {
        Foot { tone: Tone::Plain, words: words.into(), more: String::new() }
    }
}

/// What the card of a component says in a scenario. `figure`: what goes on there in a run; `gone`: how much of the scenario's time has gone
/// by, 0–1.
pub fn content(node: &Node, figure: Option<&Figure>, gone: Option<f64>, scenario: &Scenario) -> CardContent {
    let mut face = kinds::content(node, figure, gone, scenario);
    face.title = node.name().to_owned();
    face.given = scenario.given.iter().any(|(kind, params)| *kind == node.kind && !params.is_empty());
    if let Some(figure) = figure {
        let reasons = failures::reasons(node, figure).unwrap_or_default();
        if let Some(foot) = failures::foot(node, figure, &reasons).flatten() {
            face.foot = foot;
        }
        face.failures = reasons.into_iter().map(|reason| reason.long).collect();
    }
    face
}

/// The component that a problem is about, by id.
pub fn place_of(problem: &Problem) -> Option<&str> {
    match &problem.place {
        Location::Node { id, .. } => Some(id),
        _ => None,
    }
}

/// The problems of a component.
pub fn problems_of<'a>(problems: &'a [Problem], id: &'a str) -> impl Iterator<Item = &'a Problem> {
    problems.iter().filter(move |p| place_of(p) == Some(id))
}

/// What a screen reader says of a component.
pub fn spoken(node: &Node, face: &CardContent, leads: &str, mine: &[&Problem]) -> String {
    // First what is written on the card, in its order: people who control the page by voice say what they see.
    let mut words = vec![node.name().to_owned(), format!("{} {}", face.big, face.unit)];
    if let Picture::Vessel(Vessel { limit: Some(limit), .. }) = &face.picture {
        words.push(limit.clone());
    }
    words.extend([&face.foot.words, &face.foot.more].into_iter().filter(|line| !line.is_empty()).cloned());
    // The badge shows how many there are.
    if mine.len() > 1 {
        words.push(say!("card.problems", n = mine.len()));
    }
    words.extend(face.failures.iter().cloned());
    if face.given {
        words.push(say!("card.given").to_owned());
    }
    if !leads.is_empty() {
        words.push(leads.to_owned());
    }
    let errors = mine.iter().filter(|p| p.is_error()).count();
    let warnings = mine.len() - errors;
    if errors > 0 {
        words.push(say!("card.errors", plural = errors, n = errors));
    }
    if warnings > 0 {
        words.push(say!("card.warnings", plural = warnings, n = warnings));
    }
    words.join(", ")
}
