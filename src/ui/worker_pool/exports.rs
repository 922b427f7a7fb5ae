//! What a worker calls: the engine by plain numbers and bytes, without anything of the page.
//!
//! A worker instantiates the page's own modules, and of the second one, where there are two, calls these: `late=` in their names says so. It
//! never starts the page in them, so it has no kata: what it runs comes as text. It writes a design into the buffer that [`pool_text`] makes,
//! takes it in with [`pool_design`], begins each seed with [`pool_start`], and reads its line when [`pool_advance`] has come to the end. Every
//! worker has a module instance, and so a buffer, of its own.

use std::cell::RefCell;

use crate::design::file;
use crate::kata::Scenario;
use crate::study::Seeds;

use crate::ui::worker_pool::line;

/// The longest text that a worker takes, in bytes: a design file and a scenario's file of the largest size, and a line.
const MOST_BYTES: usize = 2 * file::MAX_BYTES + 1024;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SEEDS: RefCell<Option<Seeds>> = const { RefCell::new(None) };
}

/// A buffer for `length` bytes of what [`line::job`] writes; null if they are too many. What was taken in before is forgotten.
#[unsafe(export_name = "late=pool_text")]
pub extern "C" fn pool_text(length: usize) -> *mut u8 {
    SEEDS.set(None);
    if length > MOST_BYTES {
        return std::ptr::null_mut();
    }
    TEXT.with_borrow_mut(|text| {
        *text = vec![0; length];
        text.as_mut_ptr()
    })
}

/// Takes in what stands in the buffer; 0 if it can't run.
#[unsafe(export_name = "late=pool_design")]
pub extern "C" fn pool_design() -> u32 {
    let seeds = TEXT.with_borrow(|text| begin(std::str::from_utf8(text).ok()?));
    let ready = seeds.is_some();
    SEEDS.set(seeds);
    u32::from(ready)
}

fn begin(input: &str) -> Option<Seeds> {
    let (watched, rest) = input.split_once('\n')?;
    let (design, scenario) = rest.split_once('\n')?;
    let scenario = Scenario::read(scenario).ok()?;
    Seeds::of(&scenario, &file::read(design).ok()?, watched == "1", 0).ok()
}

/// Begins a seed of the design; 0 without one.
#[unsafe(export_name = "late=pool_start")]
pub extern "C" fn pool_start(seed: u64) -> u32 {
    SEEDS.with_borrow_mut(|seeds| {
        seeds.as_mut().map_or(0, |seeds| {
            seeds.go_to(seed);
            1
        })
    })
}

/// Handles up to `budget` events. 0 while the run is under way, then the length of its line.
#[unsafe(export_name = "late=pool_advance")]
pub extern "C" fn pool_advance(budget: u32) -> usize {
    let outcome = SEEDS.with_borrow_mut(|seeds| seeds.as_mut().and_then(|s| s.advance(u64::from(budget))));
    outcome.map_or(0, |outcome| {
        TEXT.with_borrow_mut(|text| {
            *text = line::write(&outcome).into_bytes();
            text.len()
        })
    })
}

/// Where the line stands.
#[unsafe(export_name = "late=pool_line")]
pub extern "C" fn pool_line() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::design::Design;
    use crate::kata::builtin;

    fn take(text: &str) -> Option<u32> {
        let at = pool_text(text.len());
        (!at.is_null()).then(|| {
            TEXT.with_borrow_mut(|buffer| buffer.copy_from_slice(text.as_bytes()));
            pool_design()
        })
    }

    /// 30 pools with 1 000 steps each fit into a design file, and are more than three times as long with line breaks.
    fn long() -> Design {
        let steps: Vec<String> = (0..1000).map(|n| format!(r#"{{"at_s":{n},"workers":1}}"#)).collect();
        let scaling = format!(r#"{{"policy":"schedule","workers":1,"startup_s":60,"steps":[{}]}}"#, steps.join(","));
        let pool = |n: usize| format!(r#"{{"id":"p{n}","kind":"consumers","params":{{"scaling":{scaling}}}}}"#);
        let pools: Vec<String> = (0..30).map(pool).collect();
        let text =
            format!(r#"{{"format":"waiting-room/design","version":1,"nodes":[{}],"edges":[]}}"#, pools.join(","));
        file::read(&text).unwrap_or_else(|why| panic!("{:?}", why.first()))
    }

    #[test]
    fn a_text_is_taken_whole_or_not_at_all() {
        let long = line::job(builtin::scenario_file("monday").expect("built in"), false, &long());
        assert!(!pool_text(long.len()).is_null(), "a design file of a legal size has room: {}", long.len());
        assert!(!pool_text(MOST_BYTES).is_null());
        assert_eq!(TEXT.with_borrow(Vec::len), MOST_BYTES);
        assert!(pool_text(MOST_BYTES + 1).is_null());
    }

    #[test]
    fn a_seed_begins_only_with_a_design() {
        let design = Rc::new(builtin::design("naive").expect("built in").design());
        assert_eq!(pool_start(1), 0);
        assert_eq!(take(&line::job(builtin::scenario_file("monday").expect("built in"), true, &design)), Some(1));
        assert_eq!(pool_start(7), 1);
        let mut length = 0;
        while length == 0 {
            length = pool_advance(1 << 20);
        }
        let told = TEXT.with_borrow(|text| line::read(std::str::from_utf8(text).expect("text")).expect("a line"));
        let scenario = builtin::scenario("monday").expect("built in");
        let mut seeds = Seeds::of(scenario, &design, false, 7).expect("it runs");
        let digest = seeds.advance(u64::MAX).expect("the whole run").digest;
        assert_eq!((told.seed, told.digest), (7, digest));
        // What can't run leaves nothing of the design before it to be run in its place.
        assert_eq!(take("1\n{}\n{}"), Some(0));
        assert_eq!(pool_start(8), 0);
    }
}
