//! Figures of a run by name: the words that conditions and texts of the kata's files may use.
//!
//! [`named`] knows every goal metric and whether it was missed, every count of a report, facts of the design, its parameters, and what is
//! worked out from design and scenario. A name is checked when a file is read, so that a text never asks for a figure that does not exist.

use crate::design::{Design, Node};
use crate::format;
use crate::kinds::{Behaviour, KINDS, Kind, KindId};
use engine::measure::report::Counts;
use engine::measure::{METRICS, Metric, Report, Unit};

use super::{Analysis, Verdict};

mod param;
pub mod world;

use param::ParamFigure;
use world::WORLD;

/// A run as texts and conditions see it.
#[derive(Clone, Copy)]
pub struct RunFigures<'a> {
    /// What was run, and in which scenario.
    pub analysis: &'a Analysis,
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
    shows: Shows,
    source: Source,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Metric(Unit),
    /// Seconds, as a duration.
    Seconds,
    /// Milliseconds of a sum, with all digits that matter.
    Exact,
    /// A plain number, with a digit after the point where it is small and not whole.
    Number,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Report(fn(&Report) -> Option<f64>),
    Design(fn(&Design) -> usize),
    /// How many components of a kind there are.
    Kind(KindId),
    Verdict(fn(&Verdict) -> usize),
    /// 1 if the scenario has this goal and it does not hold.
    Missed(&'static Metric),
    Param(ParamFigure),
    World(fn(&Analysis, &Report) -> Option<f64>),
}

impl PartialEq for Source {
    /// Figures are equal if their names are.
    fn eq(&self, _: &Source) -> bool {
        true
    }
}

const COUNT: Shows = Shows::Metric(Unit::Count);

const fn count(key: &'static str, of: fn(&Report) -> Option<f64>) -> Named {
    Named { key, shows: COUNT, source: Source::Report(of) }
}

const fn drawn(key: &'static str, of: fn(&Design) -> usize) -> Named {
    Named { key, shows: COUNT, source: Source::Design(of) }
}

const fn judged(key: &'static str, of: fn(&Verdict) -> usize) -> Named {
    Named { key, shows: COUNT, source: Source::Verdict(of) }
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
    count("given_up", |r| counted(r, |c| c.dead_lettered + c.lost)),
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
    let of_metric = |key: &str| METRICS.iter().find(|m| m.key == key);
    if let Some((first, rest)) = key.split_once('.') {
        let missed = |metric: &'static Metric| Named { key: metric.key, shows: COUNT, source: Source::Missed(metric) };
        return if first == MISSED { of_metric(rest).map(missed) } else { param::named(key) };
    }
    let metric =
        of_metric(key).map(|m| Named { key: m.key, shows: Shows::Metric(m.unit), source: Source::Report(m.value) });
    let listed = || MORE.iter().chain(WORLD).find(|n| n.key == key).copied();
    metric.or_else(listed).or_else(|| of_kinds().find(|n| n.key == key))
}

/// `missed.cost` and the like.
const MISSED: &str = "missed";

/// Every name without a point, for messages and the author's page.
pub fn names() -> impl Iterator<Item = &'static str> {
    let listed = MORE.iter().chain(WORLD).map(|n| n.key);
    METRICS.iter().map(|m| m.key).chain(listed).chain(of_kinds().map(|n| n.key))
}

/// How many components of each kind that has a name for it.
fn of_kinds() -> impl Iterator<Item = Named> {
    let named = |kind: &&'static Kind| Some((kind.figure_key?, kind.id));
    let all = KINDS.iter().filter_map(named);
    all.map(|(key, kind)| Named { key, shows: COUNT, source: Source::Kind(kind) })
}

impl Named {
    /// Whether it follows from the design alone.
    pub fn is_of_design(&self) -> bool {
        matches!(self.source, Source::Design(_) | Source::Kind(_) | Source::Param(_))
    }

    /// The figure of a run; `None` if it is infinite or there is nothing to count.
    pub fn of(&self, run: RunFigures<'_>) -> Option<f64> {
        match self.source {
            Source::Report(value) => value(run.report),
            Source::Design(value) => Some(value(&run.analysis.design) as f64),
            Source::Kind(kind) => Some(of_kind(&run.analysis.design, kind) as f64),
            Source::Verdict(value) => Some(value(run.verdict) as f64),
            Source::Missed(metric) => {
                Some(f64::from(run.verdict.goals.iter().any(|g| g.goal.metric == metric && !g.met())))
            }
            Source::Param(figure) => figure.of(run.analysis),
            Source::World(value) => value(run.analysis, run.report),
        }
    }

    /// Whether it is a time, in milliseconds.
    pub fn is_time(&self) -> bool {
        matches!(self.shows, Shows::Metric(Unit::Millis) | Shows::Exact)
    }

    /// The figure of a run in words.
    pub fn told(&self, run: RunFigures<'_>) -> String {
        let value = self.of(run);
        match self.shows {
            Shows::Metric(unit) => format::metric(value, unit),
            Shows::Seconds => value.map_or_else(|| format::NONE.to_owned(), format::duration_s),
            Shows::Exact => value.map_or_else(|| format::NONE.to_owned(), |ms| format::exact_s(ms / 1e3)),
            Shows::Number => value.map_or_else(|| format::NONE.to_owned(), plain),
        }
    }
}

/// `81`, `31.2`, `4 500`.
pub fn plain(value: f64) -> String {
    format::number(value, if value < 100.0 && value.fract() != 0.0 { 1 } else { 0 })
}
