//! The teacher's page: each of its commands prints what stands under it, and no figure stands in it that none of them has printed.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::shown::{Shown, difference, read};

const PAGE: &str = "docs/teaching.md";

pub fn printed(command: &str) -> String {
    let command = command.strip_prefix("kata ").expect("the page shows kata alone");
    let output = Command::new(env!("CARGO_BIN_EXE_kata")).args(command.split(' ')).output().expect("kata ends");
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "kata {command}: {}", String::from_utf8_lossy(&output.stderr));
    told
}

/// Numbers as a sentence has them: digits, with a point or a narrow space among them.
fn numbers(text: &str) -> Vec<String> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '\u{a0}' | '\u{202f}');
    let words = text.split(|c: char| !part(c));
    words
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn every_command_prints_what_the_page_shows() {
    let (blocks, _) = read(&fs::read_to_string(PAGE).expect("the teacher's page"));
    assert!(blocks.len() >= 15, "{} commands only", blocks.len());
    for Shown { command, lines } in &blocks {
        let told = printed(command);
        assert_eq!(difference(lines, &told), None, "{command} prints now:\n{told}");
    }
}

/// The plans apart, which count minutes: there a number is one of a lesson.
#[test]
fn every_figure_in_a_sentence_was_printed() {
    let (blocks, prose) = read(&fs::read_to_string(PAGE).expect("the teacher's page"));
    let shown = blocks.iter().flat_map(|block| block.lines.iter().chain([&block.command]));
    let brief = |kata: &str| fs::read_to_string(format!("static/katas/{kata}/brief.json")).expect("a brief");
    let given: BTreeSet<String> =
        [brief("waiting-room"), brief("evening-rush")].iter().flat_map(|b| numbers(b)).collect();
    let known: BTreeSet<String> = shown.flat_map(|line| numbers(line)).chain(given).collect();
    // A worker too many, and the threads of the design to begin with, which its log counts.
    let worked_out = ["91", "64"].map(str::to_owned);
    for (heading, line) in prose.iter().filter(|(heading, _)| !heading.starts_with("A lesson of")) {
        for number in numbers(line) {
            assert!(known.contains(&number) || worked_out.contains(&number), "{heading}: {number} in “{line}”");
        }
    }
}

#[test]
fn numbers_are_found_in_a_sentence() {
    assert_eq!(numbers("£9.49 for 170\u{202f}020, 2×"), ["9.49", "170\u{202f}020", "2"]);
}
