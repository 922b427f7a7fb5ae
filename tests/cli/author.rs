//! The command `kata author`: what it says of a folder, and with which exit code.

use crate::golden;
use crate::program::{Done, kata};
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn author_says_whether_a_folder_makes_an_exercise() {
    let sound = kata(&["author", "static/katas/evening-rush"]);
    assert_eq!((sound.code, sound.err.as_str()), (0, ""), "{}", sound.out);
    golden::tells(
        "command",
        "author of a sound folder",
        &sound.out,
        &["careful", "10 of 10", "with ", "without ", "parts as they come"],
    );

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("author/evening-rush");
    copy("static/katas/evening-rush".as_ref(), &folder);
    let manifest = folder.join("kata.json");
    let text = std::fs::read_to_string(&manifest).expect("copied");
    let name = folder.to_str().expect("UTF-8");
    // Without the design that copes with errors, and with the best of the rest to begin with.
    std::fs::write(
        &manifest,
        text.replace("\"direct\", \"queued\", \"patient\", \"careful\", \"lean\"", "\"careful\""),
    )
    .expect("written");
    for spare in ["direct", "queued", "patient", "lean"] {
        std::fs::remove_file(folder.join(format!("designs/{spare}.json"))).expect("removed");
    }
    // A kata's lessons name its designs; what is too easy has none that is needed.
    let without =
        r#"[{ "text": "one worker", "set": [{ "node": "consumers", "path": "scaling.workers", "value": 1 }] }]"#;
    let lesson = |id: &str, without: &str| {
        format!(r#"{{ "scenario": "{id}", "text": "Nothing.", "with": "careful", "without": {without} }}"#)
    };
    let nothing = r#"[{ "text": "nothing", "set": [] }]"#;
    let lessons = format!(
        r#"{{ "lessons": [{}, {}, {}] }}"#,
        lesson("friday", without),
        lesson("busy-tills", nothing),
        lesson("card-check", without)
    );
    std::fs::write(folder.join("lessons.json"), lessons).expect("written");
    let easy = kata(&["author", name, "--seeds", "2"]);
    assert_eq!((easy.code, easy.err.as_str()), (1, ""));
    let told = |out: &str| out.replace(name, "FOLDER");
    golden::says("command", "author of what is too easy", &told(&easy.out));
    let design = folder.join("designs/careful.json");
    let once = std::fs::read_to_string(&design).expect("copied").replace("\"attempts\": 5", "\"attempts\": 1");
    std::fs::write(&design, once).expect("written");
    let hard = kata(&["author", name, "--seeds", "2"]);
    assert_eq!(hard.code, 1);
    golden::says("command", "author of what nobody masters", &told(&hard.out));

    std::fs::remove_file(folder.join("rungs.json")).expect("removed");
    let broken = kata(&["author", name]);
    assert_eq!((broken.code, broken.err.as_str()), (1, ""));
    assert_eq!(broken.out, format!("rungs.json is missing\n{name}: 1 fault\n"));
    told_money(&folder);
    let nowhere = kata(&["author", "no-such-folder"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.starts_with("no-such-folder: can't be read: "), "{}", nowhere.err);
}

/// An amount in the brief that is neither a budget nor a price is told with both.
fn told_money(folder: &Path) {
    copy("static/katas/evening-rush".as_ref(), folder);
    let brief = folder.join("brief.json");
    let text = std::fs::read_to_string(&brief).expect("copied");
    let (from, to) = (text.find('£').expect("money"), text.find("\", \"for the evening").expect("the budget"));
    std::fs::write(&brief, format!("{}£999.99{}", &text[..from], &text[to..])).expect("written");
    let name = folder.to_str().expect("UTF-8");
    let done = kata(&["author", name]);
    assert_eq!((done.code, done.err.as_str()), (1, ""));
    golden::says("command", "author of a brief with another budget", &done.out.replace(name, "FOLDER"));
}

/// `--kata` takes any folder, wherever the command is given; what is wrong with the folder is said as `author` says it.
#[test]
fn commands_take_a_kata_by_its_folder() {
    let elsewhere = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let evening = std::fs::canonicalize("static/katas/evening-rush").expect("the kata");
    let evening = evening.to_str().expect("UTF-8");
    let there = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
        let output = command.args(args).current_dir(&elsewhere).output().expect("kata ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Done { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
    };
    let listed = there(&["scenarios", "--kata", evening]);
    assert!(
        listed.code == 0 && listed.out.starts_with("friday ") && listed.out.contains("busy-tills "),
        "{}",
        listed.out
    );
    let run = there(&["run", "careful", "--kata", evening, "--scenario", "busy-tills", "--format", "json"]);
    assert!(run.code == 0 && run.out.contains("\"scenario\":\"busy-tills\""), "{}{}", run.out, run.err);
    let first = there(&["check", "queued", "--kata", evening, "--format", "json"]);
    assert!(first.code == 0 && first.out.contains("\"scenario\":\"friday\""), "{}{}", first.out, first.err);
    let graded = there(&["grade", "careful", "--kata", evening, "--format", "csv"]);
    assert_eq!((graded.code, graded.out.lines().count()), (0, 4), "{}{}", graded.out, graded.err);
    let other = there(&["run", "demand", "--kata", evening]);
    assert!(other.code == 2 && other.err.contains("(direct, queued, patient, careful, lean)"), "{}", other.err);
    assert!(
        there(&["run", "demand", "--scenario", "monday"]).out.contains("Monday"),
        "without a folder: the waiting room"
    );

    let folder = elsewhere.join("no-kata");
    copy("static/katas/evening-rush".as_ref(), &folder);
    std::fs::write(folder.join("rungs.json"), "{\"after\": [").expect("written");
    let broken = there(&["grade", "careful", "--kata", "no-kata"]);
    assert_eq!((broken.code, broken.out.as_str()), (2, ""));
    let told = "rungs.json: This is not JSON. Line 1, column 11: the file ends inside a list: a ] is missing.";
    assert!(broken.err.contains(&format!("no-kata: {told}")), "{}", broken.err);
    assert_eq!(there(&["author", "no-kata"]).out, format!("{told}\nno-kata: 1 fault\n"));
    let nowhere = there(&["run", "demand", "--kata", "nowhere"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("nowhere: can't be read: "), "{}", nowhere.err);
}

/// A fresh copy of a folder and those within.
pub fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).expect("copied");
        }
    }
}
