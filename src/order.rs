//! Sorting a list: equal entries stay as they were.
//!
//! The library's `sort_by` is written out anew for each type and each order, 3 to 5 kB apiece; two dozen of them were 27 kB of what a first
//! visit loads. Here one sort of places serves all. It is slower by a call a comparison: lists here are short, and none is sorted in a frame.

use std::cmp::Ordering;

/// Sorts by a comparison, as [`slice::sort_by`] does.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut from = places(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    // Each cycle of the permutation, once.
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut from[at], at);
            if next == start || next == at {
                break;
            }
            items.swap(at, next);
            at = next;
        }
    }
}

/// Sorts by a key, as [`slice::sort_by_key`] does.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// For each place of the sorted list, where its entry was.
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..count).collect();
    from.sort_by(|a, b| compare(*a, *b));
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_library_does() {
        // A small generator is enough: lists of all lengths, with many equal keys.
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 24
        };
        for length in 0..60 {
            let list: Vec<(u32, usize)> = (0..length).map(|at| (next() % 7, at)).collect();
            let (mut own, mut library) = (list.clone(), list);
            sort_by_key(&mut own, |(key, _)| *key);
            library.sort_by_key(|(key, _)| *key);
            assert_eq!(own, library);
            sort_by(&mut own, |a, b| b.cmp(a));
            library.sort_by(|a, b| b.cmp(a));
            assert_eq!(own, library);
        }
    }
}
