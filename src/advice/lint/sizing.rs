//! Warnings about numbers: workers against demand, workers against slots, cost against the budget.

use crate::advice::lint::pools::{Group, groups, least_worker_hours, most_workers, seconds_a_message, workers_at};
use crate::advice::lint::{Context, mean_reply_s, slots};
use crate::design::compile::that;
use crate::design::{Code, Problem};
use crate::format::{number, pounds};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::MetricId;
use engine::sim::network::{EventKind, Paid, Scaling};

/// Peak demand λ × (handling + clinic time) against the workers and the slots.
pub fn too_few_workers(context: &Context<'_>, found: &mut Vec<Problem>) {
    for group in groups(context) {
        if let Some(worst) = worst_moment(context, &group)
            && !within_goals(context, group.pools[0], &worst)
        {
            found.push(worst.problem(context, group.pools[0]));
        }
    }
}

/// Whether what piles up for a while stays within every goal that it bears on; not where a goal is missing or the estimate does not hold.
fn within_goals(context: &Context<'_>, pool: usize, worst: &Shortfall) -> bool {
    let Some(course) = context.course(pool) else { return false };
    let within = |metric, value| context.goal(metric).is_some_and(|most| value <= most);
    // The last message waits until all before it are done, at the slowest pace there is.
    let longest_ms = 1e3 * course.peak.1 / worst.by_workers.min(worst.by_slots).max(1e-9);
    within(MetricId::MaxBacklog, course.peak.1)
        && within(MetricId::FinalBacklog, course.left)
        && within(MetricId::EndToEndP95, longest_ms)
}

/// A moment at which a group falls short.
struct Shortfall {
    at_s: f64,
    /// Bookings a second that come, and that the workers and the slots can do.
    rate: f64,
    by_workers: f64,
    by_slots: f64,
    workers: f64,
    slots: f64,
}

/// The moment at which most is missing, if anything ever is.
fn worst_moment(context: &Context<'_>, group: &Group) -> Option<Shortfall> {
    let share: f64 = group.queues.iter().map(|queue| context.share[*queue]).sum();
    let pools: Option<Vec<(&Scaling, f64)>> =
        group.pools.iter().map(|&p| Some((&context.pool(p)?.scaling, seconds_a_message(context, p)?))).collect();
    let pools = pools?;
    let mut clinics: Vec<usize> =
        group.pools.iter().flat_map(|&p| context.clinics(p).map(|(target, _)| target.station)).collect();
    crate::order::sort_by(&mut clinics, Ord::cmp);
    clinics.dedup();
    let clinics: Vec<_> = clinics.into_iter().filter_map(|c| context.clinic(c)).collect();
    let by_slots = clinics.iter().map(|c| slots(c) / mean_reply_s(c)).sum::<f64>();
    let ends = context.demand.segments.iter().flat_map(|p| [(p.from_s, p.from), (p.to_s, p.to)]);
    let mut worst: Option<(f64, Shortfall)> = None;
    for (at_s, rate) in ends {
        let rate = rate * share;
        let workers: f64 = pools.iter().map(|(scaling, _)| workers_at(scaling, at_s)).sum();
        let by_workers: f64 = pools.iter().map(|(scaling, s)| workers_at(scaling, at_s) / s.max(1e-9)).sum();
        let missing = rate - by_workers.min(by_slots);
        if missing > 0.0 && worst.as_ref().is_none_or(|(most, _)| missing > *most) {
            let slots = clinics.iter().map(|c| slots(c)).sum();
            worst = Some((missing, Shortfall { at_s, rate, by_workers, by_slots, workers, slots }));
        }
    }
    worst.map(|(_, shortfall)| shortfall)
}

impl Shortfall {
    fn problem(&self, context: &Context<'_>, pool: usize) -> Problem {
        let (at, name) = (context.clock(self.at_s), context.name(pool));
        let (n, rate, most) = (number(self.workers, 0), number(self.rate, 1), number(self.by_workers, 1));
        let text = if self.by_slots < self.rate {
            let (slots, by_slots) = (number(self.slots, 0), number(self.by_slots, 1));
            say!("lint.too_few_slots", plural = self.workers, at, rate, n, name, most, slots, by_slots)
        } else {
            say!("lint.too_few_workers", plural = self.workers, n, name, most, rate, at)
        };
        Problem::warning(Code::TooFewWorkers, context.param_place(pool, "scaling"), text)
    }
}

/// More workers than the clinics they call have slots.
pub fn more_workers_than_slots(context: &Context<'_>, found: &mut Vec<Problem>) {
    for pool in context.reached(Behaviour::Fetches) {
        let Some(consumers) = context.pool(pool) else { continue };
        let places: f64 = context.clinics(pool).map(|(_, clinic)| slots(clinic)).sum();
        let workers = most_workers(&consumers.scaling);
        if places == 0.0 || workers <= places {
            continue;
        }
        let text = say!(
            "lint.more_workers_than_slots",
            n = number(workers, 0),
            name = context.name(pool),
            slots = number(places, 0),
            idle = number(workers - places, 0)
        );
        found.push(Problem::warning(Code::MoreWorkersThanSlots, context.param_place(pool, "scaling"), text));
    }
}

/// The highest factor on the clinic's time at any moment of the run, at least 1.
pub fn slowest_factor(context: &Context<'_>) -> f64 {
    let world = &context.scenario.world;
    let slow = || {
        world.events.iter().filter_map(|e| match e.what {
            EventKind::Slow(factor) => Some((e.from, e.to, factor)),
            _ => None,
        })
    };
    let at = |t| slow().filter(|(from, to, _)| *from <= t && t < *to).map(|(.., factor)| factor).product::<f64>();
    slow().map(|(from, ..)| at(from)).fold(1.0, f64::max)
}

/// What the design costs at least, against the budget.
pub fn over_budget(context: &Context<'_>, found: &mut Vec<Problem>) {
    let Some(budget) = context.goal(MetricId::Cost) else { return };
    let world = &context.scenario.world;
    let (prices, end) = (&world.prices, world.duration.seconds());
    let mut exact = true;
    let mut costs: Vec<(usize, f64)> = Vec::new();
    for (node, params) in context.params.iter().enumerate() {
        let Some(params) = params else { return };
        let hours = match (params.paid(), params.pool()) {
            (Paid::Instances(instances), _) => instances as f64 * end / 3600.0,
            (Paid::Workers, Some(pool)) => {
                exact &= !matches!(pool.scaling, Scaling::Demand { .. });
                least_worker_hours(&pool.scaling, end)
            }
            (Paid::Workers, None) | (Paid::Nothing, _) => continue,
        };
        costs.push((node, hours * params.price(prices)));
    }
    let queued: f64 = that(context.design, Behaviour::Stores).map(|queue| context.share[queue]).sum();
    let queues = queued * context.demand.total() / 1e6 * prices.queue_million;
    let total = queues + costs.iter().map(|(_, cost)| cost).sum::<f64>();
    let dearest = costs.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let Some((dearest, cost)) = dearest.filter(|_| total > budget) else { return };
    let (name, part, over) = (context.name(dearest), pounds(cost), pounds(total - budget));
    let (total, budget) = (pounds(total), pounds(budget));
    let text = match exact {
        true => say!("lint.over_budget", total, over, budget, name, part),
        false => say!("lint.over_budget_at_least", total, over, budget, name, part),
    };
    found.push(Problem::warning(Code::OverBudget, context.place(dearest), text));
}
