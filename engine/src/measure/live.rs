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
    /// The state of a pool's breaker.
    pub breaker: BreakerState,
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
