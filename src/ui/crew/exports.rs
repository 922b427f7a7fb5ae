//! What a worker calls: the engine by plain numbers and bytes, without anything of the page.
//!
//! A worker instantiates the page's own module and never starts the page in it. It writes a job into the buffer that [`crew_text`] makes,
//! begins it with [`crew_start`], and reads its line when [`crew_advance`] has come to the end. Every worker has a module instance, and so a
//! buffer, of its own.

use std::cell::RefCell;
use std::sync::Arc;

use super::line;
use crate::design::file;
use crate::kata::builtin;
use crate::study::Seeds;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SEEDS: RefCell<Option<Seeds>> = const { RefCell::new(None) };
}

/// A buffer for an input of `length` bytes: a seed, a scenario's id and a design file, a line break between each.
#[unsafe(no_mangle)]
pub extern "C" fn crew_text(length: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        *text = vec![0; length.min(file::MAX_BYTES + 1024)];
        text.as_mut_ptr()
    })
}

/// Takes the input; 0 if it can't run.
#[unsafe(no_mangle)]
pub extern "C" fn crew_start() -> u32 {
    let seeds = TEXT.with_borrow(|text| begin(std::str::from_utf8(text).ok()?));
    let ready = seeds.is_some();
    SEEDS.set(seeds);
    u32::from(ready)
}

fn begin(input: &str) -> Option<Seeds> {
    let (seed, rest) = input.split_once('\n')?;
    let (scenario, design) = rest.split_once('\n')?;
    let scenario = builtin::scenario(scenario)?;
    let network = scenario.compile(&file::read(design).ok()?).ok()?;
    Some(Seeds::new(Arc::new(network), scenario.clone(), seed.parse().ok()?))
}

/// Handles up to `budget` events. 0 while the run is under way, then the length of its line.
#[unsafe(no_mangle)]
pub extern "C" fn crew_advance(budget: u32) -> usize {
    let outcome = SEEDS.with_borrow_mut(|seeds| seeds.as_mut().and_then(|s| s.advance(u64::from(budget))));
    outcome.map_or(0, |outcome| {
        TEXT.with_borrow_mut(|text| {
            *text = line::write(&outcome).into_bytes();
            text.len()
        })
    })
}

/// Where the line stands.
#[unsafe(no_mangle)]
pub extern "C" fn crew_line() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}
