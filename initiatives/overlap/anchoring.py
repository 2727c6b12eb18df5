"""Groups that persist while the directory grows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from initiatives.overlap.values import PreviousGroup

# A group goes on where more than half of those who stayed in the directory are: two halves of a split cannot both be
# it, and it may grow as much as it likes.
STAYED = 0.5


def starting_membership(previous: Iterable[PreviousGroup], keys: Sequence[int]) -> list[int] | None:
    """A community number per row to begin from: that of the run before, a number of its own for who is new."""
    home = {member: n for n, group in enumerate(sorted(previous, key=_by_key)) for member in sorted(group.members)}
    if not home:
        return None
    fresh = max(home.values()) + 1
    return [home.get(key, fresh + row) for row, key in enumerate(keys)]


def kept_keys(groups: Sequence[frozenset[int]], previous: Iterable[PreviousGroup]) -> Mapping[int, str]:
    """Which new group (by its place) goes on as which previous one. Of several that merged the one that brought most
    members goes on."""
    home = {member: place for place, members in enumerate(groups) for member in members}
    matches = []
    for old in previous:
        places = Counter(home[member] for member in old.members if member in home)
        for place, count in places.items():
            if count > STAYED * places.total():
                matches.append((-count, old.key, place))
    kept: dict[int, str] = {}
    for _, key, place in sorted(matches):
        kept.setdefault(place, key)
    return kept


def _by_key(group: PreviousGroup) -> str:
    return group.key
