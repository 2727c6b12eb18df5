"""What a regroup takes in time and memory, by stage, at any size:
./run bench graph --rows N [--rows N] [--json] [--out FILE]

Reading a million texts takes hours, and is done once for each. So listings are made as arrays: each from one real
listing that was read (`--texts FOLDER`, overlap_rows/*.csv), turned towards one of its neighbours and then a little
anywhere, with most of its words, some of its neighbour's, in a city drawn anew. Two made from one listing are as near
to each other as neighbours are in the real lists.

Told apart: finding the cells and the cell of everybody (done once, then stored), the regroup from scratch, and the
regroup that anchors circles when a twentieth is new.
"""

from __future__ import annotations

import argparse
import os
import resource
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from benchmarks.labelled_rows import read
from benchmarks.outcome import add_options, tell
from initiatives.overlap.arrays import SCALE, unit
from initiatives.overlap.cells import cells_of, found_cells
from initiatives.overlap.corpus import corpus
from initiatives.overlap.decisions import Decisions
from initiatives.overlap.engine import Engine, woven
from initiatives.overlap.groups import circles
from initiatives.overlap.neighbours import SMALL
from initiatives.overlap.values import PreviousGroup
from initiatives.overlap.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from initiatives.overlap.engine import Woven
    from initiatives.overlap.field import Field

SEED = 7
FILES = ("susy.csv", "osta.csv")
# How much of its neighbour and of nothing in particular a made listing has: cosines of two made from one are then about
# .6, as of neighbours in the real lists.
OF_NEIGHBOUR, OF_NOTHING = 0.5, 0.7
WORDS_KEPT, WORDS_TAKEN, TAGS_KEPT = 0.7, 0.2, 0.8
CITIES = 5_000
JITTER = 0.03  # radians: some two hundred kilometres
NEW = 0.05
# Rows whose neighbours within cells are held against their neighbours among all.
ASKED = 200
MADE_AT_ONCE = 50_000


def main() -> None:
    asked = _arguments()
    found = [measured(rows, asked.texts) for rows in asked.rows]
    tell({"sizes": found, "exponent": _exponent(found)}, asked, _table)


def measured(rows: int, texts: Path) -> dict[str, Any]:
    field, _ = made(rows, base(texts))
    watch = _Watch()
    cells, placed = None, None
    if rows > SMALL:
        cells = found_cells(field)
        watch.passed("cells found")
        placed = cells_of(field, cells)
        watch.passed("everybody placed")
    first = woven(field, cells=cells, placed=placed, progress=watch)
    watch.passed("graph")
    groups = _circles(first, [])
    watch.passed("groups from scratch")
    known = [PreviousGroup(key=str(n), members=frozenset(circle)) for n, circle in enumerate(groups)]
    new = np.random.default_rng(SEED).random(rows) < NEW
    before = [replace(group, members=frozenset(key for key in group.members if not new[key])) for group in known]
    watch.passed("")
    again = _circles(first, [group for group in before if len(group.members) > 2])
    watch.passed("groups anchored")
    regroup = [watch.seconds[name] for name in ("neighbours", "scores", "graph")]
    return {
        "rows": rows,
        "seconds": {name: round(seconds, 2) for name, seconds in watch.seconds.items() if name},
        "from_scratch": round(sum(regroup) + watch.seconds["groups from scratch"], 1),
        "anchored": round(sum(regroup) + watch.seconds["groups anchored"], 1),
        "ties": len(first.graph.pairs),
        "groups": len(groups),
        "share_3_40": round(sum(map(len, groups)) / rows, 4),
        "share_anchored": round(sum(map(len, again)) / rows, 4),
        "recall_at_15": _recall(first),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


class _Watch:
    """What passed since it was last told something belongs to the stage it is told of."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {"neighbours": 0.0, "scores": 0.0}
        self._last = perf_counter()

    def passed(self, stage: str) -> None:
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.passed(stage)


def _circles(found: Woven, previous: list[PreviousGroup]) -> list[list[int]]:
    keys = list(range(len(found.field)))
    decisions = Decisions(Verdicts(), (), {})
    return [rows for _, rows in circles(found.graph, keys, decisions=decisions, previous=previous)]


@dataclass(frozen=True)
class Base:
    field: Field
    near: NDArray[np.int64]  # a neighbour of each row


@cache
def base(texts: Path) -> Base:
    listings = [each for name in FILES for each in read(texts / "overlap_rows" / name)[0]]
    engine = Engine()
    traits = engine.read(replace(each, key=key) for key, each in enumerate(listings))
    field = engine.field(corpus(traits), engine.space(traits).vectors(traits))
    return Base(field, nearest_of_each(field))


def nearest_of_each(field: Field) -> NDArray[np.int64]:
    """A neighbour of every row: itself where it has none."""
    found = woven(field)
    near = np.arange(len(field))
    for a, b in found.pairs[np.argsort(found.scores.value, kind="stable")]:
        near[a], near[b] = b, a
    return near


def made(rows: int, real: Base) -> tuple[Field, NDArray[np.int64]]:
    """A field of so many rows, and the row that each was made from."""
    rng = np.random.default_rng(SEED)
    of = rng.integers(0, len(real.field), rows)
    beside = real.near[of]
    matrices = {name: getattr(real.field, name)[of] for name in ("works", "domains", "networks", "licences")}
    words = _thinned(real.field.words[of], WORDS_KEPT, rng).maximum(
        _thinned(real.field.words[beside], WORDS_TAKEN, rng)
    )
    field = replace(
        real.field,
        keys=np.arange(rows),
        text=np.vstack(list(_vectors(real.field.texts(slice(None)), of, beside, rng))),
        tags=_thinned(real.field.tags[of], TAGS_KEPT, rng),
        words=words.tocsr(),
        languages=real.field.languages[of],
        points=real.field.points[of] + rng.normal(0, JITTER, (rows, 2)).astype(np.float32),
        cities=np.minimum(rng.zipf(1.3, rows), CITIES).astype(np.int64),
        structures=real.field.structures[of],
        links=frozenset(),
        **matrices,
    )
    return field, of


def _vectors(
    real: NDArray[np.float32], of: NDArray[np.int64], beside: NDArray[np.int64], rng: np.random.Generator
) -> Iterator[NDArray[np.int8]]:
    for start in range(0, len(of), MADE_AT_ONCE):
        here = slice(start, start + MADE_AT_ONCE)
        anywhere = unit(rng.standard_normal((len(of[here]), real.shape[1]), dtype=np.float32))
        rows = unit(real[of[here]] + OF_NEIGHBOUR * real[beside[here]] + OF_NOTHING * anywhere)
        yield np.clip(np.rint(rows * (SCALE / np.abs(rows).max())), -SCALE, SCALE).astype(np.int8)


def _thinned(matrix: sparse.csr_matrix, share: float, rng: np.random.Generator) -> sparse.csr_matrix:
    thin = matrix.copy()
    thin.data = thin.data * (rng.random(thin.nnz) < share).astype(np.float32)
    thin.eliminate_zeros()
    return thin


def _recall(found: Woven) -> float:
    """Of the fifteen nearest among all, as products tell, the share that was compared."""
    field = found.field
    asked = np.random.default_rng(SEED).choice(len(field), min(ASKED, len(field)), replace=False)
    compared = sparse.coo_matrix((np.ones(len(found.pairs)), found.pairs.T), shape=(len(field),) * 2).tocsr()
    products = np.hstack(
        [_products(field, asked, slice(start, start + MADE_AT_ONCE)) for start in range(0, len(field), MADE_AT_ONCE)]
    )
    products[np.arange(len(asked)), asked] = -np.inf
    best = np.argpartition(-products, 15, axis=1)[:, :15]
    hits = [
        (compared[row, other] or compared[other, row]) > 0
        for row, others in zip(asked, best, strict=True)
        for other in others
    ]
    return round(float(np.mean(hits)), 4)


def _products(field: Field, asked: NDArray[np.int64], here: slice) -> NDArray[np.float32]:
    shared = (field.wide(asked) @ field.wide(here).T).toarray()
    return np.asarray(field.dense(asked) @ field.dense(here).T + shared, dtype=np.float32)


def _exponent(found: list[dict[str, Any]]) -> float | None:
    """Of seconds by rows, from the smallest to the largest."""
    ordered = sorted(found, key=lambda each: each["rows"])
    if len(ordered) < 2:
        return None
    first, last = ordered[0], ordered[-1]
    growth = np.log(last["from_scratch"] / first["from_scratch"]) / np.log(last["rows"] / first["rows"])
    return round(float(growth), 3)


def _table(told: Mapping[str, Any]) -> str:
    lines = []
    for each in told["sizes"]:
        lines.append(f"{each['rows']:,} rows")
        lines.extend(f"  {name:16} {value}" for name, value in each.items() if name not in ("rows", "seconds"))
        lines.extend(f"    {name:20} {seconds:8.1f} s" for name, seconds in each["seconds"].items())
    return "\n".join([*lines, f"growth: rows to the power {told['exponent']}" if told["exponent"] else ""])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="graph", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", required=True, metavar="N", help="how many listings")
    shared = os.environ.get("COMMONS_SHARED", "../shared/data")
    parser.add_argument("--texts", type=Path, default=Path(shared), help=f"the folder of real lists ({shared})")
    add_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
