//! Whatever comes in, reading ends with a design or with problems: never a panic, never a design that can't be written and read back.

use std::rc::Rc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use waiting_room::advice::lint::{Seen, lint};
use waiting_room::design::file::{MAX_BYTES, read, write};
use waiting_room::design::{Design, Edge, MAX_WEIGHT, Node};
use waiting_room::kata::{Scenario, builtin, scenarios};
use waiting_room::kinds::{KINDS, Kind, Param, Shape, Value};
use waiting_room::letters::visible;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(8), failure_persistence: None, ..ProptestConfig::default() }
}

fn fields(fields: &'static [Param]) -> BoxedStrategy<Value> {
    let each: Vec<_> = fields.iter().map(|f| value(&f.shape).prop_map(move |v| (f.key.to_owned(), v))).collect();
    each.prop_map(Value::Map).boxed()
}

/// A value that the shape allows.
fn value(shape: &'static Shape) -> BoxedStrategy<Value> {
    let or_null = |nullable: bool, some: BoxedStrategy<Value>| {
        if nullable { prop_oneof![1 => Just(Value::Null), 4 => some].boxed() } else { some }
    };
    match shape {
        Shape::Whole { min, max, nullable } => {
            or_null(*nullable, (*min..=*max).prop_map(|n| Value::Number(n as f64)).boxed())
        }
        Shape::Real { min, max, nullable } => or_null(*nullable, (*min..=*max).prop_map(Value::Number).boxed()),
        Shape::Positive { max } => (f64::MIN_POSITIVE..=*max).prop_map(Value::Number).boxed(),
        Shape::Flag => any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Choice(choices) => prop::sample::select(*choices).prop_map(|(key, _)| Value::Text(key.into())).boxed(),
        Shape::Fields { fields: list } => or_null(true, fields(list)),
        Shape::Steps { .. } => prop::collection::btree_map(0_u32..604_800, 0_u32..1_000_000, 0..5)
            .prop_map(|steps| {
                let number = |n: u32| Value::Number(f64::from(n));
                let step = |(at, n)| Value::Map(vec![("at_s".into(), number(at)), ("workers".into(), number(n))]);
                Value::List(steps.into_iter().map(step).collect())
            })
            .boxed(),
        Shape::Tagged { tag, variants } => (0..variants.len())
            .prop_flat_map(move |at| fields(variants[at].fields).prop_map(move |v| tagged(tag, variants[at].key, v)))
            .boxed(),
    }
}

fn tagged(tag: &str, key: &str, value: Value) -> Value {
    let Value::Map(mut fields) = value else { unreachable!("fields make a map") };
    let number =
        |key: &str, fields: &[(String, Value)]| fields.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.number());
    for (low, high) in [("min", "max"), ("min_ms", "max_ms")] {
        if let (Some(a), Some(b)) = (number(low, &fields), number(high, &fields)) {
            for (key, value) in &mut fields {
                match key.as_str() {
                    k if k == low => *value = Value::Number(a.min(b)),
                    k if k == high => *value = Value::Number(a.max(b).max(1.0)),
                    _ => {}
                }
            }
        }
    }
    fields.insert(0, (tag.into(), Value::Text(key.into())));
    Value::Map(fields)
}

fn params(kind: &'static Kind) -> BoxedStrategy<Vec<(&'static str, Value)>> {
    let each: Vec<_> =
        kind.params.iter().map(|p| prop::option::of(value(&p.shape).prop_map(move |v| (p.key, v)))).collect();
    each.prop_map(|all| all.into_iter().flatten().collect()).boxed()
}

/// Names as they are read: what nobody sees of them is written out.
fn node() -> impl Strategy<Value = Node> {
    let place = || -1e6..=1e6;
    (prop::sample::select(KINDS), prop::option::of("\\PC{1,12}"), place(), place()).prop_flat_map(
        |(kind, label, x, y)| {
            params(kind).prop_map(move |params| {
                let label =
                    label.as_deref().filter(|label| !label.trim().is_empty()).map(|label| visible(label).into());
                Node { id: "".into(), kind: kind.id, label, x, y, params }
            })
        },
    )
}

fn design() -> impl Strategy<Value = Design> {
    let ends = prop::collection::btree_map((0_usize..12, 0_usize..12), f64::MIN_POSITIVE..=MAX_WEIGHT, 0..20);
    ("\\PC{0,20}", prop::collection::vec(node(), 0..12), ends).prop_map(|(name, nodes, ends)| {
        let id = |at: usize| format!("{at} \"ä\\").into();
        let nodes: Vec<_> = nodes.into_iter().enumerate().map(|(at, n)| Rc::new(Node { id: id(at), ..n })).collect();
        let kind = |at: usize| nodes.get(at).map(|n| n.kind);
        let allowed = |(a, b)| kind(a).zip(kind(b)).is_some_and(|(a, b)| a.may_point_to(b));
        let edges = ends.into_iter().filter(|(ends, _)| allowed(*ends));
        let edges = edges.map(|((a, b), weight)| Edge { from: id(a), to: id(b), weight }).collect();
        Design { name: visible(&name).into(), nodes, edges }
    })
}

/// JSON with the words that mean something in a file, mixed with others.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Value as J, json};
    let key = || {
        prop_oneof![
            4 => prop::sample::select(vec!["format", "version", "name", "nodes", "edges", "id", "kind", "x", "y", "params", "from", "to",
                "weight", "scaling", "policy", "workers", "steps", "service", "dist", "breaker", "arrivals", "curve", "given", "goals"]).prop_map(str::to_owned),
            1 => "\\PC{0,4}",
        ]
    };
    let leaf = prop_oneof![
        Just(J::Null),
        any::<bool>().prop_map(J::from),
        any::<i64>().prop_map(J::from),
        any::<f64>().prop_map(|n| json!(n)),
        key().prop_map(J::from),
        prop::sample::select(vec!["waiting-room/design", "api", "queue", "demand", "schedule"]).prop_map(J::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(J::from),
            prop::collection::vec((key(), inner), 0..8).prop_map(|fields| J::Object(fields.into_iter().collect())),
        ]
    })
}

/// Reads as a design and as a scenario; a design that comes out must survive being written.
fn survives(text: &str) {
    match read(text) {
        Ok(design) => assert_eq!(read(&write(&design)), Ok(design)),
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= 201);
            assert!(problems.iter().all(|p| p.text.len() < 20_000 && !p.to_string().contains('\u{1b}')));
        }
    }
    if let Err(problems) = Scenario::read(text) {
        assert!(!problems.is_empty() && problems.len() <= 201);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_reads_back_the_same(design in design()) {
        prop_assert_eq!(read(&write(&design)), Ok(design));
    }

    /// Whatever may stand in a file either runs or has errors, in every scenario, with warnings that are sentences.
    #[test]
    fn any_design_is_compiled_or_told_why_not(design in design()) {
        for scenario in scenarios() {
            let problems = lint(&design, scenario, Seen::ALL);
            prop_assert_eq!(scenario.compile(&design).is_err(), problems.iter().any(|p| p.is_error()));
            for problem in &problems {
                prop_assert!(problem.text.ends_with('.') && !problem.text.contains("NaN") && !problem.text.contains("inf"), "{}", problem.text);
            }
        }
    }

    #[test]
    fn any_json_ends_in_a_design_or_in_problems(mut json in json(), headed in any::<bool>()) {
        if let (true, Some(top)) = (headed, json.as_object_mut()) {
            top.insert("format".into(), "waiting-room/design".into());
            top.insert("version".into(), 1.into());
        }
        survives(&json.to_string());
    }

    #[test]
    fn any_text_ends_in_problems(text in "\\PC{0,200}") {
        survives(&text);
    }

    /// A few bytes of a valid file replaced, removed or doubled.
    #[test]
    fn a_damaged_file_ends_in_a_design_or_in_problems(
        which in 0_usize..13,
        wounds in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..3, any::<prop::sample::Index>()), 1..6),
    ) {
        let files: Vec<&str> = builtin::designs().iter().map(|d| d.file.as_str())
            .chain(["monday", "slow-clinic", "outage", "flu-season"].map(|id| builtin::scenario_file(id).expect("built in")))
            .collect();
        let mut bytes = files[which].as_bytes().to_vec();
        for (at, what, with) in wounds {
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = *with.get(b"{}[]\",:0123456789eE.-+ntf\x00\x7f\\u "),
                1 => drop(bytes.remove(at)),
                _ => {
                    let end = (at + with.index(40)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
        }
        survives(&String::from_utf8_lossy(&bytes));
    }
}

/// The largest file there may be is read in bounded time, whatever it repeats.
#[test]
fn large_files_are_read_or_refused() {
    let fill = |unit: &str| unit.repeat((MAX_BYTES - 200) / unit.len());
    for unit in ["{\"a\":1},", "1e999,", "[],", "\"a\",", "null,"] {
        let list = fill(unit);
        let list = list.trim_end_matches(',');
        survives(&format!(r#"{{"format":"waiting-room/design","version":1,"nodes":[{list}],"edges":[{list}]}}"#));
        survives(&format!(r#"{{"format":"waiting-room/scenario","version":1,"arrivals":{{"curve":[{list}]}}}}"#));
    }
    let fields: String = (0..90_000).map(|n| format!("\"{n}\":0,")).collect();
    survives(&format!(r#"{{"format":"waiting-room/design","version":1,{fields}"nodes":[],"edges":[]}}"#));
}
