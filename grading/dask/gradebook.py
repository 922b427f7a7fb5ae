"""One gradebook from receipts, whoever verified them.

Receipts come as lines of `learner TAB receipt`. `kata verify - --format ndjson` makes one verdict of each, which follows from that receipt alone;
so a list may be split among machines in any way. A gradebook is a fold over (learner, verdict) whose order does not matter: gradebooks of parts
merge into that of the whole. Knows nothing of who maps the program over the lines.

As a program it folds verdicts that are there already, in the order of their receipts:

    python3 gradebook.py receipts.tsv verdicts.ndjson -o gradebook.csv
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TextIO, TypedDict


class Entry(NamedTuple):
    """A receipt, and the learner who handed it in."""

    learner: str
    receipt: str


class Verdict(TypedDict):
    """What this program reads of a line of `kata verify`; a receipt that could not be read has an error and nothing else."""

    holds: bool
    scenario: str | None
    seed: int | None
    passed: bool | None
    error: str | None


class Unusable(Exception):
    """An input that can't be graded; says what and where in one sentence."""


def read_entries(name: str, lines: Iterable[str]) -> list[Entry]:
    """The entries of a file; empty lines are passed over. Raises `Unusable` for a line without a tab."""
    entries = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        learner, tab, receipt = line.rstrip("\r\n").partition("\t")
        if not tab:
            raise Unusable(f"{name}, line {number}: a learner, a tab and a receipt are wanted.")
        entries.append(Entry(learner, receipt))
    return entries


def batches(entries: Sequence[Entry], size: int) -> Iterator[list[Entry]]:
    """The entries in their order, `size` at a time; the last batch may be smaller."""
    for start in range(0, len(entries), size):
        yield list(entries[start : start + size])


def verify(entries: Sequence[Entry], kata: str) -> list[Verdict]:
    """Runs every receipt again, with the program `kata`, on all cores of this machine. Raises `Unusable` where there is not one verdict each."""
    text = "".join(f"{receipt}\n" for _, receipt in entries)
    command = [kata, "verify", "-", "--format", "ndjson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    verdicts = read_verdicts(done.stdout.splitlines())
    # 0, 1 and 2 are about receipts, which have their verdicts; whatever else happened, some are missing.
    if len(verdicts) != len(entries):
        raise Unusable(f"{len(entries)} receipts, {len(verdicts)} verdicts: kata ended with {done.returncode}. {done.stderr.strip()}")
    return verdicts


def read_verdicts(lines: Iterable[str]) -> list[Verdict]:
    """The verdicts of lines of JSON."""
    return [json.loads(line) for line in lines]


def scenarios(kata: str) -> list[str]:
    """The ids of the kata's scenarios, in its order."""
    listed = subprocess.run([kata, "scenarios"], capture_output=True, text=True, encoding="utf-8", check=True)
    return [line.split()[0] for line in listed.stdout.splitlines()]


@dataclass
class Row:
    """What a learner's receipts come to."""

    passed: set[str] = field(default_factory=set)
    receipts: int = 0
    refused: int = 0


class Gradebook:
    """A row for each learner. Where `seed` is given, a receipt of another seed passes nothing."""

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed
        self.rows: dict[str, Row] = {}

    def add(self, learner: str, verdict: Verdict) -> None:
        """Takes in one verdict: a receipt that does not hold, or can't be read, is refused."""
        row = self.rows.setdefault(learner, Row())
        row.receipts += 1
        if not verdict["holds"]:
            row.refused += 1
        elif verdict["passed"] and verdict["scenario"] and self.seed in (None, verdict["seed"]):
            row.passed.add(verdict["scenario"])

    def merge(self, other: Gradebook) -> None:
        """Takes in the gradebook of other receipts."""
        for learner, row in other.rows.items():
            mine = self.rows.setdefault(learner, Row())
            mine.passed |= row.passed
            mine.receipts += row.receipts
            mine.refused += row.refused

    def write(self, out: TextIO, known: Sequence[str]) -> None:
        """Writes CSV, learners by name: 1 or 0 for each scenario in `known`, the share of them in points of 100, and how many receipts there were."""
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["learner", *known, "points", "receipts", "refused"])
        for learner, row in sorted(self.rows.items()):
            marks = [int(one in row.passed) for one in known]
            points = f"{100 * sum(marks) / len(known):.4g}"
            table.writerow([plain(learner), *marks, points, row.receipts, row.refused])


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def folded(entries: Sequence[Entry], verdicts: Sequence[Verdict], seed: int | None = None) -> Gradebook:
    """The gradebook of entries and their verdicts, in the same order. Raises `Unusable` unless there are as many of both."""
    if len(entries) != len(verdicts):
        raise Unusable(f"{len(entries)} receipts and {len(verdicts)} verdicts: one each is wanted, in the same order.")
    book = Gradebook(seed)
    for (learner, _), verdict in zip(entries, verdicts):
        book.add(learner, verdict)
    return book


def graded(entries: Sequence[Entry], kata: str, seed: int | None = None) -> Gradebook:
    """The gradebook of these entries, each receipt run again: what one machine does of the work."""
    return folded(entries, verify(entries, kata), seed)


def save(book: Gradebook, known: Sequence[str], path: Path | None) -> None:
    """Writes the gradebook to a file, whole or not at all, or to standard output."""
    beside = path.with_name(path.name + ".part") if path else None
    with beside.open("w", encoding="utf-8", newline="") if beside else nullcontext(sys.stdout) as out:
        book.write(out, known)
    if beside and path:
        beside.replace(path)


def options(about: str) -> argparse.ArgumentParser:
    """What this program and the one on Dask are both told."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("receipts", type=Path, help="lines of learner, tab, receipt (UTF-8)")
    parser.add_argument("-o", "--output", type=Path, help="the gradebook, CSV; without it, standard output")
    parser.add_argument("--kata", default="kata", help="the program, by its name on PATH or its place")
    parser.add_argument("--seed", type=int, help="only receipts of this seed pass a scenario")
    return parser


def entries_of(path: Path) -> list[Entry]:
    """The entries of a file. Raises `Unusable` where it can't be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return read_entries(str(path), lines)
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: {error}") from error


def main() -> None:
    """Folds verdicts that are there already."""
    parser = options("Folds receipts and their verdicts into one gradebook.")
    parser.add_argument("verdicts", type=Path, help="the lines of `kata verify - --format ndjson`, in the order of the receipts")
    told = parser.parse_args()
    try:
        verdicts = read_verdicts(told.verdicts.read_text(encoding="utf-8").splitlines())
        save(folded(entries_of(told.receipts), verdicts, told.seed), scenarios(told.kata), told.output)
    except (Unusable, OSError, ValueError) as why:
        sys.exit(str(why))


if __name__ == "__main__":
    main()
