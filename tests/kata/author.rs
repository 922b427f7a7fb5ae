//! A kata's folder as an author meets it: what is broken is named in a sentence, all of it at once; the katas that come with the page are
//! sound; and the author's page names what there is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use waiting_room::advice::teaching;
use waiting_room::json::Value;
use waiting_room::kata::{Folder, KataFault, builtin, figures};

type Files = BTreeMap<String, String>;

fn gather(folder: &Path, within: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".json") {
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
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Folder::read(&files).map_err(sentences)
}

fn sentences(faults: Vec<KataFault>) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// What a page with these files holds.
fn block(files: &Files) -> String {
    let file = |(name, text): (&String, &String)| format!("{}:{text}", Value::from(name.as_str()));
    format!("{{{}}}", files.iter().map(file).collect::<Vec<_>>().join(","))
}

/// The faults of the small kata after a change.
fn faults(change: impl Fn(&mut Files)) -> Vec<String> {
    let mut files = files("evening-rush");
    change(&mut files);
    read(&files).map(|_| ()).expect_err("a broken folder")
}

/// Replaces a text in a file, which must be there.
fn replace(files: &mut Files, name: &str, from: &str, to: &str) {
    let text = files.get_mut(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(text.contains(from), "{name} has no {from}");
    *text = text.replace(from, to);
}

#[test]
fn every_kata_that_comes_with_the_page_is_sound() {
    let entries = fs::read_dir("static/katas").expect("the katas").map(|entry| entry.expect("an entry"));
    for entry in entries.filter(|entry| entry.path().is_dir()) {
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

type Change = fn(&mut Files);

/// What is done to a sound folder, and what is said of it then.
const BROKEN: &[(Change, &str)] = &[
    (|f| drop(f.remove("kata.json")), "kata.json is missing"),
    (|f| drop(f.remove("words.json")), "words.json is missing"),
    (
        |f| replace(f, "words.json", "\"kitchens\"", "\"kitchens\", \"ovens\""),
        "words.json: service: has 3 texts; allowed: two",
    ),
    (|f| replace(f, "words.json", "\"evening\"", "7"), "words.json: period: "),
    (|f| drop(f.remove("people.json")), "people.json is missing"),
    (|f| replace(f, "people.json", "\"Lucía\"", "\"Hiroshi\""), "people.json: names: “Hiroshi” stands twice"),
    (|f| replace(f, "people.json", "\"Lucía\"", "7"), "people.json: names[0]: "),
    (
        |f| drop(f.insert("people.json".into(), r#"{"names":["Ana"],"reasons":["ordered a soup"]}"#.into())),
        "people.json: names: has 1 texts; allowed: 20–100.",
    ),
    (|f| drop(f.remove("rungs.json")), "rungs.json is missing"),
    (
        |f| drop(f.remove("designs/careful.json")),
        "kata.json: designs lists “careful”, but designs/careful.json is missing",
    ),
    (|f| drop(f.insert("designs/spare.json".into(), "{}".into())), "designs/spare.json: kata.json does not list it"),
    (|f| drop(f.insert("notes.json".into(), "{}".into())), "notes.json: a kata has no such file"),
    (
        |f| replace(f, "kata.json", "evening-rush", "Evening Rush"),
        "kata.json: id: \"Evening Rush\" is not allowed; allowed: 1–40 small letters",
    ),
    (
        |f| replace(f, "kata.json", "waiting-room/kata", "kata"),
        "kata.json: format: \"kata\" is not allowed; allowed: \"waiting-room/kata\"",
    ),
    (
        |f| replace(f, "kata.json", "\"version\": 1", "\"version\": 2"),
        "kata.json: version: 2 is newer than this program; allowed: 1",
    ),
    (|f| replace(f, "kata.json", "\"queued\"", "\"careful\""), "kata.json: designs: lists “careful” twice"),
    (
        |f| replace(f, "kata.json", "[\"friday\", \"busy-tills\", \"card-check\"]", "[]"),
        "kata.json: scenarios: is empty",
    ),
    (|f| replace(f, "kata.json", "\"id\"", "\"name\""), "kata.json: name: is not a known field"),
    (
        |f| replace(f, "brief.json", "[\"busy-tills\", ", "[\"tills\", "),
        "brief.json: scenarios has no paragraph for “busy-tills”",
    ),
    (|f| replace(f, "brief.json", "[\"busy-tills\", ", "[\"tills\", "), "brief.json: there is no scenario “tills”"),
    (
        |f| replace(f, "brief.json", "[\"cost\", ", "[\"money\", "),
        "brief.json: goals does not say what cost means, a goal of “friday”",
    ),
    (|f| replace(f, "brief.json", "\"heading\"", "\"headline\""), "brief.json: heading"),
    (|f| replace(f, "brief.json", "hungry", &"hungry ".repeat(20)), "brief.json: lead: "),
    (|f| replace(f, "brief.json", "\"£1\"", "\"one pound in all\""), "brief.json: facts[7][0]: "),
    (
        |f| replace(f, "brief.json", "\"for the evening\"]", "\"for the evening\"], [\"£2\", \"for the evening\"]"),
        "brief.json: facts[8]: “for the evening” stands twice",
    ),
    (
        |f| {
            replace(
                f,
                "brief.json",
                "\"for the evening\"]",
                "\"for the evening\"], [\"£2\", \"for the evening\", \"may\"]",
            )
        },
        "brief.json: facts: there is no scenario “may”",
    ),
    (
        |f| replace(f, "brief.json", "queues > 0\" }", "lines > 0\" }"),
        "brief.json: steps[1].when: there is no figure “lines”",
    ),
    (
        |f| replace(f, "brief.json", "\"id\": \"watch\"", "\"id\": \"waited\""),
        "brief.json: steps: the id “waited” stands twice, or in the checklist too",
    ),
    (
        |f| replace(f, "rungs.json", "\"one-attempt\"", "\"waits-for-the-kitchens\""),
        "rungs.json: the id “waits-for-the-kitchens” stands twice",
    ),
    (
        |f| replace(f, "rungs.json", "{clinic_errors}", "{errors}"),
        "rungs.json: ladders[3].question: there is no figure “errors”",
    ),
    (|f| replace(f, "checklist.json", "\"again\"", "\"waited\""), "checklist.json: the id “waited” stands twice"),
    (
        |f| replace(f, "checklist.json", "{dead_lettered}", "{tries}"),
        "checklist.json: items[2].seen: there is no figure “tries”",
    ),
    (|f| replace(f, "glossary.json", "\"retry\"", "\"p95\""), "glossary.json: “p95” stands twice"),
    (
        |f| replace(f, "scenarios/busy-tills.json", "\"id\": \"busy-tills\"", "\"id\": \"faults\""),
        "scenarios/busy-tills.json: its id is “faults”; it must be that of the file, “busy-tills”",
    ),
    (|f| drop(f.remove("parts.json")), "parts.json is missing"),
    (
        |f| replace(f, "parts.json", "\"attempts\": 1", "\"attempts\": 0"),
        "parts.json: placed.consumers.attempts: 0 is not allowed; allowed: a whole number from 1 to 100",
    ),
    (
        |f| replace(f, "parts.json", "\"placed\": {\n", "\"placed\": { \"clinic\": {},\n"),
        "parts.json: placed.clinic: is no kind",
    ),
    (|f| drop(f.remove("lessons.json")), "lessons.json is missing"),
    (
        |f| replace(f, "lessons.json", "\"scenario\": \"busy-tills\"", "\"scenario\": \"friday\""),
        "lessons.json: there is no lesson for “busy-tills”",
    ),
    (
        |f| replace(f, "lessons.json", "\"scenario\": \"busy-tills\"", "\"scenario\": \"friday\""),
        "lessons.json: “friday” has two lessons",
    ),
    (
        |f| replace(f, "lessons.json", "\"scenario\": \"busy-tills\"", "\"scenario\": \"faults\""),
        "lessons.json: lessons[1].scenario: there is no scenario “faults”",
    ),
    (
        |f| replace(f, "lessons.json", "\"with\": \"lean\"", "\"with\": \"keen\""),
        "lessons.json: lessons[0].with: there is no design “keen”",
    ),
    (
        |f| replace(f, "lessons.json", "\"design\": \"patient\"", "\"design\": \"quick\""),
        "lessons.json: lessons[2].without[1].design: there is no design “quick”",
    ),
    (
        |f| replace(f, "lessons.json", "\"design\": \"patient\"", "\"parts\": \"daily\""),
        "lessons.json: lessons[2].without[1].parts: there is no way “daily”; there are fixed, demand, schedule",
    ),
    (
        |f| replace(f, "lessons.json", "\"design\": \"patient\"", "\"design\": \"patient\", \"parts\": \"fixed\""),
        "lessons.json: lessons[2].without[1].parts: is not allowed beside design",
    ),
    (
        |f| replace(f, "lessons.json", "\"workers\": 18", "\"workers\": 0"),
        "lessons.json: lessons[0].without[2].set[0]: ",
    ),
    (
        |f| replace(f, "lessons.json", "\"text\": \"at most 9 workers\", ", ""),
        "lessons.json: lessons[0].without[1].text: is missing",
    ),
    (
        |f| replace(f, "scenarios/busy-tills.json", "\"par\": 0.8", "\"par\": 7"),
        "scenarios/busy-tills.json: par: 7 is not allowed",
    ),
    (|f| replace(f, "scenarios/busy-tills.json", "0.2 }", "2 }"), "scenarios/busy-tills.json: events[0].rate: "),
    (
        |f| replace(f, "designs/queued.json", "\"workers\": 12", "\"workers\": -1"),
        "designs/queued.json: nodes[3].params.scaling.workers: ",
    ),
    (
        |f| replace(f, "designs/queued.json", ",\n    { \"from\": \"consumers\", \"to\": \"clinic\" }", ""),
        "designs/queued.json: in “friday”: ",
    ),
];

#[test]
fn a_broken_folder_is_told_in_sentences() {
    for (change, sentence) in BROKEN {
        let mut broken = files("evening-rush");
        change(&mut broken);
        let faults = read(&broken).map(|_| ()).expect_err(sentence);
        assert!(faults.iter().any(|fault| fault.starts_with(sentence)), "{sentence}:\n{}", faults.join("\n"));
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = faults(|files| {
        files.remove("rungs.json");
        replace(files, "designs/queued.json", "\"workers\": 12", "\"workers\": -1");
        replace(files, "checklist.json", "{dead_lettered}", "{tries}");
    });
    assert_eq!(faults.len(), 3, "{}", faults.join("\n"));
}

/// A page holds the files of a kata as one object; what is read from it is what is read from the folder, and faults have the same words.
#[test]
fn a_page_is_read_like_a_folder() {
    let with_teaching = |mut files: Files| {
        files.insert("teaching.json".into(), teaching::FILE.into());
        files
    };
    let whole = with_teaching(files("waiting-room"));
    let (kata, lines) =
        Folder::read_block(&block(&whole), drop).unwrap_or_else(|faults| panic!("{:?}", sentences(faults)));
    let folder = read(&files("waiting-room")).expect("sound");
    assert_eq!((&kata.id, &kata.brief, &kata.scenarios), (&folder.id, &folder.brief, &folder.scenarios));
    assert_eq!((&kata.rungs, &kata.checklist), (&folder.rungs, &folder.checklist));
    assert_eq!((&kata.parts, &kata.lessons), (&folder.parts, &folder.lessons));
    assert_eq!((&kata.people, &kata.words), (&folder.people, &folder.words));
    assert_eq!(kata.glossary, folder.glossary);
    let designs = |kata: &Folder| kata.designs.iter().map(|d| (d.id.clone(), d.design())).collect::<Vec<_>>();
    assert_eq!(designs(&kata), designs(&folder));
    assert_eq!(teaching::read(&lines).as_deref(), Ok(teaching::lines()));
    for scenario in &kata.scenarios {
        let file = kata.scenario_file(&scenario.id).expect("its file");
        assert_eq!(waiting_room::kata::Scenario::read(file).as_ref(), Ok(scenario));
    }

    let broken = |change: fn(&mut Files)| {
        let mut files = files("evening-rush");
        change(&mut files);
        let told = read(&files).expect_err("a broken folder");
        assert_eq!(
            Folder::read_block(&block(&with_teaching(files)), drop).map_err(sentences).expect_err("broken"),
            told
        );
    };
    broken(|f| drop(f.remove("rungs.json")));
    broken(|f| replace(f, "checklist.json", "{dead_lettered}", "{tries}"));
    broken(|f| replace(f, "designs/queued.json", "\"workers\": 12", "\"workers\": 1e999"));
    broken(|f| drop(f.insert("notes.json".into(), "{}".into())));

    let told = |block: &str| Folder::read_block(block, drop).map_err(sentences).expect_err("broken");
    assert_eq!(told(""), ["kata: This is not JSON: the file is empty."]);
    assert_eq!(told("[]"), ["kata: [] is not allowed; allowed: an object."]);
    assert!(told(&block(&files("evening-rush"))).contains(&"teaching.json is missing".to_owned()));
    let twice = block(&whole).replacen('{', "{\"kata.json\":1,", 1);
    assert!(told(&twice)[0].starts_with("kata: [\"kata.json\"]: stands twice"), "{:?}", told(&twice));
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
