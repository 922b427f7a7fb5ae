//! Warnings: each on a design that has the fault, with its figures, and on one that has not.

use crate::support::designs::{design, plain, set, without};
use crate::support::golden;
use waiting_room::advice::lint::{Seen, lint};
use waiting_room::advice::{fluid, teaching};
use waiting_room::design::{Code, Design, Edit, Location, Node, Problem};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KindId, Value};

/// What there is to say before a run, with plain spaces before units.
fn all(design: &Design, scenario: &str) -> Vec<Problem> {
    said(design, scenario, Seen::default())
}

fn said(design: &Design, scenario: &str, seen: Seen) -> Vec<Problem> {
    let mut found = lint(design, builtin::scenario(scenario).expect("built in"), seen);
    for problem in &mut found {
        problem.text = plain(&problem.text);
    }
    found
}

/// The one warning of this code, which stands on `node` and holds all of these figures.
fn warns(design: &Design, scenario: &str, code: &str, node: &str, figures: &[&str]) {
    warns_once(Seen::default(), design, scenario, code, node, figures);
}

/// The same once a run has come to its end.
fn warns_after(design: &Design, scenario: &str, code: &str, node: &str, figures: &[&str]) {
    silent(design, scenario, code);
    warns_once(Seen::ALL, design, scenario, code, node, figures);
}

fn warns_once(seen: Seen, design: &Design, scenario: &str, code: &str, node: &str, figures: &[&str]) {
    let found = said(design, scenario, seen);
    let of_code: Vec<_> = found.iter().filter(|p| p.code.key() == code).collect();
    let [problem] = of_code.as_slice() else { panic!("one {code} expected, found {found:#?}") };
    assert!(!problem.is_error());
    assert!(matches!(&problem.place, Location::Node { id, .. } if id == node), "{problem:?} does not stand on {node}");
    golden::tells("warning", &format!("{code}, {scenario} ({})", figures.join("; ")), &problem.text, figures);
}

fn silent(design: &Design, scenario: &str, code: &str) {
    let found = all(design, scenario);
    assert!(found.iter().all(|p| p.code.key() != code), "no {code} expected, found {found:#?}");
}

/// In flu season no pool is fast enough, but the backlog stays within every goal.
#[test]
fn of_the_design_that_masters_the_kata_there_is_nothing_to_say() {
    let design = design("demand-breaker");
    for scenario in builtin::scenarios() {
        for a_run in [false, true] {
            assert_eq!(said(&design, &scenario.id, Seen { a_run, failures: a_run }), [], "{}", scenario.id);
        }
    }
}

/// The warnings about each reference design in each scenario, before a run and, after a `+`, only once one has come to its end.
#[test]
fn every_reference_design_is_told_what_it_lacks_and_no_more() {
    for (id, told) in [
        ("naive", ["waits", "waits", "waits", "waits"]),
        ("queue-60", ["few over", "few over", "few over + breaker", "few"]),
        ("queue-80", ["over", "few over", "few over + breaker", "few over"]),
        ("queue-300", ["slots over", "slots over", "slots over + breaker", "few slots over"]),
        ("retry-storm", ["over + early", "over + early", "over + early breaker", "few over + early"]),
        ("demand", ["", "", "+ breaker", ""]),
        ("demand-1", ["", "", "", ""]),
        ("demand-breaker", ["", "", "", ""]),
        ("par", ["", "", "", ""]),
        ("schedule", ["", "", "", "few"]),
    ] {
        let short = |problem: &Problem| match problem.code.key() {
            "acknowledgement-waits" => "waits",
            "too-few-workers" => "few",
            "more-workers-than-slots" => "slots",
            "over-budget" => "over",
            "timeout-below-reply" => "early",
            "no-breaker" => "breaker",
            other => panic!("{id}: {other}"),
        };
        for (scenario, told) in builtin::scenarios().iter().zip(told) {
            let before = all(&design(id), &scenario.id);
            let after = said(&design(id), &scenario.id, Seen::ALL);
            let new: Vec<_> = after.iter().filter(|p| !before.contains(p)).map(short).collect();
            let mut words: Vec<_> = before.iter().map(short).collect();
            if !new.is_empty() {
                words.push("+");
                words.extend(new);
            }
            assert_eq!(words.join(" "), told, "{id} in {}", scenario.id);
        }
    }
}

/// A sentence is read in a list too, where nothing else says which component it is about.
#[test]
fn every_warning_names_its_component_and_a_figure() {
    for id in builtin::designs().iter().map(|d| d.id.as_str()) {
        let mut named = design(id);
        for node in &mut named.nodes {
            let mut own = (**node).clone();
            own.label = Some(format!("<{}>", own.id).into());
            *node = own.into();
        }
        for scenario in builtin::scenarios() {
            for problem in said(&named, &scenario.id, Seen::ALL) {
                let Location::Node { id: node, .. } = &problem.place else { panic!("{problem:?}") };
                assert!(problem.text.contains(&format!("<{node}>")), "{id}: {}", problem.text);
                assert!(problem.text.chars().any(|c| c.is_ascii_digit()), "{id}: {}", problem.text);
            }
        }
    }
}

#[test]
fn an_acknowledgement_that_waits_for_the_clinic() {
    warns(&design("naive"), "monday", "acknowledgement-waits", "api", &["1.0–3.0 s", "200 ms"]);
    silent(&design("queue-60"), "monday", "acknowledgement-waits");
    let mixed =
        Edit::Connect { from: "api".into(), to: "clinic".into() }.apply(&design("queue-60")).expect("connected");
    let edit = Edit::SetWeight { from: "api".into(), to: "queue".into(), weight: 3.0 };
    let mixed = edit.apply(&mixed).expect("weighted");
    warns(&mixed, "monday", "acknowledgement-waits", "api", &["25 %"]);
}

#[test]
fn a_queue_nobody_reads() {
    let open = without(&design("queue-60"), &["consumers"]);
    let found = all(&open, "monday");
    assert!(found[0].is_error() && found[0].code.key() == "no-way-to-clinic", "errors come first: {found:#?}");
    warns(&open, "monday", "queue-nobody-reads", "queue", &["169 500"]);
    silent(&design("queue-60"), "monday", "queue-nobody-reads");
}

#[test]
fn a_component_that_nothing_reaches() {
    let alone = Node::new("queue".into(), KindId::Queue, 0.0, 0.0);
    let with_queue = Edit::Add { node: alone }.apply(&design("naive")).expect("added");
    warns(&with_queue, "monday", "unreached", "queue", &["169 500"]);
    let edit = Edit::AddAll { nodes: vec![Node::new("consumers".into(), KindId::Consumers, 0.0, 0.0)], edges: vec![] };
    let both = edit.apply(&with_queue).expect("added");
    let joined = Edit::Connect { from: "queue".into(), to: "consumers".into() }.apply(&both).expect("connected");
    let texts: Vec<_> =
        all(&joined, "monday").into_iter().filter(|p| p.code.key() == "unreached").map(|p| p.text).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.iter().all(|t| t.contains("No way leads from the patients to ")), "{texts:?}");
    silent(&design("naive"), "monday", "unreached");
}

#[test]
fn fewer_workers_than_peak_demand_needs() {
    warns(&design("queue-60"), "monday", "too-few-workers", "consumers", &["60 workers", "29.9", "40", "08:00"]);
    silent(&set(&design("queue-60"), "consumers.scaling.workers", "81"), "monday", "too-few-workers");
    let late = set(&design("schedule"), "consumers.scaling.steps", r#"[{"at_s":1750,"workers":90}]"#);
    warns(&late, "monday", "too-few-workers", "consumers", &["16"]);
    silent(&design("schedule"), "monday", "too-few-workers");
    warns(&design("queue-80"), "flu-season", "too-few-workers", "consumers", &["72", "80 workers", "39.8", "90", "45"]);
    silent(&design("queue-80"), "monday", "too-few-workers");
    warns(&design("schedule"), "flu-season", "too-few-workers", "consumers", &["90 workers", "44.8", "72"]);
}

/// A warning states what is so, and leaves to the learner what to do about it: how many workers it takes, and what the backlog comes to.
#[test]
fn no_warning_names_what_would_mend_it() {
    for id in builtin::designs().iter().map(|d| d.id.as_str()) {
        for scenario in builtin::scenarios() {
            for problem in said(&design(id), &scenario.id, Seen::ALL) {
                let text = problem.text.to_lowercase();
                for word in ["breaker", "put ", "connect", "needs", "peaks", "capacity", "jitter", "dead letter"] {
                    assert!(!text.contains(word), "{id} in {}: {}", scenario.id, problem.text);
                }
            }
        }
    }
}

/// Where calls time out, messages are given up or a queue has an age limit, the fluid estimate does not hold.
#[test]
fn no_backlog_is_foretold_where_the_estimate_does_not_hold() {
    let limited = set(&design("queue-60"), "queue.max_age_s", "500");
    let few_threads = set(&design("queue-60"), "api.threads", "1");
    for (design, scenario, without) in [
        (design("retry-storm"), "flu-season", fluid::Without::Timeouts),
        (design("queue-60"), "outage", fluid::Without::GivenUp),
        (limited, "monday", fluid::Without::QueueLimits),
        (
            set(&few_threads, "api.service", r#"{"dist":"constant","mean_ms":100}"#),
            "monday",
            fluid::Without::Rejections,
        ),
    ] {
        let network = builtin::scenario(scenario).expect("built in").compile(&design).expect("it compiles");
        assert_eq!(fluid::forecast(&network).expect("a pool").without, Some(without), "{scenario}");
    }
}

/// The outage is a surprise until a run has shown it; then the warning about a pool that goes on calling says what that costs.
#[test]
fn no_breaker_where_a_run_has_shown_that_the_clinics_go_dark() {
    let design = design("demand");
    silent(&design, "outage", "no-breaker");
    let seen = Seen::ALL;
    let found = said(&design, "outage", seen);
    let [problem] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(problem.code.key(), "no-breaker");
    assert_eq!(problem.place, Location::Node { id: "consumers".into(), param: Some("breaker".into()) });
    // By hand: 4 calls of 10 + 200 ms, and delays of 1, 2 and 4 s.
    for words in
        ["dark for 10 min from 08:15 on", "Consumers takes then", "given up after 4 failed calls, within 7.8 s"]
    {
        assert!(problem.text.contains(words), "{:?} does not say {words:?}", problem.text);
    }
    assert_eq!(said(&design, "slow-clinic", seen), [], "there is no outage");
    let patient = set(&set(&design, "consumers.backoff_base_ms", "60000"), "consumers.attempts", "12");
    assert_eq!(said(&patient, "outage", seen), [], "who holds out for 11 min gives nothing up");
}

#[test]
fn every_code_has_a_line_of_teaching() {
    for id in builtin::designs().iter().map(|d| d.id.as_str()) {
        for scenario in builtin::scenarios() {
            let found = said(&design(id), &scenario.id, Seen::ALL);
            // What a part would mend has none: the line would name the part.
            let told = |p: &&Problem| !["no-jitter", "no-dead-letters", "no-breaker"].contains(&p.code.key());
            assert!(found.iter().filter(told).all(|p| teaching::line(p.code).is_some()), "{found:#?}");
        }
    }
    assert_eq!(teaching::line(Code::NotJson), None, "what is wrong with a file is not about a design");
    for line in teaching::lines() {
        assert!(line.text.chars().count() <= 170 && line.text.ends_with('.'), "{}: one line: {}", line.code, line.text);
    }
}

#[test]
fn a_broken_file_of_lines_is_told_in_a_sentence() {
    let all = |change: fn(&mut Vec<serde_json::Value>)| {
        let mut file: serde_json::Value = serde_json::from_str(teaching::FILE).expect("JSON");
        change(file["lines"].as_array_mut().expect("lines"));
        teaching::read(&waiting_room::json::read(&file.to_string()).expect("JSON"))
    };
    assert!(all(|_| ()).is_ok());
    for (read, words) in [
        (all(|lines| drop(lines.pop())), "lines: nothing is said about “cycle”"),
        (all(|lines| lines[0]["code"] = "x".into()), "lines[0].code: no problem is called “x”"),
        (all(|lines| lines[0]["code"] = "no-breaker".into()), "lines[0].code: is mended by a part"),
        (all(|lines| lines.push(lines[0].clone())), "“acknowledgement-waits” has two lines"),
        (all(|lines| lines[0]["extra"] = 1.into()), "lines[0].extra: is not a known field"),
    ] {
        let errors: Vec<String> = read.expect_err("broken").iter().map(ToString::to_string).collect();
        assert!(errors.iter().any(|error| error.contains(words)), "{errors:?}");
    }
}

/// Every code that the compiler of designs uses is in its list; the source is asked.
#[test]
fn the_list_of_errors_is_complete() {
    let mut used = std::collections::BTreeSet::new();
    for file in ["compile.rs", "compile/checks.rs", "compile/params.rs"] {
        let path = format!("{}/src/design/{file}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).expect("a source file");
        let source: String = source.split_whitespace().collect();
        for call in ["Problem::error(Code::", "fault(Code::"] {
            used.extend(source.split(call).skip(1).filter_map(|rest| Some(rest.split_once(',')?.0.to_owned())));
        }
    }
    let listed = waiting_room::design::compile::CODES.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(used, listed);
}

/// Two pools on one queue work together, and two queues share the requests by weight.
#[test]
fn pools_that_share_a_queue_are_counted_together() {
    let half = set(&design("queue-60"), "consumers.scaling.workers", "41");
    let edit = Edit::AddAll { nodes: vec![Node::new("more".into(), KindId::Consumers, 0.0, 0.0)], edges: vec![] };
    let mut both = edit.apply(&half).expect("added");
    for (from, to) in [("queue", "more"), ("more", "clinic")] {
        both = Edit::Connect { from: from.into(), to: to.into() }.apply(&both).expect("connected");
    }
    warns(&both, "monday", "too-few-workers", "consumers", &["61"]);
    silent(&set(&both, "more.scaling.workers", "40"), "monday", "too-few-workers");
}

#[test]
fn more_workers_than_slots() {
    let many = design("queue-300");
    warns(&many, "monday", "more-workers-than-slots", "consumers", &["300", "90", "210"]);
    silent(&set(&many, "consumers.scaling.workers", "90"), "slow-clinic", "more-workers-than-slots");
}

#[test]
fn a_timeout_below_the_slowest_reply() {
    warns_after(&design("retry-storm"), "monday", "timeout-below-reply", "consumers", &["2.5 s", "3 s"]);
    // That the clinics get slower is a surprise until a run has shown it.
    let failed = Seen { failures: true, ..Seen::default() };
    warns_once(failed, &design("retry-storm"), "slow-clinic", "timeout-below-reply", "consumers", &["2.5 s", "3 s"]);
    let seen = Seen::ALL;
    warns_once(seen, &design("retry-storm"), "slow-clinic", "timeout-below-reply", "consumers", &["2.5 s", "6 s"]);
    let exact = set(&design("queue-80"), "consumers.timeout_ms", "6000");
    silent(&exact, "slow-clinic", "timeout-below-reply");
    let told =
        |design: &Design| said(design, "slow-clinic", seen).iter().any(|p| p.code.key() == "timeout-below-reply");
    assert!(!told(&exact), "the slowest reply comes just in time");
    let shorter = set(&exact, "consumers.timeout_ms", "5999");
    warns_after(&shorter, "slow-clinic", "timeout-below-reply", "consumers", &["6 s"]);
    silent(&shorter, "monday", "timeout-below-reply");
    assert!(!told(&set(&exact, "consumers.timeout_ms", "null")));
    warns_after(
        &set(&design("naive"), "api.call_timeout_ms", "2000"),
        "monday",
        "timeout-below-reply",
        "api",
        &["2 s"],
    );
}

#[test]
fn retries_without_jitter() {
    let plain = set(&design("demand"), "consumers.jitter", "\"none\"");
    warns_after(&plain, "monday", "no-jitter", "consumers", &["1 s", "4"]);
    for without in [set(&plain, "consumers.attempts", "1"), design("demand")] {
        let found = said(&without, "monday", Seen::ALL);
        assert!(found.iter().all(|p| p.code.key() != "no-jitter"), "{found:#?}");
    }
}

#[test]
fn finite_attempts_without_dead_letters() {
    let lossy = without(&design("demand"), &["dead_letter"]);
    warns_after(&lossy, "monday", "no-dead-letters", "consumers", &["4"]);
    let told = |design: &Design| said(design, "monday", Seen::ALL).iter().any(|p| p.code.key() == "no-dead-letters");
    assert!(!told(&design("demand")));
    let node = Node::new("parked".into(), KindId::DeadLetter, 0.0, 0.0);
    let parked = Edit::Add { node }.apply(&lossy).expect("added");
    let by_queue = Edit::Connect { from: "queue".into(), to: "parked".into() }.apply(&parked).expect("connected");
    assert!(!told(&by_queue));
}

/// 80 workers for 3 h at £0.06, two instances at £0.12, 169 500 messages: £14.40 + £0.72 + £0.08.
#[test]
fn a_forecast_above_the_budget() {
    warns(&design("queue-80"), "monday", "over-budget", "consumers", &["£15.20", "£14.40", "£5.20", "£10.00"]);
    silent(&set(&design("queue-80"), "consumers.scaling.workers", "51"), "monday", "over-budget");
    silent(&design("schedule"), "monday", "over-budget");
    silent(&design("demand"), "monday", "over-budget");
    let floor = set(&design("demand"), "consumers.scaling.min", "60");
    warns(&floor, "monday", "over-budget", "consumers", &["£11.60"]);
    warns(&set(&design("naive"), "api.instances", "40"), "monday", "over-budget", "api", &["£14.40"]);
}

/// The schedule's cost by hand: 16 × 1500 + 90 × 3000 + 60 × 1200 + 32 × 1800 + 16 × 3300 worker-seconds = £7.94, and £0.80 besides.
#[test]
fn a_schedule_is_costed_step_by_step() {
    let monday = builtin::scenario("monday").expect("built in");
    let mut tight = monday.clone();
    for goal in &mut tight.goals {
        if goal.metric.key == "cost" {
            goal.at_most = 8.0;
        }
    }
    let found = lint(&design("schedule"), &tight, Seen::default());
    let text = &found.iter().find(|p| p.code.key() == "over-budget").expect("over £8").text;
    assert!(text.contains("£8.74") && text.contains("£7.94"), "{text}");
}

/// A design with a parameter out of range has that error and still the warnings about the rest.
#[test]
fn an_error_does_not_hide_the_warnings() {
    let mut broken = design("naive");
    let mut api = (*broken.nodes[1]).clone();
    api.params = vec![("threads", Value::Number(0.0))];
    broken.nodes[1] = api.into();
    let found = all(&broken, "monday");
    assert!(
        found[0].is_error() && found[0].place == Location::Node { id: "api".into(), param: Some("threads".into()) }
    );
    assert!(found.iter().any(|p| p.code.key() == "acknowledgement-waits"));
}
