//! Milestones: the moments of a run that are worth telling: when something happened for the first time, and when breakers opened and closed.
//!
//! Bounded: a kind of fact is noted once for the run, a line for threads once for each API, and of breakers the first
//! [`MOST_BREAKER`] turns.

use crate::sim::fact::FactKind;
use crate::sim::time::Time;

/// The most times that a breaker opened or closed which are noted.
pub const MOST_BREAKER: usize = 12;

/// Something that happened at a moment, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// When.
    pub at: Time,
    /// What: the first of its kind, or a breaker's turn.
    pub kind: FactKind,
    /// Where, as an index into the network's stations.
    pub station: usize,
    /// To which booking; `None` for a line that begins and for a breaker.
    pub booking: Option<u64>,
}

/// What has been noted so far, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Milestones {
    list: Vec<Milestone>,
    /// Which stations have had a line for their threads.
    lined: Vec<bool>,
    /// How many turns of breakers are in the list.
    breakers: usize,
}

impl Milestones {
    pub(super) fn new(stations: usize) -> Milestones {
        Milestones { lined: vec![false; stations], ..Milestones::default() }
    }

    /// What has been noted, in order of time.
    pub fn list(&self) -> &[Milestone] {
        &self.list
    }

    /// The first of its kind in this run.
    #[cold]
    pub(super) fn first(&mut self, at: Time, kind: FactKind, station: usize, booking: Option<u64>) {
        self.list.push(Milestone { at, kind, station, booking });
    }

    /// A line for the threads of a station begins where there was none.
    #[inline(always)]
    pub(super) fn line_begins(&mut self, at: Time, station: usize) {
        if !self.lined[station] {
            self.lined[station] = true;
            self.first(at, FactKind::Lined, station, None);
        }
    }

    /// A breaker that was closed opens, or closes again.
    #[cold]
    pub(super) fn breaker(&mut self, at: Time, kind: FactKind, station: usize) {
        if self.breakers < MOST_BREAKER {
            self.breakers += 1;
            self.first(at, kind, station, None);
        }
    }
}
