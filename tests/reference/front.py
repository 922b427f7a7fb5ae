"""Patients and the API: tries, patience, threads, and what a booking is told."""

from __future__ import annotations

import bisect
import itertools
from collections import deque
from typing import Generic, TypeVar

from agenda import Agenda
from clinic import Clinic
from draws import Draws
from files import Node, span, span_or_none, times
from measures import Booking, Measures
from queues import Queue

T = TypeVar("T")


class Routes(Generic[T]):
    """The targets of a component, one of which each request takes in proportion to its weight."""

    def __init__(self, node: Node, targets: list[tuple[T, float]], draws: Draws) -> None:
        self.targets = [target for target, _ in targets]
        self.reach = list(itertools.accumulate(weight for _, weight in targets))
        self.stream = draws.stream("route", node.id)

    def pick(self, booking: Booking) -> T:
        """Where a booking goes this time."""
        if len(self.targets) == 1:
            return self.targets[0]
        at = self.stream.unit(booking.number, booking.turn) * self.reach[-1]
        return self.targets[min(bisect.bisect_right(self.reach, at), len(self.targets) - 1)]


class Patients:
    """Where bookings come from and, if a try fails, come from again."""

    def __init__(self, node: Node, agenda: Agenda, draws: Draws, measures: Measures) -> None:
        params = node.params
        self.agenda = agenda
        self.measures = measures
        self.retries: int = params["retries"]
        self.retry_after = span(params, "retry_after_s")
        self.patience = span_or_none(params, "patience_s")
        self.half_trip = span(params, "rtt_ms") // 2
        self.delays = draws.stream("retry_delay", node.id)
        self.routes: Routes[Api]

    def try_once(self, booking: Booking) -> None:
        """A try starts; it reaches an API half a round trip later."""
        booking.tries += 1
        self.agenda.after(self.half_trip, self.routes.pick(booking).reached, booking)

    def rejected(self, booking: Booking) -> None:
        """A try is rejected. The patient hears of it half a round trip later."""
        self.failed(booking, "rejected", self.half_trip)

    def failed(self, booking: Booking, how: str, heard_after: int) -> None:
        """A try has failed: another one follows, or the booking has ended."""
        if booking.failed_tries >= self.retries:
            booking.state, booking.ended_at = how, self.agenda.now
            self.measures.count(how)
            return
        factor = 0.5 + self.delays.unit(booking.number, booking.turn)
        booking.failed_tries += 1
        delay = times(self.retry_after, factor)
        self.agenda.after(heard_after + delay, self.try_once, booking)

    def accepted(self, booking: Booking) -> None:
        """A booking is accepted; the acknowledgement takes half a round trip to its patient."""
        booking.accepted_at = self.agenda.now
        self.measures.count("accepted")
        self.measures.acceptance.append(self.agenda.now + self.half_trip - booking.asked_at)


def confirm(booking: Booking, now: int, measures: Measures) -> None:
    """A booking is confirmed at the platform."""
    booking.state, booking.ended_at = "confirmed", now
    measures.count("confirmed")
    measures.end_to_end.append(now - booking.asked_at)


class Api:
    """Threads behind one line."""

    def __init__(self, node: Node, agenda: Agenda, draws: Draws, measures: Measures, patients: Patients) -> None:
        params = node.params
        self.id = node.id
        self.agenda = agenda
        self.measures = measures
        self.patients = patients
        self.instances: int = params["instances"]
        self.servers: int = params["instances"] * params["threads"]
        self.free = self.servers
        self.most_waiting = params["instances"] * params["accept_backlog"]
        self.line: deque[Booking] = deque()
        self.service = params["service"]
        self.services = draws.stream("service", node.id)
        self.publish = span(params, "publish_ms")
        self.call_timeout = span(params, "call_timeout_ms")
        self.routes: Routes[Queue | Clinic]

    def reached(self, booking: Booking) -> None:
        """A try reaches the API."""
        if self.free > 0:
            self.begin(booking)
        elif len(self.line) >= self.most_waiting:
            self.patients.rejected(booking)
        else:
            self.line.append(booking)
            if self.patients.patience is not None:
                self.agenda.after(self.patients.patience, self.give_up, booking, booking.tries)

    def give_up(self, booking: Booking, this_try: int) -> None:
        """A patient whose patience ends leaves the line, if it still waits there at this try."""
        if booking.tries == this_try and booking in self.line:
            self.line.remove(booking)
            self.patients.failed(booking, "abandoned", 0)

    def begin(self, booking: Booking) -> None:
        """A thread takes a request."""
        self.free -= 1
        self.measures.serving(self.id, self.agenda.now, 1)
        target = self.routes.pick(booking)
        held = self.services.time(self.service, booking.number, booking.turn)
        if isinstance(target, Queue):
            held += self.publish
            self.agenda.after(held, self.published, booking, target)
        else:
            self.agenda.after(held, self.calls, booking, target)

    def published(self, booking: Booking, queue: Queue) -> None:
        """The message is enqueued and the booking accepted, or there is no room for it."""
        if queue.publish(booking):
            self.patients.accepted(booking)
        else:
            self.patients.rejected(booking)
        self.release()

    def calls(self, booking: Booking, clinic: Clinic) -> None:
        """The thread calls a clinic and is held until the call ends."""

        def ended(success: bool) -> None:
            if success:
                self.patients.accepted(booking)
                confirm(booking, self.agenda.now, self.measures)
            else:
                self.patients.rejected(booking)
            self.release()

        clinic.call(booking, self.call_timeout, ended)

    def release(self) -> None:
        """A thread is free and takes the next in line."""
        self.free += 1
        self.measures.serving(self.id, self.agenda.now, -1)
        if self.line:
            self.begin(self.line.popleft())
