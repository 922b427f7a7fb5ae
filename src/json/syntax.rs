//! What is wrong with a text that is no JSON: kinds, places and words.

use std::error::Error;
use std::fmt;

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
    pub fn words(self) -> &'static str {
        match self {
            SyntaxKind::Empty => "the file is empty",
            SyntaxKind::EndsBeforeValue => "the file ends where a value belongs",
            SyntaxKind::EndsInList => "the file ends inside a list: a ] is missing",
            SyntaxKind::EndsInObject => "the file ends inside an object: a } is missing",
            SyntaxKind::EndsInText => "the file ends inside a text: a \" is missing",
            SyntaxKind::NoCommaInList => "a comma or a ] belongs here",
            SyntaxKind::NoCommaInObject => "a comma or a } belongs here",
            SyntaxKind::NoColon => "a colon belongs here",
            SyntaxKind::NoValue => "a value belongs here: an object, a list, a text, a number, true, false or null",
            SyntaxKind::NoWord => "true, false or null belongs here",
            SyntaxKind::NoKey => "a field's name in double quotes belongs here",
            SyntaxKind::ExtraComma => "there is a comma too many",
            SyntaxKind::AfterEnd => "something follows after the end of the file's object",
            SyntaxKind::BadNumber => "this is not a number as JSON writes one",
            SyntaxKind::BadEscape => "this text has a \\ that begins no known escape",
            SyntaxKind::BadHex => "four hexadecimal digits belong after \\u",
            SyntaxKind::LoneSurrogate => {
                "this text has half of a character written as two, such as \\ud83d without its other half; write both or neither"
            }
            SyntaxKind::ControlCharacter => "a text holds a control character, such as a line break; write it as \\n",
            SyntaxKind::TooDeep => "objects and lists are nested too deeply; allowed: 127 levels",
        }
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Syntax { kind, line, column } = self;
        match kind {
            SyntaxKind::Empty => write!(f, "This is not JSON: {}.", kind.words()),
            _ => write!(f, "This is not JSON. Line {line}, column {column}: {}.", kind.words()),
        }
    }
}

impl Error for Syntax {}
