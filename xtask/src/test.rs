//! Runs the tests: native ones with every feature that isn't the web's, then real browsers on the page as it is published.

use std::fs;

use crate::run::{self, run};
use crate::{Outcome, browser, build};

pub fn test(names: &[&str]) -> Outcome {
    run::choose_the_waiting_room();
    if names.contains(&"native") {
        run(run::cargo().args(["test", "--workspace", "--features", "cli,chart"]))?;
        // What of the page needs no browser.
        run(run::cargo().args(["test", "--lib", "--no-default-features", "--features", "page"]))?;
    }
    if names.contains(&"browser") {
        // First what may be missing, so that nobody waits for a build in vain.
        let chromium = browser::chromium()?;
        browser::packages()?;
        // The command line, for what it says of the designs that the browser draws.
        run(run::cargo().args(["build", "--bin", "kata", "--features", "cli,chart"]))?;
        let probe = build::probe()?;
        let dist = build::release()?;
        let mut node = browser::node()?;
        node.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]).args(files()?);
        run(node.env("CHROME", chromium).env("DIST", dist).env("PROBE", probe))?;
    }
    Ok(())
}

/// The test files, by name: `tests/browser/*.test.mjs`.
fn files() -> Outcome<Vec<String>> {
    let folder = run::root().join("tests/browser");
    let entries = fs::read_dir(&folder).map_err(|error| format!("tests/browser can't be read: {error}"))?;
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    names.sort();
    if names.is_empty() { Err("tests/browser holds no tests".to_owned()) } else { Ok(names) }
}
