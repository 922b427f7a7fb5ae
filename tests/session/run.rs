//! Runs as a learner drives them: playing, pausing, changing things midway; and a monkey that does anything at all.

use crate::support::learner::without_moments;

use std::sync::Arc;

use engine::Simulation;
use engine::sim::time::Span;
use waiting_room::design::{Edit, file};
use waiting_room::kata::{Scenario, Verdict, builtin};
use waiting_room::kinds::{KINDS, Value};
use waiting_room::session::run::playback::TICK_EVENTS;
use waiting_room::session::{Action, Button, Command, KeyPress, Phase, Pick, Point, Pointer, RunState, Session, Speed};

fn monday() -> Scenario {
    builtin::scenario("monday").expect("a scenario").clone()
}

fn start() -> Session {
    let mut session = Session::new(builtin::starting_design(), monday(), 1);
    session.update(Action::Canvas { width: 1400.0, height: 700.0 });
    session
}

fn design(id: &str) -> waiting_room::design::Design {
    let found = builtin::designs().iter().find(|d| d.id == id).expect(id);
    file::read(&found.file).expect("a built-in design is good")
}

fn ticks(session: &mut Session, count: usize) {
    for _ in 0..count {
        session.update(Action::Tick { wall_s: 1.0 / 60.0 });
    }
}

fn finish(session: &mut Session) {
    session.update(Action::ToEnd);
    for _ in 0..10_000 {
        session.update(Action::Tick { wall_s: 1.0 / 60.0 });
        if session.playback().state == RunState::Over {
            return;
        }
    }
    panic!("the run does not end: {:?}", session.playback());
}

fn set_threads(session: &mut Session, threads: f64) {
    let edit = Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(threads) };
    session.update(Action::Edit { edit, burst: None });
}

/// A run played in ticks of any speed, with pauses and steps, ends with the verdict and the digest of one that is run directly.
#[test]
fn a_played_run_is_the_run() {
    let scenario = monday();
    let mut session = Session::new(design("demand"), scenario.clone(), 7);
    session.update(Action::StepEvent);
    session.update(Action::StepSecond);
    session.update(Action::Play);
    for speed in [Speed::Times(1), Speed::Times(300), Speed::Times(1800), Speed::Max, Speed::Times(60)] {
        session.update(Action::SetSpeed(speed));
        ticks(&mut session, 3);
    }
    session.update(Action::Pause);
    ticks(&mut session, 5);
    session.update(Action::StepSecond);
    session.update(Action::Play);
    finish(&mut session);

    let network = scenario.compile(&design("demand")).expect("it compiles");
    let mut direct = Simulation::new(Arc::new(network), 7);
    direct.run_to_end();
    let report = direct.measures().report(direct.now());
    assert_eq!(session.verdict().map(without_moments), Some(Verdict::of(&scenario, &report, true)));
    let played = session.simulation().expect("a run");
    assert_eq!(played.measures().report(played.now()).digest, report.digest);
    assert!(!session.playback().exploration);
    assert!(session.notice().is_some_and(|n| n.text.contains("over")));
}

/// At 300 times, the speed to begin with, a second of wall time is five minutes, whatever the ticks' length; paused, nothing moves.
#[test]
fn speed_maps_wall_time_to_simulated_time() {
    let mut session = start();
    session.update(Action::Play);
    ticks(&mut session, 60);
    let now = session.now().seconds();
    assert!((now - 300.0).abs() < 1e-6, "{now}");
    session.update(Action::Pause);
    assert_eq!(session.figures().map(|f| f.at), Some(session.now()), "paused, the figures are those of this moment");
    ticks(&mut session, 60);
    assert_eq!(session.now().seconds(), now);
}

/// A page that was hidden for an hour does not leap: a tick stands for a tenth of a second at most.
#[test]
fn a_long_pause_between_ticks_does_not_leap() {
    let mut session = start();
    session.update(Action::Play);
    session.update(Action::Tick { wall_s: 3600.0 });
    assert!((session.now().seconds() - 30.0).abs() < 1e-6, "{}", session.now().seconds());
    session.update(Action::Tick { wall_s: f64::NAN });
    session.update(Action::Tick { wall_s: -5.0 });
    assert!((session.now().seconds() - 30.0).abs() < 1e-6);
}

#[test]
fn a_tick_handles_no_more_events_than_its_budget() {
    let mut session = start();
    session.update(Action::SetSpeed(Speed::Max));
    session.update(Action::Play);
    session.update(Action::Tick { wall_s: 0.016 });
    let events = |s: &Session| s.simulation().map_or(0, |run| run.measures().report(run.now()).events);
    assert!(session.is_behind());
    // One event may have several facts.
    assert!(events(&session) <= 4 * TICK_EVENTS, "{}", events(&session));
}

/// A second of very many events is gone through in ticks.
#[test]
fn a_busy_second_is_sliced() {
    let mut busy = monday();
    busy.world.arrivals.curve = vec![(0.0, 100_000.0)];
    busy.world.duration = Span::from_seconds(1.5);
    let mut session = Session::new(design("queue-60"), busy, 7);
    for (until, then) in [(1.0, RunState::Paused), (1.5, RunState::Over)] {
        session.update(Action::StepSecond);
        assert!(session.is_seeking() || until > 1.0, "a full second is not done in one go");
        ticks(&mut session, 60);
        assert_eq!((session.now().seconds(), session.playback().state), (until, then));
    }
}

#[test]
fn a_design_with_errors_does_not_start_and_says_why() {
    let mut session = start();
    let edges = vec![("api".into(), "clinic".into())];
    session.update(Action::Edit { edit: Edit::Remove { nodes: vec![], edges }, burst: None });
    session.update(Action::Play);
    assert_eq!(session.playback().state, RunState::Ready);
    assert!(session.simulation().is_none());
    assert!(session.notice().is_some_and(|n| n.refused), "{:?}", session.notice());
}

#[test]
fn a_parameter_changed_midway_makes_an_exploration() {
    let mut session = start();
    session.update(Action::Play);
    ticks(&mut session, 30);
    set_threads(&mut session, 70.0);
    assert!(session.playback().exploration);
    assert_eq!(session.playback().state, RunState::Playing, "the run goes on");
    let changes = |s: &Session| s.simulation().map(|run| run.changes().len());
    assert_eq!(changes(&session), Some(1));
    session.update(Action::Undo);
    // At the same moment, the later change takes the place of the earlier one.
    let run = session.simulation().expect("a run");
    assert_eq!(changes(&session), Some(1));
    assert_eq!(
        run.changes()[0].params,
        run.network().stations[run.changes()[0].station].params,
        "undo takes effect now too"
    );
    ticks(&mut session, 30);
    session.update(Action::Redo);
    assert_eq!(changes(&session), Some(2));
    session.update(Action::Restart);
    assert!(!session.playback().exploration);
}

/// What the scenario gives stays as it is, so setting it changes nothing.
#[test]
fn a_given_parameter_does_not_touch_the_run() {
    let mut session = start();
    session.update(Action::Play);
    ticks(&mut session, 10);
    let edit = Edit::SetParam { node: "clinic".into(), path: "slots_per_clinic".into(), value: Value::Number(500.0) };
    session.update(Action::Edit { edit, burst: None });
    assert!(!session.playback().exploration);
}

#[test]
fn another_structure_ends_the_run_and_a_move_does_not() {
    let mut session = start();
    session.update(Action::Play);
    ticks(&mut session, 10);
    session.update(Action::Select { pick: Pick::Node("api".into()), add: false });
    session.update(Action::Press(KeyPress { key: "ArrowDown".into(), ctrl: false, shift: true }));
    session.update(Action::Edit { edit: Edit::Rename { node: "api".into(), label: Some("Desk".into()) }, burst: None });
    assert_eq!(session.playback().state, RunState::Playing);
    assert!(!session.playback().exploration);

    session.update(Action::Add(waiting_room::kinds::KindId::Queue));
    assert_eq!(session.playback().state, RunState::Ready);
    assert!(session.simulation().is_none() && session.verdict().is_none() && session.figures().is_none());
}

#[test]
fn another_seed_or_scenario_ends_the_run() {
    let mut session = start();
    session.update(Action::Play);
    ticks(&mut session, 3);
    session.update(Action::SetSeed(2));
    assert_eq!((session.playback().state, session.seed()), (RunState::Ready, 2));
    session.update(Action::StepSecond);
    assert_eq!(session.playback().state, RunState::Paused);
    session.update(Action::SetScenario(Box::new(builtin::scenario("outage").unwrap().clone())));
    assert_eq!(session.playback().state, RunState::Ready);
    assert_eq!(session.scenario().id, "outage");
}

#[test]
fn after_the_end_play_begins_a_new_run() {
    let mut session = start();
    session.update(Action::Play);
    finish(&mut session);
    let number = session.run_number();
    assert!(session.verdict().is_some_and(|v| v.is_final && !v.passed()), "the naive design fails");
    set_threads(&mut session, 80.0);
    assert!(session.playback().outdated && session.verdict().is_some(), "the result stays, marked as that of before");
    session.update(Action::Play);
    assert_eq!(session.run_number(), number + 1);
    assert!(!session.playback().outdated);
    assert_eq!(session.now().seconds(), 0.0);
}

/// Two thousand actions of every sort, from eight seeds: nothing panics, and what must always hold does.
#[test]
fn a_monkey_breaks_nothing() {
    for seed in 1..=8 {
        let mut session = start();
        let mut monkey = Monkey(seed);
        for _ in 0..2000 {
            let action = monkey.action(&session);
            session.update(action);
            check_invariants(&session);
        }
        while session.can_undo() {
            session.update(Action::Undo);
        }
        check_invariants(&session);
    }
}

fn check_invariants(session: &Session) {
    let design = session.design();
    assert!(session.selection().nodes.iter().all(|id| design.node(id).is_some()));
    assert!(session.selection().edges.iter().all(|(a, b)| design.edge(a, b).is_some()));
    assert!(design.edges.iter().all(|e| design.node(&e.from).is_some() && design.node(&e.to).is_some()));
    assert!(design.nodes.iter().all(|n| n.x.is_finite() && n.y.is_finite()));
    let view = session.view();
    assert!(view.x.is_finite() && view.y.is_finite() && view.zoom > 0.0);
    assert_eq!(session.simulation().is_none(), session.playback().state == RunState::Ready);
    if let Some(run) = session.simulation() {
        assert_eq!(run.network().stations.len(), design.nodes.len());
        assert_eq!(run.is_over(), session.playback().state == RunState::Over);
    }
}

/// A small generator of its own (splitmix64), so that the monkey does the same everywhere.
struct Monkey(u64);

/// What it presses.
const MONKEY_KEYS: &[&str] = &[
    "Escape",
    "Delete",
    "ArrowLeft",
    "ArrowDown",
    "Enter",
    "c",
    "a",
    "z",
    "y",
    "v",
    "d",
    "x",
    "t",
    "0",
    "1",
    "+",
    "-",
    "Q",
];

impl Monkey {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn point(&mut self) -> Point {
        match self.below(40) {
            0 => Point::new(f64::NAN, 1.0),
            1 => Point::new(1e300, -1e300),
            _ => Point::new(self.below(1500) as f64 - 50.0, self.below(800) as f64 - 50.0),
        }
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn value(&mut self) -> Value {
        match self.below(6) {
            0 => Value::Null,
            1 => Value::Text("demand".into()),
            2 => Value::Bool(true),
            3 => {
                Value::Map(vec![("policy".into(), Value::Text("fixed".into())), ("workers".into(), Value::Number(3.0))])
            }
            _ => Value::Number([-1.0, 0.0, 0.5, 1.0, 7.0, 90.0, 1e9][self.below(7)]),
        }
    }

    fn action(&mut self, session: &Session) -> Action {
        let design = session.design();
        let kind = self.of(KINDS).id;
        let node = match design.nodes.len() {
            0 => "nobody".into(),
            _ => self.of(&design.nodes).id.clone(),
        };
        let other = match design.nodes.len() {
            0 => "nobody".into(),
            _ => self.of(&design.nodes).id.clone(),
        };
        match self.below(34) {
            0..=9 => {
                let phase = *self.of(&[Phase::Down, Phase::Move, Phase::Move, Phase::Up, Phase::Cancel]);
                let button = *self.of(&[Button::Primary, Button::Primary, Button::Primary, Button::Pan, Button::Other]);
                let (id, add, touch) = (self.below(3) as i32, self.below(4) == 0, self.below(3) == 0);
                Action::Pointer(Pointer { phase, id, at: self.point(), button, add, touch })
            }
            10..=13 => {
                let key = (*self.of(MONKEY_KEYS)).to_owned();
                Action::Press(KeyPress { key, ctrl: self.below(2) == 0, shift: self.below(3) == 0 })
            }
            14 => Action::PickUp { kind, at: self.point() },
            15 => Action::Add(kind),
            16 => Action::Choose(kind),
            17 => Action::StartConnect(node),
            18 => Action::Edit { edit: Edit::Connect { from: node, to: other }, burst: None },
            19 => {
                let param = design.node(&node).and_then(|n| n.kind.kind().params.first()).map_or("none", |p| p.key);
                Action::Edit {
                    edit: Edit::SetParam { node, path: param.into(), value: self.value() },
                    burst: Some("b".into()),
                }
            }
            20 => Action::Edit {
                edit: Edit::SetWeight { from: node, to: other, weight: self.below(3) as f64 },
                burst: None,
            },
            21 => Action::FillGhost { from: node, to: other },
            22 => Action::Select { pick: Pick::Node(node), add: self.below(2) == 0 },
            23 => Action::Select { pick: Pick::Edge(node, other), add: false },
            24 => Action::Undo,
            25 => Action::Redo,
            26 => Action::Canvas { width: self.below(1400) as f64, height: self.below(700) as f64 },
            27 => Action::ZoomAt { at: self.point(), factor: [0.0, -1.0, f64::NAN, 0.5, 2.0, 1e9][self.below(6)] },
            28 => Action::Pan { dx: self.below(200) as f64 - 100.0, dy: self.below(200) as f64 - 100.0 },
            29 => Action::Play,
            30 => self.of(&[Action::Pause, Action::StepEvent, Action::StepSecond, Action::Restart]).clone(),
            31 => {
                self.of(&[Action::ToEnd, Action::SetSpeed(Speed::Times(1800)), Action::SetSeed(3), Action::Fit]).clone()
            }
            32 if self.below(8) == 0 => Action::Import(builtin::starting_design()),
            32 => Action::Do(*self.of(&[Command::Copy, Command::Paste, Command::Duplicate, Command::Tidy])),
            _ => Action::Tick { wall_s: 0.016 },
        }
    }
}
