//! How figures are written: one way for charts, the goals' strip, the inspector, the verdict and the command line.
//!
//! Few digits, always with the unit. In English thousands stand apart with a narrow no-break space, elsewhere as the language has it; a unit
//! with a no-break space, so that no figure breaks over two lines. A figure that is not there, or is not finite, is a dash.
//!
//! The crate `num-format` (0.4, 3 crates) only groups digits; choosing a unit, the places and the words for durations would stay.
//!
//! Knows units, not metrics: the caller chooses the words around the figure.

use engine::measure::Unit;

use crate::{lang, say};

/// Between thousands, in English.
pub use crate::lang::THIN;
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

/// A length of time in a sum, with the digits that make it come out: "7 ms", "2.01 s", "10.5 s", "90 s".
pub fn exact_s(seconds: f64) -> String {
    if seconds.is_finite() && seconds >= 0.9995 { unit(&number(seconds, 3), "s") } else { duration_s(seconds) }
}

/// A whole number: "2 310", thousands apart.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * THIN.len_utf8());
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(lang::group());
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
        out.push(lang::decimal());
        out += fraction;
    }
    out
}

/// Something a second: "38.6/s".
pub fn rate(per_s: f64) -> String {
    if !per_s.is_finite() {
        return NONE.into();
    }
    say!("figures.rate", n = number(per_s, if per_s < 100.0 { 1 } else { 0 }))
}

/// Money: "£4.12", "£1 204.50".
pub fn pounds(value: f64) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let pence = (value.abs() * 100.0).round() as u64;
    let sign = if value < 0.0 && pence > 0 { "−" } else { "" };
    let pounds = format!("{}{}{:02}", count(pence / 100), lang::decimal(), pence % 100);
    say!("figures.money", sign, pounds)
}

/// Whether two lengths of time, in milliseconds, are nearer together than half of the step in which they are written: whether they are one
/// figure, though a border of rounding may lie between them.
pub fn alike_ms(a: f64, b: f64) -> bool {
    (a - b).abs() < step(a.max(b), Unit::Millis) / 2.0
}

/// The step in which [`metric`] writes a value of this size: 1000 for the milliseconds of "20 s".
fn step(value: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Millis if value < 9.95 => 0.1,
        Unit::Millis if value < 999.5 => 1.0,
        Unit::Millis if value < 9_950.0 => 100.0,
        Unit::Millis if value < 3_599_500.0 => 1000.0,
        Unit::Millis => 60_000.0,
        Unit::Count => 1.0,
        Unit::Share => 0.01 / 10_f64.powi(share_places(100.0 * value) as i32),
        Unit::Pounds => 0.01,
    }
}

/// The value that [`metric`] writes: 20 000 for the 19 540 milliseconds of "20 s".
pub fn as_shown(value: f64, unit: Unit) -> f64 {
    let step = step(value, unit);
    libm::round(value / step) * step
}

/// A share from 0 to 1 as per cent: "0 %", "0.1 %", "17.3 %". What is not nothing never reads "0 %", what is not all never "100 %".
pub fn share(value: f64) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    let percent = value * 100.0;
    let text = decimals(percent, share_places(percent));
    unit(if percent < 100.0 && text == "100" { "99.9" } else { &text }, "%")
}

/// How many decimals so many per cent have.
fn share_places(percent: f64) -> usize {
    let places = match percent {
        p if p >= 10.0 => 1,
        p if p >= 1.0 => 2,
        p if p >= 0.1 => 3,
        p if p > 0.0 => 1 + (-libm::floor(libm::log10(p))) as usize,
        _ => 0,
    };
    places.min(9)
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
        Some(value) if value > at_most && text == metric(Some(at_most), unit) => {
            say!("figures.just_over", figure = text)
        }
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
        let text = |value: f64| fixed(value, places);
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

/// With exactly so many decimals, thousands apart: "1.0".
pub fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let whole = whole.parse().map_or_else(|_| whole.to_string(), count);
    fraction.map_or(whole.clone(), |fraction| format!("{whole}{}{fraction}", lang::decimal()))
}

/// Whether a goal's limit allows nothing at all: of money 0 is an amount like any other.
pub fn allows_nothing(at_most: f64, unit: Unit) -> bool {
    at_most == 0.0 && unit != Unit::Pounds
}

/// A goal's limit: "at most 200 ms"; "none" where nothing is allowed.
pub fn limit(at_most: f64, unit: Unit) -> String {
    if allows_nothing(at_most, unit) {
        say!("figures.none").into()
    } else {
        say!("figures.at_most", limit = metric(Some(at_most), unit))
    }
}

fn unit(figure: &str, unit: &str) -> String {
    format!("{}{NBSP}{unit}", spoken(figure))
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

/// The figure as the spoken language writes its fraction.
fn spoken(figure: &str) -> String {
    figure.replace('.', lang::decimal().encode_utf8(&mut [0; 4]))
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
mod tests;
