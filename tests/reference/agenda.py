"""What is due: actions at moments, in the order of (time, order of scheduling)."""

from __future__ import annotations

import heapq
from typing import Any, Callable

Entry = tuple[int, int, Callable[..., None], tuple[Any, ...]]


class Agenda:
    """The clock in whole nanoseconds, and all that is to come. Nothing is ever taken out: an action that has lost its point does nothing."""

    def __init__(self) -> None:
        self.now = 0
        self.scheduled = 0
        self.entries: list[Entry] = []

    def at(self, moment: int, action: Callable[..., None], *args: Any) -> None:
        """Something is to be done at a moment that is not past."""
        assert moment >= self.now, "time goes on only"
        self.scheduled += 1
        heapq.heappush(self.entries, (moment, self.scheduled, action, args))

    def after(self, span: int, action: Callable[..., None], *args: Any) -> None:
        """Something is to be done after so many nanoseconds."""
        self.at(self.now + span, action, *args)

    def run(self, until: int, settled: Callable[[], None]) -> None:
        """Does all that is due up to a moment and at it; `settled` is called after each."""
        while self.entries and self.entries[0][0] <= until:
            self.now, _, action, args = heapq.heappop(self.entries)
            action(*args)
            settled()
        self.now = until
