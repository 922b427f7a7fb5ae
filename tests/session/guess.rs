//! The guess before a run: asked once, where a queue and workers are there for the first time; kept, skipped, compared with what came. And the
//! place behind a queue, which asks and names nothing.

use waiting_room::design::{Code, Edit};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Value};
use waiting_room::session::run::progress::Progress;
use waiting_room::session::run::sketch::Sketch;
use waiting_room::session::text::capacity;
use waiting_room::session::{Action, Gesture, Guess, Guesses, Guessing, RunState, Session};

fn opened(design: &str, watched: bool) -> Session {
    let design = builtin::design(design).expect("built in").design();
    let mut session = Session::new(design, builtin::scenario("monday").expect("built in").clone(), 1);
    let seen = watched.then(|| ("watch".to_owned(), String::new()));
    session.update(Action::SetProgress(Progress::read(seen, [])));
    session
}

fn to_the_end(session: &mut Session) {
    session.update(Action::ToEnd);
    while session.playback().state != RunState::Over {
        session.update(Action::Tick { wall_s: 0.1 });
    }
}

fn hill(peak: f64) -> Action {
    Action::Expect(Sketch::of([(0.0, 0.0), (3_000.0, peak), (9_000.0, 0.0)], 10_800.0))
}

#[test]
fn it_is_asked_after_the_first_run_and_once_a_queue_and_workers_are_there() {
    let mut session = opened("naive", false);
    assert!(!session.is_guessing() && !session.may_guess());
    to_the_end(&mut session);
    session.update(Action::Add(KindId::Queue));
    assert!(!session.is_guessing(), "nothing empties it yet");
    let ghost = session.ghosts()[0].clone();
    assert_eq!(ghost.words(), "What empties it?");
    assert!(session.notice().is_some_and(|notice| !notice.text.contains("onsumers")), "no part is named");
    session.update(Action::AskGhost { from: ghost.from, to: ghost.to });
    let Gesture::Choosing { kinds, .. } = session.gesture() else { panic!("{:?}", session.gesture()) };
    assert_eq!(kinds, &[KindId::Consumers]);
    session.update(Action::Choose(KindId::Consumers));
    assert!(session.ghosts().is_empty() && session.design().edges.len() == 4);
    assert!(session.is_guessing());
    session.update(Action::Play);
    assert!(!session.is_guessing());
    session.update(Action::Restart);
    assert!(!session.is_guessing(), "a run that began was an answer");
    assert_eq!(session.guesses().list(), [Guess { scenario: "monday".to_owned(), drawn: None, came: None }]);
    assert!(opened("queue-60", true).is_guessing() && !opened("queue-60", false).is_guessing());
}

/// What answers the question is not shown while it is asked: neither the capacity of the workers nor the warning about it.
#[test]
fn while_it_is_asked_nothing_answers_it() {
    let answers: [fn(&mut Session); 2] =
        [|session| session.update(Action::Guess(Guessing::PutAway)), |session| session.update(Action::Play)];
    for answer in answers {
        let mut session = opened("queue-60", true);
        let told = |session: &Session| {
            let node = session.design().node("consumers").expect("consumers");
            let rate = capacity::shown(session.analysis(), node, session.is_guessing()).0.is_some();
            let warned = session.shown_problems().iter().any(|problem| problem.code == Code::TooFewWorkers);
            (session.is_guessing(), rate, warned)
        };
        assert_eq!(told(&session), (true, false, false));
        let api = session.design().node("api").expect("the API");
        assert!(capacity::shown(session.analysis(), api, true).0.is_some(), "that is another question");
        answer(&mut session);
        assert_eq!(told(&session), (false, true, true));
    }
}

/// What becomes of failed calls is told once a run has had some: a Monday has none.
#[test]
fn failed_calls_are_spoken_of_once_there_were_some() {
    let spoken = |session: &Session| {
        let failures = [Code::NoJitter, Code::NoDeadLetters, Code::NoBreaker, Code::TimeoutBelowReply];
        session.problems().iter().any(|problem| failures.contains(&problem.code))
    };
    let mut session = opened("naive", false);
    to_the_end(&mut session);
    session.update(Action::Add(KindId::Queue));
    let ghost = session.ghosts()[0].clone();
    session.update(Action::AskGhost { from: ghost.from, to: ghost.to });
    session.update(Action::Choose(KindId::Consumers));
    session.update(Action::Rest { wall_s: 10.0 });
    assert!(!spoken(&session), "{:?}", session.problems());
    to_the_end(&mut session);
    assert!(!spoken(&session), "{:?}", session.problems());
    session.update(Action::SetScenario(builtin::scenario("outage").expect("built in").clone().into()));
    assert!(!spoken(&session), "{:?}", session.problems());
    to_the_end(&mut session);
    assert!(spoken(&session), "{:?}", session.problems());
}

#[test]
fn it_stays_until_it_is_answered_and_is_compared_with_the_first_run_after_it() {
    let mut session = opened("queue-60", true);
    session.update(hill(4_000.0));
    assert!(session.is_guessing() && !session.has_guessed(), "still being drawn");
    session.update(hill(4_850.0));
    session.update(Action::Guess(Guessing::PutAway));
    assert!(!session.is_guessing() && session.has_guessed());
    to_the_end(&mut session);
    let [guess] = session.guesses().list() else { panic!("one guess") };
    let came = guess.came.expect("a run");
    assert!(guess.drawn == Some(4_850) && came > 10_000, "{guess:?}");
    let told = session.finished().expect("a result").review.guess.clone().expect("words");
    assert!(told.starts_with("You drew") && told.ends_with("waited."), "{told}");
    assert!(session.log().iter().any(|line| line.text == "The backlog passes your guess."));
    // Another run of another design leaves it as it was.
    let more = Edit::SetParam { node: "consumers".into(), path: "scaling.workers".into(), value: Value::Number(88.0) };
    session.update(Action::Edit { edit: more, burst: None });
    to_the_end(&mut session);
    assert_eq!(session.guesses().list()[0].came, Some(came));
    let told = session.finished().expect("a result").review.guess.clone().expect("words");
    assert!(told.contains("This time it was"), "{told}");
}

#[test]
fn it_can_be_wanted_again_but_not_in_a_run() {
    let mut session = opened("queue-60", false);
    session.update(Action::Guess(Guessing::Ask));
    assert!(session.is_guessing());
    session.update(Action::Guess(Guessing::PutAway));
    session.update(Action::Play);
    session.update(Action::Guess(Guessing::Ask));
    assert!(!session.is_guessing() && session.notice().is_some_and(|notice| notice.refused));
}

#[test]
fn what_is_stored_is_bounded() {
    let many = (0..1_000).map(|at| Guess { scenario: at.to_string(), drawn: None, came: None });
    assert_eq!(Guesses::read(many).list().len(), waiting_room::session::run::guess::MOST);
}
