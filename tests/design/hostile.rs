//! Hostile texts: markup, formulas, Markdown, signs that turn or hide others, names that mean something to a program. Through every way in they are
//! words or are refused in words, and on every way out nothing leaves its quotes. The browser's half is `tests/browser/hostile.test.mjs`.

use std::rc::Rc;

use engine::measure::METRICS;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value as Json, json};
use waiting_room::design::picture::picture;
use waiting_room::design::{Design, Problem, file};
use waiting_room::kata::builtin;
use waiting_room::record::history::Outcome;
use waiting_room::record::notes::{Asked, Ended};
use waiting_room::record::{Note, Notes, Receipt};
use waiting_room::session::exchange;
use waiting_room::share::markdown::markdown;
use waiting_room::share::one_file::{self, OneFile};
use waiting_room::share::{embed, link, message, notes, receipt, runs, saved, seal, state, states, under_way};

/// The texts of the table, and some too long for any file.
fn texts() -> Vec<String> {
    let mut all: Vec<String> = serde_json::from_str(include_str!("../support/hostile.json")).expect("a list of texts");
    all.extend(["x".repeat(1 << 20), "<b>".repeat(1 << 13), "\u{202e}".repeat(1 << 12), "\0".repeat(1 << 12)]);
    all
}

/// Words for a person are some, and not endless; no terminal takes anything in them for a command.
fn told(what: &str, words: &str) {
    assert!(!words.is_empty() && words.len() < 20_000, "{what}: {} bytes", words.len());
    assert!(!words.contains(|c: char| c.is_control() && c != '\n'), "{what}: {words:?}");
}

fn refused(what: &str, problems: &[Problem]) {
    assert!(!problems.is_empty());
    problems.iter().for_each(|problem| told(what, &problem.to_string()));
}

/// A design in which every name and every key that can be is this text, and one in which only the names are.
fn designs(text: &str) -> [Json; 3] {
    let mut named: Json = serde_json::from_str(&builtin::designs()[2].file).expect("JSON");
    named["name"] = text.into();
    for node in named["nodes"].as_array_mut().expect("nodes") {
        node["label"] = text.into();
    }
    let mut with_id = named.clone();
    for edge in with_id["edges"].as_array_mut().expect("edges") {
        for end in ["from", "to"] {
            if edge[end] == "api" {
                edge[end] = text.into();
            }
        }
    }
    with_id["nodes"][1]["id"] = text.into();
    let mut keyed = with_id.clone();
    keyed[text] = text.into();
    keyed["nodes"][0]["params"] = json!({ text: text });
    keyed["nodes"][0]["kind"] = text.into();
    [named, with_id, keyed]
}

#[test]
fn in_a_design_they_are_names_or_are_refused_in_words() {
    let mut taken = 0;
    for text in texts() {
        for written in designs(&text) {
            match file::read(&written.to_string()) {
                Ok(design) => {
                    taken += 1;
                    goes_out(&text, &design);
                }
                Err(problems) => refused(&text, &problems),
            }
        }
    }
    assert!(taken > 50, "{taken} designs");
}

/// A design on every way out.
fn goes_out(text: &str, design: &Design) {
    assert_eq!(file::read(&file::write(design)).as_ref(), Ok(design));
    let name = exchange::file_name(design);
    assert!(!name.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c)) && name.len() <= 240, "{name:?}");
    let svg = picture(design).svg;
    let tree = roxmltree::Document::parse(&svg).unwrap_or_else(|why| panic!("{text:?}: {why}"));
    for element in tree.descendants().filter(roxmltree::Node::is_element) {
        assert!(
            !["script", "a", "image", "foreignObject", "style", "use"].contains(&element.tag_name().name()),
            "{text:?}"
        );
        assert!(element.attributes().all(|attribute| !attribute.name().starts_with("on")), "{text:?}");
    }
    let shared = link::write(design, "monday", 1);
    assert!(shared.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{shared}");
    assert_eq!(link::read(&shared).map(|run| run.design), Ok(design.clone()));
    let one = Receipt {
        kata: builtin::kata().id.clone(),
        kata_version: "1".to_owned(),
        engine: engine::VERSION.to_owned(),
        design: Rc::new(design.clone()),
        scenario: "monday".to_owned(),
        seed: 1,
        goals: Vec::new(),
        passed: false,
        digest: "0123456789abcdef".to_owned(),
        hints: 0,
        when: None,
    };
    for written in [receipt::line(&one), receipt::json(&one)] {
        assert_eq!(receipt::read(&written), Ok((one.clone(), None)), "{text:?}");
    }
    // The page as one file: no block ends early, and no comment begins.
    let page = "<body>\n<script type=\"application/json\" id=\"waiting-room-katas\">[]</script>\n<script type=\"application/json\" id=\"waiting-room-kata\">{}</script></body>";
    let kept = [(one_file::SAVED, file::write_compact(design))];
    let copy = OneFile { kata: "{}", options: None, other: None, key: "copy", kept: &kept };
    let copy = copy.of(page).expect("a page of ours");
    assert_eq!((copy.matches("</script").count(), copy.matches("<!--").count()), (4, 0), "{text:?}");
    let within = one_file::read(&copy, one_file::SAVED).expect("its block");
    assert_eq!(file::read(within).as_ref(), Ok(design));
}

#[test]
fn in_notes_they_are_shown_as_they_were_typed() {
    for text in texts().into_iter().filter(|text| text.len() < 1_000) {
        let outcome = Outcome { metric: &METRICS[0], at_most: 200.0, value: Some(100.0), unconfirmed: None };
        let asked = Asked {
            question: text.clone(),
            run: "0123456789abcdef".to_owned(),
            scenario: text.clone(),
            seed: 1,
            ended: Ended::ALL[0],
            goals: vec![outcome],
            changed: Some(text.clone()),
        };
        let all = Notes::new(vec![Note { asked: Rc::new(asked), conflict: 0, text: format!("a {text}") }]);
        let file = markdown(&all);
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH;
        for event in Parser::new_ext(&file, options) {
            let harmless = match &event {
                Event::Start(tag) => matches!(
                    tag,
                    Tag::Paragraph
                        | Tag::Heading { .. }
                        | Tag::Table(_)
                        | Tag::TableHead
                        | Tag::TableRow
                        | Tag::TableCell
                ),
                Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule | Event::FootnoteReference(_) => {
                    false
                }
                Event::InlineMath(_) | Event::DisplayMath(_) => false,
                _ => true,
            };
            assert!(harmless, "{text:?}: {event:?} in\n{file}");
        }
    }
}

/// Whatever reads texts from outside, given each of them by itself, as a value, as a key, and in the place of a link.
#[test]
fn whatever_reads_them_takes_them_for_texts() {
    for text in texts() {
        let value = Json::from(text.as_str());
        let forms = [
            text.clone(),
            value.to_string(),
            json!({ &text: text }).to_string(),
            json!({ "format": text, "version": text, "type": text }).to_string(),
            json!({ "type": format!("waiting-room:{text}") }).to_string(),
            json!({ "type": "waiting-room:load", "link": format!("#r1.{text}") }).to_string(),
            json!({ "type": "waiting-room:set", "theme": text, &text: text }).to_string(),
            format!("r1.{text}"),
            format!("WR1-{text}"),
            format!("WS1-{text}"),
            format!("?{text}={text}&scenario={text}"),
            seal::sealed(
                &json!({ "format": "waiting-room/saved", "version": 2, "scenario": text, "seed": 1 }).to_string(),
                1,
            ),
        ];
        for form in &forms {
            if let Some(Err(fault)) = message::read(form) {
                told(&text, &fault.to_string());
            }
            if let (true, Err(fault)) = (link::is_run(form), link::read(form)) {
                told(&text, &fault.to_string());
            }
            told(&text, &receipt::read(form).expect_err("no receipt").to_string());
            told(&text, &saved::words(&saved::read(form).expect_err("nothing of ours")));
            assert!(runs::read(form).is_err() && notes::read(form).is_err() && states::read(form).is_err());
            assert!(state::read(form).is_none() && under_way::read(form).is_none());
            for block in [None, Some(form.as_str())] {
                embed::faults(form, block).iter().for_each(|fault| told(&text, &fault.to_string()));
            }
            assert!(embed::with_kata(form, "other").bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>`".contains(&b)));
        }
    }
}
