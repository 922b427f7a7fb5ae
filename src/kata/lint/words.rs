//! Figures in words, as warnings write them: short, with their unit, thousands apart.

use crate::kinds::check::grouped;

/// At most `digits` decimals, without trailing zeros.
pub fn number(value: f64, digits: i32) -> String {
    let scale = 10_f64.powi(digits);
    grouped((value * scale).round() / scale)
}

/// A whole number of things.
pub fn count(value: f64) -> String {
    number(value, 0)
}

/// `3 workers`, `1 worker`.
pub fn counted(value: f64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1.0 { one } else { many })
}

/// A length of time: `200 ms`, `7.5 s`, `12 min`.
pub fn seconds(s: f64) -> String {
    match s {
        s if s < 1.0 => format!("{} ms", number(s * 1e3, 0)),
        s if s < 180.0 => format!("{} s", number(s, 2)),
        s if s < 7200.0 => format!("{} min", number(s / 60.0, 1)),
        s => format!("{} h", number(s / 3600.0, 1)),
    }
}

/// `£15.21`.
pub fn pounds(value: f64) -> String {
    format!("£{value:.2}")
}

/// A moment of the scenario as a time of day: `08:15`.
pub fn time_of_day(starts_at_s: u32, t: f64) -> String {
    let minutes = (f64::from(starts_at_s) + t) as u64 / 60;
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}
