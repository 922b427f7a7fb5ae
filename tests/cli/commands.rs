//! The command `kata`, as others use it: exit codes, what goes to which stream, the shape of its JSON.

use crate::golden;
use crate::program::{Done, file, json_lines, kata, kata_with, spawn};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

/// A scenario of one minute, so that tests are quick.
const MINUTE: &str = r#"{"format":"waiting-room/scenario","version":1,"id":"minute","name":"One minute","starts_at":"08:00","duration_s":60,
    "arrivals":{"curve":[[0,20]]},"prices":{"worker_hour":0.06},"goals":[{"metric":"max_backlog","at_most":3000},{"metric":"duplicates","at_most":0}]}"#;

fn minute(name: &str) -> String {
    file(name, MINUTE.as_bytes()).to_str().expect("UTF-8").to_owned()
}

/// A scenario of a million bookings a second.
fn busy(name: &str, duration_s: u32) -> String {
    let text = MINUTE
        .replace(r#""duration_s":60"#, &format!(r#""duration_s":{duration_s}"#))
        .replace("[[0,20]]", "[[0,1000000]]");
    file(name, text.as_bytes()).to_str().expect("UTF-8").to_owned()
}

/// A long run is told with its number of bookings before it begins; a usual one isn't.
#[test]
fn many_bookings_are_told_beforehand() {
    let done = kata(&["check", "naive", "--scenario", &busy("busy.json", 20)]);
    let told = done.err.replace('\u{202f}', " ");
    assert_eq!(
        told,
        "kata: One minute: a run has about 20 000 000 bookings and takes a while; allowed: at most 100 000 000.\n"
    );
    assert_eq!(kata(&["check", "naive", "--scenario", &minute("usual.json")]).err, "");
}

/// A run that comes to hold more than there is room for ends there, and the sentence says what to change.
#[test]
fn a_run_that_holds_too_much_says_what_to_change() {
    let design = r#"{"format":"waiting-room/design","version":1,"nodes":[{"id":"patients","kind":"patients"},
        {"id":"api","kind":"api","params":{"threads":1000000,"service":{"dist":"constant","mean_ms":0}}},{"id":"queue","kind":"queue"},
        {"id":"consumers","kind":"consumers"},{"id":"clinic","kind":"clinic"}],
        "edges":[{"from":"patients","to":"api"},{"from":"api","to":"queue"},{"from":"queue","to":"consumers"},{"from":"consumers","to":"clinic"}]}"#;
    let done = kata_with(&["run", "-", "--scenario", &busy("full.json", 10)], Some(design.as_bytes()));
    let told = done.err.replace('\u{202f}', " ");
    let words = "kata: seed 1 ended early: more than 4 000 000 bookings were under way, and a run holds no more. Limit the line or the queue, or serve faster.\n";
    assert_eq!((done.code, told.as_str()), (0, words));
}

/// The keys of an object in the order in which they were printed.
fn keys(object: &str) -> Vec<String> {
    struct Keys(Vec<String>);
    impl<'de> serde::Deserialize<'de> for Keys {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
            struct Visitor;
            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = Keys;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                    let mut keys = Vec::new();
                    while let Some((key, serde::de::IgnoredAny)) = map.next_entry()? {
                        keys.push(key);
                    }
                    Ok(Keys(keys))
                }
            }
            deserializer.deserialize_map(Visitor)
        }
    }
    serde_json::from_str::<Keys>(object).expect("an object").0
}

#[test]
fn a_run_prints_the_object_of_the_contract() {
    let done = kata(&["run", "demand-breaker", "--scenario", &minute("shape.json"), "--format", "json", "--seed", "7"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let names = [
        "design",
        "scenario",
        "seed",
        "digest",
        "events",
        "counts",
        "acceptance_ms",
        "end_to_end_ms",
        "queue_wait_ms",
        "backlog",
        "cost",
        "workers",
        "utilisation",
        "goals",
        "passed",
    ];
    assert_eq!(keys(&done.out), names);
    let run = &json_lines(&done.out)[0];
    assert_eq!((run["scenario"].as_str(), run["seed"].as_u64()), (Some("minute"), Some(7)));
    let digest = run["digest"].as_str().expect("a digest");
    assert!(digest.len() == 16 && digest.bytes().all(|b| b.is_ascii_hexdigit()), "{digest}");
    let counts = [
        "arrivals",
        "accepted",
        "rejected",
        "abandoned",
        "confirmed",
        "dead_lettered",
        "lost",
        "duplicates",
        "retries",
        "timeouts",
        "clinic_errors",
        "clinic_busy",
        "breaker_opened",
    ];
    assert_eq!(keys(&run["counts"].to_string()).len(), counts.len());
    assert!(counts.iter().all(|count| run["counts"][count].is_u64()));
    let latency = ["count", "mean", "p50", "p90", "p95", "p99", "max"];
    for part in ["acceptance_ms", "end_to_end_ms", "queue_wait_ms"] {
        assert!(latency.iter().all(|figure| run[part][figure].is_number()), "{part}: {}", run[part]);
    }
    assert!(run["backlog"]["max"].is_u64() && run["backlog"]["final"].is_u64());
    assert!(run["workers"]["consumers"]["mean"].is_number() && run["workers"]["consumers"]["max"].is_u64());
    assert!(run["utilisation"]["api"].is_number() && run["utilisation"]["clinic"].is_number());
    assert_eq!(run["goals"][0]["metric"], "max_backlog");
    assert_eq!(run["goals"][0]["at_most"].as_f64(), Some(3000.0));
    assert!(run["goals"][0]["value"].is_number() && run["goals"][0]["met"] == true && run["passed"] == true);
}

/// A system without patients' requests has no latency, and a goal for one is not met.
#[test]
fn what_is_not_there_is_null_and_no_goal_holds() {
    let quiet = MINUTE.replace("[0,20]", "[0,0]").replace("max_backlog", "acceptance_p95_ms");
    let path = file("quiet.json", quiet.as_bytes());
    let done = kata(&["run", "naive", "--scenario", path.to_str().expect("UTF-8"), "--format", "json"]);
    let run = &json_lines(&done.out)[0];
    assert_eq!(done.code, 0);
    assert!(run["acceptance_ms"]["p95"].is_null() && run["acceptance_ms"]["mean"].is_null());
    assert_eq!(run["acceptance_ms"]["count"], 0);
    assert!(run["goals"][0]["value"].is_null());
    assert!(run["goals"][0]["met"] == false && run["passed"] == false);
}

#[test]
fn many_seeds_in_parallel_are_the_same_as_one_by_one_and_in_order() {
    let minute = minute("seeds.json");
    let run = |seed: &str, seeds: &str| {
        kata(&["run", "demand", "--scenario", &minute, "--format", "json", "--seed", seed, "--seeds", seeds]).out
    };
    let together = run("5", "20");
    let one_by_one: String = (5..25).map(|seed: u64| run(&seed.to_string(), "1")).collect();
    assert_eq!(together, one_by_one);
    let digests: BTreeMap<_, _> =
        json_lines(&together).into_iter().map(|r| (r["digest"].to_string(), r["seed"].as_u64())).collect();
    assert_eq!(digests.len(), 20, "every seed is another run");
}

#[test]
fn text_is_a_card_with_every_goal() {
    let done = kata(&["run", "queue-60", "--scenario", &minute("card.json")]);
    assert_eq!(done.code, 0);
    for words in ["A queue and 60 workers · One minute · seed 1: passed", "✓ Largest backlog", "at most 3", "Digest"]
    {
        assert!(done.out.contains(words), "{words:?} is not in\n{}", done.out);
    }
}

#[test]
fn designs_come_from_files_standard_input_and_the_kata() {
    let minute = minute("sources.json");
    let text = kata(&["designs", "queue-80"]).out;
    let path = file("mine.json", text.as_bytes());
    let run = |design: &str, input: Option<&[u8]>| {
        let done = kata_with(&["run", design, "--scenario", &minute, "--format", "json"], input);
        assert_eq!(done.code, 0, "{}", done.err);
        json_lines(&done.out)[0]["digest"].clone()
    };
    let built_in = run("queue-80", None);
    assert_eq!(run(path.to_str().expect("UTF-8"), None), built_in);
    assert_eq!(run("-", Some(text.as_bytes())), built_in);
    let from_stdin = kata_with(&["run", "queue-80", "--scenario", "-", "--format", "json"], Some(MINUTE.as_bytes()));
    assert_eq!(json_lines(&from_stdin.out)[0]["digest"], built_in);
}

#[test]
fn input_that_cannot_be_used_ends_with_2_and_says_why() {
    let minute = minute("unusable.json");
    let not_text = file("not-text.json", b"{\"format\": \"\xff\xfe\"}");
    let not_text = not_text.to_str().expect("UTF-8");
    let folder = env!("CARGO_TARGET_TMPDIR");
    let flood = busy("flood.json", 604_800);
    // Arguments, standard input, and what the message names.
    type Case<'a> = (&'a [&'a str], Option<&'a [u8]>, &'a str);
    let cases: &[Case] = &[
        (&["run", "nowhere.json"], None, "no such file"),
        (&["run", "naive", "--scenario", "tuesday"], None, "monday, slow-clinic"),
        (&["run", "naive", "--scenario", &flood], None, "arrivals: brings about 604"),
        (&["check", "naive", "--scenario", &flood], None, "allowed: at most 100"),
        (&["run", "-"], Some(b"{"), "Line 1"),
        (&["run", "-"], Some(b""), "not JSON"),
        (&["run", "-"], Some(&[0; 100]), "not JSON"),
        (&["run", "-"], Some(&[b' '; (1 << 20) + 9]), "1 MiB"),
        (&["run", "-", "--scenario", "-"], Some(b"{}"), "-:"),
        (&["run", not_text], None, "byte 12"),
        (&["check", not_text], None, "byte 12"),
        (&["check", "-"], Some(b"[1,"), "not JSON"),
        (&["run", folder], None, "can't be read"),
        (&["run", "naive", "--scenario", not_text], None, "UTF-8"),
        (&["run", "naive", "--seeds", "0"], None, "--seeds"),
        (&["run", "naive", "--seed", "18446744073709551615", "--seeds", "2"], None, "highest"),
        (&["run", "naive", "--seed", "-1"], None, "--seed"),
        (&["run", "naive", "--seeds", "2", "--series", "x.csv"], None, "one seed"),
        (&["run", "naive", "--scenario", &minute, "--series", "/nowhere/x.csv"], None, "/nowhere/x.csv"),
        (&["run", "naive", "--format", "yaml"], None, "yaml"),
        (&["scenarios", "tuesday"], None, "monday"),
        (&["designs", "best"], None, "naive"),
        (&["grade"], None, "DESIGNS"),
        (&["verify"], None, "verify"),
        (&[], None, "Usage"),
    ];
    for (args, input, words) in cases {
        let done = kata_with(args, *input);
        assert_eq!(done.code, 2, "{args:?}: {}{}", done.out, done.err);
        assert!(done.err.contains(words), "{args:?}: {words:?} is not in {:?}", done.err);
        assert_eq!(done.out, "", "{args:?} prints nothing on standard output");
    }
}

#[test]
fn a_design_that_cannot_run_names_all_its_errors() {
    let text = r#"{"format":"waiting-room/design","version":1,"nodes":[{"id":"a","kind":"api","params":{"threads":0,"instances":1e999}}],"edges":[]}"#;
    let done = kata_with(&["run", "-"], Some(text.as_bytes()));
    assert_eq!(done.code, 2);
    for words in ["nodes[0].params.threads: 0", "nodes[0].params.instances: 1e999"] {
        assert!(done.err.contains(words), "{words:?} is not in {:?}", done.err);
    }
    let empty = r#"{"format":"waiting-room/design","version":1,"nodes":[],"edges":[]}"#;
    let done = kata_with(&["run", "-"], Some(empty.as_bytes()));
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert!(done.err.contains("no patients"), "{}", done.err);
}

#[test]
fn check_ends_with_0_for_warnings_and_1_for_errors() {
    let warned = kata(&["check", "naive"]);
    assert_eq!(warned.code, 0);
    golden::tells(
        "command",
        "check with a warning",
        &warned.out,
        &["warning: api: ", "\n  Why: ", "no errors, 1 warning"],
    );

    let wrong = kata(&["designs", "naive"]).out.replace("\"threads\": 32", "\"threads\": 0");
    let found = kata_with(&["check", "-", "--format", "json"], Some(wrong.as_bytes()));
    assert_eq!(found.code, 1);
    let report = &json_lines(&found.out)[0];
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64()), (Some(1), Some(0)));
    assert_eq!(report["problems"][0]["place"], "nodes[1].params.threads");
    assert_eq!(report["problems"][0]["severity"], "error");

    let apart = kata(&["designs", "naive"]).out.replace(r#", { "from": "api", "to": "clinic" }"#, "");
    let found = kata_with(&["check", "-"], Some(apart.as_bytes()));
    assert_eq!(found.code, 1, "{}{}", found.out, found.err);
    assert!(found.out.contains("error: api: ") && found.out.contains("[api-nowhere]"), "{}", found.out);

    let told = json_lines(&kata(&["check", "naive", "--format", "json"]).out).remove(0);
    golden::says("command", "why, in JSON", told["problems"][0]["why"].as_str().expect("a reason"));

    let clean = kata(&["check", "demand-breaker", "--scenario", "outage", "--format", "json"]);
    assert_eq!((clean.code, json_lines(&clean.out)[0]["problems"].as_array().map(Vec::len)), (0, Some(0)));
}

#[test]
fn check_takes_several_files_folders_and_a_list() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("checked");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let naive = kata(&["designs", "naive"]).out;
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    write("a.json", &kata(&["designs", "demand-breaker"]).out);
    write("b.json", &naive.replace("\"threads\": 32", "\"threads\": 0"));
    write("notes.txt", "none");
    let name = folder.to_str().expect("UTF-8");
    let told = |done: &Done| done.out.replace(name, "FOLDER");
    let found = kata(&["check", name, "naive"]);
    assert_eq!(found.code, 1);
    assert!(found.err.contains("1 file does not end in .json, so it is passed over"), "{}", found.err);
    golden::says("command", "check of several", &told(&found));
    let listed = format!("{name}/a.json\r\nnaive\n");
    let found = kata_with(&["check", "-", "--format", "json"], Some(listed.as_bytes()));
    let rows = json_lines(&found.out);
    assert_eq!((found.code, rows.len(), rows[1]["file"].as_str()), (0, 2, Some("naive")), "{}", found.err);
    assert!(json_lines(&kata(&["check", "naive", "--format", "json"]).out)[0].get("file").is_none());

    write("c.json", "[1,");
    let found = kata(&["check", name]);
    assert_eq!((found.code, found.out.matches(" · ").count()), (2, 2), "the others are checked all the same");
    assert!(found.err.contains("c.json: This is not JSON."), "{}", found.err);
    let both = kata_with(&["check", "naive", "-"], Some(naive.as_bytes()));
    assert_eq!((both.code, both.out.matches("no errors, 1 warning").count()), (0, 2), "{}{}", both.out, both.err);
    assert_eq!(kata_with(&["check", "-"], Some(b"\n")).code, 2, "an empty list");
}

#[test]
fn lists_name_everything_built_in_and_files_read_back() {
    let scenarios = kata(&["scenarios"]).out;
    assert_eq!(scenarios.lines().count(), 4);
    assert!(scenarios.starts_with("monday "), "{scenarios}");
    for line in kata(&["designs"]).out.lines() {
        let id = line.split_whitespace().next().expect("an id");
        assert_eq!(kata_with(&["check", "-"], Some(kata(&["designs", id]).out.as_bytes())).code, 0, "{id}");
    }
    assert!(kata(&["scenarios", "outage"]).out.contains("\"outage\""));
}

#[test]
fn a_series_has_a_row_every_ten_seconds_that_adds_up() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("series.csv");
    let path = path.to_str().expect("UTF-8");
    let done = kata(&["run", "queue-60", "--scenario", &minute("series.json"), "--format", "json", "--series", path]);
    assert_eq!(done.code, 0, "{}", done.err);
    let text = std::fs::read_to_string(path).expect("the series");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let columns = "t_s,arrivals,accepted,rejected,confirmed,backlog,in_flight,oldest_age_s,acceptance_p50_ms,acceptance_p95_ms,acceptance_p99_ms,\
        end_to_end_p50_ms,end_to_end_p95_ms,end_to_end_p99_ms,workers,clinic_busy,cost,api_waiting,clinic_unheard";
    assert_eq!(rows[0].join(","), columns);
    assert_eq!(rows[1..].iter().map(|r| r[0]).collect::<Vec<_>>(), ["10", "20", "30", "40", "50", "60"]);
    let sum = |column: usize| rows[1..].iter().map(|r| r[column].parse::<u64>().expect("a count")).sum::<u64>();
    let run = &json_lines(&done.out)[0];
    for (column, count) in [(1, "arrivals"), (2, "accepted"), (3, "rejected"), (4, "confirmed")] {
        assert_eq!(Some(sum(column)), run["counts"][count].as_u64(), "{count}");
    }
    assert_eq!(rows[6][16].parse::<f64>().ok(), run["cost"].as_f64());
    assert_eq!(rows[6][14], "60");
}

#[test]
fn a_trace_has_a_line_for_every_event_and_changes_nothing() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("trace.jsonl");
    let path = path.to_str().expect("UTF-8");
    let minute = minute("trace.json");
    let plain = kata(&["run", "demand", "--scenario", &minute, "--format", "json"]);
    let traced = kata(&["run", "demand", "--scenario", &minute, "--format", "json", "--trace", path]);
    assert_eq!(plain.out, traced.out);
    let lines = json_lines(&std::fs::read_to_string(path).expect("the trace"));
    let run = &json_lines(&plain.out)[0];
    assert_eq!(Some(lines.len() as u64), run["events"].as_u64());
    let times: Vec<_> = lines.iter().map(|line| line["t_ns"].as_u64().expect("a time")).collect();
    assert!(times.is_sorted(), "time goes back");
    let of = |what: &str| lines.iter().filter(|line| line["what"] == what).count() as u64;
    assert_eq!(
        (Some(of("arrived")), Some(of("confirmed"))),
        (run["counts"]["arrivals"].as_u64(), run["counts"]["confirmed"].as_u64())
    );
    let taken = lines.iter().find(|line| line["what"] == "taken").expect("a message is taken");
    assert_eq!((taken["station"].as_str(), taken["by"].as_str()), (Some("queue"), Some("consumers")));
}

/// A reader that goes away ends the command quietly: no panic, no message.
#[test]
fn a_closed_pipe_is_no_panic() {
    for args in [&["run", "naive", "--seeds", "1000", "--format", "json"][..], &["designs"]] {
        let mut child = spawn(args, None);
        let mut out = child.stdout.take().expect("a pipe");
        if args[0] == "run" {
            out.read_exact(&mut [0; 10]).expect("the first line begins");
        }
        drop(out);
        let output = child.wait_with_output().expect("kata ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}
