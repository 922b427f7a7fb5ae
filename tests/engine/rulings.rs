//! Where the model could be read in two ways: what was ruled, each by a run in which the other reading gives another answer.

use engine::sim::time::Time;
use engine::sim::{Fact, FactKind};

use crate::support::{self, INSTANT_API, INSTANT_CLINIC, PLAIN_PATIENTS, arrivals, chain, design, network, workers};

/// A pool whose schedule shrinks and grows again while workers are on order, with one start-up of 60 s.
fn schedule(steps: &str) -> String {
    format!(
        r#""scaling":{{"policy":"schedule","workers":10,"startup_s":60,"steps":[{steps}]}},"handling":{{"dist":"constant","mean_ms":900}},"timeout_ms":null"#
    )
}

/// When workers were ordered, started and left, in seconds, and how many.
fn staff(steps: &str, per_s: f64) -> Vec<(FactKind, f64, u64)> {
    use FactKind::{WorkersLeft, WorkersOrdered, WorkersStarted};
    let design = chain(PLAIN_PATIENTS, INSTANT_API, "", &schedule(steps), INSTANT_CLINIC);
    let scenario = arrivals(400.0, "regular", &format!("[[0,{per_s}]]"));
    let mut found = Vec::new();
    support::observed(&network(&design, &scenario), 1, |at, fact: &Fact| {
        if at > Time::ZERO && matches!(fact.kind, WorkersOrdered | WorkersStarted | WorkersLeft) {
            found.push((fact.kind, at.seconds(), fact.booking));
        }
    });
    found
}

/// Shrinking cancels those on order first: no worker that has started leaves, and the forty leave as they start.
#[test]
fn a_shrink_takes_back_orders_first() {
    use FactKind::{WorkersLeft, WorkersOrdered, WorkersStarted};
    let found = staff(r#"{"at_s":100,"workers":50},{"at_s":120,"workers":10}"#, 10.0);
    assert_eq!(found, [(WorkersOrdered, 100.0, 40), (WorkersStarted, 160.0, 40), (WorkersLeft, 160.0, 40)]);
}

/// The latest ordered go first; growing takes marks back, the earliest ordered first, before anyone new is ordered.
#[test]
fn the_latest_ordered_leave_and_the_earliest_stay() {
    use FactKind::{WorkersLeft, WorkersOrdered, WorkersStarted};
    let steps =
        r#"{"at_s":100,"workers":30},{"at_s":110,"workers":60},{"at_s":120,"workers":15},{"at_s":130,"workers":35}"#;
    assert_eq!(
        staff(steps, 10.0),
        [
            (WorkersOrdered, 100.0, 20),
            (WorkersOrdered, 110.0, 30),
            // At 120 all thirty of the second order and fifteen of the first are let go; at 130 the fifteen and five of the thirty stay.
            (WorkersStarted, 160.0, 20),
            (WorkersStarted, 170.0, 30),
            (WorkersLeft, 170.0, 25),
        ]
    );
}

/// Idle workers leave next, at once, and busy ones last: three of ten are busy here at any time, so four of the eight let go are idle.
#[test]
fn idle_workers_leave_before_busy_ones() {
    let found = staff(r#"{"at_s":100,"workers":2}"#, 5.0);
    let left: u64 = found.iter().map(|(_, _, workers)| workers).sum();
    assert!(found.iter().all(|(kind, ..)| *kind == FactKind::WorkersLeft) && left == 8, "{found:?}");
    assert!(found[0].1 == 100.0 && found[0].2 > 1 && found.len() > 1, "{found:?}");
    assert!(found[1..].iter().all(|(_, at, workers)| *at > 100.0 && *at <= 100.9 && *workers == 1), "{found:?}");
}

/// A reply at the very moment of the timeout comes too late.
#[test]
fn a_reply_at_the_timeout_is_late() {
    let consumers = workers(5, r#"{"dist":"constant","mean_ms":0}"#).replace("null", "1000") + r#","attempts":1"#;
    let clinic = |ms: u32| {
        format!(
            r#""slots_per_clinic":9,"base_ms":{ms},"variable":{{"dist":"constant","mean_ms":0}},"idempotent":false"#
        )
    };
    let counts = |ms: u32| {
        let design = chain(PLAIN_PATIENTS, INSTANT_API, "", &consumers, &clinic(ms));
        support::report(&network(&design, &arrivals(20.0, "regular", "[[0,1]]")), 1).counts
    };
    assert_eq!((counts(1000).timeouts, counts(1000).confirmed), (19, 0));
    assert_eq!((counts(999).timeouts, counts(999).confirmed), (0, 19));
}

/// Two patients come at 1 s and 2 s, and one thread serves each for 2 s: it is free at 3 s. Whose patience ends at that very moment is served still.
#[test]
fn a_thread_at_the_end_of_patience_still_serves() {
    let counts = |patience_s: f64| {
        let patients = format!(r#""rtt_ms":0,"patience_s":{patience_s},"retries":0"#);
        let api = support::api(1, 9, r#"{"dist":"constant","mean_ms":2000}"#);
        let design = chain(&patients, &api, "", &workers(1, r#"{"dist":"constant","mean_ms":0}"#), INSTANT_CLINIC);
        support::report(&network(&design, &arrivals(20.0, "regular", "[[0,1],[1.5,1],[1.5000001,0]]")), 1).counts
    };
    assert_eq!((counts(1.0).accepted, counts(1.0).abandoned), (2, 0));
    assert_eq!((counts(0.999).accepted, counts(0.999).abandoned), (1, 1));
}

/// Two clinic components, each idempotent or not: 1 500 ms of work against a timeout of 1 000 ms, so that every call is abandoned and books.
fn duplicates(clinics: usize, idempotent: bool, attempts: u32) -> u64 {
    let clinic = |i: usize| {
        format!(
            r#"{{"id":"clinic{i}","kind":"clinic","params":{{"slots_per_clinic":1000,"base_ms":1500,"variable":{{"dist":"constant","mean_ms":0}},"idempotent":{idempotent}}}}}"#
        )
    };
    let edge = |i: usize| format!(r#"{{"from":"pool","to":"clinic{i}"}}"#);
    let all = |of: &dyn Fn(usize) -> String| (0..clinics).map(of).collect::<Vec<_>>().join(",");
    let design = design(&format!(
        r#"{{"format":"waiting-room/design","version":1,"nodes":[
            {{"id":"patients","kind":"patients","params":{{{PLAIN_PATIENTS}}}}},{{"id":"api","kind":"api","params":{{{INSTANT_API}}}}},
            {{"id":"queue","kind":"queue"}},
            {{"id":"pool","kind":"consumers","params":{{"scaling":{{"policy":"fixed","workers":100}},"timeout_ms":1000,"attempts":{attempts},"backoff_base_ms":10}}}},
            {}],"edges":[{{"from":"patients","to":"api"}},{{"from":"api","to":"queue"}},{{"from":"queue","to":"pool"}},{}]}}"#,
        all(&clinic),
        all(&edge)
    ));
    let burst = arrivals(100.0, "regular", "[[0,10],[10,10],[10.001,0]]");
    let counts = support::report(&network(&design, &burst), 1).counts;
    assert_eq!((counts.arrivals, counts.confirmed), (101, 0));
    counts.duplicates
}

/// Each booking beyond the first is a duplicate, at whichever clinic component.
#[test]
fn duplicates_count_over_all_clinics() {
    assert_eq!(duplicates(1, false, 3), 202);
    assert_eq!(duplicates(2, false, 3), 202);
}

/// An idempotent component recognises what it has booked itself, and only that: with two of them and many attempts each books once.
#[test]
fn an_idempotent_clinic_knows_its_own_bookings_only() {
    assert_eq!(duplicates(1, true, 3), 0);
    assert_eq!(duplicates(2, true, 30), 101);
}

/// Redelivered messages bypass the capacity; the next published message makes room down to it, from the head.
#[test]
fn dropping_the_oldest_makes_room() {
    let queue = r#""capacity":3,"overflow":"drop_oldest""#;
    let consumers =
        workers(2, r#"{"dist":"constant","mean_ms":100}"#) + r#","backoff_base_ms":2000,"backoff_factor":1"#;
    let clinic = r#""slots_per_clinic":9,"base_ms":0,"variable":{"dist":"constant","mean_ms":0},"error_rate":0.9"#;
    let network = network(
        &chain(PLAIN_PATIENTS, INSTANT_API, queue, &consumers, clinic),
        &arrivals(200.0, "poisson", "[[0,12]]"),
    );
    let queue = network.stations.iter().position(|s| &*s.id == "queue").expect("a queue");
    let mut run = support::simulation(&network, 1);
    let (mut above, mut made_room) = (0, 0);
    loop {
        let before = run.measures().live().stations[queue].waiting;
        let mut enqueued = false;
        if !run.step_observed(|_, fact| enqueued |= fact.kind == FactKind::Enqueued) {
            break;
        }
        let waiting = run.measures().live().stations[queue].waiting;
        above = above.max(waiting);
        assert!(!enqueued || waiting <= 3, "{waiting} wait after one was published");
        made_room += u64::from(enqueued && before > 3);
    }
    assert!(above > 4 && made_room > 20, "{above} at most, {made_room} times");
}

/// Calls under way when the breaker opened do not count, whenever they end: five begin before it opens and fail after it has closed again.
#[test]
fn late_failures_do_not_count() {
    let consumers =
        workers(20, r#"{"dist":"constant","mean_ms":0}"#) + r#","attempts":1,"breaker":{"failures":2,"open_s":1}"#;
    let clinic = r#""slots_per_clinic":20,"base_ms":100,"variable":{"dist":"constant","mean_ms":0}"#;
    let scenario = support::world(
        30.0,
        "regular",
        "[[0,10],[3,10],[3.0001,0.0001]]",
        r#"[{"kind":"slow","from_s":0,"to_s":0.5,"factor":50},{"kind":"outage","from_s":0.55,"to_s":0.8},
            {"kind":"errors","from_s":5.05,"to_s":5.6,"rate":1}]"#,
    );
    let counts =
        support::report(&network(&chain(PLAIN_PATIENTS, INSTANT_API, "", &consumers, clinic), &scenario), 1).counts;
    assert_eq!((counts.clinic_errors, counts.breaker_opened), (7, 1), "{counts:?}");
    assert!(counts.confirmed >= 20, "{counts:?}");
}
