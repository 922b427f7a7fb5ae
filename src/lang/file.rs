//! The files of `static/lang`: a line a text, `key = text with {name}`. The build reads the English one, `cargo xtask` the others.
//!
//! | line | what it is |
//! | --- | --- |
//! | `runs.kept = Kept.` | a text |
//! | `runs.count[one] = {n} run` | one of its plural variants, by a category of `Intl.PluralRules`; `other` has to be there |
//! | `# …` | a comment; empty lines are left out too |
//!
//! What stands behind a `|` is not said: it tells two texts apart that read the same in English. `\n` is a new line and `\_` a space at an
//! end. `{name}` is put in by the code; a name that the kata's words have (`{items}`, `{A person}`) by those. A text is packed into one line for the page, see [`pack`]. Knows nothing of what a text says.

// Read by the build too, where nothing else of the crate is.
#![allow(dead_code, reason = "the build and the crate each use a part")]

use std::collections::{BTreeMap, BTreeSet};

/// Before each plural variant: its category, then [`IS`], then its text.
pub const VARIANT: char = '\u{2}';
/// Between a variant's category and its text.
pub const IS: char = '\u{3}';
/// A new line within a text.
pub const BREAK: char = '\u{4}';
/// The first of the letters that stand for what the code puts in, by the names' alphabet.
pub const FIRST: char = '\u{10}';
/// The most that is put into one text.
pub const MOST: usize = 8;
/// The names that the kata's words have in English, in small letters.
pub const WORDS: [&str; 15] = [
    "item",
    "items",
    "an item",
    "person",
    "people",
    "a person",
    "service",
    "services",
    "a service",
    "day",
    "days",
    "a day",
    "period",
    "twice",
    "twice named",
];

/// A text as it was written: its variants by their category, which is empty for a text that has none.
pub type Variants = BTreeMap<String, String>;

/// The texts of a file, by their keys; or what is wrong with it, and where.
///
/// # Errors
/// A line that is no text, a key that is there twice, variants without `other`, a brace that does not close.
pub fn read(file: &str) -> Result<BTreeMap<String, Variants>, String> {
    let mut texts: BTreeMap<String, Variants> = BTreeMap::new();
    for (at, line) in file.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, text) = line.split_once('=').ok_or(format!("line {at}: `key = text` is missing"))?;
        let (key, category) = match name.trim().split_once('[') {
            Some((key, category)) => (key, category.strip_suffix(']').ok_or(format!("line {at}: `]` is missing"))?),
            None => (name.trim(), ""),
        };
        let text = text.trim().replace("\\n", "\n").replace("\\_", " ");
        names(&text).map_err(|wrong| format!("line {at}: {wrong}"))?;
        if texts.entry(key.to_owned()).or_default().insert(category.to_owned(), text).is_some() {
            return Err(format!("line {at}: `{key}` is there twice"));
        }
    }
    for (key, variants) in &texts {
        if !variants.contains_key("") && !variants.contains_key("other") {
            return Err(format!("`{key}` has no variant `other`"));
        }
        if variants.contains_key("") && variants.len() > 1 {
            return Err(format!("`{key}` is there with and without variants"));
        }
    }
    Ok(texts)
}

/// What the code puts into a text, in the order in which it stands there.
///
/// # Errors
/// A brace that does not close.
pub fn names(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, next) = after.split_once('}').ok_or_else(|| format!("a brace does not close in “{text}”"))?;
        if !is_word(name) {
            found.push(name);
        }
        rest = next;
    }
    Ok(found)
}

/// Whether the kata's words have the name, or it has a space or a capital, as forms of those words in other languages do.
pub fn is_word(name: &str) -> bool {
    name.contains([' ', 'ä', 'ö', 'ü']) || name.starts_with(|c: char| c.is_uppercase()) || WORDS.contains(&name)
}

/// The names of all variants, by the alphabet.
pub fn names_of(variants: &Variants) -> Vec<&str> {
    let all: BTreeSet<&str> = variants.values().flat_map(|text| names(text).expect("it was read")).collect();
    all.into_iter().collect()
}

/// What a packed English text is found by in another language: FNV-1a with 32 bits.
pub fn hash(packed: &str) -> u32 {
    packed.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The lines of a language by the hashes of the English ones, in their order; equal ones are one.
///
/// # Errors
/// Two English texts that are the same, or have the same hash, and say different things: one of them needs a `|` with a word that tells.
pub fn by_hash(lines: impl IntoIterator<Item = (String, String)>) -> Result<BTreeMap<u32, String>, String> {
    let mut all: BTreeMap<u32, (String, String)> = BTreeMap::new();
    for (english, line) in lines {
        let found = all.entry(hash(&english)).or_insert_with(|| (english.clone(), line.clone()));
        if *found != (english.clone(), line.clone()) {
            return Err(format!("“{english}” is both “{}” and “{line}”", found.1));
        }
    }
    Ok(all.into_iter().map(|(hash, (_, line))| (hash, line)).collect())
}

/// A text in one line: `names` as single letters, in their order; variants one after the other.
pub fn pack(variants: &Variants, names: &[&str]) -> String {
    let mut line = String::new();
    for (category, text) in variants {
        if !category.is_empty() {
            line.push(VARIANT);
            line += category;
            line.push(IS);
        }
        let mut text = text.replace('\n', &BREAK.to_string());
        for (name, letter) in names.iter().zip(FIRST..) {
            text = text.replace(&format!("{{{name}}}"), &letter.to_string());
        }
        line += &text;
    }
    line
}
