//! The log of a run: what happened, when, in words; each line is a moment of the run.

use crate::support;

use support::golden;
use support::learner::{cut, design, finish, scenario, seek, set};
use waiting_room::session::run::log::MOST_LINES;
use waiting_room::session::{Action, LogKind, LogLine, Session};

fn text(log: &[LogLine]) -> String {
    let line = |line: &LogLine| format!("{} {:?}: {}", line.clock, line.what, line.text);
    log.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whole mornings, word for word: no thread free, goals missed, a breaker, the scenario's events, the backlog drained.
#[test]
fn a_morning_is_told() {
    for (id, morning) in [
        ("naive", "monday"),
        ("queue-60", "monday"),
        ("demand-breaker", "outage"),
        ("retry-storm", "slow-clinic"),
        ("demand-breaker", "flu-season"),
    ] {
        let mut session = Session::new(design(id), scenario(morning), 1);
        assert!(session.log().is_empty(), "before a run nothing has happened");
        finish(&mut session);
        let log = session.log();
        assert!(log.is_sorted_by(|a, b| a.at >= b.at), "the latest first");
        golden::says("log", &format!("{id} on {morning}"), &text(&log).replace(['\u{a0}', '\u{202f}'], " "));
    }
}

/// Few threads: when all are taken for the first time, and when the first patient is turned away and the first gives up.
#[test]
fn firsts_are_told_once() {
    let mut session = Session::new(design("naive"), cut("monday", 2_400.0), 1);
    set(&mut session, "api", "threads", 20.0);
    finish(&mut session);
    golden::says("log", "few threads", &text(&session.log()).replace(['\u{a0}', '\u{202f}'], " "));
}

/// Turned away is who is rejected and who gives up: the first of either is the first one, and comes before the goal that counts both.
#[test]
fn the_first_who_is_turned_away_is_the_first_of_either() {
    let mut session = Session::new(design("naive"), scenario("monday"), 1);
    finish(&mut session);
    let log = session.log();
    let firsts: Vec<&LogLine> = log.iter().filter(|line| line.text.contains("is turned away")).collect();
    let [first] = firsts.as_slice() else { panic!("{}", text(&log)) };
    let goal = log.iter().find(|line| line.text.contains("turned away") && line.what == LogKind::Missed);
    assert!(goal.is_some_and(|goal| goal.at >= first.at), "{}", text(&log));
    let other = |line: &&LogLine| line.text.contains("is rejected") || line.text.contains("gives up waiting");
    assert!(log.iter().filter(other).all(|line| line.at >= first.at), "{}", text(&log));
}

/// Nothing is told before it has happened, what was told stays, and going back forgets nothing.
#[test]
fn lines_come_as_the_run_goes_on() {
    let mut session = Session::new(design("demand-breaker"), scenario("outage"), 1);
    let mut before: Vec<LogLine> = Vec::new();
    for minute in [10, 40, 46, 50, 57, 90] {
        seek(&mut session, f64::from(minute) * 60.0);
        let log = session.log();
        assert!(log.iter().all(|line| line.at <= session.now()), "{}", text(&log));
        // A goal that is over its limit may recover.
        assert!(before.iter().all(|line| line.what == LogKind::Missed || log.contains(line)), "{}", text(&before));
        before = log;
    }
    assert!(before.iter().any(|line| line.what == LogKind::World && line.clock == "08:15:00"), "{}", text(&before));
    seek(&mut session, 60.0);
    assert_eq!(session.log(), before);
}

/// Changes and forks are lines, and no run has more lines than can be read.
#[test]
fn what_the_learner_does_is_told_and_lines_are_bounded() {
    let mut session = Session::new(design("queue-60"), cut("monday", 7_200.0), 1);
    for n in 1..=60_u32 {
        seek(&mut session, f64::from(n) * 100.0);
        set(&mut session, "consumers", "scaling.workers", 60.0 + f64::from(n));
    }
    session.update(Action::Fork);
    let log = session.log();
    assert_eq!(log.len(), MOST_LINES);
    assert_eq!(log[0].what, LogKind::Fork);
    assert!(
        log.iter().any(|line| line.what == LogKind::Change && line.text == "Consumers: workers 118 → 119."),
        "{}",
        text(&log)
    );
}
