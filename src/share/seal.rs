//! The seal of a stored text: a number that grows with each text that is written, and a checksum over all that stands before it.
//!
//! A text is written as several copies. The number says which is the newest, the checksum whether it is whole. The seal is the last field of the
//! text, which stays JSON, and is the same in every version from the second on; a text of the first version has none and counts as number 0.

use crate::json::Value;
use crate::record::history::fingerprint;
use crate::share::unreadable::Unreadable;

const MARK: &str = ",\"seal\":\"";
const END: &str = "\"}";
/// Digits of the checksum.
const SUM: usize = 16;
/// Digits of a number at most: the database's script reads it too.
const MOST_DIGITS: usize = 14;
/// The version whose texts have no seal.
const UNSEALED: u64 = 1;

struct Seal {
    number: u64,
    holds: bool,
}

/// A text with its seal. `text` is a JSON object with at least one field.
pub fn sealed(text: &str, number: u64) -> String {
    let body = text.strip_suffix('}').unwrap_or(text);
    format!("{body}{MARK}{number}.{}{END}", sum(body, number))
}

/// A text that stands in something that is whole, as it is read: that vouches for it.
pub fn vouched(text: &str) -> String {
    sealed(text.trim(), 1)
}

/// The number of a text, as it says; 0 where it says none.
pub fn number(text: &str) -> u64 {
    of(text).map_or(0, |seal| seal.number)
}

fn sum(body: &str, number: u64) -> String {
    fingerprint(&format!("{number}{body}"))
}

fn of(text: &str) -> Option<Seal> {
    let rest = text.strip_suffix(END)?;
    let (rest, found) = rest.split_at_checked(rest.len().checked_sub(SUM)?)?;
    let rest = rest.strip_suffix('.')?;
    let before = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &rest[before.len()..];
    let body = before.strip_suffix(MARK)?;
    let number = digits.parse().ok().filter(|_| digits.len() <= MOST_DIGITS)?;
    Some(Seal { number, holds: sum(body, number) == found })
}

/// Whether a text of this value can be read by a page that reads up to version `newest`.
///
/// # Errors
/// If it is a newer page's; or broken, in the words `damaged` or `unknown`.
pub fn check(text: &str, value: &Value, newest: u64, damaged: &str, unknown: &str) -> Result<(), Unreadable> {
    let broken = |what: &str| Err(Unreadable::Broken(what.to_owned()));
    match (value.get("version").and_then(Value::whole), of(text).map(|seal| seal.holds)) {
        (Some(UNSEALED), _) => Ok(()),
        (None | Some(0), _) => broken(unknown),
        (Some(_), Some(false)) => broken(damaged),
        (Some(version), _) if version > newest => Err(Unreadable::Newer(version)),
        (Some(_), None) => broken(damaged),
        (Some(_), Some(true)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_seal_holds_until_anything_is_changed() {
        let text = sealed("{\"version\":2,\"a\":\"ü\"}", 7);
        assert_eq!(text, "{\"version\":2,\"a\":\"ü\",\"seal\":\"7.0f9df04476de0f43\"}");
        assert!(json::read(&text).is_ok());
        assert_eq!(number(&text), 7);
        let holds = |text: &str| of(text).is_some_and(|seal| seal.holds);
        assert!(holds(&text));
        for (from, to) in [("ü", "u"), ("7.", "8."), ("7.", "17."), ("43\"", "44\""), ("\"a\"", "\"b\"")] {
            assert!(!holds(&text.replacen(from, to, 1)), "{from} to {to}");
        }
    }

    #[test]
    fn what_is_no_seal_is_number_nothing() {
        let long = sealed("{\"a\":1}", u64::MAX);
        for text in ["", "}", "{}", "\"}", "{\"a\":1}", "{\"seal\":\"7\"}", "ü\"}", &"ü".repeat(20), &long] {
            assert_eq!(number(text), 0, "{text}");
        }
    }
}
