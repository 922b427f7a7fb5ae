//! What cards say: figures of now, the picture's numbers, and why bookings failed, in words.

use crate::support::hand::{build_queue_and_consumers, drop_part, key, notice, start, start_with};
use waiting_room::design::{Design, Edit};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Role, Value};
use waiting_room::session::run::flow::{flows, late_after_ms};
use waiting_room::session::text::card::{CardContent, Picture, Tone, Vessel, content, spoken};
use waiting_room::session::text::problem_groups::grouped;
use waiting_room::session::{Action, Pick, Point, RunState, Session};

fn built(design: &str, scenario: &str) -> Session {
    let design = builtin::design(design).expect("built in").design();
    Session::new(design, builtin::scenario(scenario).expect("built in").clone(), 1)
}

/// The session at this moment of its run, in seconds from its start.
fn at(mut session: Session, seconds: f64) -> Session {
    session.update(Action::Seek(seconds));
    while session.is_seeking() {
        session.update(Action::Tick { wall_s: 1.0 });
    }
    session
}

fn card(session: &Session, id: &str) -> CardContent {
    let index = session.design().nodes.iter().position(|n| &*n.id == id).expect(id);
    let figures = session.figures().cloned();
    let gone = figures.as_ref().map(|f| f.at.seconds() / session.scenario().world.duration.seconds());
    let figure = figures.as_ref().and_then(|f| f.stations.get(index));
    content(&session.design().nodes[index], figure, gone, session.scenario())
}

fn vessel(session: &Session, id: &str) -> Vessel {
    match card(session, id).picture {
        Picture::Vessel(vessel) => vessel,
        other => panic!("{other:?}"),
    }
}

/// Before a run a card has the same parts as in it, with the figures of the first moment.
#[test]
fn before_a_run_every_card_has_its_figures() {
    let session = built("demand-breaker", "monday");
    let said = |id: &str| {
        let card = card(&session, id);
        format!("{} {} | {}", card.big, card.unit, card.foot.words)
    };
    assert_eq!(said("patients"), "2 a second | 07:30 to 10:30");
    assert_eq!(said("api"), "0 of 32 threads | 2 instances × 16");
    assert_eq!(said("queue"), "0 wait | room for 30\u{202f}000");
    assert_eq!(said("consumers"), "0 of 10 busy | 10 to 90 workers");
    assert_eq!(said("clinic"), "0 of 90 slots | 1 to 3\u{a0}s a call");
    assert_eq!(said("dead_letter"), "0 parked | ");
    let Picture::Demand(demand) = card(&session, "patients").picture else { panic!("patients show the demand") };
    assert!(demand.now.is_none() && demand.corners.iter().any(|(_, rate)| *rate == 1.0), "{demand:?}");
}

/// In the rush with 20 workers the backlog passes five and then thirty times the limit: the vessel and its words tell them apart.
#[test]
fn a_vessel_far_over_its_limit_looks_different_from_one_further_over() {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    let early = at(session, 2400.0);
    let (some, words) = (vessel(&early, "queue"), card(&early, "queue"));
    let late = at(early, 7200.0);
    let more = vessel(&late, "queue");
    assert!(some.level == 1.0 && some.over > 0.4, "{some:?}");
    assert!(more.over > some.over + 0.15 && more.over < 1.0, "{some:?} {more:?}");
    assert!(
        some.limit != more.limit && some.limit.as_ref().is_some_and(|w| w.ends_with("× goal 3\u{202f}000")),
        "{some:?}"
    );
    assert!(words.foot.words.starts_with("oldest "), "{:?}", words.foot);
}

/// Sixteen threads can't hold the rush: the card says why, how fast, and in its long form how many of what.
#[test]
fn an_api_without_a_free_thread_says_so_and_what_follows() {
    let mut session = start();
    let threads = Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(16.0) };
    session.update(Action::Edit { edit: threads, burst: None });
    let session = at(session, 2400.0);
    let api = card(&session, "api");
    assert_eq!((api.foot.tone, api.foot.words.as_str()), (Tone::Failed, "No thread is free"));
    assert!(api.foot.more.ends_with("/s rejected") || api.foot.more.ends_with("/s gave up"), "{:?}", api.foot);
    let live = session.live().expect("a run").stations[1];
    let told: u64 = live.failures.refused + live.failures.gave_up;
    assert_eq!(told, live.failed, "every failure has a reason");
    let all = api.failures.join("; ");
    assert!(all.contains("requests rejected") && all.contains("patients gave up waiting"), "{all}");
    let node = session.design().node("api").expect("there");
    let words = spoken(node, &api, "", &[]);
    assert!(words.contains("No thread is free") && words.contains("requests rejected"), "{words}");
}

/// Each patient may make many requests: what the two cards count is said beside their numbers, while it goes on and after it.
#[test]
fn cards_say_what_they_count() {
    let early = at(start(), 2400.0);
    let patients = card(&early, "patients").foot;
    assert!(patients.words.ends_with("\u{a0}patients") && patients.more.ends_with("/s rejected"), "{patients:?}");
    let late = at(early, 10_800.0);
    let told = ["patients", "api"].map(|id| card(&late, id).foot);
    let [patients, api] = &told;
    assert!(patients.words.ends_with("\u{a0}patients") && api.words.ends_with("\u{a0}requests"), "{told:?}");
    assert!(told.iter().all(|foot| foot.more == "rejected"), "{told:?}");
}

/// In the storm the pool says that calls timed out and what was given up, and the sums of the reasons are those of the report.
#[test]
fn a_pool_tells_timeouts_from_what_it_gives_up() {
    let session = at(built("retry-storm", "slow-clinic"), 4200.0);
    let index = session.design().nodes.iter().position(|n| &*n.id == "consumers").expect("a pool");
    let failures = session.live().expect("a run").stations[index].failures;
    assert!(failures.timed_out > 1000 && failures.dropped > 0 && failures.calls >= failures.timed_out, "{failures:?}");
    let pool = card(&session, "consumers");
    assert!(pool.foot.words.ends_with(" given up") && pool.foot.more.ends_with(" timed out"), "{:?}", pool.foot);
    assert!(pool.failures.iter().any(|words| words.ends_with("calls timed out")), "{:?}", pool.failures);
    let report = session.simulation().map(|run| run.measures().report(run.now())).expect("a run");
    assert_eq!(failures.timed_out, report.counts.timeouts);
    assert_eq!(failures.dropped, report.counts.dead_lettered + report.counts.lost);
}

/// A design that serves everybody says nothing of failures.
#[test]
fn nothing_failed_is_nothing_said() {
    let session = at(built("demand-breaker", "monday"), 3600.0);
    for node in &session.design().nodes {
        let card = card(&session, &node.id);
        assert!(card.failures.is_empty() && card.foot.tone != Tone::Failed, "{}: {:?}", node.id, card.foot);
    }
    assert_eq!(card(&session, "consumers").foot.words, "breaker closed");
}

/// Dots have the colour of what is done with a booking; in the storm those behind the queue are late, and many of them tried again.
#[test]
fn flows_tell_stages_late_ones_and_further_tries() {
    let session = at(built("retry-storm", "monday"), 3600.0);
    let late = late_after_ms(session.scenario());
    let flows = flows(session.design(), session.figures().expect("a run"), late);
    let flow = |from: &str, to: &str| {
        let at = session.design().edges.iter().position(|e| &*e.from == from && &*e.to == to).expect("a connection");
        flows[at]
    };
    let stages = [("patients", "api"), ("api", "queue"), ("queue", "consumers"), ("consumers", "clinic")];
    let roles = stages.map(|(from, to)| flow(from, to).stage);
    assert_eq!(roles, [Role::Ack, Role::Wait, Role::Wait, Role::Clinic]);
    assert!(!flow("patients", "api").late && flow("queue", "consumers").late && flow("consumers", "clinic").late);
    assert!(flow("queue", "consumers").again > 0.1, "{:?}", flow("queue", "consumers"));
    assert_eq!(flow("consumers", "clinic").again, flow("queue", "consumers").again);
    assert!(flow("consumers", "dead_letter").dead);
}

/// A second one of a kind has a name of its own, dropped, added, pasted or put behind another; the first keeps its own.
#[test]
fn two_of_a_kind_have_two_names() {
    let mut session = start();
    build_queue_and_consumers(&mut session);
    session.update(Action::AddAlone(KindId::Consumers));
    drop_part(&mut session, KindId::Consumers, crate::support::hand::At(500.0, 420.0));
    session.update(Action::Select { pick: Pick::Node("consumers-2".into()), add: false });
    key(&mut session, "d", true, false);
    let names: Vec<&str> = session.design().nodes.iter().map(|n| n.name()).filter(|n| n.starts_with("Cons")).collect();
    assert_eq!(names, ["Consumers", "Consumers 2", "Consumers 3", "Consumers 4"]);
}

/// Forty pools with the same fault are one entry, which names how many; two stay two.
#[test]
fn equal_problems_are_told_together() {
    let pools = |count: usize| -> Session {
        let mut session = start();
        build_queue_and_consumers(&mut session);
        for _ in 1..count {
            session.update(Action::Select { pick: Pick::Node("consumers".into()), add: false });
            key(&mut session, "d", true, false);
        }
        start_with(Design::clone(session.design()))
    };
    let told = |session: &Session| -> Vec<(String, usize)> {
        let groups = grouped(session.problems(), session.design());
        groups.into_iter().map(|group| (group.text, group.problems.len())).collect()
    };
    let many = told(&pools(12));
    assert!(many.iter().any(|(text, count)| *count >= 11 && text.contains("ach of 11 consumers")), "{many:?}");
    let all: usize = many.iter().map(|(_, count)| count).sum();
    assert_eq!(all, pools(12).problems().len(), "none is lost");
    assert!(told(&pools(2)).iter().all(|(_, count)| *count == 1));
}

/// While somebody builds only what was wrong before is shown; after two seconds of rest, or at Play, everything is.
#[test]
fn errors_wait_until_the_learner_rests_or_plays() {
    let broken = |how: fn(&mut Session)| {
        let mut session = start();
        session.update(Action::Rest { wall_s: 2.0 });
        drop_part(&mut session, KindId::Queue, crate::support::hand::Line("api", "clinic"));
        assert!(session.problems().iter().any(|p| p.is_error()), "no way leads to the clinic");
        assert!(session.shown_problems().iter().all(|p| !p.is_error()), "{:?}", session.shown_problems());
        assert!(session.is_building());
        how(&mut session);
        session
    };
    let rested = broken(|s| {
        s.update(Action::Rest { wall_s: 1.9 });
        assert!(s.is_building(), "not yet");
        s.update(Action::Rest { wall_s: 0.1 });
    });
    assert_eq!(rested.shown_problems(), rested.problems());
    let played = broken(|s| s.update(Action::Play));
    assert_eq!(played.playback().state, RunState::Ready);
    assert_eq!(played.shown_problems(), played.problems(), "{}", notice(&played));
    let dragging = broken(|s| {
        s.update(Action::PickUp { kind: KindId::Consumers, at: Point::new(300.0, 300.0) });
        s.update(Action::Rest { wall_s: 5.0 });
    });
    assert!(dragging.is_building(), "a part in the hand is no rest");
    let opened = broken(|s| s.update(Action::Import(Design::clone(s.design()))));
    assert_eq!(opened.shown_problems(), opened.problems(), "a design that is opened is there as a whole");
}

/// What was done and can be taken back says so; what could not be done, or was only said, doesn't.
#[test]
fn a_notice_offers_undo_for_what_was_done() {
    let mut session = start();
    let undo = |session: &Session| session.notice().is_some_and(|n| n.undo && !n.refused);
    drop_part(&mut session, KindId::Queue, crate::support::hand::Line("api", "clinic"));
    assert!(undo(&session));
    key(&mut session, "Delete", false, false);
    assert!(undo(&session) && !notice(&session).contains("Ctrl"), "{}", notice(&session));
    session.update(Action::Undo);
    assert!(!undo(&session), "undoing is not undone by itself");
    session.update(Action::Say("Saved.".to_owned()));
    assert!(!undo(&session));
}
