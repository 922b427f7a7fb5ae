//! Queueing theory beside the diagram: utilisation, Little's law and Erlang C for a pool, where their assumptions hold; where they don't, why.
//!
//! For a stretch of constant demand λ and a fixed number c of workers with mean service time S:
//! utilisation ρ = λS/c; workers busy on average L = λS (Little 1961); the chance to wait C(c, λS) (Erlang 1917); the mean wait
//! C/(c/S − λ) · (1 + cv²)/2 (Allen and Cunneen's approximation for service times with coefficient of variation cv; exact for cv = 1).
//! Sources: Gross, Shortle, Thompson, Harris, *Fundamentals of Queueing Theory*, 4th ed., sections 2.3 and 7.1; Allen, *Probability, Statistics
//! and Queueing Theory*, 2nd ed., section 5.3.
//!
//! Nothing here is simulated, and nothing is said of stretches in which demand changes.

use super::Scenario;
use super::lint::pools::{groups, workers_at};
use super::lint::{Context, slots};
use crate::design::Design;
use crate::kinds::KindId;
use crate::measure::format::{NBSP, clock, duration_s, number, share};
use crate::sim::network::{Consumers, Discipline, EventKind, Params, Scaling};

/// The chance that an arrival finds all `servers` busy, at an offered load of `load` erlangs (arrivals a second × mean service time):
/// Erlang's C formula. 1 where the load is not below the servers.
///
/// Worked out by the recursion of the B formula, B(n) = aB(n−1) / (n + aB(n−1)), which neither overflows nor loses digits.
pub fn erlang_c(servers: u64, load: f64) -> f64 {
    let c = servers as f64;
    if load >= c {
        return 1.0;
    }
    let mut blocked = 1.0;
    for n in 1..=servers {
        blocked = load * blocked / (n as f64 + load * blocked);
    }
    blocked / (1.0 - load / c * (1.0 - blocked))
}

/// What theory says of a pool in a stretch of constant demand, in words with figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
    /// The assumptions hold, and the text has the figures; otherwise it says what is in the way.
    pub holds: bool,
}

/// The longest run of Erlang's recursion: a pool may have a million workers.
const MOST_SERVERS: u64 = 100_000;

/// The note for component `id`; `None` for what is no pool that bookings reach, and where demand never stays the same.
pub fn note(design: &Design, scenario: &Scenario, id: &str) -> Option<Note> {
    let context = Context::new(design, scenario);
    let pool = context.reached(KindId::Consumers).find(|&pool| &*design.nodes[pool].id == id)?;
    let (from_s, to_s, rate) = steady(&context)?;
    let params = context.pool(pool)?;
    let said = match obstacle(&context, pool, params, from_s, to_s) {
        Some(why) => Err(why),
        None => figures(&context, pool, params, (from_s, to_s, rate)),
    };
    let holds = said.is_ok();
    Some(Note { text: said.unwrap_or_else(|why| why), holds })
}

/// The longest stretch in which demand stays the same: from, to, bookings a second. Among equals the busiest.
fn steady(context: &Context<'_>) -> Option<(f64, f64, f64)> {
    let flat = context.demand.pieces.iter().filter(|p| p.from == p.to && p.from > 0.0);
    let longest = flat.max_by(|a, b| {
        let length = |p: &&crate::sim::Piece| p.to_s - p.from_s;
        length(a).total_cmp(&length(b)).then(a.from.total_cmp(&b.from))
    })?;
    Some((longest.from_s, longest.to_s, longest.from))
}

/// What keeps the formulas from this pool; in a sentence.
fn obstacle(context: &Context<'_>, pool: usize, params: &Consumers, from_s: f64, to_s: f64) -> Option<String> {
    let no = |why: String| Some(format!("Queueing formulas don't fit: {why}."));
    let group = groups(context).into_iter().find(|g| g.pools.contains(&pool))?;
    if group.pools.len() > 1 {
        return no(format!("{} pools share a queue", group.pools.len()));
    }
    if let Scaling::Demand { min, max, .. } = &params.scaling
        && min != max
    {
        return no(format!("the number of workers changes between {min} and {max} with the queue"));
    }
    if let Scaling::Schedule { startup, steps, .. } = &params.scaling
        && steps.iter().any(|(at, _)| from_s < (*at + *startup).seconds() && at.seconds() < to_s)
    {
        return no("the schedule changes the workers while demand stays the same".to_owned());
    }
    for queue in &group.queues {
        if let Some(Params::Queue(queue)) = &context.params[*queue]
            && (queue.capacity.is_some() || queue.max_age.is_some() || queue.discipline != Discipline::Fifo)
        {
            return no("the queue has a limit or hands out the newest first".to_owned());
        }
    }
    let disturbed = context
        .scenario
        .world
        .events
        .iter()
        .find(|e| e.from.seconds() < to_s && e.to.seconds() > from_s && !matches!(e.what, EventKind::Surge(_)));
    if let Some(event) = disturbed {
        let day = |t: f64| clock(f64::from(context.scenario.starts_at_s) + t);
        return no(format!("the clinics change at {}", day(event.from.seconds())));
    }
    None
}

/// The figures of a pool, or in a sentence why there are none.
fn figures(context: &Context<'_>, pool: usize, params: &Consumers, stretch: (f64, f64, f64)) -> Result<String, String> {
    let (from_s, to_s, rate) = stretch;
    let group = groups(context).into_iter().find(|g| g.pools.contains(&pool)).ok_or_else(String::new)?;
    let share_of: f64 = group.queues.iter().map(|queue| context.share[*queue]).sum();
    let rate = rate * share_of;
    let (service_s, cv) =
        service(context, pool, params).ok_or("Queueing formulas don't fit: the pool calls no clinic.")?;
    let places: f64 = context.clinics(pool).map(|(_, c)| slots(c)).sum();
    let workers = workers_at(&params.scaling, from_s).min(places);
    let load = rate * service_s;
    let day = |t: f64| clock(f64::from(context.scenario.starts_at_s) + t);
    let when = format!(
        "{}–{}: {} bookings a second × {}{NBSP}s",
        day(from_s),
        day(to_s),
        number(rate, 1),
        number(service_s, 2)
    );
    if load >= workers {
        return Ok(format!(
            "{when} = {} workers busy, and there are {}: ρ = {} ÷ {} is not below 1, so the queue grows by {} messages a second.",
            number(load, 1),
            number(workers, 0),
            number(load, 1),
            number(workers, 0),
            number(rate - workers / service_s, 1),
        ));
    }
    if workers as u64 > MOST_SERVERS {
        return Err(format!(
            "Queueing formulas are not worked out for more than {} workers.",
            number(MOST_SERVERS as f64, 0)
        ));
    }
    let waits = erlang_c(workers as u64, load);
    let wait_s = waits / (workers / service_s - rate) * (1.0 + cv * cv) / 2.0;
    Ok(format!(
        "{when} = {} workers busy on average (Little's law), ρ = {}. {} of bookings find no worker free (Erlang C); the mean wait is {}.",
        number(load, 1),
        share(load / workers),
        share((waits * 1e4).round() / 1e4),
        duration_s(wait_s),
    ))
}

/// Mean and coefficient of variation of a worker's time for a message, in seconds: handling and the clinic's reply, which are independent.
fn service(context: &Context<'_>, pool: usize, params: &Consumers) -> Option<(f64, f64)> {
    let total: f64 = context.clinics(pool).map(|(target, _)| target.weight).sum();
    if total <= 0.0 {
        return None;
    }
    let (mut mean, mut square) = (0.0, 0.0);
    for (target, clinic) in context.clinics(pool) {
        let part = target.weight / total;
        let reply = clinic.base.millis() + clinic.variable.mean_ms();
        mean += part * reply;
        square += part * (clinic.variable.variance() + reply * reply);
    }
    let variance = square - mean * mean + params.handling.variance();
    let mean = mean + params.handling.mean_ms();
    (mean > 0.0).then(|| (mean / 1e3, variance.max(0.0).sqrt() / mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: one server, C = ρ; two servers at 1 erlang, C = 1/3; and the table value for 10 servers at 8 erlangs, 0.4092.
    #[test]
    fn erlang_c_matches_values_by_hand_and_from_tables() {
        assert!((erlang_c(1, 0.8) - 0.8).abs() < 1e-12);
        assert!((erlang_c(2, 1.0) - 1.0 / 3.0).abs() < 1e-12);
        assert!((erlang_c(10, 8.0) - 0.4092).abs() < 5e-5, "{}", erlang_c(10, 8.0));
        assert_eq!(erlang_c(90, 0.0), 0.0);
        assert_eq!(erlang_c(3, 3.0), 1.0);
        assert!(erlang_c(100_000, 99_000.0).is_finite());
    }
}
