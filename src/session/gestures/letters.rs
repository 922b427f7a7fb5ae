//! The letter that a key stands for, whatever the keyboard's layout writes.
//!
//! On a Russian, Greek, Hebrew or Arabic layout the key that says Z in help writes another letter. There the place of the key counts, as it
//! does in other programs; where the layout writes a Latin letter, that letter does.

use crate::late::late;

late! {
    /// The name of a key as the list of keys has it: `key` is what the browser says it writes, `code` which key of the keyboard it is.
    pub fn name(key: &str, code: &str) -> String {
        let mut letters = key.chars();
        let alone = letters.next().filter(|_| letters.next().is_none());
        match code.strip_prefix("Key") {
            Some(place) if alone.is_some_and(is_of_other_script) => place.to_ascii_lowercase(),
            _ => key.to_owned(),
        }
    }
}

/// A letter that is not Latin: those with their accents lie below and among the ranges left out, as do arrows and other signs.
fn is_of_other_script(letter: char) -> bool {
    letter > '\u{2ff}' && !matches!(letter, '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{2bff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_another_script_is_the_latin_one_of_its_key() {
        for (key, code, named) in [
            ("я", "KeyZ", "z"),
            ("Я", "KeyZ", "z"),
            ("ζ", "KeyZ", "z"),
            ("ז", "KeyZ", "z"),
            ("ئ", "KeyZ", "z"),
            ("ผ", "KeyZ", "z"),
            ("з", "KeyP", "p"),
        ] {
            assert_eq!(name(key, code).as_deref(), Some(named), "{key}");
        }
    }

    #[test]
    fn a_latin_letter_a_sign_and_a_dead_key_are_what_they_are() {
        for (key, code) in [
            ("z", "KeyY"),
            ("Z", "KeyY"),
            ("ž", "KeyZ"),
            ("ế", "KeyP"),
            ("Dead", "KeyC"),
            ("Process", "KeyC"),
            ("لا", "KeyC"),
            ("←", "KeyY"),
            ("−", "Slash"),
            ("х", "BracketLeft"),
            ("Enter", "Enter"),
            ("", "KeyZ"),
        ] {
            assert_eq!(name(key, code).as_deref(), Some(key), "{key} on {code}");
        }
    }
}
