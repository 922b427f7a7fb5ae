//! Figures in words.

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

#[test]
fn figures_are_written_as_the_language_has_them() {
    let language = crate::lang::Language {
        tag: "de".to_owned(),
        lines: Vec::new(),
        decimal: ',',
        group: '.',
        plural: |_| "other".to_owned(),
    };
    crate::lang::set(Some(language));
    assert_eq!(number(-2_310.5, 1), "−2.310,5");
    assert_eq!(plain(share(0.0271)), "2,71 %");
    assert_eq!(plain(duration_ms(1_234.0)), "1,2 s");
    assert_eq!(pounds(1_204.5), "£1.204,50");
    assert_eq!(estimate(8.741, 8.7, 8.8, Unit::Pounds).1, "£8,70–£8,80");
    crate::lang::set(None);
}

/// Reading what is written gives the value as shown, at every border between units.
#[test]
fn the_value_as_shown_is_the_one_that_is_written() {
    let millis = [84.3, 9.94, 999.3, 1_240.0, 9_949.0, 9_951.0, 19_540.0, 59_400.0, 1_958_400.0, 7_260_000.0];
    let shown = millis.map(|ms| as_shown(ms, Unit::Millis));
    let wanted = [84.0, 9.9, 999.0, 1_200.0, 9_900.0, 10_000.0, 20_000.0, 59_000.0, 1_958_000.0, 7_260_000.0];
    for ((ms, shown), wanted) in millis.into_iter().zip(shown).zip(wanted) {
        assert!((shown - wanted).abs() < 1e-6, "{ms}: {shown}");
        assert_eq!(duration_ms(shown), duration_ms(ms));
    }
    for share in [0.0, 0.00042, 0.0035, 0.102_4, 0.998] {
        let written = plain(metric(Some(share), Unit::Share));
        assert_eq!(plain(metric(Some(as_shown(share, Unit::Share)), Unit::Share)), written);
    }
    assert_eq!((as_shown(7.6, Unit::Count), as_shown(0.724, Unit::Pounds)), (8.0, 0.72));
}

/// One figure lies within half of a step, whichever side of a border of rounding; two that are told apart by a digit are two.
#[test]
fn figures_nearer_than_half_a_step_are_one() {
    assert!(alike_ms(2_960.0, 2_940.0) && duration_ms(2_960.0) != duration_ms(2_940.0));
    assert!(alike_ms(19_480.0, 19_520.0) && alike_ms(9_960.0, 9_940.0));
    assert!(!alike_ms(2_960.0, 2_900.0) && !alike_ms(980.0, 960.0) && !alike_ms(84.0, 3_000.0));
}
