//! Queueing theory beside the diagram: utilisation, Little's law and Erlang C for a pool, where their assumptions hold; where they don't, why.
//!
//! For a stretch of constant demand λ and a fixed number c of workers with mean service time S and its coefficient of variation cv:
//! utilisation ρ = λS/c; workers busy on average λS and messages waiting λW (Little 1961); the chance to wait C(c, λS) (Erlang 1917); the mean
//! wait M = C/(c/S − λ) where cv = 1. Otherwise W ≈ cv² · M + (1 − cv²) · D (Page, *Tables of waiting times …*, J. Oper. Res. Soc. 33, 1982),
//! where D = M/2 · (1 + (1 − ρ)(c − 1)(√(4 + 5c) − 2) / 16ρc) is that of constant times (Cosmetatos, *Approximate explicit formulae for the
//! average queueing time in the processes (M/D/r) and (D/M/r)*, INFOR 13, 1975): good to a few per cent where many wait at times.
//! For the rest: Gross, Shortle, Thompson, Harris, *Fundamentals of Queueing Theory*, 4th ed., sections 2.3 and 7.1.
//!
//! Nothing here is simulated, and nothing is said of stretches in which demand or the clinics change. `study::steady` measures the same figures.

use super::Scenario;
use super::lint::pools::{groups, workers_at};
use super::lint::{Context, Demand, slots, slowest_reply_s};
use crate::design::Design;
use crate::kinds::KindId;
use crate::measure::format::{NBSP, clock, duration_s, number, share};
use crate::sim::network::{Consumers, Discipline, EventKind, Params, Process, Scaling, World};
use crate::sim::time::Time;

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

/// The mean wait in seconds of `rate` messages a second for one of `servers`, each of which needs `service_s` seconds on average with coefficient
/// of variation `cv`. Exact for one server and for cv = 1, else an approximation. Infinite where the servers can't do the work.
pub fn mean_wait_s(servers: u64, rate: f64, service_s: f64, cv: f64) -> f64 {
    let (c, load) = (servers as f64, rate * service_s);
    if load >= c {
        return f64::INFINITY;
    }
    if load == 0.0 {
        return 0.0;
    }
    let exponential = erlang_c(servers, load) / (c / service_s - rate);
    let rho = load / c;
    // Beyond 1 the correction has left its range: constant times never make for longer waits than exponential ones.
    let correction = ((1.0 - rho) * (c - 1.0) * ((4.0 + 5.0 * c).sqrt() - 2.0) / (16.0 * rho * c)).min(1.0);
    let constant = exponential / 2.0 * (1.0 + correction);
    cv * cv * exponential + (1.0 - cv * cv) * constant
}

/// A stretch of a run in which demand stays the same and nothing happens to the clinics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    pub from_s: f64,
    pub to_s: f64,
    /// Bookings a second.
    pub rate: f64,
}

impl Stretch {
    pub fn seconds(&self) -> f64 {
        self.to_s - self.from_s
    }
}

/// The longest stretch of a scenario in which demand stays the same and the clinics do, too; among equals the busiest. `None` if there is none.
pub fn stretch(world: &World) -> Option<Stretch> {
    let mut flat: Vec<Stretch> = Vec::new();
    for piece in Demand::new(world).pieces.iter().filter(|p| p.from == p.to && p.from > 0.0) {
        match flat.last_mut() {
            Some(last) if last.to_s == piece.from_s && last.rate == piece.from => last.to_s = piece.to_s,
            _ => flat.push(Stretch { from_s: piece.from_s, to_s: piece.to_s, rate: piece.from }),
        }
    }
    for event in world.events.iter().filter(|e| !matches!(e.what, EventKind::Surge(_))) {
        let (from, to) = (event.from.seconds(), event.to.seconds());
        let undisturbed =
            |s: Stretch| [Stretch { to_s: s.to_s.min(from), ..s }, Stretch { from_s: s.from_s.max(to), ..s }];
        flat = flat.into_iter().flat_map(undisturbed).filter(|s| s.seconds() > 0.0).collect();
    }
    flat.into_iter().max_by(|a, b| a.seconds().total_cmp(&b.seconds()).then(a.rate.total_cmp(&b.rate)))
}

/// What theory says of a pool in a stretch of constant demand.
#[derive(Clone, Debug, PartialEq)]
pub enum Theory {
    /// The assumptions hold, and there is a steady state.
    Settles(Figures),
    /// More work comes than the pool can do, so there is no steady state.
    Grows(Growth),
    /// The formulas don't fit; why, in a sentence.
    Silent(String),
}

/// The steady state by the formulas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    pub stretch: Stretch,
    /// Messages a second that come to the pool.
    pub rate: f64,
    /// Mean seconds that a worker needs for one.
    pub service_s: f64,
    pub workers: f64,
    /// The share of messages that find no worker free, 0 to 1.
    pub waits: f64,
    pub wait_s: f64,
}

impl Figures {
    /// Workers busy on average.
    pub fn load(&self) -> f64 {
        self.rate * self.service_s
    }

    /// ρ, 0 to 1.
    pub fn utilisation(&self) -> f64 {
        self.load() / self.workers
    }

    /// Messages that wait on average, by Little's law.
    pub fn waiting(&self) -> f64 {
        self.rate * self.wait_s
    }
}

/// How a queue grows that has no steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    pub stretch: Stretch,
    pub rate: f64,
    pub service_s: f64,
    /// The most that can work at once: workers, or the slots they call.
    pub workers: f64,
    /// Messages a second.
    pub per_s: f64,
}

/// What theory says of a pool, in words with figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
    /// The assumptions hold, and the text has the figures; otherwise it says what is in the way.
    pub holds: bool,
}

/// The longest run of Erlang's recursion: a pool may have a million workers.
const MOST_SERVERS: u64 = 100_000;

/// What theory says of component `id`; `None` for what is no pool that bookings reach, and where demand never stays the same.
pub fn theory(design: &Design, scenario: &Scenario, id: &str) -> Option<Theory> {
    let context = Context::new(design, scenario);
    let pool = context.reached(KindId::Consumers).find(|&pool| &*design.nodes[pool].id == id)?;
    let stretch = stretch(&scenario.world)?;
    let params = context.pool(pool)?;
    let no = |why: String| Theory::Silent(format!("Queueing formulas don't fit: {why}."));
    if let Some(why) = rules_differ(&context, pool, stretch).or_else(|| calls_fail(&context, pool, params)) {
        return Some(no(why));
    }
    let Some((service_s, cv)) = service(&context, pool, params) else {
        return Some(no("the pool calls no clinic".to_owned()));
    };
    let group = groups(&context).into_iter().find(|g| g.pools.contains(&pool))?;
    let rate = stretch.rate * group.queues.iter().map(|queue| context.share[*queue]).sum::<f64>();
    let places: f64 = context.clinics(pool).map(|(_, c)| slots(c)).sum();
    let ordered = workers_at(&params.scaling, stretch.from_s);
    let workers = ordered.min(places);
    if rate * service_s >= workers {
        return Some(Theory::Grows(Growth { stretch, rate, service_s, workers, per_s: rate - workers / service_s }));
    }
    if let Some(why) = servers_vary(params, stretch) {
        return Some(no(why));
    }
    if ordered > places {
        let (ordered, places) = (number(ordered, 0), number(places, 0));
        return Some(no(format!("{ordered} workers share {places} clinic slots, so messages wait at the clinic too")));
    }
    if workers as u64 > MOST_SERVERS {
        return Some(no(format!("they are worked out for at most {} workers", number(MOST_SERVERS as f64, 0))));
    }
    let waits = erlang_c(workers as u64, rate * service_s);
    let wait_s = mean_wait_s(workers as u64, rate, service_s, cv);
    Some(Theory::Settles(Figures { stretch, rate, service_s, workers, waits, wait_s }))
}

/// The note for component `id`; `None` for what is no pool that bookings reach, and where demand never stays the same.
pub fn note(design: &Design, scenario: &Scenario, id: &str) -> Option<Note> {
    let day = |t: f64| clock(f64::from(scenario.starts_at_s) + t);
    let when = |at: Stretch, rate: f64, service_s: f64| {
        let (from, to, load) = (day(at.from_s), day(at.to_s), number(rate * service_s, 1));
        format!(
            "{from}–{to}: {} bookings a second × {}{NBSP}s = {load} workers busy",
            number(rate, 1),
            number(service_s, 2)
        )
    };
    let text = match theory(design, scenario, id)? {
        Theory::Silent(text) => return Some(Note { text, holds: false }),
        Theory::Grows(g) => format!(
            "{}, and there are {}: ρ = {} ÷ {} is not below 1, so the queue grows by {} messages a second.",
            when(g.stretch, g.rate, g.service_s),
            number(g.workers, 0),
            number(g.rate * g.service_s, 1),
            number(g.workers, 0),
            number(g.per_s, 1),
        ),
        Theory::Settles(f) => format!(
            "{} on average (Little's law), ρ = {}. {} of bookings find no worker free (Erlang C); the mean wait is {}.",
            when(f.stretch, f.rate, f.service_s),
            share(f.utilisation()),
            share((f.waits * 1e4).round() / 1e4),
            duration_s(f.wait_s),
        ),
    };
    Some(Note { text, holds: true })
}

/// What keeps the formulas from the queue of this pool: the rest of a sentence.
fn rules_differ(context: &Context<'_>, pool: usize, stretch: Stretch) -> Option<String> {
    let group = groups(context).into_iter().find(|g| g.pools.contains(&pool))?;
    if group.pools.len() > 1 {
        return Some(format!("{} pools share a queue", group.pools.len()));
    }
    for queue in &group.queues {
        if let Some(Params::Queue(queue)) = &context.params[*queue]
            && (queue.capacity.is_some() || queue.max_age.is_some() || queue.discipline != Discipline::Fifo)
        {
            return Some("the queue has a limit or hands out the newest first".to_owned());
        }
    }
    if context.scenario.world.arrivals.process != Process::Poisson {
        return Some(format!("the {} bookings a second come at equal distances", number(stretch.rate, 1)));
    }
    context.clinics(pool).find_map(|(target, clinic)| {
        let callers = (0..context.design.nodes.len()).filter(|&n| context.wiring.reached[n]);
        let callers =
            callers.filter(|&n| context.wiring.targets[n].iter().any(|t| t.station == target.station)).count();
        (callers > 1).then(|| format!("{callers} components share the {} clinic slots", number(slots(clinic), 0)))
    })
}

/// What makes messages come back, so that more work comes than was asked for.
fn calls_fail(context: &Context<'_>, pool: usize, params: &Consumers) -> Option<String> {
    context.clinics(pool).find_map(|(_, clinic)| {
        if clinic.error_rate > 0.0 {
            return Some(format!("{} of calls fail and come back", share(clinic.error_rate)));
        }
        let timeout = params.timeout?.seconds();
        let out = slowest_reply_s(clinic).is_none_or(|slowest| timeout < slowest);
        out.then(|| format!("calls that take over {} are given up and come back", duration_s(timeout)))
    })
}

/// Why the number of workers does not stay the same.
fn servers_vary(params: &Consumers, stretch: Stretch) -> Option<String> {
    match &params.scaling {
        Scaling::Demand { min, max, .. } if min != max => {
            Some(format!("the number of workers changes between {min} and {max} with the queue"))
        }
        Scaling::Schedule { startup, steps, .. } => {
            let within = |at: &Time| stretch.from_s < (*at + *startup).seconds() && at.seconds() < stretch.to_s;
            let changes = steps.iter().any(|(at, _)| within(at));
            changes.then(|| "the schedule changes the workers while demand stays the same".to_owned())
        }
        _ => None,
    }
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

    /// One server is exact: Pollaczek and Khinchine's ρS/(1 − ρ) · (1 + cv²)/2. Constant times at two servers, ρ = 0.5, wait 0.1767 services, and
    /// at ten, ρ = 0.8, 0.1095 (Crommelin's model, by long simulation); allowed 1 %.
    #[test]
    fn mean_waits_match_what_is_known() {
        assert!((mean_wait_s(1, 0.8, 1.0, 1.0) - 4.0).abs() < 1e-12);
        assert!((mean_wait_s(1, 0.4, 2.0, 0.5) - 8.0 * 1.25 / 2.0).abs() < 1e-12);
        assert!((mean_wait_s(2, 1.0, 1.0, 1.0) - 1.0 / 3.0).abs() < 1e-12);
        assert!((mean_wait_s(2, 1.0, 1.0, 0.0) / 0.1767 - 1.0).abs() < 0.01);
        assert!((mean_wait_s(10, 8.0, 1.0, 0.0) / 0.1095 - 1.0).abs() < 0.01);
        assert_eq!(mean_wait_s(2, 2.0, 1.0, 0.0), f64::INFINITY);
        assert_eq!(mean_wait_s(2, 0.0, 1.0, 0.0), 0.0);
        assert!(mean_wait_s(90, 1e-3, 1.0, 0.3) >= 0.0);
    }
}
