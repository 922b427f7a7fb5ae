//! Watching a stretch of a run: levels of each group integrated over time, and what passed, by interval.
//!
//! It follows facts only, beside the measures and without them. Sums are whole nanoseconds, so nothing is rounded before the end.

use std::sync::Arc;

use super::{INTERVALS, Plan};
use engine::sim::fact::{Fact, FactKind, FactSet};
use engine::sim::time::Time;

/// What happened to a group in an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages waiting in the queues × nanoseconds.
    pub waiting: u128,
    /// Workers that hold a message × nanoseconds.
    pub busy: u128,
    /// Workers that have started and not left × nanoseconds.
    pub servers: u128,
    /// Messages that workers took, and the nanoseconds that these had waited.
    pub taken: u128,
    pub waited: u128,
    /// Messages confirmed.
    pub confirmed: u128,
}

impl Tally {
    pub(super) fn sum(tallies: &[Tally]) -> Tally {
        tallies.iter().fold(Tally::default(), |sum, t| Tally {
            waiting: sum.waiting + t.waiting,
            busy: sum.busy + t.busy,
            servers: sum.servers + t.servers,
            taken: sum.taken + t.taken,
            waited: sum.waited + t.waited,
            confirmed: sum.confirmed + t.confirmed,
        })
    }
}

/// Follows a run and sums up the plan's stretch; without a plan it does nothing.
#[derive(Clone, Debug)]
pub struct Watch {
    plan: Option<Arc<Plan>>,
    gauges: Vec<Gauge>,
}

impl Watch {
    pub fn new(plan: Option<Arc<Plan>>) -> Watch {
        let gauge = |plan: &Arc<Plan>| Gauge {
            waiting: 0,
            busy: 0,
            servers: 0,
            since: plan.from,
            interval: 0,
            next: plan.edge(1),
            tallies: vec![Tally::default(); INTERVALS],
        };
        let gauges = plan.iter().flat_map(|plan| plan.groups.iter().map(|_| gauge(plan))).collect();
        Watch { plan, gauges }
    }

    /// The tallies of each group; none of a run that ended before the stretch did.
    pub fn tallies(&self) -> Vec<Vec<Tally>> {
        if self.gauges.iter().any(|gauge| gauge.interval < INTERVALS) {
            return Vec::new();
        }
        self.gauges.iter().map(|gauge| gauge.tallies.clone()).collect()
    }
}

impl Watch {
    /// The facts it is to be given.
    pub fn kinds(&self) -> FactSet {
        use FactKind::*;
        const KINDS: FactSet = FactSet::of(&[
            Enqueued,
            Redelivered,
            Taken,
            Delayed,
            Confirmed,
            WorkersStarted,
            WorkersLeft,
            DeadLettered,
            Lost,
        ]);
        if self.plan.is_some() { KINDS } else { FactSet::NONE }
    }

    /// Takes note of a fact.
    pub fn fact(&mut self, at: Time, fact: &Fact) {
        use FactKind::*;
        let Some(plan) = &self.plan else { return };
        let station = match fact.kind {
            Enqueued | Redelivered | Taken | Delayed | Confirmed | WorkersStarted | WorkersLeft => fact.station,
            DeadLettered | Lost => fact.other,
            _ => return,
        };
        let Some(group) = plan.group_of[station] else { return };
        let gauge = &mut self.gauges[group];
        if at > plan.from {
            gauge.advance(at, plan);
        }
        match fact.kind {
            Enqueued | Redelivered => gauge.waiting += 1,
            Taken => {
                gauge.waiting -= 1;
                gauge.busy += 1;
                gauge.count(at, plan, |tally| {
                    tally.taken += 1;
                    tally.waited += u128::from(fact.span.0);
                });
            }
            Confirmed => {
                gauge.busy -= 1;
                gauge.count(at, plan, |tally| tally.confirmed += 1);
            }
            Delayed => gauge.busy -= 1,
            WorkersStarted => gauge.servers += fact.booking,
            WorkersLeft => gauge.servers -= fact.booking,
            _ if plan.is_pool[station] => gauge.busy -= 1,
            _ => gauge.waiting -= 1,
        }
    }

    /// The run is over, at `at`.
    pub fn over(&mut self, at: Time) {
        let Some(plan) = &self.plan else { return };
        for gauge in &mut self.gauges {
            gauge.advance(at, plan);
        }
    }
}

/// The levels of a group, and what they have come to.
#[derive(Clone, Debug)]
struct Gauge {
    waiting: u64,
    busy: u64,
    servers: u64,
    /// Up to here the levels are in the tallies: in this interval, which ends there.
    since: Time,
    interval: usize,
    next: Time,
    tallies: Vec<Tally>,
}

impl Gauge {
    fn advance(&mut self, at: Time, plan: &Plan) {
        while self.since < at && self.interval < INTERVALS {
            let until = at.min(self.next);
            let span = u128::from(until.since(self.since).0);
            let tally = &mut self.tallies[self.interval];
            tally.waiting += u128::from(self.waiting) * span;
            tally.busy += u128::from(self.busy) * span;
            tally.servers += u128::from(self.servers) * span;
            self.since = until;
            if until == self.next {
                self.interval += 1;
                self.next = plan.edge(self.interval + 1);
            }
        }
    }

    /// Counts something of this moment, if it lies in the stretch.
    fn count(&mut self, at: Time, plan: &Plan, add: impl Fn(&mut Tally)) {
        if plan.from <= at && at < plan.to {
            add(&mut self.tallies[self.interval]);
        }
    }
}
