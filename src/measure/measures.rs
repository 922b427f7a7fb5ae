//! All measures of a run together: the observer that the page and the command line give to a run.

use super::{Live, Report, Series};
use crate::sim::network::Network;
use crate::sim::time::Time;

/// Folds facts into everything that is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {}

impl Measures {
    pub fn new(_network: &Network) -> Measures {
        todo!()
    }

    /// The figures up to `now`.
    pub fn report(&self, _now: Time) -> Report {
        todo!()
    }

    pub fn series(&self) -> &Series {
        todo!()
    }

    /// The levels at this moment, cost included.
    pub fn live(&self, _now: Time) -> &Live {
        todo!()
    }
}
