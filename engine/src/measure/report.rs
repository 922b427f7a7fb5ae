//! The report of a run: what the command line prints as JSON and the page shows at the end. Latencies are in milliseconds.

/// Counts since the start. All but `arrivals`, `retries` and the last four partition what became of bookings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Bookings, not tries.
    pub arrivals: u64,
    /// Bookings accepted.
    pub accepted: u64,
    /// Bookings whose last try was rejected.
    pub rejected: u64,
    /// Bookings whose patient gave up waiting at the last try.
    pub abandoned: u64,
    /// Bookings confirmed.
    pub confirmed: u64,
    /// Messages given up and parked.
    pub dead_lettered: u64,
    /// Messages given up and parked nowhere.
    pub lost: u64,
    /// Times that a clinic booked a booking once more.
    pub duplicates: u64,
    /// Redeliveries.
    pub retries: u64,
    /// Calls without a reply in time.
    pub timeouts: u64,
    /// Calls that failed by the error rate or by an outage.
    pub clinic_errors: u64,
    /// Calls refused because too many waited.
    pub clinic_busy: u64,
    /// Times that a breaker opened.
    pub breaker_opened: u64,
}

impl Counts {
    /// Each count with the name that the report's JSON gives it, in its order.
    pub fn named(&self) -> [(&'static str, u64); 13] {
        [
            ("arrivals", self.arrivals),
            ("accepted", self.accepted),
            ("rejected", self.rejected),
            ("abandoned", self.abandoned),
            ("confirmed", self.confirmed),
            ("dead_lettered", self.dead_lettered),
            ("lost", self.lost),
            ("duplicates", self.duplicates),
            ("retries", self.retries),
            ("timeouts", self.timeouts),
            ("clinic_errors", self.clinic_errors),
            ("clinic_busy", self.clinic_busy),
            ("breaker_opened", self.breaker_opened),
        ]
    }
}

/// A latency's figures in milliseconds; all but the count are `None` when nothing was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Latency {
    /// How many latencies were counted.
    pub count: u64,
    /// The exact mean.
    pub mean: Option<f64>,
    /// The median; as all percentiles, with at most 0.1 % error.
    pub p50: Option<f64>,
    /// The 90th percentile.
    pub p90: Option<f64>,
    /// The 95th percentile.
    pub p95: Option<f64>,
    /// The 99th percentile.
    pub p99: Option<f64>,
    /// The exact maximum.
    pub max: Option<f64>,
}

/// Messages in all queues, those that wait for their backoff included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Backlog {
    /// The most there were at any moment.
    pub max: u64,
    /// At the moment of the report.
    pub last: u64,
}

/// Workers of one pool, ordered and not gone: time average and largest number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workers {
    /// Average over time.
    pub mean: f64,
    /// The most there were at any moment.
    pub max: u64,
}

/// All figures of a run up to a moment; [`super::Measures::report`] makes one.
///
/// ```
/// use engine::measure::{Counts, MetricId, Report};
///
/// let counts = Counts { arrivals: 100, accepted: 97, rejected: 3, confirmed: 90, ..Counts::default() };
/// let report = Report { counts, ..Report::default() };
/// assert_eq!((MetricId::UnservedRatio.metric().value)(&report), Some(0.03));
/// assert_eq!(report.counts.named()[0], ("arrivals", 100));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// 16 hexadecimal digits over all facts so far.
    pub digest: String,
    /// Facts so far.
    pub events: u64,
    /// What became of the bookings.
    pub counts: Counts,
    /// From asking for a booking to the reply, of the accepted.
    pub acceptance: Latency,
    /// From asking for a booking to its confirmation, of the confirmed.
    pub end_to_end: Latency,
    /// End-to-end percentiles (p50, p95, p99) in which bookings accepted but not yet confirmed count as infinitely late; milliseconds, `None`
    /// where that makes them infinite or where nothing was confirmed. The goals use these.
    pub end_to_end_goal: [Option<f64>; 3],
    /// From joining a queue to being taken, once for every delivery.
    pub queue_wait: Latency,
    /// Messages that wait.
    pub backlog: Backlog,
    /// Pounds.
    pub cost: f64,
    /// The run ended before the scenario did: more bookings were under way than a run holds. Such a run passes nothing.
    pub cut_short: bool,
    /// One entry a pool, by node id in the order of the design.
    pub workers: Vec<(String, Workers)>,
    /// Busy server-seconds inside the run ÷ (servers × time), from 0 to 1; per node id.
    pub utilisation: Vec<(String, f64)>,
}
