//! Nothing is ever created or lost: every booking of every random design goes its way step by legal step, and at every moment the counts add up.

use crate::support;

use std::collections::HashMap;

use engine::Simulation;
use engine::measure::Live;
use engine::sim::time::Time;
use engine::sim::{Fact, FactKind};
use proptest::prelude::*;
use support::random::design_and_scenario;

/// Where a booking is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    Asking,
    Accepted,
    Waiting,
    Delayed,
    Held,
    Confirmed,
    DeadLettered,
    Lost,
    Rejected,
    Abandoned,
}

/// Follows every booking by facts alone, and holds the measures' levels against what it finds.
struct Auditor {
    bookings: HashMap<u64, At>,
    at: HashMap<At, u64>,
    last: Time,
}

impl Auditor {
    fn go(&mut self, fact: &Fact, from: &[At], to: At) {
        let now = self.bookings.get_mut(&fact.booking).unwrap_or_else(|| panic!("{fact:?} of a booking nobody made"));
        assert!(from.contains(now), "{fact:?}, but the booking is {now:?}");
        *self.at.get_mut(now).expect("a place that was entered") -= 1;
        *now = to;
        *self.at.entry(to).or_default() += 1;
    }

    fn count(&self, at: At) -> u64 {
        self.at.get(&at).copied().unwrap_or(0)
    }
}

impl Auditor {
    fn fact(&mut self, at: Time, fact: &Fact) {
        assert!(at >= self.last, "time went back");
        self.last = at;
        use At::*;
        match fact.kind {
            FactKind::Arrived => {
                assert!(self.bookings.insert(fact.booking, Asking).is_none(), "two bookings with one number");
                *self.at.entry(Asking).or_default() += 1;
            }
            FactKind::Accepted => {
                // A message is accepted as it is enqueued; a synchronous booking as it is confirmed.
                match self.bookings[&fact.booking] {
                    Waiting => {}
                    _ => self.go(fact, &[Asking], Accepted),
                }
            }
            FactKind::Enqueued => self.go(fact, &[Asking], Waiting),
            FactKind::Taken => self.go(fact, &[Waiting], Held),
            FactKind::Delayed => self.go(fact, &[Held], Delayed),
            FactKind::Redelivered => self.go(fact, &[Delayed], Waiting),
            FactKind::Confirmed => self.go(fact, &[Held, Accepted], Confirmed),
            FactKind::DeadLettered => self.go(fact, &[Held, Waiting], DeadLettered),
            FactKind::Lost => self.go(fact, &[Held, Waiting], Lost),
            FactKind::EndedRejected => self.go(fact, &[Asking], Rejected),
            FactKind::EndedAbandoned => self.go(fact, &[Asking], Abandoned),
            _ => {}
        }
    }

    /// After an event, with the measures' levels.
    fn settled(&self, live: &Live) {
        assert_eq!(live.backlog, self.count(At::Waiting) + self.count(At::Delayed));
        assert_eq!(live.in_flight, self.count(At::Held));
        assert_eq!(self.count(At::Accepted), 0, "accepted and nowhere");
    }
}

/// Runs one random design under audit, event by event; `None` if it does not compile.
fn audit(seed: u64) -> Option<(Simulation, Auditor)> {
    let (design, scenario) = design_and_scenario(seed);
    let (design, scenario) = (support::design(&design), support::scenario(&scenario));
    let network = std::sync::Arc::new(scenario.compile(&design).ok()?);
    let mut auditor = Auditor { bookings: HashMap::new(), at: HashMap::new(), last: Time::ZERO };
    let mut run = support::simulation(&network, seed);
    while run.step_observed(|at, fact| auditor.fact(at, fact)) {
        auditor.settled(run.measures().live());
    }
    Some((run, auditor))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_booking_is_somewhere(seed in any::<u64>()) {
        let Some((run, auditor)) = audit(seed) else { return Ok(()) };
        let measures = run.measures();
        let report = measures.report(run.now());
        let counts = report.counts;
        prop_assert_eq!(counts.arrivals, auditor.bookings.len() as u64);
        prop_assert_eq!(counts.arrivals, counts.accepted + counts.rejected + counts.abandoned + auditor.count(At::Asking));
        let held = measures.live().in_flight;
        prop_assert_eq!(counts.accepted, counts.confirmed + counts.dead_lettered + counts.lost + report.backlog.last + held);
        prop_assert_eq!(counts.confirmed, auditor.count(At::Confirmed));
        prop_assert_eq!(counts.rejected, auditor.count(At::Rejected));
        let series = measures.series();
        prop_assert_eq!(series.bins.iter().map(|b| u64::from(b.confirmed)).sum::<u64>(), counts.confirmed);
        prop_assert_eq!(series.bins.iter().map(|b| b.max_backlog).max(), Some(report.backlog.max));
        prop_assert_eq!(series.bins.last().map(|b| b.to), Some(run.now()));
    }
}

/// The random designs reach every fact of the model, so that the audit above is one of all of them.
#[test]
fn random_designs_reach_every_fact() {
    use std::collections::BTreeSet;
    let mut seen = BTreeSet::new();
    for seed in 0..60 {
        let (design, scenario) = design_and_scenario(seed);
        let (design, scenario) = (support::design(&design), support::scenario(&scenario));
        let Ok(network) = scenario.compile(&design) else { continue };
        support::observed(&std::sync::Arc::new(network), seed, |_, fact| {
            seen.insert(fact.kind);
        });
    }
    // All but changes by hand.
    assert_eq!(seen.len(), FactKind::Changed as usize, "not reached: look for what is missing in {seen:?}");
}
