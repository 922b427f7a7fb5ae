//! What comments and documents name is there: files, and modules with what stands in them.

use std::fs;
use std::path::{Path, PathBuf};

/// All text files below `folder` with one of the endings, but for what is built or fetched.
fn texts(folder: &str, endings: &[&str], found: &mut Vec<(PathBuf, String)>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|why| panic!("{folder}: {why}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|n| n.to_str()).expect("a plain name");
        if path.is_dir() && !["node_modules", "out"].contains(&name) {
            texts(path.to_str().expect("a plain path"), endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(&path).expect("text");
            found.push((path, text));
        }
    }
}

fn all(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["src", "engine", "tests", "docs", "benches", "examples", "xtask", "static"] {
        texts(folder, endings, &mut found);
    }
    if endings.contains(&".md") {
        for file in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
            found.push((file.into(), fs::read_to_string(file).expect("a document")));
        }
    }
    found
}

/// What stands between backticks on a line, if the line is a comment or the file a document.
fn quoted<'t>(path: &Path, line: &'t str) -> Vec<&'t str> {
    let told =
        if path.extension().is_some_and(|e| e == "md") { line } else { line.split_once("//").map_or("", |l| l.1) };
    told.split('`').skip(1).step_by(2).collect()
}

/// Calls `check` with the place and the text of everything in backticks, and fails with all that it refuses.
fn each(endings: &[&str], check: impl Fn(&Path, &str) -> bool) {
    let mut wrong = Vec::new();
    for (path, text) in all(endings) {
        for (number, line) in text.lines().enumerate() {
            let bad = quoted(&path, line).into_iter().filter(|name| !check(&path, name));
            wrong.extend(bad.map(|name| format!("{}:{}: {name}", path.display(), number + 1)));
        }
    }
    assert!(wrong.is_empty(), "named, and not there:\n  {}", wrong.join("\n  "));
}

#[test]
fn files_and_folders_that_are_named_are_there() {
    each(&[".rs", ".md"], |path, name| {
        if ["src/", "tests/", "docs/", "engine/src/"].iter().any(|root| name.starts_with(root)) && name.ends_with('/') {
            return Path::new(name).is_dir();
        }
        let is_file = [".rs", ".md", ".mjs"].iter().any(|ending| name.ends_with(ending));
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        if !is_file || !is_plain || name.starts_with('.') {
            return true;
        }
        let beside = path.parent().expect("a folder").join(name);
        beside.exists() || Path::new(name).exists() || Path::new("src").join(name).exists()
    });
}

#[test]
fn modules_that_are_named_hold_what_is_said() {
    let sources: Vec<_> =
        all(&[".rs"]).into_iter().filter(|(p, _)| p.starts_with("src") || p.starts_with("engine/src")).collect();
    let is_module = |path: &str| {
        let at = path.replace("::", "/");
        ["src", "engine/src"]
            .iter()
            .any(|root| Path::new(root).join(&at).is_dir() || Path::new(root).join(format!("{at}.rs")).exists())
    };
    // An item, or a variant or a method: its name stands in the module's own files.
    let holds = |module: &str, item: &str| {
        let at = module.replace("::", "/");
        sources.iter().any(|(path, text)| {
            let inside = ["src", "engine/src"].iter().any(|root| {
                let folder = Path::new(root).join(&at);
                path.starts_with(&folder) || *path == folder.with_extension("rs")
            });
            inside && text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == item)
        })
    };
    each(&[".rs", ".md"], |_, name| {
        let path =
            name.trim_start_matches("engine::").trim_start_matches("waiting_room::").trim_start_matches("crate::");
        let names: Vec<&str> = path.split("::").collect();
        let is_path = names.len() > 1
            && names.iter().all(|n| !n.is_empty() && n.chars().all(|c| c.is_alphanumeric() || c == '_'));
        if !is_path || !is_module(names[0]) {
            return true;
        }
        let depth = (1..=names.len()).rev().find(|&n| is_module(&names[..n].join("::"))).expect("the first is one");
        names[depth..].iter().all(|item| holds(&names[..depth].join("::"), item))
    });
}

/// The map at the head of `src/lib.rs` and the listing of the architecture have every chapter.
#[test]
fn every_chapter_is_on_both_maps() {
    let root = fs::read_to_string("src/lib.rs").expect("the root");
    let listing = fs::read_to_string("docs/architecture.md").expect("the architecture");
    let chapters: Vec<&str> = root.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(chapters.len() > 10, "{chapters:?}");
    for chapter in chapters {
        let row =
            |l: &str| l.starts_with("//! | ") && l[6..].split('|').next().is_some_and(|cell| cell.contains(chapter));
        assert!(root.lines().any(row), "{chapter} is not on the map in src/lib.rs");
        let line = |l: &str| l.starts_with(&format!("src/{chapter}/")) || l.starts_with(&format!("src/{chapter}.rs"));
        assert!(listing.lines().any(line), "{chapter} is not in the listing of docs/architecture.md");
    }
}
