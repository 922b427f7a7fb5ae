//! The theory beside the diagram: its figures by hand, its silence where the assumptions fail, and its wait against the engine.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::support::designs::{design, plain, set};
use crate::support::golden;
use waiting_room::advice::fluid;
use waiting_room::advice::fluid::Without;
use waiting_room::advice::theory;
use waiting_room::advice::theory::Theory;
use waiting_room::design::{Design, Edge};
use waiting_room::kata::{Scenario, builtin};
use waiting_room::study::{self, parallel};

fn note(design: &Design, scenario: &str) -> (bool, String) {
    let note =
        theory::note(&builtin::scenario(scenario).expect("built in").analyse(design), "consumers").expect("a pool");
    (note.holds, plain(&note.text))
}

/// 40 a second × 2.01 s = 80.4 erlangs on 90 workers: ρ = 89.3 %.
#[test]
fn a_fixed_pool_gets_its_figures() {
    let (holds, text) = note(&set(&design("queue-80"), "consumers.scaling.workers", "90"), "monday");
    assert!(holds, "{text}");
    golden::tells("theory", "a fixed pool", &text, &["08:00–08:30", "40", "2.01 s", "80.4", "ρ = 89.3 %"]);
}

#[test]
fn a_pool_too_small_is_told_how_fast_the_queue_grows() {
    let (holds, text) = note(&design("queue-60"), "monday");
    assert!(holds, "{text}");
    golden::tells("theory", "a pool too small", &text, &["80.4", "60", "10.1"]);
}

#[test]
fn where_the_assumptions_fail_a_sentence_says_why() {
    let ninety = set(&design("queue-80"), "consumers.scaling.workers", "90");
    for (design, scenario, reason) in [
        (design("demand"), "monday", "workers by demand"),
        (
            set(
                &design("schedule"),
                "consumers.scaling.steps",
                r#"[{"at_s":1500,"workers":90},{"at_s":2700,"workers":60},{"at_s":3000,"workers":90}]"#,
            ),
            "monday",
            "workers by a schedule",
        ),
        (set(&design("queue-60"), "queue.capacity", "5000"), "monday", "a queue that fills up"),
        (set(&ninety, "queue.capacity", "1"), "monday", "a queue with room for one"),
        (set(&ninety, "queue.max_age_s", "60"), "monday", "a queue with an age limit"),
        (design("queue-300"), "monday", "too few slots"),
        (design("retry-storm"), "monday", "calls given up"),
        (set(&design("queue-300"), "consumers.timeout_ms", "8000"), "flu-season", "workers that wait for slots"),
        (
            set(&ninety, "consumers.handling", r#"{"dist":"hyperexponential","mean_ms":150,"cv":20}"#),
            "monday",
            "times that vary",
        ),
        (
            set(&design("queue-80"), "api.service", r#"{"dist":"constant","mean_ms":30000}"#),
            "monday",
            "an API that turns some away",
        ),
    ] {
        let (holds, text) = note(&design, scenario);
        assert!(!holds, "{text}");
        golden::says("theory", reason, &text);
    }
    let (holds, text) = note(&design("schedule"), "monday");
    assert!(holds, "ninety workers all through the rush: {text}");
    let monday = builtin::scenario("monday").expect("built in");
    assert_eq!(theory::note(&monday.analyse(&design("demand")), "queue"), None, "no pool, no note");
    assert_eq!(theory::note(&monday.analyse(&design("naive")), "consumers"), None, "no such component, no note");
}

/// What confirms beside the queues hides their pace: the drain clock asks for it.
#[test]
fn the_order_of_the_queues_is_told_only_where_all_bookings_go_through_them() {
    let monday = builtin::scenario("monday").expect("built in");
    let chain = design("queue-80");
    assert_eq!(monday.analyse(&chain).newest_first(), Some(false));
    assert_eq!(monday.analyse(&set(&chain, "queue.discipline", "\"lifo\"")).newest_first(), Some(true));
    let mut beside = chain;
    beside.edges.push(Edge { from: "api".into(), to: "clinic".into(), weight: 1.0 });
    assert_eq!(monday.analyse(&beside).newest_first(), None);
}

/// One thread of 20 ms is busy 80 % of the time: with no line it rejects requests that find it busy, with a line of 1000 it rejects none.
#[test]
fn an_api_without_a_line_loses_requests_even_below_its_limit() {
    let mut api = set(&design("queue-60"), "api.service", r#"{"dist":"constant","mean_ms":20}"#);
    for (path, json) in [("api.publish_ms", "0"), ("api.instances", "1"), ("api.threads", "1")] {
        api = set(&api, path, json);
    }
    let (holds, text) = note(&set(&api, "api.accept_backlog", "0"), "monday");
    assert!(!holds, "{text}");
    golden::tells("theory", "an API without a line", &text, &["40", "0.8", "1"]);
    let (holds, text) = note(&set(&api, "api.accept_backlog", "1000"), "monday");
    assert!(holds, "{text}");
}

/// 120 workers and 90 slots in flu season, 72 bookings a second: the slots answer 90 / 2 s = 45 of them, so 27 more wait every second.
#[test]
fn where_slots_are_too_few_it_says_slots() {
    let design = set(&design("queue-80"), "consumers.scaling.workers", "120");
    let (holds, text) = note(&design, "flu-season");
    assert!(holds, "{text}");
    golden::tells("theory", "slots too few", &text, &["72", "× 2 s", "144", "ρ = 144 ÷ 90 ", "27"]);
}

/// Clinic systems with slots of their own are one pool only where each suffices for all workers; where one is more popular, the fluid estimate
/// leaves that out and says so.
#[test]
fn several_clinic_systems_are_no_single_pool() {
    let given = |clinic: &str| {
        let text = format!(
            r#"{{"format":"waiting-room/scenario","version":1,"id":"steady","name":"Steady","starts_at":"00:00","duration_s":3600,
            "arrivals":{{"process":"poisson","curve":[[0,35]]}},"given":{{"clinic":{{{clinic},"base_ms":200,
            "variable":{{"dist":"uniform","min_ms":800,"max_ms":2800}}}}}}}}"#
        );
        Scenario::read(&text).expect("a scenario")
    };
    let design = design("queue-80");
    for (clinic, silent) in [
        (r#""clinics":1,"slots_per_clinic":90"#, false),
        (r#""clinics":15,"slots_per_clinic":6"#, true),
        (r#""clinics":3,"slots_per_clinic":80"#, false),
        (r#""clinics":3,"slots_per_clinic":79"#, true),
    ] {
        let told = theory::theory(&given(clinic).analyse(&design), "consumers");
        assert_eq!(matches!(told, Some(Theory::Silent(_))), silent, "{clinic}: {told:?}");
        if let Some(Theory::Silent(why)) = told {
            golden::tells("theory", &format!("several clinic systems: {}", clinic.replace('"', "")), &why, &["80"]);
        }
    }
    for (clinic, without) in [
        (r#""clinics":15,"slots_per_clinic":6,"skew":1"#, Some(Without::Skew)),
        (r#""clinics":15,"slots_per_clinic":6,"skew":0"#, None),
        (r#""clinics":15,"slots_per_clinic":80,"skew":1"#, None),
    ] {
        let network = given(clinic).compile(&design).expect("it compiles");
        assert_eq!(fluid::forecast(&network).expect("a pool").without, without, "{clinic}");
    }
}

/// What is exact is marked as such: one worker, and exponential times. The rest is "about".
#[test]
fn an_approximation_says_about() {
    let (_, text) = note(&set(&design("queue-80"), "consumers.scaling.workers", "90"), "monday");
    golden::says("theory", "an approximation", &text);
    let text = r#"{"format":"waiting-room/scenario","version":1,"id":"steady","name":"Steady","starts_at":"00:00","duration_s":3600,
        "arrivals":{"process":"poisson","curve":[[0,0.1]]},"given":{"clinic":{"slots_per_clinic":90,"base_ms":0,"variable":CALL}}}"#;
    let exponential = text.replace("CALL", r#"{"dist":"exponential","mean_ms":2000}"#);
    let constant = text.replace("CALL", r#"{"dist":"constant","mean_ms":2000}"#);
    let varied = text.replace("CALL", r#"{"dist":"hyperexponential","mean_ms":2000,"cv":3}"#);
    let none = r#"{"dist":"constant","mean_ms":0}"#;
    let design = set(&set(&design("queue-80"), "consumers.handling", none), "consumers.timeout_ms", "null");
    for (scenario, workers, about) in [(&exponential, "90", false), (&constant, "90", true), (&varied, "1", false)] {
        let design = set(&design, "consumers.scaling.workers", workers);
        match theory::theory(&Scenario::read(scenario).expect("a scenario").analyse(&design), "consumers") {
            Some(Theory::Settles(figures)) => assert_eq!(figures.about, about, "{scenario}"),
            other => panic!("{other:?}"),
        }
    }
}

/// The clinic goes dark at 08:15: what is said is said of the quarter of an hour before. Too much work is reported of a pool that scales,
/// too.
#[test]
fn the_part_before_an_event_is_told_and_so_is_too_much_for_any_scaling() {
    let (holds, text) = note(&design("queue-80"), "outage");
    assert!(holds, "{text}");
    golden::tells("theory", "before an event", &text, &["08:00–08:15", "0.2"]);
    let (holds, text) = note(&set(&design("demand"), "queue.capacity", "null"), "flu-season");
    assert!(holds, "{text}");
    golden::tells("theory", "too much for any scaling", &text, &["90", "27.2"]);
}

/// Pools of 84 to 90 workers for ten hours at 40 bookings a second, 80.4 erlangs: the mean wait by theory against four seeds of the engine. The
/// approximation is good to a few per cent; allowed: 5 %.
#[test]
fn the_mean_wait_is_that_of_the_engine() {
    let text = r#"{"format":"waiting-room/scenario","version":1,"id":"steady","name":"Steady","starts_at":"00:00","duration_s":36000,
        "arrivals":{"process":"poisson","curve":[[0,40]]},
        "given":{"clinic":{"slots_per_clinic":1000,"base_ms":200,"variable":{"dist":"uniform","min_ms":800,"max_ms":2800}}}}"#;
    let scenario = Scenario::read(text).expect("a scenario");
    for workers in [84, 86, 90] {
        let design = set(&design("queue-80"), "consumers.scaling.workers", &workers.to_string());
        let network = Arc::new(scenario.compile(&design).expect("it compiles"));
        let mut waits = Vec::new();
        parallel::in_order(
            4,
            |seed| study::run(&network, seed + 1).queue_wait.mean,
            |_, wait| {
                waits.push(wait.expect("waits"));
                ControlFlow::Continue(())
            },
        );
        let seen = waits.iter().sum::<f64>() / waits.len() as f64;
        let told = match theory::theory(&scenario.analyse(&design), "consumers") {
            Some(Theory::Settles(figures)) => figures.wait_s * 1e3,
            other => panic!("{other:?}"),
        };
        assert!((seen / told - 1.0).abs() < 0.05, "{workers} workers: {seen} ms against {told} ms");
    }
}
