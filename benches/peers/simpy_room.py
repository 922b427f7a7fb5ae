"""The bare waiting room of model.md in SimPy: one process a booking, two resources."""

import json
import math
import random
import sys
import time
from pathlib import Path

import simpy

MODEL = json.loads((Path(__file__).parent / "model.json").read_text())


class Latency:
    """A running sum and maximum, in seconds."""

    def __init__(self):
        self.count, self.total, self.longest = 0, 0.0, 0.0

    def add(self, seconds):
        self.count += 1
        self.total += seconds
        self.longest = max(self.longest, seconds)


def run(bookings, seed=1):
    draw = random.Random(seed)
    env = simpy.Environment()
    api = simpy.Resource(env, MODEL["api"]["threads"])
    workers = simpy.Resource(env, MODEL["workers"]["count"])
    sigma = math.sqrt(math.log(1 + MODEL["api"]["cv"] ** 2))
    mu = math.log(MODEL["api"]["mean_seconds"]) - sigma**2 / 2
    low, high = MODEL["workers"]["shortest_seconds"], MODEL["workers"]["longest_seconds"]
    acceptance, wait, whole = Latency(), Latency(), Latency()

    def booking():
        arrived = env.now
        with api.request() as thread:
            yield thread
            yield env.timeout(draw.lognormvariate(mu, sigma))
        accepted = env.now
        acceptance.add(accepted - arrived)
        with workers.request() as worker:
            yield worker
            wait.add(env.now - accepted)
            yield env.timeout(draw.uniform(low, high))
        whole.add(env.now - arrived)

    def arrivals():
        for _ in range(bookings):
            yield env.timeout(draw.expovariate(MODEL["arrivals_per_second"]))
            env.process(booking())

    env.process(arrivals())
    env.run()
    assert whole.count == bookings
    return wait.total / wait.count


if __name__ == "__main__":
    number = int(sys.argv[1])
    started = time.process_time()
    mean_wait = run(number)
    spent = time.process_time() - started
    print(json.dumps({"name": "SimPy", "bookings": number, "cpu_s": spent, "mean_wait_ms": mean_wait * 1000}))
