"""The message queue, and what becomes of messages that are discarded."""

from __future__ import annotations

from collections import deque
from typing import Callable

from agenda import Agenda
from files import Node, span_or_none
from measures import Booking, Measures


def discard(booking: Booking, parked: bool, now: int, measures: Measures) -> None:
    """A message is given up: dead-lettered where there is a place for it, else lost."""
    booking.state = "dead_lettered" if parked else "lost"
    booking.ended_at = now
    measures.count(booking.state)


class Queue:
    """A queue of messages. The first of `messages` is its head."""

    def __init__(self, node: Node, agenda: Agenda, measures: Measures, has_dead_letter: bool) -> None:
        self.id = node.id
        self.agenda = agenda
        self.measures = measures
        self.has_dead_letter = has_dead_letter
        self.lifo = node.params["discipline"] == "lifo"
        self.drops_oldest = node.params["overflow"] == "drop_oldest"
        self.capacity: int | None = node.params["capacity"]
        self.max_age = span_or_none(node.params, "max_age_s")
        self.messages: deque[Booking] = deque()
        self.delayed = 0
        self.arrived: Callable[[], None]

    def publish(self, booking: Booking) -> bool:
        """A message comes for the first time; whether it is taken in."""
        if self.capacity is not None and len(self.messages) >= self.capacity:
            if not self.drops_oldest:
                return False
            while len(self.messages) >= self.capacity:
                discard(self.messages.popleft(), self.has_dead_letter, self.agenda.now, self.measures)
        booking.first_enqueued_at = self.agenda.now
        self.enqueue(booking)
        return True

    def enqueue(self, booking: Booking) -> None:
        """A message joins the tail, and an idle worker takes the next one."""
        booking.state = "backlog"
        booking.enqueued_at = self.agenda.now
        self.measures.enqueues += 1
        self.messages.append(booking)
        self.arrived()

    def delay(self, booking: Booking, backoff: int) -> None:
        """A message comes back after its backoff."""
        booking.state = "backlog"
        self.delayed += 1
        self.agenda.after(backoff, self.redeliver, booking)

    def redeliver(self, booking: Booking) -> None:
        """Its backoff is over: it goes to the tail, whatever the capacity."""
        self.delayed -= 1
        self.measures.count("retries")
        self.enqueue(booking)

    def next(self) -> Booking:
        """The message next in line."""
        return self.messages[-1 if self.lifo else 0]

    def take(self) -> Booking | None:
        """A worker would take the next message; none, if that is too old and is discarded instead."""
        booking = self.messages.pop() if self.lifo else self.messages.popleft()
        if self.max_age is not None and self.agenda.now - booking.first_enqueued_at > self.max_age:
            discard(booking, self.has_dead_letter, self.agenda.now, self.measures)
            return None
        self.measures.queue_wait.append(self.agenda.now - booking.enqueued_at)
        return booking
