"""One run: the components of a design joined in the world of a scenario, from the first moment to the last."""

from __future__ import annotations

from functools import partial
from typing import Any, Union

from agenda import Agenda
from arrivals import moments
from clinic import Clinic
from draws import Draws
from files import Node, read_design, read_world
from front import Api, Patients, Routes
from measures import Booking, Measures
from pools import Pool, offer
from queues import Queue

Component = Union[Patients, Api, Queue, Pool, Clinic]


class Simulation:
    """A run of a design in a scenario with given draws."""

    def __init__(self, design: dict[str, Any], scenario: dict[str, Any], draws: Draws) -> None:
        self.nodes, self.edges = read_design(design, scenario)
        self.world = read_world(scenario)
        self.draws = draws
        self.agenda = Agenda()
        self.measures = Measures()
        self.bookings: list[Booking] = []
        self.kinds = {node.id: node.kind for node in self.nodes}
        self.parts: dict[str, Component] = {}
        for kind in ("patients", "clinic", "queue", "consumers", "api"):
            for node in self.nodes:
                if node.kind == kind:
                    self.parts[node.id] = self.build(node)
        self.join()

    def build(self, node: Node) -> Component:
        """A component, not yet joined to those that it passes on to."""
        common = (node, self.agenda, self.draws, self.measures)
        parks = any(self.kinds[edge.target] == "dead_letter" for edge in self.edges if edge.source == node.id)
        if node.kind == "clinic":
            return Clinic(*common, self.world.events)
        if node.kind == "queue":
            return Queue(node, self.agenda, self.measures, parks)
        if node.kind == "consumers":
            sources = {edge.source for edge in self.edges if edge.target == node.id}
            queues = [part for part in self.in_order() if isinstance(part, Queue) and part.id in sources]
            return Pool(*common, queues, parks)
        if node.kind == "api":
            return Api(*common, self.patients)
        return Patients(*common)

    @property
    def patients(self) -> Patients:
        """The one source of bookings."""
        return next(part for part in self.parts.values() if isinstance(part, Patients))

    def join(self) -> None:
        """Gives each component those that it passes on to."""
        self.pools = [part for part in self.in_order() if isinstance(part, Pool)]
        for node in self.nodes:
            part = self.parts.get(node.id)
            if isinstance(part, (Patients, Api, Pool)):
                targets: list[tuple[Any, float]] = [
                    (self.parts[edge.target], edge.weight)
                    for edge in self.edges
                    if edge.source == node.id and edge.target in self.parts
                ]
                part.routes = Routes(node, targets, self.draws)
            elif isinstance(part, Queue):
                readers = [self.parts.get(edge.target) for edge in self.edges if edge.source == node.id]
                part.arrived = partial(offer, part, [pool for pool in readers if isinstance(pool, Pool)])

    def in_order(self) -> list[Component]:
        """The components in the order of the design."""
        return [self.parts[node.id] for node in self.nodes if node.id in self.parts]

    def run(self) -> dict[str, Any]:
        """The whole run; all that is known of it afterwards."""
        for pool in self.pools:
            pool.staff.open()
        self.moments = moments(self.world, self.draws.gaps)
        self.ask_next()
        self.agenda.run(self.world.duration, self.settle)
        parts = self.parts.items()
        servers = {name: part.servers for name, part in parts if isinstance(part, (Api, Clinic))}
        instances = sum(part.instances for part in self.parts.values() if isinstance(part, Api))
        return {
            "bookings": [booking.row() for booking in self.bookings],
            "report": self.measures.report(self.agenda.now, servers, instances, self.world.prices),
        }

    def ask_next(self) -> None:
        """The next booking is due."""
        number = len(self.bookings)
        at = self.draws.asked_at(number, next(self.moments, None), self.world.duration)
        if at is not None:
            self.agenda.at(at, self.ask)

    def ask(self) -> None:
        """A booking is asked for."""
        booking = Booking(len(self.bookings), self.agenda.now)
        self.bookings.append(booking)
        self.measures.count("arrivals")
        self.patients.try_once(booking)
        self.ask_next()

    def settle(self) -> None:
        """After each event: the backlog is counted once idle workers have taken theirs."""
        queues = (part for part in self.parts.values() if isinstance(part, Queue))
        self.measures.backlog.set(self.agenda.now, sum(len(queue.messages) + queue.delayed for queue in queues))
