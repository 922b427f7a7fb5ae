//! Reads `words.json`: what the kata calls things.

use super::reading::{list_of_texts, pairs};
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Problem};
use crate::json::Value;
use crate::vocabulary::Vocabulary;

/// Letters of a word at most: they stand on cards.
const MAX_WORD: usize = 14;
const FIELDS: &[&str] = &["item", "person", "service", "day", "period", "twice", "forms"];

/// Reads the file.
///
/// # Errors
/// Every problem, with its place.
pub fn read(value: &Value) -> Result<Vocabulary, Vec<Problem>> {
    whole(value, |value, faults| {
        faults.examine(value);
        let top = Object::new(value, "", FIELDS, faults)?;
        let (item, person) = (pair(&top, "item", faults), pair(&top, "person", faults));
        let (service, day) = (pair(&top, "service", faults), pair(&top, "day", faults));
        let period = top.needed_text("period", MAX_WORD, faults).map(str::to_owned);
        let twice = pair(&top, "twice", faults);
        let forms = top.get("forms").map_or_else(Vec::new, |_| pairs(&top, "forms", faults));
        Some(Vocabulary {
            item: item?,
            person: person?,
            service: service?,
            day: day?,
            period: period?,
            twice: twice?,
            forms,
        })
    })
}

/// A noun, one and many.
fn pair(top: &Object<'_>, key: &str, faults: &mut Faults) -> Option<[String; 2]> {
    let count = top.get(key).and_then(Value::list).map_or(2, <[Value]>::len);
    if count != 2 {
        faults.add(Code::NotAllowed, key, format!("has {count} texts; allowed: two, for one and for many."));
    }
    list_of_texts(top, key, MAX_WORD, faults).try_into().ok()
}
