//! Heaps: entries by key. They leave by time; entries due at the same time leave in the order they were put in.
//!
//! Both have four children a node. `std::collections::BinaryHeap` of the same packed keys in place of [`SlotHeap`] takes as many instructions a
//! booking (2 420 and 2 426) and 5 % more time, for 14.1 mispredicted branches a booking in place of 11.5. [`BlockHeap`] is for what may be
//! millions: in blocks, because a `Vec` copies all it holds when it grows and then takes up to twice that.

use super::calendar::Key;

/// Places in a slab, by key: sixteen bytes an entry, compared without a branch.
#[derive(Clone, Debug, Default)]
pub struct SlotHeap {
    /// Time above 64 bits, then 39 bits of order and 25 of the place.
    entries: Vec<u128>,
}

/// Bits of an entry that hold its place: so many things may be under way.
const SLOT_BITS: u32 = 25;
/// The highest order that fits into an entry.
pub const MAX_ORDER: u64 = (1 << (64 - SLOT_BITS)) - 1;

fn slot_of(entry: u128) -> u32 {
    entry as u32 & ((1 << SLOT_BITS) - 1)
}

impl SlotHeap {
    /// The key of the earliest entry.
    #[inline(always)]
    pub fn first(&self) -> Key {
        match self.entries.first() {
            Some(&entry) => Key { at: (entry >> 64) as u64, order: entry as u64 >> SLOT_BITS },
            None => Key::NEVER,
        }
    }

    /// Adds an entry; whether it is the earliest now.
    #[inline(always)]
    pub fn push(&mut self, key: Key, slot: u32) -> bool {
        debug_assert!(key.order <= MAX_ORDER && slot < 1 << SLOT_BITS);
        let entry = u128::from(key.at) << 64 | u128::from(key.order << SLOT_BITS | u64::from(slot));
        let mut hole = self.entries.len();
        self.entries.push(entry);
        let entries = &mut self.entries[..];
        while hole > 0 {
            let parent = (hole - 1) / 4;
            if entries[parent] < entry {
                break;
            }
            entries[hole] = entries[parent];
            hole = parent;
        }
        entries[hole] = entry;
        hole == 0
    }

    /// Takes the place of the earliest entry.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<u32> {
        let last = self.entries.pop()?;
        let entries = &mut self.entries[..];
        let Some(&first) = entries.first() else { return Some(slot_of(last)) };
        let mut hole = 0;
        loop {
            let child = 4 * hole + 1;
            let (best, least) = if let Some(&[a, b, c, d]) = entries.get(child..child + 4) {
                let (left, i) = if b < a { (b, child + 1) } else { (a, child) };
                let (right, j) = if d < c { (d, child + 3) } else { (c, child + 2) };
                if right < left { (j, right) } else { (i, left) }
            } else if let Some(few) = entries.get(child..).filter(|few| !few.is_empty()) {
                let (i, least) = few.iter().enumerate().min_by_key(|(_, entry)| **entry).expect("not empty");
                (child + i, *least)
            } else {
                break;
            };
            if last < least {
                break;
            }
            entries[hole] = least;
            hole = best;
        }
        entries[hole] = last;
        Some(slot_of(first))
    }
}

/// Entries that may be many, by key: one waiting costs its own size and nothing more.
#[derive(Clone, Debug)]
pub struct BlockHeap<T> {
    entries: BlockVec<(Key, T)>,
}

impl<T> Default for BlockHeap<T> {
    fn default() -> BlockHeap<T> {
        BlockHeap { entries: BlockVec::default() }
    }
}

impl<T: Copy> BlockHeap<T> {
    /// The key of the earliest entry.
    pub fn first(&self) -> Key {
        if self.entries.len() == 0 { Key::NEVER } else { self.entries.get(0).0 }
    }

    pub fn push(&mut self, key: Key, item: T) {
        let mut hole = self.entries.len();
        self.entries.push((key, item));
        while hole > 0 {
            let parent = (hole - 1) / 4;
            let above = self.entries.get(parent);
            if !key.before(above.0) {
                break;
            }
            self.entries.set(hole, above);
            hole = parent;
        }
        self.entries.set(hole, (key, item));
    }

    pub fn pop(&mut self) -> Option<(Key, T)> {
        let last = self.entries.pop()?;
        let n = self.entries.len();
        if n == 0 {
            return Some(last);
        }
        let first = self.entries.get(0);
        let mut hole = 0;
        loop {
            let child = 4 * hole + 1;
            if child >= n {
                break;
            }
            let (mut best, mut least) = (child, self.entries.get(child).0);
            for other in child + 1..(child + 4).min(n) {
                let key = self.entries.get(other).0;
                if key.before(least) {
                    (best, least) = (other, key);
                }
            }
            if !least.before(last.0) {
                break;
            }
            self.entries.set(hole, self.entries.get(best));
            hole = best;
        }
        self.entries.set(hole, last);
        Some(first)
    }
}

/// A growing array in blocks: it never copies what it holds and gives back the blocks it no longer needs.
#[derive(Clone, Debug)]
pub struct BlockVec<E> {
    blocks: Vec<Vec<E>>,
    len: usize,
}

impl<E> Default for BlockVec<E> {
    fn default() -> BlockVec<E> {
        BlockVec { blocks: Vec::new(), len: 0 }
    }
}

impl<E: Copy> BlockVec<E> {
    fn len(&self) -> usize {
        self.len
    }

    fn get(&self, index: usize) -> E {
        self.blocks[index / BLOCK][index % BLOCK]
    }

    fn set(&mut self, index: usize, entry: E) {
        self.blocks[index / BLOCK][index % BLOCK] = entry;
    }

    fn push(&mut self, entry: E) {
        if self.len.is_multiple_of(BLOCK) {
            // One empty block may stand ready behind the last one in use.
            if self.blocks.len() == self.len / BLOCK {
                self.blocks.push(Vec::with_capacity(if self.len == 0 { 8 } else { BLOCK }));
            }
        }
        self.blocks[self.len / BLOCK].push(entry);
        self.len += 1;
    }

    fn pop(&mut self) -> Option<E> {
        self.len = self.len.checked_sub(1)?;
        let block = self.len / BLOCK;
        self.blocks.truncate(block + 2);
        self.blocks[block].pop()
    }
}

/// Entries a block.
const BLOCK: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::random::{Purpose, Stream};

    #[test]
    fn equal_times_leave_in_the_order_they_were_put_in() {
        let mut heap = BlockHeap::default();
        for order in 0..100u64 {
            heap.push(Key { at: order % 3, order }, order);
        }
        let out: Vec<u64> = std::iter::from_fn(|| heap.pop()).map(|(_, item)| item).collect();
        let mut expected: Vec<u64> = (0..100).collect();
        expected.sort_by_key(|n| (n % 3, *n));
        assert_eq!(out, expected);
    }

    /// Five thousand random entries come out sorted, from both heaps.
    #[test]
    fn heaps_sort() {
        let mut draws = Stream::new(6, Purpose::Route, "heap").draws(0, 0);
        let (mut slots, mut big) = (SlotHeap::default(), BlockHeap::<u64>::default());
        for order in 0..5000 {
            let key = Key { at: draws.bits() % 1000, order };
            slots.push(key, order as u32);
            big.push(key, order);
        }
        let out: Vec<Key> = std::iter::from_fn(|| big.pop()).map(|(key, _)| key).collect();
        assert_eq!(out.len(), 5000);
        assert!(out.windows(2).all(|w| w[0].before(w[1])));
        assert!(out.iter().all(|key| slots.first() == *key && slots.pop() == Some(key.order as u32)));
        assert_eq!((slots.first(), slots.pop()), (Key::NEVER, None));
    }
}
