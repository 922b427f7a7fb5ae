//! Why a problem matters: one line of teaching for each code that the lint knows.
//!
//! Data beside the katas (`static/katas/teaching.json`), the same in every one but for the kata's words, which are put in; a page holds it in the
//! block with its kata. Reading checks that every code has its line, but for those whose line would be a remedy, and no line is left over, so a
//! new rule without one fails a test with a sentence.

use std::sync::OnceLock;

use crate::advice::lint;
use crate::design::file::faults::{Faults, Object, whole};
use crate::design::{Code, Problem};
use crate::json::Value;
use crate::vocabulary::with_words;

/// Problems whose line would name what mends them. That is help's to say, a rung at a time ([`crate::kata::rungs`]).
const REMEDIES: [Code; 3] = [Code::NoJitter, Code::NoDeadLetters, Code::NoBreaker];
/// The longest line, in characters.
const MAX_LINE: usize = 400;
/// The most lines.
const MAX_LINES: usize = 500;

/// A line of teaching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// That of the problem it belongs to.
    pub code: Code,
    pub text: String,
}

/// Reads a file of lines.
///
/// # Errors
/// What is not as it is expected, a code that no problem of a design has, one that has two lines or none; each with its place.
pub fn read(value: &Value) -> Result<Vec<Line>, Vec<Problem>> {
    whole(value, read_lines)
}

fn read_lines(value: &Value, faults: &mut Faults) -> Option<Vec<Line>> {
    faults.examine(value);
    let top = Object::new(value, "", &["lines"], faults)?;
    let list = top.needed_list("lines", "a list of objects with code and text", MAX_LINES, faults);
    let mut lines: Vec<Line> = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let Some(line) = Object::new(value, &format!("lines[{at}]"), &["code", "text"], faults) else { continue };
        let key = line.needed_text("code", MAX_LINE, faults);
        let text = line.needed_text("text", MAX_LINE, faults);
        let (Some(key), Some(text)) = (key, text) else { continue };
        match lint::codes().find(|code| code.key() == key) {
            None => faults.add(Code::UnknownCode, &line.at("code"), format!("no problem is called “{key}”")),
            Some(code) if REMEDIES.contains(&code) => {
                faults.add(
                    Code::NotAllowed,
                    &line.at("code"),
                    "is mended by a part; help says so, and no line of teaching",
                );
            }
            Some(code) if lines.iter().any(|line| line.code == code) => {
                faults.add(Code::Duplicate, &line.at("code"), format!("“{key}” has two lines"));
            }
            Some(code) => lines.push(Line { code, text: with_words(text) }),
        }
    }
    let explained = lint::codes().filter(|code| !REMEDIES.contains(code));
    for code in explained.filter(|code| lines.iter().all(|line| line.code != *code)) {
        faults.add(Code::Unexplained, "lines", format!("nothing is said about “{code}”"));
    }
    Some(lines)
}

static LINES: OnceLock<Vec<Line>> = OnceLock::new();

/// Takes the lines, for as long as the program runs.
///
/// # Panics
/// If there are lines already: a programmer's mistake.
pub fn load(lines: Vec<Line>) {
    assert!(LINES.set(lines).is_ok(), "lines are loaded once, before anything asks for them");
}

/// All lines.
///
/// # Panics
/// If there are none: a programmer's mistake.
pub fn lines() -> &'static [Line] {
    LINES.get_or_init(compiled_in)
}

/// The file that is compiled in.
#[cfg(any(test, feature = "builtin-kata"))]
pub const FILE: &str = include_str!("../../static/katas/teaching.json");

#[cfg(any(test, feature = "builtin-kata"))]
fn compiled_in() -> Vec<Line> {
    let value = crate::json::read(FILE).unwrap_or_else(|fault| panic!("teaching.json: {fault}"));
    read(&value).unwrap_or_else(|problems| panic!("teaching.json: {problems:?}"))
}

#[cfg(not(any(test, feature = "builtin-kata")))]
fn compiled_in() -> Vec<Line> {
    panic!("no lines of teaching were loaded")
}

/// Why a problem of this code matters; `None` for what is wrong with a file and not with a design.
pub fn line(code: Code) -> Option<&'static str> {
    lines().iter().find(|line| line.code == code).map(|line| line.text.as_str())
}
