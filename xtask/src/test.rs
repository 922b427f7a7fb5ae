//! Runs the tests: native ones with every feature that isn't the web's, then those in Python, then real browsers
//! on the page as it is published.
//!
//! Each of the two ends with its ten slowest tests. The page is built while the native tests run: neither keeps all cores busy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, run};
use crate::{Outcome, browser, build, embedding, python, timed, tools};

pub fn test(names: &[&str]) -> Outcome {
    let (natively, in_a_browser) = (names.contains(&"native"), names.contains(&"browser"));
    // First what may be missing, so that nobody waits for a build in vain.
    let python = natively.then(python::packages).transpose()?;
    let browser = in_a_browser.then(Browser::found).transpose()?;
    let built = std::thread::scope(|scope| {
        let built = browser.is_some().then(|| scope.spawn(Built::anew));
        let tested = python.as_deref().map_or(Ok(()), native);
        let built = built.map(|built| built.join().expect("a build that fails says so")).transpose();
        tested.and(built)
    })?;
    browser.zip(built).map_or(Ok(()), |(browser, built)| browser.test(&built))
}

fn native(python: &Path) -> Outcome {
    tools::deny()?;
    let times = fresh_times()?;
    run(timed::cargo_test(&times)?.args(["--workspace", "--features", "cli,chart"]))?;
    // What of the page needs no browser.
    run(timed::cargo_test(&times)?.args(["--lib", "--no-default-features", "--features", "page"]))?;
    timed::tell_slowest(&times)?;
    python::test(python)
}

/// A file for the times of this run's tests, empty. It lies beside the program itself, which is where cargo builds.
fn fresh_times() -> Outcome<PathBuf> {
    let this = std::env::current_exe().map_err(|error| format!("xtask can't find itself: {error}"))?;
    let times = this.with_file_name("test-times.txt");
    fs::write(&times, "").map_err(|error| format!("{} can't be written: {error}", times.display()))?;
    Ok(times)
}

/// What the tests in a browser are run with.
struct Browser {
    chromium: PathBuf,
    engines: Vec<(&'static str, PathBuf)>,
    nginx: PathBuf,
    node: Command,
    /// Where the generators are whose sites embed the page.
    generators: PathBuf,
}

/// What they look at.
struct Built {
    dist: PathBuf,
    probe: PathBuf,
}

impl Browser {
    fn found() -> Outcome<Browser> {
        let chromium = browser::chromium_of_tests()?;
        let (engines, nginx) = (browser::engines()?, browser::nginx()?);
        browser::packages()?;
        Ok(Browser { chromium, engines, nginx, node: browser::node()?, generators: embedding::generators()? })
    }

    fn test(mut self, built: &Built) -> Outcome {
        // The command line, for what it says of the designs that the browser draws: the one that native tests have, and not while they run it.
        run(run::cargo().args(["test", "--no-run", "--workspace", "--features", "cli,chart", "--test", "cli"]))?;
        let node = self
            .node
            .arg("all.mjs")
            .env("CHROME", self.chromium)
            .envs(self.engines)
            .env("NGINX", self.nginx)
            .env("GENERATORS", self.generators);
        run(node.env("DIST", &built.dist).env("PROBE", &built.probe))
    }
}

impl Built {
    fn anew() -> Outcome<Built> {
        Ok(Built { probe: build::probe()?, dist: build::release()? })
    }
}
