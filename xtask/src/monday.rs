//! What a booking of a whole Monday takes, all measures on: instructions where valgrind is installed, and time in pairs with the engine
//! that was measured before.
//!
//! Instructions are exact and the same on a busy machine. Times are not, so both engines run in turn and each pair gives a ratio; the
//! engine of this run is kept beside the build for the next.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::run::{self, capture, on_path, run};

/// Pairs of runs.
const PAIRS: usize = 9;
/// Mondays of each; the quickest counts.
const MONDAYS: usize = 5;

pub fn monday() -> Outcome {
    run(run::cargo().args(["build", "--release", "--package", "engine", "--example", "monday"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| run::root().join("target"), PathBuf::from);
    let engine = target.join("release/examples/monday");
    let (bookings, _) = quickest(&engine, 1)?;
    match on_path("valgrind") {
        None => println!("instructions a booking: unknown, valgrind is not installed"),
        Some(valgrind) => {
            // The second Monday alone: without what a program does once.
            let spent = instructions(&valgrind, &engine, 2)? - instructions(&valgrind, &engine, 1)?;
            println!("instructions a booking: {:.0}", spent / bookings);
        }
    }
    let before = target.join("release/examples/monday-before");
    let mut ratios = Vec::new();
    let mut best = f64::INFINITY;
    for _ in 0..PAIRS {
        let (_, seconds) = quickest(&engine, MONDAYS)?;
        best = best.min(seconds);
        if before.is_file() {
            ratios.push(seconds / quickest(&before, MONDAYS)?.1);
        }
    }
    println!("a Monday: {:.1} ms, {:.2} million bookings a second", best * 1e3, bookings / best / 1e6);
    ratios.sort_by(f64::total_cmp);
    if let Some(ratio) = ratios.get(ratios.len() / 2) {
        println!("time against the engine measured before: {ratio:.3} (median of {PAIRS} pairs)");
    }
    std::fs::copy(&engine, &before).map_err(|error| format!("{} was not kept: {error}", engine.display()))?;
    Ok(())
}

/// Bookings of a Monday, and the seconds that the quickest of so many took.
fn quickest(engine: &Path, times: usize) -> Outcome<(f64, f64)> {
    let text = capture(Command::new(engine).arg(times.to_string()))?;
    let figures = |line: &str| -> Option<(f64, f64)> {
        let mut parts = line.split_whitespace();
        Some((parts.next()?.parse().ok()?, parts.next_back()?.parse().ok()?))
    };
    let quickest = text.lines().filter_map(figures).min_by(|a, b| a.1.total_cmp(&b.1));
    quickest.ok_or_else(|| format!("{} printed no figures", engine.display()))
}

/// Instructions of so many Mondays, as valgrind's callgrind counts them.
fn instructions(valgrind: &Path, engine: &Path, times: usize) -> Outcome<f64> {
    let mut command = Command::new(valgrind);
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(engine).arg(times.to_string());
    let output = command.output().map_err(|error| format!("valgrind did not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    collected
        .and_then(|(_, n)| n.trim().parse().ok())
        .ok_or_else(|| format!("valgrind counted nothing: {}", said.trim()))
}
