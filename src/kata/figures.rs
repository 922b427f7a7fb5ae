//! Figures of a run by name: the words that conditions and texts of the kata's files may use.
//!
//! [`named`] knows every goal metric, every count of a report, and a few facts of the design. A name is checked when a file is read, so that a
//! text never asks for a figure that does not exist.

use crate::design::{Design, Node};
use crate::kinds::{Behaviour, KINDS, Kind, KindId};
use engine::measure::report::Counts;
use engine::measure::{METRICS, Report, Unit};

use super::Verdict;

/// A run as texts and conditions see it.
#[derive(Clone, Copy)]
pub struct RunFigures<'a> {
    /// What was run.
    pub design: &'a Design,
    /// What came out.
    pub report: &'a Report,
    /// Which goals hold.
    pub verdict: &'a Verdict,
}

/// A figure that texts may name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Named {
    /// As texts and conditions name it.
    pub key: &'static str,
    /// How its value is written.
    pub unit: Unit,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Report(fn(&Report) -> Option<f64>),
    Design(fn(&Design) -> usize),
    /// How many components of a kind there are.
    Kind(KindId),
    Verdict(fn(&Verdict) -> usize),
}

impl PartialEq for Source {
    /// Figures are equal if their names are.
    fn eq(&self, _: &Source) -> bool {
        true
    }
}

const fn count(key: &'static str, of: fn(&Report) -> Option<f64>) -> Named {
    Named { key, unit: Unit::Count, source: Source::Report(of) }
}

const fn drawn(key: &'static str, of: fn(&Design) -> usize) -> Named {
    Named { key, unit: Unit::Count, source: Source::Design(of) }
}

const fn judged(key: &'static str, of: fn(&Verdict) -> usize) -> Named {
    Named { key, unit: Unit::Count, source: Source::Verdict(of) }
}

fn counted(report: &Report, of: fn(&Counts) -> u64) -> Option<f64> {
    Some(of(&report.counts) as f64)
}

/// What may be named besides the metrics of goals.
const MORE: &[Named] = &[
    count("arrivals", |r| counted(r, |c| c.arrivals)),
    count("accepted", |r| counted(r, |c| c.accepted)),
    count("rejected", |r| counted(r, |c| c.rejected)),
    count("abandoned", |r| counted(r, |c| c.abandoned)),
    count("confirmed", |r| counted(r, |c| c.confirmed)),
    count("dead_lettered", |r| counted(r, |c| c.dead_lettered)),
    count("lost", |r| counted(r, |c| c.lost)),
    count("retries", |r| counted(r, |c| c.retries)),
    count("timeouts", |r| counted(r, |c| c.timeouts)),
    count("clinic_errors", |r| counted(r, |c| c.clinic_errors)),
    count("breaker_opened", |r| counted(r, |c| c.breaker_opened)),
    count("most_workers", |r| r.workers.iter().map(|(_, w)| w.max as f64).reduce(f64::max)),
    drawn("breakers", breakers),
    drawn("direct_calls", direct_calls),
    judged("passed", |v| usize::from(v.passed())),
    judged("goals_met", |v| v.goals.iter().filter(|g| g.met()).count()),
    judged("goals", |v| v.goals.len()),
];

fn of_kind(design: &Design, kind: KindId) -> usize {
    design.nodes.iter().filter(|n| n.kind == kind).count()
}

fn breakers(design: &Design) -> usize {
    let has_breaker = |n: &Node| n.kind.kind().param("breaker").is_some() && !n.param("breaker").is_null();
    design.nodes.iter().filter(|n| has_breaker(n)).count()
}

/// Edges by which an API calls a clinic while the patient waits.
fn direct_calls(design: &Design) -> usize {
    let does = |id: &str| design.node(id).map(|n| n.behaviour());
    let direct = |from: &str, to: &str| does(from) == Some(Behaviour::PassesOn) && does(to) == Some(Behaviour::Answers);
    design.edges.iter().filter(|e| direct(&e.from, &e.to)).count()
}

/// The figure called `key`; `None` if there is none of that name.
pub fn named(key: &str) -> Option<Named> {
    let metric = METRICS.iter().find(|m| m.key == key);
    let metric = metric.map(|m| Named { key: m.key, unit: m.unit, source: Source::Report(m.value) });
    metric.or_else(|| MORE.iter().find(|n| n.key == key).copied()).or_else(|| of_kinds().find(|n| n.key == key))
}

/// Every name there is, for messages and the author's page.
pub fn names() -> impl Iterator<Item = &'static str> {
    METRICS.iter().map(|m| m.key).chain(MORE.iter().map(|n| n.key)).chain(of_kinds().map(|n| n.key))
}

/// How many components of each kind that has a name for it.
fn of_kinds() -> impl Iterator<Item = Named> {
    let named = |kind: &&'static Kind| Some((kind.figure_key?, kind.id));
    let all = KINDS.iter().filter_map(named);
    all.map(|(key, kind)| Named { key, unit: Unit::Count, source: Source::Kind(kind) })
}

impl Named {
    /// Whether it follows from the design alone.
    pub fn is_of_design(&self) -> bool {
        matches!(self.source, Source::Design(_) | Source::Kind(_))
    }

    /// The figure of a run; `None` if it is infinite or there is nothing to count.
    pub fn of(&self, run: RunFigures<'_>) -> Option<f64> {
        match self.source {
            Source::Report(value) => value(run.report),
            Source::Design(value) => Some(value(run.design) as f64),
            Source::Kind(kind) => Some(of_kind(run.design, kind) as f64),
            Source::Verdict(value) => Some(value(run.verdict) as f64),
        }
    }
}
