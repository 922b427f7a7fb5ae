"""Runs the reference simulation.

`python3 tests/reference FOLDER...` takes folders that hold `design.json`, `scenario.json` and the draws of a run of the engine. It writes
`reference.json` into each: what became of every booking, and the report. The engine's test makes the folders and compares.

`python3 tests/reference --case CASE.json FIGURE...` runs a case of `tests/cases/` with draws of its own, as many seeds as the case says, and
prints what to expect of these figures: mean and standard error.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from draws import Disagreement, Given, Own
from simulation import Simulation


def compare(folder: Path) -> None:
    """A run of the engine once more; one whose draws aren't the model's says so in its place."""
    design, scenario = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("design", "scenario"))
    try:
        found = Simulation(design, scenario, Given(folder)).run()
    except Disagreement as disagreement:
        found = {"disagreement": str(disagreement)}
    (folder / "reference.json").write_text(json.dumps(found), "utf-8")


def expect(case: Any, figures: list[str]) -> None:
    """What a case's figures are on average."""
    seeds = range(1, case["seeds"] + 1)
    reports = [Simulation(case["design"], case["scenario"], Own(seed)).run()["report"] for seed in seeds]
    for figure in figures:
        group, _, part = figure.partition(".")
        values = [report[group][part] if part else report[group] for report in reports]
        error = statistics.stdev(values) / len(values) ** 0.5
        print(f'"{figure}": {{ "mean": {statistics.fmean(values):.7g}, "se": {error:.3g} }}')


def main(arguments: list[str]) -> None:
    """Does what the arguments say."""
    if arguments[:1] == ["--case"]:
        expect(json.loads(Path(arguments[1]).read_text("utf-8")), arguments[2:])
    else:
        for folder in map(Path, arguments):
            compare(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
