//! Cells of a CSV file: texts that no spreadsheet takes for a formula, numbers with as many digits as say something.

use engine::measure::Unit;

/// A text; one that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn quoted(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A number with at most so many decimals.
pub fn number(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The value of a goal; with more decimals where it would otherwise seem to be on the other side of its limit.
pub fn beside_limit(value: f64, at_most: f64, unit: Unit) -> String {
    let places = match unit {
        Unit::Millis | Unit::Count => 3,
        Unit::Pounds => 4,
        Unit::Share => 6,
    };
    let honest = |places: &usize| {
        let shown: f64 = number(value, *places).parse().expect("digits");
        (shown <= at_most) == (value <= at_most)
    };
    number(value, (places..17).find(honest).unwrap_or(17))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_defused_and_what_divides_cells_is_quoted() {
        for (text, cell) in [
            ("plain.json", "plain.json"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\r=x", "\"'\r=x\""),
            ("a,b\nc", "\"a,b\nc\""),
        ] {
            assert_eq!(quoted(text), cell);
        }
    }

    #[test]
    fn numbers_are_short_and_never_rounded_onto_the_wrong_side() {
        assert_eq!(beside_limit(22.609444999999997, 30.0, Unit::Pounds), "22.6094");
        assert_eq!(beside_limit(200.0004, 200.0, Unit::Millis), "200.0004", "over the limit");
        assert_eq!(beside_limit(199.9999, 200.0, Unit::Millis), "200", "within it");
        assert_eq!(beside_limit(0.000_000_4, 0.0, Unit::Share), "0.0000004");
        assert_eq!(beside_limit(0.0, 0.0, Unit::Count), "0");
        assert_eq!(
            (number(1.0, 4), number(0.34237, 4), number(-0.00001, 3)),
            ("1".into(), "0.3424".into(), "0".into())
        );
        assert_eq!(number(120_000.0, 0), "120000");
    }
}
