"""The clinic: systems with slots and a line each, and the calls that come to them."""

from __future__ import annotations

import bisect
import itertools
from collections import deque
from typing import Callable

from agenda import Agenda
from draws import Draws
from files import Event, Node, span, times
from measures import Booking, Measures


class Call:
    """One call of a clinic. `done` is told once whether it succeeded; a failure may be that no reply came in time."""

    def __init__(self, clinic: Clinic, booking: Booking, timeout: int | None, done: Callable[[bool], None]) -> None:
        self.clinic = clinic
        self.booking = booking
        self.turn = booking.turn
        self.done = done
        self.ended = False
        self.line: deque[Call] | None = None
        self.deadline = None if timeout is None else clinic.agenda.now + timeout
        if self.deadline is not None:
            clinic.agenda.at(self.deadline, self.time_out)

    def reply(self, success: bool) -> None:
        """The clinic's reply. One at the very moment of the timeout comes too late."""
        late = self.deadline is not None and self.clinic.agenda.now >= self.deadline
        if not self.ended and not late:
            self.ended = True
            self.done(success)

    def time_out(self) -> None:
        """Nobody waits any longer: a waiting call leaves the line, one in service runs on."""
        if self.ended:
            return
        self.ended = True
        if self.line is not None:
            self.line.remove(self)
            self.line = None
        self.clinic.measures.count("timeouts")
        self.done(False)


class System:
    """One clinic system: its free slots, and the calls that wait for one."""

    def __init__(self, slots: int) -> None:
        self.free = slots
        self.line: deque[Call] = deque()


class Clinic:
    """A clinic component."""

    def __init__(self, node: Node, agenda: Agenda, draws: Draws, measures: Measures, events: list[Event]) -> None:
        self.id = node.id
        self.params = node.params
        self.agenda = agenda
        self.measures = measures
        self.events = events
        self.base = span(node.params, "base_ms")
        self.choices = draws.stream("clinic_choice", node.id)
        self.times = draws.stream("clinic_time", node.id)
        self.errors = draws.stream("clinic_error", node.id)
        self.systems = [System(node.params["slots_per_clinic"]) for _ in range(node.params["clinics"])]
        # A booking's system is picked with probability in proportion to 1 / rank^skew.
        weights = (1 / rank ** node.params["skew"] for rank in range(1, node.params["clinics"] + 1))
        self.reach = list(itertools.accumulate(weights))
        self.booked: set[int] = set()

    @property
    def servers(self) -> int:
        """Slots of all systems."""
        return len(self.systems) * int(self.params["slots_per_clinic"])

    def in_force(self, kind: str) -> list[float]:
        """The values of the events of a kind that hold now."""
        return [event.value for event in self.events if event.kind == kind and event.holds(self.agenda.now)]

    def system_of(self, booking: Booking) -> System:
        """The system that a booking belongs to, for good."""
        at = self.choices.unit(booking.number, 0) * self.reach[-1]
        return self.systems[min(bisect.bisect_right(self.reach, at), len(self.systems) - 1)]

    def call(self, booking: Booking, timeout: int | None, done: Callable[[bool], None]) -> None:
        """A call begins and arrives."""
        booking.calls += 1
        call = Call(self, booking, timeout, done)
        system = self.system_of(booking)
        most = self.params["max_waiting"]
        if self.in_force("outage"):
            self.measures.count("clinic_errors")
            self.agenda.after(self.base, call.reply, False)
        elif system.free > 0:
            self.serve(system, call)
        elif most is not None and len(system.line) >= most:
            self.measures.count("clinic_busy")
            self.agenda.after(self.base, call.reply, False)
        else:
            call.line = system.line
            system.line.append(call)

    def serve(self, system: System, call: Call) -> None:
        """A free slot takes a call."""
        system.free -= 1
        work = self.base + self.times.time(self.params["variable"], call.booking.number, call.turn)
        factor = 1.0
        for slow in self.in_force("slow"):
            factor *= slow
        time = times(work, factor)
        self.measures.serving(self.id, self.agenda.now, 1)
        self.agenda.after(time, self.served, system, call)

    def served(self, system: System, call: Call) -> None:
        """A service ends, whether or not its caller still waits. The slot takes the next in line, then the caller hears of it."""
        rate = max([self.params["error_rate"], *self.in_force("errors")])
        success = self.errors.unit(call.booking.number, call.turn) >= rate
        if success:
            self.book(call.booking)
        else:
            self.measures.count("clinic_errors")
        system.free += 1
        self.measures.serving(self.id, self.agenda.now, -1)
        if system.line:
            following = system.line.popleft()
            following.line = None
            self.serve(system, following)
        call.reply(success)

    def book(self, booking: Booking) -> None:
        """A booking is booked, unless the component recognises that it has done so itself."""
        if self.params["idempotent"] and booking.number in self.booked:
            return
        self.booked.add(booking.number)
        booking.booked += 1
        if booking.booked > 1:
            self.measures.count("duplicates")
