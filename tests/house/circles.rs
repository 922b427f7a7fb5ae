//! No circles between the files of a chapter, held by reading the source: whatever a file names by `crate::`, `super::` or `self::` does not
//! come to name it in turn. That a module lists its parts is no circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Chapters whose files may still run in a circle.
const NOT_YET: &[&str] = &["ui", "chart", "design"];

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => sources(&path, found),
            path if path.extension().is_some_and(|e| e == "rs") => found.push(path),
            _ => {}
        }
    }
}

/// The paths of a use tree, such as `a::{b, c::{d}}`.
fn leaves(before: &str, tree: &str, found: &mut Vec<String>) {
    let Some(open) = tree.find('{') else { return found.push(format!("{before}{}", tree.trim())) };
    let (before, inner) = (format!("{before}{}", tree[..open].trim()), &tree[open + 1..tree.rfind('}').unwrap()]);
    let (mut depth, mut from) = (0, 0);
    for (at, character) in inner.char_indices().chain([(inner.len(), ',')]) {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[from..at].trim().is_empty() {
                    leaves(&before, &inner[from..at], found);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// Every path in a text that begins with `crate::`, `super::` or `self::`.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            let part_of_another =
                code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_:".contains(c));
            if part_of_another {
                continue;
            }
            let line = code[..at].rfind('\n').map_or(0, |n| n + 1);
            if code[line..at].trim_end().ends_with("use") {
                leaves("", code[at..].split(';').next().unwrap(), &mut found);
            } else {
                let path = code[at..].chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c));
                found.push(path.collect());
            }
        }
    }
    found
}

/// The file that a path in module `own` leads to.
fn file_of(path: &str, own: &str, files: &BTreeSet<String>) -> Option<String> {
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut base: Vec<&str> = own.split("::").collect();
    if parts[0] == "crate" {
        base.clear();
    }
    while matches!(parts.first(), Some(&("crate" | "super" | "self"))) {
        if parts.remove(0) == "super" {
            base.pop();
        }
    }
    base.append(&mut parts);
    while !base.is_empty() {
        let name = base.join("::");
        if files.contains(&name) {
            return Some(name);
        }
        base.pop();
    }
    None
}

/// What each file names, by the modules' paths.
fn arrows(texts: &BTreeMap<String, String>) -> Arrows {
    let files = texts.keys().cloned().collect();
    let named = |own: &str, text: &str| {
        let code: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        let code = code.split("#[cfg(test)]\nmod tests").next().unwrap();
        let all = paths(code).into_iter().filter_map(|path| file_of(&path, own, &files));
        all.filter(|to| to != own && !to.starts_with(&format!("{own}::"))).collect()
    };
    texts.iter().map(|(own, text)| (own.clone(), named(own, text))).collect()
}

/// The files that a file leads to, directly or by others.
fn reached(arrows: &Arrows, from: &str) -> BTreeSet<String> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(file) = open.pop() {
        for to in arrows.get(&file).into_iter().flatten() {
            if seen.insert(to.clone()) {
                open.push(to.clone());
            }
        }
    }
    seen
}

fn circle(texts: &BTreeMap<String, String>) -> Vec<String> {
    let arrows = arrows(texts);
    arrows.keys().filter(|file| reached(&arrows, file).contains(*file)).cloned().collect()
}

#[test]
fn no_files_of_a_chapter_name_each_other_in_a_circle() {
    let mut all = Vec::new();
    sources(Path::new("src"), &mut all);
    let module = |path: &Path| path.with_extension("").to_str().unwrap()["src/".len()..].replace(['/', '\\'], "::");
    let texts = all.iter().map(|path| (module(path), fs::read_to_string(path).unwrap())).collect();
    let chapter = |file: &String| file.split("::").next().unwrap().to_owned();
    let found: Vec<String> =
        circle(&texts).into_iter().filter(|file| !NOT_YET.contains(&chapter(file).as_str())).collect();
    assert!(found.is_empty(), "in a circle: {found:?}");
}

/// The test can fail: a circle by `crate::` or by `super::` is seen, a part that names its whole is none.
#[test]
fn a_circle_is_seen() {
    let texts = |all: &[(&str, &str)]| all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let round = texts(&[("a::b", "use crate::a::{x, c::{D}};"), ("a::c", "fn f() { super::b::g() }"), ("a", "")]);
    assert_eq!(circle(&round), ["a::b", "a::c"]);
    let whole = texts(&[("a", "pub mod b;\nuse self::b::C;"), ("a::b", "use super::D;")]);
    assert!(circle(&whole).is_empty());
}
