//! Pools as the sizing rules see them: how many workers there are when, and which pools share queues.

use crate::advice::lint::{Context, mean_reply_s};
use crate::kinds::Behaviour;
use engine::sim::network::Scaling;

/// Workers that may take messages at `t`; for a pool that scales by demand, the most it may have.
pub fn workers_at(scaling: &Scaling, t: f64) -> f64 {
    match scaling {
        Scaling::Fixed { workers } => *workers as f64,
        Scaling::Demand { max, .. } => *max as f64,
        Scaling::Schedule { workers, startup, steps } => {
            let mut now = *workers;
            for (at, wanted) in steps {
                let late = if *wanted > now { startup.seconds() } else { 0.0 };
                if at.seconds() + late <= t {
                    now = *wanted;
                }
            }
            now as f64
        }
    }
}

/// The most workers there ever are.
pub fn most_workers(scaling: &Scaling) -> f64 {
    scaling.workers().1 as f64
}

/// The fewest worker-hours that a run of `end` seconds costs.
pub fn least_worker_hours(scaling: &Scaling, end: f64) -> f64 {
    match scaling {
        Scaling::Fixed { workers } => *workers as f64 * end / 3600.0,
        Scaling::Demand { min, .. } => *min as f64 * end / 3600.0,
        Scaling::Schedule { workers, steps, .. } => {
            let mut seconds = 0.0;
            let (mut since, mut now) = (0.0, *workers as f64);
            for (at, wanted) in steps {
                let at = at.seconds().min(end);
                seconds += now * (at - since);
                (since, now) = (at, *wanted as f64);
            }
            (seconds + now * (end - since)) / 3600.0
        }
    }
}

/// Pools that share queues, directly or by way of each other.
pub struct Group {
    pub queues: Vec<usize>,
    pub pools: Vec<usize>,
}

/// The groups of the reached queues, each with at least one pool.
pub fn groups(context: &Context<'_>) -> Vec<Group> {
    let mut seen = vec![false; context.design.nodes.len()];
    let mut groups = Vec::new();
    for queue in context.reached(Behaviour::Stores) {
        let mut group = Group { queues: Vec::new(), pools: Vec::new() };
        let mut open = vec![queue];
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut seen[node], true) {
                continue;
            }
            if context.design.nodes[node].behaviour() == Behaviour::Stores {
                group.queues.push(node);
                open.extend(context.wiring.targets_that(context.design, node, Behaviour::Fetches));
            } else {
                group.pools.push(node);
                open.extend(context.wiring.sources(node));
            }
        }
        if !group.pools.is_empty() {
            crate::order::sort_by(&mut group.pools, Ord::cmp);
            groups.push(group);
        }
    }
    groups
}

/// Seconds that a worker of `pool` needs for a message: handling and the clinic's mean reply. `None` if either is not known.
pub fn seconds_a_message(context: &Context<'_>, pool: usize) -> Option<f64> {
    let total: f64 = context.clinics(pool).map(|(target, _)| target.weight).sum();
    let reply: f64 = context.clinics(pool).map(|(target, clinic)| mean_reply_s(clinic) * target.weight / total).sum();
    (total > 0.0).then_some(context.pool(pool)?.handling.mean_ms() / 1e3 + reply)
}
