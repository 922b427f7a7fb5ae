//! The proof that every kata in the repository teaches: with its lesson a scenario is passed, without it and with the parts as they come it
//! is not.

use std::fs;
use std::path::Path;

use waiting_room::kata::Folder;
use waiting_room::kata::lessons::{Shows, Trial};
use waiting_room::study::proof::{Proved, proof};

/// Mondays of each trial.
const SEEDS: u64 = 50;

fn gather(folder: &Path, within: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".json") {
            files.push((name, fs::read_to_string(entry.path()).expect("a text")));
        }
    }
}

pub fn katas() -> Vec<Folder> {
    let folders = fs::read_dir("static/katas").expect("the katas").map(|entry| entry.expect("an entry").path());
    let read = |folder: &Path| {
        let mut files = Vec::new();
        gather(folder, "", &mut files);
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Folder::read(&files).expect("a sound kata")
    };
    folders.filter(|path| path.is_dir()).map(|path| read(&path)).collect()
}

#[test]
fn every_scenario_is_passed_with_its_lesson_and_not_without() {
    let katas = katas();
    assert!(katas.len() >= 2, "the waiting room and another");
    for kata in katas {
        let proved = proof(&kata, SEEDS, |_| ());
        let faults: Vec<_> = proved.iter().filter_map(|proved| proved.fault(&kata.scenarios)).collect();
        assert_eq!(faults, [] as [&str; 0], "{}", kata.id);
        assert!(kata.scenarios.len() >= 2, "{}", kata.id);
        for at in 0..kata.scenarios.len() {
            for shows in [Shows::With, Shows::Without, Shows::Parts] {
                let tried = |proved: &Proved| proved.trial.scenario == at && proved.trial.shows == shows;
                assert!(proved.iter().any(tried), "{}: {} is not tried {shows:?}", kata.id, kata.scenarios[at].id);
            }
        }
    }
}

/// 90 % and 5 %, of 50 and of so few that only all or none will do.
#[test]
fn the_rule_in_whole_numbers() {
    assert!(Shows::With.holds(45, 50) && !Shows::With.holds(44, 50));
    assert!(Shows::Without.holds(2, 50) && !Shows::Without.holds(3, 50));
    assert!(Shows::Parts.holds(0, 50) && !Shows::Parts.holds(1, 50));
    assert!(Shows::With.holds(2, 2) && !Shows::With.holds(1, 2) && !Shows::Without.holds(1, 2));
}

#[test]
fn what_a_proof_lacks_is_told_in_a_sentence() {
    let kata = katas().into_iter().find(|kata| kata.id == "waiting-room").expect("the waiting room");
    let trials = kata.trials().expect("sound");
    let of = |shows: Shows| trials.iter().find(|trial| trial.shows == shows).expect("one of each").clone();
    let told = |trial: Trial, passed| Proved { trial, passed, seeds: 50 }.fault(&kata.scenarios);
    assert_eq!(
        told(of(Shows::With), 44).as_deref(),
        Some("monday is passed on 44 of 50 with its lesson; 9 in 10 are needed.")
    );
    let without = told(of(Shows::Without), 3).expect("a fault");
    assert!(without.starts_with("monday is passed on 3 of 50 without its lesson (") && without.contains("1 in 20"));
    let parts = told(of(Shows::Parts), 1).expect("a fault");
    assert!(parts.starts_with("monday is passed on 1 of 50 by parts as they come, fixed; none"), "{parts}");
    assert_eq!(told(of(Shows::With), 45), None);
}

/// The parts as they come stand where the first design calls the clinic itself, with all that the kata says of them.
#[test]
fn the_parts_as_they_come_are_a_whole_design() {
    let kata = katas().into_iter().find(|kata| kata.id == "waiting-room").expect("the waiting room");
    let trials = kata.trials().expect("sound");
    let parts: Vec<_> = trials.iter().filter(|t| t.shows == Shows::Parts && t.scenario == 0).collect();
    let ways: Vec<_> = parts.iter().map(|trial| trial.text.as_str()).collect();
    assert_eq!(ways, ["parts as they come, fixed", "parts as they come, demand", "parts as they come, schedule"]);
    for trial in parts {
        let design = &trial.design;
        let edges: Vec<_> = design.edges.iter().map(|edge| format!("{} → {}", edge.from, edge.to)).collect();
        let all =
            ["patients → api", "api → queue", "queue → consumers", "consumers → clinic", "consumers → dead_letter"];
        assert_eq!(edges, all);
        assert_eq!(design.node("consumers").expect("there").param("timeout_ms").number(), Some(3000.0));
    }
}
