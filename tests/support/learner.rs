//! A learner at a session, for tests: the kata's designs and scenarios by name, one number set, and the run let go on.

use std::sync::Arc;

use engine::Simulation;
use engine::sim::time::{Span, Time};
use waiting_room::design::{Design, Edit, file};
use waiting_room::kata::{Scenario, Verdict, builtin};
use waiting_room::kinds::Value;
use waiting_room::session::{Action, RunState, Session};

pub fn design(id: &str) -> Design {
    let found = builtin::designs().iter().find(|d| d.id == id).expect(id);
    file::read(&found.file).expect("a built-in design is good")
}

pub fn scenario(id: &str) -> Scenario {
    builtin::scenario(id).expect("a scenario").clone()
}

/// A scenario cut to so many seconds, so that many runs fit into a test.
pub fn cut(id: &str, seconds: f64) -> Scenario {
    let mut scenario = scenario(id);
    scenario.world.duration = Span::from_seconds(seconds);
    scenario
}

/// Ticks until nothing more is wanted; a run that plays is over then.
pub fn settle(session: &mut Session) {
    for _ in 0..10_000 {
        if !session.wants_ticks() {
            return;
        }
        session.update(Action::Tick { wall_s: 1.0 / 60.0 });
    }
    panic!("it does not settle: {:?}", session.playback());
}

/// Lets the run go to its end; says its digest.
pub fn finish(session: &mut Session) -> String {
    session.update(Action::ToEnd);
    settle(session);
    assert_eq!(session.playback().state, RunState::Over);
    digest(session)
}

pub fn digest(session: &Session) -> String {
    session.simulation().expect("a run").measures().digest()
}

/// Sets one number, as one undo step.
pub fn set(session: &mut Session, node: &str, path: &str, value: f64) {
    let edit = Edit::SetParam { node: node.into(), path: path.into(), value: Value::Number(value) };
    session.update(Action::Edit { edit, burst: None });
}

/// A verdict as the report alone gives it: without the moments at which goals were missed.
pub fn without_moments(verdict: &Verdict) -> Verdict {
    verdict.clone().with_missed(|_| None)
}

/// The last words for the learner.
pub fn said(session: &Session) -> &str {
    session.notice().map_or("", |n| n.text.as_str())
}

/// A session on a Monday with a built-in design and seed 7.
pub fn session(id: &str) -> Session {
    Session::new(design(id), scenario("monday"), 7)
}

/// Goes to a moment and waits for the arrival.
pub fn seek(session: &mut Session, seconds: f64) {
    session.update(Action::Seek(seconds));
    while session.is_seeking() {
        session.update(Action::Tick { wall_s: 1.0 / 60.0 });
    }
    let duration = session.playback().duration.seconds();
    assert_eq!(session.now(), Time::from_seconds(seconds.clamp(0.0, duration)));
}

/// The run of a built-in design on a Monday, from start to end without an action in between.
pub fn straight(id: &str, seed: u64) -> Simulation {
    let network = scenario("monday").compile(&design(id)).expect("it compiles");
    let mut run = Simulation::new(Arc::new(network), seed);
    run.run_to_end();
    run
}
