"""The draws of a run: those of the engine, handed over by its test, or some of Python's own.

`draws.json` lists the streams; `draws.bin` holds their numbers. A stream is named by a purpose and a component; in it, each booking has a
record for each of its turns. The turn of a draw is the number of tries and of attempts that the booking has failed at by then, so it
is 0 as long as all goes well. A record is, for the purposes `route`, `retry_delay`, `backoff`, `clinic_choice` and `clinic_error`, one
number, uniform on [0, 1). For those that are times (`service`, `handling`, `clinic_time`) it is the time in nanoseconds that the engine
makes of its draws, then these draws themselves: standard uniform, normal or exponential ones, as the distribution needs them. The
time is worked out here once more, from the model's definition of the distribution. It has to be the same to a nanosecond, which is what two
ways of rounding may differ by, and then the engine's is taken, so that a difference can't spread. Arrivals are held in the same way.
"""

from __future__ import annotations

import itertools
import json
import math
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Union

Dist = dict[str, Any]


class Disagreement(Exception):
    """The engine's draws are not what the model says."""


def standard_draws(dist: Dist) -> int:
    """How many standard draws a time of this distribution takes."""
    if dist["dist"] == "erlang":
        return int(dist["k"])
    return {"constant": 0, "exponential": 1, "uniform": 1, "lognormal": 1, "hyperexponential": 2}[str(dist["dist"])]


def sample_ms(dist: Dist, standard: Sequence[float]) -> float:
    """A time of a distribution, from standard draws; in milliseconds."""
    name = dist["dist"]
    if name == "uniform":
        least, most = float(dist["min_ms"]), float(dist["max_ms"])
        return least + (most - least) * standard[0]
    mean = float(dist["mean_ms"])
    if name == "constant" or mean == 0:
        return mean
    if name == "exponential":
        return mean * standard[0]
    if name == "lognormal":
        # Of a lognormal variable mean = exp(mu + s²/2) and cv² = exp(s²) − 1.
        square = math.log(1 + float(dist["cv"]) ** 2)
        return mean * math.exp(math.sqrt(square) * standard[0] - square / 2)
    if name == "erlang":
        return math.fsum(standard) * mean / int(dist["k"])
    if name == "hyperexponential":
        square = float(dist["cv"]) ** 2
        p = (1 + math.sqrt((square - 1) / (square + 1))) / 2
        return (mean / (2 * p) if standard[0] < p else mean / (2 * (1 - p))) * standard[1]
    raise ValueError(f"no distribution {name}")


class Stream:
    """The draws of one purpose at one component, from the engine."""

    def __init__(self, block: bytes, turns: int, standards: int, timed: bool) -> None:
        self.block = block
        self.turns = turns
        self.form = struct.Struct(f"<{'Q' if timed else ''}{standards}d")

    def record(self, booking: int, turn: int) -> tuple[Any, ...]:
        """What was drawn for a booking at a turn."""
        return self.form.unpack_from(self.block, (booking * self.turns + turn) * self.form.size)

    def unit(self, booking: int, turn: int) -> float:
        """A number that is uniform on [0, 1)."""
        value = self.record(booking, turn)[0]
        assert isinstance(value, float)
        return value

    def time(self, dist: Dist, booking: int, turn: int) -> int:
        """A time in nanoseconds, found to be of this distribution."""
        given, *standard = self.record(booking, turn)
        own = sample_ms(dist, standard) * 1e6
        if abs(own - given) > 1 + 1e-9 * own:
            raise Disagreement(f"booking {booking}, turn {turn}: {dist} of {standard} is {own:.3f} ns, not {given}")
        assert isinstance(given, int)
        return given


class Given:
    """All streams of a run of the engine, and when its bookings are asked for."""

    def __init__(self, folder: Path) -> None:
        table = json.loads((folder / "draws.json").read_text("utf-8"))
        numbers = (folder / "draws.bin").read_bytes()
        self.arrivals: list[int] = table["arrivals"]
        self.gaps: Iterator[float] = iter(table["gaps"])
        self.streams: dict[tuple[str, str], Stream] = {}
        at = 0
        for entry in table["streams"]:
            stream = Stream(b"", entry["turns"], entry["standards"], entry["timed"])
            size = entry["bookings"] * entry["turns"] * stream.form.size
            stream.block = numbers[at : at + size]
            at += size
            self.streams[entry["purpose"], entry["node"]] = stream
        assert at == len(numbers), "draws.bin is not what draws.json says"

    def stream(self, purpose: str, node: str) -> Stream:
        """The draws of a purpose at a component."""
        return self.streams[purpose, node]

    def asked_at(self, number: int, own_s: float | None, end: int) -> int | None:
        """When a booking is asked for, found to be when the rate brings it; none, if that is after the end."""
        own = None if own_s is None else own_s * 1e9
        if number == len(self.arrivals):
            if own is not None and own < end - 1:
                raise Disagreement(f"booking {number} is asked for at {own:.3f} ns, and the engine has no such booking")
            return None
        given = self.arrivals[number]
        if own is None or abs(own - given) > 1.5:
            raise Disagreement(f"booking {number} is asked for at {own} ns, not {given}")
        return given


class OwnStream:
    """The draws of one purpose at one component, from Python's generator."""

    def __init__(self, name: str) -> None:
        self.name = name

    def generator(self, booking: int, turn: int) -> Random:
        """What a booking's draws at a turn come from."""
        return Random(f"{self.name}/{booking}/{turn}")

    def unit(self, booking: int, turn: int) -> float:
        """A number that is uniform on [0, 1)."""
        return self.generator(booking, turn).random()

    def time(self, dist: Dist, booking: int, turn: int) -> int:
        """A time in nanoseconds."""
        generator = self.generator(booking, turn)
        first = generator.gauss(0, 1) if dist["dist"] == "lognormal" else generator.random()
        if dist["dist"] in ("exponential", "erlang"):
            first = generator.expovariate(1)
        more = (generator.expovariate(1) for _ in range(1, standard_draws(dist)))
        return round(sample_ms(dist, [first, *more]) * 1e6)


class Own:
    """All streams of a run that is the reference's alone."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        generator = Random(f"{seed}/gaps")
        self.gaps: Iterator[float] = (generator.expovariate(1) for _ in itertools.count())

    def stream(self, purpose: str, node: str) -> OwnStream:
        """The draws of a purpose at a component."""
        return OwnStream(f"{self.seed}/{purpose}/{node}")

    def asked_at(self, _number: int, own_s: float | None, end: int) -> int | None:
        """When a booking is asked for; none, if that is after the end."""
        return None if own_s is None or own_s * 1e9 > end else round(own_s * 1e9)


Draws = Union[Given, Own]
