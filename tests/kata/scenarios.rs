//! Scenario files: what is accepted, what is refused, where the fault is said to be, and in which words.

use engine::sim::network::{EventKind, Prices, Process};
use engine::sim::time::{Span, Time};
use waiting_room::kata::scenario::{MAX_EXPECTED, expected_bookings};
use waiting_room::kata::{Scenario, builtin};
use waiting_room::kinds::{KindId, Value};

const HEAD: &str =
    r#""format":"waiting-room/scenario","version":1,"id":"it","name":"It","starts_at":"07:30","duration_s":60"#;

fn with(more: &str) -> String {
    format!(r#"{{{HEAD},"arrivals":{{"curve":[[0,2]]}}{more}}}"#)
}

fn one_fault(text: &str, place: &str, words: &[&str]) {
    let found = Scenario::read(text).expect_err("this file must be refused");
    let [problem] = found.as_slice() else { panic!("{text}\ngave {found:#?}") };
    assert_eq!(problem.place.to_string(), place, "{text}\ngave {found:#?}");
    for word in words {
        assert!(problem.text.contains(word), "{:?} does not say {word:?}", problem.text);
    }
}

#[test]
fn a_small_scenario_has_defaults_for_what_may_be_absent() {
    let scenario = Scenario::read(&with("")).expect("a scenario");
    assert_eq!((scenario.id.as_str(), scenario.name.as_str(), scenario.starts_at_s), ("it", "It", 27_000));
    assert_eq!(scenario.world.duration, Span::from_seconds(60.0));
    assert_eq!((scenario.world.arrivals.process, scenario.world.arrivals.curve), (Process::Poisson, vec![(0.0, 2.0)]));
    assert_eq!((scenario.world.events, scenario.world.prices), (vec![], Prices::default()));
    assert!(scenario.given.is_empty() && scenario.goals.is_empty());
}

#[test]
fn every_part_is_read() {
    let text = builtin::scenario_file("outage").expect("built in");
    let scenario = Scenario::read(text).expect("a scenario");
    let [event] = scenario.world.events.as_slice() else { panic!("one event") };
    assert_eq!(
        (event.from, event.to, event.what),
        (Time::from_seconds(2700.0), Time::from_seconds(3300.0), EventKind::Outage)
    );
    assert_eq!(scenario.world.arrivals.curve.len(), 7);
    assert_eq!(scenario.world.prices, Prices { api_instance_hour: 0.12, worker_hour: 0.06, queue_million: 0.5 });
    assert_eq!(scenario.given(KindId::Clinic, "idempotent"), Some(&Value::Bool(false)));
    assert_eq!(scenario.given(KindId::Clinic, "max_waiting"), Some(&Value::Null));
    assert_eq!(scenario.given(KindId::Clinic, "skew"), None);
    assert_eq!(scenario.given(KindId::Api, "threads"), None);
    let goals: Vec<_> = scenario.goals.iter().map(|g| (g.metric.key, g.at_most)).collect();
    assert_eq!(goals[1], ("end_to_end_p95_ms", 660_000.0));
    assert_eq!(goals.len(), 8);
    assert_eq!(scenario.par, Some(9.15));
}

#[test]
fn faults_are_named_with_place_value_and_what_is_allowed() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            r#","events":[{"kind":"flood","from_s":0,"to_s":1}]"#,
            "events[0].kind",
            &["\"flood\"", "surge, slow, errors or outage"],
        ),
        (
            r#","events":[{"kind":"slow","from_s":5,"to_s":5,"factor":2}]"#,
            "events[0].to_s",
            &["5", "later than from_s"],
        ),
        (r#","events":[{"kind":"slow","from_s":5,"to_s":6}]"#, "events[0].factor", &["missing", "0.001 to 1000"]),
        (r#","events":[{"kind":"slow","from_s":5,"to_s":6,"factor":0}]"#, "events[0].factor", &["0.001"]),
        (r#","events":[{"kind":"outage","from_s":5,"to_s":6,"rate":1}]"#, "events[0].rate", &["known"]),
        (r#","events":[{"kind":"errors","from_s":5,"to_s":6,"rate":1.5}]"#, "events[0].rate", &["1.5", "0 to 1"]),
        (r#","events":{}"#, "events", &["a list"]),
        (r#","given":{"cache":{}}"#, "given.cache", &["patients", "dead_letter"]),
        (r#","given":{"clinic":{"slots":9}}"#, "given.clinic.slots", &["slots_per_clinic"]),
        (r#","given":{"clinic":{"slots_per_clinic":0}}"#, "given.clinic.slots_per_clinic", &["0", "1 to"]),
        (r#","given":[]"#, "given", &["an object"]),
        (r#","prices":{"worker_hour":-1}"#, "prices.worker_hour", &["-1"]),
        (r#","prices":{"worker_day":1}"#, "prices.worker_day", &["worker_hour"]),
        (r#","goals":[{"metric":"speed","at_most":1}]"#, "goals[0].metric", &["\"speed\"", "max_backlog"]),
        (r#","goals":[{"metric":"cost"}]"#, "goals[0].at_most", &["missing"]),
        (r#","goals":[{"at_most":1}]"#, "goals[0].metric", &["missing", "cost"]),
        (r#","goals":[{"metric":"cost","at_most":-1}]"#, "goals[0].at_most", &["-1"]),
        (r#","goals":[{"metric":"cost","at_most":1e999}]"#, "goals[0].at_most", &["1e999"]),
        (r#","goals":[{"metric":"cost","at_most":1,"at_least":0}]"#, "goals[0].at_least", &["at_most"]),
        (r#","goals":[{"metric":"cost","at_most":1},{"metric":"cost","at_most":2}]"#, "goals[1].metric", &["already"]),
        (r#","goals":[],"goals":[]"#, "goals", &["twice"]),
        (r#","par":-1"#, "par", &["-1"]),
        (r#","par":"cheap""#, "par", &["\"cheap\"", "a number"]),
        (r#","goals":[{"metric":"cost","at_most":8}],"par":8.01"#, "par", &["8.01", "at most the goal of cost (8)"]),
        (r#","weather":"rain""#, "weather", &["starts_at"]),
    ];
    for (more, place, words) in cases {
        one_fault(&with(more), place, words);
    }
    let both = with(r#","events":[{"kind":"outage","from_s":-5,"to_s":1e999}]"#);
    assert_eq!(Scenario::read(&both).expect_err("refused").len(), 2, "both ends are told");
}

#[test]
fn the_curve_and_the_times_are_checked() {
    let curve = |points: &str| format!(r#"{{{HEAD},"arrivals":{{"process":"regular","curve":{points}}}}}"#);
    assert!(Scenario::read(&curve("[[0,0],[0.5,1000000]]")).is_ok());
    one_fault(&curve("[]"), "arrivals.curve", &["at least one"]);
    one_fault(&curve("5"), "arrivals.curve", &["a list"]);
    one_fault(&curve("[[0,1],[0,2]]"), "arrivals.curve[1][0]", &["0", "later than"]);
    one_fault(&curve("[[0,1],7]"), "arrivals.curve[1]", &["7", "[t_s, per_s]"]);
    one_fault(&curve("[[0,1,2]]"), "arrivals.curve[0]", &["3 numbers"]);
    one_fault(&curve("[[0,-1]]"), "arrivals.curve[0][1]", &["-1"]);
    one_fault(&curve("[[0,1e999]]"), "arrivals.curve[0][1]", &["1e999"]);
    one_fault(&curve("[[0,1000001]]"), "arrivals.curve[0][1]", &["1000001"]);
    let points = |n: usize| format!("[{}]", (0..n).map(|t| format!("[{t},1]")).collect::<Vec<_>>().join(","));
    assert!(Scenario::read(&curve(&points(1000))).is_ok());
    one_fault(&curve(&points(1001)), "arrivals.curve", &["1001", "1000"]);
    one_fault(
        &format!(r#"{{{HEAD},"arrivals":{{"process":"bursty","curve":[[0,1]]}}}}"#),
        "arrivals.process",
        &["poisson or regular"],
    );
    one_fault(&format!("{{{HEAD}}}"), "arrivals", &["missing"]);
    for time in ["\"7:30\"", "\"24:00\"", "\"07:60\"", "\"+7:30\"", "\"0730\"", "730", "\"07:30:00\""] {
        one_fault(&with("").replace("\"07:30\"", time), "starts_at", &["HH:MM"]);
    }
    for duration in ["0.5", "604801", "\"60\"", "1e999"] {
        one_fault(&with("").replace("_s\":60", &format!("_s\":{duration}")), "duration_s", &[duration, "from 1 to"]);
    }
    one_fault(&with("").replace("scenario", "design"), "format", &["waiting-room/scenario"]);
    one_fault(&with("").replace("\"version\":1", "\"version\":2"), "version", &["newer"]);
}

/// A run that would be under way for hours, or for ever, is refused with its number of bookings and what is allowed.
#[test]
fn a_scenario_that_would_not_end_is_refused_with_its_number() {
    let file = |duration_s: u32, rate: u32, surges: usize| {
        let surge = format!(r#"{{"kind":"surge","from_s":0,"to_s":{duration_s},"factor":1000}}"#);
        let events = vec![surge; surges].join(",");
        format!(
            r#"{{{},"duration_s":{duration_s},"arrivals":{{"curve":[[0,{rate}]]}},"events":[{events}]}}"#,
            HEAD.replace(r#","duration_s":60"#, "")
        )
    };
    for (text, number) in [
        (file(604_800, 1_000_000, 0), "604 800 000 000"),
        (file(604_800, 1_000_000, 3), "10^15 and more"),
        (file(60, 1, 1000), "10^15 and more"),
        (file(101, 1_000_000, 0), "101 000 000"),
    ] {
        let found = Scenario::read(&text).expect_err("this file must be refused");
        let [problem] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(problem.place.to_string(), "arrivals");
        let told = problem.text.replace('\u{202f}', " ");
        let words = format!(
            "brings about {number} arrivals to a run; allowed: at most 100 000 000. Lower the rates or surges, or shorten duration_s."
        );
        assert_eq!(told, words);
    }
    let most = Scenario::read(&file(100, 1_000_000, 0)).expect("as many as are allowed");
    assert_eq!(expected_bookings(&most.world), MAX_EXPECTED);
}
