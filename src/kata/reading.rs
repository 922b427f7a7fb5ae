//! What the readers of a kata's files have in common: lists of texts and of pairs.

use crate::design::file::faults::{Faults, Object};

/// The longest text of a kata, in characters.
pub const MAX_TEXT: usize = 4000;
/// The most items of a list.
pub const MAX_ITEMS: usize = 500;

/// A list of texts that has to be there.
pub fn texts(object: &Object<'_>, key: &str, faults: &mut Faults) -> Vec<String> {
    list_of_texts(object, key, MAX_TEXT, faults)
}

/// A list of texts of at most so many letters that has to be there.
pub fn list_of_texts(object: &Object<'_>, key: &str, most: usize, faults: &mut Faults) -> Vec<String> {
    let list = object.needed_list(key, "a list of texts", MAX_ITEMS, faults);
    let path = object.at(key);
    let one = |(at, value)| faults.text(value, &format!("{path}[{at}]"), 1, most).map(str::to_owned);
    list.iter().enumerate().filter_map(one).collect()
}

/// A list of `[name, text]` that has to be there.
pub fn pairs(object: &Object<'_>, key: &str, faults: &mut Faults) -> Vec<(String, String)> {
    const ALLOWED: &str = "[name, text]";
    let list = object.needed_list(key, &format!("a list of {ALLOWED}"), MAX_ITEMS, faults);
    let mut found = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let path = format!("{}[{at}]", object.at(key));
        let Some([name, text]) = value.list() else {
            faults.refuse(&path, value, ALLOWED);
            continue;
        };
        let name = faults.text(name, &format!("{path}[0]"), 1, MAX_TEXT);
        let text = faults.text(text, &format!("{path}[1]"), 0, MAX_TEXT);
        found.extend(name.zip(text).map(|(name, text)| (name.to_owned(), text.to_owned())));
    }
    found
}
