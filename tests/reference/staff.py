"""The workers of a pool: ordered, started, idle, busy, on their way out; and the three policies that say how many there should be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Callable

from agenda import Agenda
from files import span
from measures import Level


@dataclass
class Order:
    """Workers ordered together: how many will stay when they start, and how many will leave at that moment."""

    staying: int
    leaving: int = 0


class Staff:
    """A pool's workers. A worker is paid from the moment it is ordered until it leaves."""

    def __init__(
        self,
        scaling: dict[str, Any],
        agenda: Agenda,
        paid: Level,
        waiting: Callable[[], int],
        on_idle: Callable[[], None],
    ) -> None:
        self.scaling = scaling
        self.agenda = agenda
        self.paid = paid
        self.waiting = waiting
        self.on_idle = on_idle
        self.idle: int = scaling["min"] if scaling["policy"] == "demand" else scaling["workers"]
        self.busy = 0
        self.busy_leaving = 0
        """Busy workers that leave as they finish."""
        self.orders: list[Order] = []
        """Not started yet, the earliest first."""
        self.fewer_since: int | None = None
        self.startup = 0 if scaling["policy"] == "fixed" else span(scaling, "startup_s")
        self.pay(self.idle)

    def open(self) -> None:
        """Schedules what the policy does over time."""
        if self.scaling["policy"] == "demand":
            self.agenda.after(span(self.scaling, "period_s"), self.check)
        elif self.scaling["policy"] == "schedule":
            for step in self.scaling["steps"]:
                self.agenda.at(span(step, "at_s"), self.resize, step["workers"])

    def pay(self, change: int) -> None:
        """So many more are paid."""
        self.paid.set(self.agenda.now, self.paid.value + change)

    @property
    def has(self) -> int:
        """Workers that are there or ordered and not about to leave."""
        return self.idle + self.busy - self.busy_leaving + sum(order.staying for order in self.orders)

    def begin(self) -> None:
        """An idle worker becomes busy."""
        self.idle -= 1
        self.busy += 1

    def finish(self) -> None:
        """A busy worker has finished: it leaves if one is to leave, else it is idle."""
        self.busy -= 1
        if self.busy_leaving > 0:
            self.busy_leaving -= 1
            self.pay(-1)
        else:
            self.idle += 1

    def check(self) -> None:
        """Scaling by demand looks at what there is to do."""
        least, most = self.scaling["min"], self.scaling["max"]
        wanted = math.ceil((self.waiting() + self.busy) / self.scaling["messages_per_worker"])
        wanted = min(max(wanted, least), most)
        if wanted >= self.has:
            self.fewer_since = None
            self.resize(wanted)
        else:
            if self.fewer_since is None:
                self.fewer_since = self.agenda.now
            if self.agenda.now - self.fewer_since >= span(self.scaling, "cooldown_s"):
                self.resize(wanted)
        self.agenda.after(span(self.scaling, "period_s"), self.check)

    def resize(self, wanted: int) -> None:
        """There are to be so many workers."""
        if wanted > self.has:
            self.grow(wanted - self.has)
        elif wanted < self.has:
            self.shrink(self.has - wanted)

    def grow(self, more: int) -> None:
        """Takes marks back, of busy workers first, then of the earliest ordered; orders the rest."""
        back = min(more, self.busy_leaving)
        self.busy_leaving -= back
        more -= back
        for order in self.orders:
            back = min(more, order.leaving)
            order.leaving -= back
            order.staying += back
            more -= back
        if more > 0:
            order = Order(more)
            self.orders.append(order)
            self.pay(more)
            if self.startup == 0:
                self.start(order)
            else:
                self.agenda.after(self.startup, self.start, order)

    def start(self, order: Order) -> None:
        """Ordered workers start; those that are to leave do so."""
        self.orders.remove(order)
        self.pay(-order.leaving)
        self.idle += order.staying
        self.on_idle()

    def shrink(self, fewer: int) -> None:
        """Lets go of workers on order first, the latest ordered first; then of idle ones, at once; then of busy ones as they finish."""
        for order in reversed(self.orders):
            gone = min(fewer, order.staying)
            order.staying -= gone
            order.leaving += gone
            fewer -= gone
        gone = min(fewer, self.idle)
        self.idle -= gone
        self.pay(-gone)
        self.busy_leaving += fewer - gone
