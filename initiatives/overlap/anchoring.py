"""Groups that persist while the directory grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from initiatives.overlap.values import PreviousGroup

# A group goes on as long as a third of both the old and the new, taken together, stayed: two halves of a split cannot
# both have it, and a group that lost half of its members and found as many new ones is still itself.
STAYED = 1 / 3


def starting_membership(previous: Iterable[PreviousGroup], keys: Sequence[int]) -> list[int] | None:
    """A community number per row to begin from: that of the run before, a number of its own for who is new."""
    home = {member: n for n, group in enumerate(sorted(previous, key=_by_key)) for member in sorted(group.members)}
    if not home:
        return None
    fresh = max(home.values()) + 1
    return [home.get(key, fresh + row) for row, key in enumerate(keys)]


def kept_keys(groups: Sequence[frozenset[int]], previous: Iterable[PreviousGroup]) -> Mapping[int, str]:
    """Which new group (by its place) goes on as which previous one: the best matches first, each only once."""
    holders: dict[int, list[PreviousGroup]] = {}
    for old in sorted(previous, key=_by_key):
        for member in old.members:
            holders.setdefault(member, []).append(old)
    matches = []
    for place, members in enumerate(groups):
        for old in {id(old): old for member in sorted(members) for old in holders.get(member, ())}.values():
            alike = len(members & old.members) / len(members | old.members)
            if alike >= STAYED:
                matches.append((-alike, old.key, place))
    kept: dict[int, str] = {}
    for _, key, place in sorted(matches):
        if place not in kept and key not in kept.values():
            kept[place] = key
    return kept


def _by_key(group: PreviousGroup) -> str:
    return group.key
