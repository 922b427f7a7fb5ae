//! The distribution of latencies: its picture, its figures, its words.

use crate::golden;
use engine::measure::Histogram;
use engine::sim::time::Span;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use waiting_room::chart::latency_distribution::{csv, summary, table};
use waiting_room::chart::{Latencies, Size, SpreadInput, Theme, draw_spread, draw_spread_standalone};

use super::{limits, pictures, plain};

/// So many bookings with latencies from `from_ms` on, the slowest 1 % ten times as slow.
fn made(n: u64, from_ms: f64, spread_ms: f64) -> Histogram {
    let mut histogram = Histogram::default();
    for i in 0..n {
        let share = i as f64 / n as f64;
        let tail = if share > 0.99 { 10.0 } else { 1.0 };
        histogram.record(Span::from_seconds((from_ms + spread_ms * share * share) * tail / 1000.0));
    }
    histogram
}

fn size(width: u32, height: u32, scale: f64) -> Size {
    Size { width, height, scale }
}

#[test]
fn the_distribution_looks_as_it_did() {
    let limits = limits();
    let (ack, confirmed, few) =
        (made(20_000, 62.0, 25.0), made(20_000, 1_100.0, 90_000.0), made(18_400, 1_100.0, 900_000.0));
    let slow_ack = made(20_000, 900.0, 2_600.0);
    let run = Latencies { acceptance: &ack, end_to_end: &confirmed };
    let owing = Latencies { acceptance: &slow_ack, end_to_end: &few };
    for (theme, ending) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let base =
            SpreadInput { run, compared: Some(("Run 3", owing)), limits: &limits, theme, size: size(760, 380, 1.0) };
        pictures::golden(&format!("spread-compared-{ending}"), &drawn(&base, true));
        let owed = SpreadInput { run: owing, compared: None, size: size(640, 480, 2.0), ..base };
        pictures::golden(&format!("spread-owed-{ending}"), &drawn(&owed, false));
    }
    let empty = Histogram::default();
    let nothing = Latencies { acceptance: &empty, end_to_end: &empty };
    let base =
        SpreadInput { run: nothing, compared: None, limits: &limits, theme: Theme::Light, size: size(340, 240, 1.0) };
    assert!(!drawn(&base, false).contains("NaN"));
}

fn drawn(input: &SpreadInput, standalone: bool) -> String {
    let mut out = String::new();
    {
        let root = SVGBackend::with_string(&mut out, (input.size.width, input.size.height)).into_drawing_area();
        if standalone {
            draw_spread_standalone(&root, input, "Monday, 8 am · seed 1").expect("SVG takes everything");
        } else {
            draw_spread(&root, input).expect("SVG takes everything");
        }
    }
    out
}

/// Every figure is the histogram's own; those who were never confirmed count, as in the goals.
#[test]
fn figures_are_those_of_the_histograms() {
    let limits = limits();
    let (ack, confirmed) = (made(1_000, 62.0, 25.0), made(960, 1_100.0, 90_000.0));
    let run = Latencies { acceptance: &ack, end_to_end: &confirmed };
    assert_eq!(run.owed(), 40);
    let input = SpreadInput { run, compared: None, limits: &limits, theme: Theme::Light, size: size(640, 380, 1.0) };
    let rows: Vec<Vec<String>> = csv(&input).lines().map(|l| l.split(',').map(str::to_owned).collect()).collect();
    assert_eq!(rows[0], ["percentile", "acknowledged (ms)", "confirmed (ms)"]);
    for row in &rows[1..] {
        let p = row[0].parse::<f64>().expect("a number") / 100.0;
        let rank = (p * 1_000.0 - 1e-9).ceil() as u64;
        assert_eq!(row[1].parse().ok(), ack.ranked_ms(rank), "{row:?}");
        assert_eq!(row[2].parse().ok(), confirmed.ranked_ms(rank), "{row:?}");
    }
    assert_eq!(rows[4][2], confirmed.ranked_ms(950).expect("there").to_string());
    assert_eq!(rows[5][2], "", "99 % are never confirmed: 40 of 1 000 are owed");
    let words = plain(&summary(&input));
    golden::tells("chart", "the distribution", &words, &["68 ms", "95 %", "99 %", "40 of 1 000"]);
    let table = table(&input);
    assert_eq!(plain(&table[5].join("|")).rsplit('|').next(), Some("not yet"));
    assert_eq!(table.len(), rows.len());
}

/// One pass over many ranks finds what one search for each finds.
#[test]
fn many_ranks_in_one_pass() {
    let histogram = made(5_000, 3.0, 70_000.0);
    let ranks: Vec<u64> = (0..=5_010).step_by(7).collect();
    let each: Vec<Option<f64>> = ranks.iter().map(|r| histogram.ranked_ms(*r)).collect();
    assert_eq!(histogram.ranked_all_ms(ranks), each);
}
