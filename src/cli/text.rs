//! Bytes of a file as text: UTF-8, or UTF-16 that says so with its byte order mark. What is neither is told in words.

/// How other files begin that are handed in by mistake.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
];
/// The byte order marks of UTF-32.
const UTF_32: [[u8; 4]; 2] = [[0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]];

/// The text of a file.
///
/// # Errors
/// Why it is none, as the end of a sentence that begins with the file's name.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if let Some((_, what)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(format!("the file is {what}, not text."));
    }
    if UTF_32.iter().any(|mark| bytes.starts_with(mark)) {
        return Err("the file is UTF-32 text; allowed: UTF-8, or UTF-16 with its mark.".to_owned());
    }
    match bytes[..] {
        [0xff, 0xfe, ..] => utf16(&bytes[2..], u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(&bytes[2..], u16::from_be_bytes),
        // A letter of ASCII in UTF-16 has one byte 0: no text in UTF-8 begins so.
        [a, b, ..] if (a == 0) != (b == 0) => {
            Err("the file looks like UTF-16 text without its byte order mark; save it as UTF-8.".to_owned())
        }
        _ => String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            format!("the file is not UTF-8 text: byte {at} begins no character.")
        }),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (units, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = units.iter().copied().map(unit).collect();
    let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
    text.ok_or_else(|| "the file has the mark of UTF-16 text, and is not: save it as UTF-8.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_by_its_mark_in_both_orders() {
        let text = "{\"name\": \"Müller 𝄞\"}\r\n";
        let little: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [little.clone(), big, text.as_bytes().to_vec()] {
            assert_eq!(decode(bytes), Ok(text.to_owned()));
        }
        let told = |bytes: &[u8]| decode(bytes.to_vec()).expect_err("no text");
        assert!(told(&little[2..]).contains("without its byte order mark"));
        assert!(told(&little[..little.len() - 1]).contains("mark of UTF-16"), "half a letter");
        assert!(told(&[0xff, 0xfe, 0, 0xd8, b'a', 0]).contains("mark of UTF-16"), "half a pair");
        assert!(told(&[0xff, 0xfe, 0, 0, b'a', 0, 0, 0]).contains("UTF-32"));
    }

    #[test]
    fn what_is_no_text_is_told() {
        let told = |bytes: &[u8]| decode(bytes.to_vec()).expect_err("no text");
        assert_eq!(told(b"\x89PNG\r\n\x1a\n"), "the file is a PNG picture, not text.");
        assert_eq!(told(b"{\"a\": \"\xe9\"}"), "the file is not UTF-8 text: byte 7 begins no character.");
        assert_eq!(decode(Vec::new()), Ok(String::new()));
        assert_eq!(decode(vec![b'{']), Ok("{".to_owned()));
    }
}
