"""The bare waiting room of model.md in Ciw: two nodes in a row; the latencies come from its records."""

import json
import math
import sys
import time
from pathlib import Path

import ciw

MODEL = json.loads((Path(__file__).parent / "model.json").read_text())


def run(bookings, seed=1):
    sigma = math.sqrt(math.log(1 + MODEL["api"]["cv"] ** 2))
    mu = math.log(MODEL["api"]["mean_seconds"]) - sigma**2 / 2
    workers = MODEL["workers"]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=MODEL["arrivals_per_second"]), None],
        service_distributions=[
            ciw.dists.Lognormal(mu, sigma),
            ciw.dists.Uniform(workers["shortest_seconds"], workers["longest_seconds"]),
        ],
        number_of_servers=[MODEL["api"]["threads"], workers["count"]],
        routing=[[0.0, 1.0], [0.0, 0.0]],
    )
    ciw.seed(seed)
    house = ciw.Simulation(network)
    house.simulate_until_max_customers(bookings, method="Finish")
    sums = {"acceptance": 0.0, "wait": 0.0, "whole": 0.0}
    confirmed = 0
    for one in house.nodes[-1].all_individuals:
        at_api, at_worker = one.data_records[0], one.data_records[1]
        sums["acceptance"] += at_api.exit_date - at_api.arrival_date
        sums["wait"] += at_worker.waiting_time
        sums["whole"] += at_worker.exit_date - at_api.arrival_date
        confirmed += 1
    assert confirmed == bookings
    return sums["wait"] / confirmed


if __name__ == "__main__":
    number = int(sys.argv[1])
    started = time.process_time()
    mean_wait = run(number)
    spent = time.process_time() - started
    print(json.dumps({"name": "Ciw", "bookings": number, "cpu_s": spent, "mean_wait_ms": mean_wait * 1000}))
