//! A long round of made-up inputs, or an input again: builds `fuzz/` so that it counts which edges of the program an input takes, on the stable
//! compiler and without a crate for it, and runs it.

use std::path::Path;
use std::process::Command;

use crate::run::{self, run};
use crate::{Outcome, build};

/// What makes the compiler count edges, a byte each.
const COUNTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters";

pub fn fuzz(words: &[String]) -> Outcome {
    let told = run::capture(Command::new("rustc").arg("-vV").current_dir(run::root()))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("the compiler does not say its host")?;
    let mut cargo = run::cargo();
    // A target is named so that what runs while building is not counted.
    cargo.args(["run", "--quiet", "--profile", "fuzz", "--package", "fuzz", "--target", host, "--"]);
    cargo.args(words.iter().map(|word| path(word).unwrap_or_else(|| word.clone())));
    run(cargo.env("CARGO_TARGET_DIR", build::target().join("fuzz")).env("RUSTFLAGS", COUNTED))
}

/// A file that is named from here: cargo runs in the project's folder.
fn path(word: &str) -> Option<String> {
    let file = Path::new(word).canonicalize().ok().filter(|path| path.is_file())?;
    Some(file.to_str()?.to_owned())
}
