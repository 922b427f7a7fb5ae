//! Every text that a learner can get: the strings of the kata's data and of the source, by where they stand.

use std::path::{Path, PathBuf};

/// What the page and the command line are made of, and what a kata says. Tests within a source file are left out.
pub fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    let sources = ["src", "engine/src"].into_iter().flat_map(|folder| files(&root.join(folder), "rs"));
    for file in sources.filter(|file| !file.ends_with("tests.rs")) {
        let source = std::fs::read_to_string(&file).expect("a source file");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        texts.extend(literals(source).into_iter().map(|text| (name(root, &file), text)));
    }
    for file in files(&root.join("static"), "json") {
        let text = std::fs::read_to_string(&file).expect("a file");
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        strings(&value, &mut |text| texts.push((name(root, &file), text.to_owned())));
    }
    let file = "static/lang/en.txt";
    let read = std::fs::read_to_string(root.join(file)).expect("a file");
    for (key, variants) in waiting_room::lang::file::read(&read).expect("texts") {
        texts.extend(variants.into_values().map(|text| (format!("{file}, {key}"), text)));
    }
    assert!(texts.len() > 2_000, "{} texts only", texts.len());
    texts
}

fn name(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).expect("a file of the project").display().to_string()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files(&entry, ending));
        } else if entry.extension().is_some_and(|e| e == ending) {
            found.push(entry);
        }
    }
    found.sort();
    found
}

fn strings(value: &serde_json::Value, found: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => found(text),
        serde_json::Value::Array(all) => all.iter().for_each(|value| strings(value, found)),
        serde_json::Value::Object(all) => all.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

/// The string literals of a Rust source, in order, without those in comments.
pub fn literals(source: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), source);
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (before, after) = rest.split_at(at);
        let raw = before.ends_with("r#") || before.ends_with('r') && !before.ends_with("er");
        rest = if after.starts_with("//") {
            after.split_once('\n').map_or("", |(_, next)| next)
        } else if after.starts_with("'\"'") || after.starts_with("'/'") {
            &after[3..]
        } else if after.starts_with('"') && raw {
            let end = if before.ends_with('#') { "\"#" } else { "\"" };
            let (text, next) = after[1..].split_once(end).expect("a raw string ends");
            found.push(text.to_owned());
            next
        } else if let Some(inside) = after.strip_prefix('"') {
            let end = end_of(inside);
            found
                .push(inside[..end].replace("\\u{a0}", "\u{a0}").replace("\\u{202f}", "\u{202f}").replace("\\n", "\n"));
            &inside[end + 1..]
        } else {
            &after[1..]
        };
    }
    found
}

/// Where a string literal ends: the first quote that is not escaped.
fn end_of(inside: &str) -> usize {
    let mut escaped = false;
    let end = inside.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.expect("a string ends").0
}

/// Words that take a claim back.
pub const HEDGES: &[&str] = &[
    "may",
    "might",
    "could",
    "maybe",
    "perhaps",
    "possibly",
    "probably",
    "likely",
    "unlikely",
    "seem",
    "seems",
    "somewhat",
    "rather",
    "fairly",
    "usually",
    "should",
    "presumably",
    "apparently",
    "arguably",
    "hopefully",
    "sometimes",
];

/// The hedging word of a text, if there is one.
pub fn hedge(text: &str) -> Option<&'static str> {
    // What was not possible is no guess.
    let text = text.to_lowercase().replace("could not", "");
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
    HEDGES.iter().find(|hedge| words.contains(hedge)).copied()
}
