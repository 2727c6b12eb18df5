"""A directory that grows, and what became of its groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from initiatives.overlap.values import PreviousGroup

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def followed(circles: Iterable[frozenset[int]], before: State) -> list[tuple[str | None, frozenset[int]]]:
    """Groups found from scratch have no keys: each goes on as the group that brought it most members, if these are more
    than half of that group."""
    homes = before.homes
    kept: list[tuple[str | None, frozenset[int]]] = []
    for circle in circles:
        brought = Counter(homes[member] for member in circle if member in homes)
        key, count = max(brought.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        kept.append((key if count * 2 > len(before.groups.get(key, ())) else None, circle))
    return kept


def compared(before: State, after: State) -> dict[str, Any]:
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
