//! The drain clock against the engine's own future: what it says at a moment, and when the last message that waits then is confirmed.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::Simulation;
use engine::sim::fact::{Fact, FactKind, FactSet};
use engine::sim::network::Network;
use engine::sim::time::Time;
use waiting_room::chart::{Drain, drain};
use waiting_room::design::file;
use waiting_room::kata::builtin;

use crate::support;

/// When each booking joined its queue and was confirmed, and when workers had it.
#[derive(Default)]
struct Diary {
    enqueued: BTreeMap<u64, Time>,
    taken: BTreeMap<u64, Time>,
    confirmed: BTreeMap<u64, Time>,
}

impl Diary {
    fn fact(&mut self, at: Time, fact: &Fact) {
        match fact.kind {
            FactKind::Enqueued => drop(self.enqueued.insert(fact.booking, at)),
            FactKind::Taken => drop(self.taken.entry(fact.booking).or_insert(at)),
            FactKind::Confirmed => drop(self.confirmed.insert(fact.booking, at)),
            _ => {}
        }
    }
}

impl Diary {
    /// When the last message that waits at second `t` is confirmed.
    fn last_of(&self, t: f64) -> f64 {
        let at = Time::from_seconds(t);
        let waits = |(booking, since): (&u64, &Time)| {
            (*since <= at && self.taken.get(booking).is_none_or(|taken| *taken > at)).then_some(*booking)
        };
        let waiting: Vec<u64> = self.enqueued.iter().filter_map(waits).collect();
        assert!(waiting.len() > 100, "only {} wait at {t}", waiting.len());
        waiting.iter().map(|b| self.confirmed[b].seconds()).fold(0.0, f64::max)
    }
}

/// At each of these moments, what the clock says and what came: within 5 % of the wait.
fn within_five_per_cent(what: &str, network: &Arc<Network>, seed: u64, moments: [f64; 3], newest_first: bool) {
    let mut diary = Diary::default();
    let mut run = Simulation::new(network.clone(), seed);
    run.observe(Time::NEVER, u64::MAX, FactSet::ALL, |at, fact| diary.fact(at, fact));
    let bins = &run.measures().series().bins;
    for t in moments {
        let so_far = &bins[..bins.partition_point(|b| b.to.seconds() <= t)];
        let Some(Drain::At(told)) = drain(so_far, Some(newest_first)) else { panic!("{what}: no clock at {t}") };
        let came = diary.last_of(t);
        let off = (told - came).abs() / (came - t);
        let figures = format!("{told:.1} told, {came:.1} came, off by {:.1} % of the wait", off * 100.0);
        assert!(off <= 0.05, "{what}, seed {seed}, at {t}: {figures}");
    }
}

fn kata(design: &str, scenario: &str) -> Arc<Network> {
    let design = builtin::designs().iter().find(|d| d.id == design).expect("a design");
    let scenario = builtin::scenario(scenario).expect("a scenario");
    Arc::new(scenario.compile(&file::read(&design.file).expect("a file")).expect("a network"))
}

/// All workers busy at an unchanging pace, while the backlog grows, at its peak, and while it falls: five seeds each.
#[test]
fn the_clock_is_right_where_rates_are_steady() {
    let cases = [
        ("queue-60", "monday", [2_700.0, 3_600.0, 4_500.0]),
        ("queue-60", "flu-season", [2_400.0, 3_900.0, 6_000.0]),
        ("queue-80", "flu-season", [2_700.0, 3_600.0, 4_200.0]),
        ("demand-breaker", "outage", [3_600.0, 3_900.0, 4_200.0]),
    ];
    for (design, scenario, moments) in cases {
        let network = kata(design, scenario);
        for seed in 1..=5 {
            within_five_per_cent(&format!("{design} on {scenario}"), &network, seed, moments, false);
        }
    }
}

/// Newest first: the oldest message waits until hardly any come.
#[test]
fn the_clock_knows_that_newcomers_overtake() {
    let constant = r#"{"dist":"constant","mean_ms":1000}"#;
    let design = support::chain(
        support::PLAIN_PATIENTS,
        support::INSTANT_API,
        r#""discipline":"lifo""#,
        &support::workers(20, constant),
        support::INSTANT_CLINIC,
    );
    let rush = support::arrivals(6_000.0, "regular", "[[0,40],[600,40],[601,5],[6000,5]]");
    let network = support::network(&design, &rush);
    for seed in 1..=5 {
        within_five_per_cent("newest first", &network, seed, [700.0, 900.0, 1_100.0], true);
        let mut run = support::simulation(&network, seed);
        run.run_until(Time::from_seconds(405.0), u64::MAX);
        let bins = &run.measures().series().bins;
        assert_eq!(drain(bins, Some(true)), Some(Drain::Overtaken), "40 a second come and 20 leave");
        assert!(matches!(drain(bins, Some(false)), Some(Drain::At(_))), "oldest first, newcomers don't matter");
        assert_eq!(drain(bins, None), None, "what passes the queues by can't be told from what leaves them");
    }
}
