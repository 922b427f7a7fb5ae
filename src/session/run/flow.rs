//! Flow: what travels each connection a second, and what of it fails there, as far as it follows from the figures of its ends.

use std::collections::HashMap;

use crate::design::Design;
use crate::kinds::Behaviour;
use crate::session::run::figures::Figures;

/// The flow along a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    /// Bookings a second.
    pub per_s: f64,
    /// Of those, refused, failed or given up at the far end, a second.
    pub failing_per_s: f64,
    /// Whatever travels here has failed: it leads to dead letters.
    pub dead: bool,
}

/// The flow along each connection, in the order of the design.
pub fn flows(design: &Design, figures: &Figures) -> Vec<Flow> {
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
    let flow = |edge: &(usize, usize, f64)| {
        let (from, to, weight) = *edge;
        let share = if all[to] > 0.0 { sent(edge) / all[to] } else { 0.0 };
        let failing_per_s = match (does(from), does(to)) {
            // A worker sees every failed call of its own, timeouts too; the clinic only those that it fails itself.
            (Behaviour::Fetches, Behaviour::Answers) => figure(from).failing_per_s * weight / calling[from],
            // What fails at a pool fails on its calls.
            (_, Behaviour::Fetches | Behaviour::Parks) => 0.0,
            _ => figure(to).failing_per_s * share,
        };
        Flow { per_s: figure(to).per_s * share, failing_per_s, dead: does(to) == Behaviour::Parks }
    };
    edges.iter().map(flow).collect()
}
