//! A run's time as a learner moves in it: back and forth, in slices, and what was seen stays seen; whatever is done, the run stays the run.

use crate::support;

use std::sync::Arc;

use engine::Simulation;
use engine::sim::time::Time;
use proptest::prelude::*;
use support::learner::{cut, design, digest, finish, scenario, seek, session, set, settle, straight, without_moments};
use waiting_room::design::Edit;
use waiting_room::kata::Verdict;
use waiting_room::session::{Action, RunState, Session, Speed};

fn straight_until(id: &str, seed: u64, seconds: f64) -> Simulation {
    let network = scenario("monday").compile(&design(id)).expect("it compiles");
    let mut run = Simulation::new(Arc::new(network), seed);
    run.run_until(Time::from_seconds(seconds), u64::MAX);
    run
}

/// From the end back to 08:15, looked at, and on to the end: the straight run's digest and verdict, and the series seen stays seen meanwhile.
#[test]
fn back_and_on_to_the_end_is_the_straight_run() {
    let mut session = session("demand");
    let first = finish(&mut session);
    let whole = straight("demand", 7);
    assert_eq!(first, whole.measures().digest());
    seek(&mut session, 2700.0);
    assert_eq!(session.playback().state, RunState::Paused);
    assert_eq!(session.series(), Some(whole.measures().series()), "the curves beyond the play head stay");
    assert_eq!(session.playback().furthest, whole.now());
    assert!(!session.verdict().expect("goals").is_final, "the goals are those at the play head");
    let mut there = straight_until("demand", 7, 2700.0);
    assert_eq!(session.simulation().map(|run| run.measures()), Some(there.measures()));
    there.run_to_end();
    assert_eq!(finish(&mut session), first);
    assert_eq!(
        session.verdict().map(without_moments),
        Some(Verdict::of(session.scenario(), &whole.measures().report(whole.now()), true))
    );
    assert!(!session.playback().exploration, "looking back changes nothing");
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
    for (figure, live) in figures.stations.iter().zip(&there.measures().live().stations) {
        assert_eq!(&figure.live, live);
    }
    let before = straight_until("demand", 7, 2970.0);
    let rate = |run: &Simulation| run.measures().live().stations[0].received as f64;
    let patients = (rate(&there) - rate(&before)) / 30.0;
    assert!((figures.stations[0].per_s - patients).abs() < 1e-9, "{} {patients}", figures.stations[0].per_s);
}

/// However fast a run came to its end, the rates shown there are those of its last half minute; and so they are after going back.
#[test]
fn the_rates_at_the_end_are_the_last_ones() {
    let mut session = session("queue-60");
    finish(&mut session);
    let received = |seconds: f64| {
        let run = straight_until("queue-60", 7, seconds);
        run.measures().live().stations.iter().map(|s| s.received as f64).collect::<Vec<f64>>()
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
    assert_eq!(digest(&session), straight("demand", 7).measures().digest());
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
        let short = cut("monday", 1200.0);
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
    assert_eq!(digest(&session), straight("queue-60", 7).measures().digest());
}
