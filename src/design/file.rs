//! Design files: reading with every fault at once, writing.

use super::{Design, Problem};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Reads a design file. On failure: every problem, with its place in the file.
pub fn read(_text: &str) -> Result<Design, Vec<Problem>> {
    todo!()
}

/// Writes a design file: pretty JSON that [`read`] reads back to the same design.
pub fn write(_design: &Design) -> String {
    todo!()
}
