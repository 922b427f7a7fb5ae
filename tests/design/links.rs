//! Links to runs: what goes in comes out, whatever the design; what was cut, altered or made up is refused in words and never panics.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use waiting_room::design::{Design, file};
use waiting_room::kata::builtin;
use waiting_room::share::link::{self, LONG, LinkFault};
use waiting_room::share::{MAX_PACKED, PackFault};

use crate::support;

fn refused(fragment: &str) -> LinkFault {
    link::read(fragment).expect_err(&fragment[..fragment.len().min(60)])
}

/// Three hundred random designs, each with a scenario and a seed.
#[test]
fn random_designs_come_back() {
    let scenarios = builtin::scenarios();
    for seed in 0..300u64 {
        let (design, _) = support::random::design_and_scenario(seed);
        let Ok(design) = file::read(&design) else { continue };
        let scenario = &scenarios[usize::try_from(seed).unwrap() % scenarios.len()].id;
        let fragment = link::write(&design, scenario, u64::MAX - seed);
        let read = link::read(&fragment).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        assert_eq!(
            (read.design, read.scenario, read.seed),
            (design, scenario.as_str(), u64::MAX - seed),
            "seed {seed}"
        );
    }
}

/// A link to any design of the kata is short enough for every mail and chat program.
#[test]
fn the_katas_own_designs_make_short_links() {
    for design in builtin::designs() {
        let fragment = link::write(&design.design(), "monday", 1);
        assert!(fragment.len() + 100 <= LONG, "{}: {} characters", design.id, fragment.len());
    }
}

/// The first link that was ever made opens for ever.
#[test]
fn a_link_of_version_1_opens_for_ever() {
    let fragment = format!("#{}", include_str!("../golden/link-1.txt").trim());
    let read = link::read(&fragment).expect("it opens");
    let as_written = builtin::design("demand-breaker").expect("a design of the kata").design();
    assert_eq!((read.design, read.scenario, read.seed), (as_written, "outage", 7));
}

#[test]
fn only_runs_are_links() {
    for other in ["", "#", "#panel-diagram", "#r", "#r1", "#r.", "#rx.abc", "#run.1", "#r12345.x", "r1x.abc"] {
        assert!(!link::is_run(other), "{other}");
    }
    for run in ["#r1.", "r1.abc", "#r2.abc", "#r10.abc"] {
        assert!(link::is_run(run), "{run}");
    }
}

#[test]
fn each_fault_has_its_own_sentence() {
    let whole = link::write(&builtin::starting_design(), "monday", 1);
    let faults = [
        refused("#r2.abc"),
        refused(&whole[..whole.len() - 20]),
        refused(&format!("r1.{}", "A".repeat(MAX_PACKED + 1))),
        refused(&link::write(&builtin::starting_design(), "carnival", 1)),
    ];
    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for (at, part) in ["version 2", "damaged", "65537 characters", "“carnival”"].into_iter().enumerate() {
        assert!(words[at].starts_with("The link was not opened.") && words[at].contains(part), "{}", words[at]);
    }
    assert_eq!(faults[0], LinkFault::Version("2".to_owned()));
    assert_eq!(faults[1], LinkFault::Packed(PackFault::Damaged));
}

/// A design that no file may have is refused with its place.
#[test]
fn what_a_link_holds_is_read_as_strictly_as_a_file() {
    let mut design: Design = builtin::starting_design();
    std::rc::Rc::make_mut(&mut design.nodes[0]).x = 1e9;
    let fault = refused(&link::write(&design, "monday", 1));
    assert!(matches!(fault, LinkFault::NoRun(_)), "{fault:?}");
    assert!(fault.to_string().contains("nodes[0].x"), "{fault}");
}

/// Two thousand random texts and altered links: nothing panics, and no altered link opens.
#[test]
fn what_is_made_up_is_refused() {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.r#%\0";
    let mut rng = StdRng::seed_from_u64(13);
    let whole = link::write(&builtin::starting_design(), "monday", 1);
    for _ in 0..1000 {
        let made_up: String =
            (0..rng.random_range(0..400)).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect();
        refused(&format!("r1.{made_up}"));
        let mut altered = whole.clone().into_bytes();
        let at = rng.random_range(0..altered.len());
        let letter = LETTERS[rng.random_range(0..LETTERS.len())];
        if altered[at] != letter {
            altered[at] = letter;
            refused(&String::from_utf8(altered).unwrap());
        }
    }
}
