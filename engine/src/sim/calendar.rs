//! The calendar: what is due next, and in which order.
//!
//! Entries leave by time; entries due at the same time leave in the order they were put in. Nothing else decides: that one rule is what
//! lets a seed and a design name a run.
//!
//! Every source of events keeps its own entries (a heap, a line of deadlines, a single timer) and shows the calendar its first key. The
//! earliest of the five that are due most often is found without a branch that depends on the times, the earliest of the others only when
//! one of these changed: the cost of an event depends on the stations, not on how many bookings wait. One `BinaryHeap` of all entries takes
//! 1 170 instructions a booking and 8.7 mispredicted branches (five entries each, a hundred under way); this and the heaps take about 600.

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

/// Bits of a packed key that name the source; the time stands above them.
const SOURCE_BITS: u32 = 10;
/// The most sources: a design of 200 components has at most 604.
const MAX_SOURCES: usize = 1 << SOURCE_BITS;
/// Later than any run: 208 days. Times beyond are cut here.
const LATEST: u64 = (1 << (64 - SOURCE_BITS)) - 1;
/// The sources that are due most often, 0 to 4: looked at one by one.
pub const HOT: usize = 5;
/// Of the others, sources a group.
const GROUP: usize = 16;

/// When a source is due: time and source in one word, so that one comparison finds the earliest, and the order for those due at the same time.
#[derive(Clone, Copy, Debug)]
struct Due {
    packed: u64,
    order: u64,
}

/// The first keys of all sources and which of them is the earliest.
#[derive(Clone, Debug)]
pub struct Calendar {
    hot: [Due; HOT],
    rest: Vec<[Due; GROUP]>,
    /// By group of the rest: its earliest source.
    winners: Vec<Due>,
    /// The earliest of the winners.
    rest_first: Due,
    /// Groups in which a key changed since their winner was found, as bits.
    dirty: u64,
}

impl Calendar {
    /// # Panics
    /// With more sources than a design can have.
    pub fn new(sources: usize) -> Calendar {
        assert!(sources <= MAX_SOURCES, "{sources} sources of events");
        let never = |source: usize| Due { packed: pack(source, u64::MAX), order: u64::MAX };
        let groups = sources.saturating_sub(HOT).div_ceil(GROUP).max(1);
        Calendar {
            hot: std::array::from_fn(never),
            rest: (0..groups).map(|group| std::array::from_fn(|i| never(HOT + group * GROUP + i))).collect(),
            winners: (0..groups).map(|group| never(HOT + group * GROUP)).collect(),
            rest_first: never(HOT),
            dirty: 0,
        }
    }

    /// Says when `source` is due.
    #[inline(always)]
    pub fn set(&mut self, source: usize, key: Key) {
        let due = Due { packed: pack(source, key.at), order: key.order };
        match self.hot.get_mut(source) {
            Some(place) => *place = due,
            None => {
                let place = source - HOT;
                self.rest[place / GROUP][place % GROUP] = due;
                self.dirty |= 1 << (place / GROUP);
            }
        }
    }

    /// The source that is due next, and when.
    #[inline(always)]
    pub fn next(&mut self) -> (usize, u64) {
        if self.dirty != 0 {
            self.find_rest_first();
        }
        let [a, b, c, d, e] = self.hot.map(|due| due.packed);
        let f = self.rest_first.packed;
        // A tournament: no step waits for more than two others, and none branches. A source that is due at the same time as the
        // winner has met the winner, or another that is due then.
        let (ab, cd, ef) = (a.min(b), c.min(d), e.min(f));
        let abcd = ab.min(cd);
        let first = abcd.min(ef);
        let closest = (a ^ b).min(c ^ d).min((e ^ f).min(ab ^ cd)).min(abcd ^ ef);
        let at = first >> SOURCE_BITS;
        if closest < MAX_SOURCES as u64 {
            return (self.earliest_of_ties(at), at);
        }
        ((first % MAX_SOURCES as u64) as usize, at)
    }

    #[cold]
    #[inline(never)]
    fn find_rest_first(&mut self) {
        while self.dirty != 0 {
            let group = self.dirty.trailing_zeros() as usize;
            self.dirty &= self.dirty - 1;
            self.winners[group] = earliest(&self.rest[group]);
        }
        self.rest_first = earliest(&self.winners);
    }

    /// Several sources are due at the same nanosecond: the order of scheduling decides.
    #[cold]
    #[inline(never)]
    fn earliest_of_ties(&self, at: u64) -> usize {
        let all = self.hot.iter().chain([&self.rest_first]);
        let first = all.filter(|due| due.packed >> SOURCE_BITS == at).min_by_key(|due| due.order);
        (first.expect("something is due").packed % MAX_SOURCES as u64) as usize
    }

    /// When the next source is due.
    pub fn next_at(&self) -> u64 {
        let all = self.hot.iter().chain(self.rest.iter().flatten());
        all.map(|due| due.packed >> SOURCE_BITS).min().expect("a calendar has sources")
    }
}

/// Time and source in one word. A source that is not due has a time of its own beyond all runs, so that such never tie.
#[inline(always)]
fn pack(source: usize, at: u64) -> u64 {
    let source = source as u64;
    at.min(LATEST - source) << SOURCE_BITS | source
}

/// The earliest key, by time and then by order.
#[inline(always)]
fn earliest(dues: &[Due]) -> Due {
    let key = |due: &Due| (due.packed >> SOURCE_BITS, due.order);
    *dues.iter().min_by_key(|due| key(due)).expect("a group has sources")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::random::{Purpose, Stream};

    /// A thousand random changes of 5, 21 and 600 sources, many at equal times: the winner is always the least key.
    #[test]
    fn the_calendar_names_the_earliest_source() {
        for sources in [5, 21, 600] {
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
