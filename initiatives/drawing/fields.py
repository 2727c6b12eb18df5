"""The field plan: sixteen domains as a polder from the air. A row for each family, a field for each domain.

The height of a row goes by what its family counts, the width of a field by what its domain counts, both in 24ths, so
that a stylesheet without inline values can draw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PARTS = 24
# Narrower or lower, a name of two words has no room.
LEAST = 4
FAMILIES = ("land", "home", "make", "know")


@dataclass(frozen=True, slots=True)
class Field:
    """`domain` is handed through untouched: whatever the page shows."""

    domain: Any
    count: int
    width: int
    height: int


def field_plan(domains: Sequence[tuple[Any, str, int]]) -> tuple[Field, ...]:
    """From (domain, family, count), in the order in which they are to stand within their row."""
    rows = [[(domain, count) for domain, of, count in domains if of == family] for family in FAMILIES]
    rows = [row for row in rows if row]
    heights = shares([sum(count for _, count in row) for row in rows])
    return tuple(
        Field(domain, count, width, height)
        for row, height in zip(rows, heights, strict=True)
        for (domain, count), width in zip(row, shares([count for _, count in row]), strict=True)
    )


def shares(counts: Sequence[int], *, parts: int = PARTS, least: int = LEAST) -> list[int]:
    """`parts` dealt out in proportion to `counts`, none below `least`: the largest remainders get what is left over."""
    if not counts:
        return []
    least = min(least, parts // len(counts))
    free = parts - least * len(counts)
    # What is above the least share is dealt in proportion to what the counts have above it.
    unit = (sum(counts) or 1) / parts
    above = [max(0.0, count / unit - least) for count in counts]
    exact = [free * part / (sum(above) or 1) for part in above]
    dealt = [least + int(part) for part in exact]
    by_remainder = sorted(range(len(counts)), key=lambda place: (int(exact[place]) - exact[place], place))
    for place in by_remainder[: parts - sum(dealt)]:
        dealt[place] += 1
    return _rest(dealt, parts)


def _rest(dealt: list[int], parts: int) -> list[int]:
    """Nothing counts anything: the fields are equal, and the first take what does not divide."""
    for place in range(parts - sum(dealt)):
        dealt[place % len(dealt)] += 1
    return dealt
