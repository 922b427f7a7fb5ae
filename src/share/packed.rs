//! Packed text: deflate and base64url, for what travels in an address or in one line of a mail.
//!
//! The packed bytes end with a sum over them, so that a cut or altered text is found before anything of it is believed. What comes in is bounded
//! twice: in characters before it is looked at, and while it is unpacked, since deflate makes up to 1 029 bytes of one.
//!
//! Crates: `base64`, and `miniz_oxide` (safe Rust, the one behind flate2); the browser's own `CompressionStream` answers only later and has no
//! limit. Knows nothing of what the text says.

use std::error::Error;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::record::history::fnv;
use crate::say;

/// The longest packed text that is read, in characters.
pub const MAX_PACKED: usize = 64 * 1024;
/// The longest text that is unpacked, in bytes.
pub const MAX_UNPACKED: usize = 1 << 20;
/// How hard the packer tries, from 0 to 10.
const LEVEL: u8 = 9;
/// Bytes of the sum at the end.
const SUM: usize = 4;

/// Why a packed text is not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackFault {
    /// It has so many characters.
    TooLong(usize),
    /// It is more than [`MAX_UNPACKED`] when unpacked.
    TooLarge,
    /// Some of it is missing, or is not as it was written.
    Damaged,
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackFault::TooLong(long) => f.write_str(&say!("packed.too_long", long, most = MAX_PACKED)),
            PackFault::TooLarge => f.write_str(say!("packed.too_large")),
            PackFault::Damaged => f.write_str(say!("packed.damaged")),
        }
    }
}

impl Error for PackFault {}

/// A text in letters, digits, `-` and `_`.
pub fn pack(text: &str) -> String {
    let mut bytes = compress_to_vec(text.as_bytes(), LEVEL);
    let sum = sum(&bytes);
    bytes.extend(sum);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The text that was packed.
///
/// # Errors
/// If it is too long, too large, or not as `pack` wrote it.
pub fn unpack(packed: &str) -> Result<String, PackFault> {
    if packed.len() > MAX_PACKED {
        return Err(PackFault::TooLong(packed.len()));
    }
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| PackFault::Damaged)?;
    let (deflated, last) = bytes.split_last_chunk::<SUM>().ok_or(PackFault::Damaged)?;
    if sum(deflated) != *last {
        return Err(PackFault::Damaged);
    }
    let text = decompress_to_vec_with_limit(deflated, MAX_UNPACKED).map_err(|fault| match fault.status {
        TINFLStatus::HasMoreOutput => PackFault::TooLarge,
        _ => PackFault::Damaged,
    })?;
    String::from_utf8(text).map_err(|_| PackFault::Damaged)
}

/// Half of an FNV-1a of 64 bits.
fn sum(bytes: &[u8]) -> [u8; SUM] {
    let hash = fnv(bytes);
    ((hash >> 32) as u32 ^ hash as u32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back() {
        for text in ["", "a", "Grüße, 病院 🏥", &"x".repeat(MAX_UNPACKED)] {
            let packed = pack(text);
            assert!(packed.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{packed}");
            assert_eq!(unpack(&packed).as_deref(), Ok(text));
        }
    }

    /// A byte more than a MiB is refused, and so is what unpacks to a gigabyte: of that no more than the limit is ever made.
    #[test]
    fn unpacking_ends_at_the_limit() {
        assert_eq!(unpack(&pack(&"x".repeat(MAX_UNPACKED + 1))), Err(PackFault::TooLarge));
        let bomb = pack(&"\0".repeat(40 << 20));
        assert!(bomb.len() <= MAX_PACKED, "{} characters", bomb.len());
        assert_eq!(unpack(&bomb), Err(PackFault::TooLarge));
    }

    #[test]
    fn too_long_a_text_is_not_looked_at() {
        assert_eq!(unpack(&"A".repeat(MAX_PACKED + 1)), Err(PackFault::TooLong(MAX_PACKED + 1)));
    }

    /// Every byte cut off, and every character replaced by every other one, of a short text.
    #[test]
    fn what_is_not_as_it_was_written_is_damaged() {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ +/=%";
        let packed = pack(r#"{"scenario":"monday","seed":1}"#);
        for end in 0..packed.len() {
            assert_eq!(unpack(&packed[..end]), Err(PackFault::Damaged), "cut after {end}");
        }
        for at in 0..packed.len() {
            for letter in LETTERS.iter().filter(|letter| **letter != packed.as_bytes()[at]) {
                let mut altered = packed.clone().into_bytes();
                altered[at] = *letter;
                let altered = String::from_utf8(altered).expect("letters");
                assert_eq!(unpack(&altered), Err(PackFault::Damaged), "{altered}");
            }
        }
    }

    #[test]
    fn deflate_that_has_a_right_sum_and_no_sense_is_damaged() {
        for bytes in [&b""[..], b"\x07", b"\xff\xff\xff", b"\x63\x60\x60"] {
            let packed = URL_SAFE_NO_PAD.encode([bytes, &sum(bytes)].concat());
            assert_eq!(unpack(&packed), Err(PackFault::Damaged), "{bytes:?}");
        }
        let no_text = compress_to_vec(&[0xff, 0xfe], LEVEL);
        let packed = URL_SAFE_NO_PAD.encode([&no_text[..], &sum(&no_text)].concat());
        assert_eq!(unpack(&packed), Err(PackFault::Damaged));
    }
}
