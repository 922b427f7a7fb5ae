//! The clinic systems: slots, lines, refusals, errors, and calls that nobody waits for any more.

use super::Simulation;
use super::booking::{Booking, Call, CallState, Caller, SharedBooking};
use super::stations::Clinic;
use crate::sim::fact::FactKind;
use crate::sim::slab::{Links, NONE};
use crate::sim::time::Span;

impl Clinic {
    /// The system that a booking belongs to, in every attempt and whatever else happens.
    #[inline(always)]
    fn system_of(&self, number: u64) -> u32 {
        if self.params.clinics == 1 {
            return 0;
        }
        let unit = self.choice.draws(number, 0).unit();
        let last = self.params.clinics - 1;
        match self.shares.last() {
            None => ((unit * f64::from(self.params.clinics)) as u32).min(last),
            Some(sum) => (self.shares.partition_point(|share| *share <= unit * sum) as u32).min(last),
        }
    }
}

impl Simulation {
    /// A call arrives: it is served, waits, or fails after the base time. Returns its number.
    #[inline(always)]
    pub(super) fn call(&mut self, index: usize, caller: Caller, booking: &Booking) -> u32 {
        let clinic = &self.clinics[index];
        let (station, number, base) = (clinic.station, booking.number, clinic.params.base);
        let system = clinic.system_of(number);
        let call = self.calls.put(Call {
            number,
            turn: booking.turn(),
            shared: booking.shared,
            caller,
            clinic: index as u32,
            system,
            state: CallState::Waiting,
            links: Links::FREE,
        });
        let by = self.station_of(caller);
        self.tell(FactKind::Called, station, by, number, Span::ZERO);
        let outage = self.disruptions.at(self.now).outage;
        let clinic = &self.clinics[index];
        let place = &clinic.systems[system as usize];
        if outage {
            self.tell(FactKind::CallFailed, station, station, number, base);
            self.fail_later(index, call, base);
        } else if place.busy < clinic.params.slots_per_clinic {
            self.serve(index, call);
        } else if clinic.params.max_waiting.is_some_and(|limit| place.line.len() >= limit) {
            self.tell(FactKind::CallRefused, station, station, number, base);
            self.fail_later(index, call, base);
        } else {
            self.tell(FactKind::CallWaits, station, station, number, Span::ZERO);
            self.clinics[index].systems[system as usize].line.push(&mut self.calls, call);
        }
        call
    }

    fn station_of(&self, caller: Caller) -> usize {
        match caller {
            Caller::Api(api, _) => self.apis[api].station,
            Caller::Pool(pool, _) => self.pools[pool].station,
            Caller::Gone => super::NOWHERE,
        }
    }

    fn fail_later(&mut self, index: usize, call: u32, after: Span) {
        self.calls[call].state = CallState::Failing;
        self.reply_at(index, call, after);
    }

    #[inline(always)]
    fn reply_at(&mut self, index: usize, call: u32, after: Span) {
        let key = self.key(self.now + after);
        let clinic = &mut self.clinics[index];
        clinic.services.push(key, call);
        self.calendar.set(clinic.source, clinic.services.first());
    }

    /// A slot serves a call.
    #[inline(always)]
    fn serve(&mut self, index: usize, call: u32) {
        let slow = self.disruptions.at(self.now).slow;
        let clinic = &mut self.clinics[index];
        let Call { number, turn, system, .. } = self.calls[call];
        let variable = clinic.variable.sample(&mut clinic.time.draws(number, turn));
        let mut time = clinic.params.base + variable;
        if slow != 1.0 {
            time = time.times(slow);
        }
        clinic.systems[system as usize].busy += 1;
        let station = clinic.station;
        self.calls[call].state = CallState::Served;
        self.tell(FactKind::Served, station, station, number, time);
        self.reply_at(index, call, time);
    }

    /// A call ends at the clinic.
    #[inline(always)]
    pub(super) fn clinic_replies(&mut self, index: usize) {
        let clinic = &mut self.clinics[index];
        let (_, place) = clinic.services.pop().expect("a reply is due");
        self.calendar.set(clinic.source, clinic.services.first());
        let call = self.calls[place];
        self.calls.free(place);
        let booked = call.state == CallState::Served && self.service_over(index, &call);
        match call.caller {
            Caller::Pool(pool, slot) => self.pool_call_ends(pool, slot, booked),
            Caller::Api(api, slot) => self.api_call_ends(api, slot, booked),
            Caller::Gone => self.leaves(call.shared),
        }
    }

    /// A slot is free again and takes the next in line. Returns whether the call succeeded.
    #[inline(always)]
    fn service_over(&mut self, index: usize, call: &Call) -> bool {
        let station = self.clinics[index].station;
        let system = call.system as usize;
        self.clinics[index].systems[system].busy -= 1;
        self.tell(FactKind::SlotFreed, station, station, call.number, Span::ZERO);
        if !self.clinics[index].systems[system].line.is_empty() {
            self.fill_slots(index, system);
        }
        let clinic = &self.clinics[index];
        let rate = clinic.params.error_rate.max(self.disruptions.at(self.now).errors);
        if rate > 0.0 && clinic.error.draws(call.number, call.turn).unit() < rate {
            self.tell(FactKind::CallFailed, station, station, call.number, Span::ZERO);
            return false;
        }
        // Whoever waits for this call may have a shared by now from an earlier one.
        if call.shared != NONE {
            self.book(index, call);
        }
        true
    }

    /// Free slots of a system take from its line.
    pub(super) fn fill_slots(&mut self, index: usize, system: usize) {
        let clinic = &self.clinics[index];
        let station = clinic.station;
        let mut free = clinic.params.slots_per_clinic.saturating_sub(clinic.systems[system].busy);
        while free > 0 {
            let line = &mut self.clinics[index].systems[system].line;
            let Some(call) = line.first() else { break };
            line.remove(&mut self.calls, call);
            self.tell(FactKind::CallUnlined, station, station, self.calls[call].number, Span::ZERO);
            self.serve(index, call);
            free -= 1;
        }
    }

    /// The clinic books a booking that has, or had, another call: once too often is a duplicate.
    fn book(&mut self, index: usize, call: &Call) {
        let shared = &mut self.shared_bookings[call.shared];
        let times = match shared.booked.iter_mut().find(|(clinic, _)| *clinic == index) {
            Some((_, times)) => {
                *times += 1;
                *times
            }
            None => {
                shared.booked.push((index, 1));
                1
            }
        };
        let clinic = &self.clinics[index];
        if times > 1 && !clinic.params.idempotent {
            let station = clinic.station;
            self.tell(FactKind::Duplicated, station, station, call.number, Span::ZERO);
        }
    }

    /// A caller gives up: a waiting call leaves the line, one in service runs on. Returns the clinic's station.
    pub(super) fn abandon(&mut self, place: u32, caller: Caller) -> usize {
        let call = self.calls[place];
        debug_assert_eq!(call.caller, caller);
        let index = call.clinic as usize;
        let station = self.clinics[index].station;
        match call.state {
            CallState::Waiting => {
                self.clinics[index].systems[call.system as usize].line.remove(&mut self.calls, place);
                self.calls.free(place);
                self.tell(FactKind::CallWithdrawn, station, station, call.number, Span::ZERO);
            }
            CallState::Failing => {
                self.calls[place].caller = Caller::Gone;
                self.calls[place].shared = NONE;
                self.enters();
            }
            CallState::Served => {
                let shared = self.shared_of(caller);
                self.shared_bookings[shared].holders += 1;
                self.calls[place].caller = Caller::Gone;
                self.calls[place].shared = shared;
                self.enters();
            }
        }
        station
    }

    /// The shared of the booking that a caller works on; made if it has none.
    fn shared_of(&mut self, caller: Caller) -> u32 {
        let held = match caller {
            Caller::Api(api, slot) => &mut self.apis[api].threads[slot],
            Caller::Pool(pool, slot) => &mut self.pools[pool].workers[slot],
            Caller::Gone => unreachable!("nobody gives up a call twice"),
        };
        if held.booking.shared == NONE {
            held.booking.shared = self.shared_bookings.put(SharedBooking { holders: 1, booked: Vec::new() });
        }
        held.booking.shared
    }

    /// A booking ends, or an abandoned call.
    #[inline(always)]
    pub(super) fn leaves(&mut self, shared: u32) {
        self.alive -= 1;
        if shared != NONE {
            self.let_go(shared);
        }
    }

    /// One holder less: a booking has ended, or an abandoned call.
    fn let_go(&mut self, shared: u32) {
        self.shared_bookings[shared].holders -= 1;
        if self.shared_bookings[shared].holders == 0 {
            self.shared_bookings.free(shared);
        }
    }
}
