//! A number that is being typed: when it takes effect, and what happens to one that can't be.
//!
//! What is typed takes effect on Enter, when the field is left, or after a pause of [`PAUSE_MS`]; never letter by letter. Something impossible
//! never takes effect: the value before stays, the text stays in the field with what is allowed, and once the field is left the value before
//! stands there again, with words that say so. Escape goes back to the value in force.
//!
//! Pure: the time comes from outside, and what a text means is asked of `read`, which gives the text as the page writes it, or what is wrong.
//! Knows no field and no browser.

use crate::{lang, say};

/// After so many milliseconds without a letter, what was typed takes effect.
pub const PAUSE_MS: f64 = 1_000.0;

/// What is wrong with a text, and what is allowed.
pub type Read<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// Why what was typed is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Enter,
    Leave,
    Pause,
}

/// What follows.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing: nothing was typed, it says what is in force already, or it was refused before.
    Nothing,
    /// Not yet; check again in so many milliseconds.
    Wait(f64),
    /// The text takes effect.
    Commit(String),
    /// It can't be; the words say why, what is allowed, and what stays.
    Refused(String),
}

/// A field's text while it is not simply the value in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    text: Option<String>,
    /// When the last letter came, in milliseconds.
    at_ms: f64,
    /// It was looked at since the last letter.
    settled: bool,
    /// What is wrong with it, as the learner has read it.
    wrong: Option<String>,
    /// The same of a text that has gone: the value before stands in the field.
    gone: Option<String>,
}

impl Typed {
    /// A letter more or less. A mark stays until the text can be; words about it come with the pause. Gives how long that is.
    pub fn edit(&mut self, text: String, now_ms: f64, read: Read) -> f64 {
        if read(&text).is_ok() {
            self.wrong = None;
        }
        *self = Typed { text: Some(text), at_ms: now_ms, settled: false, wrong: self.wrong.take(), gone: None };
        PAUSE_MS
    }

    /// Checks what was typed. `in_force` is the value in force as the page writes it.
    pub fn settle(&mut self, cause: Cause, now_ms: f64, in_force: &str, read: Read) -> Outcome {
        let Some(text) = self.text.clone() else { return Outcome::Nothing };
        let waited = now_ms - self.at_ms;
        if cause == Cause::Pause && !self.settled && waited < PAUSE_MS {
            return Outcome::Wait(PAUSE_MS - waited);
        }
        let new = !std::mem::replace(&mut self.settled, true);
        if cause == Cause::Leave {
            self.text = None;
        }
        match read(&text) {
            Ok(written) => {
                self.wrong = None;
                if cause == Cause::Enter {
                    // It is done: as the page writes it, `08:50` for `0850`.
                    self.text = None;
                }
                if new && written != in_force { Outcome::Commit(text) } else { Outcome::Nothing }
            }
            Err(why) if cause == Cause::Leave => {
                let words = match in_force {
                    "" => say!("typed.stays_empty", why),
                    value => say!("typed.stays", why, value),
                };
                (self.wrong, self.gone) = (None, Some(words.clone()));
                Outcome::Refused(words)
            }
            Err(_) if !new && cause == Cause::Pause => Outcome::Nothing,
            Err(why) => {
                let words = match in_force.is_empty() {
                    true => why,
                    false => say!("typed.in_force", why, value = in_force),
                };
                self.wrong = Some(words.clone());
                Outcome::Refused(words)
            }
        }
    }

    /// Escape: back to the value in force. False if nothing had been typed that is not in force.
    pub fn restore(&mut self) -> bool {
        let pending = self.text.is_some() && (!self.settled || self.wrong.is_some());
        *self = Typed::default();
        pending
    }

    /// Typed, and neither in force nor refused.
    pub fn is_pending(&self) -> bool {
        self.text.is_some() && !self.settled
    }

    /// Another value is in force: what stayed is over.
    pub fn follow(&mut self) {
        self.gone = None;
    }

    /// The field was left with something impossible in it, and nothing was typed since.
    pub fn gone(&self) -> Option<&str> {
        self.gone.as_deref()
    }

    /// What is wrong with the text in the field.
    pub fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// The text for the field: as typed, until it is done or another one is in force.
    pub fn shown(&self, in_force: &str, read: Read) -> String {
        match &self.text {
            Some(text) if !self.settled || self.wrong.is_some() || read(text).as_deref() == Ok(in_force) => {
                text.clone()
            }
            _ => in_force.to_owned(),
        }
    }
}

/// Units of time and their milliseconds; of two that end alike the longer one comes first.
const TIMES: [(&str, f64); 4] = [("ms", 1.0), ("min", 6e4), ("s", 1e3), ("h", 3.6e6)];

/// What was typed, as a number: thousands may stand apart and the fraction begin as the spoken language writes them, the unit may follow. A time
/// may be in another unit than the field's: `6 s` is 6000 where it is asked for in ms.
pub fn number(text: &str, unit: &str) -> Option<f64> {
    let text = text.trim();
    if let Some((_, own)) = TIMES.iter().find(|(name, _)| *name == unit)
        && let Some((time, ms)) = TIMES.iter().find_map(|(name, ms)| Some((text.strip_suffix(name)?, ms)))
    {
        // 0.1 min is 6 s, not 6.000000000000001.
        return bare(time).map(|n| libm::round(n * ms / own * 1e9) / 1e9);
    }
    bare(text.strip_suffix(unit).unwrap_or(text))
}

/// A number without a unit.
fn bare(text: &str) -> Option<f64> {
    let plain = plain(text).replace('−', "-");
    let looks_like_one =
        !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    crate::decimal::read(&plain).filter(|n| looks_like_one && n.is_finite())
}

/// The same for a whole number from 0 on, to the last digit.
pub fn whole(text: &str) -> Option<u64> {
    let plain = plain(text);
    plain.chars().all(|c| c.is_ascii_digit()).then(|| plain.parse().ok()).flatten()
}

/// Without what stands between thousands, and with a point before the fraction. In a language with a comma there, a point that does not stand
/// between thousands begins a fraction too.
fn plain(text: &str) -> String {
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = joined.split_once(lang::decimal()).map_or((&*joined, None), |(w, f)| (w, Some(f)));
    let mut plain = if is_grouped(whole) { whole.replace(lang::group(), "") } else { whole.to_owned() };
    if let Some(fraction) = fraction {
        plain.push('.');
        plain += fraction;
    }
    plain
}

/// Whether the sign between thousands stands where they begin, and nowhere else.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.trim_start_matches(['-', '−', '+']).split(lang::group());
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && digits(first)
        && groups.all(|g| g.len() == 3 && digits(g))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::THIN;
    use crate::kinds::check::grouped;

    /// Whole numbers from 10 to 100.
    fn read(text: &str) -> Result<String, String> {
        match whole(text) {
            Some(n @ 10..=100) => Ok(n.to_string()),
            Some(n) => Err(format!("{n} is not allowed; allowed: 10 to 100.")),
            None => Err("That is not a number.".to_owned()),
        }
    }

    #[test]
    fn what_a_language_writes_as_a_number_is_read_as_that_number() {
        for group in ['.', THIN] {
            let plural = |_| "other".to_owned();
            lang::set(Some(lang::Language { tag: "xx".to_owned(), lines: Vec::new(), decimal: ',', group, plural }));
            for n in [2.5, 0.125, 4000.0, 12_345.0, 1_234_567.5] {
                assert_eq!(number(&grouped(n), ""), Some(n), "{group:?}");
            }
            assert_eq!((number("2.5", ""), whole(&grouped(12_345.0)), whole("2,5")), (Some(2.5), Some(12_345), None));
        }
        lang::set(None);
    }

    /// A field with a value in force, and what was done with it.
    struct Field {
        typed: Typed,
        value: String,
        now_ms: f64,
        messages: Vec<String>,
    }

    impl Field {
        fn new() -> Field {
            Field { typed: Typed::default(), value: "90".to_owned(), now_ms: 0.0, messages: Vec::new() }
        }

        fn types(&mut self, text: &str) -> &mut Field {
            self.typed.edit(text.to_owned(), self.now_ms, &read);
            self
        }

        fn waits(&mut self, ms: f64) -> &mut Field {
            self.now_ms += ms;
            self.does(Cause::Pause)
        }

        fn does(&mut self, cause: Cause) -> &mut Field {
            match self.typed.settle(cause, self.now_ms, &self.value, &read) {
                Outcome::Commit(text) => {
                    self.value = read(&text).expect("only what can be takes effect");
                    self.messages.push(format!("={}", self.value));
                }
                Outcome::Refused(words) => self.messages.push(words),
                Outcome::Nothing | Outcome::Wait(_) => {}
            }
            self
        }

        fn shown(&self) -> String {
            self.typed.shown(&self.value, &read)
        }
    }

    #[test]
    fn takes_effect_on_enter_on_leaving_or_after_a_pause_and_once() {
        for cause in [Cause::Enter, Cause::Leave] {
            let mut field = Field::new();
            field.types("8").types("80");
            assert_eq!((field.value.as_str(), field.shown().as_str()), ("90", "80"));
            field.does(cause).does(Cause::Leave).waits(5_000.0);
            assert_eq!(field.messages, ["=80"]);
            // Done: as the page writes it.
            field.types("070").does(cause);
            assert_eq!((field.value.as_str(), field.shown().as_str()), ("70", "70"));
        }
        let mut field = Field::new();
        field.types("1").waits(999.0).types("12").waits(999.0);
        assert_eq!(field.messages, [""; 0], "each letter begins the pause anew");
        field.waits(1.0).waits(1_000.0).does(Cause::Leave);
        assert_eq!(field.messages, ["=12"]);
    }

    #[test]
    fn something_impossible_leaves_the_value_before_and_says_what_is_allowed_once() {
        let mut field = Field::new();
        field.types("3").types("3x");
        assert_eq!(field.typed.wrong(), None, "nothing is said while one types");
        field.waits(1_000.0).waits(1_000.0);
        assert_eq!(field.messages, ["That is not a number. In force: 90."]);
        assert_eq!((field.shown().as_str(), field.typed.wrong().is_some()), ("3x", true));
        field.types("3");
        assert!(field.typed.wrong().is_some(), "the mark stays until the text can be");
        field.types("30");
        assert_eq!(field.typed.wrong(), None);
        field.does(Cause::Enter);
        assert_eq!(field.value, "30");
    }

    #[test]
    fn leaving_with_something_impossible_says_what_stays() {
        let mut field = Field::new();
        field.types("8").does(Cause::Leave);
        assert_eq!(field.messages, ["8 is not allowed; allowed: 10 to 100. 90 stays."]);
        assert_eq!((field.shown().as_str(), field.typed.wrong()), ("90", None));
        assert!(field.typed.gone().is_some());
        field.typed.follow();
        assert_eq!(field.typed.gone(), None);
    }

    #[test]
    fn escape_goes_back_to_what_is_in_force() {
        let mut field = Field::new();
        field.types("8");
        assert!(field.typed.restore());
        field.waits(1_000.0).does(Cause::Leave);
        assert_eq!((field.shown().as_str(), field.messages.len()), ("90", 0));
        field.types("80").does(Cause::Enter);
        assert!(!field.typed.restore(), "what is in force is not Escape's to take back");
    }

    #[test]
    fn the_same_number_typed_in_another_way_changes_nothing() {
        let mut field = Field::new();
        field.types("090").does(Cause::Enter);
        assert_eq!((field.messages.len(), field.shown().as_str()), (0, "90"), "done, as the page writes it");
        field.value = "70".to_owned();
        assert_eq!(field.shown(), "70", "an undo is seen in the field");
    }

    #[test]
    fn numbers_are_read_as_the_language_writes_them() {
        let lines = Vec::new();
        let plural = |_| "other".to_owned();
        lang::set(Some(lang::Language { tag: "de".to_owned(), lines, decimal: ',', group: '.', plural }));
        for (text, value) in [("0,5", 0.5), ("−2,25", -2.25), ("12.000 ms", 12_000.0), ("1.234.567,5", 1_234_567.5)] {
            assert_eq!(number(text, "ms"), Some(value), "{text}");
        }
        // A point that separates no thousands is one before a fraction.
        for (text, value) in [("0.5", 0.5), ("1.25", 1.25), ("0.125", 0.125), ("1 000", 1_000.0)] {
            assert_eq!(number(text, ""), Some(value), "{text}");
        }
        for text in ["1,2,3", "1.2,3.4", "1.2.3", ",", "1,5x"] {
            assert_eq!(number(text, ""), None, "{text}");
        }
        assert_eq!((whole("12.000"), whole("1,5"), whole("1.5")), (Some(12_000), None, None));
        for value in [0.5, 1_234.0, 12_345.678, -98_765_432.1] {
            assert_eq!(number(&crate::kinds::check::grouped(value), ""), Some(value), "what the page writes is read");
        }
        assert_eq!(crate::kinds::check::grouped(12_345.5), "12.345,5");
        lang::set(None);
        assert_eq!((number("0,5", ""), number("12.000", "")), (None, Some(12.0)));
    }

    #[test]
    fn numbers_are_read_with_their_unit_and_with_spaces() {
        assert_eq!(number("12 000 ms", "ms"), Some(12_000.0));
        assert_eq!(number("1\u{202f}000", ""), Some(1_000.0));
        assert_eq!(number("−2.5", ""), Some(-2.5));
        for text in ["0,5", "3x", "", "inf", "1e999", "0x10"] {
            assert_eq!(number(text, "ms"), None, "{text}");
        }
        assert_eq!(
            (whole("18446744073709551615"), whole("-1"), whole("+1"), whole("")),
            (Some(u64::MAX), None, None, None)
        );
    }

    #[test]
    fn a_time_is_read_in_the_unit_that_was_typed() {
        let in_ms = [("6 s", 6e3), ("6s", 6e3), ("0.1 min", 6e3), ("1 h", 3.6e6), ("7", 7.0), ("7\u{a0}ms", 7.0)];
        in_ms.iter().for_each(|(text, ms)| assert_eq!(number(text, "ms"), Some(*ms), "{text}"));
        assert_eq!(
            (number("500 ms", "s"), number("0.1 min", "s"), number("7 min", "min")),
            (Some(0.5), Some(6.0), Some(7.0))
        );
        for (text, unit) in [("6 s", ""), ("6 s", "%"), ("6 sms", "ms"), ("s", "ms"), ("6 m", "ms")] {
            assert_eq!(number(text, unit), None, "{text} in {unit:?}");
        }
    }

    /// A language with commas for fractions and points between thousands.
    #[test]
    fn numbers_are_read_as_the_spoken_language_writes_them() {
        lang::set(Some(lang::Language {
            tag: "xx".to_owned(),
            lines: Vec::new(),
            decimal: ',',
            group: '.',
            plural: |_| String::new(),
        }));
        for (text, means) in
            [("0,5", 0.5), ("1.000", 1e3), ("−12.345.678,25", -12_345_678.25), ("1.5", 1.5), ("12000", 12e3)]
        {
            assert_eq!(number(text, ""), Some(means), "{text}");
        }
        assert_eq!((whole("12.000"), whole("1.2"), number("1,2,3", "")), (Some(12_000), None, None));
        lang::set(None);
    }
}
