//! Finds the glossary's words in texts: whole words in any of a term's forms, the longest where several begin at the same place.
//!
//! A word ends where letters, digits, hyphens and apostrophes inside it do, so `retry` is found neither in “retrying” nor in “retry-storm”.
//! White space of any kind stands for any other, and a capital letter from A to Z for its small one. Knows nothing of how a term is shown.

use std::sync::OnceLock;

use super::builtin::glossary;
use super::learning::Term;
use crate::order::TextMap;

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRun<'t> {
    /// Text without a term.
    Plain(&'t str),
    /// As it stands in the text, and which term of the glossary it is.
    Term(&'t str, usize),
}

/// Every form of every term, by its first word.
struct Forms(TextMap<Vec<(Vec<String>, usize)>>);

impl Forms {
    fn of(terms: &[Term]) -> Forms {
        let mut forms: TextMap<Vec<(Vec<String>, usize)>> = TextMap::default();
        for (at, term) in terms.iter().enumerate() {
            for form in term.forms.iter().chain([&term.term]) {
                let words: Vec<String> = words(form).map(|(_, word)| word.to_ascii_lowercase()).collect();
                if let Some(first) = words.first() {
                    forms.entry(&first.clone()).push((words, at));
                }
            }
        }
        forms.values_mut().for_each(|all| crate::order::sort_by_key(all, |(words, _)| std::cmp::Reverse(words.len())));
        Forms(forms)
    }

    fn glossary() -> &'static Forms {
        static ALL: OnceLock<Forms> = OnceLock::new();
        ALL.get_or_init(|| Forms::of(glossary()))
    }

    /// The term that begins with word `at`: how many words it has, and which it is.
    fn find(&self, text: &str, all: &[(usize, &str)], at: usize) -> Option<(usize, usize)> {
        let candidates = self.0.get(&all[at].1.to_ascii_lowercase())?;
        let (form, term) = candidates.iter().find(|(form, _)| {
            let stretch = all.get(at..at + form.len());
            stretch.is_some_and(|stretch| {
                stretch.iter().zip(form).all(|((_, word), wanted)| word.to_ascii_lowercase() == *wanted)
                    && stretch.windows(2).all(|pair| only_space(text, pair[0], pair[1]))
            })
        })?;
        Some((form.len(), *term))
    }
}

/// Nothing but white space stands between two words.
fn only_space(text: &str, before: (usize, &str), after: (usize, &str)) -> bool {
    text[before.0 + before.1.len()..after.0].chars().all(char::is_whitespace)
}

/// The words of a text with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text[rest..].find(|c: char| c.is_alphanumeric())?;
        let to = text[from..].find(|c| !inside(c)).map_or(text.len(), |length| from + length);
        rest = to;
        // A quote or a dash at the end is not the word's.
        Some((from, text[from..to].trim_end_matches(['-', '\'', '’'])))
    })
}

/// Marks the terms of texts that are read one after the other, each term once: where it first stands.
#[derive(Debug, Default)]
pub struct Marker {
    marked: Vec<usize>,
}

impl Marker {
    /// The pieces of a text, which put together are the text again.
    pub fn runs<'t>(&mut self, text: &'t str) -> Vec<TextRun<'t>> {
        let forms = Forms::glossary();
        let all: Vec<(usize, &str)> = words(text).collect();
        let (mut runs, mut plain, mut at) = (Vec::new(), 0, 0);
        while at < all.len() {
            let Some((length, term)) = forms.find(text, &all, at) else {
                at += 1;
                continue;
            };
            let (from, last) = (all[at].0, all[at + length - 1]);
            let to = last.0 + last.1.len();
            if !self.marked.contains(&term) {
                self.marked.push(term);
                if plain < from {
                    runs.push(TextRun::Plain(&text[plain..from]));
                }
                runs.push(TextRun::Term(&text[from..to], term));
                plain = to;
            }
            at += length;
        }
        if plain < text.len() {
            runs.push(TextRun::Plain(&text[plain..]));
        }
        runs
    }
}
