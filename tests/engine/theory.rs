//! The engine against queueing theory. Each test states its claim and formula; allowed are four standard errors of the seeds' means plus 0.2 %
//! (runs start empty and end with bookings under way). Times in seconds.

use crate::support;

use std::sync::Arc;

use engine::measure::Report;
use engine::sim::network::Network;
use engine::sim::time::Time;
use engine::sim::{Fact, FactKind};
use support::{Estimate, INSTANT_API, INSTANT_CLINIC, PLAIN_PATIENTS, api, arrivals, chain, workers};
use waiting_room::design::Design;

/// Arrivals at a constant rate through a design: its network.
fn steady(design: &Design, per_s: f64, duration_s: f64) -> Arc<Network> {
    support::network(design, &arrivals(duration_s, "poisson", &format!("[[0,{per_s}]]")))
}

fn at_the_api(threads: u64, backlog: u64, service: &str) -> Design {
    let none = workers(1_000_000, r#"{"dist":"constant","mean_ms":0}"#);
    chain(PLAIN_PATIENTS, &api(threads, backlog, service), "", &none, INSTANT_CLINIC)
}

fn at_the_workers(n: u64, handling: &str) -> Design {
    chain(PLAIN_PATIENTS, INSTANT_API, "", &workers(n, handling), INSTANT_CLINIC)
}

/// A figure's name, its exact value, and how it is read from a report.
type Claim<'a> = (&'a str, f64, fn(&Report) -> f64);

/// Runs seeds 1 to `seeds` and holds a figure against its exact value.
fn hold(network: &Arc<Network>, seeds: u64, claims: &[Claim]) {
    let reports: Vec<Report> = (1..=seeds).map(|seed| support::report(network, seed)).collect();
    for (what, exact, figure) in claims {
        let values: Vec<f64> = reports.iter().map(figure).collect();
        Estimate::of(&values).assert_near(what, *exact, 4.0, 0.002 * exact);
    }
}

fn rejected(report: &Report) -> f64 {
    report.counts.rejected as f64 / report.counts.arrivals as f64
}

fn seconds(ms: Option<f64>) -> f64 {
    ms.expect("something was measured") / 1000.0
}

/// Counts how many requests found all threads busy.
#[derive(Default)]
struct Lined {
    reached: u64,
    lined: u64,
}

impl Lined {
    fn fact(&mut self, _at: Time, fact: &Fact) {
        match fact.kind {
            FactKind::Reached => self.reached += 1,
            FactKind::Lined => self.lined += 1,
            _ => {}
        }
    }
}

fn waiting_share(network: &Arc<Network>, seeds: u64) -> Estimate {
    let share = |seed| {
        let mut lined = Lined::default();
        support::observed(network, seed, |at, fact| lined.fact(at, fact));
        lined.lined as f64 / lined.reached as f64
    };
    Estimate::of(&(1..=seeds).map(share).collect::<Vec<_>>())
}

/// M/M/1 at 80 % load, S = 0.1: probability of waiting ρ = 0.8; mean time S/(1 − ρ) = 0.5; its p95 −ln 0.05 × 0.5.
#[test]
fn one_thread_matches_the_textbook() {
    let network = steady(&at_the_api(1, 1_000_000, r#"{"dist":"exponential","mean_ms":100}"#), 8.0, 40_000.0);
    waiting_share(&network, 8).assert_near("probability of waiting", 0.8, 4.0, 0.001);
    hold(
        &network,
        8,
        &[("mean time", 0.5, |r| seconds(r.acceptance.mean)), ("p95", 1.497_866_1, |r| seconds(r.acceptance.p95))],
    );
}

/// M/M/2, λ 18, S 0.1: Erlang C 0.852632, mean wait 0.4263158.
#[test]
fn two_threads_match_erlang_c() {
    let network = steady(&at_the_api(2, 1_000_000, r#"{"dist":"exponential","mean_ms":100}"#), 18.0, 30_000.0);
    waiting_share(&network, 8).assert_near("probability of waiting", 0.852_632, 4.0, 0.001);
    hold(&network, 8, &[("mean time", 0.526_315_8, |r| seconds(r.acceptance.mean))]);
}

/// M/M/90, λ 40, S 2: mean time 2.039027, its p95 6.034365.
#[test]
fn ninety_workers_match_erlang_c() {
    let network = steady(&at_the_workers(90, r#"{"dist":"exponential","mean_ms":2000}"#), 40.0, 10_000.0);
    hold(
        &network,
        6,
        &[("mean time", 2.039_027, |r| seconds(r.end_to_end.mean)), ("p95", 6.034_365, |r| seconds(r.end_to_end.p95))],
    );
}

/// M/M/1 with five places, λ 8, S 0.1: blocked 0.088819, mean wait of the others 0.1563065.
#[test]
fn a_full_line_blocks_as_the_textbook_says() {
    let network = steady(&at_the_api(1, 4, r#"{"dist":"exponential","mean_ms":100}"#), 8.0, 40_000.0);
    hold(&network, 6, &[("blocked", 0.088_819, rejected), ("mean time", 0.256_306_5, |r| seconds(r.acceptance.mean))]);
}

/// M/M/4 with 20 places, λ 60, S 0.08: blocked 0.171910, mean wait of the others 0.233973.
#[test]
fn an_overloaded_line_blocks_as_the_textbook_says() {
    let network = steady(&at_the_api(4, 16, r#"{"dist":"exponential","mean_ms":80}"#), 60.0, 5_000.0);
    hold(&network, 6, &[("blocked", 0.171_910, rejected), ("mean time", 0.313_973, |r| seconds(r.acceptance.mean))]);
}

/// M/G/100/100, λ 45, uniform 1–3: blocked by Erlang B, 0.026957, whatever the distribution.
#[test]
fn a_loss_system_matches_erlang_b() {
    let network = steady(&at_the_api(100, 0, r#"{"dist":"uniform","min_ms":1000,"max_ms":3000}"#), 45.0, 20_000.0);
    hold(&network, 8, &[("blocked", 0.026_957, rejected)]);
}

/// M/D/1, λ 8, S 0.1: mean wait 0.2, its p50 0.127594.
#[test]
fn constant_handling_halves_the_wait() {
    let network = steady(&at_the_workers(1, r#"{"dist":"constant","mean_ms":100}"#), 8.0, 40_000.0);
    hold(
        &network,
        8,
        &[("mean wait", 0.2, |r| seconds(r.queue_wait.mean)), ("p50", 0.127_594, |r| seconds(r.queue_wait.p50))],
    );
}

/// M/G/1, λ 4.5, uniform 0.1–0.3: Pollaczek–Khinchine, mean wait 0.975.
#[test]
fn spread_handling_waits_as_pollaczek_and_khinchine_say() {
    let network = steady(&at_the_workers(1, r#"{"dist":"uniform","min_ms":100,"max_ms":300}"#), 4.5, 80_000.0);
    hold(&network, 10, &[("mean wait", 0.975, |r| seconds(r.queue_wait.mean))]);
}

/// Tandem M/M/1 (λ 8, S 0.1) → M/M/10 (S 1): end to end mean 1.704590, p95 3.998186, p99 5.633133.
#[test]
fn two_stations_in_a_row_add_up() {
    let design = chain(
        PLAIN_PATIENTS,
        &api(1, 1_000_000, r#"{"dist":"exponential","mean_ms":100}"#),
        "",
        &workers(10, r#"{"dist":"exponential","mean_ms":1000}"#),
        INSTANT_CLINIC,
    );
    hold(
        &steady(&design, 8.0, 30_000.0),
        8,
        &[
            ("mean", 1.704_590, |r| seconds(r.end_to_end.mean)),
            ("p95", 3.998_186, |r| seconds(r.end_to_end.p95)),
            ("p99", 5.633_133, |r| seconds(r.end_to_end.p99)),
        ],
    );
}

/// M/M/1 whose failed services rejoin the line (λ 5, S 0.1, p 0.3): mean total time 1/(μ(1 − p) − λ) = 0.5.
#[test]
fn failed_messages_rejoin_the_line() {
    let clinic = format!(r#"{INSTANT_CLINIC},"error_rate":0.3"#);
    let handling = workers(1, r#"{"dist":"exponential","mean_ms":100}"#);
    let consumers = format!(r#"{handling},"attempts":100,"backoff_base_ms":0"#);
    let network = steady(&chain(PLAIN_PATIENTS, INSTANT_API, "", &consumers, &clinic), 5.0, 40_000.0);
    hold(&network, 8, &[("mean total time", 0.5, |r| seconds(r.end_to_end.mean))]);
}

/// Enough workers under a spike (8 → 60 a second at 600 s, uniform 1–3 s): the mean number in service follows from λ and the service times left,
/// 16, 90.75, 107 and 120 at 599, 601.5, 602 and 1500 s (M/G/∞; Eick, Massey, Whitt 1993).
#[test]
fn a_spike_fills_enough_workers_as_theory_says() {
    let design = at_the_workers(100_000, r#"{"dist":"uniform","min_ms":1000,"max_ms":3000}"#);
    let scenario = arrivals(1600.0, "poisson", "[[0,8],[600,8],[600.000001,60]]");
    let network = support::network(&design, &scenario);
    let moments = [(599.0, 16.0), (601.5, 90.75), (602.0, 107.0), (1500.0, 120.0)];
    let mut seen = [const { Vec::new() }; 4];
    for seed in 1..=60 {
        let mut run = support::simulation(&network, seed);
        for (values, (at, _)) in seen.iter_mut().zip(moments) {
            run.run_until(Time::from_seconds(at), u64::MAX);
            values.push(run.measures().live().in_flight as f64);
        }
    }
    for (values, (at, exact)) in seen.iter().zip(moments) {
        Estimate::of(values).assert_near(&format!("in service at {at} s"), exact, 4.0, 0.0);
    }
}

/// 1000 bookings at once, 7 workers, 5 slots, 2 s each: the last is confirmed after 400 s, the mean is 201 s, the median 200 s, and at most
/// 993 wait.
#[test]
fn a_burst_drains_slot_by_slot() {
    let clinic = r#""slots_per_clinic":5,"base_ms":0,"variable":{"dist":"constant","mean_ms":2000}"#;
    let none = workers(7, r#"{"dist":"constant","mean_ms":0}"#);
    let design = chain(PLAIN_PATIENTS, INSTANT_API, "", &none, clinic);
    let burst = arrivals(1000.0, "regular", "[[0,1000000],[0.0009999,1000000],[0.001,0]]");
    let report = support::report(&support::network(&design, &burst), 1);
    assert_eq!((report.counts.arrivals, report.counts.confirmed, report.backlog.max), (1000, 1000, 993));
    let near = |what: &str, ms: Option<f64>, exact: f64| {
        assert!((seconds(ms) - exact).abs() < 0.002 + 0.001 * exact, "{what}: {ms:?} ms instead of {exact} s");
    };
    near("last", report.end_to_end.max, 400.0);
    near("mean", report.end_to_end.mean, 201.0);
    near("median", report.end_to_end.p50, 200.0);
}

/// The area under the number that wait in the queue, and the sum of the waits.
#[derive(Default)]
struct Little {
    waiting: u64,
    since: Time,
    area: u128,
    waits: u128,
}

impl Little {
    fn fact(&mut self, at: Time, fact: &Fact) {
        self.area += u128::from(self.waiting) * u128::from((at - self.since).0);
        self.since = at;
        match fact.kind {
            FactKind::Enqueued => self.waiting += 1,
            FactKind::Taken => {
                self.waiting -= 1;
                self.waits += u128::from(fact.span.0);
            }
            _ => {}
        }
    }
}

/// Little's law, exactly: over a run that ends with nobody waiting, the area under the number waiting is the sum of the waits.
#[test]
fn littles_law_holds_to_the_nanosecond() {
    let design = at_the_workers(3, r#"{"dist":"exponential","mean_ms":250}"#);
    let scenario = arrivals(3600.0, "poisson", "[[0,11],[3000,11],[3001,0]]");
    let mut little = Little::default();
    support::observed(&support::network(&design, &scenario), 4, |at, fact| little.fact(at, fact));
    assert!(little.waiting == 0 && little.waits > 0);
    assert_eq!(little.area, little.waits);
}
