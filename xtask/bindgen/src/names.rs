//! Short names for what a module imports: wasm-bindgen's, such as `__wbg_activeElement_6c30fe7fda33ef51`, stand in the module and in its
//! script, and their hashes can't be packed.

use walrus::Module;

use crate::links::Outcome;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

/// Gives each import a short name; returns the old names with the new ones.
pub fn shorten(module: &mut Module) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for import in module.imports.iter_mut() {
        let new = letters(names.len());
        names.push((std::mem::replace(&mut import.name, new.clone()), new));
    }
    names
}

/// The script with the new names where it defines the old ones, a line each.
pub fn renamed(script: &str, names: &[(String, String)]) -> Outcome<String> {
    let mut out = String::with_capacity(script.len());
    let mut left: std::collections::HashMap<&str, &str> =
        names.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    for line in script.split_inclusive('\n') {
        let definition = line.trim_start().split_once(": ");
        match definition.and_then(|(name, rest)| Some((left.remove(name)?, rest))) {
            Some((new, rest)) => {
                out.push_str(new);
                out.push_str(": ");
                out.push_str(rest);
            }
            None => out.push_str(line),
        }
    }
    match left.keys().next() {
        Some(name) => Err(format!("the script doesn't define {name}")),
        None => Ok(out),
    }
}

/// a, b, … z, aa, ab, …
fn letters(mut number: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.insert(0, LETTERS[number % LETTERS.len()]);
        if number < LETTERS.len() {
            return String::from_utf8(out).expect("letters are text");
        }
        number = number / LETTERS.len() - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_a_name_of_its_own() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    }

    #[test]
    fn names_change_where_they_are_defined_alone() {
        let names = [("__wbg_a_0".to_owned(), "a".to_owned()), ("__wbg_b_1".to_owned(), "b".to_owned())];
        let script = "{\n  __wbg_a_0: function() { return __wbg_b_1; },\n  __wbg_b_1: f,\n}\n";
        assert_eq!(renamed(script, &names), Ok("{\na: function() { return __wbg_b_1; },\nb: f,\n}\n".to_owned()));
        assert!(renamed("{}", &names).is_err());
    }
}
