//! The theory beside the diagram: its figures by hand, its silence where the assumptions fail, and its wait against the engine.

use std::sync::Arc;

use waiting_room::design::{Design, Edit};
use waiting_room::kata::theory::{self, erlang_c};
use waiting_room::kata::{Scenario, builtin};
use waiting_room::kinds::Value;
use waiting_room::study;

fn design(id: &str) -> Design {
    builtin::design(id).expect("built in").design()
}

fn set(design: &Design, path: &str, json: &str) -> Design {
    let (node, path) = path.split_once('.').expect("node.param");
    let edit = Edit::SetParam { node: node.into(), path: path.to_owned(), value: Value::literal(json) };
    edit.apply(design).expect("an allowed value")
}

fn note(design: &Design, scenario: &str) -> (bool, String) {
    let note = theory::note(design, builtin::scenario(scenario).expect("built in"), "consumers").expect("a pool");
    (note.holds, note.text.replace(['\u{a0}', '\u{202f}'], " "))
}

/// 40 a second × 2.01 s = 80.4 erlangs on 90 workers: ρ = 89.3 %.
#[test]
fn a_fixed_pool_gets_its_figures() {
    let (holds, text) = note(&set(&design("queue-80"), "consumers.scaling.workers", "90"), "monday");
    assert!(holds, "{text}");
    for words in ["08:00–08:30: 40 bookings a second × 2.01 s = 80.4 workers busy on average", "ρ = 89.3 %", "Erlang C"]
    {
        assert!(text.contains(words), "{text:?} does not say {words:?}");
    }
}

#[test]
fn a_pool_too_small_is_told_how_fast_the_queue_grows() {
    let (holds, text) = note(&design("queue-60"), "monday");
    assert!(holds && text.contains("not below 1") && text.contains("grows by 10.1 messages a second"), "{text}");
}

#[test]
fn where_the_assumptions_fail_a_sentence_says_why() {
    for (design, scenario, words) in [
        (design("demand"), "monday", "changes between 10 and 90"),
        (
            set(
                &design("schedule"),
                "consumers.scaling.steps",
                r#"[{"at_s":1500,"workers":90},{"at_s":2700,"workers":60},{"at_s":3000,"workers":90}]"#,
            ),
            "monday",
            "schedule changes the workers",
        ),
        (design("queue-80"), "outage", "the clinics change at 08:15"),
        (set(&design("queue-80"), "queue.capacity", "500"), "monday", "the queue has a limit"),
    ] {
        let (holds, text) = note(&design, scenario);
        assert!(!holds && text.contains(words), "{text}");
    }
    let (holds, text) = note(&design("schedule"), "monday");
    assert!(holds, "ninety workers all through the rush: {text}");
    let monday = builtin::scenario("monday").expect("built in");
    assert_eq!(theory::note(&design("demand"), monday, "queue"), None, "no pool, no note");
    assert_eq!(theory::note(&design("naive"), monday, "consumers"), None, "no such component, no note");
}

/// 90 workers for ten hours at 40 bookings a second: the mean wait by Allen and Cunneen against ten seeds of the engine. The approximation
/// is good to a few per cent; allowed: 10 %.
#[test]
fn the_mean_wait_is_that_of_the_engine() {
    let text = r#"{"format":"waiting-room/scenario","version":1,"id":"steady","name":"Steady","starts_at":"00:00","duration_s":36000,
        "arrivals":{"process":"poisson","curve":[[0,40]]},
        "given":{"clinic":{"slots_per_clinic":1000,"base_ms":200,"variable":{"dist":"uniform","min_ms":800,"max_ms":2800}}}}"#;
    let scenario = Scenario::read(text).expect("a scenario");
    let design = set(&design("queue-80"), "consumers.scaling.workers", "86");
    let network = Arc::new(scenario.compile(&design).expect("it compiles"));
    let waits: Vec<f64> = (1..=10).map(|seed| study::run(&network, seed).queue_wait.mean.expect("waits")).collect();
    let seen = waits.iter().sum::<f64>() / waits.len() as f64;
    let (load, workers) = (40.0 * 2.01, 86.0);
    let cv = (4e6_f64 / 12.0).sqrt() / 2010.0;
    let told = erlang_c(86, load) / (workers / 2.01 - 40.0) * (1.0 + cv * cv) / 2.0 * 1e3;
    assert!((seen / told - 1.0).abs() < 0.1, "{seen} ms against {told} ms");
}
