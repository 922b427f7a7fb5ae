//! The clinic systems: slots, lines, refusals, errors, and calls whose callers gave up.

use super::Simulation;
use super::booking::{Booking, Call, CallState, Caller, SharedBooking};
use super::log::{Agenda, Log};
use super::stations::Clinic;
use super::unfinished::{AT_ONCE, Unfinished};
use crate::sim::disruptions::Disruptions;
use crate::sim::fact::FactKind;
use crate::sim::slab::{Links, NONE, Slab};
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

impl Clinic {
    /// How long a slot serves a call.
    #[inline(always)]
    fn service_time(&self, number: u64, turn: u32, slow: f64) -> Span {
        let time = self.params.base + self.variable.sample(&mut self.time.draws(number, turn));
        if slow == 1.0 { time } else { time.times(slow) }
    }
}

impl Clinic {
    /// A call from the station `by` arrives: it is served, waits, or fails after the base time. Returns its place.
    #[inline(always)]
    pub fn call(
        &mut self,
        index: usize,
        caller: Caller,
        by: usize,
        booking: &Booking,
        (calls, disruptions, log, agenda): (&mut Slab<Call>, &mut Disruptions, &mut Log, &mut Agenda),
    ) -> u32 {
        let (number, turn, shared, clinic) = (booking.number, booking.turn(), booking.shared, index as u32);
        let system = self.system_of(number);
        let state = CallState::Served;
        let place = calls.put(Call { number, turn, shared, caller, clinic, system, state, links: Links::FREE });
        log.tell(FactKind::Called, self.station, by, number, Span::ZERO);
        let disruptions = disruptions.at(log.now);
        let busy = &mut self.systems[system as usize].busy;
        if *busy >= self.params.slots_per_clinic || disruptions.outage {
            self.not_served(place, disruptions.outage, calls, log, agenda);
            return place;
        }
        *busy += 1;
        let time = self.service_time(number, turn, disruptions.slow);
        log.tell(FactKind::Served, self.station, self.station, number, time);
        self.reply_after(time, place, log, agenda);
        place
    }

    #[inline(always)]
    fn reply_after(&mut self, time: Span, place: u32, log: &Log, agenda: &mut Agenda) {
        let key = agenda.key(log.now + time);
        if self.services.push(key, place) {
            agenda.set(self.source, key);
        }
    }

    /// A call that arrives during an outage, or finds all slots busy.
    fn not_served(&mut self, place: u32, outage: bool, calls: &mut Slab<Call>, log: &mut Log, agenda: &mut Agenda) {
        let (station, base) = (self.station, self.params.base);
        let Call { number, system, .. } = calls[place];
        let line = &mut self.systems[system as usize].line;
        if outage {
            log.tell(FactKind::CallFailed, station, station, number, base);
        } else if self.params.max_waiting.is_some_and(|limit| line.len() >= limit) {
            log.tell(FactKind::CallRefused, station, station, number, base);
        } else {
            log.tell(FactKind::CallWaits, station, station, number, Span::ZERO);
            calls[place].state = CallState::Waiting;
            return line.push(calls, place);
        }
        calls[place].state = CallState::Failing;
        self.reply_after(base, place, log, agenda);
    }
}

impl Simulation {
    /// A slot serves a call that has waited.
    fn serve(&mut self, index: usize, call: u32) {
        let slow = self.disruptions.at(self.log.now).slow;
        let clinic = &mut self.clinics[index];
        let Call { number, turn, system, .. } = self.calls[call];
        let time = clinic.service_time(number, turn, slow);
        clinic.systems[system as usize].busy += 1;
        self.calls[call].state = CallState::Served;
        self.log.tell(FactKind::Served, clinic.station, clinic.station, number, time);
        clinic.reply_after(time, call, &self.log, &mut self.agenda);
    }

    /// A call ends at the clinic.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn clinic_replies(&mut self, index: usize) {
        let clinic = &mut self.clinics[index];
        let place = clinic.services.pop().expect("a reply is due");
        self.agenda.set(clinic.source, clinic.services.first());
        let call = self.calls[place];
        self.calls.free(place);
        let mut booked = false;
        if call.state == CallState::Served {
            let system = &mut clinic.systems[call.system as usize];
            system.busy -= 1;
            self.log.tell(FactKind::SlotFreed, clinic.station, clinic.station, call.number, Span::ZERO);
            let rate = clinic.params.error_rate.max(self.disruptions.at(self.log.now).errors);
            booked = rate == 0.0 || clinic.error.draws(call.number, call.turn).unit() >= rate;
            if !system.line.is_empty() || !booked || call.shared != NONE {
                self.after_service(index, &call, booked);
            }
        }
        match call.caller {
            Caller::Pool(pool, slot) => self.pool_call_ends(pool as usize, slot, booked),
            Caller::Api(api, slot) => self.api_call_ends(api as usize, slot, booked),
            Caller::Gone => {
                if call.state == CallState::Served {
                    self.log.measures.unheard_ends(self.clinics[index].station);
                }
                self.leaves(call.shared);
            }
        }
    }

    /// The slot takes the next in line; what was served failed, or is booked where that is to be remembered: its caller, or an earlier one,
    /// gave up.
    fn after_service(&mut self, index: usize, call: &Call, booked: bool) {
        self.fill_slots(index, call.system as usize);
        let station = self.clinics[index].station;
        if !booked {
            self.log.tell(FactKind::CallFailed, station, station, call.number, Span::ZERO);
        } else if call.shared != NONE {
            self.book(index, call);
        }
    }

    /// Free slots of a system take from its line. Returns how many calls they took.
    pub(super) fn fill_slots(&mut self, index: usize, system: usize) -> u64 {
        let clinic = &self.clinics[index];
        let station = clinic.station;
        let free = clinic.params.slots_per_clinic.saturating_sub(clinic.systems[system].busy);
        let mut taken = 0;
        while taken < free.min(AT_ONCE) {
            let line = &mut self.clinics[index].systems[system].line;
            let Some(call) = line.first() else { break };
            line.remove(&mut self.calls, call);
            self.log.tell(FactKind::CallUnlined, station, station, self.calls[call].number, Span::ZERO);
            self.serve(index, call);
            taken += 1;
        }
        if taken == AT_ONCE && taken < free {
            self.leave_rest(Unfinished::Slots(index, system));
        }
        taken
    }

    /// The clinic books a booking that has, or had, another call. A second time, at this clinic component or another, is a duplicate; an
    /// idempotent component recognises what it has booked itself.
    fn book(&mut self, index: usize, call: &Call) {
        let shared = &mut self.shared_bookings[call.shared];
        let clinic = &self.clinics[index];
        let (known, again) = (shared.booked_by.contains(&index), !shared.booked_by.is_empty());
        if known && clinic.params.idempotent {
            return;
        }
        if !known {
            shared.booked_by.push(index);
        }
        if again {
            let station = clinic.station;
            self.log.tell(FactKind::Duplicated, station, station, call.number, Span::ZERO);
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
                self.log.tell(FactKind::CallWithdrawn, station, station, call.number, Span::ZERO);
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
                self.log.measures.unheard_begins(station);
                self.enters();
            }
        }
        station
    }

    /// The shared of the booking that a caller works on; made if it has none.
    fn shared_of(&mut self, caller: Caller) -> u32 {
        let held = match caller {
            Caller::Api(api, slot) => &mut self.apis[api as usize].threads[slot],
            Caller::Pool(pool, slot) => &mut self.pools[pool as usize].workers[slot],
            Caller::Gone => unreachable!("a call is given up once"),
        };
        if held.booking.shared == NONE {
            held.booking.shared = self.shared_bookings.put(SharedBooking { holders: 1, ..SharedBooking::default() });
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
