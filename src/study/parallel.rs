//! Many tasks on all cores, their results in order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many results may wait to be taken; then the threads wait too.
const WAITING: usize = 64;

/// How many threads this machine can run at once.
pub fn cores() -> u64 {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    u64::try_from(cores).expect("few cores")
}

/// Does `work` for 0…n−1 on at most as many threads as there are cores, and passes every result to `take`, in order, as soon as it and those
/// before it are there. Work stops soon after `take` breaks.
pub fn in_order<T: Send>(n: u64, work: impl Fn(u64) -> T + Sync, take: impl FnMut(u64, T) -> ControlFlow<()>) {
    in_order_on(cores(), n, work, take);
}

/// The same on at most so many threads.
pub fn in_order_on<T: Send>(
    threads: u64,
    n: u64,
    work: impl Fn(u64) -> T + Sync,
    mut take: impl FnMut(u64, T) -> ControlFlow<()>,
) {
    let threads = threads.min(n);
    let next = AtomicU64::new(0);
    let (sender, results) = mpsc::sync_channel(WAITING);
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    // A failed send: no more results are taken.
                    if number >= n || sender.send((number, work(number))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (number, result) in results {
            early.insert(number, result);
            while let Some(result) = early.remove(&due) {
                if take(due, result).is_break() {
                    return;
                }
                due += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Later numbers are done first (they have less to do), and still come last.
    #[test]
    fn results_come_in_order_whatever_is_done_first() {
        let mut seen = Vec::new();
        let work = |n: u64| {
            std::hint::black_box((0..(200 - n) * 500).fold(0, |sum, i| sum ^ std::hint::black_box(i)));
            n
        };
        in_order(200, work, |number, result| {
            assert_eq!(number, result);
            seen.push(number);
            ControlFlow::Continue(())
        });
        assert_eq!(seen, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn a_break_stops_the_work() {
        let done = AtomicU64::new(0);
        let mut taken = 0;
        in_order(
            u64::MAX,
            |_| done.fetch_add(1, Ordering::Relaxed),
            |_, _| {
                taken += 1;
                if taken == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(taken, 10);
    }
}
