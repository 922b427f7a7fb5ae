//! Changes of a run midway and forks of it: each is noted at its moment, none costs a future that was seen, and every run can be made again.

use crate::support;

use std::sync::Arc;

use engine::Simulation;
use engine::sim::time::Time;
use proptest::prelude::*;
use support::learner::{cut, design, finish, said, scenario, seek, session, set, settle, straight};
use waiting_room::session::{Action, BookingChoice, Mark, MarkKind, RunState, Session, Speed};

/// A fork shares its past, and so the goals that were missed in it.
#[test]
fn a_fork_keeps_the_goals_missed_before_it() {
    let mut session = session("queue-60");
    finish(&mut session);
    seek(&mut session, 3300.0);
    let missed = |session: &Session| {
        let before = |m: &Mark| m.what == MarkKind::Missed && m.at <= Time::from_seconds(3300.0);
        let moment = |m: Mark| (m.at, m.what);
        session.marks().into_iter().filter(before).map(moment).collect::<Vec<_>>()
    };
    let before = missed(&session);
    assert!(!before.is_empty());
    session.update(Action::Fork);
    let after = missed(&session);
    assert!(before.iter().all(|mark| after.contains(mark)), "{before:?} {after:?}");
    // What the other future has recovered is missed here as it was then.
    let mut until = self::session("queue-60");
    seek(&mut until, 3300.0);
    assert_eq!(after, missed(&until));
}

/// Another part ends a run, and a fork of it: the words for the part say so, and an edit of a design that has no run says nothing of one.
#[test]
fn another_part_says_that_it_ends_the_run() {
    let mut session = session("queue-60");
    let add = |session: &mut Session| session.update(Action::Add(waiting_room::kinds::KindId::DeadLetter));
    add(&mut session);
    assert!(!said(&session).contains("ended"), "{}", said(&session));
    seek(&mut session, 2000.0);
    session.update(Action::Undo);
    seek(&mut session, 2000.0);
    add(&mut session);
    assert!(said(&session).ends_with("The run has ended: Play begins a new one."), "{}", said(&session));
    session.update(Action::Undo);
    finish(&mut session);
    seek(&mut session, 2000.0);
    session.update(Action::Fork);
    add(&mut session);
    assert!(said(&session).ends_with("The run and its fork have ended: Play begins a new one."), "{}", said(&session));
}

/// A change is described at its moment and stays there however often the run is gone through.
#[test]
fn a_change_is_a_mark_in_words() {
    let mut session = session("queue-60");
    seek(&mut session, 2520.0);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    let words =
        |s: &Session| s.marks().into_iter().find(|m| m.what == MarkKind::Change).map(|m| (m.at.seconds(), m.text));
    assert_eq!(words(&session), Some((2520.0, "08:12 Consumers: workers 60 → 90".to_owned())));
    assert!(session.playback().exploration);
    let end = finish(&mut session);
    seek(&mut session, 100.0);
    assert!(words(&session).is_some(), "it is still to come");
    assert_eq!(finish(&mut session), end, "it is part of the run");
}

/// A change behind what was simulated is a fork: the future that was left is computed to its end and stays to compare with.
#[test]
fn a_change_in_the_past_leaves_a_future() {
    let mut session = session("queue-60");
    seek(&mut session, 4000.0);
    seek(&mut session, 1800.0);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    assert_eq!(session.playback().forked, Some(Time::from_seconds(1800.0)));
    assert_eq!(
        session.playback().furthest,
        Time::from_seconds(1800.0),
        "what was simulated beyond is no longer this run's"
    );
    settle(&mut session);
    let left = session.compared().expect("the other future").clone();
    assert!(left.complete && left.verdict.is_final);
    assert_eq!(left.digest, straight("queue-60", 7).measures().digest(), "it went on as it would have");
    finish(&mut session);
    let (a, b) = (session.series().expect("curves"), &left.series);
    let forked = Time::from_seconds(1800.0);
    let until = |s: &engine::measure::Series| s.bins.iter().filter(|b| b.to <= forked).cloned().collect::<Vec<_>>();
    assert_eq!(until(a), until(b), "the same past");
    let arrivals = |s: &engine::measure::Series| s.bins.iter().map(|b| b.arrivals).collect::<Vec<_>>();
    assert_eq!(arrivals(a), arrivals(b), "the same patients");
    assert!(a.bins.last().unwrap().cost > b.bins.last().unwrap().cost, "and another future");
}

/// Fork, one change, play: the branch is the run with that change at that moment, and the parent is the run without.
#[test]
fn a_fork_draws_both_futures() {
    let mut session = session("queue-60");
    session.update(Action::Fork);
    assert!(session.notice().is_some_and(|n| n.refused), "there is no run to fork");
    seek(&mut session, 2000.0);
    session.update(Action::Fork);
    assert!(!session.playback().exploration, "a fork alone changes nothing");
    assert!(session.marks().iter().any(|m| m.what == MarkKind::Fork));
    settle(&mut session);
    let parent = session.compared().expect("the parent").digest.clone();
    assert_eq!(parent, straight("queue-60", 7).measures().digest());
    set(&mut session, "consumers", "scaling.workers", 80.0);
    let branch = finish(&mut session);
    assert_ne!(branch, parent);
    let network = scenario("monday").compile(&design("queue-60")).unwrap();
    let changed = session.simulation().unwrap().changes().to_vec();
    let mut again = Simulation::replay(Arc::new(network), 7, changed);
    again.run_to_end();
    assert_eq!(again.measures().digest(), branch);
    session.update(Action::Restart);
    assert!(session.compared().is_none(), "a new run has no other future");
}

/// What was drawn of a run is not what its fork comes to, though both have as many bins: their numbers differ.
#[test]
fn a_fork_is_drawn_anew() {
    let mut session = session("queue-60");
    finish(&mut session);
    let number = session.run_number();
    seek(&mut session, 1800.0);
    assert_eq!(session.run_number(), number, "the same curves");
    set(&mut session, "consumers", "scaling.workers", 90.0);
    let changed = session.run_number();
    assert!(changed > number);
    session.update(Action::Fork);
    assert!(session.run_number() > changed);
}

/// Undoing a change after going back behind it takes it out of the run.
#[test]
fn going_back_and_undoing_leaves_the_straight_run() {
    let mut session = session("queue-60");
    seek(&mut session, 2000.0);
    set(&mut session, "consumers", "scaling.workers", 80.0);
    seek(&mut session, 3000.0);
    seek(&mut session, 1000.0);
    session.update(Action::Undo);
    assert!(!session.playback().exploration);
    assert_eq!(finish(&mut session), straight("queue-60", 7).measures().digest());
}

/// A change made while the run is on its way is made where it arrives.
#[test]
fn a_change_on_the_way_waits_for_the_arrival() {
    let mut session = session("queue-60");
    finish(&mut session);
    session.update(Action::Seek(9_000.0));
    session.update(Action::Tick { wall_s: 0.0 });
    set(&mut session, "consumers", "scaling.workers", 80.0);
    assert!(session.is_seeking());
    settle(&mut session);
    let run = session.simulation().unwrap();
    assert_eq!(run.changes().iter().map(|c| c.at.seconds()).collect::<Vec<_>>(), [9_000.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever a learner does to a run, in whatever order, is a run that can be made again: the one at the play head, the one to compare with,
    /// and every recorded run.
    #[test]
    fn whatever_is_done_can_be_made_again(actions in prop::collection::vec((0u8..16, 0.0f64..1.0), 1..60), seed in 1u64..50) {
        let short = cut("monday", 900.0);
        let mut session = Session::new(design("demand-breaker"), short, seed);
        for (action, share) in actions {
            let id = |s: &Session| {
                let all = s.runs().list();
                all.get((share * all.len() as f64) as usize).map_or(String::new(), |kept| kept.id.clone())
            };
            let action = match action {
                0..=2 => Action::Seek(share * 1000.0 - 50.0),
                3 => Action::Play,
                4 => Action::Pause,
                5 => Action::Fork,
                6 => Action::StepEvent,
                7 => Action::ToEnd,
                8 => Action::Undo,
                9 => Action::PinRun(Some(id(&session))),
                10 => Action::DeleteRun(id(&session)),
                11 => [Action::BringBackRun, Action::Restart, Action::StepSecond, Action::CloseStory][(share * 4.0) as usize].clone(),
                12 => Action::RestoreRun(id(&session)),
                13 => Action::Story([BookingChoice::Worst, BookingChoice::Number((share * 3000.0) as u64)][(share * 20.0) as usize % 2]),
                _ => {
                    set(&mut session, "api", "threads", 1.0 + (share * 40.0).floor());
                    Action::SetSpeed([Speed::Times(60), Speed::Times(1800), Speed::Max][(share * 3.0) as usize])
                }
            };
            session.update(action);
            for _ in 0..(share * 7.0) as usize {
                session.update(Action::Tick { wall_s: 1.0 / 60.0 });
            }
            let playback = session.playback();
            prop_assert!(playback.now <= playback.furthest.max(playback.seeking.unwrap_or_default()));
            prop_assert_eq!(session.simulation().is_none(), playback.state == RunState::Ready);
            prop_assert!(session.is_seeking() || session.simulation().is_some_and(Simulation::is_over) == (playback.state == RunState::Over));
        }
        settle(&mut session);
        if session.playback().state != RunState::Over {
            finish(&mut session);
        }
        let run = session.simulation().expect("a run");
        let network = run.network().clone();
        let mut again = Simulation::replay(network.clone(), seed, run.changes().to_vec());
        again.run_to_end();
        prop_assert_eq!(again.measures(), run.measures());
        prop_assert_eq!(session.playback().exploration, !run.changes().is_empty());
        for kept in session.runs().list().to_vec() {
            session.update(Action::PinRun(Some(kept.id.clone())));
            settle(&mut session);
            let compared = session.compared().expect("pinned");
            prop_assert_eq!(&compared.doubt, &None, "{}", kept.name);
            prop_assert_eq!(&compared.digest, &kept.digest);
        }
    }
}
