//! Times of native tests: cargo runs each test binary through `xtask timed`, which passes its lines on and keeps what each test took.
//!
//! The test harness tells times behind an unstable option only. That is unlocked for the running test binary alone: nothing is compiled
//! with it. Doc tests are passed through, they have no such option.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::run;

/// Names the file that the times go to.
const TIMES: &str = "XTASK_TEST_TIMES";
/// How many of the slowest are told.
const MOST: usize = 10;

/// One test and its time in seconds.
#[derive(Debug, PartialEq)]
struct Timed {
    name: String,
    seconds: f64,
}

/// A `cargo test` whose test binaries go through [`pass`] and leave their times in the file `times`.
pub fn cargo_test(times: &Path) -> Outcome<Command> {
    let this = std::env::current_exe().map_err(|error| format!("xtask can't find itself: {error}"))?;
    let mut cargo = run::cargo();
    // Debug formatting writes what TOML reads as a string.
    cargo.arg("--config").arg(format!("target.'cfg(all())'.runner = [{:?}, \"timed\"]", this.display().to_string()));
    cargo.arg("test").env(TIMES, times);
    Ok(cargo)
}

/// What cargo calls: the test binary and its arguments. Ends as the binary does.
pub fn pass(words: &[String]) -> Outcome {
    let Some((binary, words)) = words.split_first() else {
        return Err("timed: cargo names the test binary to run".to_owned());
    };
    let path = Path::new(binary);
    let mut command = Command::new(path);
    command.args(words);
    let harness = path.parent().is_some_and(|folder| folder.ends_with("deps"));
    let Some(times) = std::env::var_os(TIMES).filter(|_| harness) else {
        return ended(command.status(), binary);
    };
    command.args(["-Zunstable-options", "--report-time"]).env("RUSTC_BOOTSTRAP", "1").stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("`{binary}` did not start: {error}"))?;
    let lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
    let mut kept = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&times)
        .map_err(|error| format!("{} can't be written: {error}", times.display()))?;
    for line in lines {
        let line = line.map_err(|error| format!("`{binary}` wrote what is no text: {error}"))?;
        println!("{line}");
        if let Some(Timed { name, seconds }) = timed(&line) {
            writeln!(kept, "{seconds} {}::{name}", stem(path))
                .map_err(|error| format!("a time can't be kept: {error}"))?;
        }
    }
    ended(child.wait(), binary)
}

fn ended(status: std::io::Result<std::process::ExitStatus>, binary: &str) -> Outcome {
    match status {
        Ok(status) if status.success() => Ok(()),
        // The binary has said what was wrong: its status is all there is to add.
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => Err(format!("`{binary}` did not run: {error}")),
    }
}

/// `engine-0123456789abcdef` is the binary `engine`.
fn stem(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    name.rsplit_once('-').map_or(name.clone(), |(stem, _)| stem.to_owned())
}

/// The name and time in a line of the harness: `test limits::a_flood ... ok <1.234s>`.
fn timed(line: &str) -> Option<Timed> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let (_, time) = rest.rsplit_once('<')?;
    let seconds = time.strip_suffix("s>")?.parse().ok()?;
    Some(Timed { name: name.to_owned(), seconds })
}

/// Prints the slowest of the tests whose times are in this file.
pub fn tell_slowest(times: &Path) -> Outcome {
    let text = fs::read_to_string(times).map_err(|error| format!("the tests' times can't be read: {error}"))?;
    println!("The slowest native tests:");
    for Timed { name, seconds } in slowest(&text) {
        println!("  {seconds:6.1} s  {name}");
    }
    Ok(())
}

fn slowest(text: &str) -> Vec<Timed> {
    let mut all: Vec<Timed> = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(seconds, name)| Some(Timed { name: name.to_owned(), seconds: seconds.parse().ok()? }))
        .collect();
    all.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    all.truncate(MOST);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_time_is_read() {
        let found = timed("test limits::a_flood - should panic ... ok <1.250s>");
        assert_eq!(found, Some(Timed { name: "limits::a_flood - should panic".to_owned(), seconds: 1.25 }));
        for other in ["test result: ok. 3 passed; 0 failed", "test a ... ok", "running 3 tests", "test a ... ok <fast>"]
        {
            assert_eq!(timed(other), None, "{other}");
        }
    }

    #[test]
    fn the_slowest_come_first_and_are_ten_at_most() {
        let text: String = (0..12).map(|n| format!("{n}.5 test_{n}\n")).collect();
        let found = slowest(&text);
        assert_eq!(found.len(), MOST);
        assert_eq!(found[0], Timed { name: "test_11".to_owned(), seconds: 11.5 });
    }

    #[test]
    fn a_binary_is_named_without_its_hash() {
        assert_eq!(stem(Path::new("target/debug/deps/waiting_room-01ab")), "waiting_room");
    }
}
