//! Warnings about how requests flow: what waits for what, and what is not reached.

use crate::advice::lint::{Context, fastest_reply_s, mean_reply_s, slowest_reply_s};
use crate::design::{Code, Problem};
use crate::format::{NBSP, duration_s, fixed, number, share};
use crate::kinds::Behaviour;
use crate::say;
use engine::measure::MetricId;
use engine::sim::network::Clinic;

/// An API that calls a clinic itself: the patient waits for the clinic.
pub fn acknowledgement_waits(context: &Context<'_>, found: &mut Vec<Problem>) {
    for api in context.reached(Behaviour::PassesOn) {
        let Some((target, clinic)) = context.clinics(api).next() else { continue };
        let reply = reply_range(clinic);
        let goal = [MetricId::AcceptanceP50, MetricId::AcceptanceP95, MetricId::AcceptanceP99]
            .into_iter()
            .find_map(|m| context.goal(m));
        let goal = goal.map(|ms| duration_s(ms / 1e3));
        let calls: f64 = context.clinics(api).map(|(target, _)| target.weight).sum();
        let all: f64 = context.wiring.targets[api].iter().map(|target| target.weight).sum();
        let (name, whom) = (context.name(api), context.name(target.station));
        let text = match (calls / all, goal) {
            (1.0, None) => say!("lint.ack_waits", name, whom, reply),
            (1.0, Some(goal)) => say!("lint.ack_waits_goal", name, whom, reply, goal),
            (part, None) => say!("lint.some_acks_wait", name, share = share(part), whom, reply),
            (part, Some(goal)) => say!("lint.some_acks_wait_goal", name, share = share(part), whom, reply, goal),
        };
        found.push(Problem::warning(Code::AcknowledgementWaits, context.place(api), text));
    }
}

/// How long a call takes: `1.0–3.0 s`.
pub fn reply_range(clinic: &Clinic) -> String {
    match (fastest_reply_s(clinic), slowest_reply_s(clinic)) {
        (fastest, Some(slowest)) if fastest < slowest => format!("{}–{}{NBSP}s", fixed(fastest, 1), fixed(slowest, 1)),
        _ => say!("lint.on_average", time = duration_s(mean_reply_s(clinic))),
    }
}

/// A queue that is filled and never read.
pub fn queue_nobody_reads(context: &Context<'_>, found: &mut Vec<Problem>) {
    for queue in context.reached(Behaviour::Stores) {
        if context.wiring.targets_that(context.design, queue, Behaviour::Fetches).next().is_some() {
            continue;
        }
        let bookings = number(context.demand.total() * context.share[queue], 0);
        let name = context.name(queue);
        let text = say!("lint.nobody_reads", name, n = bookings);
        found.push(Problem::warning(Code::QueueNobodyReads, context.place(queue), text));
    }
}

/// A component that no booking can get to.
pub fn unreached(context: &Context<'_>, found: &mut Vec<Problem>) {
    for (at, node) in context.design.nodes.iter().enumerate() {
        if context.wiring.reached[at] || node.behaviour() == Behaviour::Source {
            continue;
        }
        let joined = context.wiring.sources(at).next().is_some() || !context.wiring.targets[at].is_empty();
        let bookings = number(context.demand.total(), 0);
        let name = context.name(at);
        let text = match joined {
            false => say!("lint.not_connected", name, n = bookings),
            true => say!("lint.no_way", name, n = bookings),
        };
        found.push(Problem::warning(Code::Unreached, context.place(at), text));
    }
}
