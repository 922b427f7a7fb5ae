//! Flow: what travels each connection a second, what of it fails there, is tried again or comes late, as far as it follows from the figures of
//! its ends.

use std::collections::HashMap;

use crate::design::{Design, Node};
use crate::kata::Scenario;
use crate::kinds::{Behaviour, Role, Value};
use crate::session::run::figures::{Figure, Figures};
use engine::measure::MetricId;

/// The flow along a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Bookings a second.
    pub per_s: f64,
    /// Of those, refused, failed or given up at the far end, a second.
    pub failing_per_s: f64,
    /// The share that is not tried for the first time, 0–1.
    pub again: f64,
    /// What travels here has waited longer than a confirmation may take.
    pub late: bool,
    /// Whatever travels here has failed: it leads to dead letters.
    pub dead: bool,
    /// What is done with it now: its colour.
    pub stage: Role,
}

/// The longest wait that a goal of the scenario allows until a booking is confirmed, in milliseconds; `None` without such a goal.
pub fn late_after_ms(scenario: &Scenario) -> Option<f64> {
    let confirmed = [MetricId::EndToEndP50, MetricId::EndToEndP95, MetricId::EndToEndP99];
    let goals = scenario.goals.iter().filter(|g| confirmed.contains(&g.metric.id)).map(|g| g.at_most);
    goals.reduce(f64::min)
}

/// What is done with a booking on a connection: asked for, waiting, on its way to the clinic, parked.
fn stage(from: Behaviour, to: Behaviour) -> Role {
    match (from, to) {
        (_, Behaviour::Answers) => Role::Clinic,
        (_, Behaviour::Parks) => Role::Muted,
        (Behaviour::Stores, _) | (_, Behaviour::Stores) => Role::Wait,
        _ => Role::Ack,
    }
}

/// The flow along each connection, in the order of the design; `late_ms` as [`late_after_ms`] says.
pub fn flows(design: &Design, figures: &Figures, late_ms: Option<f64>) -> Vec<Flow> {
    let index: HashMap<&str, usize> = design.nodes.iter().enumerate().map(|(i, n)| (&*n.id, i)).collect();
    let figure = |node: usize| figures.stations.get(node).copied().unwrap_or_default();
    let does = |node: usize| design.nodes[node].behaviour();
    let edges: Vec<(usize, usize, f64)> =
        design.edges.iter().map(|e| (index[&*e.from], index[&*e.to], e.weight)).collect();
    // By the component they leave: the weights of all connections, and of those to clinics.
    let (mut weights, mut calling) = (vec![0.0; index.len()], vec![0.0; index.len()]);
    for (from, to, weight) in &edges {
        weights[*from] += weight;
        calling[*from] += if does(*to) == Behaviour::Answers { *weight } else { 0.0 };
    }
    // Several edges into one component share what it received by what their sources could have sent along them.
    let sent = |(from, _, weight): &(usize, usize, f64)| figure(*from).per_s * weight / weights[*from];
    let mut all = vec![0.0; index.len()];
    for edge in &edges {
        all[edge.1] += sent(edge);
    }
    let share = |edge: &(usize, usize, f64)| if all[edge.1] > 0.0 { sent(edge) / all[edge.1] } else { 0.0 };
    let traits = carried(&edges, &|node| own(&design.nodes[node], &figure(node), late_ms), &share, index.len());
    let flow = |edge: &(usize, usize, f64)| {
        let (from, to, weight) = *edge;
        let share = share(edge);
        let failing_per_s = match (does(from), does(to)) {
            // A worker sees every failed call of its own, timeouts too; the clinic only those that it fails itself.
            (Behaviour::Fetches, Behaviour::Answers) => figure(from).failing_per_s * weight / calling[from],
            // What fails at a pool fails on its calls.
            (_, Behaviour::Fetches | Behaviour::Parks) => 0.0,
            _ => figure(to).failing_per_s * share,
        };
        let (again, late) = traits[from];
        let dead = does(to) == Behaviour::Parks;
        Flow { per_s: figure(to).per_s * share, failing_per_s, again, late, dead, stage: stage(does(from), does(to)) }
    };
    edges.iter().map(flow).collect()
}

/// What a component itself knows of what leaves it: the share of further tries, and whether it is late. `None`: it hands on what it gets.
fn own(node: &Node, figure: &Figure, late_ms: Option<f64>) -> Option<(f64, bool)> {
    let tries = figure.per_s + figure.again_per_s;
    let again = if tries > 0.0 { figure.again_per_s / tries } else { 0.0 };
    let order = node.kind.kind().param("discipline").map(|param| node.param(param.key));
    let newest_first = order == Some(Value::Text("lifo".to_owned()));
    let waited = figure.oldest.filter(|_| !newest_first).map(|age| age.millis());
    match node.behaviour() {
        Behaviour::Source => Some((again, false)),
        Behaviour::Stores => Some((again, late_ms.zip(waited).is_some_and(|(most, waited)| waited > most))),
        _ => None,
    }
}

/// The same by component, those that hand on what they get included: a mean of what leads to them, late if any of it is.
fn carried(
    edges: &[(usize, usize, f64)],
    own: &dyn Fn(usize) -> Option<(f64, bool)>,
    share: &dyn Fn(&(usize, usize, f64)) -> f64,
    nodes: usize,
) -> Vec<(f64, bool)> {
    let known: Vec<_> = (0..nodes).map(own).collect();
    let of = |node: usize| {
        known[node].unwrap_or_else(|| {
            let into = edges.iter().filter(|(_, to, _)| *to == node);
            into.fold((0.0, false), |(again, late), edge| {
                let (own, own_late) = known[edge.0].unwrap_or_default();
                (again + own * share(edge), late || own_late)
            })
        })
    };
    (0..nodes).map(of).collect()
}
