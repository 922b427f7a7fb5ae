//! What the kata in hand calls things: a booking, a patient, a clinic, a Monday; or an order, a customer, a kitchen, a Friday.
//!
//! No text in Rust has such a word in it. It names one of the [`Word`]s below instead, which a kata's `words.json` says: in a format string by
//! their constants (`format!("{ITEMS} a second")`, with a capital letter as `{ITEMS:#}`), in tables by [`filled`] (`"{Items} a second"`). A
//! program has one vocabulary, as it has one kata; natively the waiting room's, if no other was loaded before anything asked.
//!
//! Knows nothing of what else a kata says.

use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A word that the kata says, in one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    noun: Noun,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Noun {
    Item,
    Person,
    Service,
    Day,
    Period,
    Twice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    One,
    Many,
    Article,
}

macro_rules! words {
    ($($(#[$about:meta])* $name:ident = $noun:ident $form:ident, $token:literal;)*) => {
        $($(#[$about])* pub const $name: Word = Word { noun: Noun::$noun, form: Form::$form };)*
        /// Every word, by its name in the tables' texts.
        const TOKENS: &[(&str, Word)] = &[$(($token, $name)),*];
    };
}

words! {
    /// What flows: `booking`.
    ITEM = Item One, "item";
    /// `bookings`.
    ITEMS = Item Many, "items";
    /// `a booking`.
    AN_ITEM = Item Article, "an item";
    /// Who asks for it: `patient`.
    PERSON = Person One, "person";
    /// `patients`.
    PEOPLE = Person Many, "people";
    /// `a patient`.
    A_PERSON = Person Article, "a person";
    /// Who confirms it, outside the system: `clinic`.
    SERVICE = Service One, "service";
    /// `clinics`.
    SERVICES = Service Many, "services";
    /// `a clinic`.
    A_SERVICE = Service Article, "a service";
    /// One seed: `Monday`.
    DAY = Day One, "day";
    /// `Mondays`.
    DAYS = Day Many, "days";
    /// `a Monday`.
    A_DAY = Day Article, "a day";
    /// The part of the day that a run is: `morning`.
    PERIOD = Period One, "period";
    /// What a second confirmation comes to, after “was”: `made twice`.
    TWICE = Twice One, "twice";
    /// The same as a goal's name: `Booked twice`.
    TWICE_NAMED = Twice Many, "twice named";
}

/// What `words.json` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// What flows, one and many.
    pub item: [String; 2],
    /// Who asks for it.
    pub person: [String; 2],
    /// Who confirms it.
    pub service: [String; 2],
    /// One seed.
    pub day: [String; 2],
    /// The part of the day that a run is.
    pub period: String,
    /// What a second confirmation comes to, after “was” and as a goal's name.
    pub twice: [String; 2],
    /// Other forms of these, for a language that has more: `{einen person}` in its texts is `einen Patienten`.
    pub forms: Vec<(String, String)>,
}

static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();

impl Vocabulary {
    /// Words that fit any kata, for what is said of one whose own can't be read.
    pub fn neutral() -> Vocabulary {
        let pair = |one: &str| [one.to_owned(), format!("{one}s")];
        Vocabulary {
            item: pair("request"),
            person: pair("user"),
            service: pair("service"),
            day: pair("day"),
            period: "run".to_owned(),
            twice: ["served twice", "Served twice"].map(str::to_owned),
            forms: Vec::new(),
        }
    }
}

/// Takes the words of the kata in hand; those that came first stay.
pub fn load(words: Vocabulary) {
    drop(VOCABULARY.set(words));
}

/// The words of the kata in hand.
///
/// # Panics
/// If there are none: a programmer's mistake.
fn vocabulary() -> &'static Vocabulary {
    VOCABULARY.get_or_init(compiled_in)
}

#[cfg(any(test, feature = "builtin-kata"))]
fn compiled_in() -> Vocabulary {
    let file = crate::json::read(include_str!("../static/katas/waiting-room/words.json")).expect("the file is JSON");
    let texts = |key: &str| file.get(key).and_then(crate::json::Value::list).expect("a list");
    let pair = |key: &str| [0, 1].map(|at| texts(key)[at].text().expect("a text").to_owned());
    let text = |key: &str| file.get(key).and_then(crate::json::Value::text).expect("a text").to_owned();
    Vocabulary {
        item: pair("item"),
        person: pair("person"),
        service: pair("service"),
        day: pair("day"),
        period: text("period"),
        twice: pair("twice"),
        forms: Vec::new(),
    }
}

#[cfg(not(any(test, feature = "builtin-kata")))]
fn compiled_in() -> Vocabulary {
    panic!("no kata was loaded")
}

impl Word {
    fn plain(self) -> &'static str {
        let all = vocabulary();
        let [one, many] = match self.noun {
            Noun::Item => &all.item,
            Noun::Person => &all.person,
            Noun::Service => &all.service,
            Noun::Day => &all.day,
            Noun::Period => return &all.period,
            Noun::Twice => &all.twice,
        };
        if self.form == Form::Many { many } else { one }
    }
}

/// As it stands in a sentence; `{:#}` begins one.
impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        let text = match self.form {
            Form::Article if plain.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) => {
                format!("an {plain}")
            }
            Form::Article => format!("a {plain}"),
            Form::One | Form::Many => plain.to_owned(),
        };
        if f.alternate() { f.write_str(&upper_first(&text)) } else { f.write_str(&text) }
    }
}

/// A table's text with the kata's words: `{items}`, or with a capital letter `{Items}`, `{a person}`, `{service}` and so on.
pub fn filled(text: &'static str) -> &'static str {
    /// Texts with words in them stand in tables, so there is a bounded number of them; each is made once.
    static MADE: Mutex<Vec<(&'static str, &'static str)>> = Mutex::new(Vec::new());
    if !text.contains('{') {
        return text;
    }
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, known)) = made.iter().find(|(from, _)| std::ptr::eq(*from, text)) {
        return known;
    }
    let new: &'static str = Box::leak(with_words(text).into_boxed_str());
    made.push((text, new));
    new
}

/// A text with the kata's words; a brace that names none stays as it is.
pub fn with_words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let found = after.split_once('}').and_then(|(token, after)| Some((token, word_of(token)?, after)));
        out += before;
        let Some((token, word, after)) = found else {
            out.push('{');
            rest = after;
            continue;
        };
        out += &if token.starts_with(|c: char| c.is_ascii_uppercase()) { upper_first(&word) } else { word };
        rest = after;
    }
    out + rest
}

/// What a name in a text stands for: a form that the kata has for it, or one of the words above.
fn word_of(token: &str) -> Option<String> {
    let form = vocabulary().forms.iter().find(|(name, _)| name.eq_ignore_ascii_case(token));
    let word = || TOKENS.iter().find(|(name, _)| name.eq_ignore_ascii_case(token));
    form.map(|(_, said)| said.clone()).or_else(|| word().map(|(_, word)| word.to_string()))
}

/// The words at the start of a sentence.
pub fn upper_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| std::iter::once(first.to_ascii_uppercase()).chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_said_in_all_their_forms() {
        assert_eq!(
            format!("{AN_ITEM:#} of {A_PERSON}: {ITEMS} for the {SERVICE}'s"),
            "A booking of a patient: bookings for the clinic's"
        );
        assert_eq!(filled("{Items} a second; {an item} on {days}"), "Bookings a second; a booking on Mondays");
        assert_eq!(filled("no word"), "no word");
    }
}
