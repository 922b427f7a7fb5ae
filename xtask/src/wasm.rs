//! Takes out of a wasm file what is not published in it: the functions' names, a fifth of its size and of use only in a stack trace, and the
//! second module, which `xtask/bindgen` has put at its end.
//!
//! The compiler's own `strip` would also take the section that tells wasm-bindgen which features are used, so this is done last.
//! A file that isn't laid out as expected is an error; it is never half written.

use crate::Outcome;

/// The eight bytes every wasm file of this version starts with.
const START: &[u8] = b"\0asm\x01\0\0\0";

/// The custom section in which the second module lies.
const LATE: &[u8] = b"waiting-room-late";

/// A module without the second one in it, and that one; both without names unless they are to stay.
pub fn parted(wasm: &[u8], names: bool) -> Outcome<(Vec<u8>, Option<Vec<u8>>)> {
    let (first, late) = without(wasm, LATE)?;
    let done = |module: Vec<u8>| if names { Ok(module) } else { without(&module, b"name").map(|(module, _)| module) };
    Ok((done(first)?, late.map(done).transpose()?))
}

/// The same module without the custom section of a name, and what that section holds.
fn without(wasm: &[u8], name: &[u8]) -> Outcome<(Vec<u8>, Option<Vec<u8>>)> {
    let broken = || "the wasm file is not laid out as expected".to_owned();
    let mut rest = wasm.strip_prefix(START).ok_or_else(broken)?;
    let (mut out, mut taken) = (START.to_vec(), None);
    while let Some((&kind, after)) = rest.split_first() {
        let (length, body) = number(after).ok_or_else(broken)?;
        let (body, next) = body.split_at_checked(length).ok_or_else(broken)?;
        match named(body, name).filter(|_| kind == 0) {
            Some(held) => taken = Some(held.to_vec()),
            None => out.extend_from_slice(&rest[..rest.len() - next.len()]),
        }
        rest = next;
    }
    Ok((out, taken))
}

/// What a custom section of this name holds.
fn named<'a>(body: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (length, text) = number(body)?;
    text.split_at_checked(length).filter(|(own, _)| *own == name).map(|(_, held)| held)
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

    fn section(name: &[u8], held: &[u8]) -> Vec<u8> {
        [&[0, (name.len() + 1 + held.len()) as u8, name.len() as u8], name, held].concat()
    }

    #[test]
    fn only_the_names_go() {
        let code = [10, 3, 1, 2, 3];
        let module = [START, &section(b"name", b"x"), &code, &section(b"producers", b"x")].concat();
        let stripped = [START, &code[..], &section(b"producers", b"x")].concat();
        assert_eq!(parted(&module, false), Ok((stripped, None)));
        assert_eq!(parted(&module, true), Ok((module, None)));
    }

    #[test]
    fn the_second_module_is_taken_out_whole() {
        let code = [10, 3, 1, 2, 3];
        let late = [START, &section(b"name", b"f"), &code].concat();
        let module = [START, &code, &section(LATE, &late)].concat();
        assert_eq!(parted(&module, true), Ok(([START, &code].concat(), Some(late))));
        assert_eq!(parted(&module, false), Ok(([START, &code].concat(), Some([START, &code].concat()))));
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        assert!(parted(&[START, &[10, 9, 1]].concat(), false).is_err());
        assert!(parted(b"<!DOCTYPE html>", false).is_err());
    }
}
