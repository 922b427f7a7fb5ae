"""Pools of workers: taking messages, calling clinics, trying again, and the breaker."""

from __future__ import annotations

from typing import Callable

from agenda import Agenda
from clinic import Clinic
from draws import Draws
from files import Node, Params, span, span_or_none, times
from front import Routes, confirm
from measures import Booking, Level, Measures
from queues import Queue, discard
from staff import Staff


class Breaker:
    """Stops a pool from taking messages after too many failed calls in a row."""

    def __init__(self, params: Params, agenda: Agenda, measures: Measures, on_half_open: Callable[[], None]) -> None:
        self.failures: int = params["failures"]
        self.open_for = span(params, "open_s")
        self.agenda = agenda
        self.measures = measures
        self.on_half_open = on_half_open
        self.state = "closed"
        self.in_a_row = 0
        self.period = 0
        """Rises whenever it opens: calls of an earlier period don't count."""
        self.on_trial = False

    def admits(self) -> bool:
        """Whether a worker may take a message now."""
        return self.state == "closed" or (self.state == "half_open" and not self.on_trial)

    def taken(self) -> int:
        """A worker takes a message; the period that its call belongs to."""
        self.on_trial = self.state == "half_open"
        return self.period

    def outcome(self, period: int, success: bool) -> None:
        """A call of the pool has ended."""
        if period != self.period:
            return
        if self.state == "half_open":
            self.on_trial = False
            if success:
                self.state = "closed"
                self.in_a_row = 0
            else:
                self.open()
        elif success:
            self.in_a_row = 0
        else:
            self.in_a_row += 1
            if self.in_a_row >= self.failures:
                self.open()

    def open(self) -> None:
        """The pool takes no messages for a while."""
        self.state = "open"
        self.in_a_row = 0
        self.period += 1
        self.measures.count("breaker_opened")
        self.agenda.after(self.open_for, self.half_open)

    def half_open(self) -> None:
        """One message may be tried."""
        self.state = "half_open"
        self.on_trial = False
        self.on_half_open()


class Pool:
    """A consumers component."""

    def __init__(
        self, node: Node, agenda: Agenda, draws: Draws, measures: Measures, queues: list[Queue], has_dead_letter: bool
    ) -> None:
        params = node.params
        self.id = node.id
        self.params = params
        self.agenda = agenda
        self.measures = measures
        self.queues = queues
        self.has_dead_letter = has_dead_letter
        self.timeout = span_or_none(params, "timeout_ms")
        self.handlings = draws.stream("handling", node.id)
        self.backoffs = draws.stream("backoff", node.id)
        self.routes: Routes[Clinic]
        self.breaker: Breaker | None = None
        if params["breaker"] is not None:
            self.breaker = Breaker(params["breaker"], agenda, measures, self.take_all)
        level = measures.workers[node.id] = Level()
        self.staff = Staff(params["scaling"], agenda, level, self.waiting, self.take_all)

    def waiting(self) -> int:
        """The undelayed messages of its queues."""
        return sum(len(queue.messages) for queue in self.queues)

    def could_take(self) -> bool:
        """Whether a worker is idle and the breaker lets it."""
        return self.staff.idle > 0 and (self.breaker is None or self.breaker.admits())

    def take_all(self) -> None:
        """Idle workers take what waits: of the messages next in line the one that waits longest; of two alike, the design's first."""
        while self.could_take():
            waiting = [queue for queue in self.queues if queue.messages]
            if not waiting:
                return
            queue = min(waiting, key=lambda queue: queue.next().enqueued_at)
            booking = queue.take()
            if booking is not None:
                self.handle(booking, queue)

    def handle(self, booking: Booking, queue: Queue) -> None:
        """A worker has taken a message."""
        self.staff.begin()
        booking.state = "in_flight"
        booking.deliveries += 1
        period = 0 if self.breaker is None else self.breaker.taken()
        time = self.handlings.time(self.params["handling"], booking.number, booking.turn)
        self.agenda.after(time, self.calls, booking, queue, period)

    def calls(self, booking: Booking, queue: Queue, period: int) -> None:
        """The worker calls a clinic and is held until the call ends."""

        def ended(success: bool) -> None:
            if success:
                confirm(booking, self.agenda.now, self.measures)
            else:
                self.attempt_failed(booking, queue)
            if self.breaker is not None:
                self.breaker.outcome(period, success)
            self.staff.finish()
            self.take_all()

        self.routes.pick(booking).call(booking, self.timeout, ended)

    def attempt_failed(self, booking: Booking, queue: Queue) -> None:
        """Back to the queue after a backoff, or given up."""
        turn = booking.turn
        booking.failed_attempts += 1
        if booking.failed_attempts >= self.params["attempts"]:
            parked = self.has_dead_letter or queue.has_dead_letter
            discard(booking, parked, self.agenda.now, self.measures)
            return
        backoff = span(self.params, "backoff_base_ms")
        for _ in range(1, booking.failed_attempts):
            backoff = times(backoff, self.params["backoff_factor"])
        backoff = min(backoff, span(self.params, "backoff_max_ms"))
        if self.params["jitter"] == "full":
            backoff = times(backoff, self.backoffs.unit(booking.number, turn))
        queue.delay(booking, backoff)


def offer(queue: Queue, pools: list[Pool]) -> None:
    """A message has come: of the pools with idle workers the one with the most takes it; of two alike, the queue's first."""
    while queue.messages:
        able = [pool for pool in pools if pool.could_take()]
        if not able:
            return
        pool = max(able, key=lambda pool: pool.staff.idle)
        booking = queue.take()
        if booking is not None:
            pool.handle(booking, queue)
