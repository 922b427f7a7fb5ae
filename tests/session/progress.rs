//! What the learner has seen ticks itself, and a design that passes all four scenarios has mastered the kata.

use waiting_room::design::{Design, Edit, file};
use waiting_room::kata::builtin;
use waiting_room::kata::builtin::checklist;
use waiting_room::kata::stars::stars;
use waiting_room::kinds::Value;
use waiting_room::session::run::progress::Progress;
use waiting_room::session::{Action, RunState, Session};
use waiting_room::share;

fn design(id: &str) -> Design {
    let found = builtin::designs().iter().find(|d| d.id == id).expect("built in");
    file::read(&found.file).expect("good")
}

fn session(id: &str, scenario: &str) -> Session {
    Session::new(design(id), builtin::scenario(scenario).expect("built in").clone(), 1)
}

fn to_the_end(session: &mut Session) {
    session.update(Action::ToEnd);
    while session.playback().state != RunState::Over {
        session.update(Action::Tick { wall_s: 0.1 });
    }
}

fn ticked(session: &Session) -> Vec<&str> {
    session.progress().seen().iter().map(|(id, _)| id.as_str()).collect()
}

/// After the first steps one more at a time: all goals, by a run that counts; then all scenarios.
#[test]
fn after_the_first_steps_there_is_one_more_at_a_time() {
    let told = |session: &Session| {
        let done = |step: &waiting_room::kata::brief::Step| session.progress().has_step(&step.id);
        builtin::brief().steps_told(done).map(|(_, step)| step.id.as_str()).collect::<Vec<_>>()
    };
    let first = session("naive", "monday");
    assert_eq!(told(&first), ["watch"]);
    let mut open = session("queue-60", "monday");
    to_the_end(&mut open);
    assert_eq!(told(&open), ["watch", "between", "gap", "hold"]);
    let mut passed = session("demand-breaker", "monday");
    to_the_end(&mut passed);
    assert_eq!(told(&passed), ["watch", "between", "gap", "hold", "one-design"]);
    assert!(passed.progress().has_step("hold") && !passed.progress().has_step("one-design"));
}

#[test]
fn a_run_ticks_what_it_has_shown_and_the_tick_stays() {
    let mut session = session("naive", "monday");
    assert_eq!(ticked(&session), [] as [&str; 0]);
    session.update(Action::Play);
    session.update(Action::Tick { wall_s: 0.1 });
    assert_eq!(ticked(&session), [] as [&str; 0], "a run under way has shown nothing yet");
    to_the_end(&mut session);
    assert_eq!(ticked(&session), ["waited", "watch"]);
    let figure = session.progress().figure("waited").expect("ticked").replace('\u{a0}', " ");
    assert_eq!(figure, "95 % heard back within 20 s");
    session.update(Action::Restart);
    assert_eq!(ticked(&session), ["waited", "watch"]);
}

/// The first steps: the morning watched, a queue put in as soon as it stands there, the gap opened by a run.
#[test]
fn the_first_steps_tick_themselves_off() {
    let mut session = session("naive", "monday");
    let steps = |session: &Session| {
        let all = builtin::brief().steps.iter();
        all.filter(|step| session.progress().has_step(&step.id)).map(|step| step.id.as_str()).collect::<Vec<_>>()
    };
    to_the_end(&mut session);
    assert_eq!(steps(&session), ["watch"]);
    session.update(Action::FillGhost { from: "api".into(), to: "clinic".into() });
    session.update(Action::Add(waiting_room::kinds::KindId::Queue));
    assert_eq!(steps(&session), ["watch", "between"]);
    session.update(Action::Undo);
    assert_eq!(steps(&session), ["watch", "between"], "a tick stays");
    let mut done = self::session("demand", "monday");
    done.update(Action::SetProgress(Progress::default()));
    assert_eq!(steps(&done), ["between"], "a design that was opened has made its step");
    to_the_end(&mut done);
    assert_eq!(steps(&done), ["watch", "between", "gap", "hold"]);
}

#[test]
fn a_run_changed_midway_passes_nothing() {
    let mut changed = session("demand-breaker", "monday");
    changed.update(Action::StepSecond);
    let edit = Edit::SetParam { node: "consumers".into(), path: "attempts".into(), value: Value::Number(5.0) };
    changed.update(Action::Edit { edit, burst: None });
    to_the_end(&mut changed);
    assert!(changed.playback().exploration && changed.verdict().is_some_and(|v| v.passed()));
    assert!(
        !ticked(&changed).iter().any(|id| ["passed", "hold"].contains(id)) && ticked(&changed).contains(&"in-check"),
        "{:?}",
        ticked(&changed)
    );
}

#[test]
fn what_was_kept_comes_back_and_what_is_unknown_does_not() {
    let pair = |id: &str, figure: &str| (id.to_owned(), figure.to_owned());
    let kept = [pair("waited", "3 s"), pair("flew", "1"), pair("waited", "4 s"), pair("storm", &"x".repeat(10_000))];
    let progress = Progress::read(kept, []);
    assert_eq!(progress.figure("waited"), Some("3 s"));
    assert_eq!(progress.figure("flew"), None);
    assert!(progress.figure("storm").is_some_and(|f| f.len() < 100));
    assert!(progress.seen().len() <= checklist().len());
}

/// The same design by parameters and connections, wherever its parts stand and whatever they are called.
#[test]
fn mastery_is_of_one_and_the_same_design() {
    let mut session = session("demand-breaker", "monday");
    let passed = |session: &Session| -> Vec<&str> {
        let ids = builtin::scenarios().iter().map(|s| s.id.as_str());
        ids.filter(|id| session.runs().has_passed(session.design(), id)).collect()
    };
    for scenario in builtin::scenarios() {
        session.update(Action::SetScenario(Box::new(scenario.clone())));
        to_the_end(&mut session);
    }
    assert_eq!(passed(&session), ["monday", "slow-clinic", "outage", "flu-season"]);
    let label = Edit::Rename { node: "queue".into(), label: Some("Waiting room".into()) };
    session.update(Action::Edit { edit: label, burst: None });
    session.update(Action::Edit { edit: Edit::Move { nodes: vec!["queue".into()], dx: 8.0, dy: 0.0 }, burst: None });
    assert_eq!(passed(&session).len(), 4, "a name and a place change nothing");
    let edit = Edit::SetParam { node: "consumers".into(), path: "attempts".into(), value: Value::Number(5.0) };
    session.update(Action::Edit { edit, burst: None });
    assert_eq!(passed(&session), [] as [&str; 0], "another design has yet to pass");
}

/// Beside a design that passes stand the figures of its own runs, not of one before.
#[test]
fn a_run_that_passes_shows_its_own_figures() {
    let mut session = self::session("demand-breaker", "monday");
    to_the_end(&mut session);
    let of = |session: &Session| session.progress().figure("in-check").expect("ticked").to_owned();
    let first = of(&session);
    session.update(Action::Import(design("par")));
    to_the_end(&mut session);
    let passed = of(&session);
    assert!(session.verdict().is_some_and(|verdict| verdict.passed()) && passed != first, "{first} {passed}");
    session.update(Action::Import(design("queue-60")));
    to_the_end(&mut session);
    assert_eq!(of(&session), passed, "one that does not pass changes nothing");
}

/// What there is to take away stands there once a run has shown it, with that run's figure; so do the words that would name a remedy.
#[test]
fn what_there_is_to_take_away_comes_after_the_fact() {
    let earned = |session: &Session| {
        let brief = builtin::brief();
        let points = brief.learn.iter().filter_map(|point| session.progress().earned(point).map(str::to_owned));
        points.map(|figure| figure.replace(['\u{a0}', '\u{202f}'], " ")).collect::<Vec<_>>()
    };
    let lists = |session: &Session, term: &str| {
        let term = builtin::glossary().iter().find(|other| other.term == term).expect(term);
        session.progress().lists(term)
    };
    let mut session = self::session("naive", "monday");
    to_the_end(&mut session);
    assert_eq!(earned(&session), [] as [String; 0]);
    assert_eq!(
        ["slot", "turned away", "queue", "breaker"].map(|term| lists(&session, term)),
        [true, true, false, false]
    );
    let mut session = self::session("demand-breaker", "outage");
    to_the_end(&mut session);
    let figures = earned(&session);
    assert_eq!(
        figures,
        ["84 ms to hear yes", "25 417 messages", "90 workers at most, £9.65", "the breaker opened 20 ×"]
    );
    assert_eq!(["queue", "breaker"].map(|term| lists(&session, term)), [true; 2]);
}

/// Stars are of one design: lost by an edit, told apart from never had; Mondays stay with the runs that passed; the least cost with the learner.
#[test]
fn stars_are_of_one_design_and_the_best_cost_is_the_learners() {
    let mut session = session("demand-breaker", "monday");
    to_the_end(&mut session);
    let monday = &builtin::scenarios()[0];
    let own = |session: &Session| stars(monday, session.runs().shown(session.design(), "monday"));
    assert_eq!(own(&session), 1, "one run that passes");
    let mondays = |passed| Action::Mondays {
        design: design("demand-breaker").into(),
        scenario: "monday".into(),
        passed,
        played: 50,
    };
    session.update(mondays(44));
    assert_eq!(own(&session), 1);
    session.update(mondays(50));
    assert_eq!(own(&session), 2, "£9.49 is above par");
    let text = share::seal::sealed(&share::runs::write(session.runs()), 1);
    let kept = share::runs::read(&text).expect("read").runs;
    assert_eq!(kept.shown(session.design(), "monday"), session.runs().shown(session.design(), "monday"));
    let best = session.progress().best("monday").expect("a passed run");
    assert!((9.0..10.0).contains(&best), "{best}");
    let edit = Edit::SetParam { node: "consumers".into(), path: "attempts".into(), value: Value::Number(5.0) };
    session.update(Action::Edit { edit, burst: None });
    assert_eq!((own(&session), session.runs().most_stars(monday)), (0, 2), "another design has yet to be run");
    let again = Progress::read([], [("monday".to_owned(), best), ("monday".to_owned(), 99.0), ("may".to_owned(), 1.0)]);
    assert_eq!(again.bests(), [("monday".to_owned(), best)]);
}
