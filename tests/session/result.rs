//! The result of a run: it stays until the next run begins, is about the run's own design, and its question takes notes.

use crate::support;

use std::rc::Rc;

use support::learner::{cut, design, finish, said, seek, set, settle};
use waiting_room::design::Edit;
use waiting_room::kinds::KindId;
use waiting_room::record::notes::{Asked, Ended, MAX_LETTERS, MOST_NOTES};
use waiting_room::record::{Note, Notes};
use waiting_room::session::{Action, Finished, NoteAction, Session};

/// The first 40 minutes of a Monday: the rush has begun.
fn over(id: &str) -> Session {
    let mut session = Session::new(design(id), cut("monday", 2_400.0), 1);
    finish(&mut session);
    session
}

fn result(session: &Session) -> Rc<Finished> {
    session.finished().expect("a result").clone()
}

fn write(session: &mut Session, id: &str, text: &str) {
    session.update(Action::Note(NoteAction::Write { id: id.to_owned(), text: text.to_owned() }));
}

/// The result of the first run is that of its own design, whatever is done to the diagram, the seed, the scenario or the play head; the next
/// run's beginning ends it, and its end brings another.
#[test]
fn the_result_stays_until_the_next_run_begins() {
    let mut session = over("naive");
    let first = result(&session);
    assert!(first.review.help.is_some() && !first.passed());
    assert!(first.has_design(session.design()));
    session.update(Action::Edit { edit: Edit::Move { nodes: vec!["api".into()], dx: 80.0, dy: 0.0 }, burst: None });
    assert!(first.has_design(session.design()), "places mean nothing to a run");
    set(&mut session, "api", "threads", 3.0);
    assert_eq!(result(&session), first);
    assert!(!first.has_design(session.design()));
    session.update(Action::Add(KindId::Queue));
    assert!(session.is_stale() && session.series().is_some(), "what was seen stays, as that of before");
    assert_eq!(result(&session), first);
    session.update(Action::SetSeed(2));
    session.update(Action::Restart);
    assert_eq!(result(&session), first);
    session.update(Action::Undo);
    session.update(Action::Play);
    assert!(session.finished().is_none(), "the next run has begun");
    finish(&mut session);
    let second = result(&session);
    assert!(second.number > first.number && second.digest != first.digest);
}

/// Going back and on to the end is the same run with the same result; a change on the way is another run, which has none until its end.
#[test]
fn looking_back_is_no_new_run_and_a_fork_is() {
    let mut session = over("queue-60");
    let first = result(&session);
    seek(&mut session, 1_900.0);
    assert_eq!(result(&session), first);
    finish(&mut session);
    assert!(Rc::ptr_eq(&result(&session), &first));
    seek(&mut session, 1_900.0);
    set(&mut session, "consumers", "scaling.workers", 200.0);
    assert!(session.finished().is_none());
    finish(&mut session);
    assert!(result(&session).is_exploration());
}

/// A run that was changed midway: no help, as there is no one design; the bottleneck with figures, and how it stood at the change and at the
/// end, which are those of the series.
#[test]
fn an_exploration_is_told_what_its_change_met() {
    let mut session = Session::new(design("queue-60"), cut("monday", 3_000.0), 1);
    seek(&mut session, 2_400.0);
    let met = session.live().expect("a run").backlog;
    set(&mut session, "consumers", "scaling.workers", 90.0);
    finish(&mut session);
    let finished = result(&session);
    assert!(finished.is_exploration() && !finished.passed());
    assert!(finished.has_design(session.design()), "the design that the run had at its end");
    let review = &finished.review;
    assert_eq!(review.help, None);
    assert!(review.bottleneck.text.contains(|c: char| c.is_ascii_digit()), "{}", review.bottleneck.text);
    let [change, end] = review.levels.as_slice() else { panic!("{:?}", review.levels) };
    assert_eq!((change.clock.as_str(), change.change.as_str()), ("08:10", "Consumers: workers 60 → 90"));
    assert_eq!((change.level.backlog, change.level.workers), (met, 60));
    let last = session.series().and_then(|s| s.bins.last().cloned()).expect("bins");
    assert_eq!((end.clock.as_str(), end.level.backlog, end.level.workers), ("08:20", last.backlog, 90));
    assert_eq!(end.level.confirmed_p95_ms, last.end_to_end.p95_ms);
    assert!(review.question.iter().all(|q| q.ended == Ended::Exploration));
}

/// Who stands in line for a thread waits too, though no message does.
#[test]
fn an_exploration_tells_of_the_line_before_the_threads() {
    let mut session = Session::new(design("naive"), cut("monday", 2_400.0), 1);
    seek(&mut session, 1_900.0);
    let line = session
        .series()
        .and_then(|s| s.bins.iter().rfind(|bin| bin.to.seconds() <= 1_900.0))
        .expect("a bin")
        .api_waiting;
    set(&mut session, "api", "instances", 3.0);
    finish(&mut session);
    let level = result(&session).review.levels[0].level;
    assert!(line > 100 && (level.in_line, level.backlog) == (line, 0), "{level:?}");
}

/// Of many changes the first are listed and the rest counted.
#[test]
fn many_changes_are_counted() {
    let mut session = Session::new(design("queue-60"), cut("monday", 1_800.0), 1);
    for n in 1..=7_u32 {
        seek(&mut session, f64::from(n) * 200.0);
        set(&mut session, "consumers", "scaling.workers", 60.0 + f64::from(n));
    }
    finish(&mut session);
    let review = &result(&session).review;
    assert_eq!((review.levels.len(), review.more_changes), (5, 3));
}

/// A note is found again in the result of the same run, and nowhere in another's.
#[test]
fn a_note_is_found_again() {
    let mut session = over("naive");
    let asked = result(&session).review.question.clone().expect("a question");
    assert!(asked.question.contains(|c: char| c.is_ascii_digit()), "{}", asked.question);
    write(&mut session, &asked.id(), "Only the answer.\r\nNot the work.");
    assert_eq!(session.notes().get(&asked.id()).expect("kept").text, "Only the answer.\nNot the work.");
    // The same again.
    session.update(Action::Restart);
    finish(&mut session);
    assert_eq!(result(&session).review.question.as_ref().expect("a question").id(), asked.id());
    // Another design: another run.
    set(&mut session, "api", "threads", 65.0);
    session.update(Action::Restart);
    finish(&mut session);
    assert_ne!(result(&session).review.question.as_ref().expect("a question").id(), asked.id());
    assert_eq!(session.notes().written().count(), 1);
    write(&mut session, "0123456789abcdef", "to no question");
    assert_eq!(session.notes().written().count(), 1);
}

/// A note's run says what was changed since the run before it, all of it and not as its name does; the first run has nothing before it.
#[test]
fn a_question_says_what_was_changed_for_its_run() {
    let mut session = Session::new(design("queue-60"), cut("monday", 2_400.0), 1);
    let changed = |session: &mut Session| {
        finish(session);
        result(session).review.question.clone().expect("a question").changed.clone()
    };
    assert_eq!(changed(&mut session), None);
    set(&mut session, "consumers", "scaling.workers", 2.0);
    set(&mut session, "consumers", "attempts", 5.0);
    set(&mut session, "api", "threads", 33.0);
    session.update(Action::Restart);
    let told = changed(&mut session).expect("three changes");
    assert_eq!(told.matches(" → ").count(), 3, "{told}");
    assert!(session.runs().list()[0].name.ends_with("and 1 more"), "{}", session.runs().list()[0].name);
    set(&mut session, "consumers", "attempts", 4.0);
    session.update(Action::Restart);
    session.update(Action::Seek(300.0));
    settle(&mut session);
    set(&mut session, "consumers", "scaling.workers", 3.0);
    let told = changed(&mut session).expect("two changes");
    assert!(told.starts_with("Attempts 5 → 4; midway: workers 2 → 3"), "{told}");
}

/// Deleting can be taken back, also after something was written to the same question: then both stay. An empty field is nothing to bring back.
#[test]
fn deleting_a_note_can_be_taken_back() {
    let mut session = over("naive");
    let asked = result(&session).review.question.clone().expect("a question");
    let id = asked.id();
    write(&mut session, &id, "first");
    session.update(Action::Note(NoteAction::Delete(id.clone())));
    assert!(session.notes().list().is_empty() && session.deleted_note().is_some());
    session.update(Action::Note(NoteAction::BringBack));
    assert_eq!(session.notes().get(&id).expect("back").text, "first");
    assert!(session.deleted_note().is_none());
    session.update(Action::Note(NoteAction::Delete(id.clone())));
    write(&mut session, &id, "second");
    session.update(Action::Note(NoteAction::BringBack));
    let texts: Vec<&str> = session.notes().list().iter().map(|n| n.text.as_str()).collect();
    assert_eq!(texts, ["first", "second"]);
    write(&mut session, &id, " ");
    session.update(Action::Note(NoteAction::Delete(id)));
    assert!(session.deleted_note().is_none());
}

/// A full list takes no new note, says so, and goes on taking what is written to old ones; no note has more letters than allowed.
#[test]
fn notes_are_bounded_and_none_makes_room_for_another() {
    let mut session = over("naive");
    let asked = result(&session).review.question.clone().expect("a question");
    let other = |n: usize| Note {
        asked: Rc::new(Asked { question: format!("Question {n}?"), ..(*asked).clone() }),
        conflict: 0,
        text: format!("{n}"),
    };
    session.update(Action::TakeNotes(Notes::new((0..MOST_NOTES).map(other)), 0));
    assert!(session.notes().is_full());
    write(&mut session, &asked.id(), "one more");
    assert!(said(&session).starts_with("100 notes are kept"), "{}", said(&session));
    assert_eq!(session.notes().list().len(), MOST_NOTES);
    let id = other(7).id();
    write(&mut session, &id, &"😀".repeat(MAX_LETTERS));
    let text = &session.notes().get(&id).expect("there").text;
    assert_eq!(text.encode_utf16().count(), MAX_LETTERS);
    session.update(Action::Note(NoteAction::Delete(id)));
    write(&mut session, &asked.id(), "one more");
    assert!(session.notes().get(&asked.id()).is_some());
}

/// A run that ends early, because it holds too many bookings, has a result that says so and is not passed. A system in which nothing is ever
/// confirmed passes nothing either.
#[test]
fn a_dead_system_has_a_result() {
    let mut session = over("queue-60");
    set(&mut session, "consumers", "timeout_ms", 100.0);
    settle(&mut session);
    finish(&mut session);
    let finished = result(&session);
    assert!(!finished.passed());
    let never = finished.verdict.goals.iter().find(|g| g.goal.metric.key == "end_to_end_p95_ms").expect("a goal");
    assert_eq!((never.shown().as_str(), never.margin()), ("nobody", None));
    let waiting_room::design::Location::Node { id, .. } = &finished.review.bottleneck.place else { panic!("no place") };
    assert_eq!(id, "consumers");
    assert!(finished.review.help.is_some());
}
