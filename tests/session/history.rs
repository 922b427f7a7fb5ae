//! Recorded runs: found again, renamed, pinned, restored, deleted; bounded; and what two tabs do to them.

use crate::support;

use std::rc::Rc;

use serde_json::{Value as Json, json};
use support::learner::{cut, design, said, set, settle};
use waiting_room::design::Edit;
use waiting_room::kata::Scenario;
use waiting_room::record::history::{Keeping, MOST_BYTES, MOST_RUNS};
use waiting_room::record::{RunHistory, RunRecord};
use waiting_room::session::run::history;
use waiting_room::session::{Action, RunState, Session};
use waiting_room::share::runs as text;
use waiting_room::share::saved::Unreadable;
use waiting_room::share::seal::sealed;

/// A short Monday, so that many runs fit into a test.
fn short() -> Scenario {
    cut("monday", 60.0)
}

fn run(session: &mut Session) {
    session.update(Action::ToEnd);
    settle(session);
    assert_eq!(session.playback().state, RunState::Over);
    session.update(Action::Restart);
}

/// A session with runs of these seeds, the last one first.
fn with_runs(seeds: &[u64]) -> Session {
    let mut session = Session::new(design("queue-60"), short(), 1);
    for &seed in seeds {
        session.update(Action::SetSeed(seed));
        run(&mut session);
    }
    session
}

fn names(runs: &RunHistory) -> Vec<&str> {
    runs.list().iter().map(|k| k.name.as_str()).collect()
}

#[test]
fn a_run_that_ends_is_kept_once() {
    let mut session = with_runs(&[1, 2]);
    session.update(Action::Play);
    session.update(Action::Tick { wall_s: 0.1 });
    session.update(Action::Restart);
    assert_eq!(names(session.runs()), ["With seed 2", "A queue and 60 workers"], "what is broken off is not kept");
    let first = session.runs().list()[1].clone();
    assert_eq!(first.goals.len(), session.scenario().goals.len());
    session.update(Action::SetSeed(1));
    let edit = Edit::Move { nodes: vec!["api".into()], dx: 8.0, dy: 0.0 };
    session.update(Action::Edit { edit, burst: None });
    run(&mut session);
    assert_eq!(names(session.runs()), ["A queue and 60 workers", "With seed 2"], "the same run stands first");
    assert_eq!(session.runs().list()[0].id, first.id);
    set(&mut session, "api", "threads", 3.0);
    run(&mut session);
    assert_eq!(session.runs().list().len(), 3, "another design is another run, whatever came of it");
}

#[test]
fn an_exploration_is_kept_and_not_scored() {
    let mut session = Session::new(design("queue-60"), short(), 1);
    session.update(Action::Seek(30.0));
    settle(&mut session);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    session.update(Action::ToEnd);
    settle(&mut session);
    let kept = session.runs().list()[0].clone();
    assert!(kept.is_exploration() && !kept.passed());
    assert_eq!(kept.changes.len(), 1);
    let end = session.simulation().map(|run| run.measures().digest());
    session.update(Action::PinRun(Some(kept.id.clone())));
    session.update(Action::Restart);
    settle(&mut session);
    let compared = session.compared().expect("pinned");
    assert_eq!(Some(compared.digest.clone()), end, "it is replayable");
    assert_eq!(compared.doubt, None);
}

/// A pinned run is simulated again with the curves it had; one whose digest is another one says so.
#[test]
fn a_pinned_run_comes_back_with_its_curves() {
    let mut session = with_runs(&[5]);
    let id = session.runs().list()[0].id.clone();
    session.update(Action::ToEnd);
    settle(&mut session);
    let series = session.series().expect("curves").clone();
    session.update(Action::SetSeed(6));
    session.update(Action::PinRun(Some(id.clone())));
    assert!(!session.compared().expect("pinned").complete, "sliced, after the action");
    settle(&mut session);
    assert_eq!(session.compared().map(|c| &c.series), Some(&series));
    session.update(Action::RenameRun { id: id.clone(), name: "  the   first  ".to_owned() });
    assert_eq!(session.compared().map(|c| c.label.as_str()), Some("the first"));
    session.update(Action::RenameRun { id: id.clone(), name: " ".to_owned() });
    assert_eq!(session.runs().get(&id).map(|k| k.name.as_str()), Some("the first"), "a run needs a name");
    session.update(Action::PinRun(None));
    assert!(session.compared().is_none() && session.runs().pinned().is_none());

    let mut other = (*session.runs().list()[0]).clone();
    other.digest = "0123456789abcdef".to_owned();
    other.pinned = true;
    session.update(Action::RunHistory(RunHistory::new([other])));
    settle(&mut session);
    assert!(session.compared().is_some_and(|c| c.doubt.is_some()));
    assert!(said(&session).contains("otherwise"), "{}", said(&session));

    let mut elsewhere = (*session.runs().list()[0]).clone();
    elsewhere.scenario = "carnival".to_owned();
    session.update(Action::RunHistory(RunHistory::new([elsewhere])));
    assert!(session.compared().is_none());
    assert!(said(&session).contains("carnival"), "{}", said(&session));
}

#[test]
fn restoring_is_one_undo_step_and_deleting_can_be_taken_back() {
    let mut session = with_runs(&[1, 2, 3]);
    let before = session.design().clone();
    set(&mut session, "api", "threads", 3.0);
    let edited = session.design().clone();
    let id = session.runs().list()[1].id.clone();
    session.update(Action::RestoreRun(id.clone()));
    assert_eq!(session.design(), &before);
    session.update(Action::Undo);
    assert_eq!(session.design(), &edited);

    let all = session.runs().clone();
    session.update(Action::PinRun(Some(id.clone())));
    session.update(Action::DeleteRun(id.clone()));
    assert!(session.runs().get(&id).is_none() && session.compared().is_none());
    assert_eq!(session.deleted_run().map(|k| &k.id), Some(&id));
    session.update(Action::BringBackRun);
    assert!(session.runs().pinned().is_some_and(|k| k.id == id), "with its pin");
    session.update(Action::PinRun(None));
    assert_eq!(session.runs(), &all);
    session.update(Action::BringBackRun);
    session.update(Action::DeleteRun("nobody".to_owned()));
    assert_eq!(session.runs(), &all);
}

/// The parent of a fork that comes to its end behind the scenes is a run like any other.
#[test]
fn both_futures_of_a_fork_are_kept() {
    let mut session = Session::new(design("queue-60"), short(), 1);
    session.update(Action::Seek(20.0));
    settle(&mut session);
    session.update(Action::Fork);
    settle(&mut session);
    assert_eq!(session.runs().list().len(), 1);
    set(&mut session, "api", "threads", 3.0);
    session.update(Action::ToEnd);
    settle(&mut session);
    let [branch, parent] = session.runs().list() else { panic!("{:?}", names(session.runs())) };
    assert!(branch.is_exploration() && !parent.is_exploration());
    let table = history::compare(parent, branch);
    assert_eq!(table.len(), session.scenario().goals.len());
    let cost = table.iter().find(|p| p.label == "Cost").expect("a goal of Monday");
    assert_eq!(cost.difference, "the same");
}

fn numbered(base: &RunRecord, number: u32) -> RunRecord {
    let mut kept = RunRecord { seed: u64::from(number), number, name: format!("Run {number}"), ..base.clone() };
    kept.id = kept.content_id();
    kept
}

#[test]
fn runs_are_bounded_in_number_and_bytes() {
    let base = (*with_runs(&[1]).runs().list()[0]).clone();
    let mut all = RunHistory::default();
    for number in 1..=MOST_RUNS as u32 {
        assert_eq!(all.keep(numbered(&base, number)), Keeping::RunRecord);
    }
    let oldest = numbered(&base, 1).id;
    all.pin(Some(&oldest));
    assert_eq!(all.keep(numbered(&base, 1000)), Keeping::Instead(1));
    assert!(all.get(&oldest).is_some(), "a pinned one stays");
    assert!(all.get(&numbered(&base, 2).id).is_none(), "the oldest that is not pinned goes");
    assert_eq!(all.list().len(), MOST_RUNS);
    assert_eq!(all.next_number(), 1001);

    let mut big = (*base.design).clone();
    big.name = "n".repeat(150_000).into();
    let big = |number| RunRecord { design: Rc::new(big.clone()), ..numbered(&base, number) };
    for number in 2000..2005 {
        all.keep(big(number));
    }
    let bytes: usize = all.list().iter().map(|k| k.bytes()).sum();
    assert!(bytes <= MOST_BYTES && text::write(&all).len() <= MOST_BYTES, "{bytes} {}", text::write(&all).len());
    assert_eq!(all.list()[0].number, 2004);
    let mut huge = (*base.design).clone();
    huge.name = "n".repeat(MOST_BYTES).into();
    let before = all.clone();
    assert_eq!(all.keep(RunRecord { design: Rc::new(huge), ..numbered(&base, 3000) }), Keeping::TooBig);
    assert_eq!(all, before);
}

/// A run brought back into a full list stays, and the run that makes room for it is named.
#[test]
fn what_is_brought_back_does_not_leave_again() {
    let mut session = with_runs(&[1]);
    let base = session.runs().list()[0].clone();
    session.update(Action::RunHistory(RunHistory::new((0..MOST_RUNS as u32).rev().map(|n| numbered(&base, n)))));
    let oldest = session.runs().list()[MOST_RUNS - 1].id.clone();
    session.update(Action::DeleteRun(oldest.clone()));
    session.update(Action::SetSeed(9));
    run(&mut session);
    session.update(Action::BringBackRun);
    assert!(session.runs().get(&oldest).is_some());
    assert_eq!(session.runs().list().len(), MOST_RUNS);
    assert!(said(&session).contains("made room"), "{}", said(&session));
}

#[test]
fn what_is_kept_comes_back_from_its_text() {
    let mut session = with_runs(&[1, u64::MAX]);
    session.update(Action::Seek(30.0));
    settle(&mut session);
    set(&mut session, "consumers", "scaling.workers", 90.0);
    set(&mut session, "api", "threads", 3.0);
    session.update(Action::ToEnd);
    settle(&mut session);
    let id = session.runs().list()[1].id.clone();
    session.update(Action::PinRun(Some(id)));
    let kept = text::write(session.runs());
    let found = text::read(&sealed(&kept, 1)).expect("it was written here");
    assert_eq!((&found.runs, found.skipped), (&**session.runs(), 0));
    assert_eq!(text::write(&found.runs), kept);
}

/// Of a text with faults, each run is read as a whole or not at all; a text that is no list is another fault than a newer one.
#[test]
fn faults_cost_one_run_and_never_the_others() {
    let session = with_runs(&[1, 2]);
    let good: Json = serde_json::from_str(&text::write(session.runs())).unwrap();
    let read = |value: &Json| text::read(&sealed(&value.to_string(), 1));
    for (path, value) in [
        ("/runs/0/name", json!("")),
        ("/runs/0/seed", json!(-1)),
        ("/runs/0/digest", json!("../../etc")),
        ("/runs/0/goals/0/metric", json!("happiness")),
        ("/runs/0/design/nodes", json!(7)),
        ("/runs/0/changes", json!([{ "at_ns": 1, "node": "nobody", "params": {} }])),
        ("/runs/0/changes", json!([{ "at_ns": 1, "node": "api", "params": { "threads": -4 } }])),
        ("/runs/0", json!("a run")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(path).expect(path) = value;
        let found = read(&bad).expect(path);
        assert_eq!((names(&found.runs), found.skipped), (vec!["A queue and 60 workers"], 1), "{path}");
    }
    for bad in ["", "null", "[]", "{", &"[".repeat(100_000), &" ".repeat(text::MAX_CHARS + 1)] {
        assert!(matches!(text::read(bad), Err(Unreadable::Broken(_))));
    }
    let with = |key: &str, value: Json| {
        let mut all = good.clone();
        all[key] = value;
        read(&all)
    };
    assert_eq!(with("version", json!(3)), Err(Unreadable::Newer(3)));
    assert!(matches!(with("version", json!("1")), Err(Unreadable::Broken(_))));
    assert!(matches!(with("runs", json!({})), Err(Unreadable::Broken(_))));
}

/// Two tabs that began with the same list: neither loses what the other did.
#[test]
fn two_tabs_keep_each_others_runs() {
    let base = with_runs(&[1, 2, 3]).runs().clone();
    let of = |seed: u64| base.list().iter().find(|k| k.seed == seed).expect("a run").clone();
    let (mut mine, mut theirs) = ((*base).clone(), (*base).clone());
    mine.keep(numbered(&of(1), 77));
    mine.remove(&of(1).id);
    mine.rename(&of(2).id, "mine");
    theirs.keep(numbered(&of(1), 88));
    theirs.remove(&of(3).id);
    theirs.rename(&of(2).id, "theirs");
    theirs.pin(Some(&of(2).id));
    let merged = RunHistory::merge(&base, &mine, &theirs);
    assert_eq!(names(&merged), ["Run 88", "Run 77", "mine"]);
    assert!(RunHistory::merge(&base, &base, &theirs).pinned().is_some(), "what I did not touch is as they left it");
    assert_eq!(RunHistory::merge(&base, &mine, &base), mine);
    let unreadable = RunHistory::merge(&RunHistory::default(), &mine, &RunHistory::default());
    assert_eq!(unreadable, mine, "what could not be read was not deleted");
    mine.pin(Some(&numbered(&of(1), 77).id));
    let merged = RunHistory::merge(&base, &mine, &theirs);
    assert_eq!(merged.list().iter().filter(|k| k.pinned).count(), 1);
    assert_eq!(merged.pinned().map(|k| k.number), Some(77));
}

/// Comparing never edits: whichever two runs are shown, the design, the scenario, the seed and what can be undone stay as they are. Where one
/// of them is the run that is there the other is pinned to it; elsewhere it is said that neither can be shown.
#[test]
fn comparing_never_edits() {
    let mut session = Session::new(design("queue-60"), short(), 3);
    let ran = |session: &mut Session| {
        session.update(Action::ToEnd);
        settle(session);
        session.runs().list()[0].clone()
    };
    let first = ran(&mut session);
    set(&mut session, "consumers", "scaling.workers", 80.0);
    let second = ran(&mut session);
    session.update(Action::SetSeed(4));
    let third = ran(&mut session);
    session.update(Action::SetScenario(Box::new(cut("outage", 60.0))));
    let fourth = ran(&mut session);
    session.update(Action::SetScenario(Box::new(short())));
    let show = |session: &mut Session, a: &Rc<RunRecord>, b: &Rc<RunRecord>| {
        let what_is = |s: &Session| {
            (s.design().clone(), s.design_revision(), s.scenario().clone(), s.seed(), s.can_undo(), s.can_redo())
        };
        let before = what_is(session);
        session.update(Action::ShowRuns { first: a.id.clone(), second: b.id.clone() });
        settle(session);
        let after = what_is(session);
        assert!(Rc::ptr_eq(&before.0, &after.0) && Rc::ptr_eq(&before.2, &after.2), "{}", said(session));
        assert_eq!((before.1, before.3, before.4, before.5), (after.1, after.3, after.4, after.5));
    };
    // The third is the design as it is: its run is made, and the other one pinned to it.
    for (a, b) in [(&first, &third), (&third, &first)] {
        session.update(Action::Restart);
        show(&mut session, a, b);
        assert_eq!(session.simulation().expect("a run").measures().digest(), third.digest);
        assert_eq!(session.compared().expect("the other").digest, first.digest);
    }
    let revision = session.run_revision();
    show(&mut session, &second, &third);
    assert_eq!(
        (session.compared().expect("pinned").digest.as_str(), session.run_revision()),
        (&*second.digest, revision)
    );
    show(&mut session, &first, &second);
    assert!(said(&session).starts_with("Neither run"), "{}", said(&session));
    show(&mut session, &third, &fourth);
    assert!(said(&session).contains("two scenarios"), "{}", said(&session));
    // A design that was changed after its run is another one: that run is not the one that is there.
    set(&mut session, "consumers", "scaling.workers", 90.0);
    show(&mut session, &first, &third);
    assert!(said(&session).starts_with("Neither run"), "{}", said(&session));
}

/// Pinned curves are those of one morning: in another scenario they are not drawn, and they are there again in their own.
#[test]
fn a_pinned_run_is_compared_in_its_own_scenario() {
    let mut session = with_runs(&[1]);
    let id = session.runs().list()[0].id.clone();
    session.update(Action::PinRun(Some(id)));
    settle(&mut session);
    assert!(session.compared().is_some());
    session.update(Action::SetScenario(Box::new(cut("outage", 60.0))));
    assert!(session.compared().is_none() && session.runs().pinned().is_some());
    session.update(Action::SetScenario(Box::new(short())));
    assert!(session.compared().is_some());
}

/// A run is called by what differs from the one before it.
#[test]
fn runs_are_called_by_what_was_changed() {
    let mut session = Session::new(design("naive"), short(), 1);
    let mut told = Vec::new();
    let mut ran = |session: &mut Session| {
        session.update(Action::ToEnd);
        settle(session);
        told.push(session.runs().list()[0].name.clone());
    };
    ran(&mut session);
    session.update(Action::Add(waiting_room::kinds::KindId::Queue));
    session.update(Action::Add(waiting_room::kinds::KindId::Consumers));
    ran(&mut session);
    set(&mut session, "consumers", "scaling.workers", 60.0);
    ran(&mut session);
    set(&mut session, "consumers", "scaling.workers", 80.0);
    set(&mut session, "api", "instances", 4.0);
    set(&mut session, "consumers", "timeout_ms", 3000.0);
    ran(&mut session);
    session.update(Action::SetSeed(2));
    ran(&mut session);
    session.update(Action::SetScenario(Box::new(cut("outage", 60.0))));
    ran(&mut session);
    session.update(Action::SelectNone);
    session.update(Action::Edit {
        edit: Edit::Remove { nodes: vec!["consumers".into(), "queue".into()], edges: vec![] },
        burst: None,
    });
    session.update(Action::Connect { from: "api".into(), to: "clinic".into() });
    ran(&mut session);
    session.update(Action::Restart);
    session.update(Action::Seek(30.0));
    settle(&mut session);
    set(&mut session, "api", "threads", 20.0);
    ran(&mut session);
    support::golden::says("runs", "names", &told.join("\n").replace('\u{a0}', " "));
}
