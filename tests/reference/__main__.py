"""Runs the reference simulation on folders that hold `design.json`, `scenario.json` and the draws of a run.

Writes `reference.json` into each: what became of every booking, and the report. The engine's test makes the folders and compares.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from draws import Disagreement, Draws
from simulation import Simulation


def main(folders: list) -> int:
    """Runs them all; a run whose draws aren't the model's says so in its place."""
    for folder in map(Path, folders):
        design, scenario = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("design", "scenario"))
        try:
            found = Simulation(design, scenario, Draws(folder)).run()
        except Disagreement as disagreement:
            found = {"disagreement": str(disagreement)}
        (folder / "reference.json").write_text(json.dumps(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
