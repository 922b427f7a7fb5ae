//! What is said, in English and in another language.

use super::{Language, Piece, Text, file, set};
use crate::vocabulary::ITEMS;

/// A language whose texts are the English ones in brackets.
fn brackets() -> Language {
    let bracketed = |(_, line, _, variants): &super::Entry| -> &'static str {
        let line = if *variants { (*line).to_owned() } else { format!("[{line}]") };
        Box::leak(line.into_boxed_str())
    };
    Language {
        tag: "xx".to_owned(),
        lines: super::TEXTS.iter().map(bracketed).collect(),
        decimal: ',',
        group: '.',
        plural: |n| if n == 0.0 { "one" } else { "other" }.to_owned(),
    }
}

/// German as its file has it, in the order of the English keys.
pub(crate) fn german() -> Language {
    let texts = file::read(include_str!("../../static/lang/de.txt")).expect("the file is right");
    let line = |(key, english, names, _): &super::Entry| -> &'static str {
        texts.get(*key).map_or(english, |variants| Box::leak(file::pack(variants, names).into_boxed_str()))
    };
    Language {
        tag: "de".to_owned(),
        lines: super::TEXTS.iter().map(line).collect(),
        decimal: ',',
        group: '.',
        plural: |n| if n == 1.0 { "one" } else { "other" }.to_owned(),
    }
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
    let text = Text { id: 0, order: 0x01, english: "\u{10} of \u{11}, {items}" };
    assert_eq!(text.with(&[&9, &5]), format!("5 of 9, {ITEMS}"));
    let pieces: Vec<_> = Text { order: 0x10, ..text }.pieces().collect();
    let items = format!(", {ITEMS}");
    assert_eq!(pieces, [Piece::Put(0), Piece::Words(" of "), Piece::Put(1), Piece::Words(&items)]);
}

#[test]
fn a_variant_goes_with_its_number() {
    let variants = file::read("a[one] = {n} run\na[other] = {n} runs").expect("a file").remove("a").expect("a text");
    let english: &'static str = Box::leak(file::pack(&variants, &["n"]).into_boxed_str());
    let text = Text { id: 0, order: 0, english };
    assert_eq!((text.counted(1.0, &[&1]), text.counted(0.0, &[&0])), ("1 run".to_owned(), "0 runs".to_owned()));
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
