//! Course systems around the page: one adapter each, as a pure state machine: messages in, messages out.
//!
//! An adapter carries a [`Report`] and a state, which are texts to it: it knows nothing of the kata, of runs, or of the page. A score that was
//! sent is never lowered.
//!
//! Which adapter is at work is named by whoever embeds the page, or found out by what the host does ([`Choice`]); there are never two.
//! Each header names where the host's rules come from.

pub mod jsinput;
pub mod scorm;
pub mod splice;

/// What a host is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// From 0 to 100.
    pub points: f64,
    /// All there is to pass is passed.
    pub mastered: bool,
    /// Something has been tried that could have given points.
    pub scored: bool,
    /// The score record, JSON without a per cent sign.
    pub record: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scorm,
    JsInput,
    Splice,
}

/// Which adapter is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nobody has named one: the first host that speaks is it.
    Open,
    /// This one was named, and hasn't spoken yet.
    Named(Kind),
    /// This one is at work, for good.
    AtWork(Kind),
    /// None was to be.
    None,
}

impl Choice {
    /// Whether this one may look for its host, or listen to it.
    pub fn may(self, kind: Kind) -> bool {
        match self {
            Choice::Open => true,
            Choice::Named(named) | Choice::AtWork(named) => named == kind,
            Choice::None => false,
        }
    }

    /// Its host has spoken: from now on it is the one. False: another one is.
    pub fn takes(&mut self, kind: Kind) -> bool {
        let may = self.may(kind);
        if may {
            *self = Choice::AtWork(kind);
        }
        may
    }

    pub fn at_work(self) -> Option<Kind> {
        match self {
            Choice::AtWork(kind) => Some(kind),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_never_two_at_once() {
        let all = [Kind::Scorm, Kind::JsInput, Kind::Splice];
        for first in all {
            let mut open = Choice::Open;
            assert!(all.iter().all(|kind| open.may(*kind)) && open.at_work().is_none());
            assert!(open.takes(first));
            for other in all {
                assert_eq!(open.takes(other), other == first);
                assert_eq!(open.at_work(), Some(first));
            }
            let mut named = Choice::Named(first);
            assert!(all.iter().all(|kind| named.may(*kind) == (*kind == first)));
            assert_eq!(all.map(|kind| named.takes(kind)), all.map(|kind| kind == first));
            let mut none = Choice::None;
            assert!(!none.takes(first) && none.at_work().is_none());
        }
    }
}
