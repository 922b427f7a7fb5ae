//! A short round of every target: the same inputs on every machine, without a clock.

use fuzz::round::{corpus, short};
use fuzz::{TARGETS, Target};

/// Where the inputs come from.
const SEED: u64 = 20_261_127;
/// The most that a target's corpus may be, in bytes: it travels with the source.
const MOST_BYTES: usize = 24 << 10;

fn run(name: &str, inputs: u64) {
    let target: &Target = TARGETS.iter().find(|target| target.name == name).expect("a target");
    if let Err(fault) = short(target, inputs, SEED) {
        panic!("{fault}");
    }
}

macro_rules! rounds {
    ($($name:ident $inputs:literal,)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name), $inputs);
        })*

        #[test]
        fn every_target_has_a_round_and_a_small_corpus() {
            let names = [$(stringify!($name)),*];
            for target in TARGETS {
                assert!(names.contains(&target.name), "{}", target.name);
                let files = corpus(target);
                let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
                assert!(!files.is_empty() && bytes <= MOST_BYTES, "{}: {bytes} bytes", target.name);
            }
        }
    };
}

// How many of each; a kata has most to it.
rounds! {
    design 4_000, scenario 4_000, kata 1_000, link 4_000, receipt 4_000, message 4_000, stored 4_000, course 4_000, address 4_000,
}
