//! Runs the tests: native ones with every feature that isn't the web's, then real browsers on the page as it is published.
//!
//! Each of the two ends with its ten slowest tests.

use std::fs;
use std::path::PathBuf;

use crate::run::{self, run};
use crate::{Outcome, browser, build, timed};

pub fn test(names: &[&str]) -> Outcome {
    if names.contains(&"native") {
        native()?;
    }
    if names.contains(&"browser") {
        in_a_browser()?;
    }
    Ok(())
}

fn native() -> Outcome {
    let times = fresh_times()?;
    run(timed::cargo_test(&times)?.args(["--workspace", "--features", "cli,chart"]))?;
    // What of the page needs no browser.
    run(timed::cargo_test(&times)?.args(["--lib", "--no-default-features", "--features", "page"]))?;
    timed::tell_slowest(&times)
}

/// A file for the times of this run's tests, empty. It lies beside the program itself, which is where cargo builds.
fn fresh_times() -> Outcome<PathBuf> {
    let this = std::env::current_exe().map_err(|error| format!("xtask can't find itself: {error}"))?;
    let times = this.with_file_name("test-times.txt");
    fs::write(&times, "").map_err(|error| format!("{} can't be written: {error}", times.display()))?;
    Ok(times)
}

fn in_a_browser() -> Outcome {
    // First what may be missing, so that nobody waits for a build in vain.
    let chromium = browser::chromium()?;
    browser::packages()?;
    // The command line, for what it says of the designs that the browser draws.
    run(run::cargo().args(["build", "--bin", "kata", "--features", "cli,chart"]))?;
    let probe = build::probe()?;
    let dist = build::release()?;
    let mut node = browser::node()?;
    run(node.arg("all.mjs").env("CHROME", chromium).env("DIST", dist).env("PROBE", probe))
}
