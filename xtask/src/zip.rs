//! A zip, as the package for course systems needs one: a few files, packed, with names in ASCII. The same files give the same bytes.
//!
//! The crate `zip` would bring seven others, which a fresh machine compiles before anything else; what packs and sums is here already
//! (`flate2`). Source: PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use crate::Outcome;

/// What is needed to read an entry: version 2.0, which has folders and deflate.
const VERSION: u16 = 20;
const DEFLATE: u16 = 8;
/// The first day that a zip can name, 1 January 1980: when it was built is nobody's business.
const DAY: u16 = 1 << 5 | 1;

/// The bytes of a zip with these files, in this order.
pub fn of(files: &[(&str, &[u8])]) -> Outcome<Vec<u8>> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = long(zip.len())?;
        let entry = entry(name, bytes)?;
        zip.extend(b"PK\x03\x04");
        zip.extend(&entry.head);
        zip.extend(name.as_bytes());
        zip.extend(entry.packed);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&entry.head);
        // No comment, on the first disk, nothing said of what it is.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size, count) = (long(zip.len())?, long(directory.len())?, short(files.len())?.to_le_bytes());
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend([count, count].concat());
    zip.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    zip.extend([0; 2]);
    Ok(zip)
}

struct Entry {
    /// What stands of it both before it and in the directory.
    head: Vec<u8>,
    packed: Vec<u8>,
}

fn entry(name: &str, bytes: &[u8]) -> Outcome<Entry> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    let packed = packed.map_err(|error| format!("{name} can't be packed: {error}"))?;
    let mut sum = Crc::new();
    sum.update(bytes);
    let mut head = Vec::new();
    for word in [VERSION, 0, DEFLATE, 0, DAY] {
        head.extend(word.to_le_bytes());
    }
    for word in [sum.sum(), long(packed.len())?, long(bytes.len())?] {
        head.extend(word.to_le_bytes());
    }
    for word in [short(name.len())?, 0] {
        head.extend(word.to_le_bytes());
    }
    Ok(Entry { head, packed })
}

fn long(size: usize) -> Outcome<u32> {
    u32::try_from(size).map_err(|_| "a zip of more than 4 GB is of another kind".to_owned())
}

fn short(size: usize) -> Outcome<u16> {
    u16::try_from(size).map_err(|_| "a zip has 65 535 files at the most".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes as the specification lays them out, by hand: one empty file `a`.
    #[test]
    fn a_zip_is_laid_out_as_the_specification_says() {
        let zip = of(&[("a", b"")]).expect("it is written");
        let head = [20, 0, 0, 0, 8, 0, 0, 0, 33, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        let wanted = [
            &b"PK\x03\x04"[..],
            &head,
            b"a",
            &[3, 0],
            b"PK\x01\x02\x14\0",
            &head,
            &[0; 14],
            b"a",
            b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x21\0\0\0\0\0",
        ];
        assert_eq!(zip, wanted.concat());
    }

    #[test]
    fn the_same_files_are_the_same_bytes_and_packed() {
        let page = "<p>".repeat(1_000);
        let [first, second] = [(); 2].map(|()| of(&[("b", page.as_bytes()), ("c", b"d")]).expect("it is written"));
        assert!(first == second && first.len() < 400, "{} bytes", first.len());
    }
}
