//! Values of parameters: what they turn into when a choice or a tick changes them, and how the interface writes them.

use yew::Callback;

use crate::kinds::check::grouped;
use crate::kinds::{Param, Shape, Value, Variant};

/// A variant with its defaults, keeping from the old value what fits.
pub fn turned_into(variant: &Variant, tag: &str, old: &Value, check: &Callback<Value, Result<(), String>>) -> Value {
    let mut value = variant.default_value(tag);
    for field in variant.fields {
        if let Some(kept) = old.get(field.key) {
            let mut tried = value.clone();
            tried.set(field.key, kept.clone());
            if check.emit(tried.clone()).is_ok() {
                value = tried;
            }
        }
    }
    value
}

/// What a number that may be absent is when it comes back; `None` if it can't be absent.
pub fn otherwise(param: &Param) -> Option<f64> {
    let (nullable, min, max) = match param.shape {
        Shape::Whole { min, max, nullable } => (nullable, min as f64, max as f64),
        Shape::Real { min, max, nullable } => (nullable, min, max),
        _ => (false, 0.0, 0.0),
    };
    nullable.then(|| param.default_value().number().unwrap_or(1000.0).clamp(min, max))
}

/// A value as the interface writes it.
pub fn in_words(param: &Param, value: &Value) -> String {
    match (value, &param.shape) {
        (Value::Number(n), _) if param.unit.is_empty() => grouped(*n),
        (Value::Number(n), _) => format!("{} {}", grouped(*n), param.unit),
        (Value::Null, Shape::Fields { .. }) => "off".to_owned(),
        (Value::Null, _) => "no limit".to_owned(),
        (Value::Bool(b), _) => if *b { "on" } else { "off" }.to_owned(),
        (Value::Text(t), Shape::Choice(choices)) => {
            choices.iter().find(|(key, _)| key == t).map_or_else(|| t.clone(), |(_, label)| (*label).to_owned())
        }
        (Value::Map(_), Shape::Tagged { tag, variants }) => {
            let variant = variants.iter().find(|v| value.get(tag).and_then(Value::text) == Some(v.key));
            let Some(variant) = variant else { return value.shown() };
            let parts = variant
                .fields
                .iter()
                .filter_map(|f| Some(format!("{} {}", f.label.to_ascii_lowercase(), in_words(f, value.get(f.key)?))));
            format!("{}: {}", variant.label, parts.collect::<Vec<_>>().join(", "))
        }
        _ => value.shown(),
    }
}
