//! The booking API: a line, threads, and what a thread does at the end of its service.

use super::booking::{Booking, Caller, Held, Waiting};
use super::log::{Agenda, Log};
use super::routes::Role;
use super::stations::Api;
use super::unfinished::{AT_ONCE, Unfinished};
use super::{NOWHERE, Simulation, Source};
use crate::sim::calendar::Key;
use crate::sim::fact::FactKind;
use crate::sim::slab::NONE;
use crate::sim::time::Span;

impl Api {
    /// A thread takes a request.
    #[inline(always)]
    fn begin(&mut self, booking: Booking, log: &mut Log, agenda: &mut Agenda) {
        let target = self.targets.pick(&booking);
        let mut held = self.service.sample(&mut self.service_stream.draws(booking.number, booking.turn()));
        if let Role::Queue(_) = self.targets.to[target as usize] {
            held = held + self.params.publish;
        }
        self.busy += 1;
        let slot = self.threads.put(Held::new(booking, target, 0));
        log.tell(FactKind::Began, self.station, self.station, booking.number, held);
        let key = agenda.key(log.now + held);
        if self.services.push(key, slot) {
            agenda.set(self.service_source, key);
        }
    }
}

impl Simulation {
    /// A try arrives: a thread takes it, or it joins the line, or the line is full.
    #[inline(always)]
    pub(super) fn reach(&mut self, index: usize, booking: Booking) {
        let api = &mut self.apis[index];
        self.log.tell(FactKind::Reached, api.station, api.station, booking.number, Span::ZERO);
        if api.busy < api.servers() {
            api.begin(booking, &mut self.log, &mut self.agenda)
        } else {
            self.line_up(index, booking)
        }
    }

    /// All threads are busy.
    fn line_up(&mut self, index: usize, booking: Booking) {
        let api = &mut self.apis[index];
        let (station, number) = (api.station, booking.number);
        if api.line.len() as u64 >= api.line_limit() {
            return self.refuse(station, booking);
        }
        self.log.tell(FactKind::Lined, station, station, number, Span::ZERO);
        self.agenda.order += 1;
        api.line.push(Waiting { booking, since: self.log.now, order: self.agenda.order });
        if api.line.len() == 1 {
            self.watch_patience(index);
        }
    }

    /// The first in line gives up first: all have the same patience.
    pub(super) fn watch_patience(&mut self, index: usize) {
        let key = match (self.apis[index].line.front(), self.patients.params.patience) {
            (Some(first), Some(patience)) => {
                Key { at: (first.since + patience).max(self.log.now).0, order: first.order }
            }
            _ => Key::NEVER,
        };
        self.agenda.set(self.apis[index].patience_source, key);
    }

    /// The first in line gives up.
    pub(super) fn patience_ends(&mut self, index: usize) {
        let Waiting { booking, .. } = self.apis[index].line.pop_front().expect("someone waits");
        self.watch_patience(index);
        let station = self.apis[index].station;
        self.log.tell(FactKind::GaveUp, station, station, booking.number, Span::ZERO);
        self.try_later(booking, self.log.now, FactKind::EndedAbandoned);
    }

    /// A service ends: the message is enqueued, or the call to the clinic begins.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn service_ends(&mut self, index: usize) {
        let api = &mut self.apis[index];
        let slot = api.services.pop().expect("a service is due");
        self.agenda.set(api.service_source, api.services.first());
        let Held { booking, other, .. } = api.threads[slot];
        match api.targets.to[other as usize] {
            Role::Queue(queue) => {
                let station = api.station;
                self.publish(station, queue, booking);
                self.release(index, slot, Span::ZERO);
                self.log.measures.settled();
            }
            Role::Clinic(clinic) => self.call_from_thread(index, slot, clinic),
            role => unreachable!("an API points to queues and clinics, not to {role:?}"),
        }
    }

    fn call_from_thread(&mut self, index: usize, slot: u32, clinic: usize) {
        self.agenda.order += 1;
        let api = &mut self.apis[index];
        let (station, booking) = (api.station, api.threads[slot].booking);
        api.threads[slot].called = self.log.now;
        api.threads[slot].order = self.agenda.order;
        api.calls.push(&mut api.threads, slot);
        self.watch_api_timeout(index);
        let Simulation { calls, disruptions, log, agenda, .. } = self;
        let caller = Caller::Api(index as u32, slot);
        let call = self.clinics[clinic].call(clinic, caller, station, &booking, (calls, disruptions, log, agenda));
        self.apis[index].threads[slot].call = call;
    }

    /// The booking's reply travels back from the API at `station`: its acceptance latency ends when it reaches the patient.
    #[inline(always)]
    pub(super) fn accept(&mut self, station: usize, booking: &Booking) {
        let latency = (self.log.now - booking.since) + self.patients.one_way();
        self.log.tell(FactKind::Accepted, station, station, booking.number, latency);
    }

    /// A thread is free: the next in line takes it.
    #[inline(always)]
    fn release(&mut self, index: usize, slot: u32, called: Span) {
        let api = &mut self.apis[index];
        api.busy -= 1;
        api.threads.free(slot);
        self.log.tell(FactKind::Released, api.station, api.station, api.threads[slot].booking.number, called);
        if !api.line.is_empty() {
            self.fill_threads(index);
        }
    }

    /// Free threads take from the line. Returns how many requests they took.
    pub(super) fn fill_threads(&mut self, index: usize) -> u64 {
        let api = &self.apis[index];
        let station = api.station;
        let free = api.servers().saturating_sub(api.busy);
        let mut taken = 0;
        while taken < free.min(AT_ONCE) {
            let Some(Waiting { booking, .. }) = self.apis[index].line.pop_front() else { break };
            self.log.tell(FactKind::Unlined, station, station, booking.number, Span::ZERO);
            self.apis[index].begin(booking, &mut self.log, &mut self.agenda);
            taken += 1;
        }
        if taken == AT_ONCE && taken < free {
            self.leave_rest(Unfinished::Threads(index));
        }
        self.watch_patience(index);
        taken
    }

    /// The call of a thread ended, well or not.
    pub(super) fn api_call_ends(&mut self, index: usize, slot: u32, booked: bool) {
        let api = &mut self.apis[index];
        let Held { booking, called, .. } = api.threads[slot];
        api.threads[slot].call = NONE;
        api.calls.remove(&mut api.threads, slot);
        let station = api.station;
        self.watch_api_timeout(index);
        if booked {
            self.accept(station, &booking);
            self.log.tell(FactKind::Confirmed, station, NOWHERE, booking.number, self.log.now - booking.since);
            self.leaves(booking.shared);
        } else {
            self.refuse(station, booking);
        }
        self.release(index, slot, self.log.now - called);
    }

    /// The oldest call under way times out first: all have the same timeout.
    pub(super) fn watch_api_timeout(&mut self, index: usize) {
        let api = &self.apis[index];
        let key = api.calls.first().map_or(Key::NEVER, |slot| {
            let held = &api.threads[slot];
            Key { at: (held.called + api.params.call_timeout).max(self.log.now).0, order: held.order }
        });
        debug_assert_eq!(self.sources[api.timeout_source], Source::ApiTimeout(index));
        self.agenda.set(api.timeout_source, key);
    }

    pub(super) fn api_call_times_out(&mut self, index: usize) {
        let api = &self.apis[index];
        let slot = api.calls.first().expect("a call is under way");
        let (station, number, call) = (api.station, api.threads[slot].booking.number, api.threads[slot].call);
        let waited = self.log.now - api.threads[slot].called;
        let clinic = self.abandon(call, Caller::Api(index as u32, slot));
        self.log.tell(FactKind::TimedOut, station, clinic, number, waited);
        self.api_call_ends(index, slot, false);
    }
}
