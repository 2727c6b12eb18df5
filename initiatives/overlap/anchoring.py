"""Groups that persist while the directory grows.

A directory that grew a little is not computed anew: who is new joins by vote, and a member moves only where another
group draws it much more strongly than its own. What is left over makes new circles among itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.communities import FEWEST, MOST, communities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.graph import Graph
    from initiatives.overlap.values import PreviousGroup

# A group goes on where more than half of those who stayed in the directory are: two halves of a split cannot both be
# it, and it may grow as much as it likes.
STAYED = 0.5
# Another group must draw a member this much more strongly than its own: below 1.5 many move forth and back between
# computations, from 2 on hardly anybody ever does (`./run bench stability`).
HYSTERESIS = 1.7
# Whoever joins fits at least so well; who is in a group already may fit this much less before it leaves.
# Of the demonstration data those below plainly do not belong (footpaths among bicycles, forest shares among gardens);
# up to .3 about half do, from there on nearly all. At .27 the solidarity map and the wiki keep 92 % in groups.
LOOSEST = 0.22
SLACK = 0.75
# Where more than so many of a directory are new (an import, a first year), circles are found afresh from where the old
# ones stood.
MOST_NEW = 0.3
ROUNDS = 2
NOWHERE = -1


@dataclass
class Homes:
    """Who is in which circle, while they settle."""

    graph: Graph
    circles: list[set[int]]
    home: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        self.home = np.full(self.graph.size, NOWHERE, dtype=np.int32)
        for n, circle in enumerate(self.circles):
            self.home[list(circle)] = n

    def move(self, row: int, to: int) -> None:
        if (was := int(self.home[row])) >= 0:
            self.circles[was].discard(row)
        if to >= 0:
            self.circles[to].add(row)
        self.home[row] = to


def anchored(graph: Graph, circles: Sequence[Iterable[int]]) -> list[list[int]]:
    """The circles of before, settled: rows that are in none join where they fit, a few move, and those who are left
    over find one another."""
    homes = Homes(graph, [set(circle) for circle in circles])
    _leave(homes)
    for _ in range(ROUNDS):
        _join(homes)
        _move(homes)
    pieces = [sorted(circle) for circle in homes.circles if len(circle) >= FEWEST]
    placed = {row for piece in pieces for row in piece}
    alone = [row for row in range(graph.size) if row not in placed]
    fresh = communities(graph.among(alone)) if alone else []
    return sorted([*pieces, *([alone[row] for row in circle] for circle in fresh)])


def _leave(homes: Homes) -> None:
    """Who hardly fits any more; the weakest of a circle that is too large, because some came back; and circles of which
    too few are left."""
    strengths = homes.graph.strengths(homes.home)
    leaving = np.flatnonzero((strengths < LOOSEST * SLACK) & (homes.home >= 0)).tolist()
    for circle in homes.circles:
        leaving += sorted(circle, key=lambda row: (-strengths[row], row))[MOST:]
    for row in leaving:
        homes.move(row, NOWHERE)
    for circle in homes.circles:
        if len(circle) < FEWEST:
            for row in sorted(circle):
                homes.move(row, NOWHERE)


def _join(homes: Homes) -> None:
    """The most strongly drawn first, each to the circle that draws it most of those with room. A full circle is not cut
    for a newcomer: cutting moved half of all who ever moved (`./run bench stability`)."""
    draws = homes.graph.draws(homes.home)
    new = np.flatnonzero((homes.home < 0) & (draws.circle >= 0))
    for row in new[np.argsort(-draws.best[new], kind="stable")].tolist():
        at_home = {other: int(homes.home[other]) for other in homes.graph.ties(row)[0] if homes.home[other] >= 0}
        votes = homes.graph.votes(row, at_home)
        for circle in sorted(votes, key=lambda circle: (-votes[circle], circle)):
            roomy = len(homes.circles[circle]) < MOST
            if roomy and homes.graph.strength(row, homes.circles[circle]) >= LOOSEST:
                homes.move(row, circle)
                break


def _move(homes: Homes) -> None:
    draws = homes.graph.draws(homes.home)
    drawn = (homes.home >= 0) & (draws.best > HYSTERESIS * draws.own)
    for row in np.flatnonzero(drawn).tolist():
        to = int(draws.circle[row])
        if len(homes.circles[to]) < MOST and len(homes.circles[int(homes.home[row])]) > FEWEST:
            homes.move(row, to)


def is_settled(previous: Iterable[PreviousGroup], keys: Sequence[int]) -> bool:
    """Most of the directory was grouped before."""
    known = {member for group in previous for member in group.members}
    return bool(known) and sum(key not in known for key in keys) <= MOST_NEW * len(keys)


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
