//! What a learner reads: what was done, in a few words for the live region, and what a field allows.

use crate::support::golden;
use crate::support::learner::design;
use waiting_room::design::{Design, Edit, Node};
use waiting_room::json;
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Value};
use waiting_room::session::text::capacity::sums;
use waiting_room::session::text::{differences, edit_captions};
use waiting_room::session::{Action, Command, Pick, Session};

fn start() -> Session {
    let mut session =
        Session::new(builtin::starting_design(), builtin::scenario("monday").expect("a scenario").clone(), 1);
    session.update(Action::Canvas { width: 1400.0, height: 700.0 });
    session
}

fn told(session: &Session) -> &str {
    session.notice().map_or("", |n| n.text.as_str())
}

fn select(session: &mut Session, id: &str) {
    session.update(Action::Select { pick: Pick::Node(id.into()), add: false });
}

#[test]
fn moves_connections_and_what_is_undone_are_told() {
    let mut session = start();
    select(&mut session, "api");
    session.update(Action::Do(Command::Arrow { dx: 1, dy: 0 }));
    golden::tells("notice", "moved right", told(&session), &["Booking API", "8"]);
    session.update(Action::Do(Command::Arrow { dx: 0, dy: -5 }));
    golden::tells("notice", "moved up", told(&session), &["Booking API", "40"]);
    session.update(Action::Undo);
    golden::says("notice", "undone", told(&session));

    select(&mut session, "api");
    session.update(Action::Edit {
        edit: Edit::Remove { nodes: vec![], edges: vec![("api".into(), "clinic".into())] },
        burst: None,
    });
    session.update(Action::Do(Command::Connect));
    session.update(Action::Do(Command::Confirm));
    let clinic = session.design().node("clinic").unwrap().name().to_owned();
    golden::tells("notice", "connected", told(&session), &["Booking API", &clinic]);
}

/// Looking around after an undo loses nothing.
#[test]
fn selecting_and_looking_around_keep_what_can_be_done_again() {
    let mut session = start();
    select(&mut session, "api");
    session.update(Action::Do(Command::Arrow { dx: 1, dy: 0 }));
    session.update(Action::Undo);
    select(&mut session, "clinic");
    session.update(Action::SelectAll);
    session.update(Action::SelectNone);
    session.update(Action::Do(Command::ZoomIn));
    session.update(Action::Do(Command::Fit));
    assert!(session.can_redo());
}

#[test]
fn a_hundred_and_fifty_steps_can_be_undone_and_done_again() {
    let mut session = start();
    let first = session.design().clone();
    for n in 1..=150 {
        let edit =
            Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(f64::from(n) + 64.0) };
        session.update(Action::Edit { edit, burst: None });
    }
    let last = session.design().clone();
    for _ in 0..150 {
        assert!(session.can_undo());
        session.update(Action::Undo);
    }
    assert_eq!(**session.design(), *first);
    assert!(!session.can_undo());
    while session.can_redo() {
        session.update(Action::Redo);
    }
    assert_eq!(**session.design(), *last);
}

/// A pair that is the wrong way round is named by the labels that the page shows, not by the keys of files.
#[test]
fn a_lowest_above_the_highest_is_told_by_labels() {
    let mut pool = Node::new("consumers".into(), KindId::Consumers, 0.0, 0.0);
    let demand = [("policy", Value::Text("demand".into()))];
    let numbers = [
        ("min", 10.0),
        ("max", 90.0),
        ("messages_per_worker", 4.0),
        ("period_s", 15.0),
        ("startup_s", 60.0),
        ("cooldown_s", 120.0),
    ];
    let fields = demand.into_iter().chain(numbers.into_iter().map(|(k, n)| (k, Value::Number(n))));
    pool.set_param("scaling", Value::Map(fields.map(|(k, v)| (k.to_owned(), v)).collect())).unwrap();
    let why = |path: &str, n: f64| edit_captions::allowed(&pool, path, Value::Number(n)).unwrap_err();
    golden::tells("allowed", "a highest below the lowest", &why("scaling.max", 5.0), &["5", "10", "Fewest workers"]);
    golden::tells("allowed", "a lowest above the highest", &why("scaling.min", 95.0), &["95", "90", "Most workers"]);
    golden::tells("allowed", "less than one", &why("scaling.max", 0.5), &["Fewest workers"]);
    assert!(edit_captions::allowed(&pool, "scaling.max", Value::Number(10.0)).is_ok());
}

/// Sums of the design that masters the kata, by hand: 32 threads take 20 + 5 ms a request, 90 workers 10 ms and a call of 200 + 1800 ms; the
/// rush brings 40 a second, two fifths more in the flu season.
#[test]
fn sums_are_those_by_hand() {
    let design = builtin::design("demand-breaker").expect("a design").design();
    let told = |scenario: &str, id: &str| {
        let scenario = builtin::scenario(scenario).expect("a scenario");
        sums(&scenario.analyse(&design), design.node(id).expect(id)).join("\n")
    };
    let says = |scenario: &str, id: &str, figures: &[&str]| {
        golden::tells("capacity", &format!("{id} in {scenario}"), &told(scenario, id), figures);
    };
    says("monday", "patients", &["169\u{202f}500", "40", "08:00", "3 tries × 10\u{a0}s + 2 × 5\u{a0}s", "= 40\u{a0}s"]);
    says(
        "monday",
        "api",
        &["32", "÷ 0.025 s = 1\u{202f}280", "2 × 128 = 256", "2 instances × £0.12 = £0.24", "£0.72 for the morning"],
    );
    says("monday", "queue", &["144\u{202f}000", "× £0.50", "= £0.07"]);
    says("monday", "consumers", &["90 workers ÷ 2.01 s = 44.8", "10–90 × £0.06 an hour = £1.80 to £16.20 in all"]);
    says("monday", "consumers", &["4 attempts × 8\u{a0}s + 7\u{a0}s", "= 39\u{a0}s"]);
    says("flu-season", "clinic", &["90 slots ÷ 2 s = 45", "72"]);
}

/// What a plan has in the rush is the fewest that it has then; the sum says when. What it costs is what its hours cost.
#[test]
fn a_plan_is_worth_the_fewest_workers_of_the_rush() {
    let told = |scenario: &str, steps: &str| {
        let plan = format!(r#"{{"policy":"schedule","workers":20,"startup_s":60,"steps":[{steps}]}}"#);
        let value = Value::literal(&plan);
        let design = builtin::design("queue-80").expect("a design").design();
        let edit = Edit::SetParam { node: "consumers".into(), path: "scaling".into(), value };
        let design = edit.apply(&design).expect("a plan");
        let analysis = builtin::scenario(scenario).expect("a scenario").analyse(&design);
        sums(&analysis, design.node("consumers").expect("a pool")).join(" ")
    };
    let rise = r#"{"at_s":1500,"workers":85}"#;
    // Half an hour of 20, then 85 to the end, or to 08:55 or 08:10.
    for (steps, says) in [
        (rise.to_owned(), ["85 workers ÷ 2.01 s = 42.3", "the rush brings 40", "£13.68 in all"]),
        (format!(r#"{rise},{{"at_s":5100,"workers":20}}"#), ["85 workers ÷ 2.01 s", "= 42.3", "£7.50"]),
        (
            format!(r#"{rise},{{"at_s":2400,"workers":20}}"#),
            ["20 workers at 08:10 ÷ 2.01 s = ", "20–85 × £0.06 an hour = £4.5", "in all"],
        ),
        // It is over with the rush.
        (format!(r#"{rise},{{"at_s":3600,"workers":20}}"#), ["85 workers ÷ 2.01 s", "= 42.3", "£5.8"]),
        // Ordered at eight they come a minute later.
        (r#"{"at_s":1800,"workers":85}"#.to_owned(), ["20 workers at 08:00 ÷", "the rush brings 40", "£13.35"]),
    ] {
        let sum = told("monday", &steps);
        for part in says {
            assert!(sum.contains(part), "{steps}: {sum:?} lacks {part:?}");
        }
    }
    let told = |scenario: &str| told(scenario, rise);
    golden::tells("capacity", "a plan while the clinic is slow", &told("slow-clinic"), &["× 2", "08:15–08:45"]);
    assert!(told("outage").contains("dark") && !told("flu-season").contains("Without"));
}

/// What lasts less than a second is not nothing.
#[test]
fn a_short_timeout_keeps_its_digits_in_the_sum() {
    let told = |ms: f64| {
        let design = builtin::design("queue-80").expect("a design").design();
        let edit = Edit::SetParam { node: "consumers".into(), path: "timeout_ms".into(), value: Value::Number(ms) };
        let design = edit.apply(&design).expect("a timeout");
        let analysis = builtin::scenario("monday").expect("a scenario").analyse(&design);
        sums(&analysis, design.node("consumers").expect("a pool")).join(" ")
    };
    for (ms, says) in [(7.0, "× 7\u{a0}ms +"), (10_500.0, "× 10.5\u{a0}s +"), (3_000.0, "× 3\u{a0}s +")] {
        assert!(told(ms).contains(says), "{}", told(ms));
    }
}

/// A limit says how long the rush takes to reach it.
#[test]
fn a_full_queue_is_told_in_seconds_of_the_rush() {
    let design = builtin::design("demand-breaker").expect("a design").design();
    let edit = Edit::SetParam { node: "queue".into(), path: "capacity".into(), value: Value::Number(1000.0) };
    let design = edit.apply(&design).expect("a limit");
    let analysis = builtin::scenario("monday").expect("a scenario").analyse(&design);
    let told = sums(&analysis, design.node("queue").expect("a queue"));
    golden::tells("capacity", "a queue with a limit", &told[0], &["1\u{202f}000", "÷ 40", "= 25\u{a0}s"]);
}

/// Two ways of setting the same parameter differ by their numbers, not by their names alone.
#[test]
fn a_difference_names_its_numbers() {
    let of = |first: &str, second: &str| {
        let rows = differences::rows(&design(first), &design(second));
        let row = rows.into_iter().find(|row| row.label == "Consumers: workers");
        row.map(|row| (row.first, row.second)).expect("they differ in their workers")
    };
    let says = |first: &str, second: &str| (first.to_owned(), second.to_owned());
    assert_eq!(of("queue-80", "demand"), says("fixed 80", "by demand, 10–90"));
    assert_eq!(of("demand", "schedule"), says("by demand, 10–90", "schedule, 16–90"));
    let mut slower = design("queue-80");
    let (node, path, value) =
        ("consumers".into(), "handling".to_owned(), r#"{"dist":"uniform","min_ms":10,"max_ms":30}"#);
    let edit = Edit::SetParam { node, path, value: json::read(value).expect("a value") };
    slower = edit.apply(&slower).expect("a uniform handling is allowed");
    let rows = differences::rows(&design("queue-80"), &slower);
    let shown: Vec<_> = rows.iter().map(|row| (row.first.as_str(), row.second.as_str())).collect();
    assert_eq!(shown, [("constant 10\u{a0}ms", "uniform, 10–30\u{a0}ms")]);
}

/// Patients and clinics are given: a design that has them is offered no more of them, and one without them is.
#[test]
fn what_is_given_is_offered_only_where_it_is_missing() {
    let offered = |design: &Design| builtin::offered(design).map(|kind| kind.key).collect::<Vec<_>>();
    assert_eq!(offered(&design("queue-80")), ["api", "queue", "consumers", "dead_letter"]);
    assert_eq!(offered(&Design::default()), ["patients", "api", "queue", "consumers", "clinic", "dead_letter"]);
}
