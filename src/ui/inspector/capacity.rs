//! What a component can do at most, as a sum that a learner can follow: servers ÷ time per booking.

use super::super::diagram::Scene;
use crate::design::Node;
use crate::design::compile::station_params;
use crate::kinds::KindId;
use crate::measure::format;
use crate::sim::network::{Clinic, Params, Scaling};

/// `90 workers ÷ 2.01 s = 44.8 bookings a second; the rush brings 40.` `None` where there is no such sum.
pub fn words(scene: &Scene, node: &Node) -> Option<String> {
    let given = &scene.scenario.given;
    let (servers, what, seconds) = match station_params(node, given).ok()? {
        Params::Consumers(pool) => {
            let most = match &pool.scaling {
                Scaling::Fixed { workers } => *workers,
                Scaling::Demand { max, .. } => *max,
                Scaling::Schedule { workers, steps, .. } => steps.iter().map(|(_, n)| *n).fold(*workers, u64::max),
            };
            (most, "workers", pool.handling.mean_ms() / 1e3 + reply_s(&only_clinic(scene, node)?))
        }
        Params::Api(api) => {
            let service = api.service.mean_ms() / 1e3;
            let calls = only_clinic(scene, node).map(|clinic| reply_s(&clinic));
            let hands_on = leads_to(scene, node, KindId::Queue);
            let seconds = match (hands_on, calls) {
                (true, None) => service + api.publish.seconds(),
                (false, Some(reply)) => service + reply,
                _ => return None,
            };
            (api.instances * api.threads, "threads", seconds)
        }
        Params::Clinic(clinic) => (u64::from(clinic.clinics) * clinic.slots_per_clinic, "slots", reply_s(&clinic)),
        _ => return None,
    };
    if seconds <= 0.0 {
        return None;
    }
    let peak = scene.scenario.world.arrivals.curve.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
    let (most, time) = (format::number(servers as f64 / seconds, 1), format::number(seconds, 3));
    Some(format!(
        "{} {what} ÷ {time} s = {most} bookings a second; the rush brings {}.",
        format::count(servers),
        format::number(peak, 1)
    ))
}

/// `20 workers × £0.12 = £2.40 an hour.` `None` for what costs nothing by the hour.
pub fn cost(scene: &Scene, node: &Node) -> Option<String> {
    let prices = scene.scenario.world.prices;
    let (least, most, one, price) = match station_params(node, &scene.scenario.given).ok()? {
        Params::Consumers(_) => {
            let (least, most) = super::super::diagram::workers(node);
            (least, most, "worker", prices.worker_hour)
        }
        Params::Api(api) => (api.instances, api.instances, "instance", prices.api_instance_hour),
        _ => return None,
    };
    let sum = |n: u64| format::pounds(n as f64 * price);
    let many = if most == 1 { one.to_owned() } else { format!("{one}s") };
    Some(if least == most {
        format!("{} {many} × {} = {} an hour.", format::count(most), format::pounds(price), sum(most))
    } else {
        format!(
            "{}–{} {many} × {} = {} to {} an hour.",
            format::count(least),
            format::count(most),
            format::pounds(price),
            sum(least),
            sum(most)
        )
    })
}

fn leads_to(scene: &Scene, node: &Node, kind: KindId) -> bool {
    scene.design.edges.iter().any(|e| e.from == node.id && scene.design.node(&e.to).is_some_and(|n| n.kind == kind))
}

/// The clinic that a component calls, if it calls just one.
fn only_clinic(scene: &Scene, node: &Node) -> Option<Clinic> {
    let called = scene.design.edges.iter().filter(|e| e.from == node.id).filter_map(|e| scene.design.node(&e.to));
    let mut clinics = called.filter(|n| n.kind == KindId::Clinic);
    let clinic = clinics.next()?;
    match station_params(clinic, &scene.scenario.given).ok()? {
        Params::Clinic(found) if clinics.next().is_none() => Some(found),
        _ => None,
    }
}

/// The mean time of a call that finds a slot.
fn reply_s(clinic: &Clinic) -> f64 {
    clinic.base.seconds() + clinic.variable.mean_ms() / 1e3
}
