//! Long rounds, and single inputs again: what `cargo xtask fuzz` builds and runs.

use std::path::Path;
use std::process::ExitCode;

use fuzz::round::{check, long, text};
use fuzz::{TARGETS, Target};

const USAGE: &str = "cargo xtask fuzz [TARGET …] [--inputs N] [--seed N] [--keep FOLDER], or TARGET FILE …";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The flag's value, taken out of the words.
fn flag(words: &mut Vec<String>, name: &str) -> Result<Option<String>, String> {
    let Some(at) = words.iter().position(|word| word == name) else { return Ok(None) };
    if at + 1 >= words.len() {
        return Err(format!("{name} needs a value: {USAGE}"));
    }
    words.remove(at);
    Ok(Some(words.remove(at)))
}

fn number(words: &mut Vec<String>, name: &str, usual: u64) -> Result<u64, String> {
    let value = flag(words, name)?;
    value.map_or(Ok(usual), |text| text.parse().map_err(|_| format!("{name} takes a whole number, not {text}")))
}

fn run(mut words: Vec<String>) -> Result<(), String> {
    let (inputs, seed) = (number(&mut words, "--inputs", 1_000_000)?, number(&mut words, "--seed", 1)?);
    let keep = flag(&mut words, "--keep")?;
    let named = |word: &String| TARGETS.iter().find(|target| target.name == word);
    if let [first, files @ ..] = &words[..]
        && !files.is_empty()
        && let Some(target) = named(first)
        && files.iter().all(|file| named(file).is_none())
    {
        return files.iter().try_for_each(|file| again(target, file));
    }
    let known: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    if let Some(odd) = words.iter().find(|word| named(word).is_none()) {
        return Err(format!("`{odd}` is none of {}: {USAGE}", known.join(", ")));
    }
    for target in TARGETS.iter().filter(|target| words.is_empty() || words.iter().any(|word| word == target.name)) {
        round(target, inputs, seed, keep.as_deref())?;
    }
    Ok(())
}

fn again(target: &Target, file: &str) -> Result<(), String> {
    let taken = check(target, &text(Path::new(file))).map_err(|why| format!("{file}: {why}"))?;
    println!("{}: nothing wrong; {} bytes, {} calls for memory", target.name, taken.bytes, taken.calls);
    Ok(())
}

fn round(target: &Target, inputs: u64, seed: u64, keep: Option<&str>) -> Result<(), String> {
    let told = long(target, inputs, seed)?;
    println!(
        "{}: {} inputs of seed {seed} in {:.0} s, nothing wrong; slowest {:.1} ms, {:.1} MB at the most, {} calls at the most; {} of {} edges, {} kept",
        target.name,
        told.inputs,
        told.seconds,
        told.slowest_ms,
        told.most.bytes as f64 / 1e6,
        told.most.calls,
        told.edges.0,
        told.edges.1,
        told.kept,
    );
    if let Some(folder) = keep {
        let folder = Path::new(folder).join(target.name);
        std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
        for (at, input) in told.new.iter().enumerate() {
            let path = folder.join(format!("{at:04}"));
            std::fs::write(&path, input).map_err(|why| format!("{}: {why}", path.display()))?;
        }
    }
    Ok(())
}
