//! Letters that nobody sees: spaces of no width, marks that turn the direction of writing, soft hyphens and their like. A name with one of
//! them looks like another name, so wherever it is shown it is written out, as `\u200b`; JSON reads that as the letter it stands for.
//!
//! What belongs to the writing stays: joiners after letters of a script that joins, or after the pictures of an emoji, and the variants of
//! a sign. Lines and tabs are not looked at here.

use std::borrow::Cow;

/// Whether nobody sees a letter: default ignorable code points, format controls, and blanks that are no spaces, as Unicode has them; but for
/// what belongs to the letter before it.
fn is_unseen(letter: char, before: char) -> bool {
    match letter {
        // All that joins lies beyond Latin, and one joiner is enough.
        '\u{200c}' | '\u{200d}' => before <= '\u{24f}' || matches!(before, '\u{200b}'..='\u{200f}'),
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            before <= ' ' || before == letter
        }
        // The letters of a flag's country follow a black flag.
        '\u{e0020}'..='\u{e007f}' => before < '\u{1f3f4}',
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// Gives `take` each letter, with whether it is one that nobody sees.
fn look(text: &str, mut take: impl FnMut(char, bool)) {
    let mut before = ' ';
    for letter in text.chars() {
        take(letter, is_unseen(letter, before));
        before = letter;
    }
}

/// The text with every letter that nobody sees written out.
///
/// ```
/// use waiting_room::letters::visible;
/// assert_eq!(visible("queue\u{200b}"), "queue\\u200b");
/// assert_eq!(visible("می\u{200c}رود 👩\u{200d}⚕\u{fe0f}"), "می\u{200c}رود 👩\u{200d}⚕\u{fe0f}");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    look(text, |letter, unseen| match unseen {
        false => out.push(letter),
        true => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| write_out(*unit, &mut out)),
    });
    Cow::Owned(out)
}

/// `\u200b`, as JSON has it.
fn write_out(unit: u16, out: &mut String) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        out.push(char::from(b"0123456789abcdef"[usize::from(unit >> shift & 15)]));
    }
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
    let mut out = String::with_capacity(text.len());
    look(text, |letter, unseen| {
        if !unseen {
            out.push(letter);
        }
    });
    Cow::Owned(out)
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
