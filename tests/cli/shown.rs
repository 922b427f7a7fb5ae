//! Commands that a document shows with what they print, read from its blocks.

/// Stands for lines that the page leaves out.
const LEFT_OUT: &str = "…";

/// A command with the lines of its output that the page shows.
pub struct Shown {
    pub command: String,
    pub lines: Vec<String>,
}

/// The page's blocks of commands (`console`; others are text), and its sentences with the heading that they stand under.
pub fn read(page: &str) -> (Vec<Shown>, Vec<(String, String)>) {
    let (mut blocks, mut prose, mut heading, mut inside) = (Vec::new(), Vec::new(), String::new(), None);
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            inside = if inside.is_none() { Some(kind) } else { None };
        } else if inside.is_some_and(|kind| kind != "console") {
            continue;
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside.is_some()) {
            blocks.push(Shown { command: command.to_owned(), lines: Vec::new() });
        } else if inside.is_some() {
            blocks.last_mut().expect("a block begins with its command").lines.push(line.to_owned());
        } else if let Some(text) = line.strip_prefix("## ") {
            heading = text.to_owned();
        } else {
            prose.push((heading.clone(), line.to_owned()));
        }
    }
    (blocks, prose)
}

/// The first difference between what is shown and what was printed: lines in order, those left out marked.
pub fn difference(shown: &[String], printed: &str) -> Option<String> {
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

#[test]
fn a_changed_line_is_found() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(difference(&lines("a\n…\nc\n…"), "a\nb\nc\nd\n"), None);
    assert_eq!(difference(&lines("a\n…\nC\n…"), "a\nb\nc\nd\n"), Some("C".to_owned()));
    assert_eq!(difference(&lines("a\nc\n…"), "a\nb\nc\n"), Some("c".to_owned()));
    assert!(difference(&lines("a"), "a\nb\n").is_some());
}
