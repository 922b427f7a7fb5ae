//! The review of a run that is over: what held it back, with the evidence, its place and its figures.
//!
//! A rule is a small pure function of what a run was ([`FinishedRun`]): it says nothing, or what it saw and where. Causes stand before what
//! follows from them: calls before workers, workers before money. None says what to do: help is asked for, a rung at a time
//! ([`crate::kata::rungs`]).
//!
//! Nothing here is simulated; knows no page.

use crate::design::Location;
use engine::measure::{MetricId, Report, Series};
use engine::sim::fact::{FactKind, FactSet};

use crate::advice::lint::Context;
use crate::kata::{Analysis, Verdict};

mod bottleneck;
mod calls;
mod change;
mod flow;
mod money;
mod pools;
mod queues;

pub use bottleneck::bottleneck;
pub use change::{Level, bottleneck_of_changed};

/// What was seen, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// A stable name for tests and styles.
    pub code: &'static str,
    pub place: Location,
    /// One or two sentences with the figures that show it.
    pub text: String,
}

/// All threads were taken, by calls to a clinic or by an API's own work.
const THREADS_TAKEN: &str = "threads-taken";
const THREADS_FULL: &str = "threads-full";

impl Finding {
    /// What has to have happened at its place before its text is true; `None` where it is of the whole run.
    pub fn since(&self) -> Option<FactSet> {
        let of_threads = [THREADS_TAKEN, THREADS_FULL].contains(&self.code);
        of_threads.then(|| FactSet::of(&[FactKind::Lined, FactKind::EndedRejected]))
    }
}

/// A run that is over, with its figures.
pub struct FinishedRun<'a> {
    context: Context<'a>,
    report: &'a Report,
    series: &'a Series,
    verdict: &'a Verdict,
}

impl<'a> FinishedRun<'a> {
    pub fn new(
        analysis: &'a Analysis,
        report: &'a Report,
        series: &'a Series,
        verdict: &'a Verdict,
    ) -> FinishedRun<'a> {
        FinishedRun { context: Context::new(analysis), report, series, verdict }
    }

    /// A goal that the scenario has and that did not hold.
    fn missed(&self, metric: MetricId) -> bool {
        self.verdict.goals.iter().any(|g| g.goal.metric.id == metric && !g.met())
    }

    fn missed_any(&self, metrics: &[MetricId]) -> bool {
        metrics.iter().any(|m| self.missed(*m))
    }

    /// Confirmation was too slow, or the queue grew too long.
    fn fell_behind(&self) -> bool {
        self.missed_any(&[
            MetricId::EndToEndP50,
            MetricId::EndToEndP95,
            MetricId::EndToEndP99,
            MetricId::QueueWaitP50,
            MetricId::QueueWaitP95,
            MetricId::QueueWaitP99,
            MetricId::MaxBacklog,
            MetricId::FinalBacklog,
        ])
    }

    /// Too many patients were turned away.
    fn turned_away(&self) -> bool {
        self.missed_any(&[MetricId::TurnedAwayRatio, MetricId::UnservedRatio])
    }

    /// Too many bookings were accepted and not kept.
    fn let_down(&self) -> bool {
        self.missed_any(&[MetricId::DroppedRatio, MetricId::UnservedRatio])
    }

    fn answers_late(&self) -> bool {
        self.missed_any(&[MetricId::AcceptanceP50, MetricId::AcceptanceP95, MetricId::AcceptanceP99])
    }

    /// The clock at second `t` of the run, in seconds after midnight.
    fn day(&self, t: f64) -> f64 {
        f64::from(self.context.scenario.starts_at_s) + t
    }

    /// The share of its servers' time that a component was busy.
    fn utilisation(&self, node: usize) -> Option<f64> {
        let id = &self.context.design.nodes[node].id;
        self.report.utilisation.iter().find(|(name, _)| **name == **id).map(|(_, share)| *share)
    }
}
