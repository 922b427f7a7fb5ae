//! What is wrong with a file, gathered while it is read, and the readers of single fields that gather it.
//!
//! Reading goes on after a fault, so that all are told at once; the list is capped and says how many more there were. A fault in one place is
//! told once.

use super::json::{Json, shortened, step};
use super::{Location, MAX_NAME, Problem};
use crate::kinds::check::{self, Fault, all_of, grouped};
use crate::kinds::{Shape, Value};

/// The most problems that are told at once.
pub const MAX_TOLD: usize = 200;

/// The most characters of a path or a sentence.
const MAX_SHOWN: usize = 3000;

/// The faults so far.
#[derive(Debug, Default)]
pub struct Faults {
    told: Vec<Problem>,
    untold: usize,
}

impl Faults {
    /// Adds a fault at a path in the file; an empty path means the whole file.
    pub fn add(&mut self, code: &'static str, path: &str, text: impl Into<String>) {
        if self.told.len() >= MAX_TOLD {
            self.untold += 1;
            return;
        }
        let place = if path.is_empty() { Location::Whole } else { Location::File(clipped(path)) };
        self.told.push(Problem::error(code, place, clipped(&text.into())));
    }

    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// All problems, the last of them saying how many more there are.
    pub fn finish(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            let text = format!("And {} more; only the first {MAX_TOLD} are listed.", grouped(self.untold as f64));
            self.told.push(Problem::error("more", Location::Whole, text));
        }
        self.told
    }

    /// Checks a value of the file against a shape of the catalogue. On a fault: `None`.
    pub fn check(&mut self, shape: &Shape, json: &Json, path: &str) -> Option<Value> {
        let value = json.value();
        let mut found = Vec::new();
        check::check(shape, &value, path, &mut found);
        if found.is_empty() {
            return Some(value);
        }
        let endless = json.endless(path);
        for Fault { path, text } in found {
            let code = match text.as_str() {
                t if t.starts_with("is missing") => "missing",
                t if t.starts_with("is not a known field") => "unknown-field",
                _ => "not-allowed",
            };
            match endless.iter().find(|(place, _)| *place == path).zip(text.split_once(" is not allowed")) {
                Some(((_, digits), (_, rest))) => {
                    self.add(code, &path, format!("{} is not allowed{rest}", shortened(digits)));
                }
                None => self.add(code, &path, text),
            }
        }
        None
    }
}

/// A path or a sentence that fits a line and a terminal: keys from outside may be as long as the file and hold control characters.
fn clipped(text: &str) -> String {
    let mut out: String =
        text.chars().take(MAX_SHOWN).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// An object of the file with its path.
pub struct Object<'a> {
    pub path: String,
    pub fields: &'a [(String, Json)],
}

impl<'a> Object<'a> {
    /// `json` as an object with no fields but `known`; anything else is a fault.
    pub fn new(json: &'a Json, path: &str, known: &[&str], faults: &mut Faults) -> Option<Object<'a>> {
        let object = Object::any(json, path, faults)?;
        object.only(known, faults);
        Some(object)
    }

    /// Reports every field that is not `known`.
    pub fn only(&self, known: &[&str], faults: &mut Faults) {
        for (key, _) in self.fields.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let text = format!("is not a known field; known here: {}.", all_of(known.iter().copied()));
            faults.add("unknown-field", &self.at(key), text);
        }
    }

    /// `json` as an object with any fields.
    pub fn any(json: &'a Json, path: &str, faults: &mut Faults) -> Option<Object<'a>> {
        match json {
            Json::Map(fields) => Some(Object { path: path.to_owned(), fields }),
            other => {
                faults.add("not-allowed", path, format!("{} is not allowed; allowed: an object.", other.shown()));
                None
            }
        }
    }

    /// The path of a field.
    pub fn at(&self, key: &str) -> String {
        format!("{}{}", self.path, step(&self.path, key))
    }

    pub fn get(&self, key: &str) -> Option<&'a Json> {
        self.fields.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// A field that has to be there; `allowed` in words.
    pub fn needed(&self, key: &str, allowed: &str, faults: &mut Faults) -> Option<&'a Json> {
        let found = self.get(key);
        if found.is_none() {
            faults.add("missing", &self.at(key), format!("is missing; allowed: {allowed}."));
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
    pub fn list(&self, key: &str, most: usize, faults: &mut Faults) -> &'a [Json] {
        match self.get(key) {
            None => &[],
            Some(Json::List(items)) if items.len() <= most => items,
            Some(Json::List(items)) => {
                let text =
                    format!("has {} items; allowed: at most {}.", grouped(items.len() as f64), grouped(most as f64));
                faults.add("too-many", &self.at(key), text);
                &[]
            }
            Some(other) => {
                faults.add("not-allowed", &self.at(key), format!("{} is not allowed; allowed: a list.", other.shown()));
                &[]
            }
        }
    }

    /// A text of `least` to `most` characters without control characters, if it is there.
    pub fn text(&self, key: &str, least: usize, most: usize, faults: &mut Faults) -> Option<&'a str> {
        let json = self.get(key)?;
        let fits = |t: &str| (least..=most).contains(&t.chars().count()) && !t.chars().any(char::is_control);
        match json {
            Json::Text(text) if fits(text) => Some(text),
            other => {
                let text = format!("{} is not allowed; allowed: {}.", other.shown(), text_words(least, most));
                faults.add("not-allowed", &self.at(key), text);
                None
            }
        }
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
            Some(Json::Text(found)) if found == format => {}
            Some(other) => {
                faults.add("format", "format", format!("{} is not allowed; allowed: {allowed}.", other.shown()));
                if matches!(other, Json::Text(found) if found.starts_with("waiting-room/")) {
                    return false;
                }
            }
            None => {}
        }
        match self.needed("version", &version.to_string(), faults) {
            Some(Json::Number(_, found)) if *found == f64::from(version) => true,
            Some(Json::Number(digits, found)) if *found > f64::from(version) => {
                let digits = shortened(digits);
                let text = format!(
                    "{digits} is newer than this program; allowed: {version}. Read the file with a newer release."
                );
                faults.add("version", "version", text);
                false
            }
            Some(other) => {
                faults.add("version", "version", format!("{} is unknown; allowed: {version}.", other.shown()));
                true
            }
            None => true,
        }
    }
}

fn text_words(least: usize, most: usize) -> String {
    match least {
        0 => format!("a text of at most {most} characters, none of them a control character"),
        _ => format!("a text of {least} to {most} characters, none of them a control character"),
    }
}

/// The name of a thing from the file, in quotes, as a message shows it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", shortened(text))
}

/// A name that fits [`MAX_NAME`], if the object has one.
pub fn name<'a>(object: &Object<'a>, faults: &mut Faults) -> Option<&'a str> {
    object.text("name", 0, MAX_NAME, faults)
}
