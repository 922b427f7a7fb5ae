//! A kata's folder as an author meets it: what is broken is told in a sentence, all of it at once; the katas that come with the page are sound;
//! and the author's page names what there is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use waiting_room::kata::folder::Folder;
use waiting_room::kata::{builtin, figures};

type Files = BTreeMap<String, String>;

fn gather(folder: &Path, within: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).expect("a text"));
        }
    }
}

fn files(kata: &str) -> Files {
    let mut files = Files::new();
    gather(&Path::new("static/katas").join(kata), "", &mut files);
    files
}

fn read(files: &Files) -> Result<Folder, Vec<String>> {
    Folder::read(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// The faults of the small kata after a change.
fn faults(change: impl Fn(&mut Files)) -> Vec<String> {
    let mut files = files("evening-rush");
    change(&mut files);
    read(&files).expect_err("a broken folder")
}

/// Replaces a text in a file, which must be there.
fn replace(files: &mut Files, name: &str, from: &str, to: &str) {
    let text = files.get_mut(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(text.contains(from), "{name} has no {from}");
    *text = text.replace(from, to);
}

#[test]
fn every_kata_that_comes_with_the_page_is_sound() {
    for entry in fs::read_dir("static/katas").expect("the katas").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let folder = read(&files(&name)).unwrap_or_else(|faults| panic!("{name}:\n{}", faults.join("\n")));
        assert_eq!(folder.id, name, "the folder is called as the kata is");
    }
}

#[test]
fn what_is_compiled_in_is_the_waiting_room() {
    assert_eq!(read(&files("waiting-room")).as_ref(), Ok(builtin::kata()));
    assert_eq!(builtin::starting_design(), builtin::design("naive").expect("its own").design());
}

#[test]
fn a_broken_folder_is_told_in_sentences() {
    type Change = fn(&mut Files);
    let cases: &[(Change, &str)] = &[
        (|f| drop(f.remove("kata.json")), "kata.json is missing"),
        (|f| drop(f.remove("hints.json")), "hints.json is missing"),
        (
            |f| drop(f.remove("designs/careful.json")),
            "kata.json: designs lists “careful”, but designs/careful.json is missing",
        ),
        (
            |f| drop(f.insert("designs/spare.json".into(), "{}".into())),
            "designs/spare.json: kata.json does not list it",
        ),
        (|f| drop(f.insert("notes.json".into(), "{}".into())), "notes.json: a kata has no such file"),
        (
            |f| replace(f, "kata.json", "evening-rush", "Evening Rush"),
            "kata.json: id is “Evening Rush”; allowed: 1–40 small letters",
        ),
        (
            |f| replace(f, "kata.json", "waiting-room/kata", "kata"),
            "kata.json: format is “kata”; allowed: “waiting-room/kata”",
        ),
        (
            |f| replace(f, "kata.json", "\"version\": 1", "\"version\": 2"),
            "kata.json: version is 2; this page reads version 1",
        ),
        (|f| replace(f, "kata.json", "\"queued\"", "\"careful\""), "kata.json: designs lists “careful” twice"),
        (|f| replace(f, "kata.json", "[\"evening\", \"errors\"]", "[]"), "kata.json: scenarios is empty"),
        (|f| replace(f, "kata.json", "\"id\"", "\"name\""), "kata.json: unknown field `name`"),
        (
            |f| replace(f, "brief.json", "[\"errors\", ", "[\"error\", "),
            "brief.json: scenarios has no paragraph for “errors”",
        ),
        (|f| replace(f, "brief.json", "[\"errors\", ", "[\"error\", "), "brief.json: there is no scenario “error”"),
        (
            |f| replace(f, "brief.json", "[\"cost\", ", "[\"money\", "),
            "brief.json: goals does not say what cost means, a goal of “evening”",
        ),
        (
            |f| replace(f, "hints.json", "\"scenario\": \"errors\"", "\"scenario\": \"evening\""),
            "hints.json: there are no hints for “errors”",
        ),
        (
            |f| replace(f, "hints.json", "\"scenario\": \"errors\"", "\"scenario\": \"evening\""),
            "hints.json: “evening” has hints twice",
        ),
        (|f| replace(f, "checklist.json", "\"again\"", "\"waited\""), "checklist.json: the id “waited” stands twice"),
        (|f| replace(f, "checklist.json", "{retries}", "{tries}"), "checklist.json: again: there is no figure “tries”"),
        (|f| replace(f, "glossary.json", "\"retry\"", "\"p95\""), "glossary.json: “p95” stands twice"),
        (
            |f| replace(f, "scenarios/errors.json", "\"id\": \"errors\"", "\"id\": \"faults\""),
            "scenarios/errors.json: its id is “faults”; it must be that of the file, “errors”",
        ),
        (|f| replace(f, "scenarios/errors.json", "0.2 }", "2 }"), "scenarios/errors.json: events[0].rate: "),
        (
            |f| replace(f, "designs/queued.json", "\"workers\": 12", "\"workers\": -1"),
            "designs/queued.json: nodes[3].params.scaling.workers: ",
        ),
        (
            |f| replace(f, "designs/queued.json", ",\n    { \"from\": \"consumers\", \"to\": \"clinic\" }", ""),
            "designs/queued.json: in “evening”: ",
        ),
    ];
    for (change, sentence) in cases {
        let faults = faults(change);
        assert!(faults.iter().any(|fault| fault.starts_with(sentence)), "{sentence}:\n{}", faults.join("\n"));
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = faults(|files| {
        files.remove("questions.json");
        replace(files, "designs/queued.json", "\"workers\": 12", "\"workers\": -1");
        replace(files, "checklist.json", "{retries}", "{tries}");
    });
    assert_eq!(faults.len(), 3, "{}", faults.join("\n"));
}

/// The author's page lists every figure that conditions and texts may name, and every file of a kata.
#[test]
fn the_authors_page_names_what_there_is() {
    let page = fs::read_to_string("docs/authoring.md").expect("the author's page");
    for name in figures::names() {
        assert!(page.contains(&format!("`{name}`")), "docs/authoring.md does not name {name}");
    }
    for name in files("waiting-room").keys().filter(|name| !name.contains('/')) {
        assert!(page.contains(&format!("`{name}`")), "docs/authoring.md does not name {name}");
    }
}
