//! Live figures of each station: what the diagram shows while a run goes on.

/// Figures of one station, by its index in the network. What a field means depends on what the station is; the others stay 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StationLive {
    /// API threads, workers that hold a message, or clinic slots in use.
    pub busy: u64,
    /// API threads, workers that have started and not left, or clinic slots there are.
    pub servers: u64,
    /// Workers ordered and not gone (pools only).
    pub ordered: u64,
    /// Requests in the API's line, messages in a queue, or calls waiting for a clinic's slot.
    pub waiting: u64,
    /// Messages of a queue that wait for their backoff.
    pub delayed: u64,
    /// Requests, messages or calls received since the start; for patients, bookings made; for dead letters, messages parked.
    pub received: u64,
    /// Of those, refused, failed or given up.
    pub failed: u64,
    /// Why they failed.
    pub failures: Failures,
    /// Tries that are not the first: those of patients, or messages that came back to a queue after a backoff.
    pub again: u64,
    /// Clinic slots that serve a call whose caller gave up.
    pub unheard: u64,
    /// The state of a pool's breaker.
    pub breaker: BreakerState,
}

/// Why something failed at a station, since the start. A call that times out at a pool and is tried again counts as both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Tries that an API rejected, calls that a clinic refused, or bookings that ended by the last rejection (patients).
    pub refused: u64,
    /// Patients that left the line of an API, bookings that ended so (patients), or calls withdrawn while they waited for a slot (clinic).
    pub gave_up: u64,
    /// Calls of a pool or an API without a reply in time.
    pub timed_out: u64,
    /// Calls that failed: at a clinic by errors or an outage; at a pool whatever was the reason, timeouts included.
    pub calls: u64,
    /// Messages discarded by a queue or by a pool, parked or not.
    pub dropped: u64,
}

/// The state of a circuit breaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakerState {
    /// Closed, or there is none: messages flow.
    #[default]
    Closed,
    /// No message is taken.
    Open,
    /// One message is on its way to try the clinic.
    HalfOpen,
}

/// Live figures of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// By the stations' index in the network.
    pub stations: Vec<StationLive>,
    /// Messages in all queues, those that wait for their backoff included.
    pub backlog: u64,
    /// Messages that workers hold.
    pub in_flight: u64,
}
