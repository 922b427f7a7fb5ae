//! Files at the limits of the catalogue's ranges: a run of them ends, and its figures are numbers. Tests run with overflow checks on.

use crate::support;

use engine::Simulation;
use engine::measure::Report;
use engine::sim::network::{Change, Params};
use engine::sim::time::Time;
use support::{chain, report, world};
use waiting_room::design::Design;

fn run(design: &Design, duration_s: f64, per_s: f64, events: &str) -> Report {
    let scenario = world(duration_s, "poisson", &format!("[[0,{per_s}]]"), events);
    let report = report(&support::network(design, &scenario), 1);
    assert!(!report.cut_short, "the run ended early");
    assert!(report.cost.is_finite());
    for (station, share) in &report.utilisation {
        assert!((0.0..=1.0).contains(share), "{station}: {share}");
    }
    report
}

const ZERO: &str = r#"{"dist":"constant","mean_ms":0}"#;

/// Nothing takes any time: everything still comes to its end, at the moment it began.
#[test]
fn times_of_zero_end() {
    let design = chain(
        r#""rtt_ms":0,"patience_s":0,"retries":20,"retry_after_s":0"#,
        &format!(r#""service":{ZERO},"publish_ms":0"#),
        "",
        &format!(
            r#""handling":{ZERO},"timeout_ms":0,"attempts":100,"backoff_base_ms":0,"backoff_factor":1,"backoff_max_ms":0"#
        ),
        &format!(r#""base_ms":0,"variable":{ZERO},"idempotent":false"#),
    );
    for events in ["[]", r#"[{"kind":"outage","from_s":5,"to_s":10}]"#] {
        let counts = run(&design, 20.0, 50.0, events).counts;
        assert!(counts.arrivals > 800);
        assert_eq!(counts.arrivals, counts.accepted, "a thread was free at every moment");
        assert_eq!(counts.accepted, counts.confirmed + counts.dead_lettered);
    }
}

/// The largest network of the widest spread and the longest times, slowed beyond all numbers.
#[test]
fn the_largest_of_everything_ends() {
    let spread = |dist: &str| format!(r#"{{"dist":"{dist}","mean_ms":86400000,"cv":20}}"#);
    let design = chain(
        r#""rtt_ms":86400000,"patience_s":604800,"retries":20,"retry_after_s":604800"#,
        &format!(
            r#""instances":10000,"threads":1000000,"accept_backlog":10000000,"publish_ms":86400000,"service":{}"#,
            spread("lognormal")
        ),
        r#""capacity":100000000,"max_age_s":604800"#,
        &format!(
            r#""handling":{},"timeout_ms":86400000,"attempts":100,"backoff_base_ms":86400000,"backoff_factor":100,"backoff_max_ms":86400000,
                "scaling":{{"policy":"demand","min":1000000,"max":1000000,"messages_per_worker":1000000,"period_s":604800,"startup_s":604800,"cooldown_s":604800}}"#,
            spread("hyperexponential")
        ),
        &format!(
            r#""clinics":10000,"slots_per_clinic":1000000,"skew":5,"base_ms":86400000,"max_waiting":10000000,"variable":{}"#,
            spread("lognormal")
        ),
    );
    let slow = vec![r#"{"kind":"slow","from_s":0,"to_s":604800,"factor":1000}"#; 1000].join(",");
    let report = run(&design, 604_800.0, 0.1, &format!("[{slow}]"));
    assert!(report.counts.timeouts > 0, "some calls took longer than a day");
    assert_eq!(report.counts.confirmed, 0);
}

/// Two steps of a schedule so close that they fall into one nanosecond: the later one holds.
#[test]
fn steps_of_one_moment_all_count() {
    let steps = r#"[{"at_s":10,"workers":7},{"at_s":10.0000000001,"workers":3},{"at_s":60,"workers":2}]"#;
    let scaling = format!(r#""scaling":{{"policy":"schedule","workers":1,"startup_s":0,"steps":{steps}}}"#);
    let report = run(&chain("", "", "", &scaling, ""), 100.0, 0.0, "[]");
    let workers = &report.workers[0].1;
    assert!((workers.mean - 2.4).abs() < 1e-6, "1 for 10 s, 3 for 50 s, 2 for 40 s; {}", workers.mean);
}

/// A booking comes at 100 s and keeps a server busy far beyond the end at 150 s: 50 s of 150 are inside the run; at 120 s it was 20 of 120.
#[test]
fn use_is_counted_inside_the_run() {
    let long = r#"{"dist":"constant","mean_ms":86400000}"#;
    let one_worker = support::workers(1, ZERO);
    let at_the_api =
        chain(support::PLAIN_PATIENTS, &support::api(1, 0, long), "", &one_worker, support::INSTANT_CLINIC);
    let at_the_clinic = chain(
        support::PLAIN_PATIENTS,
        support::INSTANT_API,
        "",
        &one_worker,
        r#""slots_per_clinic":1,"base_ms":86400000,"variable":{"dist":"constant","mean_ms":0}"#,
    );
    let scenario = world(150.0, "regular", "[[0,0.01]]", "[]");
    for (id, design) in [("api", at_the_api), ("clinic", at_the_clinic)] {
        let mut run = support::simulation(&support::network(&design, &scenario), 1);
        for (at_s, share) in [(100.0, 0.0), (120.0, 20.0 / 120.0), (150.0, 50.0 / 150.0)] {
            run.run_until(Time::from_seconds(at_s), u64::MAX);
            let found = share_of(&run, id);
            assert!((found - share).abs() < 1e-12, "{id} at {at_s} s: {found} instead of {share}");
        }
    }
}

/// Ten threads are busy when nine of them are taken away by hand. They finish what they do, and no more than all that there is is in use.
#[test]
fn use_stays_at_the_whole_when_busy_servers_are_taken_away() {
    let long = r#"{"dist":"constant","mean_ms":86400000}"#;
    let api = support::api(10, 0, long);
    let design = chain(support::PLAIN_PATIENTS, &api, "", &support::workers(1, ZERO), support::INSTANT_CLINIC);
    let network = support::network(&design, &world(1000.0, "regular", "[[0,10]]", "[]"));
    let mut run = support::simulation(&network, 1);
    run.run_until(Time::from_seconds(2.0), u64::MAX);
    let station = network.stations.iter().position(|station| &*station.id == "api").expect("an API");
    let mut params = network.stations[station].params.clone();
    let Params::Api(api) = &mut params else { panic!("an API") };
    api.threads = 1;
    run.change(Change { at: run.now(), station, params });
    run.run_to_end();
    assert_eq!(share_of(&run, "api"), 1.0);
}

fn share_of(run: &Simulation, id: &str) -> f64 {
    let report = run.measures().report(run.now());
    report.utilisation.iter().find(|(station, _)| station == id).expect("a station").1
}

/// A million workers start at one moment, and 120 000 messages wait for them: a call handles no more than its budget and one portion, and however
/// it is sliced the run is the same. So it is with 100 000 threads that come by hand where as many wait for one.
#[test]
fn what_one_event_sets_going_is_done_in_portions() {
    const BUDGET: u64 = 2_000;
    let flood = world(100.0, "regular", "[[0,100000],[1.2,100000],[1.2000001,0]]", "[]");
    let starting =
        r#""scaling":{"policy":"schedule","workers":0,"startup_s":0,"steps":[{"at_s":10,"workers":1000000}]}"#;
    let minute = r#"{"dist":"constant","mean_ms":60000}"#;
    let workers = chain(support::PLAIN_PATIENTS, support::INSTANT_API, "", starting, support::INSTANT_CLINIC);
    let threads = chain(
        support::PLAIN_PATIENTS,
        &support::api(1, 1_000_000, minute),
        "",
        &support::workers(1, ZERO),
        support::INSTANT_CLINIC,
    );
    for (design, by_hand) in [(workers, false), (threads, true)] {
        let network = support::network(&design, &flood);
        let begun = || {
            let mut run = support::simulation(&network, 1);
            run.run_until(Time::from_seconds(9.0), u64::MAX);
            if by_hand {
                let station = network.stations.iter().position(|station| &*station.id == "api").expect("an API");
                let mut params = network.stations[station].params.clone();
                let Params::Api(api) = &mut params else { panic!("an API") };
                api.threads = 100_000;
                run.change(Change { at: run.now(), station, params });
            }
            run
        };
        let mut straight = begun();
        straight.run_to_end();
        let (mut sliced, mut most) = (begun(), 0);
        while !sliced.is_over() {
            let before = sliced.measures().facts();
            sliced.run_until(Time::NEVER, BUDGET);
            most = most.max(sliced.measures().facts() - before);
        }
        assert_eq!(sliced.measures(), straight.measures());
        let counts = straight.measures().report(straight.now()).counts;
        assert!(counts.confirmed > 90_000, "{counts:?}");
        // An event has a handful of facts; a portion is 8192, two facts each: one with the event and one more at the end of the budget.
        assert!(most <= 6 * BUDGET + 4 * 8192, "{most} facts in a slice");
    }
}
