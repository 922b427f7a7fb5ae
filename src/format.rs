//! How figures are written: one way for charts, the goals' strip, the inspector, the verdict and the command line.
//!
//! British English, few digits, always with the unit. Thousands stand apart with a narrow no-break space, a unit with a no-break space, so
//! that no figure breaks over two lines. A figure that is not there, or is not finite, is a dash.
//!
//! The crate `num-format` (0.4, 3 crates) only groups digits; choosing a unit, the places and the words for durations would stay.
//!
//! Knows units, not metrics: the caller chooses the words around the figure.

use engine::measure::Unit;

/// Between thousands.
pub const THIN: char = '\u{202f}';
/// Between a figure and its unit.
pub const NBSP: char = '\u{a0}';
/// A figure that is not there.
pub const NONE: &str = "–";

/// A length of time given in milliseconds: "0.4 ms", "65 ms", "1.2 s", "4 min 10 s", "1 h 5 min".
pub fn duration_ms(ms: f64) -> String {
    if !ms.is_finite() {
        return NONE.into();
    }
    if ms < 0.0 {
        return format!("−{}", duration_ms(-ms));
    }
    let seconds = ms / 1000.0;
    if ms < 9.95 {
        return unit(&decimals(ms, 1), "ms");
    }
    if ms < 999.5 {
        return unit(&decimals(ms, 0), "ms");
    }
    if seconds < 9.95 {
        return unit(&decimals(seconds, 1), "s");
    }
    if seconds < 59.5 {
        return unit(&decimals(seconds, 0), "s");
    }
    let whole = seconds.round() as u64;
    if whole < 3600 {
        return two(whole / 60, "min", whole % 60, "s");
    }
    let minutes = (seconds / 60.0).round() as u64;
    two(minutes / 60, "h", minutes % 60, "min")
}

/// [`duration_ms`] of seconds.
pub fn duration_s(seconds: f64) -> String {
    duration_ms(seconds * 1000.0)
}

/// A whole number: "2 310", thousands apart.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * THIN.len_utf8());
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(THIN);
        }
        out.push(c);
    }
    out
}

/// A number that need not be whole, with at most `places` decimals and none that are 0: "38.6", "2 310.5", "40".
pub fn number(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let text = decimals(value.abs(), places);
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = if value < 0.0 && text != "0" { "−".to_string() } else { String::new() };
    out += &whole.parse().map_or_else(|_| whole.to_string(), count);
    if let Some(fraction) = fraction {
        out.push('.');
        out += fraction;
    }
    out
}

/// Something a second: "38.6/s".
pub fn rate(per_s: f64) -> String {
    if per_s.is_finite() { format!("{}/s", number(per_s, if per_s < 100.0 { 1 } else { 0 })) } else { NONE.into() }
}

/// Money: "£4.12", "£1 204.50".
pub fn pounds(value: f64) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let pence = (value.abs() * 100.0).round() as u64;
    let sign = if value < 0.0 && pence > 0 { "−" } else { "" };
    format!("{sign}£{}.{:02}", count(pence / 100), pence % 100)
}

/// A share from 0 to 1 as per cent: "0 %", "0.1 %", "17.3 %". What is not nothing never reads "0 %", what is not all never "100 %".
pub fn share(value: f64) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let percent = value * 100.0;
    let places = match percent {
        p if p >= 10.0 => 1,
        p if p >= 1.0 => 2,
        p if p >= 0.1 => 3,
        p if p > 0.0 => 1 + (-libm::floor(libm::log10(p))) as usize,
        _ => 0,
    };
    let text = decimals(percent, places.min(9));
    unit(if percent < 100.0 && text == "100" { "99.9" } else { &text }, "%")
}

/// Seconds since midnight as a clock shows them: "08:38:20". Past midnight it begins again.
pub fn time_of_day(seconds: f64) -> String {
    let s = day_second(seconds);
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// Seconds since midnight to the minute that has begun: "08:38".
pub fn clock(seconds: f64) -> String {
    let s = day_second(seconds);
    format!("{:02}:{:02}", s / 3600, s / 60 % 60)
}

/// Seconds since midnight of what [`clock`] or [`time_of_day`] writes, or of the same digits without anything between them: `7:55`, `0755`,
/// `07:55:30`. `None` if it is none of these.
pub fn parse_clock(text: &str) -> Option<f64> {
    let text = text.trim();
    let bare = text.bytes().all(|b| b.is_ascii_digit()).then_some(text.len());
    let parts: Vec<&str> = match bare {
        Some(digits @ 3..=4) => vec![&text[..digits - 2], &text[digits - 2..]],
        Some(digits @ 5..=6) => vec![&text[..digits - 4], &text[digits - 4..digits - 2], &text[digits - 2..]],
        _ => text.split([':', '.']).collect(),
    };
    let number = |text: &str, below: u32| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|n| digits && *n < below)
    };
    let (hours, minutes, seconds) = match parts[..] {
        [h, m] => (number(h, 24)?, number(m, 60)?, 0),
        [h, m, s] => (number(h, 24)?, number(m, 60)?, number(s, 60)?),
        _ => return None,
    };
    Some(f64::from(hours * 3600 + minutes * 60 + seconds))
}

/// A metric's value; a dash if it is infinite or there is nothing to count.
pub fn metric(value: Option<f64>, unit: Unit) -> String {
    let Some(value) = value.filter(|v| v.is_finite()) else { return NONE.into() };
    match unit {
        Unit::Millis => duration_ms(value),
        Unit::Count => number(value, 0),
        Unit::Share => share(value),
        Unit::Pounds => pounds(value),
    }
}

/// A metric's value next to its limit: one that is over the limit and would read like it is "just over" it.
pub fn metric_beside(value: Option<f64>, at_most: f64, unit: Unit) -> String {
    let text = metric(value, unit);
    match value {
        Some(value) if value > at_most && text == metric(Some(at_most), unit) => format!("just over {text}"),
        _ => text,
    }
}

/// A mean and the range of its interval, with as many digits as the range is wide: ("65.02 ms", "64.98–65.06 ms"); a range that begins and ends
/// with the same digits is one figure. What can't be negative begins at 0.
pub fn estimate(mean: f64, low: f64, high: f64, unit: Unit) -> (String, String) {
    if ![mean, low, high].iter().all(|v| v.is_finite()) {
        return (NONE.into(), NONE.into());
    }
    let low = low.max(0.0);
    let same_unit = |scale: f64, most: usize, name: &str| {
        let (low, high) = (low * scale, high * scale);
        // One significant digit of the width.
        let width = high - low;
        let places = if width > 0.0 { (-libm::floor(libm::log10(width))).clamp(0.0, most as f64) as usize } else { 0 };
        let text = |value: f64| number_of(value, places);
        let with = |figure: String| if name.is_empty() { figure } else { format!("{figure}{NBSP}{name}") };
        (with(text(mean * scale)), with(between(text(low), text(high), "–")))
    };
    match unit {
        Unit::Millis if mean < 999.5 => same_unit(1.0, 2, "ms"),
        Unit::Millis if mean < 59_500.0 => same_unit(1e-3, 2, "s"),
        Unit::Millis => (duration_ms(mean), between(duration_ms(low), duration_ms(high), " – ")),
        Unit::Count => same_unit(1.0, 2, ""),
        Unit::Share => same_unit(100.0, 4, "%"),
        Unit::Pounds => (pounds(mean), between(pounds(low), pounds(high), "–")),
    }
}

fn between(low: String, high: String, dash: &str) -> String {
    if low == high { low } else { low + dash + &high }
}

/// With exactly so many decimals, thousands apart.
fn number_of(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let whole = whole.parse().map_or_else(|_| whole.to_string(), count);
    fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}"))
}

/// A goal's limit: "at most 200 ms"; "none" where nothing is allowed.
pub fn limit(at_most: f64, unit: Unit) -> String {
    if at_most == 0.0 && unit != Unit::Pounds {
        "none".into()
    } else {
        format!("at most {}", metric(Some(at_most), unit))
    }
}

fn unit(figure: &str, unit: &str) -> String {
    format!("{figure}{NBSP}{unit}")
}

fn two(a: u64, large: &str, b: u64, small: &str) -> String {
    let first = unit(&count(a), large);
    if b == 0 { first } else { format!("{first}{NBSP}{}", unit(&b.to_string(), small)) }
}

/// Rounded to `places`, without closing zeros.
fn decimals(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    if places == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_string() }
}

fn day_second(seconds: f64) -> u64 {
    if seconds.is_finite() { (libm::floor(seconds) as i64).rem_euclid(86_400) as u64 } else { 0 }
}

/// An estimate with as many digits as it is good for: two.
pub fn about(value: f64) -> String {
    let digits = 10_f64.powi((libm::log10(value.max(1.0)) as i32 - 1).max(0));
    number((value / digits).round() * digits, 0)
}

/// The first sentences of a text, as many as fit into so many letters, and at least one.
pub fn sentences(text: &str, most: usize) -> &str {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let fits = ends.clone().take_while(|end| text[..*end].chars().count() <= most).last();
    match (text.chars().count() <= most, fits.or_else(|| ends.clone().next())) {
        (false, Some(end)) => &text[..end],
        _ => text,
    }
}

/// Letters of a text as browsers count them: UTF-16 units.
pub fn letters(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures with plain spaces, so that the cases below can be read.
    fn plain(text: String) -> String {
        text.replace([THIN, NBSP], " ")
    }

    #[test]
    fn durations_take_the_unit_that_a_person_would() {
        let cases = [
            (0.0, "0 ms"),
            (0.42, "0.4 ms"),
            (9.949, "9.9 ms"),
            (9.96, "10 ms"),
            (65.4, "65 ms"),
            (999.4, "999 ms"),
            (999.6, "1 s"),
            (1_000.0, "1 s"),
            (1_234.0, "1.2 s"),
            (9_949.0, "9.9 s"),
            (9_960.0, "10 s"),
            (59_400.0, "59 s"),
            (59_600.0, "1 min"),
            (120_000.0, "2 min"),
            (250_000.0, "4 min 10 s"),
            (3_599_400.0, "59 min 59 s"),
            (3_599_600.0, "1 h"),
            (3_900_000.0, "1 h 5 min"),
            (7_199_000.0, "2 h"),
            (360_000_000.0, "100 h"),
            (-250.0, "−250 ms"),
            (f64::INFINITY, "–"),
            (f64::NAN, "–"),
        ];
        for (ms, words) in cases {
            assert_eq!(plain(duration_ms(ms)), words, "{ms} ms");
        }
        assert_eq!(plain(duration_s(90.0)), "1 min 30 s");
    }

    #[test]
    fn thousands_stand_apart_and_nothing_breaks_over_lines() {
        for (n, words) in
            [(0, "0"), (999, "999"), (1_000, "1 000"), (22_150, "22 150"), (u64::MAX, "18 446 744 073 709 551 615")]
        {
            assert_eq!(plain(count(n)), words);
        }
        assert_eq!(count(2_310), "2\u{202f}310");
        assert_eq!(duration_ms(65.0), "65\u{a0}ms");
        assert_eq!(plain(number(-2_310.5, 2)), "−2 310.5");
        assert_eq!(number(-0.001, 1), "0");
        assert_eq!(number(40.04, 1), "40");
        assert_eq!(number(f64::NAN, 1), "–");
        assert_eq!(rate(38.61), "38.6/s");
        assert_eq!(rate(444.4), "444/s");
    }

    #[test]
    fn money_has_pence() {
        for (value, words) in
            [(0.0, "£0.00"), (4.118, "£4.12"), (9.999, "£10.00"), (1204.5, "£1 204.50"), (-0.004, "£0.00")]
        {
            assert_eq!(plain(pounds(value)), words);
        }
    }

    #[test]
    fn a_share_never_rounds_to_nothing_or_to_all() {
        let cases = [
            (0.0, "0 %"),
            (0.001, "0.1 %"),
            (0.001_04, "0.104 %"),
            (0.000_005_92, "0.00059 %"),
            (0.012_345, "1.23 %"),
            (0.173_2, "17.3 %"),
            (0.999_99, "99.9 %"),
            (1.0, "100 %"),
            (f64::NAN, "–"),
        ];
        for (value, words) in cases {
            assert_eq!(plain(share(value)), words, "{value}");
        }
    }

    #[test]
    fn clocks_show_the_time_of_day() {
        assert_eq!(time_of_day(31_100.9), "08:38:20");
        assert_eq!(time_of_day(86_400.0 + 59.0), "00:00:59");
        assert_eq!(clock(28_859.0), "08:00");
        assert_eq!(clock(f64::NAN), "00:00");
        assert_eq!(parse_clock("08:10"), Some(29_400.0));
        assert_eq!(parse_clock(" 8:05:09 "), Some(29_109.0));
        assert_eq!(parse_clock("0755"), parse_clock("7:55"));
        assert_eq!(parse_clock("755"), parse_clock("07:55"));
        assert_eq!(parse_clock("075530"), parse_clock("07:55:30"));
        for odd in ["", "8", "75", "2400", "0760", "1234567", "24:00", "08:60", "a:b", "1:2:3:4", "+8:10", "008:10"] {
            assert_eq!(parse_clock(odd), None, "{odd}");
        }
    }

    #[test]
    fn an_estimate_has_as_many_digits_as_its_range_is_wide() {
        let cases = [
            (65.02, 0.04, Unit::Millis, "65.02 ms", "64.98–65.06 ms"),
            (52_345.0, 310.0, Unit::Millis, "52.3 s", "52.0–52.7 s"),
            (723_000.0, 2_000.0, Unit::Millis, "12 min 3 s", "12 min 1 s – 12 min 5 s"),
            (2_310.4, 41.0, Unit::Count, "2 310", "2 269–2 351"),
            (1.2, 1.5, Unit::Count, "1", "0–3"),
            (0.0, 0.0, Unit::Count, "0", "0"),
            (8.741, 0.001, Unit::Pounds, "£8.74", "£8.74"),
            (0.893_3, 0.001_2, Unit::Share, "89.3 %", "89.2–89.5 %"),
            (9.459, 0.02, Unit::Pounds, "£9.46", "£9.44–£9.48"),
            (f64::NAN, 1.0, Unit::Count, "–", "–"),
        ];
        for (mean, half, unit, figure, range) in cases {
            let (seen, wide) = estimate(mean, mean - half, mean + half, unit);
            assert_eq!((plain(seen), plain(wide)), (figure.to_owned(), range.to_owned()));
        }
    }

    #[test]
    fn a_value_over_its_limit_never_reads_like_the_limit() {
        assert_eq!(plain(metric_beside(Some(200.3), 200.0, Unit::Millis)), "just over 200 ms");
        assert_eq!(plain(metric_beside(Some(199.8), 200.0, Unit::Millis)), "200 ms");
        assert_eq!(plain(metric_beside(Some(10.003), 10.0, Unit::Pounds)), "just over £10.00");
        assert_eq!(metric_beside(None, 200.0, Unit::Millis), "–");
        assert_eq!(metric(Some(f64::INFINITY), Unit::Millis), "–");
        assert_eq!(plain(metric(Some(22_150.0), Unit::Count)), "22 150");
        assert_eq!(plain(limit(120_000.0, Unit::Millis)), "at most 2 min");
        assert_eq!(limit(0.0, Unit::Count), "none");
        assert_eq!(plain(limit(0.001, Unit::Share)), "at most 0.1 %");
    }

    #[test]
    fn a_text_is_cut_between_sentences() {
        assert_eq!(sentences("One. Two. Three.", 9), "One. Two.");
        assert_eq!(sentences("One. Two. Three.", 3), "One.");
        assert_eq!(sentences("One. Two. Three.", 99), "One. Two. Three.");
        assert_eq!(sentences("At 2.05 s it ends", 4), "At 2.05 s it ends");
    }
}
