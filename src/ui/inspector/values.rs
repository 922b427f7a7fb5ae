//! Values of parameters as the interface writes them.

use crate::kinds::check::grouped;
use crate::kinds::{Param, Shape, Value};
use crate::lang;
use crate::say;

/// A label within a sentence: in English in small letters; other languages may have nouns that keep their capital.
pub fn in_a_sentence(label: &str) -> String {
    if lang::spoken().is_some() { label.to_owned() } else { label.to_ascii_lowercase() }
}

/// A value as the interface writes it.
pub fn in_words(param: &Param, value: &Value) -> String {
    match (value, &param.shape) {
        (Value::Number(n), _) if param.unit().is_empty() => grouped(*n),
        (Value::Number(n), _) => format!("{} {}", grouped(*n), param.unit()),
        (Value::Null, Shape::Fields { .. }) => say!("inspector.off").to_owned(),
        (Value::Null, _) => say!("stage.no_limit").to_owned(),
        (Value::Bool(b), _) => if *b { say!("inspector.on") } else { say!("inspector.off") }.to_owned(),
        (Value::Text(t), Shape::Choice(choices)) => {
            choices.iter().find(|(key, _)| key == t).map_or_else(|| t.clone(), |(_, label)| label.get().to_owned())
        }
        (Value::Map(_), Shape::Tagged { tag, variants }) => {
            let variant = variants.iter().find(|v| value.get(tag).and_then(Value::text) == Some(v.key));
            let Some(variant) = variant else { return value.shown() };
            let parts = variant
                .fields
                .iter()
                .filter_map(|f| Some(format!("{} {}", in_a_sentence(f.label()), in_words(f, value.get(f.key)?))));
            format!("{}: {}", variant.label(), parts.collect::<Vec<_>>().join(", "))
        }
        _ => value.shown(),
    }
}
