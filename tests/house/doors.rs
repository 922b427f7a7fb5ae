//! The doors of the house, held by reading the source: one way into a session, one way to change a design.

use std::path::{Path, PathBuf};

use crate::source::{File, files};

/// Files of a chapter with their code, tests and comments left out.
fn code_of(chapter: &str) -> Vec<(PathBuf, String)> {
    let own = files("waiting_room", "src").into_iter().filter(|file| file.module.get(1).is_some_and(|c| c == chapter));
    own.map(|File { path, text, .. }| {
        let code = text.split("#[cfg(test)]\nmod tests").next().expect("a first part");
        let lines: Vec<&str> = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        (path, lines.join("\n"))
    })
    .collect()
}

#[test]
fn a_session_has_one_way_in() {
    let mut doors = Vec::new();
    for (_, code) in code_of("session") {
        for block in code.split("\nimpl Session {").skip(1) {
            let own = block.split("\n}").next().unwrap();
            doors.extend(
                own.lines()
                    .filter(|l| l.trim_start().starts_with("pub fn") && l.contains("&mut self"))
                    .map(str::to_owned),
            );
        }
    }
    assert_eq!(doors.len(), 1, "{doors:#?}");
    assert!(doors[0].contains("pub fn update(&mut self, action: Action)"), "{doors:?}");
}

#[test]
fn a_design_is_changed_in_one_place() {
    let pushes: Vec<PathBuf> = code_of("session")
        .into_iter()
        .filter(|(_, code)| code.contains("history.push("))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(pushes, [Path::new("src/session/editing.rs")]);
    let (_, editing) = code_of("session").into_iter().find(|(path, _)| *path == pushes[0]).unwrap();
    assert_eq!(editing.matches("history.push(").count(), 1);
}

/// The page shows what the chapters below worked out: it neither compiles a design nor asks what kind a component is, but for what the kind's own
/// table says.
#[test]
fn the_page_decides_nothing_about_a_design() {
    for (path, code) in code_of("ui") {
        for word in [
            "compile",
            "Analysis::new",
            "analyse(",
            "Params::",
            "station_params",
            "KindId::",
            "Behaviour",
            "Edit::apply",
        ] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

/// Metrics and charts are asked for by their ids: a text that is mistyped would only be false.
#[test]
fn no_code_asks_for_a_metric_or_a_chart_by_its_text() {
    for file in files("waiting_room", "src") {
        for asks in [
            "metric.key ==",
            "metric.key.starts_with",
            "metric.key.contains",
            "chart.id == \"",
            "chart.key ==",
            "match props.chart.key",
        ] {
            assert!(!file.text.contains(asks), "{}: {asks}", file.path.display());
        }
    }
}
