"""How well groups last while a directory grows: ./run bench stability --rows FILE [--batches N] [--peers] [--json]

rows   CSV as in `bench quality`; `--made N` takes N made listings instead (`bench scale_data`)

The rows come in an order of chance. The engine runs on the first of them, then again after each batch that adds five
per cent, each time told what the run before found. As in a directory that is stored, a listing is read once, and the
space that listings stand in is kept until there are half as many again. Of a batch is told:
  ids kept           share of the groups before whose address goes on, with more than half of their listings in it
  changes per added  listings that were there before and whose own group is another now (or none, or one where they had
                     none), for each listing added
Beside it with --peers: the same engine told nothing of the run before, and UMAP with HDBSCAN; groups of theirs go on
where more than half of the listings do.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks.base_texts import folder_told, lists
from benchmarks.composed_encoder import ComposedEncoder
from benchmarks.growing import State, compared, followed
from benchmarks.labelled_rows import read
from benchmarks.others import umap_groups
from benchmarks.outcome import CACHE, add_options, tell
from benchmarks.remembering import RememberingEncoder
from benchmarks.scale_data import made
from benchmarks.stored_engine import StoredEngine
from initiatives.overlap.encoder import default_encoder
from initiatives.overlap.traits import text_of
from initiatives.overlap.values import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from initiatives.overlap.encoder import Encoder
    from initiatives.overlap.values import Overlaps

GROWTH = 1.05
SEED = 5
METHODS = ("anchored", "scratch", "umap")

# The groups of a directory, each with the key of the one it goes on as, from the listings and the state before.
Finder = Callable[[Sequence[Listing], State], Sequence[tuple[str | None, frozenset[int]]]]


def main() -> None:
    asked = _arguments()
    listings, encoder = _rows(asked)
    random.Random(SEED).shuffle(listings)
    methods = [asked.method, *(method for method in METHODS if asked.peers and method != asked.method)]
    found = {method: _measured(method, listings, encoder, batches=asked.batches) for method in methods if _can(method)}
    if asked.method not in found:
        raise SystemExit(2)
    result = {**found.pop(asked.method), "peers": found}
    tell(result, asked, _table)


def grown(listings: Sequence[Listing], find: Finder, *, batches: int) -> dict[str, Any]:
    """Of all batches together, and of each."""
    started = time.perf_counter()
    sizes = [round(len(listings) / GROWTH**left) for left in range(batches, -1, -1)]
    before, per_batch = State(), []
    for n, size in enumerate(sizes):
        groups = {key or f"{n}-{place}": circle for place, (key, circle) in enumerate(find(listings[:size], before))}
        after = State(frozenset(listing.key for listing in listings[:size]), groups)
        if n:
            per_batch.append(compared(before, after))
        before = after
    return {
        "ids_kept": round(mean(batch["ids_kept"] for batch in per_batch), 4),
        "changes_per_added": round(mean(batch["changes_per_added"] for batch in per_batch), 4),
        "moves_per_added": round(mean(batch["moved"] / max(batch["added"], 1) for batch in per_batch), 4),
        "share_3_40": before.share_grouped,
        "seconds": round(time.perf_counter() - started, 1),
        "per_batch": per_batch,
    }


def _measured(method: str, listings: Sequence[Listing], encoder: Encoder | None, *, batches: int) -> dict[str, Any]:
    find = _by_umap(encoder) if method == "umap" else _by_engine(encoder, anchored=method == "anchored")
    return {"method": method, **grown(listings, find, batches=batches)}


def _by_engine(encoder: Encoder | None, *, anchored: bool) -> Finder:
    engine = StoredEngine(encoder)

    def find(listings: Sequence[Listing], before: State) -> Sequence[tuple[str | None, frozenset[int]]]:
        circles = _circles(engine.overlaps(listings, before.previous if anchored else ()))
        return circles if anchored else followed([circle for _, circle in circles], before)

    return find


def _circles(found: Overlaps) -> list[tuple[str | None, frozenset[int]]]:
    return [
        (group.key, frozenset(member.key for member in group.members if member.role == "main"))
        for group in found.groups
    ]


def _by_umap(encoder: Encoder | None) -> Finder:
    assert encoder is not None, "UMAP groups sentence vectors"

    def find(listings: Sequence[Listing], before: State) -> Sequence[tuple[str | None, frozenset[int]]]:
        found = umap_groups.grouped(encoder.encode([text_of(listing) for listing in listings]))
        keys = [listing.key for listing in listings]
        circles = [frozenset(keys[row] for row in circle) for circle in umap_groups.circles(found)]
        return followed(circles, before)

    return find


def _can(method: str) -> bool:
    if method != "umap" or find_spec("umap"):
        return True
    print("umap-learn is not installed: UMAP with HDBSCAN is skipped", file=sys.stderr)
    return False


def _rows(asked: argparse.Namespace) -> tuple[list[Listing], Encoder | None]:
    behind = None if asked.without_encoder else default_encoder()
    if asked.rows:
        return read(asked.rows)[0], behind and RememberingEncoder(behind)
    sources = lists(folder_told(asked.texts))
    sentences = (sentence for source in sources for base in source for sentence in base.sentences)
    return list(made(asked.made, sources)), behind and ComposedEncoder(behind, CACHE, sentences)


def _table(result: Mapping[str, Any]) -> str:
    columns = ("listings", "groups", "ids kept", "changes", "moved", "left", "joined", "in 3–40")
    lines = ["".join(f"{column:>10}" for column in columns)]
    lines += [
        f"{batch['listings']:10,}{batch['groups']:10,}{batch['ids_kept']:10.3f}{batch['changes_per_added']:10.2f}"
        f"{batch['moved']:10}{batch['left']:10}{batch['joined']:10}{batch['share_3_40']:10.3f}"
        for batch in result["per_batch"]
    ]
    return "\n".join([*lines, "", *(_summary(each) for each in (result, *result["peers"].values()))])


def _summary(result: Mapping[str, Any]) -> str:
    changes = f"{result['changes_per_added']:.2f} changes per listing added"
    moves = f"{result['moves_per_added']:.2f} from group to group"
    kept = f"{result['method']:10}{result['ids_kept']:.3f} of ids kept"
    return f"{kept}, {changes} ({moves}), {result['share_3_40']:.3f} in a group, {result['seconds']:.0f} s"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="stability", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--rows", type=Path, metavar="FILE")
    source.add_argument("--made", type=int, metavar="N")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="real texts that made listings come from")
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--method", choices=METHODS, default=METHODS[0], help="what to measure (anchored)")
    parser.add_argument("--peers", action="store_true", help="measure the other methods too")
    parser.add_argument("--without-encoder", action="store_true", help="measure the fallback")
    add_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
