"""A design and a scenario as their files have them, with the defaults of the model.

Nothing is checked: the engine's own reader has refused what is wrong before. Times become whole nanoseconds here, to the nearest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

Params = dict[str, Any]

DEFAULTS: dict[str, Params] = {
    "patients": {"rtt_ms": 40, "patience_s": 10, "retries": 2, "retry_after_s": 5},
    "api": {
        "instances": 2,
        "threads": 16,
        "accept_backlog": 128,
        "service": {"dist": "lognormal", "mean_ms": 20, "cv": 0.5},
        "publish_ms": 5,
        "call_timeout_ms": 10_000,
    },
    "queue": {"discipline": "fifo", "capacity": None, "overflow": "reject", "max_age_s": None},
    "consumers": {
        "handling": {"dist": "constant", "mean_ms": 10},
        "timeout_ms": 10_000,
        "attempts": 4,
        "backoff_base_ms": 1000,
        "backoff_factor": 2,
        "backoff_max_ms": 60_000,
        "jitter": "full",
        "scaling": {"policy": "fixed", "workers": 20},
        "breaker": None,
    },
    "clinic": {
        "clinics": 1,
        "slots_per_clinic": 90,
        "base_ms": 200,
        "variable": {"dist": "uniform", "min_ms": 800, "max_ms": 2800},
        "max_waiting": None,
        "error_rate": 0,
        "idempotent": True,
        "skew": 0,
    },
    "dead_letter": {},
}


@dataclass(frozen=True)
class Node:
    """A component: its name, its kind, and all of its parameters."""

    id: str
    kind: str
    params: Params


@dataclass(frozen=True)
class Edge:
    """Where a component passes on to, and how much of it."""

    source: str
    target: str
    weight: float


@dataclass(frozen=True)
class Event:
    """Something that happens to the world for from_ns <= t < to_ns. `value` is its factor or its rate."""

    kind: str
    from_ns: int
    to_ns: int
    value: float

    def holds(self, at: int) -> bool:
        """Whether it is in force."""
        return self.from_ns <= at < self.to_ns


@dataclass(frozen=True)
class World:
    """A scenario: what comes, what happens, and what things cost."""

    duration: int
    process: str
    curve: list[tuple[float, float]]
    events: list[Event]
    prices: dict[str, float]


def nanos(value: float, unit: str) -> int:
    """A time of a file as whole nanoseconds."""
    return math.floor(value * {"ms": 1e6, "s": 1e9}[unit] + 0.5)


def times(time: int, factor: float) -> int:
    """A time multiplied, to the nearest nanosecond: every product is one again."""
    return math.floor(time * factor + 0.5)


def span(params: Params, name: str) -> int:
    """A parameter that is a time; its unit is the end of its name."""
    return nanos(params[name], name.rsplit("_", 1)[1])


def span_or_none(params: Params, name: str) -> int | None:
    """The same for a time that may be without end."""
    return None if params[name] is None else span(params, name)


def read_design(design: Params, scenario: Params) -> tuple[list[Node], list[Edge]]:
    """The components with what the scenario gives, and how they are joined; both in the order of the file."""
    given = scenario.get("given", {})
    nodes = []
    for node in design["nodes"]:
        kind = node["kind"]
        params = {**DEFAULTS[kind], **node.get("params", {}), **given.get(kind, {})}
        nodes.append(Node(node["id"], kind, params))
    edges = [Edge(edge["from"], edge["to"], edge.get("weight", 1)) for edge in design.get("edges", [])]
    return nodes, edges


def read_world(scenario: Params) -> World:
    """The world of a scenario."""
    events = [
        Event(
            event["kind"],
            nanos(event["from_s"], "s"),
            nanos(event["to_s"], "s"),
            event.get("factor", event.get("rate", 0.0)),
        )
        for event in scenario.get("events", [])
    ]
    arrivals = scenario["arrivals"]
    return World(
        duration=nanos(scenario["duration_s"], "s"),
        process=arrivals.get("process", "poisson"),
        curve=[(point[0], point[1]) for point in arrivals["curve"]],
        events=events,
        prices={"api_instance_hour": 0.0, "worker_hour": 0.0, "queue_million": 0.0, **scenario.get("prices", {})},
    )
