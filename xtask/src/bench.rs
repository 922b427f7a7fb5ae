//! Runs the measurements: criterion's, the browser's, and those against other simulators.

use crate::run::{self, run};
use crate::{Outcome, browser, build, peers};

pub fn bench(names: &[&str]) -> Outcome {
    if names.contains(&"engine") {
        run(run::cargo().args(["bench", "--features", "cli,chart"]))?;
    }
    if names.contains(&"browser") {
        let chromium = browser::chromium()?;
        browser::packages()?;
        let probe = build::probe()?;
        let dist = build::release()?;
        run(browser::node()?.arg("bench/run.mjs").env("CHROME", chromium).env("DIST", dist).env("PROBE", probe))?;
    }
    if names.contains(&"peers") {
        peers::peers()?;
    }
    Ok(())
}
