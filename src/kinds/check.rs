//! Is a value what the catalogue allows? Every fault at once, each with its place, the value and what is allowed.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use super::{KindId, Param, Shape, Value, Variant};
use crate::lang;
use crate::say;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultCode {
    /// Something that has to be there is not.
    Missing,
    /// A field that has no meaning here.
    UnknownField,
    /// It is there and not what is allowed.
    NotAllowed,
}

/// A fault of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of fault it is.
    pub code: FaultCode,
    /// The place below the value that was checked, such as `scaling.max`.
    pub path: String,
    /// The value and what is allowed, as a sentence without the place.
    pub text: String,
}

impl Fault {
    fn missing(path: String, allowed: &str) -> Fault {
        Fault { code: FaultCode::Missing, path, text: say!("shape.missing", allowed) }
    }

    fn not_allowed(path: String, text: String) -> Fault {
        Fault { code: FaultCode::NotAllowed, path, text }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.text)
    }
}

impl Error for Fault {}

/// Checks `value` against `shape`; faults are added to `found` with paths that begin with `path`.
pub fn check(shape: &Shape, value: &Value, path: &str, found: &mut Vec<Fault>) {
    match shape {
        Shape::Whole { nullable: true, .. } | Shape::Real { nullable: true, .. } if value.is_null() => {}
        Shape::Fields { .. } if value.is_null() => {}
        Shape::Whole { min, max, .. } => {
            let fits = |n: f64| n.fract() == 0.0 && n >= *min as f64 && n <= *max as f64;
            if !value.number().is_some_and(fits) {
                fault(shape, value, path, found);
            }
        }
        Shape::Real { min, max, .. } => {
            if !value.number().is_some_and(|n| n >= *min && n <= *max) {
                fault(shape, value, path, found);
            }
        }
        Shape::Positive { max } => {
            if !value.number().is_some_and(|n| n > 0.0 && n <= *max) {
                fault(shape, value, path, found);
            }
        }
        Shape::Flag => {
            if value.bool().is_none() {
                fault(shape, value, path, found);
            }
        }
        Shape::Choice(choices) => {
            if !value.text().is_some_and(|t| choices.iter().any(|(key, _)| *key == t)) {
                fault(shape, value, path, found);
            }
        }
        Shape::Tagged { tag, variants } => check_tagged(shape, tag, variants, value, path, found),
        Shape::Fields { fields } => match value {
            Value::Map(_) => check_fields(fields, None, value, path, found),
            _ => fault(shape, value, path, found),
        },
        Shape::Steps { fields } => check_steps(shape, fields, value, path, found),
    }
}

fn fault(shape: &Shape, value: &Value, path: &str, found: &mut Vec<Fault>) {
    let text = say!("shape.not_allowed", value = value.shown(), allowed = shape.allowed());
    found.push(Fault::not_allowed(path.to_owned(), text));
}

fn check_tagged(shape: &Shape, tag: &str, variants: &[Variant], value: &Value, path: &str, found: &mut Vec<Fault>) {
    let Value::Map(_) = value else { return fault(shape, value, path, found) };
    let name = value.get(tag).and_then(Value::text);
    let Some(variant) = variants.iter().find(|v| Some(v.key) == name) else {
        let (path, allowed) = (format!("{path}.{tag}"), words(variants.iter().map(|v| v.key)));
        found.push(match value.get(tag) {
            None => Fault::missing(path, &allowed),
            Some(other) => Fault::not_allowed(path, say!("shape.unknown", value = other.shown(), allowed)),
        });
        return;
    };
    let before = found.len();
    check_fields(variant.fields, Some(tag), value, path, found);
    if found.len() == before {
        check_order(value, path, found);
    }
}

/// The two pairs whose order matters.
fn check_order(value: &Value, path: &str, found: &mut Vec<Fault>) {
    for (low, high) in [("min_ms", "max_ms"), ("min", "max")] {
        let (Some(a), Some(b)) = (value.get(low).and_then(Value::number), value.get(high).and_then(Value::number))
        else {
            continue;
        };
        if a > b {
            let text = say!("shape.too_low", value = b, least = low, now = a);
            found.push(Fault::not_allowed(format!("{path}.{high}"), text));
        }
    }
}

fn check_fields(fields: &[Param], tag: Option<&str>, value: &Value, path: &str, found: &mut Vec<Fault>) {
    let Value::Map(given) = value else { return };
    for field in fields {
        match value.get(field.key) {
            Some(inner) => check(&field.shape, inner, &format!("{path}.{}", field.key), found),
            None => found.push(Fault::missing(format!("{path}.{}", field.key), &field.shape.allowed())),
        }
    }
    let mut seen = BTreeSet::new();
    for (key, _) in given {
        if Some(key.as_str()) != tag && !fields.iter().any(|f| f.key == key) && seen.insert(key) {
            let known = all_of(tag.into_iter().chain(fields.iter().map(|f| f.key)));
            let text = say!("shape.unknown_field", known);
            found.push(Fault { code: FaultCode::UnknownField, path: format!("{path}.{key}"), text });
        }
    }
}

fn check_steps(shape: &Shape, fields: &[Param], value: &Value, path: &str, found: &mut Vec<Fault>) {
    let Some(steps) = value.list() else { return fault(shape, value, path, found) };
    if steps.len() > MAX_STEPS {
        let text = say!("shape.steps", n = steps.len(), most = MAX_STEPS);
        return found.push(Fault::not_allowed(path.to_owned(), text));
    }
    let mut last = f64::NEG_INFINITY;
    for (index, step) in steps.iter().enumerate() {
        let here = format!("{path}[{index}]");
        match step {
            Value::Map(_) => check_fields(fields, None, step, &here, found),
            _ => {
                let text = say!("shape.not_allowed", value = step.shown(), allowed = say!("shape.step"));
                found.push(Fault::not_allowed(here.clone(), text));
            }
        }
        if let Some(at) = step.get("at_s").and_then(Value::number) {
            if at <= last {
                let text = say!("shape.later", at, last);
                found.push(Fault::not_allowed(format!("{here}.at_s"), text));
            }
            last = at;
        }
    }
}

/// The most steps of a schedule.
pub const MAX_STEPS: usize = 1000;

impl Shape {
    /// The range of a number that may be `null`; `None` of anything else.
    pub fn nullable_range(&self) -> Option<(f64, f64)> {
        match *self {
            Shape::Whole { min, max, nullable: true } => Some((min as f64, max as f64)),
            Shape::Real { min, max, nullable: true } => Some((min, max)),
            _ => None,
        }
    }

    /// A value that fits this shape, with the fields of its objects in the catalogue's order.
    pub fn ordered(&self, value: Value) -> Value {
        match (self, value) {
            (Shape::Tagged { tag, variants }, value @ Value::Map(_)) => {
                let name = value.get(tag).and_then(Value::text).map(str::to_owned);
                let fields = variants.iter().find(|v| Some(v.key) == name.as_deref()).map_or(&[][..], |v| v.fields);
                ordered_fields(Some(tag), fields, value)
            }
            (Shape::Fields { fields }, value @ Value::Map(_)) => ordered_fields(None, fields, value),
            (Shape::Steps { fields }, Value::List(steps)) => {
                Value::List(steps.into_iter().map(|step| ordered_fields(None, fields, step)).collect())
            }
            (_, value) => value,
        }
    }

    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        let or_null = |nullable: &bool| if *nullable { say!("shape.or_null") } else { "" };
        match self {
            Shape::Whole { min, max, nullable } => {
                say!("shape.whole", min = grouped(*min as f64), max = grouped(*max as f64), or_null = or_null(nullable))
            }
            Shape::Real { min, max, nullable } => {
                say!("shape.real", min = grouped(*min), max = grouped(*max), or_null = or_null(nullable))
            }
            Shape::Positive { max } => say!("shape.positive", max = grouped(*max)),
            Shape::Flag => say!("shape.flag").to_owned(),
            Shape::Choice(choices) => words(choices.iter().map(|(key, _)| *key)),
            Shape::Tagged { tag, variants } => {
                say!("shape.tagged", tag, keys = words(variants.iter().map(|v| v.key)))
            }
            Shape::Fields { fields } => {
                say!("shape.fields", keys = all_of(fields.iter().map(|f| f.key)))
            }
            Shape::Steps { .. } => say!("shape.list_of_steps").to_owned(),
        }
    }
}

fn ordered_fields(tag: Option<&str>, fields: &[Param], value: Value) -> Value {
    let Value::Map(mut given) = value else { return value };
    let rank = |key: &str| match tag {
        Some(tag) if tag == key => Some(0),
        _ => fields.iter().position(|f| f.key == key).map(|at| at + 1),
    };
    crate::order::sort_by_key(&mut given, |(key, _)| rank(key).unwrap_or(usize::MAX));
    // Of a key that stands twice the first counts.
    given.dedup_by(|(later, _), (key, _)| later == key);
    let shape = |key: &str| fields.iter().find(|f| f.key == key).map(|f| &f.shape);
    let ordered = given.into_iter().map(|(key, value)| match shape(&key) {
        Some(shape) => (key, shape.ordered(value)),
        None => (key, value),
    });
    Value::Map(ordered.collect())
}

/// A number with its thousands apart, as the interface writes it: `604 800`.
pub fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 && whole.len() > 4 {
            out.push(lang::group());
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(lang::decimal());
        out.push_str(fraction);
    }
    out
}

/// `a, b or c`.
pub fn words<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    joined(items, |a, b| say!("list.or", a, b))
}

/// `a, b and c`.
pub fn all_of<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    joined(items, |a, b| say!("list.and", a, b))
}

fn joined<'a>(items: impl IntoIterator<Item = &'a str>, joint: fn(&str, &str) -> String) -> String {
    let items: Vec<_> = items.into_iter().collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => joint(&head.join(", "), last),
    }
}

/// Why an edge from a component of kind `from` to one of kind `to` is not allowed.
pub fn why_not(from: KindId, to: KindId) -> String {
    let (from, to) = (from.kind(), to.kind());
    if !from.id.has_out_port() {
        return say!("shape.points_nowhere", from = from.name());
    }
    let allowed = words(from.id.leads_to().map(|k| k.kind().name()));
    say!("shape.points_elsewhere", from = from.name(), to = to.name(), allowed)
}
