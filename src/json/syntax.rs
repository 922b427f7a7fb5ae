//! What is wrong with a text that is no JSON: kinds, places and words.

use std::error::Error;
use std::fmt;

use crate::lang::Text;
use crate::{say, text};

/// What is wrong with a text that is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxKind {
    /// Nothing but white space.
    Empty,
    EndsBeforeValue,
    EndsInList,
    EndsInObject,
    EndsInText,
    NoCommaInList,
    NoCommaInObject,
    NoColon,
    NoValue,
    NoWord,
    NoKey,
    ExtraComma,
    AfterEnd,
    BadNumber,
    BadEscape,
    BadHex,
    LoneSurrogate,
    ControlCharacter,
    TooDeep,
}

/// Why a text is no JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    pub kind: SyntaxKind,
    /// From 1.
    pub line: usize,
    /// In characters from 1; where the text ends too early, that of its last character.
    pub column: usize,
}

impl SyntaxKind {
    /// What is wrong, in words that follow a colon.
    pub fn words(self) -> String {
        let text: &Text = match self {
            SyntaxKind::Empty => &text!("json.empty"),
            SyntaxKind::EndsBeforeValue => &text!("json.ends_before"),
            SyntaxKind::EndsInList => &text!("json.ends_in_list"),
            SyntaxKind::EndsInObject => &text!("json.ends_in_object"),
            SyntaxKind::EndsInText => &text!("json.ends_in_text"),
            SyntaxKind::NoCommaInList => &text!("json.comma_list"),
            SyntaxKind::NoCommaInObject => &text!("json.comma_object"),
            SyntaxKind::NoColon => &text!("json.colon"),
            SyntaxKind::NoValue => &text!("json.value"),
            SyntaxKind::NoWord => &text!("json.word"),
            SyntaxKind::NoKey => &text!("json.key"),
            SyntaxKind::ExtraComma => &text!("json.extra_comma"),
            SyntaxKind::AfterEnd => &text!("json.after_end"),
            SyntaxKind::BadNumber => &text!("json.bad_number"),
            SyntaxKind::BadEscape => &text!("json.escape"),
            SyntaxKind::BadHex => &text!("json.hex"),
            SyntaxKind::LoneSurrogate => &text!("json.half"),
            SyntaxKind::ControlCharacter => return say!("json.control", escape = "\\n"),
            SyntaxKind::TooDeep => &text!("json.deep"),
        };
        text.get().to_owned()
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Syntax { kind, line, column } = self;
        match kind {
            SyntaxKind::Empty => f.write_str(&say!("json.nothing", what = kind.words())),
            _ => f.write_str(&say!("json.at", line, column, what = kind.words())),
        }
    }
}

impl Error for Syntax {}
