//! The house's rules, held by reading the source: arrows go one way, the core knows no web, seeded things avoid what differs between
//! platforms, files stay short.

use std::fs;
use std::path::{Path, PathBuf};

/// The chapters in order of dependency, with those that each may use (itself always).
const ARROWS: &[(&str, &[&str])] = &[
    ("format", &[]),
    ("json", &[]),
    ("kinds", &["json"]),
    ("design", &["kinds", "json"]),
    ("kata", &["design", "kinds", "json", "format"]),
    ("record", &["kata", "design", "kinds", "json", "format"]),
    ("advice", &["record", "kata", "design", "kinds", "json", "format"]),
    ("study", &["advice", "record", "kata", "design", "kinds", "json", "format"]),
    ("share", &["record", "kata", "design", "kinds", "json", "format"]),
    ("session", &["study", "advice", "record", "kata", "design", "kinds", "json", "format"]),
    ("chart", &["format"]),
    ("cli", &["share", "study", "advice", "record", "kata", "design", "kinds", "json", "format"]),
    ("ui", &["chart", "session", "share", "study", "advice", "record", "kata", "design", "kinds", "json", "format"]),
];

/// Crates of the web, which only `ui` may name.
const WEB: &[&str] = &["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo", "plotters_canvas"];

/// FactKind gives other bits or another order on another platform, in chapters whose results are seeded, hashed or saved.
const UNPORTABLE: &[&str] = &[
    "HashMap",
    "HashSet",
    ".ln()",
    ".exp()",
    ".powf(",
    ".sin()",
    ".cos()",
    ".tan()",
    ".log10()",
    "SmallRng",
    "Instant",
    "SystemTime",
];

/// Lines of a source file: about 400, as the house's style has it.
const LONGEST_FILE: usize = 450;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file of the library: its chapter, its path and its text without comments.
fn files() -> Vec<(String, PathBuf, String)> {
    let mut paths = Vec::new();
    sources(Path::new("src"), &mut paths);
    paths.sort();
    let chapter = |path: &Path| {
        let first = path.components().nth(1).unwrap().as_os_str().to_string_lossy().into_owned();
        first.trim_end_matches(".rs").to_owned()
    };
    let code = |text: &str| {
        text.lines().map(|l| if l.trim_start().starts_with("//") { "" } else { l }).collect::<Vec<_>>().join("\n")
    };
    paths.into_iter().map(|p| (chapter(&p), p.clone(), code(&fs::read_to_string(&p).unwrap()))).collect()
}

/// The chapters that a text names by `crate::…`.
fn named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(group) => named.extend(group.split('}').next().unwrap().split(',').map(|s| word(s.trim()))),
            None => named.push(word(rest)),
        }
    }
    named
}

#[test]
fn arrows_go_one_way() {
    for (chapter, path, code) in files() {
        if ["lib", "main", "bin"].contains(&chapter.as_str()) {
            continue;
        }
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == chapter) else {
            panic!("{}: the chapter {chapter} is not in the table of arrows", path.display());
        };
        for used in named(&code) {
            let known = ARROWS.iter().any(|(name, _)| *name == used);
            assert!(
                !known || used == chapter || may.contains(&used.as_str()),
                "{}: {chapter} must not use {used}",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_page_knows_the_web() {
    for (chapter, path, code) in files() {
        if chapter == "ui" || chapter == "main" {
            continue;
        }
        for name in WEB {
            let found = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            assert!(!found, "{} names {name}", path.display());
        }
    }
}

#[test]
fn nothing_seeded_depends_on_the_platform() {
    for (chapter, path, code) in files() {
        if !["engine", "kinds", "design", "kata", "record", "advice"].contains(&chapter.as_str()) {
            continue;
        }
        for word in UNPORTABLE {
            assert!(!code.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn files_stay_short() {
    for (_, path, _) in files() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{}: {lines} lines, at most {LONGEST_FILE}", path.display());
    }
}

/// Every module says what it is before anything else.
#[test]
fn every_module_opens_with_what_it_is() {
    for (_, path, _) in files() {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not say what it is", path.display());
    }
}
