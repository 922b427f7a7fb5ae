//! Reading a number that is written in digits: the nearest `f64`, as the library's `parse` finds it.
//!
//! The library brings a table of powers of five for that, of 10 kB that nothing packs, and 6 kB of code: 13 kB of what a first visit loads.
//! Here a number of up to 15 digits and a small exponent, which is nearly all there is, is one exact multiplication or division; any other is
//! a division of whole numbers, some microseconds long.

/// Digits beyond these only say that there is more: what lies half-way between two `f64` has 767 at most.
const MOST_DIGITS: usize = 800;
/// The largest power of ten that an `f64` holds exactly.
const EXACT_POWER: i64 = 22;
/// The largest whole number up to which an `f64` holds all.
const EXACT: u64 = 1 << 53;
/// Bits of an `f64`'s fraction, with the leading one.
const FRACTION: i64 = 53;
/// The exponent of the last bit of the smallest numbers, and of the largest ones.
const LEAST: i64 = -1074;
const MOST: i64 = 971;

/// A number such as `-12`, `0.5`, `.5`, `5.` or `1e-3`, rounded to the nearest `f64`, ties to even; too large is infinite. `None` for anything
/// else, words included.
///
/// ```
/// assert_eq!(waiting_room::decimal::read("0.1"), Some(0.1));
/// assert_eq!(waiting_room::decimal::read("1e400"), Some(f64::INFINITY));
/// assert_eq!(waiting_room::decimal::read("inf"), None);
/// ```
pub fn read(text: &str) -> Option<f64> {
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (digits, exponent) = parts(text)?;
    let size = nearest(&digits, exponent);
    Some(if negative { -size } else { size })
}

/// The digits without leading zeros, as one whole number, and the power of ten that it is to be multiplied by.
fn parts(text: &str) -> Option<(Vec<u8>, i64)> {
    let (number, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], power(&text[at + 1..])?),
        None => (text, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all = || whole.bytes().chain(fraction.bytes());
    if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let first = all().take_while(|digit| *digit == b'0').count();
    let mut digits: Vec<u8> = all().skip(first).take(MOST_DIGITS).map(|digit| digit - b'0').collect();
    let left = whole.len() + fraction.len() - first - digits.len();
    let mut exponent = exponent - fraction.len() as i64 + left as i64;
    if all().skip(first + MOST_DIGITS).any(|digit| digit != b'0') {
        digits.push(1);
        exponent -= 1;
    }
    Some((digits, exponent))
}

/// An exponent; one that is too large to matter is cut down.
fn power(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0_i64, |sum, digit| (sum * 10 + i64::from(digit - b'0')).min(1 << 40));
    Some(if negative { -size } else { size })
}

fn nearest(digits: &[u8], exponent: i64) -> f64 {
    let reaches = digits.len() as i64 + exponent;
    if digits.is_empty() || reaches < -330 {
        return 0.0;
    }
    if reaches > 310 {
        return f64::INFINITY;
    }
    if digits.len() <= 19 && exponent.abs() <= EXACT_POWER {
        let number = digits.iter().fold(0, |sum: u64, digit| sum * 10 + u64::from(*digit));
        let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
        if number <= EXACT {
            return if exponent < 0 { number as f64 / power } else { number as f64 * power };
        }
    }
    let (mut above, mut below) = (Whole(Vec::new()), Whole(vec![1]));
    digits.iter().for_each(|digit| above.times_ten(u32::from(*digit)));
    let scaled = if exponent < 0 { &mut below } else { &mut above };
    (0..exponent.abs()).for_each(|_| scaled.times_ten(0));
    // A quotient of 54 or 55 bits: those of the fraction and at least one to round by.
    let shift = FRACTION + 1 + below.bits() - above.bits();
    let to_shift = if shift < 0 { &mut below } else { &mut above };
    to_shift.shift_left(shift.unsigned_abs() as usize);
    let (quotient, rest) = above.divided_by(below);
    rounded(quotient, -shift, rest)
}

/// `quotient` × 2^`exponent`, and a little more if there is a `rest`.
fn rounded(quotient: u64, exponent: i64, rest: bool) -> f64 {
    let bits = 64 - i64::from(quotient.leading_zeros());
    let drop = (bits - FRACTION).max(LEAST - exponent);
    if drop > bits {
        return 0.0;
    }
    let (half, tail) = (1 << (drop - 1), quotient & ((1 << drop) - 1));
    let mut fraction = quotient >> drop;
    if tail > half || tail == half && (rest || fraction % 2 == 1) {
        fraction += 1;
    }
    let mut exponent = exponent + drop;
    if fraction == EXACT {
        (fraction, exponent) = (fraction / 2, exponent + 1);
    }
    match exponent {
        _ if fraction < EXACT / 2 => f64::from_bits(fraction),
        exponent if exponent > MOST => f64::INFINITY,
        exponent => f64::from_bits((((exponent - LEAST + 1) as u64) << (FRACTION - 1)) | (fraction & (EXACT / 2 - 1))),
    }
}

/// A whole number of any size, the lowest 32 bits first and no zeros last.
struct Whole(Vec<u32>);

impl Whole {
    /// Ten times itself and a digit.
    fn times_ten(&mut self, digit: u32) {
        let mut carry = u64::from(digit);
        for word in &mut self.0 {
            carry += u64::from(*word) * 10;
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn bits(&self) -> i64 {
        let last = self.0.last().map_or(32, |word| word.leading_zeros());
        self.0.len() as i64 * 32 - i64::from(last)
    }

    fn shift_left(&mut self, by: usize) {
        let (words, bits) = (by / 32, by % 32);
        let mut carry = 0;
        for word in &mut self.0 {
            let wide = u64::from(*word) << bits | carry;
            *word = wide as u32;
            carry = wide >> 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
        self.0.splice(0..0, std::iter::repeat_n(0, words));
    }

    fn halve(&mut self) {
        let mut carry = 0;
        for word in self.0.iter_mut().rev() {
            (*word, carry) = (*word >> 1 | carry, *word << 31);
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn is_less(&self, other: &Whole) -> bool {
        let (own, others) = (self.0.iter().rev(), other.0.iter().rev());
        self.0.len().cmp(&other.0.len()).then_with(|| own.cmp(others)).is_lt()
    }

    /// What is not less than the other, less the other.
    fn subtract(&mut self, other: &Whole) {
        let mut borrow = false;
        for (at, word) in self.0.iter_mut().enumerate() {
            let (one, under) = word.overflowing_sub(other.0.get(at).copied().unwrap_or(0));
            let (two, again) = one.overflowing_sub(u32::from(borrow));
            (*word, borrow) = (two, under || again);
        }
        self.trim();
    }

    /// The quotient, which has at most 55 bits, and whether something is left.
    fn divided_by(mut self, mut by: Whole) -> (u64, bool) {
        let steps = FRACTION + 2;
        by.shift_left(steps as usize);
        let mut quotient = 0;
        for _ in 0..steps {
            by.halve();
            quotient <<= 1;
            if !self.is_less(&by) {
                self.subtract(&by);
                quotient |= 1;
            }
        }
        (quotient, !self.0.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(text: &str) {
        let library: Option<u64> = text.parse().ok().map(f64::to_bits);
        assert_eq!(read(text).map(f64::to_bits), library, "{text}");
    }

    #[test]
    fn hard_numbers_are_read_as_the_library_reads_them() {
        for text in [
            "0",
            "-0",
            "+1",
            ".5",
            "5.",
            "1e0",
            "1E+5",
            "1e-5",
            "00012.500",
            "9007199254740993",
            "9007199254740992.5",
            "1e22",
            "1e23",
            "123456789012345678e4",
            "179769313486231580793728971405301e276",
            "1.7976931348623159e308",
            "1e309",
            "1e400",
            "1e-400",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "0e99999999999999999999",
            "8.98846567431158e307",
            "6.631236846766476e-316",
            "3.2378839133029012895883524125015321748630094185646e-319",
        ] {
            same(text);
        }
        for text in ["", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 2", "0x1", "١"] {
            same(text);
        }
        for text in ["inf", "-inf", "nan", "infinity"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    /// What lies half-way between two neighbours, and a hair beside it on either side: up to 767 digits.
    #[test]
    fn half_way_goes_to_the_even_one() {
        for bits in
            [0_u64, 1, 2, 0x000F_FFFF_FFFF_FFFF, 0x0010_0000_0000_0000, 0x3FF0_0000_0000_0001, 0x7FEF_FFFF_FFFF_FFFE]
        {
            let (low, high) = (f64::from_bits(bits), f64::from_bits(bits + 1));
            // A number with all its digits: the fraction of every f64 ends within 1 074 of them.
            let (low, high) = (format!("{low:.1080}"), format!("{high:.1080}"));
            let digits =
                |text: &str| text.bytes().filter(u8::is_ascii_digit).map(|d| u32::from(d - b'0')).collect::<Vec<_>>();
            let width = low.len().max(high.len()) - 1;
            let padded = |text: &str| [vec![0; width - (text.len() - 1)], digits(text)].concat();
            let sum: Vec<u32> = padded(&low).iter().zip(padded(&high)).map(|(a, b)| a + b).collect();
            // Half of the sum, digit by digit, as a whole number of 10^-1081.
            let (mut half, mut carry) = (String::new(), 0);
            let mut normal = vec![0];
            normal.extend(sum);
            for at in (1..normal.len()).rev() {
                normal[at - 1] += normal[at] / 10;
                normal[at] %= 10;
            }
            for digit in normal {
                let value = carry * 10 + digit;
                half.push(char::from_digit(value / 2, 10).expect("a digit"));
                carry = value % 2;
            }
            half.push(if carry == 1 { '5' } else { '0' });
            same(&format!("{half}e-1081"));
            same(&format!("{half}1e-1082"));
            let less = half.trim_end_matches('0');
            let (head, last) = less.split_at(less.len() - 1);
            let last: u32 = last.parse().expect("a digit");
            let cut = half.len() - less.len();
            same(&format!("{head}{}9{}e-1081", last - 1, "0".repeat(cut.saturating_sub(1))));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_number_comes_back_from_its_text(bits: u64) {
            let number = f64::from_bits(bits);
            if number.is_finite() {
                for text in [format!("{number:?}"), format!("{number:e}"), format!("{number:.17e}"), format!("{number:.30e}")] {
                    same(&text);
                }
            }
        }

        #[test]
        fn texts_are_read_as_the_library_reads_them(text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?[0-9]{0,3})?") {
            same(&text);
        }
    }
}
