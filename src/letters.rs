//! Letters that nobody sees: spaces of no width, marks that turn the direction of writing, soft hyphens and their like. A name with one of
//! them looks like another name, so wherever it is shown it is written out, as `\u200b`; JSON reads that as the letter it stands for.
//!
//! What belongs to the writing stays: joiners between letters of a script that joins, or between the pictures of an emoji, and the variants
//! of a sign. Lines and tabs are not looked at here.

use std::borrow::Cow;

/// The first and the last of each range, as Unicode has them: default ignorable code points, format controls, and blanks that are no spaces.
const UNSEEN: [(u32, u32); 19] = [
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x1_3430, 0x1_343f),
    (0x1_bca0, 0x1_bca3),
    (0x1_d173, 0x1_d17a),
    (0xe_0000, 0xe_0fff),
];

fn is_unseen(letter: char) -> bool {
    let code = u32::from(letter);
    code >= 0xad && UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&code))
}

/// Whether an unseen letter belongs to what stands before and after it.
fn belongs(letter: char, before: Option<char>, after: Option<char>) -> bool {
    let seen = |near: Option<char>| near.filter(|near| !near.is_whitespace() && !near.is_control());
    // All that joins lies beyond Latin; a variant of an emoji may stand before its joiner.
    let joins = |near: Option<char>| seen(near).is_some_and(|n| n > '\u{24f}' && (!is_unseen(n) || is_variant(n)));
    match letter {
        '\u{200c}' | '\u{200d}' => joins(before) && joins(after),
        // The letters of a flag's country follow a black flag.
        '\u{e0020}'..='\u{e007f}' => matches!(before, Some('\u{1f3f4}' | '\u{e0020}'..='\u{e007e}')),
        _ if is_variant(letter) => seen(before).is_some_and(|near| !is_unseen(near)),
        _ => false,
    }
}

fn is_variant(letter: char) -> bool {
    matches!(letter, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}')
}

/// Each letter, with whether it is one that nobody sees.
fn looked_at(text: &str) -> impl Iterator<Item = (char, bool)> + '_ {
    let mut before = None;
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let letter = rest.next()?;
        let unseen = is_unseen(letter) && !belongs(letter, before, rest.clone().next());
        before = Some(letter);
        Some((letter, unseen))
    })
}

/// The text with every letter that nobody sees written out.
///
/// ```
/// use waiting_room::letters::visible;
/// assert_eq!(visible("queue\u{200b}"), "queue\\u200b");
/// assert_eq!(visible("می\u{200c}رود 👩\u{200d}⚕\u{fe0f}"), "می\u{200c}رود 👩\u{200d}⚕\u{fe0f}");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !looked_at(text).any(|(_, unseen)| unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (letter, unseen) in looked_at(text) {
        if unseen {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                out += &format!("\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

/// The text without the letters that nobody sees: what somebody types or pastes as a name.
///
/// ```
/// use waiting_room::letters::seen;
/// assert_eq!(seen("\u{202e}queue\u{ad}s"), "queues");
/// ```
pub fn seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(looked_at(text).filter(|(_, unseen)| !unseen).map(|(letter, _)| letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_written_out_as_json_has_it() {
        for (raw, shown) in [
            ("a\u{200b}b", r"a\u200bb"),
            ("\u{202e}evil\u{202c}", r"\u202eevil\u202c"),
            ("soft\u{ad}hyphen", r"soft\u00adhyphen"),
            ("\u{feff}", r"\ufeff"),
            ("\u{2800}\u{3164}", r"\u2800\u3164"),
            ("a\u{200d}b", r"a\u200db"),
            ("ب\u{200d}", "ب\\u200d"),
            ("\u{fe0f}x", r"\ufe0fx"),
            ("x\u{fe0f}\u{fe0f}", "x\u{fe0f}\\ufe0f"),
            ("a\u{e0041}", r"a\udb40\udc41"),
        ] {
            assert_eq!(visible(raw), shown, "{shown}");
            assert_eq!(visible(&visible(raw)), shown, "once is enough");
            let read: String = serde_json::from_str(&format!("\"{shown}\"")).expect("it is JSON");
            assert_eq!(read, raw);
        }
    }

    #[test]
    fn what_belongs_to_the_writing_stays() {
        for text in [
            "plain",
            "Zürich",
            "مرحبا بالعالم",
            "שָׁלוֹם",
            "預約系統",
            "नमस्ते क्\u{200d}ष",
            "می\u{200c}خواهم",
            "👨\u{200d}👩\u{200d}👧 🏳\u{fe0f}\u{200d}🌈 1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "e\u{301}\u{302}",
            "two\tcells\nand a line",
        ] {
            assert_eq!(visible(text), text);
            assert_eq!(seen(text), text);
        }
    }

    #[test]
    fn what_is_typed_loses_it() {
        assert_eq!(seen("\u{200b}\u{200b}"), "");
        assert_eq!(seen("Que\u{ad}ue\u{2060} é"), "Queue é");
    }
}
