//! The disruptions: which of the scenario's events are in force for the clinics at a moment. Time only moves on.

use super::network::{Event, EventKind};
use super::time::Time;

#[derive(Clone, Debug)]
pub struct Disruptions {
    events: Vec<Event>,
    /// Factor on clinic service.
    pub slow: f64,
    /// Least error rate.
    pub errors: f64,
    pub outage: bool,
    /// Until when these hold.
    until: Time,
}

impl Disruptions {
    pub fn new(events: &[Event]) -> Disruptions {
        let events = events.iter().filter(|e| !matches!(e.what, EventKind::Surge(_))).copied().collect();
        let mut disruptions = Disruptions { events, slow: 1.0, errors: 0.0, outage: false, until: Time::ZERO };
        disruptions.work_out(Time::ZERO);
        disruptions
    }

    /// Moves on to `now`.
    #[inline(always)]
    pub fn at(&mut self, now: Time) -> &Disruptions {
        if now >= self.until {
            self.work_out(now);
        }
        self
    }

    #[cold]
    fn work_out(&mut self, now: Time) {
        (self.slow, self.errors, self.outage, self.until) = (1.0, 0.0, false, Time::NEVER);
        for event in &self.events {
            if let Some(edge) = [event.from, event.to].into_iter().find(|edge| *edge > now) {
                self.until = self.until.min(edge);
            }
            if !(event.from <= now && now < event.to) {
                continue;
            }
            match event.what {
                EventKind::Surge(_) => {}
                EventKind::Slow(factor) => self.slow *= factor,
                EventKind::Errors(rate) => self.errors = self.errors.max(rate),
                EventKind::Outage => self.outage = true,
            }
        }
    }
}
