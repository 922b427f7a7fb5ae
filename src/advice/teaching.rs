//! Why a problem matters: one line of teaching for each code that the lint knows.
//!
//! Data beside the lint (`static/lint/teaching.json`), the same in every kata. Reading checks that every code has its line and no line is left
//! over, so a new rule without one fails a test with a sentence.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::advice::lint;

/// The file that is compiled in.
pub const FILE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/lint/teaching.json"));

/// A line of teaching.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// That of the problem it belongs to.
    pub code: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lines: Vec<Line>,
}

/// Reads a file of lines.
///
/// # Errors
/// In words: what is not as it is expected, a code that no problem has, one that has two lines or none.
pub fn read(text: &str) -> Result<Vec<Line>, String> {
    let file: File = serde_json::from_str(text).map_err(|error| format!("teaching.json: {error}"))?;
    let mut open: Vec<&str> = lint::codes().collect();
    for Line { code, .. } in &file.lines {
        match open.iter().position(|o| o == code) {
            Some(at) => drop(open.remove(at)),
            None if lint::codes().any(|c| c == code) => return Err(format!("teaching.json: “{code}” has two lines")),
            None => return Err(format!("teaching.json: no problem is called “{code}”")),
        }
    }
    match open.first() {
        Some(code) => Err(format!("teaching.json: nothing is said about “{code}”")),
        None => Ok(file.lines),
    }
}

/// All lines.
pub fn lines() -> &'static [Line] {
    static ALL: OnceLock<Vec<Line>> = OnceLock::new();
    ALL.get_or_init(|| read(FILE).unwrap_or_else(|error| panic!("{error}")))
}

/// Why a problem of this code matters; `None` for what is wrong with a file and not with a design.
pub fn line(code: &str) -> Option<&'static str> {
    lines().iter().find(|line| line.code == code).map(|line| line.text.as_str())
}
