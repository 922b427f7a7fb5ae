//! The kata's own files: each can be read, is complete, and its designs have the outcomes that the exercise is built on.

use waiting_room::design::file;
use waiting_room::kata::{builtin, scenarios};

#[test]
fn every_scenario_has_its_own_id_and_text() {
    let ids: Vec<_> = scenarios().iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["monday", "slow-clinic", "outage", "flu-season"]);
    for scenario in scenarios() {
        assert!(builtin::scenario_file(&scenario.id).expect("its file").contains(&scenario.name));
        assert!(builtin::brief().scenario(&scenario.id).is_some_and(|t| !t.is_empty()), "{}: no text", scenario.id);
        for goal in &scenario.goals {
            assert!(builtin::brief().goal(goal.metric.key).is_some(), "{}: no text", goal.metric.key);
        }
    }
    assert_eq!(builtin::brief().scenarios.len(), scenarios().len(), "a text for a scenario that is not there");
}

#[test]
fn every_design_can_be_read_and_compiled_in_every_scenario() {
    for builtin in builtin::designs() {
        let design = builtin.design();
        assert!(!design.name.is_empty());
        assert_eq!(file::read(&file::write(&design)), Ok(design.clone()), "{}", builtin.id);
        for scenario in scenarios() {
            let network = scenario.compile(&design);
            assert_eq!(network.map(|n| n.stations.len()), Ok(design.nodes.len()), "{} in {}", builtin.id, scenario.id);
        }
    }
}
