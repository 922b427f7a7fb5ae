//! Words that the glossary explains, found in texts: whole, in their forms, once a panel; and each of them somewhere on the page.

use crate::support;

use waiting_room::kata::builtin::glossary;
use waiting_room::kata::learning::read_glossary;
use waiting_room::kata::terms::{Marker, TextRun};

/// The marked words of a text, each with the term it stands for.
fn marked(text: &str) -> Vec<(&str, &'static str)> {
    let term = |piece| match piece {
        TextRun::Term(shown, at) => Some((shown, glossary()[at].term.as_str())),
        TextRun::Plain(_) => None,
    };
    Marker::default().runs(text).into_iter().filter_map(term).collect()
}

#[test]
fn words_are_found_in_all_their_forms() {
    assert_eq!(marked("The backlog drains."), [("backlog", "backlog")]);
    assert_eq!(marked("Backlogs of 2 queues"), [("Backlogs", "backlog"), ("queues", "queue")]);
    assert_eq!(
        marked("A call times out, then retries follow."),
        [("times out", "timeout"), ("retries", "retry")],
        "several words, and an irregular plural"
    );
    assert_eq!(
        marked("“p95”, (ρ)"),
        [("p95", "p95"), ("ρ", "utilisation")],
        "quotes and brackets are no part of a word"
    );
    assert_eq!(
        marked("dead\u{a0}letters"),
        [("dead\u{a0}letters", "dead letter")],
        "a space that doesn't break is a space"
    );
    assert_eq!(marked("Little's law holds."), [("Little's law", "Little's law")]);
}

#[test]
fn the_longest_form_is_meant() {
    assert_eq!(marked("the age of the oldest message"), [("age of the oldest message", "age of the oldest")]);
    assert_eq!(marked("a dead-letter queue"), [("dead-letter queue", "dead letter")]);
}

#[test]
fn never_inside_another_word() {
    for text in ["prequeue", "retrying", "retry-storm", "worker's", "worker’s", "p955", "seedling", "over-schedule"] {
        assert_eq!(marked(text), [], "{text}");
    }
    assert_eq!(
        marked("age. Of the oldest"),
        [("oldest", "age of the oldest")],
        "no form goes over the end of a sentence"
    );
}

#[test]
fn a_term_is_marked_where_it_first_stands_and_nowhere_else() {
    let mut marker = Marker::default();
    let count = |runs: Vec<TextRun<'_>>| runs.iter().filter(|p| matches!(p, TextRun::Term(..))).count();
    assert_eq!(count(marker.runs("A queue, two queues, a queue")), 1);
    assert_eq!(
        count(marker.runs("The queue again, and a worker")),
        1,
        "in the next text of the panel only what is new"
    );
    assert_eq!(count(Marker::default().runs("A queue")), 1, "in another panel again");
}

/// Nothing of a text is lost or changed, whatever it is.
#[test]
fn the_pieces_are_the_text() {
    let odd =
        ["", " ", "’", "--", "queue", "queue’", "-queue-", "ρ\u{202f}=\u{a0}89 %", "p95p95 p95", "über-queue Ω queue"];
    let all = support::texts::all();
    for text in odd.into_iter().chain(all.iter().map(|(_, text)| text.as_str())) {
        let whole: String = (Marker::default().runs(text).into_iter())
            .map(|piece| match piece {
                TextRun::Plain(plain) | TextRun::Term(plain, _) => plain,
            })
            .collect();
        assert_eq!(whole, text);
    }
}

/// A glossary is about the page: each of its words stands in a text that a learner gets, outside the glossary itself.
#[test]
fn every_term_stands_somewhere_on_the_page() {
    let texts = support::texts::all();
    let mut found = vec![false; glossary().len()];
    for (_, text) in texts.iter().filter(|(from, _)| !from.ends_with("glossary.json")) {
        for piece in Marker::default().runs(text) {
            if let TextRun::Term(_, at) = piece {
                found[at] = true;
            }
        }
    }
    let missing: Vec<_> =
        glossary().iter().zip(found).filter(|(_, found)| !found).map(|(term, _)| &term.term).collect();
    assert_eq!(missing, [] as [&String; 0]);
}

#[test]
fn a_form_of_two_terms_is_told() {
    let file = r#"{"terms":[{"term":"retry","forms":["attempts"],"text":"A."},{"term":"attempt","forms":["Attempts"],"text":"B."}]}"#;
    let problems = read_glossary(&waiting_room::json::Value::literal(file)).unwrap_err();
    assert_eq!(problems[0].to_string(), "terms[1]: “attempts” stands for “retry” and for “attempt”");
}
