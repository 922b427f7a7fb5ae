"""The gradebook is the same whatever the split, the order, the engine that maps, and the workers that die.

Run by `cargo xtask test`, which names the program in KATA: `python -m unittest discover tests/dask`.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import select
import shlex
import signal
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from distributed import Client, LocalCluster

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "grading/dask"))

import gradebook  # noqa: E402
from grade_on_dask import grade  # noqa: E402
from gradebook import Entry, Gradebook, Unusable  # noqa: E402

KATA = os.environ["KATA"]
SCENARIOS = gradebook.scenarios(KATA)

# Only a test that hangs waits so long, in seconds.
PATIENCE = 180


def receipt(design: str, scenario: str, seed: int) -> str:
    """The receipt of a run of one of the kata's own designs."""
    command = [KATA, "run", design, "--scenario", scenario, "--seed", str(seed), "--format", "receipt"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def made() -> list[Entry]:
    """Twelve learners, each with some of the good receipts; one altered his, one sent something else, one has a formula for a name."""
    good = [receipt("par", scenario, seed) for scenario in SCENARIOS for seed in (1, 4711)]
    bad = receipt("queue-60", "monday", 1)
    entries = [Entry(f"learner {number:02}", text) for number in range(12) for text in good[: 1 + number % len(good)]]
    entries += [Entry("mallory", good[0][:-9] + "AAAAAAAAA"), Entry("mallory", bad), Entry("trent", "my homework"), Entry("=1+1", good[0])]
    random.Random(7).shuffle(entries)
    return entries


def text(book: Gradebook) -> str:
    """The gradebook as it is written."""
    out = io.StringIO()
    book.write(out, SCENARIOS)
    return out.getvalue()


class TheGradebook(unittest.TestCase):
    """Without any engine."""

    entries: list[Entry]
    alone: Gradebook

    @classmethod
    def setUpClass(cls) -> None:
        cls.entries = made()
        cls.alone = gradebook.graded(cls.entries, KATA)

    def test_has_a_row_for_each_learner(self) -> None:
        header, *rows = text(self.alone).splitlines()
        self.assertEqual(header, "learner,monday,slow-clinic,outage,flu-season,points,receipts,refused")
        self.assertEqual(len(rows), 15)
        self.assertIn("'=1+1,1,0,0,0,25,1,0", rows)
        self.assertIn("learner 02,1,1,0,0,50,3,0", rows)
        self.assertIn("mallory,0,0,0,0,0,2,1", rows)
        self.assertIn("trent,0,0,0,0,0,1,1", rows)

    def test_counts_only_the_seed_that_is_asked_for(self) -> None:
        rows = text(gradebook.graded(self.entries, KATA, seed=4711)).splitlines()
        self.assertIn("learner 02,1,0,0,0,25,3,0", rows)

    def test_of_parts_merge_into_that_of_the_whole(self) -> None:
        verdicts = gradebook.verify(self.entries, KATA)
        chance = random.Random(1)
        for _ in range(50):
            rows = list(zip(self.entries, verdicts))
            chance.shuffle(rows)
            whole = Gradebook()
            while rows:
                take = chance.randint(1, len(rows))
                part, rows = rows[:take], rows[take:]
                whole.merge(gradebook.folded([entry for entry, _ in part], [verdict for _, verdict in part]))
            self.assertEqual(text(whole), text(self.alone))

    def test_says_what_can_not_be_used(self) -> None:
        with self.assertRaisesRegex(Unusable, "hand-in, line 2: a learner, a tab"):
            gradebook.read_entries("hand-in", ["a\tWR1-x\n", "WR1-y\n"])
        with self.assertRaisesRegex(Unusable, "1 receipts and 0 verdicts"):
            gradebook.folded([Entry("a", "b")], [])
        with self.assertRaisesRegex(Unusable, "1 receipts, 0 verdicts: kata ended with 0"):
            gradebook.verify([Entry("a", "b")], "true")

    def test_on_two_workers_is_the_same_whatever_the_split(self) -> None:
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            for size in (9, len(self.entries)):
                self.assertEqual(text(grade(client, self.entries, KATA, size=size)), text(self.alone))
            self.assertEqual(text(self.without_a_worker(client, size=9)), text(self.alone))

    def without_a_worker(self, client: Client, size: int) -> Gradebook:
        """The gradebook of a cluster that loses a worker while it verifies: its program waits until it was ended."""
        with tempfile.TemporaryDirectory() as folder:
            begun, may_go = Path(folder, "begun"), Path(folder, "may-go")
            os.mkfifo(begun)
            os.mkfifo(may_go)
            program = Path(folder, "kata")
            program.write_text(
                f"#!/bin/sh\necho $PPID > {begun}\ndd bs=1 count=1 < {may_go} > {folder}/byte.$$ 2> {folder}/told.$$\nexec {shlex.quote(KATA)} \"$@\"\n"
            )
            program.chmod(0o755)
            # Open at both ends, so that whoever writes is not kept waiting.
            heard, free = os.open(begun, os.O_RDWR), os.open(may_go, os.O_RDWR)
            with ThreadPoolExecutor(1) as beside:
                book = beside.submit(grade, client, self.entries, str(program), None, size)
                self.assertTrue(select.select([heard], [], [], PATIENCE)[0], "no batch was begun")
                worker = int(os.read(heard, 4096).split()[0])
                self.assertIn(worker, client.run(os.getpid).values())
                os.kill(worker, signal.SIGKILL)
                # One byte for each program that is started, those that are started again too.
                os.write(free, b"." * 1000)
                whole = book.result(PATIENCE)
            begins = len(list(Path(folder).glob("byte.*")))
            os.close(heard)
            os.close(free)
        self.assertGreater(begins, len(list(gradebook.batches(self.entries, size))), "the lost batch was done again")
        self.assertNotIn(worker, client.run(os.getpid).values())
        return whole

    def test_is_made_by_the_commands_of_the_page(self) -> None:
        page = (ROOT / "docs/grading.md").read_text(encoding="utf-8")
        commands = re.findall(r"^python3 grading/dask/.*$", page, re.MULTILINE)
        self.assertEqual(len(commands), 3, "on this machine, on a cluster, from verdicts")
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            (here / "grading").symlink_to(ROOT / "grading")
            (here / "receipts.tsv").write_text("".join(f"{one}\t{two}\n" for one, two in self.entries), encoding="utf-8")
            lines = [json.dumps(one) for one in gradebook.verify(self.entries, KATA)]
            (here / "verdicts.ndjson").write_text("\n".join(lines), encoding="utf-8")
            for command in (commands[0], commands[2]):
                words = [sys.executable, *shlex.split(command)[1:], "--kata", KATA]
                subprocess.run(words, cwd=here, check=True, timeout=PATIENCE)
                self.assertEqual((here / "gradebook.csv").read_text(encoding="utf-8"), text(self.alone), command)
                (here / "gradebook.csv").unlink()


if __name__ == "__main__":
    unittest.main()
