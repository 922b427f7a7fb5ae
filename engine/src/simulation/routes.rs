//! What a station is among its like, and where requests go from one with several targets.

use super::booking::Booking;
use crate::sim::network::StationSpec;
use crate::sim::random::{Purpose, Stream};

/// What a station is, with its place among its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Patients,
    Api(usize),
    Queue(usize),
    Pool(usize),
    Clinic(usize),
    DeadLetter,
}

impl Role {
    /// Its place among its like.
    pub fn index(self) -> usize {
        match self {
            Role::Patients | Role::DeadLetter => 0,
            Role::Api(index) | Role::Queue(index) | Role::Pool(index) | Role::Clinic(index) => index,
        }
    }
}

/// Where requests go: one of the targets, in proportion to its weight.
#[derive(Clone, Debug)]
pub struct Routes {
    pub to: Vec<Role>,
    /// Sums of the weights up to each target.
    sums: Vec<f64>,
    stream: Stream,
}

impl Routes {
    pub fn new(roles: &[Role], spec: &StationSpec, seed: u64, accept: fn(&Role) -> bool) -> Routes {
        let mut routes = Routes { to: vec![], sums: vec![], stream: Stream::new(seed, Purpose::Route, &spec.id) };
        let mut sum = 0.0;
        for target in &spec.targets {
            if accept(&roles[target.station]) {
                sum += target.weight;
                routes.to.push(roles[target.station]);
                routes.sums.push(sum);
            }
        }
        routes
    }

    /// The target of a booking at a turn, as a place in `to`.
    #[inline(always)]
    pub fn pick(&self, booking: &Booking) -> u32 {
        if self.to.len() == 1 {
            return 0;
        }
        let at = self.stream.draws(booking.number, booking.turn()).unit() * self.sums[self.sums.len() - 1];
        let found = self.sums.iter().position(|sum| at < *sum).unwrap_or(self.sums.len() - 1);
        found as u32
    }
}
