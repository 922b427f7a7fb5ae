//! docs/model.md: each of its commands prints what stands under it, and what it works out by hand is worked out here once more.

use std::fs;

use serde_json::Value;

use crate::shown::{Shown, difference, read};
use crate::teaching::printed;

const PAGE: &str = "docs/model.md";

fn page() -> String {
    fs::read_to_string(PAGE).expect("the page on the model")
}

/// The last cell of the table's row with this first cell.
fn cell(row: &str, column: usize) -> f64 {
    let page = page();
    let start = format!("| {row} |");
    let line = page.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no row {row}"));
    let text = line.split('|').nth(column).expect("a cell").trim();
    text.parse().unwrap_or_else(|_| panic!("{row}: “{text}” is no number"))
}

fn monday() -> Value {
    serde_json::from_str(&printed("kata run demand-breaker --format json")).expect("JSON")
}

#[test]
fn every_command_prints_what_the_page_shows() {
    let (blocks, _) = read(&page());
    assert_eq!(blocks.len(), 3);
    for Shown { command, lines } in &blocks {
        let told = printed(command);
        assert_eq!(difference(lines, &told), None, "{command} prints now:\n{told}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a tenth of a millisecond is the same on every platform")]
fn the_acknowledgement_is_the_sum_of_its_parts() {
    let (mean, cv) = (20.0_f64, 0.5_f64);
    let sigma = (1.0 + cv * cv).ln().sqrt();
    let mu = mean.ln() - sigma * sigma / 2.0;
    let service = (mu + 1.645 * sigma).exp();
    assert!(
        page().contains(&format!("σ = {sigma:.3}, μ = {mu:.3}, and exp({mu:.3} + 1.645 × {sigma:.3}) = {service:.1}"))
    );
    let parts = [
        cell("service on a thread", 2),
        cell("handing the message to the queue", 2),
        cell("the network, there and back", 2),
    ];
    assert!((parts[0] - service).abs() < 0.05, "{service}");
    let sum: f64 = parts.iter().sum();
    assert!((sum - cell("together", 2)).abs() < 1e-9, "{sum}");
    let measured = monday()["acceptance_ms"]["p95"].as_f64().expect("a number");
    // To the width of the histogram's classes and of a sample of 170 000.
    assert!((measured - sum).abs() < 0.2, "{measured} measured, {sum} worked out");
}

#[test]
fn the_cost_is_the_sum_of_its_parts() {
    let run = monday();
    let number = |value: &Value| value.as_f64().expect("a number");
    let workers = number(&run["workers"]["consumers"]["mean"]);
    let parts = [2.0 * 3.0 * 0.12, workers * 3.0 * 0.06, number(&run["counts"]["accepted"]) / 1e6 * 0.5];
    assert!((parts.iter().sum::<f64>() - number(&run["cost"])).abs() < 1e-9);
    for (row, part) in ["API", "workers", "messages"].iter().zip(parts) {
        assert!((cell(row, 3) - part).abs() < 0.005, "{row}: {part}");
    }
    assert!(page().contains(&format!("| workers | {workers:.2} on average × 3 h")));
    assert_eq!(number(&run["counts"]["retries"]), 0.0, "no message is delivered twice");
}
