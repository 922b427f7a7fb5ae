//! The teacher's page: each of its commands prints what stands under it, and no figure stands in it that none of them has printed.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

const PAGE: &str = "docs/teaching.md";
const LEFT_OUT: &str = "…";

/// A command with the lines of its output that the page shows.
struct Shown {
    command: String,
    lines: Vec<String>,
}

/// The page's blocks of commands, and its sentences with the heading that they stand under.
fn read(page: &str) -> (Vec<Shown>, Vec<(String, String)>) {
    let (mut blocks, mut prose, mut heading, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
    for line in page.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if let Some(command) = line.strip_prefix("$ kata ").filter(|_| inside) {
            blocks.push(Shown { command: command.to_owned(), lines: Vec::new() });
        } else if inside {
            blocks.last_mut().expect("a block begins with its command").lines.push(line.to_owned());
        } else if let Some(text) = line.strip_prefix("## ") {
            heading = text.to_owned();
        } else {
            prose.push((heading.clone(), line.to_owned()));
        }
    }
    (blocks, prose)
}

fn printed(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kata")).args(command.split(' ')).output().expect("kata ends");
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "kata {command}: {}", String::from_utf8_lossy(&output.stderr));
    told
}

/// The first difference between what is shown and what was printed: lines in order, those left out marked.
fn difference(shown: &[String], printed: &str) -> Option<String> {
    let mut rest = printed.lines();
    let mut gap = false;
    for line in shown {
        if line == LEFT_OUT {
            gap = true;
            continue;
        }
        let found = if gap { rest.any(|printed| printed == line) } else { rest.next() == Some(line) };
        if !found {
            return Some(line.clone());
        }
        gap = false;
    }
    (!gap && rest.next().is_some()).then(|| "lines at the end that are not marked as left out".to_owned())
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
        assert_eq!(difference(lines, &told), None, "kata {command} prints now:\n{told}");
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
fn a_changed_figure_is_found() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(difference(&lines("a\n…\nc\n…"), "a\nb\nc\nd\n"), None);
    assert_eq!(difference(&lines("a\n…\nC\n…"), "a\nb\nc\nd\n"), Some("C".to_owned()));
    assert_eq!(difference(&lines("a\nc\n…"), "a\nb\nc\n"), Some("c".to_owned()));
    assert!(difference(&lines("a"), "a\nb\n").is_some());
    assert_eq!(numbers("£9.49 for 170\u{202f}020, 2×"), ["9.49", "170\u{202f}020", "2"]);
}
