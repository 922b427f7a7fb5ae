//! What `kata grade` does not compute: equal designs, seeds beyond a decision, and what an earlier output has.

use std::fs;

use super::{MINUTE, design, folder, table, text, utf16};
use crate::program::{Done, json_lines, kata};

/// A class of five, in which three designs differ in names and places alone.
fn class(name: &str) -> (String, String) {
    let par = design("par");
    let other = par.replace("Within par", "Müllers “Entwurf”, 𝄞").replacen("\"x\": ", "\"x\": 1", 2);
    assert_ne!(par, other);
    let naive = design("naive");
    let files: &[(&str, &[u8])] = &[
        ("minute.json", MINUTE.as_bytes()),
        ("class/a.json", par.as_bytes()),
        ("class/b.json", other.as_bytes()),
        ("class/c.json", naive.as_bytes()),
        ("class/d.json", b"{"),
        ("class/e.json", par.as_bytes()),
    ];
    let here = folder(name, files);
    (text(&here.join("class")).to_owned(), text(&here.join("minute.json")).to_owned())
}

fn graded(class: &str, scenario: &str, more: &[&str]) -> Done {
    kata(&[&["grade", class, "--scenario", scenario, "--format", "ndjson", "--seeds", "3"], more].concat())
}

/// An output that was stopped anywhere is gone on with: what it has is not computed again, and the new output is the whole one.
#[test]
fn an_output_that_was_stopped_is_gone_on_with() {
    let (class, minute) = class("resume");
    let whole = graded(&class, &minute, &[]);
    let old = format!("{class}/../old.ndjson");
    let resumed = |bytes: &[u8]| {
        fs::write(&old, bytes).expect("written");
        graded(&class, &minute, &["--resume", &old])
    };
    let ends: Vec<usize> = whole.out.match_indices('\n').map(|(at, _)| at + 1).collect();
    let inside = whole.out.find('𝄞').expect("a name") + 2;
    // Of two different designs in one scenario, so many are there after so many lines.
    for (cut, taken) in [(0, 0), (10, 0), (ends[0] - 1, 1), (ends[0], 1), (inside, 1), (ends[1], 1), (ends[2], 2)] {
        let again = resumed(&whole.out.as_bytes()[..cut]);
        assert_eq!((again.code, &again.out), (2, &whole.out), "cut at {cut}");
        let told = format!("old.ndjson: {taken} of 2 results are taken over.");
        assert!(again.err.contains(&told), "cut at {cut}: {}", again.err);
    }
    assert!(resumed(&utf16(&whole.out)).err.contains("2 of 2"), "as PowerShell has written it");
    let forged = whole.out.replace("\"passed\":0,", "\"passed\":1,");
    let passed = |out: &str| json_lines(out)[2]["passed"].as_u64();
    assert_eq!((passed(&whole.out), passed(&resumed(forged.as_bytes()).out)), (Some(0), Some(1)), "not computed again");
}

#[test]
fn a_gradebook_is_made_of_rows_that_are_there() {
    let (class, minute) = class("gradebook");
    let rows = format!("{class}/../rows.ndjson");
    assert_eq!(graded(&class, &minute, &["-o", &rows]).code, 2);
    let wide =
        kata(&["grade", &class, "--scenario", &minute, "--seeds", "3", "--resume", &rows, "--wide", "--format", "csv"]);
    assert!(wide.err.contains("2 of 2 results are taken over"), "{}", wide.err);
    let points: Vec<String> = table(&wide.out)[1..].iter().map(|row| row[row.len() - 2].clone()).collect();
    assert_eq!(points, ["100", "100", "0", "", "100"]);
    for other in [&["--seed", "2"][..], &["--seeds", "4"], &["--stop-early"], &["--scenario", "monday"]] {
        let done = kata(&[&["grade", "par", "--resume", &rows], other].concat());
        assert!(done.err.contains(": 0 of "), "{other:?} is another result: {}", done.err);
    }
    let csv = format!("{class}/../rows.csv");
    fs::write(&csv, &wide.out).expect("written");
    let refused = graded(&class, &minute, &["--resume", &csv]);
    assert!(refused.code == 2 && refused.err.contains("rows.csv: line 1 is no row of"), "{}", refused.err);
    let mut broken = fs::read_to_string(&rows).expect("written");
    broken.insert_str(0, "{\"file\":1}\n");
    fs::write(&rows, &broken).expect("written");
    let told = graded(&class, &minute, &["--resume", &rows]).err;
    assert!(told.contains("passed over: 1, the first is 1") && told.contains("2 of 2"), "{told}");
    assert_eq!(graded(&class, &minute, &["--resume", "nowhere.ndjson"]).code, 2);
}

/// 10 seeds decide against a design that passes none of them, 35 for one that passes all, whatever the number of threads.
#[test]
fn seeds_beyond_a_decision_are_not_run() {
    let (class, minute) = class("early");
    let with = |more: &[&str]| {
        let asked = ["grade", &class, "--scenario", &minute, "--seeds", "60", "--format"];
        kata(&[&asked[..], more].concat()).out
    };
    let early = with(&["json", "--stop-early", "--jobs", "1"]);
    assert_eq!(early, with(&["json", "--stop-early", "--jobs", "3"]));
    let seeds: Vec<_> = json_lines(&early).iter().map(|row| (row["seeds"].as_u64(), row["passed"].as_u64())).collect();
    let (passes, fails) = ((Some(35), Some(35)), (Some(10), Some(0)));
    assert_eq!(seeds, [passes, passes, fails, (None, None), passes]);
    assert_eq!(json_lines(&with(&["json"]))[0]["seeds"], 60, "only where it was asked for");
    let stars = |more: &[&str]| table(&with(&[&["csv", "--wide"], more].concat()))[1][6].clone();
    assert_eq!((stars(&[]), stars(&["--stop-early"])), ("2".to_owned(), "2".to_owned()));
    let told = with(&["text", "--stop-early"]).replace('\u{a0}', " ");
    assert!(told.contains("passes 35 of 35 (100 %, 95 %: 90.1 %–100 %, decided before 60)"));
}
