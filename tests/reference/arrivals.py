"""When bookings are asked for: a rate over time, and the moments at which it brings one.

A Poisson process of a rate that changes is one of rate 1 on the scale of the rate's integral: the gaps between bookings are standard
exponential draws of area. All of it in seconds, as floats.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator

from files import World

Piece = tuple[float, float, float, float]


class Rate:
    """The curve times the surges in force, as linear pieces (from, to, rate just after from, rate just before to)."""

    def __init__(self, world: World) -> None:
        self.curve = world.curve
        self.times = [point[0] for point in world.curve]
        self.surges = [
            (event.from_ns / 1e9, event.to_ns / 1e9, event.value) for event in world.events if event.kind == "surge"
        ]
        edges = {0.0, *(t for t in self.times if t > 0)}
        edges.update(t for surge in self.surges for t in surge[:2] if t > 0)
        cuts = sorted(edges)
        ends = [*cuts[1:], math.inf]
        self.pieces: list[Piece] = [(a, b, *self.sides(a, b)) for a, b in zip(cuts, ends)]

    def sides(self, start: float, end: float) -> tuple[float, float]:
        """The rates just after the start and just before the end of a piece that nothing cuts."""
        factor = math.prod(f for (a, b, f) in self.surges if a <= start < b)
        last = self.curve_at(start) if math.isinf(end) else self.curve_before(end)
        return self.curve_at(start) * factor, last * factor

    def curve_at(self, t: float) -> float:
        """The curve's rate from `t` on; outside of the curve its end values hold."""
        after = bisect.bisect_right(self.times, t)
        return self.between(after, t)

    def curve_before(self, t: float) -> float:
        """The curve's rate up to `t`."""
        after = bisect.bisect_left(self.times, t)
        return self.between(after, t)

    def between(self, after: int, t: float) -> float:
        """The rate at `t`, which lies before point `after` and not before the one in front of it."""
        if after == 0:
            return self.curve[0][1]
        if after == len(self.curve):
            return self.curve[-1][1]
        (t0, r0), (t1, r1) = self.curve[after - 1], self.curve[after]
        return r0 + (r1 - r0) * ((t - t0) / (t1 - t0))

    def at(self, t: float) -> float:
        """Bookings a second at `t`, surges included."""
        factor = math.prod(f for (a, b, f) in self.surges if a <= t < b)
        return self.curve_at(t) * factor


def poisson(rate: Rate, gaps: Iterator[float]) -> Iterator[float]:
    """The moments of a Poisson process whose standard gaps are given."""
    pieces = iter(rate.pieces)
    start, end, r0, r1 = next(pieces)
    now = start
    for gap in gaps:
        area = gap
        while True:
            slope = 0.0 if math.isinf(end) else (r1 - r0) / (end - start)
            here = r0 + slope * (now - start)
            left = (math.inf if here > 0 else 0.0) if math.isinf(end) else (here + r1) / 2 * (end - now)
            if area < left:
                break
            if math.isinf(end):
                return
            area -= left
            start, end, r0, r1 = next(pieces)
            now = start
        # here · d + slope · d² / 2 = area
        now += 2 * area / (here + math.sqrt(max(0.0, here * here + 2 * slope * area)))
        yield now


def regular(rate: Rate) -> Iterator[float]:
    """Moments spaced by 1 / rate; where the rate is 0, spacing begins anew at the next point of the curve with a rate above 0."""
    now = 0.0
    while True:
        here = rate.at(now)
        if here <= 0:
            anew = next_point(rate, now)
            if anew is None:
                return
            now, here = anew, rate.at(anew)
        now += 1 / here
        yield now


def next_point(rate: Rate, now: float) -> float | None:
    """The next point of the curve at which the rate is above 0."""
    return next((t for t in rate.times if t > now and rate.at(t) > 0), None)


def moments(world: World, gaps: Iterator[float]) -> Iterator[float]:
    """When bookings are asked for, in seconds: as many as there are gaps, or endlessly."""
    rate = Rate(world)
    return regular(rate) if world.process == "regular" else poisson(rate, gaps)
