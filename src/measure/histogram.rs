//! Histograms of latencies with at most 0.1 % relative error.

/// The buckets of a histogram that hold anything: index and count, in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparse {
    pub buckets: Vec<(u16, u32)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {}
