//! A run's time as a learner moves in it: back and forth, changes noted, forks; whatever is done, the run stays the run.

mod support;

use std::sync::Arc;

use proptest::prelude::*;
use waiting_room::design::{Design, Edit, file};
use waiting_room::kata::{Moments, Scenario, Verdict, builtin};
use waiting_room::kinds::Value;
use waiting_room::measure::Measures;
use waiting_room::session::{Action, Mark, MarkKind, RunState, Session, Speed, Which};
use waiting_room::sim::Run;
use waiting_room::sim::time::{NANOS_PER_SECOND, Span, Time};

fn scenario(id: &str) -> Scenario {
    builtin::scenario(id).expect("a scenario").clone()
}

fn design(id: &str) -> Design {
    let found = builtin::designs().iter().find(|d| d.id == id).expect(id);
    file::read(&found.file).expect("a built-in design is good")
}

fn session(id: &str) -> Session {
    Session::new(design(id), scenario("monday"), 7)
}

/// Ticks until nothing more is wanted; a run that plays is over then.
fn settle(session: &mut Session) {
    for _ in 0..10_000 {
        if !session.wants_ticks() {
            return;
        }
        session.update(Action::Tick { wall_s: 1.0 / 60.0 });
    }
    panic!("it does not settle: {:?}", session.playback());
}

fn seek(session: &mut Session, seconds: f64) {
    session.update(Action::Seek(seconds));
    while session.is_seeking() {
        session.update(Action::Tick { wall_s: 1.0 / 60.0 });
    }
    let duration = session.playback().duration.seconds();
    assert_eq!(session.now(), Time::from_seconds(seconds.clamp(0.0, duration)));
}

fn finish(session: &mut Session) -> String {
    session.update(Action::ToEnd);
    settle(session);
    assert_eq!(session.playback().state, RunState::Over);
    digest(session)
}

fn digest(session: &Session) -> String {
    session.simulation().expect("a run").observer().digest()
}

fn straight(id: &str, seed: u64) -> Run<Measures> {
    let network = scenario("monday").compile(&design(id)).expect("it compiles");
    let measures = Measures::new(&network);
    let mut run = Run::new(Arc::new(network), seed, measures);
    run.run_to_end();
    run
}

fn set(session: &mut Session, node: &str, path: &str, value: f64) {
    let edit = Edit::SetParam { node: node.into(), path: path.into(), value: Value::Number(value) };
    session.update(Action::Edit { edit, burst: None });
}

/// From the end back to 08:15, looked at, and on to the end: the straight run's digest and verdict, and the series seen stays seen meanwhile.
#[test]
fn back_and_on_to_the_end_is_the_straight_run() {
    let mut session = session("demand");
    let first = finish(&mut session);
    let whole = straight("demand", 7);
    assert_eq!(first, whole.observer().digest());
    seek(&mut session, 2700.0);
    assert_eq!(session.playback().state, RunState::Paused);
    assert_eq!(session.series(), Some(whole.observer().series()), "the curves beyond the play head stay");
    assert_eq!(session.playback().furthest, whole.now());
    assert!(!session.verdict().expect("goals").is_final, "the goals are those at the play head");
    let mut there = straight_until("demand", 7, 2700.0);
    assert_eq!(session.simulation().map(|run| run.observer()), Some(there.observer()));
    there.run_to_end();
    assert_eq!(finish(&mut session), first);
    assert_eq!(session.verdict(), Some(&Verdict::of(session.scenario(), &whole.observer().report(whole.now()), true)));
    assert!(!session.playback().exploration, "looking back changes nothing");
}

fn straight_until(id: &str, seed: u64, seconds: f64) -> Run<Measures> {
    let network = scenario("monday").compile(&design(id)).expect("it compiles");
    let measures = Measures::new(&network);
    let mut run = Run::new(Arc::new(network), seed, measures);
    run.run_until(Time::from_seconds(seconds), u64::MAX);
    run
}

/// The figures shown after going somewhere are those shown after playing there: levels, and rates too once half a minute has gone.
#[test]
fn the_diagram_is_that_of_the_moment() {
    let mut session = session("demand");
    finish(&mut session);
    seek(&mut session, 3000.0);
    let there = straight_until("demand", 7, 3000.0);
    let figures = session.figures().expect("figures").clone();
    assert_eq!(figures.at, there.now());
    for (figure, live) in figures.stations.iter().zip(&there.observer().live().stations) {
        assert_eq!(&figure.live, live);
    }
    let before = straight_until("demand", 7, 2970.0);
    let rate = |run: &Run<Measures>| run.observer().live().stations[0].received as f64;
    let patients = (rate(&there) - rate(&before)) / 30.0;
    assert!((figures.stations[0].per_s - patients).abs() < 1e-9, "{} {patients}", figures.stations[0].per_s);
}

/// However fast a run came to its end, the rates shown there are those of its last half minute; and so they are after a look back.
#[test]
fn the_rates_at_the_end_are_the_last_ones() {
    let mut session = session("queue-60");
    finish(&mut session);
    let received = |seconds: f64| {
        let run = straight_until("queue-60", 7, seconds);
        run.observer().live().stations.iter().map(|s| s.received as f64).collect::<Vec<f64>>()
    };
    let wanted: Vec<f64> =
        received(10_800.0).iter().zip(received(10_770.0)).map(|(end, before)| (end - before) / 30.0).collect();
    let agrees = |session: &Session, when: &str| {
        for (figure, rate) in session.figures().expect("figures").stations.iter().zip(&wanted) {
            assert!((figure.per_s - rate).abs() < 1e-9, "{when}: {} instead of {rate}", figure.per_s);
        }
    };
    agrees(&session, "at once");
    seek(&mut session, 3000.0);
    seek(&mut session, 10_800.0);
    agrees(&session, "after a look back");
}

/// A fork shares its past, and so the goals that were lost in it.
#[test]
fn a_fork_keeps_the_goals_lost_before_it() {
    let mut session = session("queue-60");
    finish(&mut session);
    seek(&mut session, 3300.0);
    let lost = |session: &Session| {
        let before = |m: &Mark| m.what == MarkKind::Lost && m.at <= Time::from_seconds(3300.0);
        session.marks().into_iter().filter(before).collect::<Vec<Mark>>()
    };
    let before = lost(&session);
    assert!(!before.is_empty());
    session.update(Action::Fork);
    let after = lost(&session);
    assert!(before.iter().all(|mark| after.contains(mark)), "{before:?} {after:?}");
    // What the other future has recovered is lost here as it was then.
    let mut until = self::session("queue-60");
    seek(&mut until, 3300.0);
    assert_eq!(after, lost(&until));
}

/// A whole Monday back is done within a bounded number of ticks, each bounded in events; another aim on the way moves it.
#[test]
fn a_seek_is_sliced_and_its_aim_can_move() {
    let mut session = session("demand");
    finish(&mut session);
    session.update(Action::Seek(10_000.0));
    assert!(session.is_seeking() && session.wants_ticks());
    assert_eq!(session.now().seconds(), 10_000.0, "the play head is there at once");
    session.update(Action::Tick { wall_s: 0.0 });
    assert!(session.is_seeking(), "one tick is not enough for a morning");
    session.update(Action::Seek(9_000.0));
    session.update(Action::Seek(20.0));
    seek(&mut session, 10_799.0);
    session.update(Action::Seek(f64::NAN));
    session.update(Action::Seek(-1.0));
    settle(&mut session);
    assert_eq!(session.now(), Time::ZERO);
    session.update(Action::Seek(1e300));
    settle(&mut session);
    assert_eq!((session.playback().state, session.now().seconds()), (RunState::Over, 10_800.0));
    assert_eq!(digest(&session), straight("demand", 7).observer().digest());
}

/// Without a run, a seek starts one and goes there; a design that can't run says why.
#[test]
fn a_seek_without_a_run_starts_one() {
    let mut good = session("demand");
    seek(&mut good, 600.0);
    assert_eq!(good.playback().state, RunState::Paused);
    let mut bad = session("naive");
    let edges = vec![("api".into(), "clinic".into())];
    bad.update(Action::Edit { edit: Edit::Remove { nodes: vec![], edges }, burst: None });
    bad.update(Action::Seek(600.0));
    assert_eq!(bad.playback().state, RunState::Ready);
    assert!(bad.notice().is_some_and(|n| n.refused));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any way through a run with changes in it (to and fro, playing, stepping, at any speed) ends as the run with those changes does.
    #[test]
    fn any_way_through_a_run_ends_the_same(ways in prop::collection::vec((0u8..6, 0.0f64..1200.0), 1..14), seed in 1u64..50) {
        let mut short = scenario("monday");
        short.world.duration = Span::from_seconds(1200.0);
        let mut session = Session::new(design("demand-breaker"), short.clone(), seed);
        seek(&mut session, 300.0);
        set(&mut session, "consumers", "handling.mean_ms", 200.0);
        seek(&mut session, 500.0);
        set(&mut session, "api", "threads", 3.0);
        set(&mut session, "consumers", "handling.mean_ms", 10.0);
        let mut straight = Session::new(design("demand-breaker"), short, seed);
        seek(&mut straight, 300.0);
        set(&mut straight, "consumers", "handling.mean_ms", 200.0);
        seek(&mut straight, 500.0);
        set(&mut straight, "api", "threads", 3.0);
        set(&mut straight, "consumers", "handling.mean_ms", 10.0);
        prop_assert_eq!(session.simulation().map(|r| r.changes().len()), Some(3));
        for (way, to) in ways {
            match way {
                0..=2 => seek(&mut session, to),
                3 => session.update(Action::Seek(to)),
                // Once it is over, play would begin another run.
                4 if session.playback().state == RunState::Over => {}
                4 => { session.update(Action::SetSpeed(Speed::Times(300))); session.update(Action::Play);
                       for _ in 0..(to as usize / 100) { session.update(Action::Tick { wall_s: 1.0 / 60.0 }); } session.update(Action::Pause); }
                _ => { session.update(Action::StepEvent); session.update(Action::StepSecond); }
            }
        }
        while session.is_seeking() { session.update(Action::Tick { wall_s: 0.016 }); }
        // The future seen may be complete already: the head goes there all the same.
        if session.playback().state != RunState::Over { finish(&mut session); }
        let straight = finish(&mut straight);
        prop_assert_eq!(digest(&session), straight);
    }
}

/// A change is told in words at its moment and stays there however often the run is gone through.
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
    assert_eq!(left.digest, straight("queue-60", 7).observer().digest(), "it went on as it would have");
    finish(&mut session);
    let (a, b) = (session.series().expect("curves"), &left.series);
    let forked = Time::from_seconds(1800.0);
    let until =
        |s: &waiting_room::measure::Series| s.bins.iter().filter(|b| b.to <= forked).cloned().collect::<Vec<_>>();
    assert_eq!(until(a), until(b), "the same past");
    let arrivals = |s: &waiting_room::measure::Series| s.bins.iter().map(|b| b.arrivals).collect::<Vec<_>>();
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
    assert_eq!(parent, straight("queue-60", 7).observer().digest());
    set(&mut session, "consumers", "scaling.workers", 80.0);
    let branch = finish(&mut session);
    assert_ne!(branch, parent);
    let network = scenario("monday").compile(&design("queue-60")).unwrap();
    let changed = session.simulation().unwrap().changes().to_vec();
    let measures = Measures::new(&network);
    let mut again = Run::replay(Arc::new(network), 7, changed, measures);
    again.run_to_end();
    assert_eq!(again.observer().digest(), branch);
    session.update(Action::Restart);
    assert!(session.compared().is_none(), "a new run has no other future");
}

/// A drag along the timeline that leads to the end leaves the run there, with its result; one that does not plays on.
#[test]
fn a_drag_to_the_end_stays_at_the_end() {
    let mut session = session("queue-60");
    for (to, then) in [(2_000.0, RunState::Playing), (10_800.0, RunState::Over)] {
        session.update(Action::Play);
        session.update(Action::Pause);
        seek(&mut session, to);
        session.update(Action::GoOn);
        assert_eq!(session.playback().state, then);
    }
    assert_eq!(digest(&session), straight("queue-60", 7).observer().digest());
}

/// What was drawn of a run is not what its fork comes to, though both have as many bins: the number tells them apart.
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
    assert_eq!(finish(&mut session), straight("queue-60", 7).observer().digest());
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

/// At the end of every bin, the moments say what the verdict says; they are the same however the run was played.
#[test]
fn moments_agree_with_the_verdict_at_every_bin() {
    for (design_id, scenario_id) in
        [("queue-60", "monday"), ("demand", "outage"), ("naive", "monday"), ("retry-storm", "slow-clinic")]
    {
        let scenario = scenario(scenario_id);
        let network = Arc::new(scenario.compile(&design(design_id)).unwrap());
        let mut run = Run::new(network.clone(), 3, Measures::new(&network));
        let mut moments = Moments::new(&scenario.goals);
        let mut held = vec![false; scenario.goals.len()];
        let mut lost = vec![None; scenario.goals.len()];
        let mut never = vec![None; scenario.goals.len()];
        for step in 1..=1080u64 {
            let at = Time(step * 10 * NANOS_PER_SECOND);
            // Bins hold what comes before their end.
            run.run_until(Time(at.0 - 1), u64::MAX);
            let verdict = Verdict::of(&scenario, &run.observer().report(at), false);
            for (index, status) in verdict.goals.iter().enumerate() {
                if status.value.is_none() && run.observer().report(at).counts.accepted == 0 {
                    continue;
                }
                if status.met() {
                    (lost[index], never[index]) = (None, Some(None))
                } else if held[index] {
                    lost[index] = Some(at)
                } else if let Some(since) = *never[index].get_or_insert(Some(at))
                    && at.since(since).seconds() >= 120.0
                {
                    lost[index] = Some(since)
                }
                held[index] = status.met();
            }
            run.run_until(at, u64::MAX);
            if step < 1080 {
                moments.follow(run.observer().series());
                let told: Vec<_> = moments.lost().iter().map(|(goal, at)| (goal.metric.key, *at)).collect();
                let mut expected: Vec<_> =
                    scenario.goals.iter().zip(&lost).filter_map(|(g, at)| Some((g.metric.key, (*at)?))).collect();
                expected.sort_by_key(|(_, at)| *at);
                assert_eq!(told, expected, "{design_id} {scenario_id} at {step}");
            }
        }
        if design_id == "naive" {
            let first = moments.lost().into_iter().find(|(goal, _)| goal.metric.key == "acceptance_p95_ms");
            assert_eq!(
                first.map(|(_, at)| at),
                Some(Time(10 * NANOS_PER_SECOND)),
                "it never held: lost from the start"
            );
        }
        let mut at_once = Moments::new(&scenario.goals);
        run.run_to_end();
        at_once.follow(run.observer().series());
        moments.follow(run.observer().series());
        assert_eq!(at_once.lost(), moments.lost());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever a learner does to a run, in whatever order, is a run that can be made again: the one at the play head, the one to compare with,
    /// and every run that is kept.
    #[test]
    fn whatever_is_done_can_be_made_again(deeds in prop::collection::vec((0u8..16, 0.0f64..1.0), 1..60), seed in 1u64..50) {
        let mut short = scenario("monday");
        short.world.duration = Span::from_seconds(900.0);
        let mut session = Session::new(design("demand-breaker"), short, seed);
        for (deed, share) in deeds {
            let id = |s: &Session| {
                let all = s.runs().list();
                all.get((share * all.len() as f64) as usize).map_or(String::new(), |kept| kept.id.clone())
            };
            let deed = match deed {
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
                13 => Action::Story([Which::Worst, Which::Number((share * 3000.0) as u64)][(share * 20.0) as usize % 2]),
                _ => {
                    set(&mut session, "api", "threads", 1.0 + (share * 40.0).floor());
                    Action::SetSpeed([Speed::Times(60), Speed::Times(1800), Speed::Max][(share * 3.0) as usize])
                }
            };
            session.update(deed);
            for _ in 0..(share * 7.0) as usize {
                session.update(Action::Tick { wall_s: 1.0 / 60.0 });
            }
            let playback = session.playback();
            prop_assert!(playback.now <= playback.furthest.max(playback.seeking.unwrap_or_default()));
            prop_assert_eq!(session.simulation().is_none(), playback.state == RunState::Ready);
            prop_assert!(session.is_seeking() || session.simulation().is_some_and(Run::is_over) == (playback.state == RunState::Over));
        }
        settle(&mut session);
        if session.playback().state != RunState::Over {
            finish(&mut session);
        }
        let run = session.simulation().expect("a run");
        let network = run.network().clone();
        let mut again = Run::replay(network.clone(), seed, run.changes().to_vec(), Measures::new(&network));
        again.run_to_end();
        prop_assert_eq!(again.observer(), run.observer());
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
