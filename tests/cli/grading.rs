//! docs/grading.md: each of its commands, run in a clean folder, prints what stands under it. And the kits of `grading/` in folders laid out as
//! their hosts do.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::shown::{Shown, difference, read};

const PAGE: &str = "docs/grading.md";
/// What the page builds the program with; here it is there already.
const BUILD: &str = "build --release --bin kata";

/// An empty folder.
fn clean(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn program(path: &Path, script: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, script).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
}

/// The program by another name, as small as a script.
fn kata(path: &Path) {
    program(path, &format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_kata")));
}

fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to.parent().expect("a folder")).expect("made");
    fs::copy(from, to).expect("copied");
}

fn shell(command: &str, folder: &Path, path: &str) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1 </dev/null; {command}")]).current_dir(folder).env("PATH", path);
    shell.output().expect("a shell")
}

#[test]
fn every_command_prints_what_the_page_shows() {
    let here = clean("grading-page");
    for folder in ["gradescope", "github-classroom"] {
        for file in fs::read_dir(format!("grading/{folder}")).expect("a kit").map(|file| file.expect("a file")) {
            copy(file.path().to_str().expect("UTF-8"), &here.join("grading").join(folder).join(file.file_name()));
        }
    }
    symlink(fs::canonicalize("static").expect("the katas"), here.join("static")).expect("a link");
    kata(&here.join("kata"));
    let cargo = format!("#!/bin/sh\n[ \"$*\" = '{BUILD}' ] && mkdir -p target/release && cp kata target/release/\n");
    program(&here.join("bin/cargo"), &cargo);
    let name = here.display();
    let path = format!("{name}/target/release:{name}/bin:{}", std::env::var("PATH").expect("a path"));
    let (blocks, _) = read(&fs::read_to_string(PAGE).expect("the page"));
    assert!(blocks.len() >= 20, "{} commands only", blocks.len());
    for Shown { command, lines } in &blocks {
        let told = String::from_utf8(shell(command, &here, &path).stdout).expect("UTF-8");
        assert_eq!(difference(lines, &told), None, "{command} prints now:\n{told}");
    }
}

/// Gradescope's folder with these files handed in, after `run_autograder`: its results.
fn autograded(name: &str, exercise: Option<&str>, files: &[(&str, &[u8])]) -> Value {
    let here = clean(&format!("autograder-{name}"));
    for script in ["setup.sh", "run_autograder"] {
        copy(&format!("grading/gradescope/{script}"), &here.join("source").join(script));
    }
    copy("grading/gradescope/run_autograder", &here.join("run_autograder"));
    kata(&here.join("source/kata"));
    if let Some(folder) = exercise {
        symlink(fs::canonicalize(folder).expect("a kata"), here.join("source/exercise")).expect("a link");
    }
    fs::create_dir_all(here.join("submission")).expect("made");
    for (file, bytes) in files {
        fs::write(here.join("submission").join(file), bytes).expect("written");
    }
    let path = std::env::var("PATH").expect("a path");
    let set_up = shell("bash source/setup.sh", &here, &path);
    assert!(set_up.status.success(), "{}", String::from_utf8_lossy(&set_up.stdout));
    let run = shell("./run_autograder", &here, &path);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    let results = fs::read_to_string(here.join("results/results.json")).expect("results");
    serde_json::from_str(&results).expect("JSON")
}

/// The keys and kinds that Gradescope reads.
#[test]
fn gradescope_gets_a_score_and_a_test_for_each_scenario() {
    let lean = fs::read("static/katas/evening-rush/designs/lean.json").expect("a design");
    let patient = fs::read("static/katas/evening-rush/designs/patient.json").expect("a design");
    let kata = Some("static/katas/evening-rush");
    let good = autograded("good", kata, &[("my design.json", &lean), ("notes.txt", b"Late.")]);
    assert_eq!(good["score"].as_f64(), Some(100.0));
    let some = autograded("some", kata, &[("design.json", &patient)]);
    let score = some["score"].as_f64().expect("a score");
    assert!((score - 200.0 / 3.0).abs() < 1e-9, "{some}");
    let tests = some["tests"].as_array().expect("tests");
    assert_eq!(tests.len(), 3);
    for test in tests {
        let (score, most) = (test["score"].as_f64().expect("a score"), test["max_score"].as_f64().expect("its most"));
        let passed = test["status"] == "passed";
        assert!(passed || test["status"] == "failed");
        assert!((score - if passed { most } else { 0.0 }).abs() < 1e-9 && (most - 100.0 / 3.0).abs() < 1e-9, "{test}");
        assert!(test["name"].is_string() && test["output"].as_str().expect("a text").contains("passes "), "{test}");
    }
    assert_eq!(tests[2]["status"], "failed");
    assert!(tests[2]["output"].as_str().expect("a text").contains("✗ Acknowledged, p95"), "{}", tests[2]);
    assert!(some["output"].as_str().expect("a text").contains("2 of 3 scenarios passed"));
    assert!(!some.to_string().contains("4711"), "the seed stays with the instructor");
}

#[test]
fn gradescope_is_told_what_is_wrong_with_a_hand_in() {
    let lean: &[u8] = &fs::read("static/katas/evening-rush/designs/lean.json").expect("a design");
    type Case<'a> = (&'a str, &'a [(&'a str, &'a [u8])], &'a str);
    let cases: &[Case] = &[
        ("broken", &[("design.json", b"{")], "submission/design.json can't be used:\nThis is not JSON."),
        ("none", &[("notes.txt", b"Late.")], "there is no design (*.json) in this folder."),
        (
            "two",
            &[("a.json", lean), ("b.json", lean)],
            "Hand in one design; these are 2: submission/a.json, submission/b.json",
        ),
    ];
    for (name, files, words) in cases {
        let results = autograded(name, None, files);
        assert_eq!((results["score"].as_f64(), results["tests"].as_array().map(Vec::len)), (Some(0.0), Some(0)));
        assert!(results["output"].as_str().expect("a text").contains(words), "{results}");
    }
}

/// Every command of the workflow, in a repository of a learner; every scenario of the kata has its step, and the report hears of each.
#[test]
fn the_classroom_workflow_grades_every_scenario() {
    let workflow = fs::read_to_string("grading/github-classroom/classroom.yml").expect("the workflow");
    let after = |key: &str| -> Vec<&str> {
        let start = format!("{key}: ");
        workflow.lines().filter_map(|line| line.trim_start().strip_prefix(&start)).collect()
    };
    let ids = ["monday", "slow-clinic", "outage", "flu-season"];
    assert_eq!(after("id"), ids);
    assert_eq!(after("runners"), [ids.join(",")]);
    assert_eq!(after("max-score"), ["25"; 4], "100 in all");
    for id in ids {
        let result = format!("\"${{{{ steps.{id}.outputs.result }}}}\"");
        assert_eq!(after(&format!("{}_RESULTS", id.to_uppercase())), [result]);
    }
    let here = clean("classroom");
    kata(&here.join(".github/grading/kata"));
    let path = std::env::var("PATH").expect("a path");
    let passed = |design: &str| -> Vec<bool> {
        copy(&format!("static/katas/waiting-room/designs/{design}.json"), &here.join("design.json"));
        let run = |command: &&str| shell(command, &here, &path).status.success();
        after("run").iter().chain(&after("command")).map(run).collect()
    };
    assert_eq!(passed("schedule"), [true, true, true, true, false], "the first makes the program one");
    fs::write(here.join("design.json"), "{").expect("written");
    assert!(!shell(after("command")[0], &here, &path).status.success());
}
