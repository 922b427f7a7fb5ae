//! What `kata grade` reads: folders, lists, UTF-16; and what it never writes over.

use std::fs;
use std::process::{Command, Stdio};

use super::{MINUTE, design, folder, table, text, utf16};
use crate::program::{Done, json_lines, kata, kata_with};

/// The names of the files that have rows.
fn names(csv: &str) -> Vec<String> {
    table(csv)[1..].iter().map(|row| row[0].rsplit("/class/").next().expect("a name").to_owned()).collect()
}

#[test]
fn a_folder_means_the_designs_in_it_and_below() {
    let par = design("par");
    let files: &[(&str, &[u8])] = &[
        ("minute.json", MINUTE.as_bytes()),
        ("class/b/design.json", par.as_bytes()),
        ("class/a.JSON", par.as_bytes()),
        ("class/.hidden.json", b"{"),
        ("class/__MACOSX/a.json", b"{"),
        ("class/notes.txt", b"Late."),
        ("empty/notes.txt", b"Nothing."),
    ];
    let here = folder("folders", files);
    let minute = here.join("minute.json");
    let graded =
        |what: &str| kata(&["grade", text(&here.join(what)), "--scenario", text(&minute), "--wide", "--format", "csv"]);
    let Done { code, out, err } = graded("class");
    assert_eq!((code, names(&out)), (0, vec!["a.JSON".to_owned(), "b/design.json".to_owned()]));
    assert!(err.contains("class: 1 file does not end in .json, so it is passed over: ") && err.contains("notes.txt"));
    let empty = graded("empty");
    assert_eq!(empty.code, 2);
    assert_eq!(table(&empty.out)[1].last().map(String::as_str), Some("there is no design (*.json) in this folder."));
}

/// A learner's archive may hold links; none of them is followed.
#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_not_followed() {
    let here = folder("links", &[("solution/par.json", design("par").as_bytes()), ("class/notes.txt", b"")]);
    for (to, link) in [("solution/par.json", "class/design.json"), ("solution", "class/more")] {
        std::os::unix::fs::symlink(here.join(to), here.join(link)).expect("a link");
    }
    let graded = kata(&["grade", text(&here.join("class")), "--wide", "--format", "csv"]);
    assert_eq!((graded.code, table(&graded.out).len()), (2, 2), "{}", graded.out);
    assert_eq!(
        table(&graded.out)[1].last().map(String::as_str),
        Some("is a link or no file at all; hand in the file itself.")
    );
}

/// A name may hold a terminal's commands; a table has it as it is, a terminal does not.
#[cfg(unix)]
#[test]
fn a_name_gives_a_terminal_no_commands() {
    let here = folder("names", &[("class/a\u{1b}[2J.json", b"{"), ("class/b,\"c\".json", b"{")]);
    let graded = |format| kata(&["grade", text(&here.join("class")), "--format", format]);
    let Done { out, err, .. } = graded("text");
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}') && out.contains("a\u{fffd}[2J.json: can't be used"));
    assert_eq!(json_lines(&graded("json").out)[0]["file"], format!("{}/class/a\u{1b}[2J.json", text(&here)));
    assert!(graded("csv").out.contains("/class/b,\"\"c\"\".json\""));
}

/// A list may be longer than any command line, come from Windows, and name folders and designs of the kata.
#[test]
fn a_list_of_files_comes_from_standard_input() {
    let par = design("par");
    let here = folder("lists", &[("minute.json", MINUTE.as_bytes()), ("class/lee.json", par.as_bytes())]);
    let minute = here.join("minute.json");
    let list = format!("{}\r\n\r\npar\r\nnowhere.json", text(&here.join("class")));
    let args = ["grade", "-", "--scenario", text(&minute), "--wide", "--format", "csv"];
    for bytes in [list.clone().into_bytes(), utf16(&list)] {
        let Done { code, out, .. } = kata_with(&args, Some(&bytes));
        assert_eq!((code, names(&out)), (2, ["lee.json", "par", "nowhere.json"].map(str::to_owned).to_vec()));
    }
    for (list, words) in [("", "empty"), ("-", "itself")] {
        let refused = kata_with(&args, Some(list.as_bytes()));
        assert!(refused.code == 2 && refused.err.contains(words) && refused.out.is_empty(), "{}", refused.err);
    }
    let twice = kata_with(&["grade", "-", "--scenario", "-"], Some(MINUTE.as_bytes()));
    assert!(twice.code == 2 && twice.err.contains("once only"), "{}", twice.err);
}

/// What PowerShell writes with `>` is read like any other file, by every command that reads one.
#[test]
fn utf_16_is_read_by_its_mark_everywhere() {
    let (par, minute) = (utf16(&design("par")), utf16(MINUTE));
    let here = folder("utf16", &[("design.json", &par), ("bare.json", &par[2..]), ("minute.json", &minute)]);
    let (design, minute) = (here.join("design.json"), here.join("minute.json"));
    let (design, minute) = (text(&design), text(&minute));
    let plain = kata(&["run", "par", "--scenario", "monday", "--format", "json"]).out;
    assert_eq!(kata(&["run", design, "--scenario", "monday", "--format", "json"]).out, plain);
    for args in [&["check", design, "--scenario", minute][..], &["grade", design, "--scenario", minute]] {
        let done = kata(args);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{args:?}");
    }
    let bare = here.join("bare.json");
    for command in ["run", "check", "grade"] {
        let done = kata(&[command, text(&bare)]);
        assert!(done.code == 2 && done.err.contains("without its byte order mark; save it as UTF-8"), "{}", done.err);
    }
    let own = here.join("kata");
    super::copy("static/katas/evening-rush".as_ref(), &own);
    for name in ["kata.json", "brief.json", "scenarios/friday.json"] {
        let read = fs::read_to_string(own.join(name)).expect("a file");
        fs::write(own.join(name), utf16(&read)).expect("written");
    }
    let listed = kata(&["scenarios", "--kata", text(&own)]);
    assert!(listed.code == 0 && listed.out.starts_with("friday "), "{}", listed.err);
    fs::write(own.join("words.json"), b"\x89PNG").expect("written");
    let refused = kata(&["author", text(&own)]);
    assert!(refused.code == 2 && refused.err.contains("words.json: the file is a PNG picture"), "{}", refused.err);
}

#[test]
fn no_output_is_written_over_an_input() {
    let par = design("par");
    let rows = kata(&["grade", "par", "--scenario", "monday", "--format", "ndjson"]).out;
    let files: &[(&str, &[u8])] =
        &[("class/lee.json", par.as_bytes()), ("rows.ndjson", rows.as_bytes()), ("minute.json", MINUTE.as_bytes())];
    let here = folder("over", files);
    let path = |name: &str| text(&here.join(name)).to_owned();
    let (class, minute, old) = (path("class"), path("minute.json"), path("rows.ndjson"));
    let graded =
        |more: &[&str]| kata(&[&["grade", &class, "--scenario", &minute, "--format", "ndjson"], more].concat());
    let by_another_way = path("class/../class/lee.json");
    for output in [by_another_way.as_str(), &minute, &old] {
        let done = graded(&["--resume", &old, "-o", output]);
        assert!(
            done.code == 2 && done.err.contains("this file is read; the output needs another name"),
            "{}",
            done.err
        );
        assert_eq!(done.out, "");
    }
    for (file, bytes) in files {
        assert_eq!(fs::read(here.join(file)).expect("there"), *bytes, "{file} is as it was");
    }
    let own = here.join("kata");
    super::copy("static/katas/evening-rush".as_ref(), &own);
    let into = own.join("rungs.json");
    let done = kata(&["grade", "lean", "--kata", text(&own), "-o", text(&into)]);
    assert!(done.code == 2 && done.err.contains("this file is read"), "{}", done.err);
    let done = graded(&["-o", &path("new.ndjson")]);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
    let written = fs::read_to_string(path("new.ndjson")).expect("written");
    assert_eq!(written, graded(&[]).out);
    assert_eq!(json_lines(&written)[0]["file"], format!("{class}/lee.json"));
    let nowhere = graded(&["-o", "/nowhere/x.csv"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("/nowhere/x.csv can't be written"), "{}", nowhere.err);
}

/// A shell has opened the file before the command begins; that it is among the inputs is still seen.
#[cfg(target_os = "linux")]
#[test]
fn a_redirection_onto_an_input_is_refused() {
    let here = folder("redirected", &[("lee.json", design("par").as_bytes())]);
    let file = fs::OpenOptions::new().append(true).open(here.join("lee.json")).expect("opened");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
    command.args(["grade", text(&here), "--format", "csv"]).stdout(file).stdin(Stdio::null());
    let done = command.output().expect("kata ends");
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("lee.json: this file is read"));
    assert_eq!(fs::read_to_string(here.join("lee.json")).expect("there"), design("par"));
}

#[test]
fn numbers_that_are_not_allowed_are_told_with_what_is() {
    for (option, value, allowed) in [
        ("--seeds", "-1", "a whole number from 1 to 1\u{202f}000\u{202f}000"),
        ("--seeds", "many", "a whole number from 1 to"),
        ("--seed", "1.5", "a whole number from 0 to"),
        ("--jobs", "0", "a whole number from 1 to 1\u{202f}024"),
        ("--pass-mark", "0", "a number above 0 and at most 1"),
        ("--pass-mark", "NaN", "a number above 0 and at most 1"),
    ] {
        let done = kata(&["grade", "par", option, value]);
        assert!(done.code == 2 && done.err.contains(allowed), "{option} {value}: {}", done.err);
    }
}
