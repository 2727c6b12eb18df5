"""How well groups last while a directory grows: ./run bench stability --rows FILE [--batches N] [--json]

rows   CSV as in `bench quality`; `--made N` takes N made listings instead (`bench scale_data`)

The rows come in an order of chance. The engine runs on the first of them, then again after each batch that adds five
per cent, each time told what the run before found. Of a batch is told:
  ids kept           share of the groups before whose address goes on, with more than half of their listings in it
  changes per added  listings that were there before and whose own group is another now (or none, or one where they had
                     none), for each listing added
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks.base_texts import activities, folder_told, lists
from benchmarks.composed_encoder import ComposedEncoder
from benchmarks.labelled_rows import read
from benchmarks.outcome import CACHE, add_options, tell
from benchmarks.remembering import RememberingEncoder
from benchmarks.scale_data import made
from initiatives.overlap.encoder import Encoder, default_encoder
from initiatives.overlap.engine import find_overlaps
from initiatives.overlap.values import PreviousGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from initiatives.overlap.values import Listing, Overlaps

GROWTH = 1.05
SEED = 5
METHODS = ("anchored", "scratch")


@dataclass(frozen=True)
class State:
    """The directory after a run: its listings, and those at home in each group by the key of that group."""

    listings: frozenset[int] = frozenset()
    groups: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def homes(self) -> dict[int, str]:
        return {member: key for key, members in self.groups.items() for member in members}

    @property
    def share_grouped(self) -> float:
        return round(len(self.homes) / max(len(self.listings), 1), 4)

    @property
    def previous(self) -> tuple[PreviousGroup, ...]:
        return tuple(PreviousGroup(key=key, members=members) for key, members in self.groups.items())


def main() -> None:
    asked = _arguments()
    listings, encoder = _rows(asked)
    random.Random(SEED).shuffle(listings)
    tell(measured(listings, encoder, batches=asked.batches, method=asked.method), asked, _table)


def measured(listings: Sequence[Listing], encoder: Encoder | None, *, batches: int, method: str) -> dict[str, Any]:
    started = time.perf_counter()
    works = activities()
    sizes = [round(len(listings) / GROWTH**left) for left in range(batches, -1, -1)]
    state, per_batch = State(), []
    for n, size in enumerate(sizes):
        told = state.previous if method == "anchored" else ()
        found = find_overlaps(listings[:size], activities=works, previous=told, encoder=encoder)
        after = _state(found, state, scratch=method == "scratch", run=n)
        if n:
            per_batch.append(_compared(state, after))
        state = after
    return {
        "method": method,
        "ids_kept": round(mean(batch["ids_kept"] for batch in per_batch), 4),
        "changes_per_added": round(mean(batch["changes_per_added"] for batch in per_batch), 4),
        "share_3_40": state.share_grouped,
        "seconds": round(time.perf_counter() - started, 1),
        "per_batch": per_batch,
    }


def _state(found: Overlaps, before: State, *, scratch: bool, run: int) -> State:
    """With a key of its own for each new group."""
    circles = [frozenset(each.key for each in group.members if each.role == "main") for group in found.groups]
    kept = _followed(circles, before) if scratch else [group.key for group in found.groups]
    keys = [key or f"{run}-{n}" for n, key in enumerate(kept)]
    return State(frozenset(found.keys), dict(zip(keys, circles, strict=True)))


def _followed(circles: Sequence[frozenset[int]], before: State) -> list[str | None]:
    """Groups found from scratch have no keys: each goes on as the group that brought it most members, if these are more
    than half of that group and no other circle has more of them."""
    homes = before.homes
    kept: list[str | None] = []
    for circle in circles:
        brought = Counter(homes[member] for member in circle if member in homes)
        key, count = max(brought.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        kept.append(key if count > len(before.groups.get(key, ())) / 2 else None)
    return kept


def _compared(before: State, after: State) -> dict[str, Any]:
    stayed = before.listings & after.listings
    changed = Counter(_change(before.homes.get(key), after.homes.get(key)) for key in stayed)
    added = len(after.listings - before.listings)
    lasting = [key for key, members in before.groups.items() if _lasts(members & after.listings, after.groups.get(key))]
    return {
        "listings": len(after.listings),
        "added": added,
        "groups": len(after.groups),
        "ids_kept": round(len(lasting) / max(len(before.groups), 1), 4),
        "changes_per_added": round((len(stayed) - changed["none"]) / max(added, 1), 4),
        "moved": changed["moved"],
        "left": changed["left"],
        "joined": changed["joined"],
        "share_3_40": after.share_grouped,
    }


def _change(before: str | None, after: str | None) -> str:
    if before == after:
        return "none"
    if before is None:
        return "joined"
    return "left" if after is None else "moved"


def _lasts(members: frozenset[int], now: frozenset[int] | None) -> bool:
    return now is not None and len(members & now) * 2 > len(members)


def _rows(asked: argparse.Namespace) -> tuple[list[Listing], Encoder | None]:
    behind = None if asked.without_encoder else default_encoder()
    if asked.rows:
        return read(asked.rows)[0], behind and RememberingEncoder(behind)
    sources = lists(folder_told(asked.texts))
    sentences = (sentence for source in sources for base in source for sentence in base.sentences)
    return list(made(asked.made, sources)), behind and ComposedEncoder(behind, CACHE, sentences)


def _table(result: Mapping[str, Any]) -> str:
    lines = [
        f"{'listings':>9}{'groups':>8}{'ids kept':>10}{'changes':>9}{'moved':>7}{'left':>6}{'joined':>8}{'in 3–40':>9}"
    ]
    lines += [
        f"{batch['listings']:9,}{batch['groups']:8,}{batch['ids_kept']:10.3f}{batch['changes_per_added']:9.2f}"
        f"{batch['moved']:7}{batch['left']:6}{batch['joined']:8}{batch['share_3_40']:9.3f}"
        for batch in result["per_batch"]
    ]
    lines.append(
        f"{result['method']}: {result['ids_kept']:.3f} of ids kept, {result['changes_per_added']:.2f} changes per "
        f"listing added, {result['share_3_40']:.3f} in a group, {result['seconds']:.0f} s"
    )
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="stability", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--rows", type=Path, metavar="FILE")
    source.add_argument("--made", type=int, metavar="N")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="real texts that made listings come from")
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument(
        "--method", choices=METHODS, default=METHODS[0], help="scratch: each run knows nothing of the last"
    )
    parser.add_argument("--without-encoder", action="store_true", help="measure the fallback")
    add_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
