//! What a component can do at most and what it costs, as sums that a learner can follow: servers ÷ time per booking, pieces × price.
//!
//! Only what holds by itself: where the figures of other components decide, there is no sum.

use std::fmt;

use crate::advice::lint::Demand;
use crate::advice::lint::pools::{least_worker_hours, workers_at};
use crate::design::Node;
use crate::format;
use crate::kata::Analysis;
use crate::kata::scenario::event_name;
use crate::kinds::Behaviour;
use crate::say;
use engine::sim::network::{Api, Clinic, Consumers, Event, EventKind, Overflow, Params, Patients, Queue, Scaling};
use engine::sim::time::Time;

/// A sum about a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The parameter that it is about, where that is one alone: the sum stands with it.
    pub about: Option<&'static str>,
    /// A sentence.
    pub text: String,
}

/// What a component manages at most, beside what the rush brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// How many servers it has at most; where a plan changes them in the rush, the fewest there are in it.
    pub servers: u64,
    /// Then the time of day at which there are so few.
    pub at: Option<String>,
    /// What happens to the clinic in this scenario, which the figure is without; empty where nothing does.
    pub aside: String,
    /// What they are, in the plural.
    pub what: &'static str,
    /// What a booking takes of one of them, in seconds; above 0.
    pub seconds: f64,
    /// The most bookings a second that the scenario brings.
    pub peak: f64,
}

impl Rate {
    /// Bookings a second at most.
    pub fn per_s(&self) -> f64 {
        self.servers as f64 / self.seconds
    }

    /// `90 workers ÷ 2.01 s`.
    pub fn quotient(&self) -> String {
        let places = if self.seconds < 1e-3 { 6 } else { 3 };
        let (servers, seconds) = (format::count(self.servers), format::number(self.seconds, places));
        match &self.at {
            None => say!("capacity.quotient", servers, what = self.what, seconds),
            Some(at) => say!("capacity.quotient_at", servers, what = self.what, at, seconds),
        }
    }

    /// What is left of it in the rush: `12 % to spare`, `32 times that`, or `30 a second too few`. Nothing where the scenario brings nothing.
    pub fn margin(&self) -> String {
        let (most, peak) = (self.per_s(), self.peak);
        match most - peak {
            _ if peak <= 0.0 => String::new(),
            short if short < 0.0 => say!("capacity.too_few", n = format::number(-short, 1)),
            spare if spare > 2.0 * peak => say!("capacity.times_that", n = format::number(most / peak, 0)),
            spare => say!("capacity.spare", n = format::number(100.0 * spare / peak, 0)),
        }
    }
}

/// `90 workers ÷ 2.01 s = 44.8 bookings a second; the rush brings 40.`
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (most, peak) = (format::number(self.per_s(), 1), format::number(self.peak, 1));
        let sum = say!("capacity.rate", quotient = self.quotient(), most, peak);
        f.write_str([&sum, &*self.aside].join(" ").trim_end())
    }
}

/// Sums about a component of the analysed design, each a sentence; none while its parameters are impossible.
pub fn sums(place: &Analysis, node: &Node) -> Vec<String> {
    let rate = rate(place, node).map(|rate| rate.to_string());
    rate.into_iter().chain(others(place, node).into_iter().map(|sum| sum.text)).collect()
}

/// What may be shown of a component: what it manages, and the other sums. While the learner is asked for the backlog, what workers manage
/// would answer that.
pub fn shown(place: &Analysis, node: &Node, asked: bool) -> (Option<Rate>, Vec<Sum>) {
    let rate = if asked && node.behaviour() == Behaviour::Fetches { None } else { rate(place, node) };
    (rate, others(place, node))
}

/// What a component of the analysed design manages; `None` where that does not follow from its own figures.
pub fn rate(place: &Analysis, node: &Node) -> Option<Rate> {
    match place.params_of(node)? {
        Params::Api(api) => threads(place, node, api),
        Params::Consumers(pool) => workers(place, node, pool),
        Params::Clinic(clinic) => slots(place, clinic),
        Params::Patients(_) | Params::Queue(_) | Params::DeadLetter => None,
    }
}

/// The other sums about it.
pub fn others(place: &Analysis, node: &Node) -> Vec<Sum> {
    let Some(params) = place.params_of(node) else { return Vec::new() };
    let found = match params {
        Params::Patients(patients) => vec![Some(demand(place)), patience(patients)],
        Params::Api(api) => vec![Some(line(api)), Some(instances(place, api))],
        Params::Queue(queue) => vec![room(place, queue), Some(messages(place))],
        Params::Consumers(pool) => {
            let attempts = attempts(pool).map(|text| Sum { about: Some("attempts"), text });
            let wages = Sum { about: None, text: wages(place, pool) };
            return attempts.into_iter().chain([wages]).collect();
        }
        Params::Clinic(_) => Vec::new(),
        Params::DeadLetter => {
            vec![Some(say!("capacity.dead_letters").to_owned())]
        }
    };
    found.into_iter().flatten().map(|text| Sum { about: None, text }).collect()
}

/// The most bookings a second that the scenario brings, surges included.
fn peak(place: &Analysis) -> f64 {
    Demand::new(&place.scenario.world).peak().1
}

fn demand(place: &Analysis) -> String {
    let demand = Demand::new(&place.scenario.world);
    let (when, most) = demand.peak();
    say!(
        "capacity.demand",
        total = format::number(demand.total(), 0),
        most = format::number(most, 1),
        when = format::clock(f64::from(place.scenario.starts_at_s) + when)
    )
}

/// `(2 retries + 1) × 10 s + 2 × 5 s = 40 s until a patient gives up.`
fn patience(patients: &Patients) -> Option<String> {
    let (patience, again) = (patients.patience?.seconds(), patients.retry_after.seconds());
    let retries = f64::from(patients.retries);
    let s = format::exact_s;
    Some(if retries > 0.0 {
        say!(
            "capacity.patience",
            tries = format::number(retries + 1.0, 0),
            patience = s(patience),
            retries = format::number(retries, 0),
            between = s(again),
            all = s((retries + 1.0) * patience + retries * again)
        )
    } else {
        say!("capacity.patience_once", patience = s(patience))
    })
}

/// `seconds` of own work and, where a clinic is called, its reply.
fn throughput(place: &Analysis, servers: u64, what: &'static str, own_s: f64, clinic: Option<&Clinic>) -> Option<Rate> {
    let seconds = own_s + clinic.map_or(0.0, reply_s);
    let aside = clinic.map_or_else(String::new, |_| aside(place));
    (seconds > 0.0).then(|| Rate { servers, at: None, aside, what, seconds, peak: peak(place) })
}

/// `Without “clinic slow × 2”, 08:15–08:45.` for all that slows the clinics, stops them or makes calls fail: those are facts of the scenario.
fn aside(place: &Analysis) -> String {
    let clock = |at: Time| format::clock(f64::from(place.scenario.starts_at_s) + at.seconds());
    let told = |event: &Event| {
        say!("capacity.event", event = event_name(&event.what), from = clock(event.from), to = clock(event.to))
    };
    let all = place.scenario.world.events.iter().filter(|event| !matches!(event.what, EventKind::Surge(_)));
    match all.map(told).collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        all => say!("capacity.aside", events = all.join(", ")),
    }
}

fn threads(place: &Analysis, node: &Node, api: &Api) -> Option<Rate> {
    let service = api.service.mean_ms() / 1e3;
    let (own_s, clinic) = match (leads_to_a_queue(place, node), only_clinic(place, node)) {
        (true, None) => (service + api.publish.seconds(), None),
        (false, clinic @ Some(_)) => (service, clinic),
        _ => return None,
    };
    throughput(place, api.instances * api.threads, say!("capacity.threads"), own_s, clinic)
}

fn line(api: &Api) -> String {
    say!(
        "capacity.line",
        instances = format::count(api.instances),
        each = format::count(api.accept_backlog),
        all = format::count(api.instances * api.accept_backlog)
    )
}

fn instances(place: &Analysis, api: &Api) -> String {
    let servers = say!("capacity.count_instances", plural = api.instances, n = format::count(api.instances));
    let (n, hours) = (api.instances, place.scenario.world.duration.seconds() / 3600.0);
    let all = n as f64 * hours;
    by_the_hour((n, n), (all, all), &servers, place.scenario.world.prices.api_instance_hour)
}

/// `Room for 1 000: full after 25 s of the rush with nobody reading; then the next one is rejected.`
fn room(place: &Analysis, queue: &Queue) -> Option<String> {
    let (capacity, peak) = (queue.capacity?, peak(place));
    (peak > 0.0).then(|| {
        let full = format::duration_s(capacity as f64 / peak);
        let (capacity, peak) = (format::count(capacity), format::number(peak, 1));
        match queue.overflow {
            Overflow::Reject => say!("capacity.room_reject", capacity, peak, full),
            Overflow::DropOldest => say!("capacity.room_drop", capacity, peak, full),
        }
    })
}

fn messages(place: &Analysis) -> String {
    let (price, peak) = (place.scenario.world.prices.queue_million, peak(place));
    say!(
        "capacity.messages",
        n = format::number(peak * 3600.0, 0),
        price = format::pounds(price),
        cost = format::pounds(peak * 3600.0 * price / 1e6)
    )
}

fn workers(place: &Analysis, node: &Node, pool: &Consumers) -> Option<Rate> {
    let (fewest, at) = in_the_rush(place, &pool.scaling);
    let at = at.map(|at| format::clock(f64::from(place.scenario.starts_at_s) + at));
    let clinic = only_clinic(place, node)?;
    let rate = throughput(place, fewest, say!("capacity.workers"), pool.handling.mean_ms() / 1e3, Some(clinic))?;
    Some(Rate { at, ..rate })
}

/// The workers that a pool has for the rush, or may have: the fewest of a plan while most come, and when that is where it has more then too.
fn in_the_rush(place: &Analysis, scaling: &Scaling) -> (u64, Option<f64>) {
    let Scaling::Schedule { startup, steps, .. } = scaling else { return (scaling.workers().1, None) };
    let changes = steps.iter().flat_map(|(at, _)| [at.seconds(), at.seconds() + startup.seconds()]);
    let changes: Vec<f64> = changes.collect();
    let during = |(from, to): (f64, f64)| {
        let within = changes.iter().copied().filter(move |at| from < *at && *at < to);
        [from].into_iter().chain(within)
    };
    let rush = Demand::new(&place.scenario.world).rush();
    let there: Vec<(f64, f64)> = rush.into_iter().flat_map(during).map(|at| (workers_at(scaling, at), at)).collect();
    let fewest = there.iter().copied().reduce(|few, other| if other < few { other } else { few });
    let Some((fewest, at)) = fewest else { return (scaling.workers().1, None) };
    (fewest as u64, there.iter().any(|(workers, _)| *workers > fewest).then_some(at))
}

/// `4 attempts × 10 s + 7 s of backoff = 47 s at most until a message is given up.`
fn attempts(pool: &Consumers) -> Option<String> {
    let timeout = pool.timeout?.seconds();
    let delay = |n: u32| {
        let grown = pool.backoff_base.seconds() * pool.backoff_factor.powi(n as i32);
        grown.min(pool.backoff_max.seconds())
    };
    let backoff: f64 = (0..pool.attempts.saturating_sub(1)).map(delay).sum();
    Some(say!(
        "capacity.attempts",
        plural = pool.attempts,
        n = format::count(u64::from(pool.attempts)),
        timeout = format::exact_s(timeout),
        backoff = format::duration_s(backoff),
        all = format::duration_s(f64::from(pool.attempts) * timeout + backoff)
    ))
}

fn wages(place: &Analysis, pool: &Consumers) -> String {
    let (least, most) = pool.scaling.workers();
    let servers = say!("capacity.count_workers", plural = most, n = format::count(most));
    let end = place.scenario.world.duration.seconds();
    let hours = match pool.scaling {
        Scaling::Demand { .. } => (least as f64 * end / 3600.0, most as f64 * end / 3600.0),
        _ => (least_worker_hours(&pool.scaling, end), least_worker_hours(&pool.scaling, end)),
    };
    by_the_hour((least, most), hours, &servers, place.scenario.world.prices.worker_hour)
}

fn slots(place: &Analysis, clinic: &Clinic) -> Option<Rate> {
    throughput(place, u64::from(clinic.clinics) * clinic.slots_per_clinic, say!("capacity.slots"), 0.0, Some(clinic))
}

/// `20 workers × £0.06 = £1.20 an hour, £3.60 for the morning.`, or of a range `10–90 × £0.06 an hour = £1.80 to £16.20 in all.`
/// `hours`: the fewest and the most of servers together in the whole run.
fn by_the_hour((least, most): (u64, u64), hours: (f64, f64), servers: &str, price: f64) -> String {
    let sum = |n: f64| format::pounds(n * price);
    let all = match (sum(hours.0), sum(hours.1)) {
        (from, to) if from == to => to,
        (from, to) => say!("capacity.from_to", from, to),
    };
    let an_hour = sum(most as f64);
    let price = format::pounds(price);
    if least == most {
        return say!("capacity.hour", servers, price, sum = an_hour, all);
    }
    let (least, most) = (format::count(least), format::count(most));
    say!("capacity.hour_range", least, most, price, all)
}

/// Whether a component has a connection to a queue.
fn leads_to_a_queue(place: &Analysis, node: &Node) -> bool {
    let targets = place.number(&node.id).map_or(&[][..], |number| &place.wiring.targets[number]);
    targets.iter().any(|target| place.params[target.station].as_ref().is_some_and(|params| params.queue().is_some()))
}

/// The clinic that a component calls, if it calls just one.
fn only_clinic<'a>(place: &'a Analysis, node: &Node) -> Option<&'a Clinic> {
    let targets = &place.wiring.targets[place.number(&node.id)?];
    let mut clinics = targets.iter().filter_map(|target| place.params[target.station].as_ref()?.clinic());
    let clinic = clinics.next()?;
    clinics.next().is_none().then_some(clinic)
}

/// The mean time of a call that finds a slot.
fn reply_s(clinic: &Clinic) -> f64 {
    clinic.base.seconds() + clinic.variable.mean_ms() / 1e3
}
