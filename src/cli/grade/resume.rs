//! `--resume`: what an earlier output has, by the keys of its rows.
//!
//! A key follows from all that a row's figures follow from, so a row is taken over for the same design under any file's name, and never for
//! another scenario, other seeds or another engine. An output whose writing was stopped ends in the middle of a line; that line is passed over.

use std::collections::BTreeMap;
use std::fs;

use super::cell::Cell;
use crate::cli::output::{self, Stop};
use crate::cli::text::decode;
use crate::json;

/// The cells of an earlier output.
///
/// # Errors
/// If the file can't be read, or has no row at all and is not empty.
pub fn read(name: &str) -> Result<BTreeMap<String, Cell>, Stop> {
    let refused = |why: String| Stop::Unusable(format!("{name}: {why}"));
    let bytes = fs::read(name).map_err(|error| refused(format!("can't be read: {error}")))?;
    // A letter that was cut in two is part of the line that was.
    let whole = match std::str::from_utf8(&bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    let text = decode(bytes[..whole].to_vec()).map_err(refused)?;
    let mut cells = BTreeMap::new();
    let (mut rows, mut wrong) = (0, Vec::new());
    for (line, number) in text.trim_start_matches('\u{feff}').split_inclusive('\n').zip(1..) {
        match row(line) {
            Some(cell) => {
                rows += 1;
                cells.extend(cell);
            }
            None if line.ends_with('\n') && !line.trim().is_empty() => wrong.push(number),
            None => {}
        }
    }
    let what = "of `kata grade --format ndjson`";
    match wrong[..] {
        [first, ..] if rows == 0 => Err(refused(format!("line {first} is no row {what}."))),
        [] => Ok(cells),
        [first, ..] => {
            let count = wrong.len();
            output::complain(&format!(
                "{name}: lines that are no rows {what} are passed over: {count}, the first is {first}."
            ));
            Ok(cells)
        }
    }
}

/// What a line has: a key and its cell, or nothing where the row is one of an error. `None` if it is no row.
fn row(line: &str) -> Option<Option<(String, Cell)>> {
    let row = json::read(line).ok()?;
    let (_, key) = (row.get("file")?, row.get("key")?);
    match key.text() {
        None => Some(None),
        Some(key) => Some(Some((key.to_owned(), Cell::from_row(&row)?))),
    }
}
