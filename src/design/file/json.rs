//! JSON from outside, as a tree that keeps what serde's own would resolve silently: the order of fields, keys that stand twice, and numbers
//! as they were written.
//!
//! A text that is not JSON, is too long or is nested too deeply gives one problem in plain words, with line and column. Nothing panics,
//! whatever comes in. Knows nothing of what a file means.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::faults::{Faults, MAX_TOLD};
use super::{Location, MAX_BYTES, Problem};
use crate::kinds::Value;
use crate::kinds::check::grouped;

/// A JSON value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    /// The digits of the file and the nearest `f64`, which is infinite when the number is beyond its range.
    Number(String, f64),
    Text(String),
    List(Vec<Json>),
    /// In the order of the file; a key may stand twice, which [`Json::examine`] reports.
    Map(Vec<(String, Json)>),
}

/// Keys longer than this are no field of any file and are shown in quotes, cut short.
const MAX_KEY: usize = 60;

/// The key under which serde_json hands a number over when it keeps the digits (its feature `arbitrary_precision`).
const NUMBER_KEY: &str = "$serde_json::private::Number";

impl Json {
    /// Parses a file's text. A byte order mark in front is skipped.
    pub fn parse(text: &str) -> Result<Json, Problem> {
        if text.len() > MAX_BYTES {
            let text = format!(
                "The file has {} bytes; allowed: at most {} (1 MiB).",
                grouped(text.len() as f64),
                grouped(MAX_BYTES as f64)
            );
            return Err(Problem::error("file-too-large", Location::Whole, text));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text).map_err(|error| Problem::error("not-json", Location::Whole, syntax(&error)))
    }

    /// Reports every key that stands twice in one object.
    pub fn examine(&self, faults: &mut Faults) {
        self.examine_at(&mut String::new(), faults);
    }

    fn examine_at(&self, path: &mut String, faults: &mut Faults) {
        let length = path.len();
        match self {
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push_str(&format!("[{index}]"));
                    item.examine_at(path, faults);
                    path.truncate(length);
                }
            }
            Json::Map(fields) => {
                let mut seen = BTreeSet::new();
                for (key, value) in fields {
                    path.push_str(&step(path, key));
                    if !seen.insert(key) {
                        faults.add("duplicate-key", path, "stands twice in the same object; allowed: once.");
                    }
                    value.examine_at(path, faults);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// The catalogue's form of the value; a number beyond the range of `f64` becomes infinite, and of a key that stands twice the first counts.
    pub fn value(&self) -> Value {
        match self {
            Json::Null => Value::Null,
            Json::Bool(b) => Value::Bool(*b),
            Json::Number(_, n) => Value::Number(*n),
            Json::Text(t) => Value::Text(t.clone()),
            Json::List(items) => Value::List(items.iter().map(Json::value).collect()),
            Json::Map(fields) => {
                let mut seen = BTreeSet::new();
                let first = fields.iter().filter(|(key, _)| seen.insert(key.as_str()));
                Value::Map(first.map(|(key, value)| (key.clone(), value.value())).collect())
            }
        }
    }

    /// The digits of numbers in the tree that are beyond the range of `f64`, with their places below `path`. Bounded: at most as many as are
    /// told, and none below a key too long to be known.
    pub fn endless(&self, path: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        self.endless_at(&mut path.to_owned(), &mut found);
        found
    }

    fn endless_at(&self, path: &mut String, found: &mut Vec<(String, String)>) {
        let length = path.len();
        match self {
            Json::Number(digits, n) if n.is_infinite() && found.len() < MAX_TOLD => {
                found.push((path.clone(), digits.clone()));
            }
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push_str(&format!("[{index}]"));
                    item.endless_at(path, found);
                    path.truncate(length);
                }
            }
            Json::Map(fields) => {
                for (key, value) in fields.iter().filter(|(key, _)| key.len() <= MAX_KEY) {
                    path.push('.');
                    path.push_str(key);
                    value.endless_at(path, found);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// The value as a message shows it: short, whatever it is, and with the digits of the file.
    pub fn shown(&self) -> String {
        match self {
            Json::Number(digits, _) => shortened(digits),
            Json::List(items) if items.is_empty() => "[]".to_owned(),
            Json::List(_) => "a list".to_owned(),
            Json::Map(fields) if fields.is_empty() => "{}".to_owned(),
            Json::Map(_) => "an object".to_owned(),
            other => crate::kinds::check::shown(&other.value()),
        }
    }
}

/// What a key adds to a path: `.key`, or `["a key"]` when it is not a plain word.
pub fn step(path: &str, key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if key.is_empty() || key.len() > MAX_KEY || !key.chars().all(plain) {
        return format!("[{}]", crate::kinds::check::shown(&Value::Text(key.to_owned())));
    }
    if path.is_empty() { key.to_owned() } else { format!(".{key}") }
}

/// At most 60 characters of a text.
pub fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    text.chars().take(59).chain(['…']).collect()
}

/// serde_json's complaints in plain words, with the place.
fn syntax(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let said = whole.split(" at line ").next().unwrap_or(&whole);
    let words = match said {
        "EOF while parsing a value" => "the file ends where a value belongs",
        "EOF while parsing a list" => "the file ends inside a list: a ] is missing",
        "EOF while parsing an object" => "the file ends inside an object: a } is missing",
        "EOF while parsing a string" => "the file ends inside a text: a \" is missing",
        "expected `,` or `}`" => "a comma or a } belongs here",
        "expected `,` or `]`" => "a comma or a ] belongs here",
        "expected `:`" => "a colon belongs here",
        "expected value" => "a value belongs here: an object, a list, a text, a number, true, false or null",
        "expected ident" => "true, false or null belongs here",
        "expected `\"`" | "key must be a string" => "a field's name in double quotes belongs here",
        "trailing comma" => "there is a comma too many",
        "trailing characters" => "something follows after the end of the file's object",
        "invalid number" => "this is not a number as JSON writes one",
        "invalid escape" => "this text has a \\ that begins no known escape",
        "recursion limit exceeded" => "objects and lists are nested too deeply; allowed: 127 levels",
        "control character (\\u0000-\\u001F) found while parsing a string" => {
            "a text holds a control character, such as a line break; write it as \\n"
        }
        other => other,
    };
    format!("This is not JSON. Line {}, column {}: {words}.", error.line(), error.column())
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string(), value as f64))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string(), value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string(), value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields: Vec<(String, Json)> = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Json>()? {
            fields.push((key, value));
        }
        match fields.as_slice() {
            [(key, Json::Text(digits))]
                if key == NUMBER_KEY && digits.bytes().all(|b| b"0123456789+-.eE".contains(&b)) =>
            {
                let number = digits.parse().unwrap_or(f64::INFINITY);
                Ok(Json::Number(digits.replace("e+", "e"), number))
            }
            _ => Ok(Json::Map(fields)),
        }
    }
}
