//! A kind that nothing but its table knows (`kinds::spare`) is drawn, tidied, saved, opened, advised on, run, and changed in a run.

use std::rc::Rc;

use crate::design::{Edit, file, picture::picture};
use crate::kata::builtin;
use crate::kata::figures::named;
use crate::kinds::{Behaviour, KindId, Value};
use crate::session::text::capacity::sums;
use crate::session::text::card;
use crate::session::{Action, Command, RunState, Session};
use crate::study::sweep::factors;

/// The first design with its clinic called by a pool that fetches from the spare queue.
fn session() -> Session {
    let design = builtin::design("queue-60").expect("built in").design();
    let mut session = Session::new(design, builtin::scenario("monday").expect("built in").clone(), 1);
    session.update(Action::AddAlone(KindId::Spare));
    for edit in [
        Edit::Remove { nodes: vec!["queue".into()], edges: Vec::new() },
        Edit::Connect { from: "api".into(), to: "spare".into() },
        Edit::Connect { from: "spare".into(), to: "consumers".into() },
    ] {
        session.update(Action::Edit { edit, burst: None });
    }
    session
}

fn set_room(session: &mut Session, room: f64) {
    let edit = Edit::SetParam { node: "spare".into(), path: "room".into(), value: Value::Number(room) };
    session.update(Action::Edit { edit, burst: Some("room".to_owned()) });
}

fn to_the_end(session: &mut Session) {
    session.update(Action::ToEnd);
    while session.playback().state != RunState::Over {
        session.update(Action::Tick { wall_s: 1.0 });
    }
}

#[test]
fn it_is_drawn() {
    let session = session();
    let svg = picture(session.design()).svg;
    assert!(svg.contains("Spare queue") && svg.contains("5000 places"), "{svg}");
    let node = session.design().node("spare").expect("added");
    let content = card::content(node, None, None, session.scenario());
    assert_eq!(
        (content.big.as_str(), content.unit.as_str(), content.foot.words.as_str()),
        ("0", "wait", "room for 5\u{202f}000")
    );
    // The goal allows fewer than there is room for.
    let vessel = card::Vessel { level: 0.0, over: 0.0, limit: Some("goal 3\u{202f}000".to_owned()) };
    assert_eq!(content.picture, card::Picture::Vessel(vessel));
    assert!(sums(session.analysis(), node).join(" ").contains("5\u{202f}000 messages ÷ 40 a second"));
}

/// In the column of its rank, between what leads to it and what fetches from it.
#[test]
fn it_is_tidied() {
    let mut session = session();
    session.update(Action::Do(Command::Tidy));
    let x = |id: &str| session.design().node(id).expect(id).x;
    assert!(x("api") < x("spare") && x("spare") < x("consumers"), "{:?}", session.design().nodes);
}

#[test]
fn it_is_saved_and_opened() {
    let mut session = session();
    set_room(&mut session, 800.0);
    let read = file::read(&file::write(session.design())).expect("its own file");
    assert_eq!(read.nodes, session.design().nodes);
    let before = session.design().clone();
    session.update(Action::Import(read));
    assert_eq!(*session.design(), before);
}

#[test]
fn it_is_connected_where_that_is_obvious() {
    let mut session = session();
    session.update(Action::Edit { edit: Edit::Remove { nodes: vec!["spare".into()], edges: Vec::new() }, burst: None });
    session.update(Action::Add(KindId::Spare));
    let design = session.design();
    assert!(design.edge("api", "spare").is_some() && design.edge("spare", "consumers").is_some(), "{:?}", design.edges);
}

#[test]
fn advice_figures_and_sweeps_know_it() {
    let session = session();
    assert!(session.problems().iter().all(|p| !p.is_error()), "{:?}", session.problems());
    // 60 workers are too few: the backlog to expect is in the spare queue.
    assert!(session.forecast().as_ref().as_ref().is_some_and(|f| f.peak.1 > 1000.0), "{:?}", session.forecast());
    assert!(
        session.problems().iter().any(|p| p.code == crate::design::problem::Code::TooFewWorkers),
        "{:?}",
        session.problems()
    );
    assert!(factors(session.design(), session.scenario()).iter().any(|f| f.path == "room" && f.label == "Room"));
    assert!(named("spare_queues").is_some());
    assert_eq!(session.design().node("spare").map(|n| n.behaviour()), Some(Behaviour::Stores));
}

#[test]
fn it_runs_and_its_slider_moves_in_a_run() {
    let mut session = session();
    session.update(Action::Play);
    assert_eq!(session.playback().state, RunState::Playing, "{:?}", session.notice());
    session.update(Action::Seek(3600.0));
    while session.is_seeking() {
        session.update(Action::Tick { wall_s: 1.0 });
    }
    for room in [1000.0, 2000.0, 3000.0] {
        set_room(&mut session, room);
    }
    session.update(Action::EndBurst);
    assert!(session.playback().exploration, "{:?}", session.notice());
    to_the_end(&mut session);
    let finished: &Rc<_> = session.finished().expect("a result");
    assert_eq!(finished.origin.changes.len(), 1, "one drag is one change");
    let (run, station) = (session.simulation().expect("a run"), session.analysis().number("spare").expect("there"));
    let report = run.measures().report(run.now());
    assert!(report.counts.confirmed > 0 && report.backlog.max <= 5000, "{:?}", report.counts);
    assert!(run.changes().iter().any(|c| c.station == station));
}
