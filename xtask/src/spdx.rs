//! Licence expressions, as packages state them: which licences one is used under.
//!
//! Of alternatives that one is taken which stands first in [`ALLOWED`]. A licence that isn't there can't be shipped.

use crate::Outcome;

/// A licence that we may ship under.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Licence {
    /// Its name in SPDX.
    pub id: &'static str,
    /// What only its own text says.
    pub mark: &'static str,
}

/// The licences that we may ship under, the simplest first.
pub const ALLOWED: [Licence; 4] = [
    Licence { id: "MIT", mark: "Permission is hereby granted, free of charge, to any" },
    Licence { id: "Apache-2.0", mark: "Apache License Version 2.0, January 2004" },
    Licence { id: "Unicode-3.0", mark: "UNICODE LICENSE V3" },
    Licence { id: "OFL-1.1", mark: "SIL OPEN FONT LICENSE Version 1.1" },
];

/// The expression in SPDX's own form: older packages separate alternatives with a stroke.
pub fn plain(expression: &str) -> String {
    expression.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

/// The licences that what is under this expression is used under, in [`ALLOWED`]'s order.
pub fn chosen(expression: &str) -> Outcome<Vec<&'static Licence>> {
    let plain = plain(expression).replace('(', " ( ").replace(')', " ) ");
    let mut words = plain.split_whitespace().peekable();
    let found = either(&mut words);
    if words.next().is_some() {
        return Err(format!("the licence `{expression}` can't be read"));
    }
    let Some(mut ranks) = found else { return Err(format!("nothing may be shipped under `{expression}`")) };
    ranks.sort_unstable();
    ranks.dedup();
    Ok(ranks.into_iter().map(|rank| &ALLOWED[rank]).collect())
}

/// Ranks of licences that must all be kept; none where that isn't allowed.
type Ranks = Option<Vec<usize>>;
type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words) -> Ranks {
    let mut best = both(words);
    while words.next_if_eq(&"OR").is_some() {
        // The one whose hardest licence is the simplest; the earlier of equals.
        let other = both(words);
        best = [best, other].into_iter().flatten().min_by_key(|ranks| ranks.iter().copied().max());
    }
    best
}

fn both(words: &mut Words) -> Ranks {
    let mut all = one(words);
    while words.next_if_eq(&"AND").is_some() {
        let other = one(words);
        all = all.zip(other).map(|(all, other)| [all, other].concat());
    }
    all
}

fn one(words: &mut Words) -> Ranks {
    let word = words.next()?;
    if word == "(" {
        let inside = either(words);
        return words.next_if_eq(&")").and(inside);
    }
    // An exception only permits more.
    if words.next_if_eq(&"WITH").is_some() {
        words.next();
    }
    ALLOWED.iter().position(|licence| licence.id == word).map(|rank| vec![rank])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(expression: &str) -> Vec<&'static str> {
        chosen(expression).expect("allowed").iter().map(|licence| licence.id).collect()
    }

    #[test]
    fn of_alternatives_the_simplest_is_taken_and_of_sums_all() {
        assert_eq!(ids("MIT"), ["MIT"]);
        assert_eq!(ids("Apache-2.0 OR MIT"), ["MIT"]);
        assert_eq!(ids("MIT/Apache-2.0"), ["MIT"]);
        assert_eq!(ids("Apache-2.0 OR BSL-1.0"), ["Apache-2.0"]);
        assert_eq!(ids("Apache-2.0 WITH LLVM-exception"), ["Apache-2.0"]);
        assert_eq!(ids("(MIT OR Apache-2.0) AND Unicode-3.0"), ["MIT", "Unicode-3.0"]);
        assert_eq!(ids("(Apache-2.0 AND MIT) OR Unlicense"), ["MIT", "Apache-2.0"]);
    }

    #[test]
    fn what_is_not_on_the_list_is_refused() {
        for expression in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "", "MIT Apache-2.0"] {
            chosen(expression).expect_err(expression);
        }
    }
}
