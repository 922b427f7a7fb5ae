//! Runs one and the same waiting room in this engine and in other simulators, one after the other, and compares their speed.
//!
//! `benches/peers/model.md` says what the model is and what a program prints. Speeds are only worth comparing if all run the same
//! model, so mean waits further apart than chance allows are a failure. Only this engine may be missing, and that is said.

use std::process::Command;

use serde_json::Value;

use crate::run::{self, run};
use crate::{Outcome, venv};

/// How far two mean waits may lie apart, in standard errors of their difference.
const ALLOWED: f64 = 4.0;

/// What a program said about its run.
struct Row {
    name: String,
    bookings: f64,
    cpu_seconds: f64,
    mean_wait_ms: f64,
    /// The standard error of its mean wait, if it knows it.
    error_ms: Option<f64>,
    own: bool,
}

impl Row {
    fn speed(&self) -> f64 {
        self.bookings / self.cpu_seconds
    }
}

pub fn peers() -> Outcome {
    let folder = run::root().join("benches/peers");
    let mut rows = Vec::new();
    if run::root().join("examples/peer.rs").is_file() {
        // Compiled beforehand, so that the table below is of runs alone.
        run(run::cargo().args(["build", "--release", "--example", "peer"]))?;
        let mut command = run::cargo();
        command.args(["run", "--quiet", "--release", "--example", "peer", "--", "60000000"]);
        rows.push(row(&mut command, true)?);
    } else {
        println!("This engine's own program, examples/peer.rs, isn't there: its row is left out.");
    }
    let mut node = Command::new("node");
    rows.push(row(node.arg(folder.join("heap_room.mjs")).arg("10000000"), false)?);
    let python = venv::with_packages(&run::root().join("target/peers"), &folder.join("requirements.txt"))?;
    for (file, bookings) in [("simpy_room.py", "250000"), ("ciw_room.py", "100000")] {
        rows.push(row(Command::new(&python).arg(folder.join(file)).arg(bookings), false)?);
    }
    table(&mut rows);
    agree(&rows)
}

/// Runs a program and reads the one line it prints.
fn row(command: &mut Command, own: bool) -> Outcome<Row> {
    let said = run::capture(command)?;
    let line = said.lines().last().unwrap_or_default();
    eprintln!("{line}");
    let value: Value =
        serde_json::from_str(line).map_err(|error| format!("a peer printed no line of JSON: {error}"))?;
    let number = |key: &str| value[key].as_f64().ok_or(format!("a peer's line has no {key}: {line}"));
    Ok(Row {
        name: value["name"].as_str().unwrap_or("nameless").to_owned(),
        bookings: number("bookings")?,
        cpu_seconds: number("cpu_s")?,
        mean_wait_ms: number("mean_wait_ms")?,
        error_ms: value["se_wait_ms"].as_f64(),
        own,
    })
}

fn table(rows: &mut [Row]) {
    rows.sort_by(|a, b| b.speed().total_cmp(&a.speed()));
    let own = rows.iter().find(|row| row.own).map(Row::speed);
    println!(
        "\n{:<26} {:>11} {:>7} {:>14} {:>13} {:>10}",
        "", "bookings", "CPU s", "bookings/CPU s", "mean wait ms", "slower by"
    );
    for row in &*rows {
        let ratio = own.map_or("-".to_owned(), |own| format!("{:.1}", own / row.speed()));
        println!(
            "{:<26} {:>11} {:>7.2} {:>14.0} {:>13.2} {:>10}",
            row.name,
            row.bookings,
            row.cpu_seconds,
            row.speed(),
            row.mean_wait_ms,
            ratio
        );
    }
}

/// All mean waits are one value, but for chance. All ran the same model, so the error of one gives that of the others.
fn agree(rows: &[Row]) -> Outcome {
    let spread = rows
        .iter()
        .find_map(|row| Some(row.error_ms? * row.bookings.sqrt()))
        .ok_or("no peer says how exact its mean wait is (se_wait_ms)")?;
    for (index, a) in rows.iter().enumerate() {
        for b in &rows[index + 1..] {
            let allowed = ALLOWED * spread * (1.0 / a.bookings + 1.0 / b.bookings).sqrt();
            let apart = (a.mean_wait_ms - b.mean_wait_ms).abs();
            if apart > allowed {
                return Err(format!(
                    "{} and {} don't run the same model: their mean waits are {apart:.2} ms apart, {allowed:.2} ms is chance",
                    a.name, b.name
                ));
            }
        }
    }
    println!("All mean waits agree within {ALLOWED} standard errors: they ran the same model.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bookings: f64, mean_wait_ms: f64, error_ms: Option<f64>) -> Row {
        Row { name: String::new(), bookings, cpu_seconds: 1.0, mean_wait_ms, error_ms, own: false }
    }

    /// An error of 1 ms with a million bookings is 10 ms with ten thousand: 4 · √(1² + 10²) = 40.2 ms may be chance.
    #[test]
    fn waits_may_differ_by_chance_and_no_more() {
        let long = || row(1e6, 100.0, Some(1.0));
        assert!(agree(&[long(), row(1e4, 140.0, None)]).is_ok());
        assert!(agree(&[long(), row(1e4, 141.0, None)]).is_err());
        assert!(agree(&[row(1e4, 141.0, None)]).is_err(), "nobody knows the error");
    }
}
