//! Design files: what is accepted, what is refused, where the fault is said to be, and in which words.

use std::rc::Rc;

use waiting_room::design::file::{self, MAX_BYTES};
use waiting_room::design::{Design, Edge, Location, Node, Problem};
use waiting_room::kinds::{KindId, Value};

/// The problems of a text that must be refused, as `place: text` with their codes.
fn refused(text: &str) -> Vec<(String, &'static str, String)> {
    let problems = file::read(text).expect_err("this file must be refused");
    assert!(problems.iter().all(Problem::is_error));
    problems.into_iter().map(|p| (p.place.to_string(), p.code.key(), p.text)).collect()
}

/// The text must be refused for exactly one fault: this code at this place, in words that hold all of these.
fn one_fault(text: &str, place: &str, code: &str, words: &[&str]) {
    let found = refused(text);
    let [(found_place, found_code, said)] = found.as_slice() else { panic!("{text}\ngave {found:#?}") };
    assert_eq!((found_place.as_str(), *found_code), (place, code), "{text}\ngave {found:#?}");
    for word in words {
        assert!(said.contains(word), "{said:?} does not say {word:?}");
    }
}

fn with_nodes(nodes: &str) -> String {
    format!(r#"{{"format":"waiting-room/design","version":1,"nodes":[{nodes}],"edges":[]}}"#)
}

fn with_params(kind: &str, params: &str) -> String {
    with_nodes(&format!(r#"{{"id":"it","kind":"{kind}","params":{params}}}"#))
}

fn with_edges(edges: &str) -> String {
    let node = |kind: &str| format!(r#"{{"id":"{kind}","kind":"{kind}"}}"#);
    let nodes = ["patients", "api", "queue", "consumers", "clinic"].map(node).join(",");
    format!(r#"{{"format":"waiting-room/design","version":1,"nodes":[{nodes}],"edges":[{edges}]}}"#)
}

#[test]
fn a_parameter_that_is_not_allowed_is_named_with_its_value_and_what_is_allowed() {
    let cases: &[(&str, &str, &str, &str, &[&str])] = &[
        ("api", r#"{"threads":0}"#, "threads", "not-allowed", &["0 is not allowed", "a whole number from 1 to"]),
        ("api", r#"{"threads":1.5}"#, "threads", "not-allowed", &["1.5", "whole"]),
        ("api", r#"{"threads":"16"}"#, "threads", "not-allowed", &["\"16\"", "whole"]),
        ("api", r#"{"threads":null}"#, "threads", "not-allowed", &["null"]),
        ("api", r#"{"threads":1e999}"#, "threads", "not-allowed", &["1e999 is not allowed", "whole"]),
        ("api", r#"{"publish_ms":-1e999}"#, "publish_ms", "not-allowed", &["-1e999", "from 0 to"]),
        ("api", r#"{"publish_ms":-1}"#, "publish_ms", "not-allowed", &["-1", "from 0 to"]),
        ("api", r#"{"publish_ms":86400001}"#, "publish_ms", "not-allowed", &["86400001"]),
        ("api", r#"{"treads":4}"#, "treads", "unknown-field", &["threads", "accept_backlog"]),
        ("dead_letter", r#"{"threads":4}"#, "threads", "unknown-field", &["Dead letters has none"]),
        (
            "api",
            r#"{"service":{"dist":"normal","mean_ms":1}}"#,
            "service.dist",
            "not-allowed",
            &["\"normal\"", "erlang"],
        ),
        ("api", r#"{"service":{"mean_ms":1}}"#, "service.dist", "missing", &["lognormal"]),
        ("api", r#"{"service":{"dist":"lognormal","mean_ms":1}}"#, "service.cv", "missing", &["from 0 to 20"]),
        ("api", r#"{"service":{"dist":"constant","mean_ms":1e400}}"#, "service.mean_ms", "not-allowed", &["1e400"]),
        ("api", r#"{"service":{"dist":"constant","mean_ms":1,"cv":1}}"#, "service.cv", "unknown-field", &["mean_ms"]),
        (
            "api",
            r#"{"service":{"dist":"uniform","min_ms":5,"max_ms":4}}"#,
            "service.max_ms",
            "not-allowed",
            &["4", "5"],
        ),
        (
            "api",
            r#"{"service":{"dist":"hyperexponential","mean_ms":1,"cv":0.5}}"#,
            "service.cv",
            "not-allowed",
            &["1 to"],
        ),
        ("api", r#"{"service":{"dist":"erlang","mean_ms":1,"k":101}}"#, "service.k", "not-allowed", &["1 to 100"]),
        ("api", r#"{"service":20}"#, "service", "not-allowed", &["20", "an object whose dist is"]),
        ("patients", r#"{"patience_s":true}"#, "patience_s", "not-allowed", &["true", "or null"]),
        ("patients", r#"{"retries":21}"#, "retries", "not-allowed", &["0 to 20"]),
        (
            "queue",
            r#"{"overflow":"drop_newest"}"#,
            "overflow",
            "not-allowed",
            &["drop_newest", "reject or drop_oldest"],
        ),
        ("queue", r#"{"capacity":0}"#, "capacity", "not-allowed", &["from 1 to", "or null"]),
        ("consumers", r#"{"timeout_ms":[1]}"#, "timeout_ms", "not-allowed", &["[1]"]),
        ("consumers", r#"{"jitter":"some"}"#, "jitter", "not-allowed", &["full or none"]),
        ("consumers", r#"{"scaling":{"policy":"auto"}}"#, "scaling.policy", "not-allowed", &["\"auto\"", "demand"]),
        (
            "consumers",
            r#"{"scaling":{"policy":"fixed","workers":0}}"#,
            "scaling.workers",
            "not-allowed",
            &["0", "1 to"],
        ),
        ("consumers", r#"{"breaker":{"failures":10}}"#, "breaker.open_s", "missing", &["0.1"]),
        ("consumers", r#"{"breaker":5}"#, "breaker", "not-allowed", &["null, or an object"]),
        ("clinic", r#"{"idempotent":1}"#, "idempotent", "not-allowed", &["true or false"]),
        ("clinic", r#"{"error_rate":1.01}"#, "error_rate", "not-allowed", &["0 to 1"]),
        ("clinic", r#"{"skew":1,"skew":2}"#, "skew", "duplicate-key", &["twice"]),
    ];
    for (kind, params, path, code, words) in cases {
        one_fault(&with_params(kind, params), &format!("nodes[0].params.{path}"), code, words);
    }
}

#[test]
fn a_schedule_is_checked_step_by_step() {
    let schedule = |steps: &str| {
        with_params(
            "consumers",
            &format!(r#"{{"scaling":{{"policy":"schedule","workers":0,"startup_s":60,"steps":{steps}}}}}"#),
        )
    };
    let at = "nodes[0].params.scaling.steps";
    one_fault(
        &schedule(r#"[{"at_s":5,"workers":1},{"at_s":5,"workers":2}]"#),
        &format!("{at}[1].at_s"),
        "not-allowed",
        &["later than"],
    );
    one_fault(&schedule(r#"[{"at_s":5}]"#), &format!("{at}[0].workers"), "missing", &["whole number"]);
    one_fault(&schedule(r#"[{"at_s":1e999,"workers":1}]"#), &format!("{at}[0].at_s"), "not-allowed", &["1e999"]);
    one_fault(&schedule("[3]"), &format!("{at}[0]"), "not-allowed", &["3", "at_s and workers"]);
    one_fault(&schedule("{}"), at, "not-allowed", &["a list"]);
    assert!(file::read(&schedule("[]")).is_ok());
}

#[test]
fn a_faulty_node_is_named_by_its_number() {
    let api = r#"{"id":"a","kind":"api"}"#;
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (r#"{"id":"b","kind":"cache"}"#, "nodes[1].kind", "unknown-kind", &["\"cache\"", "patients, api, queue"]),
        (r#"{"id":"b","kind":7}"#, "nodes[1].kind", "unknown-kind", &["7"]),
        (r#"{"id":"b"}"#, "nodes[1].kind", "missing", &["patients"]),
        (r#"{"kind":"api"}"#, "nodes[1].id", "missing", &["1 to 100 characters"]),
        (r#"{"id":"a","kind":"queue"}"#, "nodes[1].id", "duplicate-id", &["\"a\""]),
        (r#"{"id":"","kind":"api"}"#, "nodes[1].id", "not-allowed", &["1 to 100"]),
        (r#"{"id":"a\u0000b","kind":"api"}"#, "nodes[1].id", "not-allowed", &["control character"]),
        (r#"{"id":5,"kind":"api"}"#, "nodes[1].id", "not-allowed", &["5"]),
        (r#"{"id":"b","kind":"api","x":1e999}"#, "nodes[1].x", "not-allowed", &["1e999"]),
        (r#"{"id":"b","kind":"api","y":-1000001}"#, "nodes[1].y", "not-allowed", &["-1000001"]),
        (r#"{"id":"b","kind":"api","x":null}"#, "nodes[1].x", "not-allowed", &["null"]),
        (r#"{"id":"b","kind":"api","label":false}"#, "nodes[1].label", "not-allowed", &["false"]),
        (r#"{"id":"b","kind":"api","colour":"red"}"#, "nodes[1].colour", "unknown-field", &["label"]),
        (r#"{"id":"b","kind":"api","a b":1}"#, "nodes[1][\"a b\"]", "unknown-field", &["label"]),
        (r#"{"id":"b","kind":"api","params":[]}"#, "nodes[1].params", "not-allowed", &["an object"]),
        (r#""b""#, "nodes[1]", "not-allowed", &["\"b\"", "an object"]),
        (r#"{"id":"b","kind":"api","id":"c"}"#, "nodes[1].id", "duplicate-key", &["twice"]),
    ];
    for (node, place, code, words) in cases {
        one_fault(&with_nodes(&format!("{api},{node}")), place, code, words);
    }
}

#[test]
fn a_faulty_edge_is_named_by_its_number() {
    let first = r#"{"from":"patients","to":"api"}"#;
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (r#"{"from":"api","to":"nowhere"}"#, "edges[1].to", "edge-to-nowhere", &["\"nowhere\"", "consumers"]),
        (r#"{"from":"nowhere","to":"api"}"#, "edges[1].from", "edge-to-nowhere", &["\"nowhere\""]),
        (
            r#"{"from":"queue","to":"clinic"}"#,
            "edges[1]",
            "edge-not-allowed",
            &["\"queue\"", "Consumers or Dead letters"],
        ),
        (r#"{"from":"clinic","to":"api"}"#, "edges[1]", "edge-not-allowed", &["anything"]),
        (r#"{"from":"api","to":"api"}"#, "edges[1]", "edge-not-allowed", &["Queue or Clinics"]),
        (first, "edges[1]", "duplicate-edge", &["twice"]),
        (r#"{"from":"api"}"#, "edges[1].to", "missing", &["characters"]),
        (r#"{"from":"api","to":3}"#, "edges[1].to", "not-allowed", &["3"]),
        (r#"{"from":"api","to":"queue","weight":0}"#, "edges[1].weight", "not-allowed", &["above 0"]),
        (r#"{"from":"api","to":"queue","weight":1000001}"#, "edges[1].weight", "not-allowed", &["1000001"]),
        (r#"{"from":"api","to":"queue","weight":1e999}"#, "edges[1].weight", "not-allowed", &["1e999"]),
        (r#"{"from":"api","to":"queue","wait":1}"#, "edges[1].wait", "unknown-field", &["weight"]),
        ("[]", "edges[1]", "not-allowed", &["[]", "an object"]),
    ];
    for (edge, place, code, words) in cases {
        one_fault(&with_edges(&format!("{first},{edge}")), place, code, words);
    }
}

#[test]
fn the_head_says_what_the_file_is() {
    let body = r#""nodes":[],"edges":[]"#;
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (r#""version":1"#, "format", "missing", &["waiting-room/design"]),
        (
            r#""format":"waiting-room/scenario","version":1"#,
            "format",
            "format",
            &["waiting-room/scenario", "waiting-room/design"],
        ),
        (r#""format":3,"version":1"#, "format", "format", &["3"]),
        (r#""format":"waiting-room/design""#, "version", "missing", &["1"]),
        (r#""format":"waiting-room/design","version":2"#, "version", "version", &["2 is newer", "newer release"]),
        (r#""format":"waiting-room/design","version":1e999"#, "version", "version", &["1e999 is newer"]),
        (r#""format":"waiting-room/design","version":0"#, "version", "version", &["0 is unknown"]),
        (r#""format":"waiting-room/design","version":"1""#, "version", "version", &["\"1\" is unknown"]),
        (r#""format":"waiting-room/design","version":1,"author":"me""#, "author", "unknown-field", &["nodes"]),
        (r#""format":"waiting-room/design","version":1,"name":1"#, "name", "not-allowed", &["1"]),
    ];
    for (head, place, code, words) in cases {
        one_fault(&format!("{{{head},{body}}}"), place, code, words);
    }
    one_fault(r#"{"format":"waiting-room/design","version":1,"nodes":[]}"#, "edges", "missing", &["connections"]);
    one_fault(
        r#"{"format":"waiting-room/design","version":1,"nodes":{},"edges":[]}"#,
        "nodes",
        "not-allowed",
        &["a list"],
    );
    one_fault("[]", "", "not-allowed", &["an object"]);
    one_fault("null", "", "not-allowed", &["null", "an object"]);
}

#[test]
fn a_newer_version_is_refused_without_guessing_at_the_rest() {
    let text = r#"{"format":"waiting-room/design","version":7,"things":[1],"nodes":"many"}"#;
    one_fault(text, "version", "version", &["7 is newer"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let text = r#"{"format":"waiting-room/design","version":1,"nodes":[
        {"id":"patients","kind":"patients","params":{"rtt_ms":-1,"retries":1.5}},
        {"id":"api","kind":"apy"},
        {"id":"patients","kind":"queue","params":{"capacity":1e999}}],
        "edges":[{"from":"patients","to":"nowhere"},{"from":"patients","to":"patients","weight":-1}]}"#;
    let places: Vec<_> = refused(text).into_iter().map(|(place, ..)| place).collect();
    let expected = [
        "nodes[0].params.rtt_ms",
        "nodes[0].params.retries",
        "nodes[1].kind",
        "nodes[2].id",
        "nodes[2].params.capacity",
        "edges[0].to",
        "edges[1].weight",
        "edges[1]",
    ];
    assert_eq!(places, expected);
}

#[test]
fn a_long_list_of_faults_is_cut_and_says_how_many_more() {
    let edges = vec![r#"{"from":"api","to":"nowhere"}"#; 500].join(",");
    let found = refused(&with_edges(&edges));
    assert_eq!(found.len(), 201);
    assert_eq!(found[200].1, "more");
    assert!(found[200].2.contains("300 more"), "{}", found[200].2);
}

#[test]
fn what_is_not_json_is_told_with_line_and_column() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["not JSON", "the file is empty"]),
        (" \n", &["the file is empty"]),
        ("{", &["line 1, column 1", "} is missing"]),
        ("{\n  \"a\": 1,\n}", &["Line 3, column 1", "comma too many"]),
        ("{\"a\" 1}", &["column 6", "colon"]),
        ("{a: 1}", &["double quotes"]),
        ("[1 2]", &["comma or a ]"]),
        ("{} x", &["after the end"]),
        ("{\"a\": 01}", &["not a number"]),
        ("{\"a\": nul}", &["true, false or null"]),
        ("{\"a\": \"\\q\"}", &["no known escape"]),
        ("{\"a\": \"b\nc\"}", &["control character"]),
        ("{\"a\": \u{0}}", &["value belongs"]),
        ("{\"a\": \"\\ud83d\"}", &["column 8", "half of a character"]),
        ("{\"a\": \"\\u12\"}", &["column 8", "four hexadecimal digits"]),
    ];
    for (text, words) in cases {
        let found = refused(text);
        let [(place, "not-json", said)] = found.as_slice() else { panic!("{text:?} gave {found:?}") };
        assert_eq!(place, "");
        for word in *words {
            assert!(said.to_lowercase().contains(&word.to_lowercase()), "{text:?}: {said:?} does not say {word:?}");
        }
    }
}

#[test]
fn what_is_too_much_is_refused_before_it_is_built() {
    one_fault(&" ".repeat(MAX_BYTES + 1), "", "file-too-large", &["1\u{202f}048\u{202f}577 bytes", "1 MiB"]);
    let nodes = |n: usize| (0..n).map(|i| format!(r#"{{"id":"n{i}","kind":"api"}}"#)).collect::<Vec<_>>().join(",");
    one_fault(&with_nodes(&nodes(201)), "nodes", "too-many", &["201", "200"]);
    assert!(file::read(&with_nodes(&nodes(200))).is_ok());
    let edges = vec!["{}"; 1001].join(",");
    one_fault(&with_edges(&edges), "edges", "too-many", &["1001", "1000"]);
}

#[test]
fn deep_nesting_and_endless_keys_are_only_faults() {
    for open in ["[", "{\"a\":"] {
        one_fault(&open.repeat(100_000), "", "not-json", &["nested too deeply"]);
    }
    let key = "k".repeat(500_000);
    let found = refused(&with_params("api", &format!(r#"{{"{key}":[{}1]}}"#, "1e999,".repeat(80_000))));
    assert_eq!(found.len(), 1);
    assert!(found[0].0.chars().count() < 200, "a path of {} characters", found[0].0.len());
    let found = refused(&with_params("api", &format!(r#"{{"threads":[{{"{key}":[{}1]}}]}}"#, "1e999,".repeat(80_000))));
    assert_eq!(found.len(), 1);
    let magic = r#"{"threads":{"$serde_json::private::Number":"sixteen"}}"#;
    one_fault(&with_params("api", magic), "nodes[0].params.threads", "not-allowed", &["whole number"]);
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    let text = r#"{"format":"waiting-room/design","version":1,"nodes":[{"kind":"api","id":"a"}],"edges":[]}"#;
    let design = file::read(text).expect("a design");
    assert_eq!((&*design.name, design.nodes[0].label.clone(), design.nodes[0].params.len()), ("", None, 0));
    let unlabelled = text.replace(r#""id":"a""#, r#""id":"a","label":"""#);
    assert_eq!(file::read(&unlabelled), Ok(design.clone()), "an empty label is none");
    let with_mark = format!("\u{feff}{text}");
    assert_eq!(file::read(&with_mark), Ok(design));
}

/// Only what the file sets is stored, in the catalogue's order; a default that is written out stays written out.
#[test]
fn parameters_are_kept_in_the_order_of_the_catalogue() {
    let text = with_params(
        "consumers",
        r#"{"attempts":4,"breaker":{"open_s":5,"failures":3},"scaling":{"startup_s":1,"steps":[{"workers":2,"at_s":1}],"workers":1,"policy":"schedule"}}"#,
    );
    let design = file::read(&text).expect("a design");
    let params = &design.nodes[0].params;
    assert_eq!(params.iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["scaling", "attempts", "breaker"]);
    let scaling = r#"{"policy":"schedule","workers":1,"startup_s":1,"steps":[{"at_s":1,"workers":2}]}"#;
    assert_eq!(params[0].1.json(), scaling);
    assert_eq!(params[2].1, Value::literal(r#"{"failures":3,"open_s":5}"#));
}

#[test]
fn writing_leaves_out_what_is_not_set() {
    let design = Design {
        name: "".into(),
        nodes: vec![
            Rc::new(Node::new("patients".into(), KindId::Patients, 0.0, 8.5)),
            Rc::new(Node::new("api".into(), KindId::Api, 184.0, -8.0)),
        ],
        edges: vec![Edge { from: "patients".into(), to: "api".into(), weight: 1.0 }],
    };
    let expected = r#"{"format":"waiting-room/design","version":1,"nodes":[{"id":"patients","kind":"patients","x":0,"y":8.5},{"id":"api","kind":"api","x":184,"y":-8}],"edges":[{"from":"patients","to":"api"}]}"#;
    assert_eq!(file::write_compact(&design), expected);
    assert_eq!(file::read(&file::write(&design)), Ok(design));
}

#[test]
fn places_are_told_as_they_stand_in_the_file() {
    let problems = file::read(&with_params("api", r#"{"threads":0}"#)).expect_err("refused");
    assert_eq!(problems[0].place, Location::File("nodes[0].params.threads".to_owned()));
}
