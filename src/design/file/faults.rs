//! What is wrong with a file, gathered while it is read, and the readers of single fields that gather it.
//!
//! Reading goes on after a fault, so that all are listed at once; the list is capped and says how many more there were. A fault in one
//! place is listed once.

use super::{Code, Location, MAX_NAME, Problem};
use crate::json::{Value, shortened, step};
use crate::kinds::Shape;
use crate::kinds::check::{self, Fault, all_of, grouped};
use crate::letters::visible;
use crate::say;

/// The most problems that are listed at once.
pub const MAX_LISTED: usize = 200;

/// The most characters of a path or a sentence.
const MAX_SHOWN: usize = 3000;

/// The faults so far.
#[derive(Debug, Default)]
pub struct Faults {
    listed: Vec<Problem>,
    unlisted: usize,
}

impl Faults {
    /// Adds a fault at a path in the file; an empty path means the whole file.
    pub fn add(&mut self, code: Code, path: &str, text: impl Into<String>) {
        if self.listed.len() >= MAX_LISTED {
            self.unlisted += 1;
            return;
        }
        let place = if path.is_empty() { Location::Whole } else { Location::File(clipped(path)) };
        self.listed.push(Problem::error(code, place, clipped(&text.into())));
    }

    /// Adds that a value is not what is allowed.
    pub fn refuse(&mut self, path: &str, value: &Value, allowed: &str) {
        self.add(Code::NotAllowed, path, say!("shape.not_allowed", value = value.shown(), allowed));
    }

    /// Whether there is none so far.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// All problems, the last of them saying how many more there are.
    pub fn finish(mut self) -> Vec<Problem> {
        if self.unlisted > 0 {
            let text = say!("file.more", n = grouped(self.unlisted as f64), most = MAX_LISTED);
            self.listed.push(Problem::error(Code::More, Location::Whole, text));
        }
        self.listed
    }

    /// Checks a value of the file against a shape of the catalogue. On a fault: `None`.
    pub fn check(&mut self, shape: &Shape, value: &Value, path: &str) -> Option<Value> {
        let mut found = Vec::new();
        check::check(shape, value, path, &mut found);
        if found.is_empty() {
            return Some(value.clone());
        }
        for Fault { code, path, text } in found {
            self.add(code.into(), &path, text);
        }
        None
    }

    /// A text of `least` to `most` characters without control characters.
    pub fn text<'a>(&mut self, value: &'a Value, path: &str, least: usize, most: usize) -> Option<&'a str> {
        let fits = |t: &str| (least..=most).contains(&t.chars().count()) && !t.chars().any(char::is_control);
        let text = value.text().filter(|text| fits(text));
        if text.is_none() {
            let words = say!("shape.not_allowed", value = value.shown(), allowed = text_words(least, most));
            self.add(Code::NotAllowed, path, words);
        }
        text
    }

    /// Adds every key of `value` that stands twice in one object.
    pub fn examine(&mut self, value: &Value) {
        value.repeated_keys(|path| self.add(Code::DuplicateKey, path, say!("file.twice")));
    }
}

/// A path or a sentence that fits a line and a terminal: keys from outside may be as long as the file, hold control characters, and letters
/// that nobody sees.
pub fn clipped(text: &str) -> String {
    let mut out: String = visible(text)
        .chars()
        .take(MAX_SHOWN)
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// Reads a whole file, or what stands for one, by `read`.
///
/// # Errors
/// Every problem that `read` reported.
pub fn whole<T>(value: &Value, read: impl FnOnce(&Value, &mut Faults) -> Option<T>) -> Result<T, Vec<Problem>> {
    let mut faults = Faults::default();
    match read(value, &mut faults) {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(faults.finish()),
    }
}

/// An object of the file with its path.
pub struct Object<'a> {
    /// Where it stands in the file; empty for the whole.
    pub path: String,
    /// In the order of the file.
    pub fields: &'a [(String, Value)],
}

impl<'a> Object<'a> {
    /// `value` as an object with no fields but `known`; anything else is a fault.
    pub fn new(value: &'a Value, path: &str, known: &[&str], faults: &mut Faults) -> Option<Object<'a>> {
        let object = Object::any(value, path, faults)?;
        object.only(known, faults);
        Some(object)
    }

    /// Reports every field that is not `known`.
    pub fn only(&self, known: &[&str], faults: &mut Faults) {
        for (key, _) in self.fields.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let text = say!("shape.unknown_field", known = all_of(known.iter().copied()));
            faults.add(Code::UnknownField, &self.at(key), text);
        }
    }

    /// `value` as an object with any fields.
    pub fn any(value: &'a Value, path: &str, faults: &mut Faults) -> Option<Object<'a>> {
        match value {
            Value::Map(fields) => Some(Object { path: path.to_owned(), fields }),
            other => {
                faults.add(
                    Code::NotAllowed,
                    path,
                    say!("shape.not_allowed", value = other.shown(), allowed = say!("file.object")),
                );
                None
            }
        }
    }

    /// The path of a field.
    pub fn at(&self, key: &str) -> String {
        format!("{}{}", self.path, step(&self.path, key))
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.fields.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// A field that has to be there; `allowed` in words.
    pub fn needed(&self, key: &str, allowed: &str, faults: &mut Faults) -> Option<&'a Value> {
        let found = self.get(key);
        if found.is_none() {
            faults.add(Code::Missing, &self.at(key), say!("shape.missing", allowed));
        }
        found
    }

    /// A field of a shape of the catalogue, if it is there.
    pub fn value(&self, key: &str, shape: &Shape, faults: &mut Faults) -> Option<Value> {
        faults.check(shape, self.get(key)?, &self.at(key))
    }

    /// A number, if it is there.
    pub fn number(&self, key: &str, shape: &Shape, faults: &mut Faults) -> Option<f64> {
        self.value(key, shape, faults)?.number()
    }

    /// A number that has to be there.
    pub fn needed_number(&self, key: &str, shape: &Shape, faults: &mut Faults) -> Option<f64> {
        self.needed(key, &shape.allowed(), faults)?;
        self.number(key, shape, faults)
    }

    /// A list, if it is there, of at most `most` items.
    pub fn list(&self, key: &str, most: usize, faults: &mut Faults) -> &'a [Value] {
        match self.get(key) {
            None => &[],
            Some(Value::List(items)) if items.len() <= most => items,
            Some(Value::List(items)) => {
                let text = say!("file.too_many", n = grouped(items.len() as f64), most = grouped(most as f64));
                faults.add(Code::TooMany, &self.at(key), text);
                &[]
            }
            Some(other) => {
                faults.add(
                    Code::NotAllowed,
                    &self.at(key),
                    say!("shape.not_allowed", value = other.shown(), allowed = say!("file.list")),
                );
                &[]
            }
        }
    }

    /// A list that has to be there, of at most `most` items; `allowed` in words.
    pub fn needed_list(&self, key: &str, allowed: &str, most: usize, faults: &mut Faults) -> &'a [Value] {
        self.needed(key, allowed, faults);
        self.list(key, most, faults)
    }

    /// A text of `least` to `most` characters without control characters, if it is there.
    pub fn text(&self, key: &str, least: usize, most: usize, faults: &mut Faults) -> Option<&'a str> {
        faults.text(self.get(key)?, &self.at(key), least, most)
    }

    /// A text that has to be there.
    pub fn needed_text(&self, key: &str, most: usize, faults: &mut Faults) -> Option<&'a str> {
        self.needed(key, &text_words(1, most), faults)?;
        self.text(key, 1, most, faults)
    }

    /// The head that every file has: `format` and `version`. False if nothing else in the file can be understood.
    pub fn head(&self, format: &str, version: u32, faults: &mut Faults) -> bool {
        let allowed = format!("\"{format}\"");
        match self.needed("format", &allowed, faults) {
            Some(Value::Text(found)) if found == format => {}
            Some(other) => {
                faults.add(Code::Format, "format", say!("shape.not_allowed", value = other.shown(), allowed));
                if matches!(other, Value::Text(found) if found.starts_with("waiting-room/")) {
                    return false;
                }
            }
            None => {}
        }
        match self.needed("version", &version.to_string(), faults) {
            Some(Value::Number(found)) if *found == f64::from(version) => true,
            Some(found) if is_above(found, version) => {
                let text = say!("file.newer", found = found.shown(), version);
                faults.add(Code::Version, "version", text);
                false
            }
            Some(other) => {
                faults.add(Code::Version, "version", say!("shape.unknown", value = other.shown(), allowed = version));
                true
            }
            None => true,
        }
    }
}

fn is_above(found: &Value, version: u32) -> bool {
    match found {
        Value::Number(n) => *n > f64::from(version),
        Value::Digits(digits) => !digits.starts_with('-'),
        _ => false,
    }
}

fn text_words(least: usize, most: usize) -> String {
    match least {
        0 => say!("file.text_up_to", most),
        _ => say!("file.text", least, most),
    }
}

/// The name of a thing from the file, in quotes, as a message shows it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", shortened(text))
}

/// A name that fits [`MAX_NAME`], if the object has one under this key. What nobody sees of it is written out, so that it looks like no other.
pub fn name(object: &Object<'_>, key: &str, faults: &mut Faults) -> Option<String> {
    object.text(key, 0, MAX_NAME, faults).map(|name| visible(name).chars().take(MAX_NAME).collect())
}
