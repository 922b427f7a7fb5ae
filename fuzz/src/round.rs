//! One input through a target, and rounds of many.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rand::{SeedableRng, rngs::StdRng};

use crate::coverage::Seen;
use crate::meter::{MOST_BYTES, Taken, metered};
use crate::mutate::Pool;
use crate::targets::Target;

/// Calls for memory that any input may make, and those that it may make for each of its bytes: what hangs makes more.
const CALLS: u64 = 400_000;
const CALLS_A_BYTE: u64 = 400;
/// How long an input may take, in milliseconds. Only the long round looks at a clock.
const MOST_MS: f64 = 100.0;
/// The most inputs that a pool may come to hold.
const MOST_KEPT: usize = 4_000;

/// The corpus of a target: its files in the order of their names.
pub fn corpus(target: &Target) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), text(&path))).collect()
}

/// A file's text; what is no UTF-8 in it is replaced.
pub fn text(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One input: what it took.
///
/// # Errors
/// What is wrong.
pub fn check(target: &Target, input: &str) -> Result<Taken, String> {
    let (done, taken) = metered(|| catch_unwind(AssertUnwindSafe(|| (target.run)(input))));
    if let Err(panic) = done {
        let words = panic.downcast_ref::<String>().cloned();
        return Err(words.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default());
    }
    let most = CALLS + CALLS_A_BYTE * input.len() as u64;
    match taken {
        Taken { bytes, .. } if bytes > MOST_BYTES => Err(format!("it took {bytes} bytes; at the most {MOST_BYTES}")),
        Taken { calls, .. } if calls > most => Err(format!("it called for memory {calls} times; at the most {most}")),
        taken => Ok(taken),
    }
}

/// The file in which the input at work stands, so that it is there when the program is ended by what it does.
struct Last {
    path: PathBuf,
    file: File,
}

impl Last {
    fn of(target: &Target) -> Last {
        let this = std::env::current_exe().expect("a program");
        let path = this.with_file_name(format!("fuzz-{}.input", target.name));
        let file = File::create(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        Last { path, file }
    }

    fn note(&mut self, input: &str) {
        let written = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(input.as_bytes()));
        written.and_then(|()| self.file.set_len(input.len() as u64)).expect("the input is noted");
    }

    fn fault(&self, target: &Target, why: &str) -> String {
        format!("{}: {why}\nAgain: cargo xtask fuzz {} {}", target.name, target.name, self.path.display())
    }
}

/// The input of a number in a round: of seed and number alone.
fn made_up(pool: &Pool, seed: u64, number: u64) -> String {
    let mut rng = StdRng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number));
    pool.mutated(&mut rng)
}

/// The corpus and so many inputs made of it, without a clock.
///
/// # Errors
/// The first fault, with the command that shows it again.
pub fn short(target: &Target, inputs: u64, seed: u64) -> Result<(), String> {
    let mut last = Last::of(target);
    let corpus = corpus(target);
    let pool = Pool::new(corpus.iter().map(|(_, text)| text.clone()).collect());
    let made_up = (0..inputs).map(|number| made_up(&pool, seed, number));
    for input in corpus.iter().map(|(_, text)| text.clone()).chain(made_up) {
        last.note(&input);
        check(target, &input).map_err(|why| last.fault(target, &why))?;
    }
    Ok(())
}

/// What came of a long round.
#[derive(Debug, Default)]
pub struct Told {
    pub inputs: u64,
    pub most: Taken,
    pub slowest_ms: f64,
    pub kept: usize,
    pub edges: (usize, usize),
    pub seconds: f64,
    /// The inputs that reached something that no file of the corpus reaches, in their order.
    pub new: Vec<String>,
}

/// The same with a clock; what takes an edge that none before has taken is mutated further.
///
/// # Errors
/// As [`short`].
pub fn long(target: &Target, inputs: u64, seed: u64) -> Result<Told, String> {
    let mut last = Last::of(target);
    let corpus = corpus(target);
    let mut pool = Pool::new(corpus.iter().map(|(_, text)| text.clone()).collect());
    let (mut seen, mut told, begun) = (Seen::default(), Told::default(), Instant::now());
    let mut first = corpus.into_iter().map(|(_, text)| text);
    for number in 0..inputs {
        let from_corpus = first.next();
        let is_new = from_corpus.is_none();
        let input = from_corpus.unwrap_or_else(|| made_up(&pool, seed, number));
        last.note(&input);
        // What made it up is not looked at.
        seen.forget();
        let (taken, ms) = timed(target, &input).map_err(|why| last.fault(target, &why))?;
        told.most.bytes = told.most.bytes.max(taken.bytes);
        told.most.calls = told.most.calls.max(taken.calls);
        told.slowest_ms = told.slowest_ms.max(ms);
        if seen.look() && is_new && pool.len() < MOST_KEPT {
            told.new.push(input.clone());
            pool.keep(input);
        }
    }
    Ok(Told { inputs, kept: pool.len(), edges: seen.edges(), seconds: begun.elapsed().as_secs_f64(), ..told })
}

/// What an input takes, and how long: of a slow one the shortest of several times.
fn timed(target: &Target, input: &str) -> Result<(Taken, f64), String> {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let begun = (Instant::now(), busy_ms());
        let taken = check(target, input)?;
        let passed = begun.0.elapsed().as_secs_f64() * 1000.0;
        // A machine that is busy with others makes nothing slow.
        let own = begun.1.zip((passed > MOST_MS).then(busy_ms).flatten()).map(|(before, after)| after - before);
        best = best.min(own.unwrap_or(passed));
        if best <= MOST_MS {
            return Ok((taken, best));
        }
    }
    Err(format!("it takes {best:.0} ms; at the most {MOST_MS}"))
}

/// How long this thread has been at work, in milliseconds, where the system says so.
fn busy_ms() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse::<f64>().ok().map(|ns| ns / 1e6)
}
