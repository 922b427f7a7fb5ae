//! The moment of loss: said once, one at a time; held with what did it and whom it met; let go by whatever goes on. And the first success.

use waiting_room::design::{Edit, NodeId};
use waiting_room::format::count;
use waiting_room::kata::builtin;
use waiting_room::kinds::Value;
use waiting_room::session::run::loss::FLAG_S;
use waiting_room::session::text::crowd::crowds;
use waiting_room::session::{Action, LogKind, Pick, RunState, Session, Speed};

fn opened(design: &str, scenario: &str) -> Session {
    let design = builtin::design(design).expect("built in").design();
    Session::new(design, builtin::scenario(scenario).expect("built in").clone(), 1)
}

fn ticks_until(session: &mut Session, done: impl Fn(&Session) -> bool) {
    for _ in 0..100_000 {
        if done(session) {
            return;
        }
        session.update(Action::Tick { wall_s: 0.1 });
    }
    panic!("it never comes to that");
}

fn to_the_end(session: &mut Session) {
    session.update(Action::ToEnd);
    ticks_until(session, |session| session.playback().state == RunState::Over);
}

#[test]
fn a_flag_is_said_once_and_the_next_waits_for_it() {
    let mut session = opened("naive", "monday");
    session.update(Action::SetSpeed(Speed::Times(300)));
    session.update(Action::Play);
    ticks_until(&mut session, |session| session.flag().is_some());
    let first = session.flag().expect("a flag").clone();
    assert!(first.text.as_bytes()[2] == b':' && first.text.as_bytes()[5] == b':', "{}", first.text);
    let ticks = (FLAG_S / 0.1) as usize;
    for _ in 0..ticks - 1 {
        session.update(Action::Tick { wall_s: 0.1 });
        assert_eq!(session.flag(), Some(&first), "nobody is told faster");
    }
    let mut told = vec![first.text];
    while session.playback().state == RunState::Playing {
        session.update(Action::Tick { wall_s: 0.1 });
        let text = session.flag().map(|flag| flag.text.clone());
        told.extend(text.filter(|text| told.last() != Some(text)));
    }
    let all = told.len();
    told.sort();
    told.dedup();
    assert_eq!(told.len(), all, "each once: {told:?}");
    assert_eq!(session.flag(), None, "a finished run keeps the mark, not the flag");
    assert!(session.log().iter().any(|line| line.what == LogKind::Missed));
}

#[test]
fn a_moment_is_held_with_what_did_it_and_whom_it_met() {
    let mut session = opened("retry-storm", "slow-clinic");
    to_the_end(&mut session);
    let twice = session.log().into_iter().find(|line| line.text.contains("made twice")).expect("a double booking");
    session.update(Action::FreezeAt(twice.at.seconds()));
    ticks_until(&mut session, |session| !session.is_seeking());
    let frozen = session.frozen().expect("held").clone();
    assert_eq!((frozen.at, frozen.missed.as_deref()), (twice.at, Some("A booking was made twice.")));
    assert_eq!(frozen.lit, ["consumers", "clinic"].map(NodeId::from));
    let reason = frozen.reason.clone().expect("a reason");
    assert!(reason.contains("waiting stopped after 2.5") && reason.contains("did not"), "{reason}");
    ticks_until(&mut session, |session| session.frozen().is_some_and(|frozen| frozen.story.is_some()));
    assert!(session.story().is_none() && session.telling().is_none(), "no dialog opens for it");
    let story = session.frozen().and_then(|frozen| frozen.story.clone()).expect("a story");
    assert!(story.from < twice.at && story.to <= twice.at, "told up to that moment");
    session.update(Action::Fork);
    assert!(session.frozen().is_none() && session.playback().forked == Some(twice.at));
}

/// Whoever looks at a component that has no part in what is held sees one that has; what has a part in it stays.
#[test]
fn what_is_looked_at_has_a_part_in_what_is_held() {
    for (looked_at, then) in [("api", "consumers"), ("clinic", "clinic")] {
        let mut session = opened("retry-storm", "slow-clinic");
        to_the_end(&mut session);
        let twice = session.log().into_iter().find(|line| line.text.contains("made twice")).expect("a double booking");
        session.update(Action::Select { pick: Pick::Node(looked_at.into()), add: false });
        session.update(Action::FreezeAt(twice.at.seconds()));
        ticks_until(&mut session, |session| !session.is_seeking());
        assert_eq!(session.selection().only_node(), Some(&NodeId::from(then)), "{looked_at}");
    }
}

#[test]
fn it_thaws_when_anything_goes_on() {
    let held = || {
        let mut session = opened("naive", "monday");
        to_the_end(&mut session);
        session.update(Action::FreezeAt(2_400.0));
        ticks_until(&mut session, |session| !session.is_seeking());
        assert!(session.frozen().is_some());
        session
    };
    let ways: [fn() -> Action; 6] = [
        || Action::Play,
        || Action::Seek(1_000.0),
        || Action::Restart,
        || Action::Thaw,
        || Action::Add(waiting_room::kinds::KindId::Queue),
        || Action::StepSecond,
    ];
    for way in ways {
        let mut session = held();
        session.update(way());
        assert!(session.frozen().is_none(), "{:?}", way());
    }
    let mut session = held();
    session.update(Action::SelectAll);
    assert!(session.frozen().is_some(), "looking at a part leaves it");
    session.update(Action::FreezeAt(f64::NAN));
    assert!(session.frozen().is_some());
}

#[test]
fn those_by_whom_a_goal_is_missed_are_known_while_it_is() {
    let mut session = opened("naive", "monday");
    session.update(Action::Play);
    session.update(Action::Seek(2_040.0));
    ticks_until(&mut session, |session| !session.is_seeking());
    assert_eq!(session.blamed(), ["api"].map(NodeId::from));
    let mut good = opened("par", "monday");
    good.update(Action::Play);
    good.update(Action::Seek(2_040.0));
    ticks_until(&mut good, |session| !session.is_seeking());
    assert!(good.blamed().is_empty());
}

#[test]
fn the_first_success_is_told_beside_the_same_moment_of_the_run_before() {
    let mut session = opened("naive", "monday");
    to_the_end(&mut session);
    assert!(session.success().is_none());
    session.update(Action::Import(builtin::design("queue-60").expect("built in").design()));
    to_the_end(&mut session);
    let success = session.success().expect("an answer in time");
    assert!(success.ms < 200.0 && success.was_ms > 10_000.0 && success.first, "{success:?}");
    let (figure, rest) = success.words(27_000.0);
    assert!(figure.ends_with("ms") && rest.starts_with("to hear yes at 08:") && rest.ends_with('.'), "{figure} {rest}");
    assert!(session.progress().has_step("gap"));
    // An edit ends it, and so does the next run, which has nothing to beat any more.
    let mut edited = opened("naive", "monday");
    to_the_end(&mut edited);
    edited.update(Action::Import(builtin::design("queue-60").expect("built in").design()));
    to_the_end(&mut edited);
    assert!(edited.success().is_some());
    let edit = Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(65.0) };
    edited.update(Action::Edit { edit, burst: None });
    assert_eq!(edited.success(), None);
    session.update(Action::Restart);
    to_the_end(&mut session);
    assert_eq!(session.success(), None, "said once");
    // Another bad run is something to beat again.
    for design in ["naive", "queue-60"] {
        session.update(Action::Import(builtin::design(design).expect("built in").design()));
        to_the_end(&mut session);
    }
    assert!(session.success().is_some_and(|success| !success.first), "the first once in a learner's life");
    session.update(Action::SetScenario(Box::new(builtin::scenario("outage").expect("built in").clone())));
    to_the_end(&mut session);
    assert!(session.success().is_none(), "another morning is nothing to beat");
    session.update(Action::SetScenario(Box::new(builtin::scenario("monday").expect("built in").clone())));
    for design in ["naive", "queue-60"] {
        session.update(Action::Import(builtin::design(design).expect("built in").design()));
        to_the_end(&mut session);
    }
    assert!(session.success().is_some());
    session.update(Action::PutSuccessAway);
    assert_eq!(session.success(), None, "it is put away");
}

/// The result of a run whose threads ran out leads to the moment at which all were taken, as the log has it; there the sentence is true, and
/// those turned away are as many as the stage shows: people, not tries.
#[test]
fn what_is_shown_of_threads_is_shown_when_all_are_taken() {
    let mut session = opened("naive", "monday");
    to_the_end(&mut session);
    let review = session.finished().expect("a result").review.clone();
    assert!(review.bottleneck.text.contains("all 64 threads were taken"), "{}", review.bottleneck.text);
    let line = session.log().into_iter().find(|line| line.text.contains("all 64 threads are taken")).expect("a line");
    assert_eq!(review.moment, Some(line.at));
    session.update(Action::FreezeAt(line.at.seconds()));
    ticks_until(&mut session, |session| !session.is_seeking());
    let frozen = session.frozen().expect("held").clone();
    assert_eq!(frozen.missed.as_deref(), Some("More than 1 in 20 not acknowledged within 200\u{a0}ms."));
    assert!(frozen.reason.as_ref().is_some_and(|reason| reason.contains("64 of 64 threads")), "{frozen:?}");

    let away = session.log().into_iter().find(|line| line.text.contains("1 in 1\u{202f}000 turned away"));
    session.update(Action::FreezeAt(away.expect("too many").at.seconds()));
    ticks_until(&mut session, |session| !session.is_seeking());
    let figures = session.figures().expect("a run");
    let away = crowds(session.design(), figures)[0].away;
    let reason = session.frozen().and_then(|frozen| frozen.reason.clone()).expect("a reason");
    let tries = session.live().expect("a run").stations[1].failed;
    assert!(away > 0 && tries > away, "{tries} tries, {away} patients");
    assert!(reason.contains(&format!(" {} were turned away so far.", count(away))), "{reason}");
}

/// Threads enough: nobody is turned away, so it is said what each answer waits for, at the moment at which the goal was missed.
#[test]
fn where_threads_suffice_the_call_is_what_is_waited_for() {
    let mut design = builtin::design("naive").expect("built in").design();
    let edit = Edit::SetParam { node: "api".into(), path: "instances".into(), value: Value::Number(3.0) };
    design = edit.apply(&design).expect("within its range");
    let mut session = Session::new(design, builtin::scenario("monday").expect("built in").clone(), 1);
    to_the_end(&mut session);
    let review = session.finished().expect("a result").review.clone();
    let text = review.bottleneck.text.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(text.contains("each answer waits for a call of 1.0–3.0 s") && !text.contains("threads"), "{text}");
    assert_eq!(review.moment, session.first_missed());
}
