//! An independent second engine: a simulation in Python, written from the model alone, agrees with this engine booking for booking.
//!
//! Both get the same draws: see `draws.py`. Compared are, for every booking, what became of it and when to the nanosecond, its tries, deliveries,
//! calls and duplicates; and every figure of the report. The designs are random, the same in every run of the tests: three in four
//! near the limits of their parts (`tests/support/worlds.rs`), one wild and with much at one moment (`tests/support/random.rs`). For more of them: `REFERENCE_RUNS=1000 cargo test --test reference`; for one: `REFERENCE_SEED=17`. `REFERENCE_KATA=1` adds whole
//! mornings of the kata's own, which take minutes.
//!
//! A disagreement leaves the folder of its run behind, so that `python3 tests/reference FOLDER` does the reference's part once more.

mod draws;
mod outcome;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::sim::network::Network;
use serde_json::{Value, json};

/// Random runs of a test without options.
const RUNS: u64 = 96;
/// How many runs one Python does.
const BATCH: usize = 24;

/// A run and where its files lie.
struct Case {
    name: String,
    folder: PathBuf,
    engine: Value,
}

impl Case {
    /// Runs it here and writes what the reference needs.
    fn new(name: &str, design: &Value, scenario: &Value, seed: u64) -> Case {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference").join(name.replace(' ', "-"));
        fs::create_dir_all(&folder).expect("a folder");
        let write = |file: &str, bytes: &[u8]| fs::write(folder.join(file), bytes).expect("a file");
        write("design.json", design.to_string().as_bytes());
        write("scenario.json", scenario.to_string().as_bytes());
        let network =
            support::network(&support::design(&design.to_string()), &support::scenario(&scenario.to_string()));
        let mut bookings = outcome::Bookings::default();
        let run = support::observed(&network, seed, |at, fact| bookings.fact(at, fact));
        let report = run.measures().report(run.now());
        let arrivals = bookings.arrivals();
        write_draws(&network, seed, &arrivals, &write);
        let engine = json!({ "bookings": bookings.rows(), "report": outcome::report(&report, &network) });
        Case { name: name.to_owned(), folder, engine }
    }

    /// Where the reference differs; reading it, the files are done with unless it does.
    fn differences(&self) -> Option<String> {
        let text = fs::read_to_string(self.folder.join("reference.json")).expect("the reference has written its part");
        let reference: Value = serde_json::from_str(&text).expect("JSON");
        let found = outcome::differences(&self.engine, &reference);
        if found.is_empty() {
            fs::remove_dir_all(&self.folder).expect("a folder that was made");
            return None;
        }
        Some(format!("{}:\n  {}\n  python3 tests/reference {}", self.name, found.join("\n  "), self.folder.display()))
    }
}

fn write_draws(network: &Network, seed: u64, arrivals: &[u64], write: &dyn Fn(&str, &[u8])) {
    let bookings = arrivals.len() as u64;
    let written = draws::Written::of(network, seed, bookings);
    let table = json!({ "arrivals": arrivals, "gaps": draws::gaps(seed, bookings), "streams": written.streams });
    write("draws.json", table.to_string().as_bytes());
    write("draws.bin", &written.numbers);
}

/// Lets the reference do its part of these runs.
fn reference(cases: &[Case]) {
    let python = if cfg!(windows) { "python" } else { "python3" };
    let mut command = Command::new(python);
    // Nothing is left in the source tree.
    command.arg("-B").arg("tests/reference").args(cases.iter().map(|case| &case.folder));
    let output = command.output().unwrap_or_else(|error| {
        panic!("`{python}` did not start: {error}. The reference simulation needs Python 3.9 or newer, nothing else (Debian: sudo apt-get install python3)")
    });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{command:?}` failed ({}):\n{said}", output.status);
}

/// Compares them all, in batches.
fn agree(runs: impl Iterator<Item = Case>) {
    let mut found = Vec::new();
    let mut runs = runs.peekable();
    while runs.peek().is_some() {
        let batch: Vec<Case> = runs.by_ref().take(BATCH).collect();
        reference(&batch);
        found.extend(batch.iter().filter_map(Case::differences));
    }
    assert!(found.is_empty(), "{} runs differ:\n{}", found.len(), found.join("\n"));
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// The design and the scenario of a seed.
fn files(seed: u64) -> (Value, Value) {
    if seed % 4 < 3 {
        return support::worlds::design_and_scenario(seed, 200..=2000);
    }
    let (design, scenario) = support::random::design_and_scenario(seed);
    let read = |text: String| -> Value { serde_json::from_str(&text).expect("JSON") };
    (read(design), read(scenario))
}

/// Random designs in random scenarios.
#[test]
fn the_reference_agrees_on_random_designs() {
    let seeds = match number("REFERENCE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("REFERENCE_RUNS").unwrap_or(RUNS),
    };
    agree(seeds.filter_map(|seed| {
        let (design, scenario) = files(seed);
        let legal = support::scenario(&scenario.to_string()).compile(&support::design(&design.to_string())).is_ok();
        legal.then(|| Case::new(&format!("REFERENCE_SEED={seed}"), &design, &scenario, seed))
    }));
}

/// The kata's own designs: a quarter of an hour of one, or, on demand, all runs whose digests are pinned.
#[test]
fn the_reference_agrees_on_the_katas_designs() {
    let whole = number("REFERENCE_KATA").is_some();
    let pinned = include_str!("../golden/digests.txt").lines().take(if whole { usize::MAX } else { 1 });
    agree(pinned.map(|line| {
        let [design, scenario, seed, ..] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let read = |folder: &str, id: &str| -> Value {
            let path = format!("static/katas/waiting-room/{folder}/{id}.json");
            serde_json::from_str(&fs::read_to_string(path).expect("a file of the kata")).expect("JSON")
        };
        let mut world = read("scenarios", scenario);
        if !whole {
            world["duration_s"] = json!(900);
        }
        Case::new(
            &format!("{design} {scenario} {seed}"),
            &read("designs", design),
            &world,
            seed.parse().expect("a seed"),
        )
    }));
}
