//! The review of a run that is over: what held it back, with the evidence, and one thing to try next.
//!
//! `RULES` is the one list. A rule is a small pure function of what a run was ([`FinishedRun`]): it says nothing, or what it saw, where,
//! and what to try, with figures of this very run. The first with something to say is the advice, so causes stand before what follows from
//! them: calls before workers, workers before money. An advice carries its edits, so that a test can follow every one from the first design
//! to mastery.
//!
//! Nothing here is simulated; knows no page.

use crate::design::{Edit, Location};
use engine::measure::{MetricId, Report, Series};

use crate::advice::lint::Context;
use crate::kata::{Analysis, Verdict};

mod bottleneck;
mod calls;
mod change;
mod flow;
mod money;
mod pools;
mod queues;
mod rest;

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

impl Finding {
    /// Whether both say the same of the same place, so that one of them is enough.
    pub fn same_evidence(&self, other: &Finding) -> bool {
        self.code == other.code && self.place == other.place
    }
}

/// One thing to try next.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    pub seen: Finding,
    /// What to try, with its figure; it stands without what was seen, as at the diagram, so it names what it is about.
    pub text: String,
    /// The same as edits, to be made in this order; none where it is not about the design.
    pub edits: Vec<Edit>,
}

impl Advice {
    /// The parameter that it is about: its node and its path, such as `scaling.max`; none where the change is another.
    pub fn field(&self) -> Option<(&str, &str)> {
        self.edits.iter().find_map(|edit| match edit {
            Edit::SetParam { node, path, .. } | Edit::ResetParam { node, path } => Some((&**node, path.as_str())),
            _ => None,
        })
    }
}

/// A run that is over, with its figures.
pub struct FinishedRun<'a> {
    context: Context<'a>,
    report: &'a Report,
    series: &'a Series,
    verdict: &'a Verdict,
}

/// A rule: what it advises after a run.
type Rule = fn(&FinishedRun<'_>) -> Option<Advice>;

/// All rules, the most fundamental first; one test each.
const RULES: &[Rule] = &[
    flow::clinic_on_the_fast_path,
    flow::queue_nobody_reads,
    pools::more_workers_than_slots,
    calls::timeout_below_reply,
    calls::no_breaker,
    calls::nervous_breaker,
    calls::few_attempts,
    calls::nowhere_to_park,
    queues::drops_the_oldest,
    queues::full,
    queues::too_old,
    queues::newest_first,
    flow::threads_full,
    pools::too_few_workers,
    pools::schedule_ends_early,
    pools::grows_late,
    queues::without_bound,
    money::idle_instances,
    money::idle_workers,
    money::a_worker_for_every_message,
    money::kept_too_many,
    rest::look_where_it_went_wrong,
];

impl<'a> FinishedRun<'a> {
    pub fn new(
        analysis: &'a Analysis,
        report: &'a Report,
        series: &'a Series,
        verdict: &'a Verdict,
    ) -> FinishedRun<'a> {
        FinishedRun { context: Context::new(analysis), report, series, verdict }
    }

    /// What to try next; `None` after a run that passed.
    pub fn advice(&self) -> Option<Advice> {
        if self.verdict.passed() {
            return None;
        }
        RULES.iter().find_map(|rule| rule(self))
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

    fn id(&self, node: usize) -> crate::design::NodeId {
        self.context.design.nodes[node].id.clone()
    }

    /// The share of its servers' time that a component was busy.
    fn utilisation(&self, node: usize) -> Option<f64> {
        let id = &self.context.design.nodes[node].id;
        self.report.utilisation.iter().find(|(name, _)| **name == **id).map(|(_, share)| *share)
    }

    fn set(&self, node: usize, path: &str, value: crate::kinds::Value) -> Edit {
        Edit::SetParam { node: self.id(node), path: path.to_owned(), value }
    }
}
