//! The house's rules, held by reading the source: arrows go one way, between chapters and within them; the core knows no web; seeded things
//! avoid what differs between platforms; files and functions stay short.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{File, Module, Uses, files, functions};

/// The chapters in order of dependency, with those that each may use (itself and the engine always).
const ARROWS: &[(&str, &[&str])] = &[
    ("vocabulary", &["json"]),
    ("lang", &["vocabulary"]),
    ("format", &["lang"]),
    ("decimal", &[]),
    ("json", &["decimal"]),
    ("late", &[]),
    ("letters", &[]),
    ("order", &[]),
    ("tokens", &[]),
    ("kinds", &["lang", "vocabulary", "json", "order", "tokens"]),
    ("design", &["lang", "vocabulary", "kinds", "json", "order", "tokens", "letters"]),
    ("kata", &["lang", "vocabulary", "design", "kinds", "json", "order", "format", "decimal"]),
    ("record", &["lang", "vocabulary", "kata", "design", "kinds", "json", "order", "format", "letters"]),
    ("advice", &["lang", "vocabulary", "record", "kata", "design", "kinds", "json", "order", "format", "late"]),
    ("study", &["lang", "vocabulary", "advice", "record", "kata", "design", "kinds", "json", "order", "format"]),
    ("hosts", &["json"]),
    ("share", &["lang", "vocabulary", "record", "kata", "design", "kinds", "json", "order", "format", "letters"]),
    (
        "session",
        &[
            "lang",
            "vocabulary",
            "study",
            "advice",
            "record",
            "kata",
            "design",
            "kinds",
            "json",
            "order",
            "format",
            "decimal",
            "late",
        ],
    ),
    ("chart", &["lang", "vocabulary", "order", "tokens", "format", "late"]),
    (
        "cli",
        &[
            "lang",
            "vocabulary",
            "share",
            "study",
            "advice",
            "record",
            "kata",
            "design",
            "kinds",
            "json",
            "order",
            "format",
            "letters",
        ],
    ),
    (
        "ui",
        &[
            "lang",
            "vocabulary",
            "chart",
            "session",
            "hosts",
            "share",
            "study",
            "advice",
            "record",
            "kata",
            "design",
            "kinds",
            "json",
            "order",
            "format",
            "late",
            "letters",
        ],
    ),
];

/// The same within the engine, which knows nothing else of ours.
const ARROWS_OF_THE_ENGINE: &[(&str, &[&str])] =
    &[("sim", &[]), ("measure", &["sim"]), ("simulation", &["measure", "sim"])];

/// Groups of files that still use each other in a circle. Nothing is added here.
const CIRCLES: &[&[&str]] = &[];

/// Crates of the web, which only `ui` may name.
const WEB: &[&str] = &["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo", "plotters_canvas"];

/// What gives other bits or another order on another platform, in chapters whose results are seeded, hashed or saved.
const UNPORTABLE: &[&str] = &[
    "HashMap",
    "HashSet",
    ".ln(",
    ".exp(",
    ".powf(",
    ".sin(",
    ".cos(",
    ".tan(",
    ".log10(",
    "SmallRng",
    "Instant",
    "SystemTime",
];

/// The chapters that must not use it.
const PORTABLE: &[&str] = &["kinds", "design", "kata", "record", "advice"];

/// Lines of a source file, and of a function.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 70;

const ROOT: &str = "waiting_room";
const ENGINE: &str = "engine";

fn sources() -> Vec<File> {
    let mut all = files(ENGINE, "engine/src");
    all.extend(files(ROOT, "src"));
    all
}

/// The chapter of a module; none of a crate's root.
fn chapter(module: &Module) -> Option<&str> {
    module.get(1).map(String::as_str)
}

fn shown(module: &Module) -> String {
    module.join("::")
}

/// Fails with all that was found, a line each.
fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

/// Whether the module `from` may use `to`, by the tables.
fn allowed(from: &Module, to: &Module) -> bool {
    let table = if from[0] == ENGINE { ARROWS_OF_THE_ENGINE } else { ARROWS };
    let (Some(own), true) = (chapter(from), from[0] == to[0]) else {
        // A crate's root is a list of its chapters; the engine is below all.
        return chapter(from).is_none() || to[0] == ENGINE;
    };
    let Some((_, may)) = table.iter().find(|(name, _)| *name == own) else { return false };
    chapter(to).is_none_or(|used| used == own || may.contains(&used))
}

#[test]
fn arrows_go_one_way() {
    let all = sources();
    let wrong = Uses::of(&all).edges().into_iter().filter(|(from, to)| !allowed(from, to));
    none(
        wrong.map(|(from, to)| format!("{} uses {}", shown(&from), shown(&to))).collect(),
        "against the table of arrows",
    );
}

#[test]
fn every_chapter_is_in_the_table() {
    let wrong = sources().into_iter().filter(|file| {
        let table = if file.module[0] == ENGINE { ARROWS_OF_THE_ENGINE } else { ARROWS };
        chapter(&file.module).is_some_and(|own| !table.iter().any(|(name, _)| *name == own))
    });
    none(wrong.map(|file| file.path.display().to_string()).collect(), "not in the table of arrows");
}

/// Files that use each other in a circle can only be understood together. A module and those within it are one thing in several files; tests
/// beside the code may use all.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let all = sources();
    let found = circles(&Uses::of(&all).edges_without_tests());
    let known = |circle: &BTreeSet<Module>| {
        CIRCLES.iter().any(|known| circle.iter().all(|module| known.contains(&shown(module).as_str())))
    };
    let new = found.iter().filter(|circle| !known(circle));
    none(new.map(|circle| circle.iter().map(shown).collect::<Vec<_>>().join(", ")).collect(), "in a circle");
    let still = |known: &&[&str]| {
        found.iter().any(|circle| circle.iter().any(|module| known.contains(&shown(module).as_str())))
    };
    let gone = CIRCLES.iter().filter(|known| !still(known));
    none(gone.map(|known| known.join(", ")).collect(), "no circle any more, so CIRCLES needs no line for it");
}

/// The modules that lead to each other, a set for each group of them.
fn circles(edges: &BTreeSet<(Module, Module)>) -> BTreeSet<BTreeSet<Module>> {
    let mut beside: BTreeMap<&Module, Vec<&Module>> = BTreeMap::new();
    for (from, to) in edges.iter().filter(|(from, to)| !from.starts_with(to) && !to.starts_with(from)) {
        beside.entry(from).or_default().push(to);
    }
    let reached = |start| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(module) = open.pop() {
            open.extend(beside.get(module).into_iter().flatten().filter(|to| seen.insert(**to)));
        }
        seen
    };
    let reach: BTreeMap<&Module, BTreeSet<&Module>> = beside.keys().map(|&from| (from, reached(from))).collect();
    let back = |from: &Module, to: &Module| reach.get(to).is_some_and(|seen| seen.contains(from));
    let group = |from: &Module| reach[from].iter().filter(|to| back(from, to)).map(|&to| to.clone()).collect();
    reach.keys().filter(|from| back(from, from)).map(|from| group(from)).collect()
}

#[test]
fn a_circle_is_seen_and_a_whole_with_its_parts_is_none() {
    let module = |name: &str| name.split("::").map(str::to_owned).collect::<Module>();
    let edges = |all: &[(&str, &str)]| all.iter().map(|(from, to)| (module(from), module(to))).collect();
    let round = edges(&[("a::b", "a::c"), ("a::c", "a::d"), ("a::d", "a::b"), ("a::d", "a::e"), ("a::f", "a::b")]);
    assert_eq!(circles(&round), [["a::b", "a::c", "a::d"].map(module).into()].into());
    assert!(circles(&edges(&[("a", "a::b"), ("a::b", "a"), ("a::b", "a::c")])).is_empty());
}

#[test]
fn only_the_page_knows_the_web() {
    let others = sources().into_iter().filter(|file| chapter(&file.module) != Some("ui"));
    let named = |file: &File| file.tokens.iter().find(|token| WEB.contains(&token.text.as_str())).cloned();
    let wrong = others.filter_map(|file| Some(format!("{} names {}", file.path.display(), named(&file)?.text)));
    none(wrong.collect(), "the web outside of the page");
}

#[test]
fn nothing_seeded_depends_on_the_platform() {
    let mut wrong = Vec::new();
    for file in sources() {
        let held = file.module[0] == ENGINE || chapter(&file.module).is_some_and(|own| PORTABLE.contains(&own));
        let code = file.code();
        let found = UNPORTABLE.iter().filter(|word| held && code.contains(*word));
        wrong.extend(found.map(|word| format!("{} uses {word}", file.path.display())));
    }
    none(wrong, "other results on another platform");
}

/// Every file of ours in Rust: the crates, the tools and the tests.
fn everything() -> Vec<File> {
    let mut all = sources();
    for folder in ["src/bin", "xtask/src", "tests", "benches", "examples"] {
        all.extend(files(folder, folder));
    }
    all
}

#[test]
fn files_stay_short() {
    let wrong = everything().into_iter().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines", file.path.display()))
    });
    none(wrong.collect(), &format!("longer than {LONGEST_FILE} lines"));
}

#[test]
fn functions_stay_short() {
    let mut wrong = Vec::new();
    for file in everything() {
        let long = functions(&file.tokens).into_iter().filter(|(_, _, lines)| *lines > LONGEST_FUNCTION);
        wrong.extend(long.map(|(name, line, lines)| format!("{}:{line}: {name}: {lines} lines", file.path.display())));
    }
    none(wrong, &format!("longer than {LONGEST_FUNCTION} lines"));
}

/// Every module says what it is before anything else. What others include is a part of them.
#[test]
fn every_module_opens_with_what_it_is() {
    let modules = everything().into_iter().filter(|file| !file.path.starts_with("examples/shared"));
    let silent = modules.filter(|file| !file.text.starts_with("//! "));
    none(silent.map(|file| file.path.display().to_string()).collect(), "does not say what it is");
}
