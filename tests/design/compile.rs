//! Compiling: what a network holds, and every error that stops a design from running.

use engine::sim::dist::Dist;
use engine::sim::network::{Breaker, Network, Params, Scaling};
use engine::sim::time::{Span, Time};
use waiting_room::design::compile::{Given, station_params};
use waiting_room::design::{Design, Edge, Edit, Location, Node, layout};
use waiting_room::kata::builtin;
use waiting_room::kinds::{KINDS, KindId, Value};

fn monday(design: &Design) -> Result<Network, Vec<(&'static str, String)>> {
    let scenario = builtin::scenario("monday").expect("built in");
    scenario.compile(design).map_err(|found| found.iter().map(|p| (p.code.key(), p.place.to_string())).collect())
}

fn built(id: &str) -> Design {
    builtin::design(id).expect("built in").design()
}

/// A design from `id:kind` words and `from>to` words.
fn design(nodes: &str, edges: &str) -> Design {
    let nodes = nodes.split_whitespace().map(|word| {
        let (id, kind) = word.split_once(':').unwrap_or((word, word));
        Node::new(id.into(), KindId::from_key(kind).expect("a kind"), 0.0, 0.0).into()
    });
    let edges = edges.split_whitespace().map(|word| {
        let (from, to) = word.split_once('>').expect("from>to");
        Edge { from: from.into(), to: to.into(), weight: 1.0 }
    });
    Design { name: "".into(), nodes: nodes.collect(), edges: edges.collect() }
}

fn errors(nodes: &str, edges: &str) -> Vec<(&'static str, String)> {
    monday(&design(nodes, edges)).expect_err("an error")
}

#[test]
fn stations_stand_in_the_order_of_the_nodes_with_given_values_in_force() {
    let mut design = built("demand-breaker");
    let edit = Edit::SetParam { node: "clinic".into(), path: "slots_per_clinic".into(), value: Value::Number(500.0) };
    design = edit.apply(&design).expect("allowed");
    let network = monday(&design).expect("a network");
    let ids: Vec<_> = network.stations.iter().map(|s| &*s.id).collect();
    assert_eq!(ids, ["patients", "api", "queue", "consumers", "clinic", "dead_letter"]);
    let targets: Vec<Vec<usize>> =
        network.stations.iter().map(|s| s.targets.iter().map(|t| t.station).collect()).collect();
    assert_eq!(targets, [vec![1], vec![2], vec![3], vec![4, 5], vec![], vec![]]);
    let Params::Clinic(clinic) = &network.stations[4].params else { panic!("a clinic") };
    assert_eq!(
        (clinic.slots_per_clinic, clinic.idempotent),
        (90, false),
        "the scenario's values stand above the design's"
    );
    assert_eq!(clinic.variable, Dist::Uniform { min_ms: 800.0, max_ms: 2800.0 });
    let Params::Consumers(pool) = &network.stations[3].params else { panic!("a pool") };
    assert_eq!(pool.breaker, Some(Breaker { failures: 10, open: Span::from_seconds(30.0) }));
    assert_eq!(pool.timeout, Some(Span::from_seconds(8.0)));
    let Params::Api(api) = &network.stations[1].params else { panic!("an API") };
    assert_eq!((api.instances, api.threads, api.service), (2, 16, Dist::Lognormal { mean_ms: 20.0, cv: 0.5 }));
}

#[test]
fn a_schedule_becomes_times() {
    let network = monday(&built("schedule")).expect("a network");
    let Params::Consumers(pool) = &network.stations[3].params else { panic!("a pool") };
    let Scaling::Schedule { workers: 16, startup, steps } = &pool.scaling else { panic!("a schedule") };
    assert_eq!(*startup, Span::from_seconds(60.0));
    assert_eq!((steps.len(), steps[0]), (4, (Time::from_seconds(1500.0), 90)));
}

#[test]
fn the_defaults_of_every_kind_compile() {
    for kind in KINDS {
        let node = Node::new("it".into(), kind.id, 0.0, 0.0);
        assert!(station_params(&node, &Given::new()).is_ok(), "{}", kind.key);
        for param in kind.params {
            let mut own = node.clone();
            own.params = vec![(param.key, param.default_value())];
            assert_eq!(station_params(&own, &Given::new()), station_params(&node, &Given::new()), "{}", param.key);
        }
    }
}

#[test]
fn every_error_that_stops_a_run_is_told_at_its_place() {
    let place = |code, place: &str| (code, place.to_owned());
    assert_eq!(errors("", ""), [place("no-patients", "")]);
    assert_eq!(errors("patients api", "patients>api"), [place("no-clinic", ""), place("api-nowhere", "api")]);
    assert_eq!(errors("patients api clinic", "api>clinic"), [place("patients-nowhere", "patients")]);
    assert_eq!(
        errors("patients api clinic", "patients>api"),
        [place("no-way-to-clinic", "patients"), place("api-nowhere", "api")]
    );
    assert_eq!(
        errors("patients more:patients api clinic", "patients>api api>clinic"),
        [place("too-many-patients", "more")]
    );
    assert_eq!(
        errors(
            "patients api other:api queue consumers clinic",
            "patients>api patients>other api>clinic other>queue queue>consumers"
        ),
        [place("pool-without-clinic", "consumers")]
    );
    assert_eq!(
        errors("patients api clinic", "patients>api api>clinic patients>clinic"),
        [place("edge-not-allowed", "patients → clinic")]
    );
    assert_eq!(
        errors("patients api clinic", "patients>api api>clinic api>clinic"),
        [place("duplicate-edge", "api → clinic")]
    );
    assert_eq!(
        errors("patients api clinic", "patients>api api>clinic api>gone"),
        [place("edge-to-nowhere", "api → gone")]
    );
    assert_eq!(
        errors("patients api api:clinic clinic", "patients>api api>clinic"),
        [
            place("duplicate-id", "api"),
            place("edge-not-allowed", "patients → api"),
            place("edge-not-allowed", "api → clinic"),
            place("patients-nowhere", "patients")
        ]
    );
}

/// What is not on the way of a booking may be unfinished: it does not stop a run.
#[test]
fn an_unfinished_corner_does_not_stop_a_run() {
    let nodes = "patients api clinic draft:api queue consumers";
    assert!(monday(&design(nodes, "patients>api api>clinic queue>consumers")).is_ok());
}

#[test]
fn a_parameter_or_weight_out_of_range_is_an_error() {
    let mut wrong = built("queue-60");
    let mut pool = (*wrong.nodes[3]).clone();
    pool.params = vec![("attempts", Value::Number(f64::NAN)), ("threads", Value::Number(1.0))];
    wrong.nodes[3] = pool.into();
    wrong.edges[0].weight = 0.0;
    let codes = monday(&wrong).expect_err("errors");
    let expected = [
        ("weight", "patients → api"),
        ("parameter", "consumers.attempts"),
        ("parameter", "consumers.threads"),
        ("patients-nowhere", "patients"),
    ];
    assert_eq!(codes.iter().map(|(code, place)| (*code, place.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn a_problem_of_one_node_names_the_parameter() {
    let mut node = Node::new("api".into(), KindId::Api, 0.0, 0.0);
    node.params = vec![("service", Value::literal(r#"{"dist":"uniform","min_ms":2,"max_ms":1}"#))];
    let problems = station_params(&node, &Given::new()).expect_err("out of range");
    assert_eq!(problems[0].place, Location::Node { id: "api".into(), param: Some("service.max_ms".into()) });
}

/// Whether two components at these places cover each other.
fn overlap((a, of): ((f64, f64), &Node), (b, other): ((f64, f64), &Node)) -> bool {
    let ((width, height), (wide, tall)) = (layout::size(of.kind), layout::size(other.kind));
    a.0 < b.0 + wide && b.0 < a.0 + width && a.1 < b.1 + tall && b.1 < a.1 + height
}

#[test]
fn no_design_of_a_kata_overlaps() {
    for built_in in builtin::designs() {
        let design = built_in.design();
        for (i, a) in design.nodes.iter().enumerate() {
            for b in &design.nodes[i + 1..] {
                assert!(!overlap(((a.x, a.y), a), ((b.x, b.y), b)), "{}: {} and {}", built_in.id, a.id, b.id);
            }
        }
    }
}

/// Forty lanes in one column each are seen four times as small as in several, in the place that the stage is; a design of one lane stays one.
#[test]
fn tall_ranks_stand_in_several_columns_by_the_shape_of_the_place() {
    let many = (0..40).map(|i| format!("q{i}:queue c{i}:consumers")).collect::<Vec<_>>().join(" ");
    let edges = (0..40).map(|i| format!("api>q{i} q{i}>c{i} c{i}>clinic")).collect::<Vec<_>>().join(" ");
    let design = design(&format!("clinic patients api {many}"), &format!("patients>api {edges}"));
    let size = |aspect: f64| {
        let places = layout::layout_for(&design, aspect);
        let far = |of: &dyn Fn(&(f64, f64)) -> f64| {
            places.iter().map(of).fold(f64::MIN, f64::max) - places.iter().map(of).fold(f64::MAX, f64::min) + 136.0
        };
        (far(&|p| p.0), far(&|p| p.1))
    };
    for aspect in [0.5, 1.0, 2.0, 3.0] {
        let (width, height) = size(aspect);
        assert!((0.5..=2.0).contains(&(width / height / aspect)), "{width} × {height} for {aspect}");
    }
    let one = built("demand");
    assert_eq!(layout::layout_for(&one, 0.5), layout::layout_for(&one, 3.0), "one lane is one row");
}

/// The layout puts the flow from left to right, nothing on top of anything, and dead letters below.
#[test]
fn a_layout_has_no_overlaps() {
    let big = (0..40).map(|i| format!("q{i}:queue c{i}:consumers d{i}:dead_letter")).collect::<Vec<_>>().join(" ");
    let edges = (0..40).map(|i| format!("api>q{i} q{i}>c{i} c{i}>clinic c{i}>d{i}")).collect::<Vec<_>>().join(" ");
    let designs = [
        built("demand"),
        built("naive"),
        design(&format!("clinic patients api {big}"), &format!("patients>api {edges}")),
        design("a:dead_letter b:dead_letter", ""),
    ];
    for design in designs {
        let places = layout::layout(&design);
        for (i, a) in places.iter().enumerate() {
            assert!(a.0 % layout::GRID == 0.0 && a.1 % layout::GRID == 0.0, "{a:?} is off the grid");
            for (j, b) in places.iter().enumerate().skip(i + 1) {
                assert!(!overlap((*a, &design.nodes[i]), (*b, &design.nodes[j])), "{a:?} and {b:?} overlap");
            }
        }
        for edge in &design.edges {
            let at = |id: &str| places[design.nodes.iter().position(|n| &*n.id == id).expect("a node")];
            let (from, to) = (at(&edge.from), at(&edge.to));
            let below = design.node(&edge.to).expect("a node").kind == KindId::DeadLetter;
            assert!(if below { from.1 < to.1 } else { from.0 < to.0 }, "{} → {} goes back", edge.from, edge.to);
        }
    }
    assert_eq!(layout::layout(&Design::default()), []);
}

#[test]
fn nodes_without_a_place_get_one_clear_of_the_others() {
    let text = r#"{"format":"waiting-room/design","version":1,"nodes":[
        {"id":"patients","kind":"patients"},{"id":"api","kind":"api","x":5,"y":120},{"id":"clinic","kind":"clinic","x":400}],"edges":[]}"#;
    let design = waiting_room::design::file::read(text).expect("a design");
    let places: Vec<_> = design.nodes.iter().map(|n| (n.x, n.y)).collect();
    assert_eq!(places[1], (5.0, 120.0));
    assert_eq!(places[2].0, 400.0);
    assert!((places[0].1 - 120.0).abs() >= layout::size(KindId::Api).1, "patients lie on the API: {places:?}");
}
