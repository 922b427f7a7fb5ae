//! Where the formulas hold for a pool: each reason why they don't is the rest of a sentence with figures.

use crate::advice::fluid::{busy_threads, times_out};
use crate::advice::lint::pools::{Group, groups, most_workers};
use crate::advice::lint::{Context, mean_reply_s, slots, slowest_reply_s};
use crate::advice::theory::{Growth, MOST_SERVERS, Stretch, erlang_c};
use crate::format::{duration_s, number, share};
use crate::kinds::Behaviour;
use crate::say;
use engine::sim::network::{Consumers, Discipline, Params, Process, Scaling};
use engine::sim::time::Time;

/// What an API turns away or loses to impatience does not count up to this share of the requests.
const LOST: f64 = 0.001;

/// Why the formulas don't hold for the queue of this pool: the rest of a sentence.
pub(super) fn rules_differ(context: &Context<'_>, pool: usize, stretch: Stretch) -> Option<String> {
    let group = groups(context).into_iter().find(|g| g.pools.contains(&pool))?;
    if group.pools.len() > 1 {
        return Some(say!("theory.pools_share", n = group.pools.len()));
    }
    for queue in &group.queues {
        if let Some(Params::Queue(queue)) = &context.params[*queue]
            && (queue.max_age.is_some() || queue.discipline != Discipline::Fifo)
        {
            return Some(say!("theory.age_or_newest").to_owned());
        }
    }
    if context.scenario.world.arrivals.process != Process::Poisson {
        return Some(say!("theory.equal_distances", rate = number(stretch.rate, 1)));
    }
    context.clinics(pool).find_map(|(target, clinic)| {
        let callers = (0..context.design.nodes.len()).filter(|&n| context.wiring.reached[n]);
        let callers =
            callers.filter(|&n| context.wiring.targets[n].iter().any(|t| t.station == target.station)).count();
        (callers > 1).then(|| say!("theory.components_share", n = callers, slots = number(slots(clinic), 0)))
    })
}

/// The smallest capacity of the group's queues, in messages.
pub(super) fn room(context: &Context<'_>, group: &Group) -> Option<u64> {
    let rooms = group.queues.iter().filter_map(|queue| match &context.params[*queue] {
        Some(Params::Queue(queue)) => queue.capacity,
        _ => None,
    });
    rooms.min()
}

/// A queue that grows is full before demand changes.
pub(super) fn fills_up(room: Option<u64>, growth: &Growth) -> Option<String> {
    let (room, seconds) = (room? as f64, growth.stretch.to_s - growth.stretch.from_s);
    let full_s = room / growth.per_s.max(1e-9);
    let (room, full) = (number(room, 0), duration_s(full_s.round()));
    (full_s < seconds).then(|| say!("theory.fills_up", room, full))
}

/// A queue that settles is full too often: the chance that as many wait as there is room for.
pub(super) fn is_full_at_times(room: Option<u64>, waits: f64, utilisation: f64) -> Option<String> {
    let room = room?;
    let full = waits * libm::pow(utilisation, room as f64);
    (full > LOST).then(|| say!("theory.room_only", room = number(room as f64, 0)))
}

/// What makes messages come back, so that more work comes than was asked for.
pub(super) fn calls_fail(context: &Context<'_>, pool: usize, params: &Consumers) -> Option<String> {
    context.clinics(pool).find_map(|(_, clinic)| {
        if clinic.error_rate > 0.0 {
            return Some(say!("theory.calls_fail", share = share(clinic.error_rate)));
        }
        let timeout = params.timeout?.seconds();
        let out = slowest_reply_s(clinic).is_none_or(|slowest| timeout < slowest);
        out.then(|| say!("theory.calls_given_up", timeout = duration_s(timeout)))
    })
}

/// Why the number of workers does not stay the same.
pub(super) fn servers_vary(params: &Consumers, stretch: Stretch) -> Option<String> {
    match &params.scaling {
        Scaling::Demand { min, max, .. } if min != max => Some(say!("theory.workers_change", min, max)),
        Scaling::Schedule { startup, steps, .. } => {
            let within = |at: &Time| stretch.from_s < (*at + *startup).seconds() && at.seconds() < stretch.to_s;
            let changes = steps.iter().any(|(at, _)| within(at));
            changes.then(|| say!("theory.schedule_changes").to_owned())
        }
        _ => None,
    }
}

/// What makes calls run into their timeout once every slot is busy and the workers wait for one.
pub(super) fn slots_time_out(context: &Context<'_>, pool: usize, params: &Consumers) -> Option<String> {
    let all: f64 = context.clinics(pool).map(|(target, _)| target.weight).sum();
    let clinics: Vec<_> = context.clinics(pool).map(|(target, clinic)| (target.weight / all, clinic)).collect();
    let places: f64 = clinics.iter().map(|(_, clinic)| slots(clinic)).sum();
    times_out(params, &clinics, 1.0).then(|| {
        say!(
            "theory.slots_time_out",
            workers = number(most_workers(&params.scaling), 0),
            slots = number(places, 0),
            timeout = duration_s(params.timeout.map_or(0.0, |timeout| timeout.seconds())),
        )
    })
}

/// What makes some clinic system full while others have slots free, so that their slots are not one pool.
pub(super) fn systems_differ(context: &Context<'_>, pool: usize, workers: f64) -> Option<String> {
    let systems: u32 = context.clinics(pool).map(|(_, clinic)| clinic.clinics).sum();
    let least = context.clinics(pool).map(|(_, clinic)| clinic.slots_per_clinic).min()? as f64;
    (systems > 1 && workers > least).then(|| {
        say!(
            "theory.systems_differ",
            n = number(f64::from(systems), 0),
            workers = number(workers, 0),
            slots = number(least, 0)
        )
    })
}

/// Why bookings don't get to the queue: an API on the way with too few threads. The length of its line is estimated as if its times were
/// exponential.
pub(super) fn requests_lost(context: &Context<'_>, group: &Group, stretch: Stretch) -> Option<String> {
    let feeds = |api: &usize| context.wiring.targets[*api].iter().any(|t| group.queues.contains(&t.station));
    let patience = context.reached(Behaviour::Source).filter_map(|node| match &context.params[node] {
        Some(Params::Patients(patients)) => Some(patients.patience?.seconds()),
        _ => None,
    });
    let patience = patience.fold(f64::INFINITY, f64::min);
    context.reached(Behaviour::PassesOn).filter(feeds).find_map(|node| {
        let api = context.api(node)?;
        let per_s = stretch.rate * context.share[node];
        let all: f64 = context.wiring.targets[node].iter().map(|t| t.weight).sum();
        let held_s: f64 = context.clinics(node).map(|(t, clinic)| mean_reply_s(clinic) * t.weight / all).sum();
        let (load, threads) = (busy_threads(api, held_s, per_s), api.instances * api.threads);
        let rho = load / threads as f64;
        // The longest line without a rejection and without a patient who gives up.
        let line = ((api.instances * api.accept_backlog) as f64).min(patience * per_s / rho.max(1e-9));
        let lost = match rho {
            rho if rho >= 1.0 => true,
            _ if threads > MOST_SERVERS => false,
            rho => erlang_c(threads, load) * libm::pow(rho, line) > LOST,
        };
        lost.then(|| {
            say!(
                "theory.requests_lost",
                rate = number(per_s, 1),
                load = number(load, 1),
                threads = number(threads as f64, 0),
                name = context.name(node)
            )
        })
    })
}
