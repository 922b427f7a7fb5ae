//! Runs the measurements: a Monday's instructions, criterion's, the browser's, and those against other simulators.

use crate::run::{self, run};
use crate::{Outcome, browser, build, monday, peers};

pub fn bench(names: &[&str]) -> Outcome {
    if names.contains(&"engine") {
        monday::monday()?;
        run(run::cargo().args(["bench", "--features", "cli,chart"]))?;
    }
    if names.contains(&"browser") {
        let chromium = browser::chromium()?;
        browser::packages()?;
        let probe = build::probe()?;
        let dist = build::release()?;
        let charts = build::charts_probe()?;
        let mut node = browser::node()?;
        node.arg("bench/run.mjs").env("CHROME", chromium).env("DIST", dist);
        run(node.env("PROBE", probe).env("CHARTS_PROBE", charts))?;
    }
    if names.contains(&"peers") {
        peers::peers()?;
    }
    Ok(())
}
