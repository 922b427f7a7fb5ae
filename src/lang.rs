//! The texts of the page, in the language that it speaks. `static/lang/en.txt` has them all; the code names them by their keys.
//!
//! ```text
//! say!("runs.kept")                      a text: &'static str
//! say!("runs.of", n = 3, of = total)     one with names in it: String
//! say!("runs.count", plural = n, n = count(n))    the variant that goes with the number n
//! text!("runs.kept")                     a text for a table: Text, said by `.get()`
//! ```
//!
//! The build makes a table of the English file (`build.rs`). A key that is not in it, a name that is missing or one too many is found by the
//! compiler, and each English text lies in the module that says it: a place in the code costs what the text itself would. Another language is
//! found by the English text ([`file::hash`]); the page fetches it before it starts ([`set`]), the command line speaks English.
//!
//! Knows how a text is put together, not what it says; numbers come as words already ([`mod@crate::format`]).

#[path = "lang/file.rs"]
pub mod file;

use std::cell::Cell;
use std::fmt::{Display, Write};

use crate::vocabulary;

/// Between thousands, in English: a narrow no-break space.
pub const THIN: char = '\u{202f}';

/// The English texts by their keys, in the keys' order: the text in one line, the names in it, whether it has variants.
pub type Entry = (&'static str, &'static str, &'static [&'static str], bool);

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A language other than English.
#[derive(Debug)]
pub struct Language {
    /// Its tag, as in `lang="de"`.
    pub tag: String,
    /// Its texts, packed, by the hash of the English ones, in the order of these.
    pub lines: Vec<(u32, &'static str)>,
    /// Between whole and fraction.
    pub decimal: char,
    /// Between thousands.
    pub group: char,
    /// The category of `Intl.PluralRules` that a number is of.
    pub plural: fn(f64) -> String,
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

/// Speaks a language from now on: every text is its. `None` is English.
pub fn set(language: Option<Language>) {
    SPOKEN.set(language.map(|language| &*Box::leak(Box::new(language))));
}

/// The language that is spoken, unless it is English.
pub fn spoken() -> Option<&'static Language> {
    SPOKEN.get()
}

/// The words in the middle of a sentence; another language may write its nouns with a capital, so there they stay as they are.
pub fn lower_first(words: &str) -> String {
    if spoken().is_some() {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| std::iter::once(first.to_ascii_lowercase()).chain(chars).collect())
}

/// Between thousands.
pub fn group() -> char {
    spoken().map_or(THIN, |language| language.group)
}

/// Between whole and fraction.
pub fn decimal() -> char {
    spoken().map_or('.', |language| language.decimal)
}

/// A text for a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    english: &'static str,
    order: u32,
}

impl Text {
    /// The text of a key, into which these names are put.
    ///
    /// # Panics
    /// When compiled: if there is no such text, it has other names, or its number is missing or one too many.
    pub const fn named(key: &str, given: &[&str], plural: bool) -> Text {
        let (_, english, names, variants) = TEXTS[find(key)];
        assert!(variants == plural, "a text with variants takes `plural = number`, any other doesn't");
        assert!(names.len() == given.len(), "static/lang/en.txt has other names in this text");
        let (mut order, mut at) = (0, 0);
        while at < names.len() {
            let mut from = 0;
            while from < given.len() && !same(names[at], given[from]) {
                from += 1;
            }
            assert!(from < given.len(), "static/lang/en.txt has other names in this text");
            // What stands at its place is 0, so that most orders are.
            order |= ((from ^ at) as u32) << (4 * at);
            at += 1;
        }
        Text { english, order }
    }

    /// In English whatever is spoken: as a machine reads it, in the head of a CSV.
    pub const fn english(self) -> &'static str {
        self.english
    }

    /// Where each name's value stands among those given, four bits each.
    pub const fn order(self) -> u32 {
        self.order
    }

    /// A text without names in it.
    pub fn get(&self) -> &'static str {
        said(self.english)
    }

    /// With what is put in.
    pub fn with(&self, values: &[&dyn Display]) -> String {
        said_with(self.english, self.order, values)
    }

    /// The text piece by piece, for what is put in as an element.
    pub fn pieces(self) -> impl Iterator<Item = Piece<'static>> {
        pieces(self.get(), self.order)
    }
}

/// The line of an English text in the language that is spoken. Of texts that read the same in English, `none|of them`, what stands behind the
/// `|` tells which it is.
fn line(english: &'static str) -> &'static str {
    let line = spoken().map_or(english, |language| {
        let at = language.lines.binary_search_by_key(&file::hash(english), |(hash, _)| *hash);
        at.map_or(english, |at| language.lines[at].1)
    });
    line.split_once('|').map_or(line, |(text, _)| text)
}

/// What an English text says.
#[inline(never)]
pub fn said(english: &'static str) -> &'static str {
    vocabulary::filled(line(english))
}

/// The same with what is put in.
#[inline(never)]
pub fn said_with(english: &'static str, order: u32, values: &[&dyn Display]) -> String {
    fill(line(english), order, values)
}

/// The variant that goes with a number, with what is put in.
#[inline(never)]
pub fn counted(english: &'static str, order: u32, number: f64, values: &[&dyn Display]) -> String {
    let category = match spoken() {
        Some(language) => (language.plural)(number),
        None => if number == 1.0 { "one" } else { "other" }.to_owned(),
    };
    let variants = || line(english).split(file::VARIANT).filter_map(|variant| variant.split_once(file::IS));
    let of = |wanted: &str| variants().find(|(category, _)| *category == wanted);
    fill(of(&category).or_else(|| of("other")).map_or("", |(_, text)| text), order, values)
}

fn fill(line: &str, order: u32, values: &[&dyn Display]) -> String {
    let mut out = String::new();
    for piece in pieces(line, order) {
        match piece {
            Piece::Words(words) if words.contains('{') => out += &vocabulary::with_words(words),
            Piece::Words(words) => out += words,
            Piece::Put(at) => write!(out, "{}", values[at]).expect("a String takes everything"),
        }
    }
    out
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it is.
    Words(&'a str),
    /// The given value of this place is put in.
    Put(usize),
}

fn pieces(line: &str, order: u32) -> impl Iterator<Item = Piece<'_>> {
    let is_name = |c: char| (file::FIRST as u32..file::FIRST as u32 + file::MOST as u32).contains(&(c as u32));
    line.split_inclusive(is_name).flat_map(move |piece| {
        let name = piece.chars().next_back().filter(|c| is_name(*c));
        let words = &piece[..piece.len() - name.map_or(0, char::len_utf8)];
        let put = name.map(|name| {
            let at = name as u32 - file::FIRST as u32;
            Piece::Put((at ^ (order >> (4 * at)) & 15) as usize)
        });
        (!words.is_empty()).then_some(Piece::Words(words)).into_iter().chain(put)
    })
}

/// The place of a key in [`TEXTS`].
const fn find(key: &str) -> usize {
    let (mut low, mut high) = (0, TEXTS.len());
    while low < high {
        let middle = low.midpoint(high);
        match compare(TEXTS[middle].0, key) {
            0 => return middle,
            1 => high = middle,
            _ => low = middle + 1,
        }
    }
    panic!("static/lang/en.txt has no text of this key")
}

const fn same(one: &str, other: &str) -> bool {
    compare(one, other) == 0
}

/// 0 if they are the same, 1 if the first comes after, 2 if it comes before.
const fn compare(one: &str, other: &str) -> u8 {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return if one[at] > other[at] { 1 } else { 2 };
        }
        at += 1;
    }
    if one.len() == other.len() {
        0
    } else if one.len() > other.len() {
        1
    } else {
        2
    }
}

/// A text of `static/lang/en.txt` by its key, for a table; said by [`Text::get`].
#[macro_export]
macro_rules! text {
    ($key:literal $(, $name:ident)* $(,)?) => {
        const { $crate::lang::Text::named($key, &[$(stringify!($name)),*], false) }
    };
}

/// Says a text of `static/lang/en.txt` by its key: a `&'static str`, or a `String` if something is put in; see the head of `src/lang.rs`.
#[macro_export]
macro_rules! say {
    ($key:literal $(,)?) => {
        $crate::lang::said(const { $crate::lang::Text::named($key, &[], false).english() })
    };
    ($key:literal, plural = $number:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::lang::counted(
            const { $crate::lang::Text::named($key, &[$(stringify!($name)),*], true).english() },
            const { $crate::lang::Text::named($key, &[$(stringify!($name)),*], true).order() },
            $number as f64,
            &[$(&$crate::say!(@ $name $(= $value)?)),*],
        )
    };
    ($key:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {
        $crate::lang::said_with(
            const { $crate::lang::Text::named($key, &[$(stringify!($name)),*], false).english() },
            const { $crate::lang::Text::named($key, &[$(stringify!($name)),*], false).order() },
            &[$(&$crate::say!(@ $name $(= $value)?)),*],
        )
    };
    (@ $name:ident = $value:expr) => { $value };
    (@ $name:ident) => { $name };
}

#[cfg(test)]
pub(crate) mod tests;
