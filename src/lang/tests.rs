//! What is said, in English and in another language.

use super::{Language, Piece, Text, counted, file, set};
use crate::vocabulary::ITEMS;

/// A language, from what it has for each English entry.
fn language(tag: &str, line: impl Fn(&super::Entry) -> String) -> Language {
    let lines = super::TEXTS.iter().map(|entry| (entry.1.to_owned(), line(entry)));
    let lines = file::by_hash(lines).expect("the same English means the same").into_iter();
    Language {
        tag: tag.to_owned(),
        lines: lines.map(|(hash, line)| (hash, &*Box::leak(line.into_boxed_str()))).collect(),
        decimal: ',',
        group: '.',
        plural: |n| if n == 1.0 { "one" } else { "other" }.to_owned(),
    }
}

/// A language whose texts are the English ones in brackets.
fn brackets() -> Language {
    language("xx", |(_, line, _, variants)| if *variants { (*line).to_owned() } else { format!("[{line}]") })
}

/// German as its file has it.
pub(crate) fn german() -> Language {
    let texts = file::read(include_str!("../../static/lang/de.txt")).expect("the file is right");
    language("de", |(key, _, names, _)| file::pack(texts.get(*key).expect("every text is there"), names))
}

#[test]
fn a_text_is_said_in_the_language_that_is_spoken() {
    assert_eq!(say!("figures.none"), "none");
    assert_eq!(say!("figures.just_over", figure = "£9"), "just over £9");
    set(Some(brackets()));
    assert_eq!(say!("figures.none"), "[none]");
    assert_eq!(say!("figures.just_over", figure = "£9"), "[just over £9]");
    set(None);
    assert_eq!(text!("figures.none").get(), "none");
}

#[test]
fn what_is_put_in_finds_its_place_by_name() {
    let text = Text { order: 0x11, english: "\u{10} of \u{11}, {items}" };
    assert_eq!(text.with(&[&9, &5]), format!("5 of 9, {ITEMS}"));
    let pieces: Vec<_> = Text { order: 0, ..text }.pieces().collect();
    let items = format!(", {ITEMS}");
    assert_eq!(pieces, [Piece::Put(0), Piece::Words(" of "), Piece::Put(1), Piece::Words(&items)]);
}

#[test]
fn a_variant_goes_with_its_number() {
    let variants = file::read("a[one] = {n} run\na[other] = {n} runs").expect("a file").remove("a").expect("a text");
    let english: &'static str = Box::leak(file::pack(&variants, &["n"]).into_boxed_str());
    assert_eq!(
        (counted(english, 0, 1.0, &[&1]), counted(english, 0, 0.0, &[&0])),
        ("1 run".to_owned(), "0 runs".to_owned())
    );
}

#[test]
fn a_file_with_a_mistake_is_refused_with_its_line() {
    for (wrong, says) in [
        ("# fine\nno text", "line 2: `key = text` is missing"),
        ("a = b\na = c", "line 2: `a` is there twice"),
        ("a[one] = b", "`a` has no variant `other`"),
        ("a = b\na[other] = c", "`a` is there with and without variants"),
        ("a[one = b", "line 1: `]` is missing"),
        ("a = {b", "line 1: a brace does not close in “{b”"),
    ] {
        assert_eq!(file::read(wrong).expect_err(wrong), says);
    }
}
