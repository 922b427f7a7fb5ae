//! Exchange: designs saved to files and opened from them: what a file is called, and what comes in from outside.
//!
//! Pure. What comes in is taken as a whole or refused with every fault in words; nothing of the learner's is touched by a refusal.

use crate::design::file::{self, MAX_BYTES};
use crate::design::{Design, Problem};
use crate::kinds::check::grouped;
use crate::say;

/// The longest name of a file before its ending, in characters.
const LONGEST: usize = 60;

/// A name for a file of this design, without an ending: letters and digits of its name, the rest as hyphens.
pub fn file_name(design: &Design) -> String {
    let mut name = String::new();
    for character in design.name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let short: String = name.chars().take(LONGEST).collect();
    match short.trim_end_matches('-') {
        "" => "waiting-room-design".to_owned(),
        name => name.to_owned(),
    }
}

/// Whether a file of so many bytes is worth reading; otherwise why not.
pub fn check_size(bytes: f64) -> Result<(), String> {
    if bytes <= MAX_BYTES as f64 {
        return Ok(());
    }
    Err(say!("exchange.too_large", bytes = grouped(bytes), most = grouped(MAX_BYTES as f64)))
}

/// The design in a file's text; otherwise every fault with its place.
pub fn read(text: &str) -> Result<Design, Vec<String>> {
    if text.trim().is_empty() {
        return Err(vec![say!("exchange.no_text", brace = "{")]);
    }
    file::read(text).map_err(|problems| problems.iter().map(Problem::to_string).collect())
}

/// The text of a file; otherwise why it is none.
pub fn text_of(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| say!("exchange.no_text_file").to_owned())
}

/// What is said when a design has been opened.
pub fn opened(design: &Design) -> String {
    let (parts, edges) = (design.nodes.len(), design.edges.len());
    let parts = say!("exchange.parts", plural = parts, n = parts);
    let edges = say!("exchange.connections", plural = edges, n = edges);
    match &*design.name {
        "" => say!("exchange.opened", parts, edges),
        name => say!("exchange.opened_named", name, parts, edges),
    }
}
