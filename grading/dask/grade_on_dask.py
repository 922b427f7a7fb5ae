"""Grades receipts on many machines: Dask maps `kata verify` over batches of them, and one gradebook is folded.

    python3 grade_on_dask.py receipts.tsv -o gradebook.csv --workers 2
    python3 grade_on_dask.py receipts.tsv -o gradebook.csv --scheduler tcp://10.0.0.1:8786

Without a scheduler it starts workers on this machine. A worker needs the program `kata` and one thread: the program itself uses all cores of its
machine. A batch whose worker dies is done again by another one, and no verdict is folded twice, so the gradebook is the same whatever the split,
the order and the losses. It is written at the end, whole; an error that stays ends the command without one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext

from distributed import Client, KilledWorker, LocalCluster, as_completed

import gradebook
from gradebook import Entry, Gradebook, Unusable

# Large enough that starting the program does not count, small enough that a lost batch is little to do again.
BATCH = 200


def grade(client: Client, entries: Sequence[Entry], kata: str, seed: int | None = None, size: int = BATCH) -> Gradebook:
    """The gradebook of all entries. Raises what a batch raised, and `KilledWorker` where one batch ended worker after worker."""
    parts = list(gradebook.batches(entries, size))
    # Not pure: what looks like the same work is of other learners, and has a key of its own.
    futures = client.map(gradebook.graded, parts, kata=kata, seed=seed, pure=False)
    whole = Gradebook(seed)
    for future, part in as_completed(futures, with_results=True):
        whole.merge(part)
        future.release()
    return whole


def main() -> None:
    """Reads the command line, and grades on the cluster it names or on one of its own."""
    parser = gradebook.options("Verifies receipts on a Dask cluster and folds one gradebook.")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--scheduler", help="the address of a running scheduler; without it, workers are started here")
    place.add_argument("--workers", type=int, default=1, help="how many are started here (1)")
    parser.add_argument("--batch", type=int, default=BATCH, help=f"receipts in a batch ({BATCH})")
    told = parser.parse_args()
    if told.workers < 1 or told.batch < 1:
        parser.error("--workers and --batch are at least 1")
    try:
        entries, known = gradebook.entries_of(told.receipts), gradebook.scenarios(told.kata)
        own = None if told.scheduler else LocalCluster(n_workers=told.workers, threads_per_worker=1, dashboard_address=None)
        with own or nullcontext(), Client(own or told.scheduler) as client:
            if not own:
                # Workers elsewhere have no copy of this folder.
                client.upload_file(gradebook.__file__)
            book = grade(client, entries, told.kata, told.seed, told.batch)
        gradebook.save(book, known, told.output)
    except (Unusable, KilledWorker, OSError) as why:
        sys.exit(str(why))


if __name__ == "__main__":
    main()
