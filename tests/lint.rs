//! Warnings: each on a design that has the fault, with its figures, and on one that has not.

use waiting_room::design::{Design, Edit, Node, Place, Problem};
use waiting_room::kata::{builtin, lint::lint};
use waiting_room::kinds::{KindId, Value};

fn design(id: &str) -> Design {
    builtin::design(id).expect("built in").design()
}

fn set(design: &Design, path: &str, json: &str) -> Design {
    let (node, path) = path.split_once('.').expect("node.param");
    let edit = Edit::SetParam { node: node.into(), path: path.to_owned(), value: Value::literal(json) };
    edit.apply(design).expect("an allowed value")
}

fn without(design: &Design, nodes: &[&str]) -> Design {
    Edit::Remove { nodes: nodes.iter().map(|n| (*n).into()).collect(), edges: Vec::new() }
        .apply(design)
        .expect("removed")
}

/// What there is to say, with plain spaces before units.
fn all(design: &Design, scenario: &str) -> Vec<Problem> {
    let mut found = lint(design, builtin::scenario(scenario).expect("built in"));
    for problem in &mut found {
        problem.text = problem.text.replace('\u{a0}', " ");
    }
    found
}

/// The one warning of this code, which stands on `node` and holds all of these words.
fn warns(design: &Design, scenario: &str, code: &str, node: &str, words: &[&str]) {
    let found = all(design, scenario);
    let of_code: Vec<_> = found.iter().filter(|p| p.code == code).collect();
    let [problem] = of_code.as_slice() else { panic!("one {code} expected, found {found:#?}") };
    assert!(!problem.is_error());
    assert!(matches!(&problem.place, Place::Node { id, .. } if id == node), "{problem:?} does not stand on {node}");
    for word in words {
        assert!(problem.text.contains(word), "{:?} does not say {word:?}", problem.text);
    }
}

fn silent(design: &Design, scenario: &str, code: &str) {
    let found = all(design, scenario);
    assert!(found.iter().all(|p| p.code != code), "no {code} expected, found {found:#?}");
}

#[test]
fn the_design_that_masters_the_kata_warns_of_little() {
    let design = design("demand-breaker");
    for scenario in ["monday", "slow-clinic", "outage"] {
        assert_eq!(all(&design, scenario), [], "{scenario}");
    }
    let codes: Vec<_> = all(&design, "flu-season").iter().map(|p| p.code).collect();
    assert_eq!(codes, ["too-few-workers"], "in flu season nothing keeps up, and that is said");
}

#[test]
fn an_acknowledgement_that_waits_for_the_clinic() {
    warns(&design("naive"), "monday", "acknowledgement-waits", "api", &["1.0–3.0 s", "200 ms"]);
    silent(&design("queue-60"), "monday", "acknowledgement-waits");
    let mixed =
        Edit::Connect { from: "api".into(), to: "clinic".into() }.apply(&design("queue-60")).expect("connected");
    let edit = Edit::SetWeight { from: "api".into(), to: "queue".into(), weight: 3.0 };
    let mixed = edit.apply(&mixed).expect("weighted");
    warns(&mixed, "monday", "acknowledgement-waits", "api", &["25 % of acknowledgements wait for Clinics"]);
}

#[test]
fn a_queue_nobody_reads() {
    let open = without(&design("queue-60"), &["consumers"]);
    let found = all(&open, "monday");
    assert!(found[0].is_error() && found[0].code == "no-way-to-clinic", "errors come first: {found:#?}");
    warns(&open, "monday", "queue-nobody-reads", "queue", &["169\u{202f}500 bookings"]);
    silent(&design("queue-60"), "monday", "queue-nobody-reads");
}

#[test]
fn a_component_that_nothing_reaches() {
    let alone = Node::new("queue".into(), KindId::Queue, 0.0, 0.0);
    let with_queue = Edit::Add { node: alone }.apply(&design("naive")).expect("added");
    warns(&with_queue, "monday", "unreached", "queue", &["Not connected", "169\u{202f}500"]);
    let edit = Edit::AddAll { nodes: vec![Node::new("consumers".into(), KindId::Consumers, 0.0, 0.0)], edges: vec![] };
    let both = edit.apply(&with_queue).expect("added");
    let joined = Edit::Connect { from: "queue".into(), to: "consumers".into() }.apply(&both).expect("connected");
    let texts: Vec<_> = all(&joined, "monday").into_iter().filter(|p| p.code == "unreached").map(|p| p.text).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.iter().all(|t| t.contains("No way leads here")), "{texts:?}");
    silent(&design("naive"), "monday", "unreached");
}

#[test]
fn fewer_workers_than_peak_demand_needs() {
    warns(
        &design("queue-60"),
        "monday",
        "too-few-workers",
        "consumers",
        &["08:00", "40 bookings a second × 2.01 s = 81 workers", "there are 60"],
    );
    silent(&set(&design("queue-60"), "consumers.scaling.workers", "81"), "monday", "too-few-workers");
    let late = set(&design("schedule"), "consumers.scaling.steps", r#"[{"at_s":1750,"workers":90}]"#);
    warns(&late, "monday", "too-few-workers", "consumers", &["there are 16"]);
    silent(&design("schedule"), "monday", "too-few-workers");
    warns(
        &design("demand"),
        "flu-season",
        "too-few-workers",
        "consumers",
        &["56 bookings a second", "44.8", "90 slots 45"],
    );
}

/// Two pools on one queue work together, and two queues share the requests by weight.
#[test]
fn pools_that_share_a_queue_are_counted_together() {
    let half = set(&design("queue-60"), "consumers.scaling.workers", "41");
    let edit = Edit::AddAll { nodes: vec![Node::new("more".into(), KindId::Consumers, 0.0, 0.0)], edges: vec![] };
    let mut both = edit.apply(&half).expect("added");
    for (from, to) in [("queue", "more"), ("more", "clinic")] {
        both = Edit::Connect { from: from.into(), to: to.into() }.apply(&both).expect("connected");
    }
    warns(&both, "monday", "too-few-workers", "consumers", &["there are 61"]);
    silent(&set(&both, "more.scaling.workers", "40"), "monday", "too-few-workers");
}

#[test]
fn more_workers_than_slots() {
    let many = design("queue-300");
    warns(&many, "monday", "more-workers-than-slots", "consumers", &["300 workers call 90 slots", "210 only wait"]);
    warns(&many, "slow-clinic", "more-workers-than-slots", "consumers", &["17 s", "times out after 10 s"]);
    silent(&set(&many, "consumers.scaling.workers", "90"), "slow-clinic", "more-workers-than-slots");
}

#[test]
fn a_timeout_below_the_slowest_reply() {
    warns(&design("retry-storm"), "monday", "timeout-below-reply", "consumers", &["2.5 s", "takes 3 s"]);
    warns(
        &design("retry-storm"),
        "slow-clinic",
        "timeout-below-reply",
        "consumers",
        &["2.5 s", "7.5 s, while it is slow"],
    );
    let exact = set(&design("queue-80"), "consumers.timeout_ms", "7500");
    silent(&exact, "slow-clinic", "timeout-below-reply");
    let shorter = set(&exact, "consumers.timeout_ms", "7499");
    warns(&shorter, "slow-clinic", "timeout-below-reply", "consumers", &["7.5 s"]);
    silent(&shorter, "monday", "timeout-below-reply");
    silent(&set(&exact, "consumers.timeout_ms", "null"), "slow-clinic", "timeout-below-reply");
    warns(&set(&design("naive"), "api.call_timeout_ms", "2000"), "monday", "timeout-below-reply", "api", &["2 s"]);
}

#[test]
fn retries_without_jitter() {
    let plain = set(&design("demand"), "consumers.jitter", "\"none\"");
    warns(&plain, "monday", "no-jitter", "consumers", &["1 s later", "4 attempts"]);
    silent(&set(&plain, "consumers.attempts", "1"), "monday", "no-jitter");
    silent(&design("demand"), "monday", "no-jitter");
}

#[test]
fn finite_attempts_without_dead_letters() {
    let lossy = without(&design("demand"), &["dead_letter"]);
    warns(&lossy, "monday", "no-dead-letters", "consumers", &["4 failed calls"]);
    silent(&design("demand"), "monday", "no-dead-letters");
    let node = Node::new("parked".into(), KindId::DeadLetter, 0.0, 0.0);
    let parked = Edit::Add { node }.apply(&lossy).expect("added");
    let by_queue = Edit::Connect { from: "queue".into(), to: "parked".into() }.apply(&parked).expect("connected");
    silent(&by_queue, "monday", "no-dead-letters");
}

/// 80 workers for 3 h at £0.06, two instances at £0.12, 169 500 messages: £14.40 + £0.72 + £0.08.
#[test]
fn a_forecast_above_the_budget() {
    warns(&design("queue-80"), "monday", "over-budget", "consumers", &["£15.20", "£14.40", "£5.20 over", "£10.00"]);
    silent(&set(&design("queue-80"), "consumers.scaling.workers", "51"), "monday", "over-budget");
    silent(&design("schedule"), "monday", "over-budget");
    silent(&design("demand"), "monday", "over-budget");
    let floor = set(&design("demand"), "consumers.scaling.min", "60");
    warns(&floor, "monday", "over-budget", "consumers", &["at least £11.60"]);
    warns(&set(&design("naive"), "api.instances", "40"), "monday", "over-budget", "api", &["£14.40"]);
}

/// The schedule's cost by hand: 16 × 1500 + 90 × 3000 + 60 × 1200 + 32 × 1800 + 16 × 3300 worker-seconds = £7.94, and £0.80 besides.
#[test]
fn a_schedule_is_costed_step_by_step() {
    let monday = builtin::scenario("monday").expect("built in");
    let mut tight = monday.clone();
    for goal in &mut tight.goals {
        if goal.metric.key == "cost" {
            goal.at_most = 8.0;
        }
    }
    let found = lint(&design("schedule"), &tight);
    let text = &found.iter().find(|p| p.code == "over-budget").expect("over £8").text;
    assert!(text.contains("£8.74") && text.contains("£7.94"), "{text}");
}

/// A design with a parameter out of range is told so and still warned about the rest.
#[test]
fn an_error_does_not_hide_the_warnings() {
    let mut broken = design("naive");
    let mut api = (*broken.nodes[1]).clone();
    api.params = vec![("threads", Value::Number(0.0))];
    broken.nodes[1] = api.into();
    let found = all(&broken, "monday");
    assert!(found[0].is_error() && found[0].place == Place::Node { id: "api".into(), param: Some("threads".into()) });
    assert!(found.iter().any(|p| p.code == "acknowledgement-waits"));
}
