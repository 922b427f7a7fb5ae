//! The swarm: thousands of random designs in random scenarios, each run held against every law that a run has to keep.
//!
//! Half of them are legal and near the limits of their parts (`tests/support/worlds.rs`), half as wild as the model allows, with many events at one
//! moment (`tests/support/random.rs`). The same ones in every run of the tests; `SWARM_RUNS=100000 cargo test --test swarm` goes on, and
//! `SWARM_SEED=17` takes one. A case that fails is made as small as it can be and printed as a command.

mod audit;
mod golden;
mod laws;
mod levels;
mod shrink;
#[path = "../support/mod.rs"]
mod support;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::sim::network::Network;
use serde_json::Value;
use shrink::{Case, shrink};
use waiting_room::design::file;
use waiting_room::kata::Scenario;

/// Runs of a test without options.
const RUNS: u64 = 3000;
/// The case of a seed.
fn case(seed: u64) -> Case {
    if seed.is_multiple_of(2) {
        let (design, scenario) = support::worlds::design_and_scenario(seed, support::worlds::FEW);
        return Case { design, scenario, seed };
    }
    let (design, scenario) = support::random::design_and_scenario(seed);
    let read = |text: String| -> Value { serde_json::from_str(&text).expect("JSON") };
    let (design, mut scenario) = (read(design), read(scenario));
    // Less of it: the first half of its four minutes has all of its events' kinds.
    scenario["arrivals"]["curve"][1][1] = (seed % 8).into();
    scenario["arrivals"]["curve"][2][1] = (seed % 8).into();
    Case { design, scenario, seed }
}

/// Its network, if it is legal.
fn network(case: &Case) -> Option<Arc<Network>> {
    let scenario = Scenario::read(&case.scenario.to_string()).ok()?;
    scenario.compile(&file::read(&case.design.to_string()).ok()?).ok().map(Arc::new)
}

thread_local! {
    /// Panics of this thread are cases that fail, and their words are kept.
    static CATCHES: Cell<bool> = const { Cell::new(false) };
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Lets something run that may panic: what it gives, or the words of the panic.
fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| match CATCHES.get() {
            true => SAID.set(info.to_string()),
            false => usual(info),
        }));
    });
    CATCHES.set(true);
    let found = panic::catch_unwind(panic::AssertUnwindSafe(run));
    CATCHES.set(false);
    found.map_err(|_| SAID.take())
}

/// A failing case in its smallest form, as a command.
fn told(case: Case, law: &dyn Fn(&Case) -> Result<(), String>) -> String {
    let seed = case.seed;
    let small = shrink(case, &|case| law(case).is_err());
    let said = law(&small).expect_err("it still fails");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("swarm").join(seed.to_string());
    fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, value: &Value| {
        fs::write(folder.join(name), serde_json::to_string_pretty(value).expect("JSON")).expect("a file");
    };
    write("design.json", &small.design);
    write("scenario.json", &small.scenario);
    let at = folder.display();
    format!("SWARM_SEED={seed}: {said}\n  kata run {at}/design.json --scenario {at}/scenario.json --seed {seed}")
}

fn laws(case: &Case) -> Result<(), String> {
    network(case).map_or(Ok(()), |network| caught(|| laws::hold(&network, case.seed)).map(drop))
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// Every law, on all processors.
#[test]
fn every_run_keeps_every_law() {
    let (first, last) = match number("SWARM_SEED") {
        Some(seed) => (seed, seed + 1),
        None => (0, number("SWARM_RUNS").unwrap_or(RUNS)),
    };
    let next = AtomicU64::new(first);
    let work = || {
        let mut failed = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            // One shrunk case says enough; the rest would take long.
            if seed >= last || !failed.is_empty() {
                return failed;
            }
            if laws(&case(seed)).is_err() {
                failed.push(told(case(seed), &laws));
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let failed: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread that catches")).collect()
    });
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

/// The swarm's cases reach every fact of the model, and most of them are runs.
#[test]
fn the_swarm_reaches_every_fact() {
    let mut seen = BTreeSet::new();
    let mut legal = 0;
    for network in (0..120).filter_map(|seed| network(&case(seed))) {
        legal += 1;
        support::observed(&network, legal, |_, fact| {
            seen.insert(fact.kind);
        });
    }
    // All but changes by hand.
    assert_eq!(
        seen.len(),
        engine::sim::FactKind::Changed as usize,
        "not reached: look for what is missing in {seen:?}"
    );
    assert!(legal > 80, "{legal} of 120 cases are legal");
}

/// With a law that does not hold, that nobody is ever rejected, a case gets small: the patients, one API, one target, and none of what it
/// doesn't need.
#[test]
fn a_failing_case_gets_small() {
    let nobody_is_rejected = |case: &Case| match network(case) {
        Some(network) if support::report(&network, case.seed).counts.rejected > 0 => Err("rejected".to_owned()),
        _ => Ok(()),
    };
    let large = (0..).step_by(2).map(case).find(|case| {
        nobody_is_rejected(case).is_err() && case.design["nodes"].as_array().is_some_and(|nodes| nodes.len() >= 8)
    });
    let told = told(large.expect("one of them"), &nobody_is_rejected);
    let folder = told.split(' ').find_map(|word| word.strip_suffix("/design.json")).expect("a command");
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(Path::new(folder).join(name)).expect("a file");
        serde_json::from_str(&text).expect("JSON")
    };
    let (design, scenario) = (read("design.json"), read("scenario.json"));
    let nodes = design["nodes"].as_array().expect("nodes");
    assert!(nodes.len() <= 5 && scenario["events"].as_array().is_some_and(Vec::is_empty), "{design:#} {scenario:#}");
    let params: usize = nodes.iter().filter_map(|node| node["params"].as_object()).map(serde_json::Map::len).sum();
    assert!(params <= 6, "{design:#}");
}
