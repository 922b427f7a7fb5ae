//! Which edges of the program an input takes: the compiler counts them where `cargo xtask fuzz` asks it to; elsewhere nothing is counted.

use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

static START: AtomicPtr<u8> = AtomicPtr::new(std::ptr::null_mut());
static LENGTH: AtomicUsize = AtomicUsize::new(0);

/// What a program built with `-sanitizer-coverage-inline-8bit-counters` calls before `main`, each time with the same counters.
///
/// # Safety
/// From `start` to `stop` lie bytes that live as long as the program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __sanitizer_cov_8bit_counters_init(start: *mut u8, stop: *mut u8) {
    START.store(start, Ordering::Relaxed);
    LENGTH.store(stop.addr().saturating_sub(start.addr()), Ordering::Relaxed);
}

/// The compiler's counters, where there are any.
fn counters() -> Option<&'static mut [u8]> {
    let (start, length) = (START.load(Ordering::Relaxed), LENGTH.load(Ordering::Relaxed));
    // SAFETY: they are that long; one thread runs what counts, and asks for them one after the other.
    (!start.is_null()).then(|| unsafe { std::slice::from_raw_parts_mut(start, length) })
}

/// What was taken so far, by how often: once, twice, thrice, four times and more, and so on, a bit each.
#[derive(Default)]
pub struct Seen(Vec<u8>);

impl Seen {
    /// Passes over the edges since the last look.
    pub fn forget(&mut self) {
        if let Some(counters) = counters() {
            counters.fill(0);
        }
    }

    /// Takes in the edges since the last look; whether any is new. One thread at a time.
    pub fn look(&mut self) -> bool {
        let Some(counters) = counters() else { return false };
        self.0.resize(counters.len(), 0);
        let mut new = false;
        for (counters, seen) in counters.chunks_mut(64).zip(self.0.chunks_mut(64)) {
            if counters.iter().all(|count| *count == 0) {
                continue;
            }
            for (count, seen) in counters.iter_mut().zip(seen) {
                let bit = 1 << count.checked_ilog2().unwrap_or(0);
                new |= *count > 0 && *seen & bit == 0;
                *seen |= if *count > 0 { bit } else { 0 };
                *count = 0;
            }
        }
        new
    }

    /// How many edges were taken, of how many.
    pub fn edges(&self) -> (usize, usize) {
        (self.0.iter().filter(|seen| **seen > 0).count(), self.0.len())
    }
}
