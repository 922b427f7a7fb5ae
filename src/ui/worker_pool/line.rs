//! What goes between the page and a worker as text: a design that is to be run, and an outcome as one line, exact to the last bit.

use crate::design::{Design, file};
use crate::study::{Outcome, steady};

/// What a worker is to run: 1 or 0 for a steady state to be watched, a design file in one line, and a scenario's file.
pub fn job(scenario: &str, watched: bool, design: &Design) -> String {
    format!("{}\n{}\n{scenario}", u8::from(watched), file::write_compact(design))
}

/// Seed, digest, 1 or 0 for passed, what was watched of a steady state, then numbers as their bits in hexadecimal, or a dash: cost, end-to-end
/// p95, each goal's value.
pub fn write(outcome: &Outcome) -> String {
    let (seed, digest, passed) = (outcome.seed, &outcome.digest, u8::from(outcome.passed));
    let mut line = format!("{seed} {digest} {passed} {}", steady::write(&outcome.steady));
    for value in [Some(outcome.cost), outcome.end_to_end_p95_ms].iter().chain(&outcome.values) {
        match value {
            Some(value) => line += &format!(" {:x}", value.to_bits()),
            None => line += " -",
        }
    }
    line
}

/// What a line says; `None` if it is none.
pub fn read(line: &str) -> Option<Outcome> {
    let mut words = line.split(' ');
    let seed = words.next()?.parse().ok()?;
    let digest = words.next()?.to_owned();
    let passed = match words.next()? {
        "1" => true,
        "0" => false,
        _ => return None,
    };
    let steady = steady::read(words.next()?)?;
    let value = |word: &str| match word {
        "-" => Some(None),
        bits => u64::from_str_radix(bits, 16).ok().map(|bits| Some(f64::from_bits(bits))),
    };
    let (cost, end_to_end_p95_ms) = (value(words.next()?)??, value(words.next()?)?);
    let values = words.map(value).collect::<Option<_>>()?;
    Some(Outcome { seed, passed, cost, end_to_end_p95_ms, digest, steady, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_back_what_was_written() {
        let outcome = Outcome {
            seed: 50,
            passed: true,
            values: vec![Some(0.1 + 0.2), None, Some(0.0)],
            cost: 9.53,
            end_to_end_p95_ms: None,
            digest: "0123456789abcdef".into(),
            steady: vec![vec![steady::Tally { waiting: 1 << 70, ..Default::default() }; steady::INTERVALS]],
        };
        assert_eq!(read(&write(&outcome)), Some(outcome));
        let odd = [
            "",
            "! Error: wbg",
            "1",
            "1 d",
            "1 d 2",
            "x d 1 ",
            "1 d 1",
            "1 d 1 zz",
            "1 d 1  zz",
            "1 d 1  - -",
            "1 d 1  0",
        ];
        for line in odd {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
