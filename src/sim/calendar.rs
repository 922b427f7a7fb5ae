//! The calendar: what is due next, and in which order.
//!
//! Entries leave by time; entries due at the same time leave in the order they were put in. Nothing else decides: that one rule is what
//! lets a seed and a design name a run.
//!
//! Every source of events keeps its own entries (a heap, a line of deadlines, a single timer) and shows the calendar its first key. A winner
//! tree over the sources finds the earliest: the cost of an event depends on the stations, not on how many bookings wait.

use std::marker::PhantomData;

/// When something is due: time in nanoseconds, then the order of scheduling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub at: u64,
    pub order: u64,
}

impl Key {
    pub const NEVER: Key = Key { at: u64::MAX, order: u64::MAX };

    #[inline(always)]
    pub fn before(self, other: Key) -> bool {
        self.at < other.at || (self.at == other.at && self.order < other.order)
    }
}

/// The first keys of all sources and which of them is the earliest.
#[derive(Clone, Debug)]
pub struct Calendar {
    first: Vec<Key>,
    /// `winner[1]` is the source that is due next; `winner[i]` the earlier of `winner[2i]` and `winner[2i + 1]`; the leaves are the sources.
    winner: Vec<u32>,
    leaves: usize,
}

impl Calendar {
    pub fn new(sources: usize) -> Calendar {
        let leaves = sources.next_power_of_two().max(2);
        let mut winner = vec![0; leaves];
        winner.extend(0..leaves as u32);
        let mut calendar = Calendar { first: vec![Key::NEVER; leaves], winner, leaves };
        for source in 0..leaves {
            calendar.set(source, Key::NEVER);
        }
        calendar
    }

    /// The source that is due next, and when.
    #[inline(always)]
    pub fn next(&self) -> (usize, Key) {
        let source = self.winner[1] as usize;
        (source, self.first[source])
    }

    /// Says when `source` is due.
    #[inline(always)]
    pub fn set(&mut self, source: usize, key: Key) {
        self.first[source] = key;
        let mut node = (self.leaves + source) >> 1;
        while node > 0 {
            let (left, right) = (self.winner[2 * node], self.winner[2 * node + 1]);
            let right_wins = self.first[right as usize].before(self.first[left as usize]);
            let now = if right_wins { right } else { left };
            if now == self.winner[node] && now != source as u32 {
                return;
            }
            self.winner[node] = now;
            node >>= 1;
        }
    }
}

/// A heap of entries by key, four children a node.
#[derive(Clone, Debug)]
pub struct Heap<T, S = Vec<(Key, T)>> {
    entries: S,
    entry: PhantomData<T>,
}

/// A heap for entries that may be many: in blocks, so that one waiting costs its own size and nothing more.
pub type BigHeap<T> = Heap<T, Blocks<(Key, T)>>;

impl<T, S: Default> Default for Heap<T, S> {
    fn default() -> Heap<T, S> {
        Heap { entries: S::default(), entry: PhantomData }
    }
}

impl<T: Copy, S: Store<(Key, T)>> Heap<T, S> {
    /// The key of the earliest entry.
    #[inline(always)]
    pub fn first(&self) -> Key {
        if self.entries.len() == 0 { Key::NEVER } else { self.entries.get(0).0 }
    }

    #[inline(always)]
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

    #[inline(always)]
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

/// Where a heap keeps its entries.
pub trait Store<E: Copy> {
    fn len(&self) -> usize;
    fn get(&self, index: usize) -> E;
    fn set(&mut self, index: usize, entry: E);
    fn push(&mut self, entry: E);
    fn pop(&mut self) -> Option<E>;
}

impl<E: Copy> Store<E> for Vec<E> {
    #[inline(always)]
    fn len(&self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn get(&self, index: usize) -> E {
        self[index]
    }
    #[inline(always)]
    fn set(&mut self, index: usize, entry: E) {
        self[index] = entry;
    }
    #[inline(always)]
    fn push(&mut self, entry: E) {
        self.push(entry);
    }
    #[inline(always)]
    fn pop(&mut self) -> Option<E> {
        self.pop()
    }
}

/// A growing array in blocks: it never copies what it holds and gives back the blocks it no longer needs.
#[derive(Clone, Debug)]
pub struct Blocks<E> {
    blocks: Vec<Vec<E>>,
    len: usize,
}

impl<E> Default for Blocks<E> {
    fn default() -> Blocks<E> {
        Blocks { blocks: Vec::new(), len: 0 }
    }
}

impl<E: Copy> Store<E> for Blocks<E> {
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
        let mut heap: Heap<u64> = Heap::default();
        for order in 0..100u64 {
            heap.push(Key { at: order % 3, order }, order);
        }
        let out: Vec<u64> = std::iter::from_fn(|| heap.pop()).map(|(_, item)| item).collect();
        let mut expected: Vec<u64> = (0..100).collect();
        expected.sort_by_key(|n| (n % 3, *n));
        assert_eq!(out, expected);
    }

    /// Five thousand random entries come out sorted, from a heap in blocks too.
    #[test]
    fn heaps_sort() {
        let mut draws = Stream::new(6, Purpose::Route, "heap").draws(0, 0);
        let (mut small, mut big) = (Heap::<u64>::default(), BigHeap::<u64>::default());
        for order in 0..5000 {
            let key = Key { at: draws.bits() % 1000, order };
            small.push(key, order);
            big.push(key, order);
        }
        let out: Vec<Key> = std::iter::from_fn(|| big.pop()).map(|(key, _)| key).collect();
        assert_eq!(out.len(), 5000);
        assert!(out.windows(2).all(|w| w[0].before(w[1])));
        assert!(out.iter().all(|key| small.pop().is_some_and(|(other, _)| other == *key)));
    }

    /// A thousand random changes of 21 sources: the winner is always the least key.
    #[test]
    fn the_calendar_names_the_earliest_source() {
        let mut draws = Stream::new(5, Purpose::Route, "calendar").draws(0, 0);
        let mut calendar = Calendar::new(21);
        let mut keys = [Key::NEVER; 21];
        for order in 0..1000 {
            let source = (draws.bits() % 21) as usize;
            keys[source] = if draws.bits() % 5 == 0 { Key::NEVER } else { Key { at: draws.bits() % 50, order } };
            calendar.set(source, keys[source]);
            let least = keys.iter().map(|k| (k.at, k.order)).min().unwrap();
            let (_, key) = calendar.next();
            assert_eq!((key.at, key.order), least);
        }
    }
}
