//! What an input takes: bytes at their most, and calls for memory, which stand for work without a clock.
//!
//! Each thread counts for itself, so tests run side by side. A thread that goes far beyond what is allowed gets no more memory and ends the
//! program, which is better than the machine's end.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;

/// The most bytes that one input may take at a time.
pub const MOST_BYTES: usize = 64 << 20;
/// Where a thread gets no more.
const END: isize = 512 << 20;

/// What an input took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Bytes at the most at a time, beyond those at its start.
    pub bytes: usize,
    /// Calls for memory.
    pub calls: u64,
}

thread_local! {
    static IN_USE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
}

struct Meter;

#[global_allocator]
static ALLOCATOR: Meter = Meter;

/// Counts so many bytes; false: they are too many. A thread that ends counts no more.
fn count(bytes: isize) -> bool {
    let counted = IN_USE.try_with(|in_use| {
        in_use.set(in_use.get() + bytes);
        in_use.get()
    });
    let Ok(now) = counted else { return true };
    let _ = PEAK.try_with(|peak| peak.set(peak.get().max(now)));
    let _ = CALLS.try_with(|calls| calls.set(calls.get() + u64::from(bytes > 0)));
    now < END
}

// SAFETY: the system's allocator does all the work, with layouts as they come; the counts touch no memory of theirs.
unsafe impl GlobalAlloc for Meter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size().cast_signed()) {
            return ptr::null_mut();
        }
        // SAFETY: the caller keeps the contract of `alloc`, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: `memory` came from `System` with this layout.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size().cast_signed()) {
            return ptr::null_mut();
        }
        // SAFETY: as in `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !count(size.cast_signed() - layout.size().cast_signed()) {
            return ptr::null_mut();
        }
        // SAFETY: `memory` came from `System` with this layout, and the caller keeps the rest of the contract.
        unsafe { System.realloc(memory, layout, size) }
    }
}

/// Does something; how much it took.
pub fn metered<T>(what: impl FnOnce() -> T) -> (T, Taken) {
    IN_USE.set(0);
    PEAK.set(0);
    CALLS.set(0);
    let done = what();
    (done, Taken { bytes: PEAK.get().unsigned_abs(), calls: CALLS.get() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_at_a_time_is_counted() {
        let (_, taken) = metered(|| (0..10).map(|_| vec![1_u8; 1 << 20].len()).sum::<usize>());
        assert!((1 << 20..1 << 21).contains(&taken.bytes) && (10..100).contains(&taken.calls), "{taken:?}");
        let (_, taken) = metered(|| (0..10).map(|_| vec![1_u8; 1 << 20]).collect::<Vec<_>>().len());
        assert!(taken.bytes > 10 << 20, "{taken:?}");
    }
}
