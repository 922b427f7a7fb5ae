//! A line: first in, first out (or last out), in blocks that are given back as they empty.
//!
//! A waiting booking costs its own size and nothing more, however many wait: no doubling, no copying, and neighbours in the line are
//! neighbours in memory. A `VecDeque` alone would copy all of them whenever it grows, and hold up to twice their size.

use std::collections::VecDeque;

/// Entries a block.
const BLOCK: usize = 1024;

#[derive(Clone, Debug)]
pub struct Line<T> {
    /// The first in line, at most a block; empty only if nothing waits.
    head: VecDeque<T>,
    /// Blocks of the others.
    blocks: VecDeque<Vec<T>>,
    /// Entries in the blocks.
    beyond: usize,
    /// An emptied block, reused so that a line that hovers around a block's edge does not allocate.
    spare: Option<Vec<T>>,
}

impl<T> Default for Line<T> {
    fn default() -> Line<T> {
        Line { head: VecDeque::new(), blocks: VecDeque::new(), beyond: 0, spare: None }
    }
}

impl<T: Copy> Line<T> {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.head.len() + self.beyond
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.head.is_empty()
    }

    /// The entry that has waited longest.
    #[inline(always)]
    pub fn front(&self) -> Option<&T> {
        self.head.front()
    }

    /// The newest entry.
    pub fn back(&self) -> Option<&T> {
        self.blocks.back().map_or_else(|| self.head.back(), |block| block.last())
    }

    #[inline(always)]
    pub fn push(&mut self, item: T) {
        if self.beyond == 0 && self.head.len() < BLOCK { self.head.push_back(item) } else { self.push_beyond(item) }
    }

    fn push_beyond(&mut self, item: T) {
        self.beyond += 1;
        match self.blocks.back_mut() {
            Some(block) if block.len() < BLOCK => block.push(item),
            _ => {
                let mut block = self.spare.take().unwrap_or_else(|| Vec::with_capacity(BLOCK));
                block.push(item);
                self.blocks.push_back(block);
            }
        }
    }

    #[inline(always)]
    pub fn pop_front(&mut self) -> Option<T> {
        let item = self.head.pop_front()?;
        if self.head.is_empty() && self.beyond > 0 {
            self.next_block();
        }
        Some(item)
    }

    #[cold]
    fn next_block(&mut self) {
        let block = self.blocks.pop_front().expect("what lies beyond lies in a block");
        self.beyond -= block.len();
        let emptied = std::mem::replace(&mut self.head, block.into());
        self.spare = Some(emptied.into());
    }

    pub fn pop_back(&mut self) -> Option<T> {
        let Some(block) = self.blocks.back_mut() else { return self.head.pop_back() };
        let item = block.pop();
        self.beyond -= 1;
        if block.is_empty() {
            self.spare = self.blocks.pop_back();
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::random::{Purpose, Stream};

    /// Ten thousand random pushes and pops at both ends, beside the standard library's deque.
    #[test]
    fn behaves_like_a_deque() {
        let mut draws = Stream::new(2, Purpose::Route, "line").draws(0, 0);
        let (mut line, mut deque) = (Line::default(), VecDeque::new());
        for n in 0..20_000u64 {
            let grow = (n / 4000) % 2 == 0;
            match draws.bits() % 8 {
                0 => assert_eq!(line.pop_back(), deque.pop_back()),
                1 | 2 => assert_eq!(line.pop_front(), deque.pop_front()),
                3 | 4 if !grow => assert_eq!(line.pop_front(), deque.pop_front()),
                _ => {
                    line.push(n);
                    deque.push_back(n);
                }
            }
            assert_eq!((line.len(), line.front(), line.back()), (deque.len(), deque.front(), deque.back()));
        }
    }
}
