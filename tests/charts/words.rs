//! What charts say: subtitles, summaries, readouts, tables and CSV.

use crate::golden;
use std::collections::BTreeSet;

use waiting_room::chart::{CHARTS, Chart, ChartInput, Drain, Key, LineExtents, csv, drain, readout, table};

use super::{input, limits, monday, plain};

fn labels(keys: Vec<Key>) -> Vec<String> {
    keys.into_iter().map(|k| k.label.into_owned()).collect()
}

fn chart(id: &str) -> &'static Chart {
    Chart::find(id).expect("a chart")
}

#[test]
fn legend_entries_have_ids_of_their_own() {
    let ids: Vec<&str> = CHARTS.iter().flat_map(|c| c.legend()).map(|k| k.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    let lines: Vec<&str> = CHARTS.iter().flat_map(|c| c.lines).map(|l| l.id).collect();
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len(), "{lines:?}");
    assert_eq!(labels(chart("gap").legend()), ["confirmed", "acknowledged"]);
}

/// The figures of the summary are those of the series, found here by other means.
#[test]
fn summaries_cite_the_right_figures() {
    let (series, limits) = (monday::series(1080, false), limits());
    let input = input(&series, &limits);
    let clock = |s: f64| {
        let s = s as u64 + 27_000;
        format!("{:02}:{:02}", s / 3600, s / 60 % 60)
    };
    let thousands = |n: u64| if n < 1000 { n.to_string() } else { format!("{} {:03}", n / 1000, n % 1000) };

    let mut peak = &series.bins[0];
    for bin in &series.bins {
        if bin.max_backlog > peak.max_backlog {
            peak = bin;
        }
    }
    let after = series.bins.iter().filter(|b| b.from >= peak.from);
    // From here on hardly anything waits, to the end.
    let few = (peak.max_backlog as f64 / 100.0).clamp(5.0, 100.0);
    let drained = after.clone().rev().find(|b| b.max_backlog as f64 > few).expect("it drains");
    let most = thousands(peak.max_backlog);
    let (at, until) = (clock(peak.from.seconds()), clock(drained.to.seconds()));
    let told = plain(&(chart("backlog").summary)(&input));
    golden::tells("chart", "backlog of a whole run", &told, &[&most, &at, &until, "3 000"]);

    let arrived: u64 = series.bins.iter().map(|b| u64::from(b.arrivals)).sum();
    let told = plain(&(chart("flow").summary)(&input));
    assert!(told.contains(&thousands(arrived)), "{told}");
    golden::says("chart", "flow of a whole run", &told);

    let cost = series.bins.last().expect("bins").cost;
    let told = plain(&(chart("work").summary)(&input));
    golden::tells("chart", "work of a whole run", &told, &["90", &format!("£{cost:.2}"), "£10.00"]);

    let told = plain(&(chart("gap").summary)(&input));
    golden::tells("chart", "gap of a whole run", &told, &["200 ms", "2 min"]);
}

/// An answer is on its way for 20 ms after the confirmation: a border of rounding between the two makes no two figures of it, neither now nor at
/// the crosshair. What differs by a digit stays two.
#[test]
fn a_booking_that_is_confirmed_when_it_is_acknowledged_has_one_figure() {
    let limits = limits();
    let said = |acknowledged: f64, confirmed: f64| {
        let mut series = monday::series(1, false);
        (series.bins[0].acceptance.p95_ms, series.bins[0].end_to_end.p95_ms) = (Some(acknowledged), Some(confirmed));
        let bin = series.bins[0].clone();
        let input = ChartInput { now: Some(&bin), ..input(&series, &limits) };
        let now = chart("gap").entries(&input, &LineExtents::of(chart("gap"), &series));
        let at = readout(chart("gap"), &input, 5.0).into_iter().filter(|r| r.label.ends_with("p95")).map(|r| r.value);
        let now: Vec<String> = now.into_iter().map(|entry| plain(&entry.value.expect("a run"))).collect();
        assert_eq!(now, at.map(|value| plain(&value)).collect::<Vec<_>>());
        now
    };
    assert_eq!(said(2_960.0, 2_940.0), ["2.9 s", "2.9 s"]);
    assert_eq!(said(2_960.0, 2_900.0), ["2.9 s", "3 s"]);
    assert_eq!(said(84.0, 2_940.0), ["2.9 s", "84 ms"]);
}

#[test]
fn before_a_run_the_words_name_the_limits() {
    let (series, limits) = (monday::series(0, false), limits());
    let input = input(&series, &limits);
    let told: Vec<String> = CHARTS.iter().map(|c| plain(&(c.summary)(&input))).collect();
    golden::tells("chart", "all four before a run", &told.join("\n"), &["200 ms", "2 min", "3 000", "£10.00"]);
    assert!(CHARTS.iter().all(|c| (c.subtitle)(&input) == c.about()));
    assert!(CHARTS.iter().all(|c| readout(c, &input, 60.0).is_empty() && table(c, &input).len() == 1));
    assert_eq!(drain(&series.bins, Some(false)), None);
}

#[test]
fn subtitles_carry_the_latest_figures() {
    let (series, limits) = (monday::series(190, false), limits());
    let input = input(&series, &limits);
    let last = series.bins.last().expect("bins");
    let told = plain(&(chart("work").subtitle)(&input));
    let (cost, busy) = (format!("£{:.2}", last.cost), format!("{} of {}", last.busy_workers, last.workers));
    golden::tells("chart", "work so far", &told, &[&cost, "£10.00", &busy]);
    assert!(last.backlog > 0);
    let told = (chart("backlog").subtitle)(&input);
    golden::says("chart", "backlog so far", &told);
}

/// A legend has an entry for what is rare only once it has happened.
#[test]
fn rare_lines_come_into_the_legend_with_their_first_value() {
    let limits = limits();
    let labels_now = |outage| {
        let series = monday::series(400, outage);
        let keys = chart("flow").legend_now(&input(&series, &limits));
        labels(keys)
    };
    assert_eq!(labels_now(false), ["arrive", "confirmed"]);
    assert_eq!(labels_now(true), ["arrive", "confirmed", "let down"]);
}

/// At the pace of the last minute: so many wait, so many left in six bins of 10 s.
#[test]
fn the_drain_clock_follows_the_last_minute() {
    let series = monday::series(190, false);
    let last = series.bins.last().expect("bins");
    let done: u32 = series.bins[184..].iter().map(|b| b.confirmed).sum();
    let Some(Drain::At(t)) = drain(&series.bins, Some(false)) else { panic!("it drains") };
    let in_system = (last.backlog + last.in_flight) as f64;
    assert!((t - (1900.0 + in_system * 60.0 / f64::from(done))).abs() < 1e-6);
    let mut stuck = monday::series(300, true);
    stuck.bins.iter_mut().for_each(|b| b.given_up = 0);
    assert_eq!(drain(&stuck.bins, Some(false)), Some(Drain::Stuck));
    assert_eq!(drain(&monday::series(1, false).bins, Some(false)), Some(Drain::Empty));
}

#[test]
fn the_readout_gives_what_the_bin_holds() {
    let (series, limits) = (monday::series(600, false), limits());
    let input = input(&series, &limits);
    let values = readout(chart("work"), &input, 2_003.0);
    let bin = &series.bins[200];
    let expected = [
        ("ordered", bin.workers.to_string()),
        ("busy", bin.busy_workers.to_string()),
        ("cost", format!("£{:.2}", bin.cost)),
    ];
    let values: Vec<(&str, String)> = values.into_iter().map(|r| (r.label, r.value)).collect();
    assert_eq!(values, expected);
    assert!(readout(chart("work"), &input, 6_001.0).is_empty(), "nothing is known of the future");
    let hidden = ["cost".to_string()];
    assert_eq!(readout(chart("work"), &ChartInput { hidden: &hidden, ..input }, 2_003.0).len(), 2);
}

/// Reading the CSV gives the figures back; no cell begins like a formula.
#[test]
fn csv_parses_back_and_is_safe() {
    let (series, limits) = (monday::series(400, true), limits());
    let input = input(&series, &limits);
    for chart in CHARTS {
        let text = csv(chart, &input);
        let rows: Vec<Vec<String>> = text.split_terminator("\r\n").map(cells).collect();
        assert_eq!(rows.len(), series.bins.len() + 1);
        for (row, bin) in rows[1..].iter().zip(&series.bins) {
            assert_eq!(row.len(), chart.lines.len() + 2);
            assert_eq!(row[0].parse(), Ok(bin.from.seconds()));
            for (cell, line) in row[2..].iter().zip(chart.lines) {
                match (line.value)(bin) {
                    Some(value) => {
                        let read: f64 = cell.parse().unwrap_or_else(|_| panic!("{}: {cell}", line.id));
                        assert_eq!(read.to_bits(), value.to_bits(), "{}: to the last digit", line.id);
                    }
                    None => assert_eq!(cell, ""),
                }
            }
        }
        assert!(rows.iter().flatten().all(|c| !c.starts_with(['=', '+', '-', '@', '\t'])), "{}", chart.key);
    }
}

/// The cells of a row, quotes undone.
fn cells(row: &str) -> Vec<String> {
    let (mut out, mut open, mut cell) = (Vec::new(), false, String::new());
    for c in row.chars() {
        match c {
            '"' => open = !open,
            ',' if !open => out.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    out.push(cell);
    out
}

#[test]
fn tables_have_a_head_and_a_row_a_bin_in_words() {
    let (series, limits) = (monday::series(310, true), limits());
    let input = input(&series, &limits);
    let rows = table(chart("gap"), &input);
    assert_eq!(rows.len(), 311);
    assert_eq!(rows[0], ["from", "confirmed, p50", "acknowledged, p50", "confirmed, p95", "acknowledged, p95"]);
    assert_eq!(rows[181][0], "08:00:00");
    assert!(rows[1][2].ends_with("ms"), "{:?}", rows[1]);
    assert_eq!(rows[300][3], "–", "nothing was confirmed in the outage");
}
