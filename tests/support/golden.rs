//! Texts that a learner reads, word for word, in one file: `tests/golden/texts.txt`. So a sentence is edited in one
//! place, and the difference of that file shows what it becomes.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes them anew. A text has a topic and a name; a run that writes drops the texts of a topic
//! that it does not meet again, so a topic belongs to one test binary, whose tests have to run together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// The topics that this run has begun to write.
static BEGUN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Before each text stands its topic and name.
const HEAD: &str = "## ";

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/texts.txt")
}

/// Asserts that this is the text of that name.
pub fn says(topic: &str, name: &str, text: &str) {
    let mut begun = BEGUN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut texts = read(&fs::read_to_string(path()).unwrap_or_default());
    let head = format!("{topic}: {name}");
    if std::env::var_os("UPDATE_GOLDEN").is_none() {
        let wanted = texts.get(&head);
        assert_eq!(Some(text.trim_end()), wanted.map(String::as_str), "{head} (UPDATE_GOLDEN=1 writes the texts anew)");
        return;
    }
    if begun.insert(topic.to_owned()) {
        texts.retain(|head, _| !head.starts_with(&format!("{topic}: ")));
    }
    texts.insert(head, text.trim_end().to_owned());
    fs::write(path(), written(&texts)).expect("the golden texts can be written");
}

/// Asserts that a text has all of these figures, worked out elsewhere, and is word for word the one of that name.
pub fn tells(topic: &str, name: &str, text: &str, figures: &[&str]) {
    for figure in figures {
        assert!(text.contains(figure), "{text:?} does not say {figure:?}");
    }
    says(topic, name, text);
}

fn read(file: &str) -> BTreeMap<String, String> {
    let between = format!("\n{HEAD}");
    let sections = file.split(&between).filter_map(|section| section.trim_start_matches(HEAD).split_once('\n'));
    sections.map(|(head, text)| (head.to_owned(), text.trim_end().to_owned())).collect()
}

fn written(texts: &BTreeMap<String, String>) -> String {
    let sections: Vec<String> = texts.iter().map(|(head, text)| format!("{HEAD}{head}\n{text}\n")).collect();
    sections.join("\n")
}

#[test]
fn what_is_written_is_read() {
    let texts: BTreeMap<String, String> =
        [("a: one", "First.\n\nSecond."), ("a: two", "")].map(|(head, text)| (head.to_owned(), text.to_owned())).into();
    assert_eq!(read(&written(&texts)), texts);
}
