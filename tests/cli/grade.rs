//! `kata grade`, as an instructor uses it: a class of files in, a gradebook out.

use std::fs;
use std::path::PathBuf;

use crate::program::{Done, json_lines, kata};

mod again;
mod inputs;

/// A scenario of one minute, so that tests are quick: 60 workers and a queue pass it on every seed, and asking the clinic at once on none.
const MINUTE: &str = r#"{"format":"waiting-room/scenario","version":1,"id":"minute","name":"One minute","starts_at":"08:00","duration_s":60,
    "arrivals":{"curve":[[0,20]]},"prices":{"worker_hour":0.06},"goals":[{"metric":"acceptance_p95_ms","at_most":200},{"metric":"duplicates","at_most":0}]}"#;

/// A fresh folder of a test's own, with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("grade").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, bytes) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

fn text(path: &std::path::Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The file of a design of the kata.
fn design(id: &str) -> String {
    fs::read_to_string(format!("static/katas/waiting-room/designs/{id}.json")).expect("a design")
}

/// A text as PowerShell writes it.
fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// The cells of a CSV file by rows.
fn table(csv: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                letter => cells.last_mut().expect("a cell").push(letter),
            }
        }
        cells
    };
    csv.lines().map(cells).collect()
}

/// The cell of a row under a heading.
fn cell<'t>(table: &'t [Vec<String>], row: usize, column: &str) -> &'t str {
    let at = table[0].iter().position(|heading| heading == column).unwrap_or_else(|| panic!("no column {column}"));
    &table[row][at]
}

#[test]
fn grades_tell_the_share_passed_with_its_interval() {
    let done = kata(&["grade", "schedule", "naive", "--format", "json", "--seeds", "2"]);
    assert_eq!(done.code, 0);
    let lines = json_lines(&done.out);
    let told: Vec<_> = lines
        .iter()
        .map(|l| (l["scenario"].as_str().expect("an id"), l["passed"].as_u64().expect("a count")))
        .collect();
    let expected = [("monday", 2), ("slow-clinic", 2), ("outage", 2), ("flu-season", 0)];
    assert_eq!(told[..4], expected);
    assert!(told[4..].iter().all(|(_, passed)| *passed == 0) && told.len() == 8);
    let low = lines[0]["low"].as_f64().expect("a share");
    assert!((low - 0.3424).abs() < 1e-3 && lines[0]["high"].as_f64() == Some(1.0), "{}", lines[0]);
    assert_eq!(lines[0]["goals"][0]["metric"], "acceptance_p95_ms");
    assert!(lines[0]["goals"][7]["value"].as_f64().is_some_and(|cost| (8.7..8.8).contains(&cost)));
    // Student's t with one degree of freedom: 12.706 standard errors to each side.
    let cost = |field: &str| lines[0]["goals"][7][field].as_f64().expect("a figure");
    let error = (cost("max") - cost("min")) / 2.0;
    assert!((cost("mean") - (cost("max") + cost("min")) / 2.0).abs() < 1e-9);
    assert!((cost("mean_high") - cost("mean") - 12.706 * error).abs() < 1e-3 * error, "{}", lines[0]["goals"][7]);
    assert!((cost("mean") - cost("mean_low") - 12.706 * error).abs() < 1e-3 * error);
    let one = kata(&["grade", "schedule", "--scenario", "monday", "--format", "json", "--seeds", "1"]);
    assert!(json_lines(&one.out)[0]["goals"][7]["mean"].is_null(), "one Monday has no interval");
}

/// Two of a class are sound, one of them under another's name; the rest can't be used and have a row all the same.
#[test]
fn every_file_has_a_row_that_begins_with_its_name() {
    let par = design("par");
    let class = folder(
        "class",
        &[
            ("lee.json", par.as_bytes()),
            ("nguyen.json", par.as_bytes()),
            ("okafor.json", b"{"),
            ("picture.json", b"\x89PNG\r\n"),
            ("empty.json", br#"{"format":"waiting-room/design","version":1,"nodes":[],"edges":[]}"#),
        ],
    );
    let minute = folder("class-scenario", &[("minute.json", MINUTE.as_bytes())]).join("minute.json");
    let graded = |more: &[&str]| kata(&[&["grade", text(&class), "--scenario", text(&minute)], more].concat());
    let Done { code, out, err } = graded(&["--format", "csv"]);
    assert_eq!(code, 2);
    for words in ["okafor.json: This is not JSON", "picture.json: the file is a PNG picture", "empty.json: "] {
        assert!(err.contains(words), "{words:?} is not in {err:?}");
    }
    let rows = table(&out);
    assert_eq!(
        rows[0].join(","),
        "file,design,kata,engine,scenario,seed,seeds,passed,share,low,high,acceptance_p95_ms,duplicates,error"
    );
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{out}");
    let names: Vec<_> = rows[1..].iter().map(|row| row[0].rsplit('/').next().expect("a name")).collect();
    assert_eq!(names, ["empty.json", "lee.json", "nguyen.json", "okafor.json", "picture.json"]);
    assert!(rows[1][0].starts_with(text(&class)), "as it lies below what was given");
    assert!(cell(&rows, 4, "error").starts_with("This is not JSON."), "{out}");
    assert_eq!(cell(&rows, 5, "error"), "the file is a PNG picture, not text.");
    assert_eq!((cell(&rows, 4, "scenario"), cell(&rows, 4, "passed"), cell(&rows, 4, "design")), ("", "", ""));
    assert_eq!((cell(&rows, 3, "error"), cell(&rows, 3, "design")), ("", "Within par"));
    assert_eq!((cell(&rows, 3, "kata"), cell(&rows, 3, "engine")), ("waiting-room", engine::VERSION));
    assert_eq!(rows[2][4..], rows[3][4..], "equal designs, equal rows");

    let lines = json_lines(&graded(&["--format", "ndjson"]).out);
    assert_eq!(lines.len(), 5);
    assert!(lines[0]["scenario"].is_null() && lines[0]["error"].is_string() && lines[1]["error"].is_null());
    let told = graded(&[]).out;
    assert!(told.contains("okafor.json: can't be used: This is not JSON."), "{told}");
    assert!(told.contains("lee.json, “Within par”: 1 of 1 scenarios passed, 100 points"), "{told}");
}

#[test]
fn wide_is_one_row_a_file() {
    let asked = ["grade", "schedule", "nowhere.json", "--wide", "--seeds", "2", "--format"];
    let with = |format| kata(&[&asked[..], &[format]].concat());
    let Done { code, out, .. } = with("csv");
    assert_eq!(code, 2);
    let rows = table(&out);
    let columns = "file,design,kata,engine,seed,seeds,monday_stars,monday_passed,slow-clinic_stars,slow-clinic_passed,outage_stars,\
        outage_passed,flu-season_stars,flu-season_passed,goals_met,goals,mastered,points,error";
    assert_eq!(rows[0].join(","), columns);
    let engine = engine::VERSION;
    let row = format!("schedule,Workers by the clock,waiting-room,{engine},1,2,1,1,1,1,1,1,0,0,30,32,0,75,");
    assert_eq!(rows[1].join(","), row);
    assert!(rows[2].len() == rows[0].len() && rows[2][0] == "nowhere.json" && cell(&rows, 2, "points").is_empty());
    let row = json_lines(&with("json").out).remove(0);
    assert_eq!((row["points"].as_f64(), row["mastered"].as_bool()), (Some(75.0), Some(false)));
    assert_eq!((row["scenarios"]["outage"]["stars"].as_u64(), row["goals_met"].as_u64()), (Some(1), Some(30)));
    let told = with("text").out;
    assert!(told.starts_with("file          monday  slow-clinic  outage  flu-season  goals  points\n"), "{told}");
    assert!(told.contains("\nnowhere.json  can't be used: there is no such file"), "{told}");
}

/// The same seeds as `kata run` has, wherever they begin; a scenario is asked for by its id or its file.
#[test]
fn seeds_and_scenarios_are_those_asked_for() {
    let graded = kata(&["grade", "par", "--scenario", "outage", "--seed", "17", "--seeds", "3", "--format", "json"]);
    let run = kata(&["run", "par", "--scenario", "outage", "--seed", "17", "--seeds", "3", "--format", "json"]);
    let (row, runs) = (json_lines(&graded.out).remove(0), json_lines(&run.out));
    let passed = runs.iter().filter(|run| run["passed"] == true).count() as u64;
    assert_eq!((row["seed"].as_u64(), row["passed"].as_u64()), (Some(17), Some(passed)));
    let mut costs: Vec<f64> = runs.iter().map(|run| run["cost"].as_f64().expect("a cost")).collect();
    costs.sort_by(f64::total_cmp);
    let cost = row["goals"].as_array().expect("goals").iter().find(|goal| goal["metric"] == "cost").expect("a budget");
    for (figure, value) in ["min", "value", "max"].into_iter().zip(costs) {
        assert_eq!(cost[figure].as_f64(), Some(value), "{figure}");
    }
    let minute = folder("asked", &[("minute.json", MINUTE.as_bytes())]).join("minute.json");
    let two = kata(&["grade", "par", "--scenario", &format!("{},monday", text(&minute)), "--wide", "--format", "json"]);
    let two = json_lines(&two.out).remove(0);
    assert!(two["scenarios"]["minute"]["passed"] == true && two["scenarios"]["monday"]["passed"] == true, "{two}");
    assert!(two["mastered"].is_null() && two["points"].as_f64() == Some(100.0), "not all of the kata: {two}");
    let unknown = kata(&["grade", "par", "--scenario", "tuesday"]);
    assert!(unknown.code == 2 && unknown.err.contains("monday, slow-clinic"), "{}", unknown.err);
}

/// Four attempts are over before the outage is: one booking in seven is never confirmed, so the 95th percentile has no end.
#[test]
fn what_has_no_end_is_said() {
    let graded = |format| kata(&["grade", "demand", "--scenario", "outage", "--format", format]).out;
    let rows = table(&graded("csv"));
    assert_eq!(cell(&rows, 1, "end_to_end_p95_ms"), "inf");
    let row = json_lines(&graded("json")).remove(0);
    let goal = &row["goals"][1];
    assert!(goal["metric"] == "end_to_end_p95_ms" && goal["value"].is_null() && goal["infinite"] == 1, "{goal}");
    let told = graded("text").replace('\u{a0}', " ");
    assert!(told.contains("✗ Confirmed, p95               infinite   at most 11 min"), "{told}");
    // No figure in a table has more digits than say something.
    let long = rows[1].iter().find(|cell| cell.split('.').nth(1).is_some_and(|decimals| decimals.len() > 6));
    assert_eq!(long, None);
}

#[test]
fn must_pass_makes_a_verdict_of_the_exit_code() {
    let minute = folder("must", &[("minute.json", MINUTE.as_bytes())]).join("minute.json");
    let code =
        |designs: &[&str], must: &[&str]| kata(&[&["grade", "--scenario", text(&minute)], must, designs].concat()).code;
    assert_eq!(code(&["queue-60"], &["--must-pass"]), 0);
    assert_eq!((code(&["queue-60", "naive"], &[]), code(&["queue-60", "naive"], &["--must-pass"])), (0, 1));
    assert_eq!(code(&["naive", "nowhere.json"], &["--must-pass"]), 2);
}

/// With points of its own a kata weighs its scenarios; what isn't 100 in all is refused.
#[test]
fn a_kata_may_say_what_its_scenarios_are_worth() {
    let folder = folder("worth", &[("kata.json", b"{}")]);
    copy("static/katas/evening-rush".as_ref(), &folder);
    let manifest = folder.join("kata.json");
    let with = |points: &str| {
        let text = fs::read_to_string("static/katas/evening-rush/kata.json").expect("a kata");
        fs::write(&manifest, text.replacen("\"id\"", &format!("\"points\": {points}, \"id\""), 1)).expect("written");
        kata(&["grade", "queued", "--kata", self::text(&folder), "--wide", "--format", "json"])
    };
    let row = json_lines(&with("[70, 20, 10]").out).remove(0);
    let passed: Vec<bool> =
        ["friday", "busy-tills", "card-check"].iter().map(|id| row["scenarios"][id]["passed"] == true).collect();
    assert_eq!(passed, [true, false, false], "{row}");
    assert_eq!((row["points"].as_f64(), row["kata"].as_str()), (Some(70.0), Some("evening-rush")));
    for wrong in ["[50, 50]", "[50, 50, 1]", "[50, 50, 0.5]", "70"] {
        let refused = with(wrong);
        assert!(refused.code == 2 && refused.err.contains("kata.json: points"), "{wrong}: {}", refused.err);
    }
}

/// A fresh copy of a folder and those within.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &there) } else { drop(fs::copy(entry.path(), there)) }
    }
}
