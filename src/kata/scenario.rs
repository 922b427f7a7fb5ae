//! A scenario: the world a design is put into. Read from a file like a design, with every fault at once.

use crate::design::compile::Given;
use crate::design::{Design, Problem, compile};
use crate::kinds::{KindId, Value};
use crate::{format, say};
use engine::sim::network::{EventKind, Network, World};
use engine::sim::rate_segments;

use super::goal::Goal;

mod read;

/// Arrivals, events, prices, goals, and the parameters that the learner does not own.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The name of its file without the ending.
    pub id: String,
    /// As the page names it.
    pub name: String,
    /// Seconds after midnight at which the run starts.
    pub starts_at_s: u32,
    /// Arrivals, events, prices and how long it lasts.
    pub world: World,
    /// What overrides the parameters of every node of a kind: locked in the page.
    pub given: Given,
    /// What a run has to keep to; without goals, nothing is passed.
    pub goals: Vec<Goal>,
    /// Pounds that a good design needs, for the third star ([`super::stars`]); `None`: there is no third star.
    pub par: Option<f64>,
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// Every problem, with its place in the file.
    ///
    /// ```
    /// use waiting_room::kata::Scenario;
    ///
    /// let text = r#"{"format":"waiting-room/scenario","version":1,"id":"quiet","name":"A quiet day","starts_at":"07:30",
    ///     "duration_s":600,"arrivals":{"process":"regular","curve":[[0,2]]}}"#;
    /// let scenario = Scenario::read(text).unwrap();
    /// assert_eq!((scenario.starts_at_s, scenario.world.arrivals.curve.as_slice()), (27_000, &[(0.0, 2.0)][..]));
    ///
    /// let problems = Scenario::read(&text.replace("07:30", "25:00")).unwrap_err();
    /// assert_eq!(problems[0].place.to_string(), "starts_at");
    /// ```
    pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
        read::read(text)
    }

    /// Reads a scenario that stands inside another file.
    ///
    /// # Errors
    /// As [`Scenario::read`].
    pub fn from_value(value: &Value) -> Result<Scenario, Vec<Problem>> {
        read::from_value(value)
    }

    /// The network of `design` in this scenario, or every error that stops it.
    ///
    /// # Errors
    /// As [`compile()`].
    pub fn compile(&self, design: &Design) -> Result<Network, Vec<Problem>> {
        compile(design, &self.world, &self.given)
    }

    /// The given value of a parameter, if the scenario gives one.
    pub fn given(&self, kind: KindId, key: &str) -> Option<&Value> {
        self.given.iter().find(|(k, _)| *k == kind)?.1.iter().find(|(k, _)| *k == key).map(|(_, v)| v)
    }
}

/// The demand that a world brings: corners `(t_s, a second)` of a line that is straight in between, surges included, from the start to the
/// end of the run.
pub fn demand(world: &World) -> Vec<(f64, f64)> {
    let end = world.duration.seconds();
    let mut corners = Vec::new();
    for segment in rate_segments(&world.arrivals, &world.events).into_iter().filter(|segment| segment.from_s < end) {
        let to_s = segment.to_s.min(end);
        corners.push((segment.from_s, segment.from));
        corners.push((to_s, segment.from + (to_s - segment.from_s) * segment.slope()));
    }
    corners.dedup();
    corners
}

/// The most bookings that a scenario may bring to a run: some minutes of simulation.
pub const MAX_EXPECTED: f64 = 100e6;

/// How many bookings a world brings to a run on average: the area under the rate, surges included. From 0, at most some 1e108.
pub fn expected_bookings(world: &World) -> f64 {
    let end = world.duration.seconds();
    let segments = rate_segments(&world.arrivals, &world.events).into_iter().take_while(|segment| segment.from_s < end);
    segments.map(|segment| segment.until(end)).map(|s| (s.from + s.to) / 2.0 * (s.to_s - s.from_s)).sum()
}

/// What an event is, in words: `clinic slow × 2.5`.
pub fn event_name(what: &EventKind) -> String {
    match what {
        EventKind::Surge(factor) => say!("event.surge", factor = format::number(*factor, 2)),
        EventKind::Slow(factor) => say!("event.slow", factor = format::number(*factor, 2)),
        EventKind::Errors(rate) => say!("event.errors", share = format::share(*rate)),
        EventKind::Outage => say!("event.outage").to_owned(),
    }
}
