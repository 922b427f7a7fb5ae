//! `parts.json`: what a part starts with when a learner places it, what a choice of the form starts with when they make it, and of which parts
//! that are given there may be more.
//!
//! A kata's parts come with settings that people really ship; the defaults of design files ([`crate::kinds`]) are another matter and stay as
//! they are. What is read here was held against the catalogue, so a part made of it can be edited, saved and run.

use crate::design::file::faults::{Faults, Object, whole};
use crate::design::file::read_params;
use crate::design::{Code, Design, Node, Problem};
use crate::json::Value;
use crate::kinds::check::all_of;
use crate::kinds::consumers::{most_workers, of_workers};
use crate::kinds::{KINDS, Kind, KindId, Param, Shape, Variant};

/// What parts and choices start with. What it does not name starts with the catalogue's defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    placed: Vec<(KindId, Vec<(&'static str, Value)>)>,
    chosen: Vec<(KindId, &'static str, Value)>,
    /// Kinds that are given and that a learner may place another one of.
    more_of: Vec<KindId>,
}

const ALLOWED: &str = "a list of values that the parameter starts with";

impl Parts {
    /// Reads the file.
    ///
    /// # Errors
    /// Every problem, with its place: an unknown kind or parameter, a value that the catalogue does not allow, two starts for one choice.
    pub fn read(value: &Value) -> Result<Parts, Vec<Problem>> {
        whole(value, |value, faults| {
            faults.examine(value);
            let top = Object::new(value, "", &["placed", "chosen", "more_of"], faults)?;
            let (placed, chosen) = (read_placed(&top, faults), read_chosen(&top, faults));
            Some(Parts { placed, chosen, more_of: read_more_of(&top, faults) })
        })
    }

    /// A new part as it comes, its settings written into it.
    pub fn furnished(&self, node: Node) -> Node {
        let params = self.placed.iter().find(|(placed, _)| *placed == node.kind).map(|(_, params)| params.clone());
        Node { params: params.unwrap_or_default(), ..node }
    }

    /// Whether a learner is offered a part of this kind: one that is given only where the design lacks it, or where the kata allows more of them.
    pub fn offers(&self, kind: &Kind, design: &Design) -> bool {
        let once = kind.at_most_one || kind.id.is_given() && !self.more_of.contains(&kind.id);
        kind.in_palette && !(once && design.nodes.iter().any(|node| node.kind == kind.id))
    }

    /// What the kata writes into a part that is placed; `None` where that is the catalogue's default.
    pub fn placed(&self, kind: KindId, key: &str) -> Option<&Value> {
        let params = self.placed.iter().filter(|(placed, _)| *placed == kind).flat_map(|(_, params)| params);
        params.into_iter().find(|(own, _)| *own == key).map(|(_, value)| value)
    }

    /// What a parameter is when nobody has changed it.
    pub fn usual(&self, kind: KindId, param: &Param) -> Value {
        self.placed(kind, param.key).cloned().unwrap_or_else(|| param.default_value())
    }

    /// What a parameter of alternatives starts with once `variant` is chosen: the kata's own values, or the catalogue's. What was changed of
    /// the value before is carried over, as far as it is `allowed`: parts of the same name, and how many workers there are at most. The
    /// catalogue's values keep parts of the same name that were not changed too.
    pub fn variant(
        &self,
        kind: KindId,
        param: &Param,
        (tag, variant): (&str, &Variant),
        before: &Value,
        allowed: impl Fn(&Value) -> bool,
    ) -> Value {
        let own = self.start(kind, param.key, |value| is(value, tag, variant.key)).cloned();
        let started = self.started(kind, param, (tag, before));
        let keeps = |key: &str| own.is_none() || started.get(key) != before.get(key);
        let mut value = own.clone().unwrap_or_else(|| variant.default_value(tag));
        for field in variant.fields.iter().filter(|field| keeps(field.key)) {
            if let Some(kept) = before.get(field.key) {
                let mut tried = value.clone();
                tried.set(field.key, kept.clone());
                if allowed(&tried) {
                    value = tried;
                }
            }
        }
        let most = most_workers(before).filter(|most| most_workers(&started) != Some(*most));
        most.map(|most| of_workers(value.clone(), most)).filter(allowed).unwrap_or(value)
    }

    /// What the alternative of a value starts with.
    fn started(&self, kind: KindId, param: &Param, (tag, value): (&str, &Value)) -> Value {
        let name = value.get(tag).and_then(Value::text).unwrap_or_default();
        let Shape::Tagged { variants, .. } = param.shape else { return Value::Null };
        let of = |variant: &Variant| {
            let own = self.start(kind, param.key, |own| is(own, tag, variant.key)).cloned();
            own.unwrap_or_else(|| variant.default_value(tag))
        };
        variants.iter().find(|variant| variant.key == name).map_or(Value::Null, of)
    }

    /// What a parameter that may be absent starts with once it is switched on; `None` if it can't be absent.
    pub fn switched_on(&self, kind: KindId, param: &Param) -> Option<Value> {
        let catalogue = match &param.shape {
            Shape::Fields { fields } => {
                Value::Map(fields.iter().map(|field| (field.key.to_owned(), field.default_value())).collect())
            }
            shape => {
                let (min, max) = shape.nullable_range()?;
                Value::Number(param.default_value().number().unwrap_or(1000.0).clamp(min, max))
            }
        };
        Some(self.start(kind, param.key, |value| !value.is_null()).cloned().unwrap_or(catalogue))
    }

    /// What the kata says that a choice starts with: among the choices first, then in the part as it is placed.
    fn start(&self, kind: KindId, key: &str, fits: impl Fn(&Value) -> bool) -> Option<&Value> {
        let chosen =
            self.chosen.iter().filter(|(own, param, _)| *own == kind && *param == key).map(|(.., value)| value);
        let placed = self.placed.iter().filter(|(own, _)| *own == kind).flat_map(|(_, params)| params);
        chosen.chain(placed.filter(|(param, _)| *param == key).map(|(_, value)| value)).find(|value| fits(value))
    }

    /// The ways in which a part of this kind comes: as it is placed, and with each alternative that the kata has a start for. Each with the
    /// name of the alternative, or of the kind.
    pub fn ways(&self, kind: KindId) -> Vec<(String, Node)> {
        let placed = self.furnished(Node::new(kind.kind().key.into(), kind, 0.0, 0.0));
        let tagged = |key: &str, value: &Value| match kind.kind().param(key)?.shape {
            Shape::Tagged { tag, .. } => value.get(tag)?.text().map(str::to_owned),
            _ => None,
        };
        let own = placed.params.iter().find_map(|(key, value)| tagged(key, value));
        let mut ways = vec![(own.unwrap_or_else(|| kind.kind().key.to_owned()), placed.clone())];
        for (_, key, value) in self.chosen.iter().filter(|(own, ..)| *own == kind) {
            if let Some(name) = tagged(key, value) {
                let mut node = placed.clone();
                node.set_param(key, value.clone()).expect("it was read");
                ways.push((name, node));
            }
        }
        ways
    }
}

fn is(value: &Value, tag: &str, variant: &str) -> bool {
    value.get(tag).and_then(Value::text) == Some(variant)
}

/// The kinds that `key` of the file has something about, each with its value.
fn of_kinds<'a>(top: &Object<'a>, key: &str, faults: &mut Faults) -> Vec<(&'static Kind, &'a Value, String)> {
    const ALLOWED: &str = "an object with kinds of component";
    let placeable: Vec<&'static Kind> = KINDS.iter().copied().filter(|kind| !kind.id.is_given()).collect();
    let keys: Vec<_> = placeable.iter().map(|kind| kind.key).collect();
    let value = top.needed(key, ALLOWED, faults);
    let Some(object) = value.and_then(|value| Object::any(value, key, faults)) else { return Vec::new() };
    for (name, _) in object.fields.iter().filter(|(name, _)| !keys.contains(&name.as_str())) {
        let known = all_of(keys.iter().copied());
        faults.add(
            Code::UnknownKind,
            &object.at(name),
            format!("is no kind that a learner places; those are {known}."),
        );
    }
    placeable.into_iter().filter_map(|kind| Some((kind, object.get(kind.key)?, object.at(kind.key)))).collect()
}

fn read_placed(top: &Object<'_>, faults: &mut Faults) -> Vec<(KindId, Vec<(&'static str, Value)>)> {
    let kinds = of_kinds(top, "placed", faults);
    kinds.into_iter().map(|(kind, value, path)| (kind.id, read_params(kind.id, value, &path, faults))).collect()
}

fn read_chosen(top: &Object<'_>, faults: &mut Faults) -> Vec<(KindId, &'static str, Value)> {
    let mut found = Vec::new();
    for (kind, value, path) in of_kinds(top, "chosen", faults) {
        let Some(object) = Object::any(value, &path, faults) else { continue };
        let choices = || kind.params.iter().filter(|param| is_choice(&param.shape));
        for (key, _) in object.fields.iter().filter(|(key, _)| choices().all(|param| param.key != key)) {
            let text = match all_of(choices().map(|param| param.key)).as_str() {
                "" => format!("is no choice; {} has none.", kind.name()),
                known => format!("is no choice; {} has {known}.", kind.name()),
            };
            faults.add(Code::UnknownField, &object.at(key), text);
        }
        for param in choices() {
            let Some(value) = object.get(param.key) else { continue };
            let starts = read_starts(param, value, &object.at(param.key), faults);
            found.extend(starts.into_iter().map(|start| (kind.id, param.key, start)));
        }
    }
    found
}

fn read_more_of(top: &Object<'_>, faults: &mut Faults) -> Vec<KindId> {
    const ALLOWED: &str = "a list of kinds that are given";
    let Some(value) = top.get("more_of") else { return Vec::new() };
    let given = |value: &Value| {
        KINDS
            .iter()
            .find(|kind| kind.id.is_given() && !kind.at_most_one && value.text() == Some(kind.key))
            .map(|kind| kind.id)
    };
    let kinds = value.list().and_then(|list| list.iter().map(given).collect::<Option<Vec<_>>>());
    if kinds.is_none() {
        faults.refuse("more_of", value, ALLOWED);
    }
    kinds.unwrap_or_default()
}

/// Whether a parameter is chosen among alternatives, or switched on.
fn is_choice(shape: &Shape) -> bool {
    matches!(shape, Shape::Tagged { .. } | Shape::Fields { .. }) || shape.nullable_range().is_some()
}

/// What one parameter starts with: a value for each alternative, or one for what is switched on.
fn read_starts(param: &'static Param, value: &Value, path: &str, faults: &mut Faults) -> Vec<Value> {
    let Some(list) = value.list() else {
        faults.refuse(path, value, ALLOWED);
        return Vec::new();
    };
    let mut starts: Vec<Value> = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let here = format!("{path}[{at}]");
        if value.is_null() {
            faults.refuse(&here, value, "what it is when it is on");
            continue;
        }
        let Some(value) = faults.check(&param.shape, value, &here) else { continue };
        let value = param.shape.ordered(value);
        let same = |other: &Value| match param.shape {
            Shape::Tagged { tag, .. } => other.get(tag) == value.get(tag),
            _ => true,
        };
        if starts.iter().any(same) {
            faults.add(Code::Duplicate, &here, "is a second start for the same choice; allowed: one.");
        } else {
            starts.push(value);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Edit;
    use crate::kata::builtin;

    fn parts() -> &'static Parts {
        &builtin::kata().parts
    }

    fn param(key: &str) -> &'static Param {
        KindId::Consumers.kind().param(key).expect("a parameter")
    }

    /// Whether a pool may have it.
    fn fits(value: &Value) -> bool {
        let pool = Node::new("pool".into(), KindId::Consumers, 0.0, 0.0);
        let set = Edit::SetParam { node: pool.id.clone(), path: "scaling".to_owned(), value: value.clone() };
        set.apply(&Design { nodes: vec![pool.into()], ..Design::default() }).is_ok()
    }

    fn scaling(variant: &str, before: &str) -> Value {
        let Shape::Tagged { tag, variants } = param("scaling").shape else { panic!("alternatives") };
        let variant = variants.iter().find(|v| v.key == variant).expect("a policy");
        parts().variant(KindId::Consumers, param("scaling"), (tag, variant), &Value::literal(before), fits)
    }

    #[test]
    fn a_placed_part_has_what_people_ship_written_into_it() {
        let pool = parts().furnished(Node::new("pool".into(), KindId::Consumers, 8.0, 16.0));
        assert_eq!((&*pool.id, pool.x, pool.y), ("pool", 8.0, 16.0));
        let own = |key: &str| pool.params.iter().find(|(k, _)| *k == key).map(|(_, value)| value.clone());
        assert_eq!(own("scaling"), Some(Value::literal(r#"{"policy":"fixed","workers":20}"#)));
        assert_eq!(own("timeout_ms"), Some(Value::Number(3000.0)));
        assert_eq!(own("jitter"), Some(Value::Text("none".into())));
        let queue = parts().furnished(Node::new("queue".into(), KindId::Queue, 0.0, 0.0));
        assert_eq!((queue.param("capacity"), queue.param("discipline")), (Value::Null, Value::Text("fifo".into())));
    }

    #[test]
    fn a_policy_starts_with_its_own_values_where_nothing_was_changed() {
        let demand = scaling("demand", r#"{"policy":"schedule","workers":20,"startup_s":60,"steps":[]}"#);
        let shipped = r#"{"policy":"demand","min":1,"max":20,"messages_per_worker":10,"period_s":30,"startup_s":60,"cooldown_s":300}"#;
        assert_eq!(demand, Value::literal(shipped));
        let schedule = r#"{"policy":"schedule","workers":20,"startup_s":60,"steps":[]}"#;
        assert_eq!(scaling("schedule", shipped), Value::literal(schedule));
        assert_eq!(scaling("fixed", shipped), Value::literal(r#"{"policy":"fixed","workers":20}"#));
    }

    /// Which number of workers was typed is kept, whatever policy is tried on the way.
    #[test]
    fn how_many_workers_there_are_goes_with_a_change_of_the_policy() {
        let demand = |min: u32, max: u32, startup: u32| {
            format!(
                r#"{{"policy":"demand","min":{min},"max":{max},"messages_per_worker":10,"period_s":30,"startup_s":{startup},"cooldown_s":300}}"#
            )
        };
        let fixed = |workers: u32| format!(r#"{{"policy":"fixed","workers":{workers}}}"#);
        let schedule = |workers: u32, startup: u32, steps: &str| {
            format!(r#"{{"policy":"schedule","workers":{workers},"startup_s":{startup},"steps":[{steps}]}}"#)
        };
        let rise = r#"{"at_s":1500,"workers":85},{"at_s":5100,"workers":25}"#;
        for (before, policy, after) in [
            (fixed(80), "demand", demand(1, 80, 60)),
            (fixed(80), "schedule", schedule(80, 60, "")),
            (demand(1, 80, 60), "fixed", fixed(80)),
            (demand(5, 80, 30), "schedule", schedule(80, 30, "")),
            (schedule(20, 60, rise), "fixed", fixed(85)),
            (schedule(20, 45, rise), "demand", demand(1, 85, 45)),
            (schedule(7, 60, ""), "demand", demand(1, 7, 60)),
            // Nobody at all is no pool of fixed size.
            (schedule(0, 60, ""), "fixed", fixed(20)),
        ] {
            assert_eq!(scaling(policy, &before), Value::literal(&after), "{before} to {policy}");
        }
        let few = r#"{"policy":"fixed","workers":4}"#;
        let Shape::Tagged { tag, variants } = param("scaling").shape else { panic!("alternatives") };
        let of = Parts::default().variant(
            KindId::Consumers,
            param("scaling"),
            (tag, &variants[1]),
            &Value::literal(few),
            fits,
        );
        assert_eq!((of.get("min"), of.get("max")), (Some(&Value::Number(4.0)), Some(&Value::Number(4.0))));
    }

    #[test]
    fn what_is_switched_on_starts_as_the_kata_says_or_else_as_the_catalogue_does() {
        let on = |parts: &Parts, key| parts.switched_on(KindId::Consumers, param(key));
        assert_eq!(on(parts(), "breaker"), Some(Value::literal(r#"{"failures":5,"open_s":10}"#)));
        assert_eq!(on(parts(), "timeout_ms"), Some(Value::Number(3000.0)), "as it is placed");
        assert_eq!(on(parts(), "attempts"), None, "it can't be absent");
        let none = Parts::default();
        assert_eq!(on(&none, "breaker"), Some(Value::literal(r#"{"failures":10,"open_s":30}"#)));
        assert_eq!(on(&none, "timeout_ms"), Some(Value::Number(10_000.0)));
    }

    #[test]
    fn what_is_given_is_offered_where_it_is_missing_or_the_kata_allows_more() {
        let offered = |parts: &Parts, design: &Design| {
            KINDS
                .iter()
                .filter(|kind| kind.id != KindId::Spare && parts.offers(kind, design))
                .map(|kind| kind.key)
                .collect::<Vec<_>>()
        };
        let (start, empty) = (builtin::starting_design(), Design::default());
        assert_eq!(offered(parts(), &start), ["api", "queue", "consumers", "dead_letter"]);
        assert_eq!(offered(parts(), &empty), ["patients", "api", "queue", "consumers", "clinic", "dead_letter"]);
        let more = Parts::read(&Value::literal(r#"{"placed":{},"chosen":{},"more_of":["clinic"]}"#)).expect("a file");
        assert_eq!(offered(&more, &start), ["api", "queue", "consumers", "clinic", "dead_letter"]);
    }

    #[test]
    fn a_parameter_is_usually_what_the_part_is_placed_with() {
        assert_eq!(parts().usual(KindId::Consumers, param("timeout_ms")), Value::Number(3000.0));
        assert_eq!(parts().usual(KindId::Consumers, param("handling")), param("handling").default_value());
        assert_eq!(Parts::default().usual(KindId::Consumers, param("timeout_ms")), Value::Number(10_000.0));
    }

    #[test]
    fn another_kata_keeps_what_fits() {
        let Shape::Tagged { tag, variants } = param("scaling").shape else { panic!("alternatives") };
        let before = Value::literal(r#"{"policy":"fixed","workers":7}"#);
        let to = |allowed: fn(&Value) -> bool| {
            Parts::default().variant(KindId::Consumers, param("scaling"), (tag, &variants[2]), &before, allowed)
        };
        assert_eq!(to(|_| true).get("workers"), Some(&Value::Number(7.0)));
        assert_eq!(to(|_| false).get("workers"), Some(&Value::Number(20.0)));
    }

    #[test]
    fn everything_wrong_is_told_at_its_place() {
        let file = r#"{"placed":{"clinic":{},"consumers":{"timeout_ms":-1,"speed":2}},
            "chosen":{"queue":{"discipline":["fifo"]},"consumers":{"breaker":[null,{"failures":0,"open_s":1}],
            "scaling":[{"policy":"fixed","workers":1},{"policy":"fixed","workers":2},{"policy":"demand"}],"timeout_ms":5}},"more":1,"more_of":["queue"]}"#;
        let faults = Parts::read(&Value::literal(file)).expect_err("broken");
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for place in [
            "more: is not a known field",
            "more_of: [\"queue\"] is not allowed",
            "placed.clinic: is no kind that a learner places",
            "placed.consumers.speed: is not a known parameter",
            "placed.consumers.timeout_ms: -1 is not allowed",
            "chosen.queue.discipline: is no choice; Queue has capacity",
            "chosen.consumers.breaker[0]: null is not allowed",
            "chosen.consumers.breaker[1].failures: 0 is not allowed",
            "chosen.consumers.scaling[1]: is a second start",
            "chosen.consumers.scaling[2].min: is missing",
            "chosen.consumers.timeout_ms: 5 is not allowed",
        ] {
            assert!(told.iter().any(|fault| fault.starts_with(place)), "{place}:\n{}", told.join("\n"));
        }
    }
}
