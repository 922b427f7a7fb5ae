//! Money: what was paid for and not used.

use crate::advice::lint::pools::most_workers;
use crate::advice::review::{Finding, FinishedRun};
use crate::format::{count, number, pounds, share};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::MetricId;
use engine::sim::network::Scaling;

/// What a component cost, in pounds.
fn cost(ran: &FinishedRun<'_>, node: usize) -> f64 {
    let prices = &ran.context.scenario.world.prices;
    let hours = ran.context.scenario.world.duration.seconds() / 3600.0;
    if let Some(api) = ran.context.api(node) {
        return api.instances as f64 * hours * prices.api_instance_hour;
    }
    let id = &ran.context.design.nodes[node].id;
    let mean = ran.report.workers.iter().find(|(name, _)| **name == **id).map_or(0.0, |(_, w)| w.mean);
    mean * hours * prices.worker_hour
}

/// The dearest component of a behaviour.
fn dearest(ran: &FinishedRun<'_>, behaviour: Behaviour) -> Option<usize> {
    ran.context.reached(behaviour).max_by(|a, b| cost(ran, *a).total_cmp(&cost(ran, *b)))
}

/// Where most of the money went, with how much of it worked.
pub fn paid(ran: &FinishedRun<'_>) -> Option<Finding> {
    let rules = [idle_instances, idle_workers, a_worker_for_every_message];
    if let Some(seen) = rules.iter().find_map(|rule| rule(ran)) {
        return Some(seen);
    }
    let pool = dearest(ran, Behaviour::Fetches)?;
    let text = paid_for(ran, pool, None);
    Some(Finding { code: "paid-for", place: ran.context.place(pool), text })
}

/// API instances that hardly work.
pub fn idle_instances(ran: &FinishedRun<'_>) -> Option<Finding> {
    if !ran.missed(MetricId::Cost) {
        return None;
    }
    let budget = ran.context.goal(MetricId::Cost)?;
    let api = dearest(ran, Behaviour::PassesOn)?;
    let params = ran.context.api(api)?;
    let busy = ran.utilisation(api)?;
    let needed = {
        let service = (params.service.mean_ms() + params.publish.millis()) / 1e3;
        let threads = ran.context.demand.peak().1 * ran.context.share[api] * service * 1.5;
        (threads / params.threads as f64).ceil().max(2.0)
    };
    if params.instances as f64 <= needed || cost(ran, api) < ran.report.cost - budget {
        return None;
    }
    let text = say!(
        "review.idle_instances",
        cost = pounds(cost(ran, api)),
        all = pounds(ran.report.cost),
        n = count(params.instances),
        name = ran.context.name(api),
        share = share(busy),
    );
    Some(Finding { code: "idle-instances", place: ran.context.param_place(api, "instances"), text })
}

/// A pool of fixed size: workers for the rush are paid all morning.
pub fn idle_workers(ran: &FinishedRun<'_>) -> Option<Finding> {
    if !ran.missed(MetricId::Cost) {
        return None;
    }
    let pool = dearest(ran, Behaviour::Fetches)?;
    let scaling = &ran.context.pool(pool)?.scaling;
    if matches!(scaling, Scaling::Demand { .. }) {
        return None;
    }
    let hours = ran.context.scenario.world.duration.seconds() / 3600.0;
    let text = say!(
        "review.idle_workers",
        cost = pounds(cost(ran, pool)),
        all = pounds(ran.report.cost),
        name = ran.context.name(pool),
        n = number(most_workers(scaling), 0),
        share = share(busy(ran)),
        hours = number(hours, 1),
    );
    Some(Finding { code: "idle-workers", place: ran.context.param_place(pool, "scaling"), text })
}

/// Messages a worker: fewer are few.
const MESSAGES: u64 = 4;

/// A pool that orders a worker for every message or two.
pub fn a_worker_for_every_message(ran: &FinishedRun<'_>) -> Option<Finding> {
    if !ran.missed(MetricId::Cost) {
        return None;
    }
    let pool = dearest(ran, Behaviour::Fetches)?;
    let Scaling::Demand { messages_per_worker, .. } = ran.context.pool(pool)?.scaling else { return None };
    if messages_per_worker >= MESSAGES {
        return None;
    }
    Some(Finding {
        code: "a-worker-for-every-message",
        place: ran.context.param_place(pool, "scaling.messages_per_worker"),
        text: paid_for(ran, pool, Some(messages_per_worker)),
    })
}

/// The share of the workers' time, over all pools, that they were busy.
fn busy(ran: &FinishedRun<'_>) -> f64 {
    let sum = |of: fn(&engine::measure::Bin) -> u64| ran.series.bins.iter().map(|b| of(b) as f64).sum::<f64>();
    let there = sum(|b| b.workers);
    if there > 0.0 { sum(|b| b.busy_workers) / there } else { 0.0 }
}

/// What a pool cost, and how much of it worked; `messages`: for how many of them it orders a worker, where that is what matters.
fn paid_for(ran: &FinishedRun<'_>, pool: usize, messages: Option<u64>) -> String {
    let (cost, all, name) = (pounds(cost(ran, pool)), pounds(ran.report.cost), ran.context.name(pool));
    let (n, share) = (number(mean_workers(ran, pool), 1), share(busy(ran)));
    match messages {
        None => say!("review.paid", cost, all, name, n, share),
        Some(messages) => say!("review.paid_each", plural = messages, cost, all, name, n, share, messages),
    }
}

fn mean_workers(ran: &FinishedRun<'_>, pool: usize) -> f64 {
    let id = &ran.context.design.nodes[pool].id;
    ran.report.workers.iter().find(|(name, _)| **name == **id).map_or(0.0, |(_, w)| w.mean)
}
