"""What is counted and measured of a run. All of it is exact: whole nanoseconds, every latency kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

COUNTS = (
    "arrivals",
    "accepted",
    "rejected",
    "abandoned",
    "confirmed",
    "dead_lettered",
    "lost",
    "duplicates",
    "retries",
    "timeouts",
    "clinic_errors",
    "clinic_busy",
    "breaker_opened",
)


@dataclass(eq=False)
class Booking:
    """One booking: where it stands, and what has become of it."""

    number: int
    asked_at: int
    tries: int = 0
    """Tries begun, the first one included."""
    failed_tries: int = 0
    failed_attempts: int = 0
    state: str = "asking"
    ended_at: int | None = None
    accepted_at: int | None = None
    first_enqueued_at: int = 0
    enqueued_at: int = 0
    deliveries: int = 0
    calls: int = 0
    booked: int = 0
    """How often clinics have booked it."""

    @property
    def turn(self) -> int:
        """What names its draws: see draws.py."""
        return self.failed_tries + self.failed_attempts

    def row(self) -> list[Any]:
        """All that the engine's test compares."""
        moments = [self.asked_at, self.ended_at, self.accepted_at]
        return [self.number, self.state, *moments, self.tries, self.deliveries, self.calls, max(0, self.booked - 1)]


@dataclass
class Level:
    """A number that goes up and down, its maximum, and its integral over time."""

    value: int = 0
    since: int = 0
    largest: int = 0
    integral: int = 0

    def set(self, now: int, value: int) -> None:
        """From now on it is this."""
        self.integral += self.value * (now - self.since)
        self.since, self.value = now, value
        self.largest = max(self.largest, value)


class Measures:
    """Counts, latencies and levels."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(COUNTS, 0)
        self.acceptance: list[int] = []
        self.end_to_end: list[int] = []
        self.queue_wait: list[int] = []
        self.backlog = Level()
        self.enqueues = 0
        self.workers: dict[str, Level] = {}
        self.busy: dict[str, Level] = {}
        """Servers that are busy, by component."""

    def count(self, what: str) -> None:
        """One more."""
        self.counts[what] += 1

    def serving(self, node: str, now: int, more: int) -> None:
        """So many servers of a component are busy more than before, or fewer."""
        level = self.busy.setdefault(node, Level())
        level.set(now, level.value + more)

    def use(self, node: str, now: int) -> int:
        """How long servers of a component were busy until now, all together."""
        level = self.busy.setdefault(node, Level())
        level.set(now, level.value)
        return level.integral

    def report(self, now: int, servers: dict[str, int], instances: int, prices: dict[str, float]) -> dict[str, Any]:
        """All figures at the end of a run."""
        hours = now / 3.6e12
        worker_hours = 0.0
        for level in self.workers.values():
            level.set(now, level.value)
            worker_hours += level.integral / 3.6e12
        cost = instances * hours * prices["api_instance_hour"] + worker_hours * prices["worker_hour"]
        cost += self.enqueues / 1e6 * prices["queue_million"]
        return {
            "counts": self.counts,
            "acceptance_ms": latency(self.acceptance),
            "end_to_end_ms": latency(self.end_to_end),
            "queue_wait_ms": latency(self.queue_wait),
            "backlog": {"max": self.backlog.largest, "final": self.backlog.value},
            "cost": cost,
            "workers": {
                pool: {"mean": level.integral / now, "max": level.largest} for pool, level in self.workers.items()
            },
            "utilisation": {node: self.use(node, now) / (number * now) for node, number in servers.items()},
        }


def latency(spans: list[int]) -> dict[str, float | None]:
    """Count, mean, maximum and percentiles of latencies, in milliseconds; a percentile p is the ceil(p n)-th smallest."""
    spans = sorted(spans)
    n = len(spans)
    found: dict[str, float | None] = {"count": n, "mean": sum(spans) / n / 1e6 if n else None}
    for percent in (50, 90, 95, 99):
        rank = max(1, math.ceil(percent * n / 100))
        found[f"p{percent}"] = spans[rank - 1] / 1e6 if n else None
    found["max"] = spans[-1] / 1e6 if n else None
    return found
