//! Advice about workers: too many for the clinic, too few for the rush, too late.

use crate::advice::lint::pools::{most_workers, seconds_a_message};
use crate::advice::lint::{mean_reply_s, slots};
use crate::advice::review::{Advice, Finding, FinishedRun};
use crate::format::{NBSP, clock, count, duration_s, number, pounds};
use crate::kinds::{Behaviour, Value};
use crate::vocabulary::{ITEMS, PERIOD, SERVICES};
use engine::measure::MetricId;
use engine::sim::network::Scaling;

/// What a pool has to do at the peak, and what the clinics can take.
pub struct Need {
    pub pool: usize,
    /// Bookings a second at the peak, and seconds a booking.
    pub rate: f64,
    pub service_s: f64,
    /// Workers for that.
    pub workers: f64,
    /// Calls that the clinics take at a time.
    pub slots: f64,
    /// The most workers there ever are.
    pub most: f64,
}

impl Need {
    /// A tenth more than needed, in round numbers, and no more than the clinics take.
    pub fn advised(&self) -> f64 {
        ((self.workers * 1.1 / 5.0).ceil() * 5.0).min(self.slots).max(1.0)
    }
}

/// The need of each pool that is reached: what comes from its queues at the peak, shared with the other pools by their size.
pub fn needs(ran: &FinishedRun<'_>) -> Vec<Need> {
    let context = &ran.context;
    let most = |pool: usize| context.pool(pool).map_or(0.0, |p| most_workers(&p.scaling));
    let need = |pool: usize| {
        let service_s = seconds_a_message(context, pool)?;
        let slots = context.clinics(pool).map(|(_, c)| slots(c)).sum();
        let rate: f64 = (context.wiring.sources(pool))
            .map(|queue| {
                let readers = context.wiring.targets_that(context.design, queue, Behaviour::Fetches);
                let all: f64 = readers.map(most).sum();
                context.demand.peak().1 * context.share[queue] * if all > 0.0 { most(pool) / all } else { 1.0 }
            })
            .sum();
        Some(Need { pool, rate, service_s, workers: rate * service_s, slots, most: most(pool) })
    };
    context.reached(Behaviour::Fetches).filter_map(need).collect()
}

/// More workers than the clinics have slots.
pub fn more_workers_than_slots(ran: &FinishedRun<'_>) -> Option<Advice> {
    let harmed = ran.missed_any(&[MetricId::Cost, MetricId::Duplicates]);
    if !ran.fell_behind() && !harmed && !ran.let_down() && !ran.turned_away() {
        return None;
    }
    let need = needs(ran).into_iter().find(|n| n.slots > 0.0 && n.most > n.slots)?;
    let timeouts = ran.report.counts.timeouts;
    let harm = match timeouts {
        0 => format!("The {PERIOD} cost {}.", pounds(ran.report.cost)),
        n => format!("{} calls timed out while they waited for a slot.", count(n)),
    };
    let text = format!(
        "{} workers called {} slots: {} of them only waited. {harm}",
        number(need.most, 0),
        number(need.slots, 0),
        number(need.most - need.slots, 0),
    );
    let advice = format!(
        "Give {} at most {} workers: one for each slot of the {SERVICES}.",
        ran.context.name(need.pool),
        number(need.slots, 0)
    );
    let scaling = &ran.context.pool(need.pool)?.scaling;
    let edits = match scaling {
        Scaling::Fixed { .. } => vec![ran.set(need.pool, "scaling.workers", Value::Number(need.slots))],
        Scaling::Demand { min, .. } => {
            let mut edits = vec![ran.set(need.pool, "scaling.max", Value::Number(need.slots))];
            if *min as f64 > need.slots {
                edits.insert(0, ran.set(need.pool, "scaling.min", Value::Number(need.slots)));
            }
            edits
        }
        Scaling::Schedule { workers, steps, .. } => {
            let capped = |n: u64| Value::Number((n as f64).min(need.slots));
            let step = |(at, n): &(engine::sim::time::Time, u64)| {
                Value::Map(vec![("at_s".into(), Value::Number(at.seconds())), ("workers".into(), capped(*n))])
            };
            vec![
                ran.set(need.pool, "scaling.workers", capped(*workers)),
                ran.set(need.pool, "scaling.steps", Value::List(steps.iter().map(step).collect())),
            ]
        }
    };
    Some(Advice {
        seen: Finding { code: "more-workers-than-slots", place: ran.context.param_place(need.pool, "scaling"), text },
        text: advice,
        edits,
    })
}

/// Fewer workers than the peak needs, though the clinics would take more calls.
pub fn too_few_workers(ran: &FinishedRun<'_>) -> Option<Advice> {
    if !ran.fell_behind() {
        return None;
    }
    let need = needs(ran).into_iter().find(|n| n.most < n.workers.min(n.slots).floor())?;
    let context = &ran.context;
    let text = format!(
        "At the peak {} {ITEMS} a second × {}{NBSP}s need {} workers; there were {}.",
        number(need.rate, 1),
        number(need.service_s, 2),
        number(need.workers.ceil(), 0),
        number(need.most, 0),
    );
    let workers = need.advised();
    let advice = format!(
        "Give {} up to {} workers; the {SERVICES} take {} calls at a time.",
        context.name(need.pool),
        number(workers, 0),
        number(need.slots, 0),
    );
    let edits = match &context.pool(need.pool)?.scaling {
        Scaling::Fixed { .. } => vec![ran.set(need.pool, "scaling.workers", Value::Number(workers))],
        Scaling::Demand { .. } => vec![ran.set(need.pool, "scaling.max", Value::Number(workers))],
        Scaling::Schedule { .. } => vec![ran.set(need.pool, "scaling", by_demand(workers))],
    };
    Some(Advice {
        seen: Finding { code: "too-few-workers", place: context.param_place(need.pool, "scaling"), text },
        text: advice,
        edits,
    })
}

/// The fewest workers of a pool that follows the queue, as the advice has it.
pub const FEWEST: f64 = 10.0;
/// Messages a worker, start-up and the rest are the catalogue's.
pub fn by_demand(most: f64) -> Value {
    let fewest = FEWEST.min(most);
    Value::literal(&format!(
        r#"{{"policy":"demand","min":{fewest},"max":{most},"messages_per_worker":4,"period_s":15,"startup_s":60,"cooldown_s":120}}"#
    ))
}

/// A schedule that sent workers home while messages waited.
pub fn schedule_ends_early(ran: &FinishedRun<'_>) -> Option<Advice> {
    if !ran.fell_behind() {
        return None;
    }
    let context = &ran.context;
    let need = needs(ran)
        .into_iter()
        .find(|n| context.pool(n.pool).is_some_and(|p| matches!(p.scaling, Scaling::Schedule { .. })))?;
    let Scaling::Schedule { workers, steps, .. } = &context.pool(need.pool)?.scaling else { return None };
    // The step down that left most messages waiting.
    let mut before = *workers;
    let mut worst: Option<(f64, u64, u64, u64)> = None;
    for (at, wanted) in steps {
        let waiting = ran.series.bins.iter().rfind(|b| b.from <= *at).map_or(0, |b| b.backlog);
        if *wanted < before && waiting > 0 && worst.is_none_or(|w| waiting > w.3) {
            worst = Some((at.seconds(), before, *wanted, waiting));
        }
        before = *wanted;
    }
    let (at, from, to, waiting) = worst?;
    let text = format!(
        "At {} the schedule went from {} to {} workers with {} messages waiting; {} were left at the end.",
        clock(ran.day(at)),
        count(from),
        count(to),
        count(waiting),
        count(ran.report.backlog.last),
    );
    let most = need.most.max(need.advised()).min(need.slots);
    Some(Advice {
        seen: Finding { code: "schedule-ends-early", place: context.param_place(need.pool, "scaling.steps"), text },
        text: format!(
            "Let the queue decide: scale {} by demand, from {FEWEST} to {} workers.",
            context.name(need.pool),
            number(most, 0)
        ),
        edits: vec![ran.set(need.pool, "scaling", by_demand(most))],
    })
}

/// A pool that follows the queue, but late.
pub fn grows_late(ran: &FinishedRun<'_>) -> Option<Advice> {
    if !ran.fell_behind() {
        return None;
    }
    let context = &ran.context;
    let (pool, min, max, messages, period, startup) =
        context.reached(Behaviour::Fetches).find_map(|pool| match context.pool(pool)?.scaling {
            Scaling::Demand { min, max, messages_per_worker, period, startup, .. } if min < max => {
                Some((pool, min, max, messages_per_worker, period, startup))
            }
            _ => None,
        })?;
    // What matters is how many worked while the backlog grew to its peak: the interval before it.
    let top = ran.series.bins.iter().max_by_key(|b| b.max_backlog)?;
    let before = ran.series.bins.iter().rfind(|b| b.to <= top.from)?;
    if before.busy_workers as f64 >= 0.95 * max as f64 {
        return None;
    }
    let text = format!(
        "{} messages waited at {} for {} of {} workers: the pool looks every {}, wants a worker for {} messages, and each takes {} to start.",
        count(top.max_backlog),
        clock(ran.day(top.to.seconds())),
        count(before.busy_workers),
        count(max),
        duration_s(period.seconds()),
        count(messages),
        duration_s(startup.seconds()),
    );
    let name = context.name(pool);
    let (place, advice, edit) = if messages > 4 {
        (
            "scaling.messages_per_worker",
            format!("Let {name} order sooner: one worker for every 4 messages."),
            Value::Number(4.0),
        )
    } else if period.seconds() > 15.0 {
        ("scaling.period_s", format!("Let {name} look at its queue more often: every 15{NBSP}s."), Value::Number(15.0))
    } else {
        let more = (min as f64 * 2.0).max(5.0).min(max as f64);
        (
            "scaling.min",
            format!("Let {name} keep more workers ready: {} instead of {}.", number(more, 0), count(min)),
            Value::Number(more),
        )
    };
    Some(Advice {
        seen: Finding { code: "grows-late", place: context.param_place(pool, place), text },
        text: advice,
        edits: vec![ran.set(pool, place, edit)],
    })
}

/// The clinics of a pool can't confirm what comes, however many workers call them: bookings a second.
pub fn clinic_limit(ran: &FinishedRun<'_>, pool: usize) -> f64 {
    ran.context.clinics(pool).map(|(_, clinic)| slots(clinic) / mean_reply_s(clinic)).sum()
}
