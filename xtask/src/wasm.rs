//! Takes the functions' names out of a wasm file: a fifth of its size, of use only in a stack trace.
//!
//! The compiler's own `strip` would also take the section that tells wasm-bindgen which features are used, so this is done last.
//! A file that isn't laid out as expected is an error; it is never half written.

use crate::Outcome;

/// The eight bytes every wasm file of this version starts with.
const START: &[u8] = b"\0asm\x01\0\0\0";

/// The same module without its custom section `name`.
pub fn without_names(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let broken = || "the wasm file is not laid out as expected".to_owned();
    let mut rest = wasm.strip_prefix(START).ok_or_else(broken)?;
    let mut out = START.to_vec();
    while let Some((&kind, after)) = rest.split_first() {
        let (length, body) = number(after).ok_or_else(broken)?;
        let (body, next) = body.split_at_checked(length).ok_or_else(broken)?;
        if !(kind == 0 && is_named(body, b"name")) {
            out.extend_from_slice(&rest[..rest.len() - next.len()]);
        }
        rest = next;
    }
    Ok(out)
}

fn is_named(body: &[u8], name: &[u8]) -> bool {
    number(body).is_some_and(|(length, text)| text.get(..length) == Some(name))
}

/// A number in LEB128, of at most 32 bits, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0u64;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_go() {
        let section = |name: &[u8]| [&[0, name.len() as u8 + 2, name.len() as u8], name, b"x"].concat();
        let code = [10, 3, 1, 2, 3];
        let module = [START, &section(b"name"), &code, &section(b"producers")].concat();
        assert_eq!(without_names(&module), Ok([START, &code[..], &section(b"producers")].concat()));
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        assert!(without_names(&[START, &[10, 9, 1]].concat()).is_err());
        assert!(without_names(b"<!DOCTYPE html>").is_err());
    }
}
