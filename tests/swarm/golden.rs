//! What this version of the engine makes of some worlds, kept beside the tests. `UPDATE_GOLDEN=1 cargo test --test swarm` writes it anew; a change of it
//! is a change of the model or of the streams, and needs a reason.
//!
//! - `tests/golden/swarm.txt`: the digests of two hundred worlds. The test in a browser holds the same list, so native and wasm are equal.
//! - `tests/golden/traces.txt`: every fact of a dozen runs of a few bookings, so that a change can be read.

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::sync::Arc;

use engine::sim::network::Network;

use crate::{laws, support};

fn world(seed: u64, bookings: RangeInclusive<u32>) -> Arc<Network> {
    let (design, scenario) = support::worlds::design_and_scenario(seed, bookings);
    support::network(&support::design(&design.to_string()), &support::scenario(&scenario.to_string()))
}

/// The file is this text, or becomes it.
fn is_golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, text).expect("a golden file can be written");
        return;
    }
    let golden = std::fs::read_to_string(path).expect("a golden file");
    let differs = golden.lines().zip(text.lines()).position(|(golden, now)| golden != now);
    if let Some(at) = differs {
        let line = |text: &str| text.lines().nth(at).unwrap_or_default().to_owned();
        panic!("{name}, line {}: {}, and now {}", at + 1, line(&golden), line(text));
    }
    assert_eq!(golden.len(), text.len(), "{name}: one is longer");
}

#[test]
fn digests_of_small_worlds_are_pinned() {
    let mut text = String::new();
    for seed in 0..200 {
        let known = laws::hold(&world(seed, support::worlds::FEW), seed);
        writeln!(text, "{seed} {} {}", known.digest, known.facts).expect("a line");
    }
    is_golden("swarm.txt", &text);
}

#[test]
fn traces_of_a_dozen_runs_are_pinned() {
    let mut text = String::new();
    for seed in 0..12 {
        let network = world(seed, 6..=14);
        writeln!(text, "## world {seed}\n").expect("a line");
        support::observed(&network, seed, |at, fact| {
            let mut line = format!("{:.9} {:?} {}", at.seconds(), fact.kind, network.stations[fact.station].id);
            // The other station, where the fact concerns one.
            if let Some(other) = network.stations.get(fact.other).filter(|_| fact.other != fact.station) {
                write!(line, " {}", other.id).expect("a word");
            }
            writeln!(text, "{line} {} {}", fact.booking, fact.span.0).expect("a line");
        });
        text.push('\n');
    }
    is_golden("traces.txt", &text);
}
