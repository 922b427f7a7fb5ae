//! Odd names on a terminal and in its files: nothing of them is a command, turns what follows round, or can't be seen.

use crate::program::{file, kata};

const UNSEEN: [char; 4] = ['\u{200b}', '\u{202e}', '\u{ad}', '\u{feff}'];

#[test]
fn what_nobody_sees_is_written_out_in_every_output() {
    let text = std::fs::read_to_string("static/katas/waiting-room/designs/queue-60.json").expect("a design");
    let mut design: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    design["name"] = "\u{202e}nogil\u{200b}".into();
    design["nodes"][1]["label"] = "soft\u{ad}hyphen".into();
    let path = file("gn\u{202e}p\u{200b}.json", design.to_string().as_bytes());
    let path = path.to_str().expect("UTF-8");
    let broken =
        file("broken\u{202e}.json", br#"{"format":"waiting-room/design","version":1,"nodes":[],"ed\u00adges":[]}"#);
    let broken = broken.to_str().expect("UTF-8");
    let quick = ["--scenario", "monday", "--seeds", "1"];
    for args in [
        vec!["check", path],
        vec!["check", "--format", "json", path],
        vec!["check", broken],
        vec!["run", path],
        vec!["run", path, "--format", "json"],
        vec!["run", broken],
        [&["grade", path, broken, "--format", "text"], &quick[..]].concat(),
        [&["grade", path, broken, "--format", "csv"], &quick[..]].concat(),
        [&["grade", path, broken, "--format", "json"], &quick[..]].concat(),
        [&["grade", path, broken, "--format", "ndjson"], &quick[..]].concat(),
    ] {
        let done = kata(&args);
        let all = done.out + &done.err;
        assert!(!all.contains(UNSEEN), "{args:?} printed {all:?}");
        let told = all.contains(r"\u202e") || all.contains(r"\u00ad");
        assert!(told || !all.contains("gn"), "{args:?}: what was left out is told: {all}");
    }
    let csv = kata(&[&["grade", path, "--format", "csv"], &quick[..]].concat()).out;
    assert!(csv.contains(r"gn\u202ep\u200b.json"), "{csv}");
    let json = kata(&[&["grade", path, "--format", "json"], &quick[..]].concat()).out;
    let read: serde_json::Value = serde_json::from_str(&json).expect("JSON still");
    assert!(read.to_string().contains("gn\u{202e}p\u{200b}.json"), "and JSON reads what the file is called");
}
