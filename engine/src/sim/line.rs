//! A line: first in, first out (or last out), in blocks that are given back as they empty.
//!
//! A waiting booking costs its own size and nothing more, however many wait: no doubling, no copying, and neighbours in the line are
//! neighbours in memory.

use std::collections::VecDeque;

/// Entries a block.
const BLOCK: usize = 1024;

#[derive(Clone, Debug)]
pub struct Line<T> {
    blocks: VecDeque<Vec<T>>,
    /// Entries of the first block that have left.
    left: usize,
    len: usize,
    /// An emptied block, kept so that a line that hovers around a block's edge does not allocate.
    spare: Option<Vec<T>>,
}

impl<T> Default for Line<T> {
    fn default() -> Line<T> {
        Line { blocks: VecDeque::new(), left: 0, len: 0, spare: None }
    }
}

impl<T: Copy> Line<T> {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The entry that has waited longest.
    #[inline(always)]
    pub fn front(&self) -> Option<&T> {
        self.blocks.front().and_then(|block| block.get(self.left))
    }

    /// The newest entry.
    pub fn back(&self) -> Option<&T> {
        if self.len == 0 { None } else { self.blocks.back().and_then(|block| block.last()) }
    }

    #[inline(always)]
    pub fn push(&mut self, item: T) {
        match self.blocks.back_mut() {
            Some(block) if block.len() < BLOCK => block.push(item),
            _ => self.push_block(item),
        }
        self.len += 1;
    }

    #[cold]
    fn push_block(&mut self, item: T) {
        // The first block of a short line stays small: a design may have 200 lines that never hold more than a few.
        let size = if self.blocks.is_empty() { 8 } else { BLOCK };
        let mut block = self.spare.take().unwrap_or_else(|| Vec::with_capacity(size));
        block.push(item);
        self.blocks.push_back(block);
    }

    #[inline(always)]
    pub fn pop_front(&mut self) -> Option<T> {
        let item = *self.front()?;
        self.left += 1;
        self.len -= 1;
        if self.left == self.blocks[0].len() {
            self.drop_front();
        }
        Some(item)
    }

    fn drop_front(&mut self) {
        if self.blocks.len() == 1 {
            self.blocks[0].clear();
        } else if let Some(mut block) = self.blocks.pop_front() {
            block.clear();
            self.spare = Some(block);
        }
        self.left = 0;
    }

    pub fn pop_back(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let block = self.blocks.back_mut()?;
        let item = block.pop()?;
        self.len -= 1;
        if self.len == 0 {
            self.drop_front();
        } else if block.is_empty() {
            self.spare = self.blocks.pop_back();
        }
        Some(item)
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
