//! A run that was changed midway: how it stood at a moment, and what was full while others waited. There is no one design to advise on, so
//! nothing here is about what a design can do: only about what this run did.

use crate::advice::review::bottleneck::{asynchronous, none, not_kept};
use crate::advice::review::{Finding, FinishedRun};
use crate::format::{duration_ms, duration_s, metric};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::Series;
use engine::measure::metric::Unit;
use engine::sim::time::Time;

use crate::advice::lint::mean_reply_s;

/// How a run stood at a moment: the figures of the last interval that ended by then.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// Messages waiting.
    pub backlog: u64,
    /// People in line for a thread.
    pub in_line: u64,
    /// 95th percentile of end-to-end latency of what was confirmed in the interval, in milliseconds; `None` when nothing was.
    pub confirmed_p95_ms: Option<f64>,
    /// Workers ordered and not gone.
    pub workers: u64,
}

impl Level {
    /// At a moment; before the first interval has ended nothing has happened.
    pub fn at(series: &Series, at: Time) -> Level {
        let closed = series.bins.partition_point(|bin| bin.to <= at);
        let Some(bin) = closed.checked_sub(1).map(|last| &series.bins[last]) else { return Level::default() };
        Level {
            backlog: bin.backlog,
            in_line: bin.api_waiting,
            confirmed_p95_ms: bin.end_to_end.p95_ms,
            workers: bin.workers,
        }
    }

    /// The latency in words.
    pub fn confirmed(&self) -> String {
        self.confirmed_p95_ms.map_or_else(|| say!("review.none_confirmed").to_owned(), duration_ms)
    }
}

/// What held a run back that was changed midway.
pub fn bottleneck_of_changed(ran: &FinishedRun<'_>) -> Finding {
    synchronous(ran).or_else(|| not_kept(ran)).or_else(|| asynchronous(ran)).unwrap_or_else(|| none(ran))
}

/// An API whose threads wait for a clinic: how many there were is what may have been changed.
fn synchronous(ran: &FinishedRun<'_>) -> Option<Finding> {
    let context = &ran.context;
    let (api, clinic) =
        context.reached(Behaviour::PassesOn).find_map(|api| Some((api, context.clinics(api).next()?.1)))?;
    let text = say!(
        "review.threads_wait",
        name = context.name(api),
        reply = duration_s(mean_reply_s(clinic)),
        time = metric(ran.report.acceptance.p95, Unit::Millis),
    );
    Some(Finding { code: "api-waits", place: context.place(api), text })
}
