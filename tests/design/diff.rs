//! What differs between two designs.

use crate::support::designs::{design, set};
use waiting_room::design::diff::{Difference, diff};
use waiting_room::design::{Design, Edit, Node};
use waiting_room::kinds::KindId;

fn keys(first: &Design, second: &Design) -> Vec<String> {
    let key = |difference: &Difference| match difference {
        Difference::Added(node) => format!("+{}", node.id),
        Difference::Removed(node) => format!("-{}", node.id),
        Difference::Changed(a, b) => format!("{}~{}", a.id, b.id),
        Difference::Connected(a, b) => format!("+{}>{}", a.id, b.id),
        Difference::Disconnected(a, b) => format!("-{}>{}", a.id, b.id),
        Difference::Weighted(a, b, before, after) => format!("{}>{} {before}:{after}", a.id, b.id),
    };
    diff(first, second).iter().map(key).collect()
}

#[test]
fn a_design_differs_in_nothing_from_itself_however_it_is_drawn_and_named() {
    for id in ["naive", "queue-80", "demand-breaker"] {
        let first = design(id);
        let mut second = first.clone();
        second.name = "Another".into();
        second.nodes.reverse();
        second
            .nodes
            .iter_mut()
            .for_each(|node| *node = Node { x: 1.0, label: Some("Mine".into()), ..(**node).clone() }.into());
        assert!(diff(&first, &second).is_empty(), "{id}: {:?}", keys(&first, &second));
    }
}

#[test]
fn parts_parameters_and_connections_are_told_apart() {
    let (naive, queue) = (design("naive"), design("queue-80"));
    let there = keys(&naive, &queue);
    assert!(there.contains(&"+queue".to_owned()) && there.contains(&"+consumers".to_owned()), "{there:?}");
    assert!(there.contains(&"-api>clinic".to_owned()), "{there:?}");
    assert!(!there.iter().any(|key| key.starts_with("+queue>")), "a new part brings its connections along: {there:?}");
    let back = keys(&queue, &naive);
    assert!(back.contains(&"-queue".to_owned()) && back.contains(&"+api>clinic".to_owned()), "{back:?}");
    let more = set(&queue, "consumers.scaling.workers", "90");
    assert_eq!(keys(&queue, &more), ["consumers~consumers"]);
    let weighed =
        Edit::SetWeight { from: "api".into(), to: "queue".into(), weight: 3.0 }.apply(&queue).expect("weighed");
    assert_eq!(keys(&queue, &weighed), ["api>queue 1:3"]);
}

/// A part that was drawn anew is the same part where there is no other of its kind, and not where there are two.
#[test]
fn a_part_of_another_id_is_the_only_one_of_its_kind() {
    let first = design("queue-80");
    let renamed = |design: &Design, id: &str, to: &str| {
        let mut other = design.clone();
        for node in other.nodes.iter_mut().filter(|node| &*node.id == id) {
            *node = Node { id: to.into(), ..(**node).clone() }.into();
        }
        for edge in &mut other.edges {
            edge.from = if &*edge.from == id { to.into() } else { edge.from.clone() };
            edge.to = if &*edge.to == id { to.into() } else { edge.to.clone() };
        }
        other
    };
    assert!(diff(&first, &renamed(&first, "queue", "line")).is_empty());
    let mut two = renamed(&first, "queue", "line");
    two.nodes.push(Node::new("second".into(), KindId::Queue, 0.0, 0.0).into());
    let keys = keys(&first, &two);
    assert!(
        keys.contains(&"+line".to_owned())
            && keys.contains(&"+second".to_owned())
            && keys.contains(&"-queue".to_owned()),
        "{keys:?}"
    );
}
