//! Hints, checklist, questions and glossary: complete, sound, and true of the runs they are about.

use std::sync::Arc;

use engine::measure::Report;
use waiting_room::design::{Design, Problem};
use waiting_room::json::Value;
use waiting_room::kata::builtin::{self, MOST_QUESTIONS, checklist, glossary, hints, meaning, questions};
use waiting_room::kata::figures::RunFigures;
use waiting_room::kata::learning::{read_checklist, read_glossary, read_hints, read_questions};
use waiting_room::kata::{Verdict, scenarios};
use waiting_room::study;

struct Seen {
    design: Design,
    report: Report,
    verdict: Verdict,
}

impl Seen {
    fn of(design: &str, scenario: &str) -> Seen {
        let design = builtin::design(design).expect("built in").design();
        let scenario = builtin::scenario(scenario).expect("built in");
        let report = study::run(&Arc::new(scenario.compile(&design).expect("it compiles")), 1);
        let verdict = Verdict::of(scenario, &report, true);
        Seen { design, report, verdict }
    }

    fn figures(&self) -> RunFigures<'_> {
        RunFigures { design: &self.design, report: &self.report, verdict: &self.verdict }
    }

    fn ticks(&self) -> Vec<&'static str> {
        checklist().iter().filter(|item| item.is_seen(self.figures())).map(|item| item.id.as_str()).collect()
    }
}

#[test]
fn every_scenario_has_three_hints_with_figures() {
    for scenario in scenarios() {
        let steps = hints(&scenario.id).unwrap_or_else(|| panic!("{}: no hints", scenario.id));
        for step in steps {
            assert!(step.chars().any(|c| c.is_ascii_digit()), "{}: no figure: {step}", scenario.id);
        }
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

#[test]
fn questions_cite_the_learners_own_figures() {
    for (design, scenario) in
        [("naive", "monday"), ("queue-60", "monday"), ("retry-storm", "slow-clinic"), ("demand-breaker", "outage")]
    {
        let seen = Seen::of(design, scenario);
        let asked = questions(seen.figures());
        assert!((1..=MOST_QUESTIONS).contains(&asked.len()), "{design}: {asked:?}");
        for text in asked {
            assert!(
                text.contains('?') && text.chars().any(|c| c.is_ascii_digit()) && !text.contains(['{', '–']),
                "{text}"
            );
        }
    }
    let naive = questions(Seen::of("naive", "monday").figures());
    assert!(naive[0].replace('\u{a0}', " ").contains("within 20 s"), "{naive:?}");
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
        (
            told(read_questions, r#"{"questions":[{"when":"cost","text":"?"}]}"#),
            "questions[0].when: “cost” is not a figure, a sign and a number",
        ),
        (
            told(
                read_questions,
                &format!(r#"{{"questions":[{{"when":"cost > 1","text":"{}?"}}]}}"#, "why ".repeat(100)),
            ),
            "questions[0].text: a question has at most 400 letters; this one has 401",
        ),
        (
            told(read_hints, r#"{"hints":[{"scenario":"monday","steps":["one"]}]}"#),
            "hints[0].steps: has 1 texts; allowed: three",
        ),
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
