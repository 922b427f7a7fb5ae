//! Checklist, questions and glossary: complete, sound, and true of the runs they are about.

use std::sync::Arc;

use engine::measure::Report;
use waiting_room::design::Problem;
use waiting_room::json::Value;
use waiting_room::kata::builtin::{self, checklist, glossary, meaning};
use waiting_room::kata::figures::RunFigures;
use waiting_room::kata::learning::{read_checklist, read_glossary};
use waiting_room::kata::{Analysis, Verdict};
use waiting_room::study;

struct Seen {
    analysis: Analysis,
    report: Report,
    verdict: Verdict,
}

impl Seen {
    fn of(design: &str, scenario: &str) -> Seen {
        let design = builtin::design(design).expect("built in").design();
        let scenario = builtin::scenario(scenario).expect("built in");
        let report = study::run(&Arc::new(scenario.compile(&design).expect("it compiles")), 1);
        let verdict = Verdict::of(scenario, &report, true);
        Seen { analysis: scenario.analyse(&design), report, verdict }
    }

    fn figures(&self) -> RunFigures<'_> {
        RunFigures { analysis: &self.analysis, report: &self.report, verdict: &self.verdict }
    }

    fn ticks(&self) -> Vec<&'static str> {
        checklist().iter().filter(|item| item.is_seen(self.figures())).map(|item| item.id.as_str()).collect()
    }
}

#[test]
fn the_checklist_ticks_what_a_run_has_shown() {
    assert_eq!(Seen::of("naive", "monday").ticks(), ["waited"]);
    assert_eq!(Seen::of("queue-60", "monday").ticks(), ["at-once", "flood"]);
    assert_eq!(Seen::of("demand", "outage").ticks(), ["at-once", "parked"]);
    assert_eq!(Seen::of("demand-breaker", "monday").ticks(), ["at-once", "in-check", "budget", "passed"]);
    assert_eq!(Seen::of("demand-breaker", "outage").ticks(), ["at-once", "flood", "tripped", "budget", "passed"]);
    assert_eq!(Seen::of("demand-breaker", "flu-season").ticks(), ["flood", "kept", "passed"]);
    let storm = Seen::of("retry-storm", "slow-clinic");
    assert!(storm.ticks().contains(&"storm"), "{:?}", storm.ticks());
}

/// Each sentence to take away has an item of its own that shows it, with a figure of that: none stands for another, and none for a pass.
#[test]
fn what_there_is_to_take_away_is_shown_by_a_figure_of_its_own() {
    for kata in ["waiting-room", "evening-rush"] {
        let read = |name: &str| {
            let path = format!("{}/static/katas/{kata}/{name}", env!("CARGO_MANIFEST_DIR"));
            serde_json::from_str::<serde_json::Value>(&std::fs::read_to_string(path).expect(name)).expect("JSON")
        };
        let (brief, list) = (read("brief.json"), read("checklist.json"));
        let items: Vec<&str> =
            brief["learn"].as_array().expect("a list").iter().filter_map(|l| l[1].as_str()).collect();
        assert_eq!(items.len(), brief["learn"].as_array().map_or(0, Vec::len), "{kata}: each names its item");
        for (at, id) in items.iter().enumerate() {
            let item = list["items"].as_array().expect("a list").iter().find(|item| item["id"] == *id).expect(id);
            assert!(item["seen"].as_str().is_some_and(|seen| seen.contains('{')), "{kata}: {id}");
            assert!(*id != "passed" && !items[..at].contains(id), "{kata}: {id}");
        }
    }
}

/// Each item is shown by some design in some scenario, and says with which figure.
#[test]
fn every_item_can_be_ticked() {
    let mut open: Vec<&str> = checklist().iter().map(|item| item.id.as_str()).collect();
    for (design, scenario) in [
        ("naive", "monday"),
        ("demand", "outage"),
        ("retry-storm", "slow-clinic"),
        ("demand-breaker", "monday"),
        ("demand-breaker", "outage"),
        ("demand-breaker", "flu-season"),
        ("schedule", "flu-season"),
    ] {
        let seen = Seen::of(design, scenario);
        for item in checklist().iter().filter(|item| item.is_seen(seen.figures())) {
            let figure = item.seen.with(seen.figures());
            assert!(figure.chars().any(|c| c.is_ascii_digit()) && !figure.contains('{'), "{}: {figure}", item.id);
        }
        let ticks = seen.ticks();
        open.retain(|id| !ticks.contains(id));
    }
    assert_eq!(open, [] as [&str; 0]);
}

/// After a run that passed there is one question, with figures.
#[test]
fn a_run_that_passed_raises_a_question() {
    for scenario in waiting_room::kata::scenarios() {
        let seen = Seen::of("demand-breaker", &scenario.id);
        let text = builtin::rungs().after(seen.figures()).expect("a question");
        assert!(text.contains('?') && text.chars().any(|c| c.is_ascii_digit()) && !text.contains(['{', '–']), "{text}");
    }
}

#[test]
fn the_glossary_is_short_and_each_word_stands_once() {
    let terms = glossary();
    for (at, term) in terms.iter().enumerate() {
        assert!(terms[..at].iter().all(|t| t.term != term.term), "{} stands twice", term.term);
        let sentences = term.text.matches(['.', '?']).count() - term.text.matches("0.5").count();
        assert!((1..=3).contains(&sentences) && term.text.len() < 200, "{}: {}", term.term, term.text);
    }
    assert!(meaning("p95").is_some() && meaning("p42").is_none());
}

#[test]
fn a_broken_file_is_told_in_a_sentence() {
    fn told<T: std::fmt::Debug>(read: fn(&Value) -> Result<T, Vec<Problem>>, text: &str) -> String {
        let problems = read(&Value::literal(text)).expect_err("a broken file");
        problems.iter().map(|problem| format!("{problem}\n")).collect()
    }
    let item =
        |when: &str, seen: &str| format!(r#"{{"items":[{{"id":"a","text":"A","when":"{when}","seen":"{seen}"}}]}}"#);
    for (said, words) in [
        (told(read_checklist, &item("backlog > 1", "1")), "items[0].when: there is no figure “backlog”"),
        (told(read_checklist, &item("max_backlog > 1", "{wait}")), "items[0].seen: there is no figure “wait”"),
        (told(read_checklist, &item("max_backlog > 1", "{wait")), "items[0].seen: a brace is not closed"),
        (told(read_checklist, "{}"), "items: is missing; allowed: a list of objects"),
        (told(read_glossary, r#"{"terms":[{"term":"p95"}]}"#), "terms[0].text: is missing"),
        (
            told(read_glossary, r#"{"terms":[{"term":"a","text":"A."},{"term":"b","forms":["A"],"text":"B."}]}"#),
            "terms[1]: “a” stands for “a” and for “b”",
        ),
        (
            told(read_glossary, r#"{"terms":[{"term":"a","text":"A.","extra":1,"extra":2}]}"#),
            "terms[0].extra: stands twice",
        ),
    ] {
        assert!(said.contains(words), "{said}");
    }
}
