//! Queueing theory beside the diagram: utilisation, Little's law and Erlang C for a pool, where their assumptions hold; where they don't, why.
//!
//! For a stretch of constant demand λ and a fixed number c of workers with mean service time S and its coefficient of variation cv:
//! utilisation ρ = λS/c; workers busy on average λS and messages waiting λW (Little 1961). Where S is exponential, the chance to wait is C(c, λS)
//! (Erlang 1917) and the mean wait M = C/(c/S − λ). For one worker W = M · (1 + cv²)/2 (Pollaczek 1930, Khinchine 1932). For several workers whose
//! times vary less than exponential ones C is about the chance to wait, and W ≈ cv² · M + (1 − cv²) · D (Page, *Tables of waiting times …*, J. Oper. Res. Soc. 33, 1982),
//! where D = M/2 · (1 + (1 − ρ)(c − 1)(√(4 + 5c) − 2) / 16ρc) is that of constant times (Cosmetatos, *Approximate explicit formulae for the
//! average queueing time in the processes (M/D/r) and (D/M/r)*, INFOR 13, 1975): good to a few per cent where many wait at times. It is an interpolation: beyond cv = 1 nothing bounds its error, and nothing
//! is said there.
//! For the rest: Gross, Shortle, Thompson, Harris, *Fundamentals of Queueing Theory*, 4th ed., sections 2.3 and 7.1.
//!
//! Nothing here is simulated, and nothing is said of stretches in which demand or the clinics change. `study::steady` measures the same figures.

mod assumptions;

use crate::advice::lint::pools::{groups, workers_at};
use crate::advice::lint::{Context, Demand, slots};
use crate::format::{clock, duration_s, number, share};
use crate::kata::Analysis;
use crate::kinds::Behaviour;
use crate::say;
use engine::sim::dist::Dist;
use engine::sim::network::{Consumers, EventKind, World};

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
/// of variation `cv`. Exact for one server and where service is exponential; for several servers and a cv from 0 to 1 an approximation that is
/// good to a few per cent, beyond it a poor one. Infinite where the servers can't do the work.
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
    for piece in Demand::new(world).segments.iter().filter(|p| p.from == p.to && p.from > 0.0) {
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
    /// The chance to wait and the wait are approximations; the other figures are exact.
    pub about: bool,
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

/// What there is too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Workers,
    Slots,
}

impl Limit {
    pub fn word(self) -> &'static str {
        match self {
            Limit::Workers => say!("theory.workers"),
            Limit::Slots => say!("theory.slots"),
        }
    }
}

/// How a queue grows that has no steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    pub stretch: Stretch,
    pub rate: f64,
    pub limit: Limit,
    /// How many of these there are.
    pub places: f64,
    /// Mean seconds that a message occupies one of them.
    pub held_s: f64,
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
pub fn theory(analysis: &Analysis, id: &str) -> Option<Theory> {
    let context = Context::new(analysis);
    let Analysis { design, scenario, .. } = analysis;
    let pool = context.reached(Behaviour::Fetches).find(|&pool| &*design.nodes[pool].id == id)?;
    let stretch = stretch(&scenario.world)?;
    let params = context.pool(pool)?;
    let no = |why: String| Theory::Silent(say!("theory.unfit", why));
    let group = groups(&context).into_iter().find(|g| g.pools.contains(&pool))?;
    let ordered = workers_at(&params.scaling, stretch.from_s);
    let unfit = assumptions::rules_differ(&context, pool, stretch)
        .or_else(|| assumptions::calls_fail(&context, pool, params))
        .or_else(|| assumptions::requests_lost(&context, &group, stretch))
        .or_else(|| assumptions::systems_differ(&context, pool, ordered));
    if let Some(why) = unfit {
        return Some(no(why));
    }
    let Some(service) = service(&context, pool, params) else {
        return Some(no(say!("theory.calls_nothing").to_owned()));
    };
    let Service { mean_s: service_s, reply_s, cv, .. } = service;
    let rate = stretch.rate * group.queues.iter().map(|queue| context.share[*queue]).sum::<f64>();
    let places: f64 = context.clinics(pool).map(|(_, c)| slots(c)).sum();
    let room = assumptions::room(&context, &group);
    let growth = |limit, places, held_s| Growth { stretch, rate, limit, places, held_s, per_s: rate - places / held_s };
    let by_workers = growth(Limit::Workers, ordered, service_s);
    // Each worker has a slot of its own, or they share those of one system.
    let by_slots = (ordered > places && reply_s > 0.0).then(|| growth(Limit::Slots, places, reply_s));
    let most = by_slots.filter(|slots| slots.per_s >= by_workers.per_s).unwrap_or(by_workers);
    if most.per_s >= 0.0 {
        let timed_out =
            (most.limit == Limit::Slots).then(|| assumptions::slots_time_out(&context, pool, params)).flatten();
        let unfit = timed_out.or_else(|| assumptions::fills_up(room, &most));
        return Some(unfit.map_or(Theory::Grows(most), no));
    }
    if let Some(why) = assumptions::servers_vary(params, stretch) {
        return Some(no(why));
    }
    if ordered > places {
        return Some(no(say!("theory.workers_share", workers = number(ordered, 0), slots = number(places, 0))));
    }
    if ordered as u64 > MOST_SERVERS {
        return Some(no(say!("theory.too_many", n = number(MOST_SERVERS as f64, 0))));
    }
    if ordered > 1.0 && cv > 1.0 && !service.exponential {
        return Some(no(say!("theory.times_vary", cv = number(cv, 2))));
    }
    let about = ordered > 1.0 && !service.exponential;
    let waits = erlang_c(ordered as u64, rate * service_s);
    if let Some(why) = assumptions::is_full_at_times(room, waits, rate * service_s / ordered) {
        return Some(no(why));
    }
    let wait_s = mean_wait_s(ordered as u64, rate, service_s, cv);
    Some(Theory::Settles(Figures { stretch, rate, service_s, workers: ordered, about, waits, wait_s }))
}

/// The note for component `id`; `None` for what is no pool that bookings reach, and where demand never stays the same.
pub fn note(analysis: &Analysis, id: &str) -> Option<Note> {
    let day = |t: f64| clock(f64::from(analysis.scenario.starts_at_s) + t);
    let figures = |at: Stretch, rate: f64, held_s: f64| {
        [day(at.from_s), day(at.to_s), number(rate, 1), number(held_s, 2), number(rate * held_s, 1)]
    };
    let text = match theory(analysis, id)? {
        Theory::Silent(text) => return Some(Note { text, holds: false }),
        Theory::Grows(g) => {
            let [from, to, rate, held, load] = figures(g.stretch, g.rate, g.held_s);
            let (limit, places, growth) = (g.limit.word(), number(g.places, 0), number(g.per_s, 1));
            say!("theory.grows", from, to, rate, held, load, limit, places, growth)
        }
        Theory::Settles(f) => {
            let [from, to, rate, held, load] = figures(f.stretch, f.rate, f.service_s);
            let (rho, waits) = (share(f.utilisation()), share((f.waits * 1e4).round() / 1e4));
            let wait = duration_s(f.wait_s);
            match f.about {
                true => say!("theory.settles_about", from, to, rate, held, load, rho, waits, wait),
                false => say!("theory.settles", from, to, rate, held, load, rho, waits, wait),
            }
        }
    };
    Some(Note { text, holds: true })
}

/// A worker's time for a message: handling and the clinic's reply, which are independent.
struct Service {
    mean_s: f64,
    /// The clinic's part of it.
    reply_s: f64,
    /// The coefficient of variation.
    cv: f64,
    exponential: bool,
}

/// `None` for a pool that calls no clinic or takes no time.
fn service(context: &Context<'_>, pool: usize, params: &Consumers) -> Option<Service> {
    let total: f64 = context.clinics(pool).map(|(target, _)| target.weight).sum();
    if total <= 0.0 {
        return None;
    }
    let (mut reply_ms, mut square) = (0.0, 0.0);
    for (target, clinic) in context.clinics(pool) {
        let part = target.weight / total;
        let reply = clinic.base.millis() + clinic.variable.mean_ms();
        reply_ms += part * reply;
        square += part * (clinic.variable.variance() + reply * reply);
    }
    let variance = square - reply_ms * reply_ms + params.handling.variance();
    let mean = reply_ms + params.handling.mean_ms();
    let drawn = |dist: &Dist| matches!(dist, Dist::Exponential { .. });
    let mut clinics = context.clinics(pool);
    // One part is exponential, and the other takes no time.
    let exponential = match (clinics.next(), clinics.next()) {
        _ if reply_ms == 0.0 => drawn(&params.handling),
        (Some((_, clinic)), None) => {
            params.handling.mean_ms() == 0.0 && clinic.base.millis() == 0.0 && drawn(&clinic.variable)
        }
        _ => false,
    };
    let cv = variance.max(0.0).sqrt() / mean;
    (mean > 0.0).then_some(Service { mean_s: mean / 1e3, reply_s: reply_ms / 1e3, cv, exponential })
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
