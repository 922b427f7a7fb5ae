//! Reads JSON as RFC 8259 has it, into a [`Value`].
//!
//! A byte order mark in front is skipped. Nesting is bounded by [`MAX_DEPTH`], so no text can exhaust the stack.

use super::{Syntax, SyntaxKind, Value};

/// The most levels of lists and objects within each other.
pub const MAX_DEPTH: usize = 127;

/// Reads a text.
///
/// # Errors
/// The first thing that is no JSON, with its place.
pub fn read(text: &str) -> Result<Value, Syntax> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0 };
    reader.whole().map_err(|kind| {
        let ends = matches!(
            kind,
            SyntaxKind::EndsBeforeValue | SyntaxKind::EndsInList | SyntaxKind::EndsInObject | SyntaxKind::EndsInText
        );
        let before = if ends { text.trim_end() } else { &text[..reader.at] };
        let line = before.rsplit('\n').next().unwrap_or_default();
        let column = line.chars().count() + usize::from(!ends);
        Syntax { kind, line: before.matches('\n').count() + 1, column: column.max(1) }
    })
}

type Read<T> = Result<T, SyntaxKind>;

/// A text and how far it is read; on a fault, where the fault is.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn whole(&mut self) -> Read<Value> {
        if self.next_sign().is_none() {
            return Err(SyntaxKind::Empty);
        }
        let value = self.value(0)?;
        match self.next_sign() {
            None => Ok(value),
            Some(_) => Err(SyntaxKind::AfterEnd),
        }
    }

    /// The byte at hand.
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte that is no white space.
    fn next_sign(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.peek()
    }

    /// A value within `depth` lists and objects.
    fn value(&mut self, depth: usize) -> Read<Value> {
        match self.next_sign() {
            None => Err(SyntaxKind::EndsBeforeValue),
            Some(b'{' | b'[') if depth == MAX_DEPTH => Err(SyntaxKind::TooDeep),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.list(depth + 1),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) => Err(SyntaxKind::NoValue),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Read<Value> {
        if !self.text[self.at..].starts_with(word) {
            return Err(SyntaxKind::NoWord);
        }
        self.at += word.len();
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Read<Value> {
        self.at += 1;
        let mut items = Vec::new();
        if self.next_sign() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            match self.next_sign() {
                None => return Err(SyntaxKind::EndsInList),
                Some(b']') => return Err(SyntaxKind::ExtraComma),
                Some(_) => items.push(self.value(depth)?),
            }
            match self.next_sign() {
                None => return Err(SyntaxKind::EndsInList),
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::List(items));
                }
                Some(_) => return Err(SyntaxKind::NoCommaInList),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        self.at += 1;
        let mut fields = Vec::new();
        if self.next_sign() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(fields));
        }
        loop {
            let key = match self.next_sign() {
                None => return Err(SyntaxKind::EndsInObject),
                Some(b'"') => self.string()?,
                Some(b'}') => return Err(SyntaxKind::ExtraComma),
                Some(_) => return Err(SyntaxKind::NoKey),
            };
            match self.next_sign() {
                None => return Err(SyntaxKind::EndsInObject),
                Some(b':') => self.at += 1,
                Some(_) => return Err(SyntaxKind::NoColon),
            }
            fields.push((key, self.value(depth)?));
            match self.next_sign() {
                None => return Err(SyntaxKind::EndsInObject),
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Map(fields));
                }
                Some(_) => return Err(SyntaxKind::NoCommaInObject),
            }
        }
    }

    fn string(&mut self) -> Read<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c| c == '"' || c == '\\' || c < ' ').ok_or(SyntaxKind::EndsInText)?;
            out.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(SyntaxKind::ControlCharacter),
            }
        }
    }

    /// What a `\` and what follows it stand for.
    fn escape(&mut self) -> Read<char> {
        let sign = *self.text.as_bytes().get(self.at + 1).ok_or(SyntaxKind::EndsInText)?;
        let char = match sign {
            b'"' | b'\\' | b'/' => sign as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(SyntaxKind::BadEscape),
        };
        self.at += 2;
        Ok(char)
    }

    /// `\u` and four digits, or two of them for one character.
    fn unicode(&mut self) -> Read<char> {
        let first = self.hex(self.at)?;
        let (code, length) = match first {
            0xd800..=0xdbff if self.text[self.at + 6..].starts_with("\\u") => match self.hex(self.at + 6)? {
                second @ 0xdc00..=0xdfff => (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), 12),
                _ => return Err(SyntaxKind::LoneSurrogate),
            },
            _ => (first, 6),
        };
        let char = char::from_u32(code).ok_or(SyntaxKind::LoneSurrogate)?;
        self.at += length;
        Ok(char)
    }

    /// The four digits of the escape at `at`.
    fn hex(&self, at: usize) -> Read<u32> {
        let digits = self.text.as_bytes().get(at + 2..at + 6).ok_or(SyntaxKind::BadHex)?;
        let digit = |code: u32, byte: &u8| Some(code * 16 + char::from(*byte).to_digit(16)?);
        digits.iter().try_fold(0, digit).ok_or(SyntaxKind::BadHex)
    }

    fn number(&mut self) -> Read<Value> {
        let bytes = self.text.as_bytes();
        let digits = |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let start = self.at;
        let mut end = start + usize::from(bytes[start] == b'-');
        let whole = digits(end);
        let mut good = whole > 0 && (whole == 1 || bytes[end] != b'0');
        end += whole;
        let mut plain = true;
        if bytes.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            good &= fraction > 0;
            end += 1 + fraction;
            plain = false;
        }
        if let Some(b'e' | b'E') = bytes.get(end) {
            let signed = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + signed);
            good &= exponent > 0;
            end += 1 + signed + exponent;
            plain = false;
        }
        if !good {
            return Err(SyntaxKind::BadNumber);
        }
        let text = &self.text[start..end];
        self.at = end;
        let number = crate::decimal::read(text).ok_or(SyntaxKind::BadNumber)?;
        let exact = |digits: &str| digits.parse().is_ok_and(|n: u64| n <= super::EXACT);
        let held = if plain { exact(text.trim_start_matches('-')) } else { number.is_finite() };
        Ok(if held { Value::Number(number) } else { Value::Digits(text.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (SyntaxKind, usize, usize) {
        let Syntax { kind, line, column } = read(text).expect_err(text);
        (kind, line, column)
    }

    #[test]
    fn values_are_read_as_they_stand() {
        let text = r#" {"b": [1, -2.5e1, true, null, "\u00e9\n\ud83d\ude00/"], "a": {}, "a": false} "#;
        let list = vec![
            Value::Number(1.0),
            Value::Number(-25.0),
            Value::Bool(true),
            Value::Null,
            Value::Text("é\n😀/".to_owned()),
        ];
        let expected = Value::map([("b", Value::List(list)), ("a", Value::Map(vec![])), ("a", Value::Bool(false))]);
        assert_eq!(read(text), Ok(expected));
    }

    #[test]
    fn numbers_that_an_f64_does_not_hold_keep_their_digits() {
        let one = |text: &str| read(text).expect(text);
        for text in ["1e999", "-1e999", "18446744073709551615", "9007199254740993", "1E+400"] {
            assert_eq!(one(text), Value::Digits(text.to_owned()));
        }
        assert_eq!(one("9007199254740992"), Value::Number(9_007_199_254_740_992.0));
        assert_eq!(one("1e-999"), Value::Number(0.0));
        assert_eq!(one("123456789012345678901234.5"), Value::Number(123_456_789_012_345_678_901_234.5));
        for number in [0, 1, 1 << 53, (1 << 53) + 1, u64::MAX] {
            let value = Value::from(number);
            assert_eq!((value.whole(), read(&value.json())), (Some(number), Ok(value)));
        }
        for not in ["-1", "1.5", "18446744073709551616", "1e999"] {
            assert_eq!(one(not).whole(), None, "{not}");
        }
    }

    #[test]
    fn half_a_character_is_told_as_such() {
        for text in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\n""#, r#""\ud83d\u0041""#] {
            assert_eq!(fault(text).0, SyntaxKind::LoneSurrogate, "{text}");
        }
        for text in [r#""\u12""#, r#""\u12g4""#, r#""\u+123""#, r#""\ud83d\u12""#, "\"\\u12é4\""] {
            assert_eq!(fault(text).0, SyntaxKind::BadHex, "{text}");
        }
    }

    #[test]
    fn places_are_in_lines_and_characters_from_one() {
        assert_eq!(fault("[\"é\", x]"), (SyntaxKind::NoValue, 1, 7));
        assert_eq!(fault("{\n\"a\":\n"), (SyntaxKind::EndsBeforeValue, 2, 4));
        assert_eq!(fault("[1,\n]"), (SyntaxKind::ExtraComma, 2, 1));
        assert_eq!(fault(" \n "), (SyntaxKind::Empty, 2, 2));
        assert_eq!(fault("-"), (SyntaxKind::BadNumber, 1, 1));
        assert_eq!(fault("\"\\"), (SyntaxKind::EndsInText, 1, 2));
    }

    #[test]
    fn nesting_ends_where_it_is_said_to() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(read(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(fault(&nested(MAX_DEPTH + 1)).0, SyntaxKind::TooDeep);
    }

    /// serde_json reads and refuses the same texts, numbers beyond its range and what it resolves in silence apart.
    #[test]
    fn what_is_json_is_what_others_take_for_it() {
        let texts = [
            "{}",
            "[]",
            "[1]",
            "[1,]",
            "{\"a\":1,}",
            "{,}",
            "[,1]",
            "nul",
            "nulls",
            "+1",
            ".5",
            "1.",
            "01",
            "-01",
            "1e",
            "1e+",
            "--1",
            "\"\t\"",
            "\"\\x\"",
            "\"\u{7f}\"",
            "\u{a0}1",
            "1 2",
            "[1]]",
            "\"a",
            "{\"a\"}",
            "{\"a\":}",
            "{1:2}",
            "truefalse",
            "-0",
            "1E5",
        ];
        for text in texts {
            let other: Result<serde_json::Value, _> = serde_json::from_str(text);
            assert_eq!(read(text).is_ok(), other.is_ok(), "{text}");
        }
    }
}
