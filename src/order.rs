//! Sorting a list, where equal entries stay as they were, and a map from texts in their order.
//!
//! The library's `sort_by` is written out anew for each type and each order, 3 to 5 kB apiece; two dozen of them were 27 kB of what a first
//! visit loads. Here one sort of places serves all. It is slower by a call a comparison: lists here are short, and none is sorted in a frame.
//! A `BTreeMap` is 4 kB apiece, and as much again where it is collected, because that sorts; a sorted list does for some hundred texts.

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

/// A map from texts, in their order: for some hundred entries at the most, because an entry is put in by moving those behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct TextMap<V>(Vec<(String, V)>);

impl<V> Default for TextMap<V> {
    fn default() -> TextMap<V> {
        TextMap(Vec::new())
    }
}

impl<V> TextMap<V> {
    /// Where a text is, or else where it belongs.
    fn place(&self, text: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(text))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, text: &str) -> Option<&V> {
        self.place(text).ok().map(|at| &self.0[at].1)
    }

    /// Puts a value in; gives back the one that was there.
    pub fn insert(&mut self, text: &str, value: V) -> Option<V> {
        match self.place(text) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (text.to_owned(), value));
                None
            }
        }
    }

    /// The value there, made if there is none.
    pub fn entry(&mut self, text: &str) -> &mut V
    where
        V: Default,
    {
        let at = self.place(text).unwrap_or_else(|at| {
            self.0.insert(at, (text.to_owned(), V::default()));
            at
        });
        &mut self.0[at].1
    }

    pub fn remove(&mut self, text: &str) -> Option<V> {
        self.place(text).ok().map(|at| self.0.remove(at).1)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (String, V)> {
        self.0.iter()
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// All entries.
    pub fn into_entries(self) -> Vec<(String, V)> {
        self.0
    }
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
    fn the_map_does_what_the_librarys_does() {
        let (mut own, mut library) = (TextMap::default(), std::collections::BTreeMap::new());
        for number in 0..200_u32 {
            let text = (number * 7919 % 83).to_string();
            if number % 3 == 2 {
                assert_eq!(own.remove(&text), library.remove(&text));
            } else {
                assert_eq!(own.insert(&text, number), library.insert(text.clone(), number));
            }
            *own.entry(&text) += 1;
            *library.entry(text.clone()).or_default() += 1;
            assert_eq!((own.get(&text), own.len()), (library.get(&text), library.len()));
        }
        assert!(own.iter().map(|(text, value)| (text, value)).eq(&library));
        assert_eq!(own.into_entries(), library.into_iter().collect::<Vec<_>>());
    }

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
