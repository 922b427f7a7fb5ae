//! Receipts: what `kata run` writes, `kata verify` confirms; whatever is altered is found.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use crate::program::{file, json_lines, kata, kata_with};

/// A receipt as a line, and the same as a file.
fn receipts() -> (String, Value) {
    let run = |format| kata(&["run", "demand-breaker", "--seed", "7", "--format", format]).out;
    let file = serde_json::from_str(&run("receipt-json")).expect("a receipt is JSON");
    (run("receipt").trim().to_owned(), file)
}

/// The verdicts on these lines.
fn verdicts(lines: &[String]) -> (i32, Vec<Value>) {
    let done = kata_with(&["verify", "-", "--format", "ndjson"], Some(lines.join("\n").as_bytes()));
    assert_eq!(done.err, "");
    (done.code, json_lines(&done.out))
}

#[test]
fn a_receipt_holds_as_a_line_and_as_a_file() {
    let (line, value) = receipts();
    assert!(line.starts_with("WR1-") && line.len() < 2000, "{line}");
    let names: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    for name in
        ["kata", "kata_version", "engine", "design", "scenario", "seed", "goals", "passed", "digest", "hints", "when"]
    {
        assert!(names.contains(&name), "{names:?} lacks {name}");
    }
    assert_eq!((&value["kata"], &value["seed"], &value["passed"]), (&json!("waiting-room"), &json!(7), &json!(true)));
    let path = file("receipt.json", value.to_string().as_bytes());
    // As a mail program may have broken it.
    let broken = format!("{}\n  {}\n", &line[..70], &line[70..]);
    for done in [
        kata(&["verify", &line]),
        kata(&["verify", path.to_str().unwrap()]),
        kata_with(&["verify", "-"], Some(broken.as_bytes())),
    ] {
        assert_eq!((done.code, done.err.as_str()), (0, ""));
        assert!(
            done.out.starts_with("The receipt holds: Workers by demand with a breaker · monday · seed 7, passed"),
            "{}",
            done.out
        );
    }
}

/// Each field of it, changed by hand: the sum tells of all of them, and the run of what it can prove.
#[test]
fn every_altered_field_is_found() {
    let (_, value) = receipts();
    let altered: &[(&str, Value, &[&str])] = &[
        ("/kata_version", json!("0123456789abcdef"), &["sum"]),
        ("/engine", json!("0.0.9"), &["sum"]),
        ("/seed", json!(8), &["digest", "goals[0].value", "sum"]),
        ("/scenario", json!("flu-season"), &["digest", "sum"]),
        ("/goals/0/value", json!(1.0), &["goals[0].value", "sum"]),
        ("/goals/0/at_most", json!(1.0), &["goals[0].at_most", "sum"]),
        ("/goals/0/metric", json!("cost"), &["goals[0].metric", "sum"]),
        ("/passed", json!(false), &["passed", "sum"]),
        ("/digest", json!("0123456789abcdef"), &["digest", "sum"]),
        ("/hints", json!(3), &["sum"]),
        ("/when", json!("2026-11-27T15:00:00Z"), &["sum"]),
        ("/design/name", json!("Mine"), &["sum"]),
        ("/design/nodes/0/x", json!(1.0), &["sum"]),
        ("/design/nodes/3/params/scaling/max", json!(60), &["digest", "sum"]),
        ("/sum", json!("0123456789abcdef"), &["sum"]),
    ];
    let lines: Vec<String> = altered
        .iter()
        .map(|(place, to, _)| {
            let mut value = value.clone();
            let field = value.pointer_mut(place);
            *field.unwrap_or_else(|| panic!("there is no {place}")) = to.clone();
            value.to_string()
        })
        .collect();
    let (code, rows) = verdicts(&lines);
    assert_eq!((code, rows.len()), (1, altered.len()));
    for ((place, _, fields), row) in altered.iter().zip(&rows) {
        assert_eq!((&row["holds"], &row["error"]), (&json!(false), &Value::Null), "{place}: {row}");
        let differs: Vec<_> = row["differs"].as_array().unwrap().iter().map(|d| d["field"].as_str().unwrap()).collect();
        for field in *fields {
            assert!(differs.contains(field), "{place}: {differs:?} lacks {field}");
        }
    }
}

/// Two hundred lines, each with one character at random replaced by another one.
#[test]
fn every_altered_character_of_a_line_is_found() {
    let (line, _) = receipts();
    let mut rng = StdRng::seed_from_u64(200);
    let lines: Vec<String> = (0..200)
        .map(|_| {
            loop {
                let mut bytes = line.clone().into_bytes();
                let (at, to) = (rng.random_range(0..bytes.len()), rng.random_range(b'!'..=b'~'));
                if bytes[at] != to {
                    bytes[at] = to;
                    break String::from_utf8(bytes).unwrap();
                }
            }
        })
        .collect();
    let (code, rows) = verdicts(&lines);
    assert_eq!((code, rows.len()), (2, 200));
    for (line, row) in lines.iter().zip(&rows) {
        assert_eq!(row["holds"], json!(false), "{line}");
    }
}

/// One verdict a line, in their order, the same however the list is split; what can't be read has a row.
#[test]
fn a_list_gives_one_verdict_a_line() {
    let (line, value) = receipts();
    let other = kata(&["run", "naive", "--format", "receipt"]).out.trim().to_owned();
    let mut elsewhere = value.clone();
    elsewhere["kata"] = json!("evening-rush");
    let mut newer = value.clone();
    newer["version"] = json!(2);
    let lines =
        [line, String::new(), value.to_string(), "hello".to_owned(), other, elsewhere.to_string(), newer.to_string()];
    let (code, rows) = verdicts(&lines);
    assert_eq!(code, 2);
    let holds: Vec<_> = rows.iter().map(|row| row["holds"] == json!(true)).collect();
    assert_eq!(holds, [true, false, true, false, true, false, false]);
    for (at, part) in [(1, "no receipt"), (3, "no receipt"), (5, "evening-rush"), (6, "newer")] {
        let error = rows[at]["error"].as_str().unwrap_or_default();
        assert!(error.contains(part), "{error:?} lacks {part:?}");
    }
    assert_eq!((&rows[4]["passed"], &rows[4]["scenario"]), (&json!(false), &json!("monday")));
    let split: Vec<Value> = lines.iter().flat_map(|line| verdicts(&[format!("{line}\n")]).1).collect();
    assert_eq!(split, rows);
}

#[test]
fn exit_codes_say_what_became_of_one_receipt() {
    let (_, mut value) = receipts();
    value["hints"] = json!(9);
    let altered = kata_with(&["verify", "-"], Some(value.to_string().as_bytes()));
    assert_eq!(altered.code, 1);
    assert!(altered.out.contains("✗ sum:") && altered.out.contains("altered after it was written"), "{}", altered.out);
    for unusable in ["WR1-abc", "no-such-file"] {
        let done = kata(&["verify", unusable]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{unusable}");
        assert!(!done.err.is_empty());
    }
    let none = kata_with(&["verify", "-", "--format", "ndjson"], Some(b""));
    assert_eq!((none.code, none.out.as_str()), (0, ""));
}

#[test]
fn only_runs_of_the_kata_have_receipts() {
    let scenario = kata(&["scenarios", "monday"]).out.replace("\"monday\"", "\"tuesday\"");
    let path = file("tuesday.json", scenario.as_bytes());
    let done = kata(&["run", "naive", "--scenario", path.to_str().unwrap(), "--format", "receipt"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("scenario of the kata"), "{}", done.err);
}
