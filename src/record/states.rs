//! Earlier states: the last ten designs that the learner can go back to, each with when it was kept and why.
//!
//! A state is kept when a run begins with it, before another design takes its place, and now and then while it is edited. The same design is
//! kept once. Two lists (two tabs) are merged: neither loses what the other kept, up to ten.

use crate::say;
use std::rc::Rc;

use crate::design::Design;

/// The most states.
pub const MOST_STATES: usize = 10;
/// How long is edited between two states, in milliseconds.
pub const EDITED_MS: u64 = 5 * 60 * 1000;

/// Why a state was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A run began.
    Run,
    /// Another design took its place.
    Replaced,
    /// It had been edited for a while.
    Edited,
}

impl Why {
    pub const ALL: [Why; 3] = [Why::Run, Why::Replaced, Why::Edited];

    /// As it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Why::Run => "run",
            Why::Replaced => "replaced",
            Why::Edited => "edited",
        }
    }

    /// When it was, after the time of day.
    pub fn words(self) -> &'static str {
        match self {
            Why::Run => say!("state.run"),
            Why::Replaced => say!("state.replaced"),
            Why::Edited => say!("state.edited"),
        }
    }
}

/// A design as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// When it was kept, in milliseconds since 1970, UTC.
    pub at_ms: u64,
    pub why: Why,
    pub design: Rc<Design>,
}

/// All of them, the latest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    list: Vec<State>,
}

impl States {
    /// Of equal designs the latest stays, of all the latest ten.
    pub fn new(list: impl IntoIterator<Item = State>) -> States {
        let mut states = States::default();
        list.into_iter().for_each(|state| states.add(state));
        states
    }

    pub fn list(&self) -> &[State] {
        &self.list
    }

    /// Keeps a state in its place by time. One of the same design that is older leaves, and so does the oldest of too many.
    pub fn add(&mut self, state: State) {
        if self.list.iter().any(|other| other.design == state.design && other.at_ms >= state.at_ms) {
            return;
        }
        self.list.retain(|other| other.design != state.design);
        let at = self.list.iter().position(|other| other.at_ms <= state.at_ms).unwrap_or(self.list.len());
        self.list.insert(at, state);
        self.list.truncate(MOST_STATES);
    }

    /// Takes out what was kept at that time, in milliseconds since 1970.
    pub fn remove(&mut self, at_ms: u64) {
        self.list.retain(|state| state.at_ms != at_ms);
    }

    /// Both lists in one.
    pub fn merge(&self, other: &States) -> States {
        States::new(self.list.iter().chain(&other.list).cloned())
    }
}

/// Whether a design has taken another one's place as a whole: nothing of the one before is in it.
pub fn is_replaced(before: &Design, now: &Design) -> bool {
    let stays = |node| now.nodes.iter().any(|other| Rc::ptr_eq(node, other));
    !before.nodes.is_empty() && !before.nodes.iter().any(stays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kata::builtin;

    fn state(at_ms: u64, name: &str) -> State {
        let design = Design { name: name.into(), ..builtin::starting_design() };
        State { at_ms, why: Why::Run, design: Rc::new(design) }
    }

    fn names(states: &States) -> Vec<&str> {
        states.list().iter().map(|state| &*state.design.name).collect()
    }

    #[test]
    fn the_latest_ten_stay_and_each_design_once() {
        let mut states = States::new((0..12).map(|n| state(n, &n.to_string())));
        assert_eq!(names(&states), ["11", "10", "9", "8", "7", "6", "5", "4", "3", "2"]);
        states.add(state(20, "5"));
        assert_eq!(names(&states), ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]);
        states.add(state(19, "5"));
        assert_eq!(states.list()[0].at_ms, 20, "an older one of it is no news");
        states.remove(20);
        assert_eq!(names(&states)[..2], ["11", "10"]);
    }

    #[test]
    fn two_tabs_lose_nothing_of_each_other() {
        let (mine, theirs) = (States::new([state(1, "a"), state(3, "b")]), States::new([state(2, "c"), state(4, "a")]));
        assert_eq!(names(&mine.merge(&theirs)), ["a", "b", "c"]);
        assert_eq!(mine.merge(&theirs), theirs.merge(&mine));
    }

    #[test]
    fn an_edit_replaces_nothing() {
        let before = builtin::starting_design();
        let mut edited = before.clone();
        edited.nodes.pop();
        assert!(!is_replaced(&before, &edited));
        assert!(is_replaced(&before, &builtin::starting_design()), "made anew");
        edited.nodes.clear();
        assert!(is_replaced(&before, &edited), "all is gone");
        assert!(!is_replaced(&edited, &before), "there was nothing");
    }
}
