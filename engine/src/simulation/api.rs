//! The booking API: a line, threads, and what a thread does at the end of its service.

use super::booking::{Booking, Caller, Held, Waiting};
use super::stations::Role;
use super::{Simulation, Source};
use crate::sim::calendar::Key;
use crate::sim::fact::FactKind;
use crate::sim::slab::NONE;
use crate::sim::time::Span;

/// Places of an API's sources in the calendar, after its first.
const SERVICE: usize = 0;
const PATIENCE: usize = 1;
const TIMEOUT: usize = 2;

impl Simulation {
    /// A try arrives: a thread takes it, or it joins the line, or the line is full.
    #[inline(always)]
    pub(super) fn reach(&mut self, index: usize, booking: Booking) {
        let api = &self.apis[index];
        let (station, number) = (api.station, booking.number);
        self.tell(FactKind::Reached, station, station, number, Span::ZERO);
        let api = &self.apis[index];
        if api.busy < api.servers() {
            self.begin(index, booking);
        } else if (api.line.len() as u64) < api.line_limit() {
            self.tell(FactKind::Lined, station, station, number, Span::ZERO);
            self.order += 1;
            let api = &mut self.apis[index];
            api.line.push(Waiting { booking, since: self.now, order: self.order });
            if api.line.len() == 1 {
                self.watch_patience(index);
            }
        } else {
            self.refuse(station, booking);
        }
    }

    /// The first in line gives up first: all have the same patience.
    pub(super) fn watch_patience(&mut self, index: usize) {
        let key = match (self.apis[index].line.front(), self.patients.params.patience) {
            (Some(first), Some(patience)) => Key { at: (first.since + patience).max(self.now).0, order: first.order },
            _ => Key::NEVER,
        };
        self.calendar.set(self.apis[index].source + PATIENCE, key);
    }

    /// The first in line gives up.
    pub(super) fn patience_ends(&mut self, index: usize) {
        let Waiting { booking, .. } = self.apis[index].line.pop_front().expect("someone waits");
        self.watch_patience(index);
        let station = self.apis[index].station;
        self.tell(FactKind::GaveUp, station, station, booking.number, Span::ZERO);
        self.try_later(booking, self.now, FactKind::EndedAbandoned);
    }

    /// A thread takes a request.
    #[inline(always)]
    fn begin(&mut self, index: usize, booking: Booking) {
        let api = &mut self.apis[index];
        let target = api.targets.pick(&booking);
        let mut held = api.service.sample(&mut api.service_stream.draws(booking.number, booking.turn()));
        if let Role::Queue(_) = api.targets.to[target as usize] {
            held = held + api.params.publish;
        }
        api.busy += 1;
        let slot = api.threads.put(Held::new(booking, target, 0));
        let station = api.station;
        self.tell(FactKind::Began, station, station, booking.number, held);
        let key = self.key(self.now + held);
        let api = &mut self.apis[index];
        api.services.push(key, slot);
        self.calendar.set(api.source + SERVICE, api.services.first());
    }

    /// A service ends: the message is enqueued, or the call to the clinic begins.
    #[inline(always)]
    pub(super) fn service_ends(&mut self, index: usize) {
        let api = &mut self.apis[index];
        let (_, slot) = api.services.pop().expect("a service is due");
        self.calendar.set(api.source + SERVICE, api.services.first());
        let Held { booking, other, .. } = api.threads[slot];
        match api.targets.to[other as usize] {
            Role::Queue(queue) => {
                self.publish(index, queue, booking);
                self.release(index, slot, Span::ZERO);
            }
            Role::Clinic(clinic) => {
                self.order += 1;
                let api = &mut self.apis[index];
                api.threads[slot].called = self.now;
                api.threads[slot].order = self.order;
                api.calls.push(&mut api.threads, slot);
                self.watch_api_timeout(index);
                let call = self.call(clinic, Caller::Api(index, slot), &booking);
                self.apis[index].threads[slot].call = call;
            }
            role => unreachable!("an API points to queues and clinics, not to {role:?}"),
        }
    }

    /// The booking's reply travels back: its acceptance latency ends when it reaches the patient.
    pub(super) fn accept(&mut self, index: usize, booking: &Booking) {
        let latency = (self.now - booking.since) + self.patients.one_way();
        let station = self.apis[index].station;
        self.tell(FactKind::Accepted, station, station, booking.number, latency);
    }

    /// A thread is free: the next in line takes it.
    #[inline(always)]
    fn release(&mut self, index: usize, slot: u32, called: Span) {
        let api = &mut self.apis[index];
        let (station, number) = (api.station, api.threads[slot].booking.number);
        api.threads.free(slot);
        api.busy -= 1;
        self.tell(FactKind::Released, station, station, number, called);
        if !self.apis[index].line.is_empty() {
            self.fill_threads(index);
        }
    }

    /// Free threads take from the line.
    pub(super) fn fill_threads(&mut self, index: usize) {
        let api = &self.apis[index];
        let station = api.station;
        let mut free = api.servers().saturating_sub(api.busy);
        while free > 0 {
            let Some(Waiting { booking, .. }) = self.apis[index].line.pop_front() else { break };
            self.tell(FactKind::Unlined, station, station, booking.number, Span::ZERO);
            self.begin(index, booking);
            free -= 1;
        }
        self.watch_patience(index);
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
            self.accept(index, &booking);
            self.tell(FactKind::Confirmed, station, station, booking.number, self.now - booking.since);
            self.leaves(booking.shared);
        } else {
            self.refuse(station, booking);
        }
        self.release(index, slot, self.now - called);
    }

    /// The oldest call under way times out first: all have the same timeout.
    pub(super) fn watch_api_timeout(&mut self, index: usize) {
        let api = &self.apis[index];
        let key = api.calls.first().map_or(Key::NEVER, |slot| {
            let held = &api.threads[slot];
            Key { at: (held.called + api.params.call_timeout).max(self.now).0, order: held.order }
        });
        debug_assert_eq!(self.sources[api.source + TIMEOUT], Source::ApiTimeout(index));
        self.calendar.set(api.source + TIMEOUT, key);
    }

    pub(super) fn api_call_times_out(&mut self, index: usize) {
        let api = &self.apis[index];
        let slot = api.calls.first().expect("a call is under way");
        let (station, number, call) = (api.station, api.threads[slot].booking.number, api.threads[slot].call);
        let waited = self.now - api.threads[slot].called;
        let clinic = self.abandon(call, Caller::Api(index, slot));
        self.tell(FactKind::TimedOut, station, clinic, number, waited);
        self.api_call_ends(index, slot, false);
    }
}
