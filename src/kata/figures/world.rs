//! Figures that are worked out from a design and its scenario, some with a count of the run: what a question of help cites or asks for.
//!
//! Where a design has several components of a behaviour, servers are summed, and times are those of the first one. What the design does not
//! have has no figure.

use super::{Named, Shows, Source};
use crate::kata::Analysis;
use crate::kata::scenario::demand;
use engine::measure::{Report, Unit};
use engine::sim::dist::Dist;
use engine::sim::network::{Api, Clinic, Consumers, EventKind, Params};

/// A clinic's mean reply in seconds, without events.
pub fn mean_reply_s(clinic: &Clinic) -> f64 {
    (clinic.base.millis() + clinic.variable.mean_ms()) / 1e3
}

/// A clinic's fastest reply in seconds, as far as its distribution bounds it.
pub fn fastest_reply_s(clinic: &Clinic) -> f64 {
    let least = match clinic.variable {
        Dist::Uniform { min_ms, .. } => min_ms,
        Dist::Constant { mean_ms } => mean_ms,
        _ => 0.0,
    };
    (clinic.base.millis() + least) / 1e3
}

/// A clinic's slowest reply in seconds, without events; `None` if there is no slowest.
pub fn slowest_reply_s(clinic: &Clinic) -> Option<f64> {
    Some((clinic.base.millis() + clinic.variable.max_ms()?) / 1e3)
}

/// All slots of a clinic component.
pub fn slots(clinic: &Clinic) -> f64 {
    f64::from(clinic.clinics) * clinic.slots_per_clinic as f64
}

const fn number(key: &'static str, of: fn(&Analysis, &Report) -> Option<f64>) -> Named {
    Named { key, shows: Shows::Number, source: Source::World(of) }
}

const fn time(key: &'static str, of: fn(&Analysis, &Report) -> Option<f64>) -> Named {
    Named { key, shows: Shows::Metric(Unit::Millis), source: Source::World(of) }
}

/// All of them.
pub const WORLD: &[Named] = &[
    number("peak_per_s", |a, _| Some(peak(a))),
    number("threads", |a, _| threads(a)),
    time("thread_ms", |a, _| thread_ms(a)),
    number("threads_per_s", |a, _| Some(1e3 * threads(a)? / thread_ms(a)?)),
    number("slots", |a, _| above_zero(clinics(a).map(slots).sum())),
    number("slots_per_s", |a, _| slots_per_s(a)),
    time("reply_ms", |a, _| Some(1e3 * mean_reply_s(clinics(a).next()?))),
    time("slowest_reply_ms", |a, _| Some(1e3 * slowest_reply_s(clinics(a).next()?)? * slowness(a))),
    Named { key: "work_ms", shows: Shows::Exact, source: Source::World(|a, _| Some(1e3 * work_s(a)?)) },
    number("workers_needed", |a, _| Some(peak(a) * work_s(a)?)),
    number("workers_per_s", |a, r| Some(most_workers(r)? / work_s(a)?)),
    number("workers_over", |a, r| above_zero(most_workers(r)? - clinics(a).map(slots).sum::<f64>())),
    number("workers_paid", workers_paid),
    Named {
        key: "other_cost",
        shows: Shows::Metric(Unit::Pounds),
        source: Source::World(|a, r| Some(other_cost(a, r))),
    },
    Named { key: "needed_cost", shows: Shows::Metric(Unit::Pounds), source: Source::World(needed_cost) },
    Named { key: "budget", shows: Shows::Metric(Unit::Pounds), source: Source::World(|a, _| a.scenario.budget()) },
    time("tries_ms", |a, _| tries_ms(pools(a).next()?)),
    time("dark_ms", |a, _| dark_ms(a)),
    time("last_wait_ms", last_wait_ms),
];

fn stations(analysis: &Analysis) -> impl Iterator<Item = &Params> {
    let reached = |(at, params): (usize, &'_ Option<Params>)| analysis.wiring.reached[at].then_some(params.is_some());
    let at: Vec<usize> =
        analysis.params.iter().enumerate().filter(|of| reached(*of) == Some(true)).map(|(at, _)| at).collect();
    at.into_iter().filter_map(|at| analysis.params[at].as_ref())
}

fn clinics(analysis: &Analysis) -> impl Iterator<Item = &Clinic> {
    stations(analysis).filter_map(Params::clinic)
}

fn pools(analysis: &Analysis) -> impl Iterator<Item = &Consumers> {
    stations(analysis).filter_map(Params::pool)
}

fn apis(analysis: &Analysis) -> impl Iterator<Item = &Api> {
    stations(analysis).filter_map(|params| match params {
        Params::Api(api) => Some(api),
        _ => None,
    })
}

fn above_zero(value: f64) -> Option<f64> {
    (value > 0.0).then_some(value)
}

/// The highest rate at which patients come, surges included.
fn peak(analysis: &Analysis) -> f64 {
    demand(&analysis.scenario.world).iter().map(|(_, rate)| *rate).fold(0.0, f64::max)
}

fn threads(analysis: &Analysis) -> Option<f64> {
    above_zero(apis(analysis).map(|api| (api.instances * api.threads) as f64).sum())
}

/// How long a request holds its thread: the work of its own, then the reply of a clinic, or putting it into a queue.
fn thread_ms(analysis: &Analysis) -> Option<f64> {
    let api = apis(analysis).next()?;
    let then = match super::direct_calls(&analysis.design) {
        0 => api.publish.millis(),
        _ => 1e3 * mean_reply_s(clinics(analysis).next()?),
    };
    above_zero(api.service.mean_ms() + then)
}

/// What all slots confirm a second.
fn slots_per_s(analysis: &Analysis) -> Option<f64> {
    above_zero(clinics(analysis).map(|clinic| slots(clinic) / mean_reply_s(clinic)).sum())
}

/// How long a worker is busy with a message, in seconds.
fn work_s(analysis: &Analysis) -> Option<f64> {
    let handling = pools(analysis).next()?.handling.mean_ms() / 1e3;
    above_zero(handling + mean_reply_s(clinics(analysis).next()?))
}

fn most_workers(report: &Report) -> Option<f64> {
    report.workers.iter().map(|(_, workers)| workers.max as f64).reduce(f64::max)
}

/// The highest factor on a clinic's time at any moment, at least 1.
fn slowness(analysis: &Analysis) -> f64 {
    let events = analysis.scenario.world.events.iter();
    let factors = events.filter_map(|event| match event.what {
        EventKind::Slow(factor) => Some(factor),
        _ => None,
    });
    factors.fold(1.0, f64::max)
}

/// The longest time without any answer.
fn dark_ms(analysis: &Analysis) -> Option<f64> {
    let events = analysis.scenario.world.events.iter().filter(|event| matches!(event.what, EventKind::Outage));
    events.map(|event| event.to.since(event.from).millis()).reduce(f64::max)
}

/// How long all attempts of a message last where each fails at once and no chance shortens the waits in between.
fn tries_ms(pool: &Consumers) -> Option<f64> {
    let (mut next, most) = (pool.backoff_base.millis(), pool.backoff_max.millis());
    let mut all = 0.0;
    for _ in 1..pool.attempts {
        all += next.min(most);
        next *= pool.backoff_factor;
    }
    above_zero(all)
}

/// How long the last of the largest backlog waits, at the pace of the workers and the slots.
fn last_wait_ms(analysis: &Analysis, report: &Report) -> Option<f64> {
    let pace = (most_workers(report)? / work_s(analysis)?).min(slots_per_s(analysis)?);
    above_zero(1e3 * report.backlog.max as f64 / pace)
}

/// How many workers the budget pays for from start to end, once all else of the run is paid.
fn workers_paid(analysis: &Analysis, report: &Report) -> Option<f64> {
    above_zero((analysis.scenario.budget()? - other_cost(analysis, report)) / above_zero(worker_cost(analysis))?)
}

/// What a worker costs from start to end, in pounds.
fn worker_cost(analysis: &Analysis) -> f64 {
    let world = &analysis.scenario.world;
    world.prices.worker_hour * world.duration.seconds() / 3600.0
}

/// What the run would cost with the workers that are needed, from start to end, in pounds.
fn needed_cost(analysis: &Analysis, report: &Report) -> Option<f64> {
    Some((peak(analysis) * work_s(analysis)?).ceil() * worker_cost(analysis) + other_cost(analysis, report))
}

/// What all but the workers has cost, in pounds.
fn other_cost(analysis: &Analysis, report: &Report) -> f64 {
    let workers: f64 = report.workers.iter().map(|(_, workers)| workers.mean).sum();
    (report.cost - workers * worker_cost(analysis)).max(0.0)
}
