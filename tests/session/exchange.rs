//! Designs handed on: names of files, sizes that are refused before reading, and what is said of a text that can't be opened.

use waiting_room::design::{Design, file};
use waiting_room::kata::builtin;
use waiting_room::session::{Action, Session, exchange};

fn named(name: &str) -> String {
    exchange::file_name(&Design { name: name.into(), ..Design::default() })
}

#[test]
fn a_file_is_called_after_the_design() {
    assert_eq!(named("Queue and 60 workers"), "queue-and-60-workers");
    assert_eq!(named("../../etc/passwd\0"), "etc-passwd");
    assert_eq!(named("Überlauf – 2"), "überlauf-2");
    for nothing in ["", "  ", "///", "<>"] {
        assert_eq!(named(nothing), "waiting-room-design");
    }
    assert!(named(&"long ".repeat(100)).chars().count() <= 60);
}

#[test]
fn a_file_over_one_mebibyte_is_refused_by_its_size() {
    assert_eq!(exchange::check_size(1_048_576.0), Ok(()));
    let why = exchange::check_size(1_048_577.0).expect_err("too large");
    assert!(why.contains("1\u{202f}048\u{202f}577 bytes") && why.contains("1 MiB"), "{why}");
}

#[test]
fn every_fault_is_told_with_its_place() {
    let text = r#"{"format":"waiting-room/design","version":1,
        "nodes":[{"id":"api","kind":"api","params":{"threads":0}},{"id":"x","kind":"cloud"}],
        "edges":[{"from":"api","to":"nowhere"}]}"#;
    let faults = exchange::read(text).expect_err("faulty");
    assert_eq!(faults.len(), 3, "{faults:#?}");
    for (fault, place) in faults.iter().zip(["nodes[0].params.threads: ", "nodes[1].kind: ", "edges[0].to: "]) {
        assert!(fault.starts_with(place), "{fault}");
    }
    assert!(exchange::text_of(vec![0xff, 0xfe, 0]).expect_err("no text").contains("no text file"));
    assert!(exchange::read("  \n").expect_err("nothing")[0].starts_with("There is no text"));
}

#[test]
fn what_is_written_opens_as_the_same_design_in_one_undo_step() {
    let scenario = builtin::scenario("monday").expect("a scenario").clone();
    for built_in in builtin::designs().iter().skip(1) {
        let design = built_in.design();
        let read =
            exchange::read(&exchange::text_of(file::write(&design).into_bytes()).expect("text")).expect("a good file");
        let mut session = Session::new(builtin::starting_design(), scenario.clone(), 1);
        session.update(Action::Import(read));
        assert_eq!(**session.design(), design, "{}", built_in.id);
        session.update(Action::Undo);
        assert_eq!(**session.design(), builtin::starting_design());
        assert!(!session.can_undo());
    }
}

/// A design made from one of the kata's is called so until it is another; then it has a name of its own, and an undo gives the first one back.
#[test]
fn a_changed_design_is_not_called_after_the_kata_s() {
    use waiting_room::design::Edit;
    use waiting_room::kinds::Value;

    let start = builtin::starting_design();
    let mut session = Session::new(start.clone(), builtin::scenarios()[0].clone(), 1);
    let threads = |n: f64| Action::Edit {
        edit: Edit::SetParam { node: "api".into(), path: "threads".into(), value: Value::Number(n) },
        burst: None,
    };
    session.update(Action::Edit { edit: Edit::Move { nodes: vec!["api".into()], dx: 8.0, dy: 0.0 }, burst: None });
    assert_eq!(session.design().name, start.name, "to move a part changes nothing of it");
    session.update(threads(40.0));
    assert_eq!(exchange::file_name(session.design()), "my-design");
    session.update(Action::Undo);
    assert_eq!(session.design().name, start.name);
    session.update(Action::Redo);
    session.update(Action::Edit { edit: Edit::SetName { name: "Forty threads".into() }, burst: None });
    session.update(threads(50.0));
    assert_eq!(exchange::file_name(session.design()), "forty-threads", "a name of one's own stays");
    // A file keeps the name it came with, whatever that is.
    session.update(Action::Import(builtin::design("demand").expect("a design").design()));
    assert_eq!(session.design().name, builtin::design("demand").expect("a design").design().name);
}
