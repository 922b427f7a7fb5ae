//! JSON, the one tree in which files, stored texts and parameters are read and written.
//!
//! [`read`] takes what any file may hold and says in plain words, with line and column, what is no JSON; it never panics. The tree keeps what
//! other readers resolve in silence: the order of fields, keys that stand twice, and numbers that an `f64` does not hold. Writing is serde_json's.
//!
//! Reading is our own, in `json/read.rs`: serde_json refuses a number beyond an `f64` with the whole file, takes the last of two equal keys, and
//! says what is wrong in text only. Knows nothing of what a file means.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

mod read;
mod syntax;

pub use read::{MAX_DEPTH, read};
pub use syntax::{Syntax, SyntaxKind};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// Finite.
    Number(f64),
    /// A number that an `f64` does not hold, as it was written: a whole one beyond 2^53, or one beyond the range.
    Digits(String),
    Text(String),
    List(Vec<Value>),
    /// In the order of the file. A key may stand twice ([`Value::repeated_keys`] lists them); the first counts.
    Map(Vec<(String, Value)>),
}

/// The highest whole number below which an `f64` holds every one.
const EXACT: u64 = 1 << 53;
/// Keys longer than this are no field of any file and are shown in quotes, cut short.
const MAX_KEY: usize = 60;
/// Letters of a value that a message shows.
const MAX_SHOWN: usize = 60;

impl Value {
    /// An object of these fields.
    pub fn map<const N: usize>(fields: [(&str, Value); N]) -> Value {
        Value::Map(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// A whole number from 0 to 2^64 − 1, exactly.
    pub fn whole(&self) -> Option<u64> {
        match self {
            Value::Number(n) if n.fract() == 0.0 && (0.0..=EXACT as f64).contains(n) => Some(*n as u64),
            Value::Digits(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(t) => Some(t),
            _ => None,
        }
    }

    pub fn bool(&self) -> Option<bool> {
        match self {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The fields of a map.
    pub fn fields(&self) -> Option<&[(String, Value)]> {
        match self {
            Value::Map(fields) => Some(fields),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The field `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.fields()?.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Sets the field `key` of a map; nothing happens on another value.
    pub fn set(&mut self, key: &str, value: Value) {
        if let Value::Map(fields) = self {
            match fields.iter_mut().find(|(k, _)| k == key) {
                Some((_, old)) => *old = value,
                None => fields.push((key.to_owned(), value)),
            }
        }
    }

    /// What JSON calls this type, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) | Value::Digits(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        }
    }

    /// Reads JSON written in this program, such as a default in the catalogue.
    ///
    /// # Panics
    /// If `json` is not JSON: that is a mistake in the catalogue.
    pub fn literal(json: &str) -> Value {
        read(json).expect("a literal of the catalogue is JSON")
    }

    /// The value as JSON without spaces.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| unreachable!("a value is JSON"))
    }

    /// The value as JSON, a field a line.
    pub fn json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|_| unreachable!("a value is JSON"))
    }

    /// The value as a message shows it: short, whatever it is, and a number as it was written.
    pub fn shown(&self) -> String {
        if let Value::Digits(digits) = self {
            return shortened(digits);
        }
        let mut start = Start(Vec::new());
        let whole = serde_json::to_writer(&mut start, self).is_ok();
        let text = String::from_utf8_lossy(&start.0);
        match self {
            _ if whole && text.chars().count() <= MAX_SHOWN => text.into_owned(),
            Value::List(_) | Value::Map(_) => self.type_name().to_owned(),
            _ => text.chars().take(MAX_SHOWN - 1).chain(['…']).collect(),
        }
    }

    /// The path of every key that stands twice in one object, each time it stands again.
    pub fn repeated_keys(&self, mut found: impl FnMut(&str)) {
        self.repeated_keys_below(&mut String::new(), &mut found);
    }

    fn repeated_keys_below(&self, path: &mut String, found: &mut impl FnMut(&str)) {
        let length = path.len();
        match self {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push_str(&format!("[{index}]"));
                    item.repeated_keys_below(path, found);
                    path.truncate(length);
                }
            }
            Value::Map(fields) => {
                let mut seen = BTreeSet::new();
                for (key, value) in fields {
                    path.push_str(&step(path, key));
                    if !seen.insert(key) {
                        found(path);
                    }
                    value.repeated_keys_below(path, found);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }
}

/// What a key adds to a path: `.key`, or `["a key"]` when it is not a plain word.
pub fn step(path: &str, key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if key.is_empty() || key.len() > MAX_KEY || !key.chars().all(plain) {
        return format!("[{}]", Value::Text(key.to_owned()).shown());
    }
    if path.is_empty() { key.to_owned() } else { format!(".{key}") }
}

/// At most 60 characters of a text.
pub fn shortened(text: &str) -> String {
    if text.chars().nth(MAX_SHOWN).is_none() {
        return text.to_owned();
    }
    text.chars().take(MAX_SHOWN - 1).chain(['…']).collect()
}

/// Takes as much as a message may show and then fails, so that showing a large value costs no more than showing a small one.
struct Start(Vec<u8>);

impl Write for Start {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() > 4 * MAX_SHOWN {
            return Err(io::Error::other("enough"));
        }
        let part = &bytes[..bytes.len().min(4 * MAX_SHOWN + 1)];
        self.0.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

/// What is not finite has no JSON and becomes `null`.
impl From<f64> for Value {
    fn from(value: f64) -> Value {
        if value.is_finite() { Value::Number(value) } else { Value::Null }
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Value {
        if value <= EXACT { Value::Number(value as f64) } else { Value::Digits(value.to_string()) }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Text(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.json())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(b) => serializer.serialize_bool(*b),
            Value::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => serializer.serialize_i64(*n as i64),
            Value::Number(n) => serializer.serialize_f64(*n),
            // What is no whole number of 64 bits is refused wherever it is read, so it is only ever shown.
            Value::Digits(digits) => match digits.parse() {
                Ok(whole) => serializer.serialize_u64(whole),
                Err(_) => serializer.serialize_str(digits),
            },
            Value::Text(t) => serializer.serialize_str(t),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
