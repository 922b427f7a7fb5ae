//! Patients: bookings asked for, tries on their way, further tries.

use super::booking::{Booking, Transit};
use super::routes::Role;
use super::{ARRIVAL, RETRY, Simulation, TRANSIT};
use crate::sim::calendar::Key;
use crate::sim::fact::FactKind;
use crate::sim::time::{Span, Time};

impl Simulation {
    /// Asks the clock for the next booking.
    #[inline(always)]
    pub(super) fn schedule_arrival(&mut self) {
        let at = self.clock.next(self.patients.made);
        let key = self.agenda.key(at);
        self.agenda.set(ARRIVAL, if at == Time::NEVER { Key::NEVER } else { key });
    }

    /// A booking is asked for.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn arrive(&mut self) {
        let booking = Booking::new(self.patients.made, self.log.now);
        let station = self.patients.station;
        self.patients.made += 1;
        self.enters();
        self.log.tell(FactKind::Arrived, station, station, booking.number, Span::ZERO);
        self.start_try(booking);
        self.schedule_arrival();
    }

    /// A try starts: it reaches its API half a round trip later.
    #[inline(always)]
    fn start_try(&mut self, booking: Booking) {
        let Role::Api(api) = self.patients.apis.to[self.patients.apis.pick(&booking) as usize] else {
            unreachable!("patients point to APIs")
        };
        // If the round trip was shortened by hand, no try overtakes another on the way.
        let at = (self.log.now + self.patients.one_way()).max(self.patients.last_on_the_way);
        self.patients.last_on_the_way = at;
        let key = self.agenda.key(at);
        if self.transit.is_empty() {
            self.agenda.set(TRANSIT, key);
        }
        self.transit.push(Transit { key, booking, api: api as u32 });
    }

    /// A try reaches its API.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn reach_api(&mut self) {
        let Transit { booking, api, .. } = self.transit.pop_front().expect("a try is due");
        self.agenda.set(TRANSIT, self.transit.front().map_or(Key::NEVER, |t| t.key));
        self.reach(api as usize, booking);
    }

    /// A try was rejected: the answer takes half a round trip.
    pub(super) fn refuse(&mut self, station: usize, booking: Booking) {
        self.log.tell(FactKind::Refused, station, station, booking.number, Span::ZERO);
        let at = self.log.now + self.patients.one_way();
        self.try_later(booking, at, FactKind::EndedRejected);
    }

    /// Schedules a further try from `from` on, or ends the booking after its last.
    pub(super) fn try_later(&mut self, mut booking: Booking, from: Time, end: FactKind) {
        let patients = &self.patients;
        if u32::from(booking.tries) >= patients.params.retries {
            self.log.tell(end, patients.station, patients.station, booking.number, Span::ZERO);
            self.leaves(booking.shared);
            return;
        }
        let factor = 0.5 + patients.delay.draws(booking.number, booking.turn()).unit();
        let at = from + patients.params.retry_after.times(factor);
        booking.tries += 1;
        let key = self.agenda.key(at);
        self.retries.push(key, booking);
        self.agenda.set(RETRY, self.retries.first());
    }

    /// A further try starts.
    pub(super) fn try_again(&mut self) {
        let (_, booking) = self.retries.pop().expect("a further try is due");
        self.agenda.set(RETRY, self.retries.first());
        self.log.tell(FactKind::TriedAgain, self.patients.station, self.patients.station, booking.number, Span::ZERO);
        self.start_try(booking);
    }
}
