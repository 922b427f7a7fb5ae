//! The calendar: what is due next, and in which order.
//!
//! Entries leave by time; entries due at the same time leave in the order they were put in. Nothing else decides: that one rule is what
//! lets a seed and a design name a run.
//!
//! Every source of events keeps its own entries (a heap, a line of deadlines, a single timer) and shows the calendar its first key. The
//! earliest source is found among groups of sixteen, without a branch that depends on the times: the cost of an event depends on the
//! stations, not on how many bookings wait.

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

/// Sources a group.
const GROUP: usize = 16;
/// The most groups: a design of 200 components has at most 604 sources.
const MAX_GROUPS: usize = 64;

/// The first keys of all sources and which of them is the earliest.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// By group: when each source is due. A source that is not due has a time of its own beyond all runs, so that such never tie.
    at: Vec<[u64; GROUP]>,
    order: Vec<[u64; GROUP]>,
    /// By group: its earliest source.
    winner: Vec<usize>,
    /// Groups in which a key changed since their winner was found, as bits.
    dirty: u64,
}

impl Calendar {
    /// # Panics
    /// With more sources than a design can have.
    pub fn new(sources: usize) -> Calendar {
        let groups = sources.div_ceil(GROUP);
        assert!(groups <= MAX_GROUPS, "{sources} sources of events");
        let mut calendar = Calendar {
            at: vec![[0; GROUP]; groups],
            order: vec![[0; GROUP]; groups],
            winner: vec![0; groups],
            dirty: u64::MAX >> (MAX_GROUPS - groups),
        };
        for source in 0..groups * GROUP {
            calendar.set(source, Key::NEVER);
        }
        calendar
    }

    /// Says when `source` is due.
    #[inline(always)]
    pub fn set(&mut self, source: usize, key: Key) {
        let (group, place) = (source / GROUP, source % GROUP);
        self.at[group][place] = if key.at == u64::MAX { u64::MAX - source as u64 } else { key.at };
        self.order[group][place] = key.order;
        self.dirty |= 1 << group;
    }

    /// The source that is due next, and when.
    #[inline(always)]
    pub fn next(&mut self) -> (usize, u64) {
        if let ([at], [order]) = (&self.at[..], &self.order[..]) {
            let place = earliest(at, order);
            return (place, at[place]);
        }
        self.next_of_many()
    }

    fn next_of_many(&mut self) -> (usize, u64) {
        while self.dirty != 0 {
            let group = self.dirty.trailing_zeros() as usize;
            self.dirty &= self.dirty - 1;
            self.winner[group] = group * GROUP + earliest(&self.at[group], &self.order[group]);
        }
        let mut best = self.winner[0];
        for &source in &self.winner[1..] {
            if self.key(source).before(self.key(best)) {
                best = source;
            }
        }
        (best, self.key(best).at)
    }

    /// When the next source is due.
    pub fn next_at(&self) -> u64 {
        self.at.iter().flatten().copied().min().expect("a calendar has sources")
    }

    #[inline(always)]
    fn key(&self, source: usize) -> Key {
        Key { at: self.at[source / GROUP][source % GROUP], order: self.order[source / GROUP][source % GROUP] }
    }
}

/// The place of the earliest key of a group.
#[inline(always)]
fn earliest(at: &[u64; GROUP], order: &[u64; GROUP]) -> usize {
    // A tournament in pairs: no step waits for more than three others, and none branches.
    let (mut best, mut place) = ([0; GROUP / 2], [0; GROUP / 2]);
    let mut tie = false;
    for i in 0..GROUP / 2 {
        let (left, right) = (at[2 * i], at[2 * i + 1]);
        tie |= left == right;
        (best[i], place[i]) = if right < left { (right, 2 * i + 1) } else { (left, 2 * i) };
    }
    let mut half = GROUP / 4;
    while half > 0 {
        for i in 0..half {
            let (left, right) = (best[i], best[i + half]);
            tie |= left == right;
            (best[i], place[i]) = if right < left { (right, place[i + half]) } else { (left, place[i]) };
        }
        half /= 2;
    }
    if tie { earliest_of_ties(at, order) } else { place[0] }
}

/// Two sources are due at the same nanosecond: the order of scheduling decides.
#[cold]
fn earliest_of_ties(at: &[u64; GROUP], order: &[u64; GROUP]) -> usize {
    (0..GROUP).min_by_key(|&i| (at[i], order[i])).expect("a group has places")
}

/// A heap of entries by key, four children a node.
#[derive(Clone, Debug)]
pub struct Heap<T, S = Vec<(Key, T)>> {
    entries: S,
    entry: PhantomData<T>,
}

/// A heap for entries that may be many: in blocks, so that one waiting costs its own size and nothing more.
pub type BlockHeap<T> = Heap<T, BlockVec<(Key, T)>>;

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
pub struct BlockVec<E> {
    blocks: Vec<Vec<E>>,
    len: usize,
}

impl<E> Default for BlockVec<E> {
    fn default() -> BlockVec<E> {
        BlockVec { blocks: Vec::new(), len: 0 }
    }
}

impl<E: Copy> Store<E> for BlockVec<E> {
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
        let (mut small, mut big) = (Heap::<u64>::default(), BlockHeap::<u64>::default());
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

    /// A thousand random changes of 5, 16 and 600 sources, many at equal times: the winner is always the least key.
    #[test]
    fn the_calendar_names_the_earliest_source() {
        for sources in [5, 16, 600] {
            name_the_earliest(sources);
        }
    }

    fn name_the_earliest(sources: usize) {
        let mut draws = Stream::new(5, Purpose::Route, "calendar").draws(0, 0);
        let mut calendar = Calendar::new(sources);
        let mut keys = vec![Key::NEVER; sources];
        for order in 0..1000 {
            let source = (draws.bits() % sources as u64) as usize;
            keys[source] =
                if draws.bits().is_multiple_of(5) { Key::NEVER } else { Key { at: draws.bits() % 50, order } };
            calendar.set(source, keys[source]);
            let least = keys.iter().map(|k| (k.at, k.order)).min().unwrap();
            let (source, at) = calendar.next();
            if least.0 < u64::MAX {
                assert_eq!((at, keys[source].order), least);
                assert_eq!(calendar.next_at(), at);
            }
        }
    }
}
