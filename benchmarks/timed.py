"""One measurement in a process of its own, so that its peak of memory is its own:
python -m benchmarks.timed NAME --rows N

NAME is `engine` (a whole regroup), `twins` (listings that stand there twice), `one` (peers of one listing), or a module
of `benchmarks.others`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks import one_listing
from benchmarks.directory import Directory
from initiatives.overlap.engine import Engine, overlaps
from initiatives.overlap.twins import twins
from initiatives.overlap.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable

    from initiatives.overlap.traits import Traits

LIKELY = 0.5
# A space is found when a directory is first computed and when it has grown by half; until then it and the vectors in it
# stay as they are stored.
STORED = ("space", "vectors")


class Stopwatch:
    """Takes the engine's progress: what passed since it was last told something belongs to the stage it is told of."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def engine(directory: Directory) -> dict[str, Any]:
    """A regroup of the whole directory, from what was read out of each listing before: that is stored, and read again
    only of listings that changed. How long reading takes, without the encoder, is told apart."""
    doer = Engine(directory.activities, directory.encoder)
    traits, read = _read(doer, directory)
    before = resident_mb()
    watch = Stopwatch()
    started = perf_counter()
    space = doer.space(traits)
    watch("space", 1, 1)
    vectors = space.vectors(traits)
    watch("vectors", 1, 1)
    found = overlaps(doer, traits, vectors, progress=watch)
    watch("doubles", 1, 1)
    return {
        "seconds": perf_counter() - started,
        "seconds_in_stored_space": sum(watch.seconds[stage] for stage in watch.seconds if stage not in STORED),
        "stages": {stage: round(seconds, 2) for stage, seconds in watch.seconds.items()},
        "groups": len(found.groups),
        "share_3_40": round(found.counts["grouped"] / max(directory.rows, 1), 4),
        "largest": max((len(group.members) for group in found.groups), default=0),
        "pairs": len(found.pairs),
        "seconds_to_read": read,
        "mb_read": before,
    }


def _read(doer: Engine, directory: Directory) -> tuple[list[Traits], float]:
    traits: list[Traits] = []
    seconds = 0.0
    for batch in directory.batches():
        started = perf_counter()
        traits.extend(doer.read(batch))
        seconds += perf_counter() - started
    return traits, seconds


def our_twins(directory: Directory) -> dict[str, Any]:
    listings = directory.listings
    started = perf_counter()
    found = twins(listings, Verdicts(()))
    seconds = perf_counter() - started
    pairs = {(each.a, each.b) for each in found if each.a is not None and each.probability >= LIKELY}
    return {"seconds": seconds, "pairs": len(pairs), "twins_found": directory.share_of_twins(pairs)}


OURS: dict[str, Callable[[Directory], dict[str, Any]]] = {
    "engine": engine,
    "twins": our_twins,
    "one": one_listing.measured,
}


def main() -> None:
    asked = _arguments()
    # Libraries that print do so to the other stream: this one carries the answer.
    with redirect_stdout(sys.stderr):
        measured = OURS[asked.name] if asked.name in OURS else import_module(f"benchmarks.others.{asked.name}").measured
        result = measured(Directory(asked.rows, asked.texts))
    print(json.dumps({**result, "peak_mb": _peak_mb()}))


def resident_mb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // 1_000_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="timed", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    return parser.parse_args()


if __name__ == "__main__":
    main()
