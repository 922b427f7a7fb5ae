"""The only randomness: the draws of one run, handed over by the engine's test.

`draws.json` lists the streams; `draws.bin` holds their numbers. A stream is named by a purpose and a component; in it, each booking has a
record for each of its turns. The turn of a draw is the number of tries and of attempts that the booking has failed at by then, so it
is 0 as long as all goes well. A record is, for the purposes `route`, `retry_delay`, `backoff`, `clinic_choice` and `clinic_error`, one
number, uniform on [0, 1). For those that are times (`service`, `handling`, `clinic_time`) it is the time in nanoseconds that the engine
makes of its draws, then these draws themselves: standard uniform, normal or exponential ones, as the distribution needs them. The
time is worked out here once more, from the model's definition of the distribution. It has to be the same to a nanosecond, which is what two
ways of rounding may differ by, and then the engine's is taken, so that a difference can't spread. Arrivals are held in the same way.
"""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

Dist = Dict[str, Any]


class Disagreement(Exception):
    """The engine's draws are not what the model says."""


def standard_draws(dist: Dist) -> int:
    """How many standard draws a time of this distribution takes."""
    return {"constant": 0, "exponential": 1, "uniform": 1, "lognormal": 1, "hyperexponential": 2}.get(
        dist["dist"], dist.get("k", 0)
    )


def sample_ms(dist: Dist, standard: Sequence[float]) -> float:
    """A time of a distribution, from standard draws; in milliseconds."""
    name = dist["dist"]
    if name == "uniform":
        return dist["min_ms"] + (dist["max_ms"] - dist["min_ms"]) * standard[0]
    mean = dist["mean_ms"]
    if name == "constant" or mean == 0:
        return mean
    if name == "exponential":
        return mean * standard[0]
    if name == "lognormal":
        # Of a lognormal variable mean = exp(mu + s²/2) and cv² = exp(s²) − 1.
        square = math.log(1 + dist["cv"] ** 2)
        return mean * math.exp(math.sqrt(square) * standard[0] - square / 2)
    if name == "erlang":
        return math.fsum(standard) * mean / dist["k"]
    if name == "hyperexponential":
        square = dist["cv"] ** 2
        p = (1 + math.sqrt((square - 1) / (square + 1))) / 2
        return (mean / (2 * p) if standard[0] < p else mean / (2 * (1 - p))) * standard[1]
    raise ValueError(f"no distribution {name}")


class Stream:
    """The draws of one purpose at one component."""

    def __init__(self, block: bytes, turns: int, standards: int, timed: bool) -> None:
        self.block = block
        self.turns = turns
        self.form = struct.Struct(f"<{'Q' if timed else ''}{standards}d")

    def record(self, booking: int, turn: int) -> Tuple[Any, ...]:
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


class Draws:
    """All streams of a run, and when its bookings are asked for."""

    def __init__(self, folder: Path) -> None:
        table = json.loads((folder / "draws.json").read_text("utf-8"))
        numbers = (folder / "draws.bin").read_bytes()
        self.arrivals: List[int] = table["arrivals"]
        self.gaps: List[float] = table["gaps"]
        self.streams: Dict[Tuple[str, str], Stream] = {}
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
