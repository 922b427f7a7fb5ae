//! Patients and clinic are given: whatever way a learner takes, the last of each stays, and what else was to go goes. And parts come as the
//! kata says.

use waiting_room::design::{Design, Edit, NodeId};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Value};
use waiting_room::session::{Action, Command, Session};

fn session(design: Design) -> Session {
    Session::new(design, builtin::scenario("monday").expect("built in").clone(), 1)
}

fn naive() -> Session {
    session(builtin::starting_design())
}

fn ids(session: &Session) -> Vec<&str> {
    session.design().nodes.iter().map(|node| &*node.id).collect()
}

fn select(session: &mut Session, nodes: &[&str]) {
    for (at, id) in nodes.iter().enumerate() {
        let pick = waiting_room::session::Pick::Node((*id).into());
        session.update(Action::Select { pick, add: at > 0 });
    }
}

fn said(session: &Session) -> String {
    session.notice().map_or(String::new(), |notice| notice.text.clone())
}

#[test]
fn patients_and_clinic_stay_and_say_why() {
    for (id, name) in [("patients", "Patients"), ("clinic", "Clinics")] {
        for command in [Command::Delete, Command::Cut] {
            let mut session = naive();
            let before = session.design().clone();
            select(&mut session, &[id]);
            session.update(Action::Do(command));
            assert_eq!(*session.design(), before);
            assert_eq!(said(&session), format!("{name} can't be deleted: it is given."));
        }
        let mut session = naive();
        let edit = Edit::Remove { nodes: vec![id.into()], edges: Vec::new() };
        session.update(Action::Edit { edit, burst: None });
        assert_eq!(ids(&session), ["patients", "api", "clinic"], "an edit is a way as any other");
        assert!(said(&session).contains("given"), "{}", said(&session));
    }
}

#[test]
fn of_many_the_rest_goes() {
    let mut session = session(builtin::design("demand").expect("built in").design());
    session.update(Action::Do(Command::SelectAll));
    session.update(Action::Do(Command::Delete));
    assert_eq!(ids(&session), ["patients", "clinic"]);
    assert!(session.design().edges.is_empty());
    let told = said(&session);
    assert!(
        told.contains("Delete 4 components: done.") && told.contains("Patients and Clinics can't be deleted"),
        "{told}"
    );
    session.update(Action::Undo);
    assert_eq!(session.design().nodes.len(), 6, "one step back");
}

/// A file may hold a second one of them, and then one too many can go; but not both at once.
#[test]
fn one_too_many_can_go() {
    let mut session = naive();
    select(&mut session, &["clinic"]);
    session.update(Action::Do(Command::Duplicate));
    let second = ids(&session)[3].to_owned();
    select(&mut session, &["clinic", &second]);
    session.update(Action::Do(Command::Delete));
    assert_eq!(ids(&session), ["patients", "api", "clinic"]);
    session.update(Action::Undo);
    select(&mut session, &["clinic"]);
    session.update(Action::Do(Command::Delete));
    assert_eq!(ids(&session), ["patients", "api", &second], "either of two");
}

#[test]
fn a_file_without_them_still_opens() {
    let mut design = builtin::starting_design();
    design.nodes.remove(2);
    design.edges.pop();
    let mut session = naive();
    session.update(Action::Import(design.clone()));
    assert_eq!(ids(&session), ["patients", "api"]);
    assert!(session.problems().iter().any(|problem| problem.is_error()));
}

fn own(session: &Session, id: &NodeId, key: &str) -> Option<Value> {
    let node = session.design().node(id)?;
    node.params.iter().find(|(own, _)| *own == key).map(|(_, value)| value.clone())
}

/// Palette and list add, a menu adds after, a drop puts between: each part says in the file what it starts with.
#[test]
fn a_part_comes_as_the_kata_says_whichever_way_it_comes() {
    let comes = |session: &Session, id: &str| {
        let id = id.into();
        assert_eq!(own(session, &id, "timeout_ms"), Some(Value::Number(3000.0)));
        assert_eq!(own(session, &id, "jitter"), Some(Value::Text("none".into())));
        assert_eq!(own(session, &id, "scaling"), Some(Value::literal(r#"{"policy":"fixed","workers":20}"#)));
    };
    for action in [Action::Add(KindId::Consumers), Action::AddAlone(KindId::Consumers)] {
        let mut session = naive();
        session.update(action);
        comes(&session, "consumers");
    }
    let mut between = naive();
    select(&mut between, &["api"]);
    between.update(Action::Add(KindId::Queue));
    assert_eq!(own(&between, &"queue".into(), "capacity"), Some(Value::Null), "said, not left out");
    let ghost = between.ghosts()[0].clone();
    between.update(Action::FillGhost { from: ghost.from.clone(), to: ghost.to.clone() });
    comes(&between, "consumers");
    let written = waiting_room::design::file::write(between.design());
    assert!(written.contains("\"timeout_ms\": 3000"), "{written}");
}
