//! Help after a run that did not pass, a rung at a time: which ladder the run led to, with its figures, and what the learner has opened of it.
//!
//! What was opened stays open when another run leads to the same ladder, or to another one that leads to the same change; and an answer stays
//! as it was given. Every opened rung counts once; nothing is taken away for it. The ladders themselves are the kata's ([`crate::kata::rungs`]).

use crate::design::{Design, NodeId};
use crate::kata::builtin::rungs;
use crate::kata::figures::{RunFigures, plain};
use crate::kata::rungs::{Answer, Ladder, Ring};
use crate::late;
use crate::say;
use crate::session::Session;

/// Rungs of a ladder: a question, where to look, which way, the number.
pub const RUNGS: usize = 4;
/// The largest answer that is taken.
const MOST: f64 = 1e12;

/// A ladder with the figures of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Help {
    /// The ladder's id.
    pub id: String,
    /// The rungs' texts, in their order.
    pub texts: [String; RUNGS],
    /// What the question asks for, where that is a number.
    pub answer: Option<Asking>,
    /// What the second rung points at: components, and connections by their ends.
    pub nodes: Vec<NodeId>,
    pub edges: Vec<(NodeId, NodeId)>,
}

/// A number that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// What stands before the field; may be empty.
    pub before: String,
    pub unit: String,
    pub right: f64,
}

impl Asking {
    /// Whether the answer was near enough, and how both compare: `You said 30 a second. It is 31.2.`
    pub fn compared(&self, said: f64) -> (bool, String) {
        (
            Answer::is_near(said, self.right),
            say!("run.you_said", said = plain(said), unit = self.unit, right = plain(self.right)),
        )
    }
}

impl Help {
    /// The ladder for a run in a scenario; `None` where the kata has none.
    pub fn of(scenario: &str, figures: RunFigures<'_>) -> Option<Help> {
        rungs().of(scenario, figures).map(|ladder| Help::told(ladder, figures))
    }

    /// A ladder with the figures of a run.
    pub fn told(ladder: &Ladder, figures: RunFigures<'_>) -> Help {
        let design = &figures.analysis.design;
        let of = |answer: &Answer| {
            let right = answer.of(figures)?;
            Some(Asking { before: answer.before.clone(), unit: answer.unit.clone(), right })
        };
        Help {
            id: ladder.id.clone(),
            texts: [&ladder.question, &ladder.look, &ladder.way, &ladder.number].map(|text| text.with(figures)),
            answer: ladder.answer.as_ref().and_then(of),
            nodes: ringed_nodes(design, &ladder.rings),
            edges: ringed_edges(design, &ladder.rings),
        }
    }
}

fn ringed_nodes(design: &Design, rings: &[Ring]) -> Vec<NodeId> {
    let ringed = |kind| rings.iter().any(|ring| matches!(ring, Ring::Part(part) if *part == kind));
    design.nodes.iter().filter(|node| ringed(node.kind)).map(|node| node.id.clone()).collect()
}

fn ringed_edges(design: &Design, rings: &[Ring]) -> Vec<(NodeId, NodeId)> {
    let kind = |id: &str| design.node(id).map(|node| node.kind);
    let ringed =
        |from, to| rings.iter().any(|ring| matches!(ring, Ring::Way(a, b) if Some(*a) == from && Some(*b) == to));
    let all = design.edges.iter().filter(|edge| ringed(kind(&edge.from), kind(&edge.to)));
    all.map(|edge| (edge.from.clone(), edge.to.clone())).collect()
}

/// What the learner does with a ladder.
#[derive(Clone, Debug, PartialEq)]
pub enum Helping {
    /// Opens the next rung of the ladder of this id.
    Open(String),
    /// Answers its question, once.
    Answer(String, f64),
    /// What was opened on an earlier visit.
    Take(OpenedRungs),
}

/// What was opened, by the ladders' ids: how many rungs, and the answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenedRungs(Vec<(String, usize, Option<f64>)>);

impl OpenedRungs {
    /// From what was stored: ladders that the kata does not have, or that come twice, are left out; those of a kata whose ladders are not here yet
    /// stay until `Session::arrived`.
    pub fn read(kept: impl IntoIterator<Item = (String, usize, Option<f64>)>) -> OpenedRungs {
        let mut opened = OpenedRungs::default();
        for (id, count, said) in kept {
            let known = !late::is_here() || rungs().ladders.iter().any(|ladder| ladder.id == id);
            if known && count > 0 && opened.0.iter().all(|(own, ..)| *own != id) {
                opened.0.push((id, count.min(RUNGS), said.filter(|said| fits(*said))));
            }
        }
        opened
    }

    /// To store it.
    pub fn kept(&self) -> &[(String, usize, Option<f64>)] {
        &self.0
    }

    /// How many rungs of a ladder are open: as many as of those that lead to the same change.
    pub fn rungs(&self, id: &str) -> usize {
        self.0.iter().filter(|(own, ..)| is_same(own, id)).map(|(_, rungs, _)| *rungs).max().unwrap_or(0)
    }

    /// What was answered to a ladder's question.
    pub fn said(&self, id: &str) -> Option<f64> {
        self.0.iter().find(|(own, ..)| own == id)?.2
    }

    /// All rungs opened so far; of ladders that lead to the same change those of the one that is open furthest.
    pub fn count(&self) -> usize {
        let first = |at: usize, id: &str| self.0[..at].iter().all(|(own, ..)| !is_same(own, id));
        let ladders = self.0.iter().enumerate().filter(|(at, (id, ..))| first(*at, id));
        ladders.map(|(_, (id, ..))| self.rungs(id)).sum()
    }

    fn open(&mut self, id: &str) {
        let now = (self.rungs(id) + 1).min(RUNGS);
        match self.0.iter_mut().find(|(own, ..)| own == id) {
            Some((_, rungs, _)) => *rungs = now,
            None => self.0.push((id.to_owned(), now, None)),
        }
    }

    fn answer(&mut self, id: &str, said: f64) {
        let open = self.rungs(id);
        if open > 0 && self.0.iter().all(|(own, ..)| own != id) {
            self.0.push((id.to_owned(), open, None));
        }
        if let Some((.., there)) = self.0.iter_mut().find(|(own, ..)| own == id) {
            *there = there.or(Some(said).filter(|said| fits(*said)));
        }
    }
}

/// Whether two ladders are one, or lead to the same change: then what one has told is no news in the other.
fn is_same(one: &str, other: &str) -> bool {
    let of = |id: &str| rungs().ladders.iter().find(|ladder| ladder.id == id).map(|ladder| &ladder.make);
    one == other || late::is_here() && of(one).is_some_and(|make| of(other) == Some(make))
}

fn fits(said: f64) -> bool {
    (0.0..=MOST).contains(&said)
}

impl Session {
    /// What the learner has opened of help so far.
    pub fn opened(&self) -> &OpenedRungs {
        &self.opened
    }

    /// What is to be ringed on the stage: what the second rung of the last run's help points at, once that is open, until the next run begins or
    /// the design is another one.
    pub fn ringed(&self) -> Option<&Help> {
        let finished = self.finished()?;
        let help = finished.review.help.as_ref()?;
        (self.opened.rungs(&help.id) > 1 && !self.is_stale()).then_some(help)
    }

    pub(in crate::session) fn help(&mut self, helping: Helping) {
        match helping {
            Helping::Open(id) => self.opened.open(&id),
            Helping::Answer(id, said) => self.opened.answer(&id, said),
            Helping::Take(opened) => self.opened = opened,
        }
    }

    /// The kata's ladders are here: what was opened of others is left out.
    pub(in crate::session) fn sift_opened(&mut self) {
        self.opened = OpenedRungs::read(std::mem::take(&mut self.opened).0);
    }
}

/// An answer as it was typed, with a point or a comma; `None` where it is no number or below 0.
pub fn typed(text: &str) -> Option<f64> {
    let plain: String = text.replace(',', ".").split_whitespace().collect();
    crate::decimal::read(&plain).filter(|said| fits(*said))
}

/// `2 hints`; `no hint`.
pub fn hints(count: usize) -> String {
    match count {
        0 => say!("run.no_hint").to_owned(),
        n => say!("run.hints", plural = n, n),
    }
}
