//! Notes between visits and tabs: stored as they were written, whatever the text; faults cost one note and never the others; two tabs lose
//! nothing of each other's; and the Markdown file shows every text as it was typed.

use std::rc::Rc;

use engine::measure::METRICS;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value as Json, json};
use waiting_room::kata::verdict::Unconfirmed;
use waiting_room::letters::visible;
use waiting_room::record::history::Outcome;
use waiting_room::record::notes::{Asked, Ended, MAX_CHANGED, MAX_LETTERS, MOST_READ, tidy};
use waiting_room::record::{Note, Notes};
use waiting_room::share::markdown::{escaped, markdown};
use waiting_room::share::notes as text;
use waiting_room::share::saved::Unreadable;
use waiting_room::share::seal::sealed;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 600, rng_seed: RngSeed::Fixed(8), failure_persistence: None, ..ProptestConfig::default() }
}

fn asked(n: usize) -> Rc<Asked> {
    let metric = |at: usize, value| {
        let unconfirmed = Unconfirmed { share: 0.384, given_up: false };
        Outcome { metric: &METRICS[at], at_most: 200.0, value, unconfirmed: value.is_none().then_some(unconfirmed) }
    };
    Rc::new(Asked {
        question: format!("Up to {n} messages waited. Which figure would you wake someone up for?"),
        run: format!("{:016x}", n / 3),
        scenario: "monday".into(),
        seed: u64::MAX,
        ended: Ended::ALL[n % 3],
        goals: vec![metric(0, Some(84.5)), metric(4, None)],
        changed: (n % 2 == 1).then(|| "Most workers 10 → 90, <b>Queue</b> added".to_owned()),
    })
}

fn note(n: usize, text: &str) -> Note {
    Note { asked: asked(n), conflict: 0, text: text.into() }
}

fn notes(all: &[(usize, &str)]) -> Notes {
    Notes::new(all.iter().map(|(n, text)| note(*n, text)))
}

fn texts(notes: &Notes) -> Vec<&str> {
    notes.list().iter().map(|n| n.text.as_str()).collect()
}

/// What a stored text comes to, as the page seals it.
fn read(stored: &str) -> Result<text::Found, Unreadable> {
    text::read(&sealed(stored, 1))
}

#[test]
fn what_is_kept_comes_back_and_empty_fields_do_not() {
    let all = notes(&[(0, "one\n\ttwo"), (1, "  "), (2, "“three” 😀")]);
    let found = read(&text::write(&all)).expect("it reads its own");
    assert_eq!((found.notes, found.skipped), (notes(&[(0, "one\n\ttwo"), (2, "“three” 😀")]), 0));
}

/// What was changed stands with the run, escaped as all else; a page that did not store it, or stored rubbish, costs nothing.
#[test]
fn what_was_changed_goes_along() {
    let all = notes(&[(1, "b"), (3, "c")]);
    let told = markdown(&all);
    let line = "What I changed: Most workers 10 → 90, \\<b\\>Queue\\</b\\> added.";
    assert_eq!(told.matches(line).count(), 2, "{told}");
    assert!(!markdown(&notes(&[(0, "a"), (2, "b")])).contains("What I changed"));
    let stored = text::write(&all);
    for other in [None, Some(json!(null)), Some(json!(7)), Some(json!("x".repeat(MAX_CHANGED + 1)))] {
        let mut value: Json = serde_json::from_str(&stored).unwrap();
        let fields = value["notes"][0].as_object_mut().expect("a note");
        fields.remove("changed");
        fields.extend(other.map(|other| ("changed".to_owned(), other)));
        let found = read(&value.to_string()).expect("a list");
        let changed: Vec<bool> = found.notes.list().iter().map(|note| note.asked.changed.is_some()).collect();
        assert_eq!((changed, found.skipped), (vec![false, true], 0));
    }
}

/// One fault each: the note is left out and counted, the others are there.
#[test]
fn a_fault_costs_one_note() {
    let whole: Json = serde_json::from_str(&text::write(&notes(&[(0, "a"), (1, "b"), (2, "c")]))).unwrap();
    let long = "x".repeat(MAX_LETTERS + 1);
    let faults = [
        ("question", json!("")),
        ("question", json!(7)),
        ("text", json!("  ")),
        ("text", json!(long)),
        ("run", json!("../../etc")),
        ("seed", json!(-1)),
        ("ended", json!("won")),
        ("goals", json!([{"metric": "happiness", "at_most": 1, "value": 2}])),
        ("goals", Json::Null),
        ("twin", json!(1.5)),
        ("scenario", json!("x".repeat(201))),
    ];
    for (key, value) in faults {
        let mut broken = whole.clone();
        broken["notes"][1][key] = value.clone();
        let found = read(&broken.to_string()).expect("a list");
        assert_eq!((texts(&found.notes), found.skipped), (vec!["a", "c"], 1), "{key}: {value}");
    }
}

#[test]
fn rubbish_and_newer_versions_are_told_apart() {
    for rubbish in ["", "null", "[]", "{", "7", "{\"format\":\"waiting-room/runs\",\"version\":1,\"runs\":[]}"] {
        assert!(matches!(text::read(rubbish), Err(Unreadable::Broken(_))), "{rubbish}");
    }
    assert!(
        matches!(text::read(&"[".repeat(100_000)), Err(Unreadable::Broken(_))),
        "deep nesting is an error, not a crash"
    );
    assert!(matches!(text::read(&" ".repeat(text::MAX_CHARS + 1)), Err(Unreadable::Broken(_))));
    let newer = json!({"format": "waiting-room/notes", "version": 3, "notes": "otherwise"}).to_string();
    assert_eq!(text::read(&newer), Err(Unreadable::Newer(3)));
    let many: Vec<Json> = vec![json!({}); MOST_READ + 5];
    let found = text::read(&json!({"format": "waiting-room/notes", "version": 1, "notes": many}).to_string()).unwrap();
    assert_eq!((found.notes.list().len(), found.skipped), (0, MOST_READ + 5));
}

/// What two tabs did to the same three notes: each row is mine, theirs, and what both have then.
#[test]
fn two_tabs_lose_nothing_of_each_other() {
    let base = notes(&[(0, "a"), (1, "b"), (2, "c")]);
    type Row = (&'static [(usize, &'static str)], &'static [(usize, &'static str)], &'static [&'static str], usize);
    let rows: &[Row] = &[
        (&[(0, "a"), (1, "b"), (2, "c")], &[(0, "a"), (1, "b"), (2, "c")], &["a", "b", "c"], 0),
        (&[(0, "a1"), (1, "b"), (2, "c")], &[(0, "a"), (1, "b2"), (2, "c")], &["a1", "b2", "c"], 0),
        (&[(0, "a1"), (1, "b"), (2, "c")], &[(0, "a2"), (1, "b"), (2, "c")], &["a1", "b", "c", "a2"], 1),
        (&[(0, "a1"), (1, "b"), (2, "c")], &[(0, "a1"), (1, "b"), (2, "c")], &["a1", "b", "c"], 0),
        // Deleted on one side, untouched on the other.
        (&[(1, "b"), (2, "c")], &[(0, "a"), (1, "b")], &["b"], 0),
        // Deleted on one side, written to on the other.
        (&[(1, "b"), (2, "c1")], &[(0, "a2"), (1, "b")], &["b", "c1", "a2"], 0),
        // Emptied here, written to there.
        (&[(0, ""), (1, "b"), (2, "c")], &[(0, "a2"), (1, "b"), (2, "c")], &["a2", "b", "c"], 0),
        // New on both sides.
        (
            &[(3, "d"), (0, "a"), (1, "b"), (2, "c")],
            &[(4, "e"), (0, "a"), (1, "b"), (2, "c")],
            &["d", "a", "b", "c", "e"],
            0,
        ),
    ];
    for (mine, theirs, expected, both) in rows {
        let (merged, clashes) = Notes::merge(&base, &notes(mine), &notes(theirs));
        assert_eq!((texts(&merged), clashes), (expected.to_vec(), *both), "{mine:?} with {theirs:?}");
        // Merged again with what was written then, nothing is new.
        let (again, clashes) = Notes::merge(&merged, &merged, &merged);
        assert_eq!((again, clashes), (merged, 0));
    }
}

/// What a Markdown text becomes: paragraphs of lines, or why it is more than that.
fn seen(markdown: &str) -> Result<Vec<Vec<String>>, String> {
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Paragraph) => paragraphs.push(vec![String::new()]),
            Event::End(TagEnd::Paragraph) => {}
            Event::Text(text) => {
                let line = paragraphs.last_mut().and_then(|p| p.last_mut()).ok_or("text outside of a paragraph")?;
                *line += &text;
            }
            Event::HardBreak => paragraphs.last_mut().ok_or("a break outside")?.push(String::new()),
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(paragraphs)
}

/// The same of a text as it was typed.
fn typed(text: &str) -> Vec<Vec<String>> {
    let line = |l: &str| {
        let start = l.len() - l.trim_start().len();
        let spaces: String =
            l[..start].chars().map(|c| if c == '\t' { "\u{a0}".repeat(4) } else { "\u{a0}".into() }).collect();
        spaces + &visible(l[start..].trim_end())
    };
    let mut out = vec![Vec::new()];
    for l in text.lines() {
        if l.trim().is_empty() {
            out.push(Vec::new())
        } else {
            out.last_mut().expect("a row before its lines").push(line(l))
        }
    }
    out.retain(|p: &Vec<String>| !p.is_empty());
    out
}

#[test]
fn markdown_shows_what_was_typed() {
    let traps = [
        "# no heading\n## nor this #",
        "- no list\n+ nor this\n* nor that",
        "1. no list\n12) nor this",
        "> no quote",
        "```\nno code\n```",
        "    no code",
        "\tno code",
        "<script>alert(1)</script> <b>",
        "&lt; &amp; &#35;",
        "[no](javascript:alert(1)) ![no](x)",
        "a | b\n--- | ---\n1 | 2",
        "no heading\n===\n---",
        "*no* _no_ **no** `no` ~~no~~ ~no~ $no$ ||no||",
        "\\\\ back\\slash\\",
        "[^1] and\n[^1]: no",
        "term\n: no",
        "- [ ] no",
        "https://example.org <https://example.org>",
        "line\\\nline  \nline",
        "{#no} {.no}",
        "\u{a0}\u{2003}space",
        "[no]: /x \"y\"",
        "***\n___\n- - -",
        "+++\nno\n+++",
        "---\nno: yaml\n---",
        "a\n\n\n\nb",
    ];
    for trap in traps {
        assert_eq!(seen(&escaped(trap)), Ok(typed(trap)), "{trap:?} became {:?}", escaped(trap));
    }
}

/// The file as a whole: a run's head once, its goals as a table, each question as a heading, no date.
#[test]
fn the_file_says_run_goals_question_and_text() {
    let file = markdown(&Notes::new([note(0, "First."), note(1, "  "), note(2, "# Second"), note(3, "Third.")]));
    assert!(
        file.starts_with(
            "# The waiting room: my notes\n\n## Monday, 8 am, seed 18446744073709551615\n\nPassed, 1 of 2 goals hold.\n"
        ),
        "{file}"
    );
    assert_eq!(file.matches("\n## ").count(), 2, "{file}");
    assert_eq!(file.matches("\n### ").count(), 3, "{file}");
    assert!(
        file.contains("| at most 200\u{a0}ms | holds |\n")
            && file.contains("| 38\\.4\u{a0}% not yet | at most 200\u{a0}ms | missed |\n"),
        "{file}"
    );
    assert!(
        file.contains("\n### Up to 2 messages waited. Which figure would you wake someone up for?\n\n\\# Second\n"),
        "{file}"
    );
    assert!(!file.contains("2026"));
}

proptest! {
    #![proptest_config(config())]

    /// Whatever is typed is shown so.
    #[test]
    fn any_text_survives_markdown(text in "([ -~]|[\\n\\t]|[-#*_`>\\[\\]|\\\\&<~:.+=1)]|\\n\\n|[äß€😀]){0,60}") {
        let text = tidy(&text);
        prop_assert_eq!(seen(&escaped(&text)), Ok(typed(&text)), "{:?} became {:?}", text, escaped(&text));
    }

    /// Whatever is written is stored, but for what a note never holds.
    #[test]
    fn any_text_survives_keeping(text in any::<String>()) {
        let all = Notes::new([note(0, &tidy(&text)), note(1, "other")]);
        let found = read(&text::write(&all)).expect("it reads its own");
        let expected: Vec<String> = all.written().map(|n| n.text.clone()).collect();
        prop_assert_eq!(texts(&found.notes), expected);
        prop_assert_eq!(found.skipped, 0);
    }

    /// Whatever lies in the storage, reading ends with notes that can be written and read again, or with words.
    #[test]
    fn anything_can_be_read(cut in 0usize..2_000, put in any::<char>(), at in 0usize..2_000) {
        let mut text: Vec<char> = text::write(&notes(&[(0, "a"), (1, "b\nc"), (2, "d")])).chars().collect();
        let end = text.len();
        text[at % end] = put;
        text.truncate(end - (cut % end) * usize::from(cut % 3 == 0));
        let text: String = text.into_iter().collect();
        match read(&text) {
            Ok(found) => {
                let again = read(&text::write(&found.notes)).expect("it reads its own");
                prop_assert_eq!(again.notes, found.notes);
            }
            Err(why) => prop_assert!(!text::LISTING.words(&why).is_empty()),
        }
    }

    /// Whatever two tabs do, nothing that either wrote is gone afterwards, and both tabs come to the same texts.
    #[test]
    fn no_tab_loses_what_the_other_wrote(actions in prop::collection::vec((any::<bool>(), 0usize..6, 0u8..4), 0..40)) {
        let base = notes(&[(0, "a"), (1, "b"), (2, "c")]);
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        for (step, (here, n, action)) in actions.into_iter().enumerate() {
            let tab = if here { &mut mine } else { &mut theirs };
            if action == 0 {
                tab.remove(&asked(n).id());
            } else {
                tab.write(&asked(n), &format!("{n} at {step}"));
            }
        }
        let (merged, _) = Notes::merge(&base, &mine, &theirs);
        for tab in [&mine, &theirs] {
            for written in tab.written().filter(|n| base.get(&n.id()) != Some(n)) {
                prop_assert!(merged.written().any(|n| n.asked == written.asked && n.text == written.text), "{} is gone", written.text);
            }
        }
        let sorted = |notes: &Notes| { let mut all: Vec<String> = notes.written().map(|n| n.text.clone()).collect(); all.sort(); all };
        prop_assert_eq!(sorted(&Notes::merge(&base, &theirs, &mine).0), sorted(&merged));
    }
}
