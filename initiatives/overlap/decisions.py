"""What people decided about who belongs together, applied to circles: it wins over every number."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from initiatives.overlap.communities import FEWEST, MOST
from initiatives.overlap.values import Bar, Pin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from initiatives.overlap.graph import Graph
    from initiatives.overlap.verdicts import Verdicts


class Decisions:
    """In rows of this directory; what concerns others is passed over. Of two pins of one listing the later holds."""

    def __init__(self, verdicts: Verdicts, placements: Iterable[Pin | Bar], rows: Mapping[int, int]) -> None:
        known = [each for each in placements if each.listing in rows]
        self.verdicts = verdicts
        self.barred = {(rows[each.listing], each.group) for each in known if isinstance(each, Bar)}
        self.pinned = {rows[each.listing]: each.group for each in known if isinstance(each, Pin)}
        self.apart = [(rows[a], rows[b]) for a, b in verdicts.pairs("unrelated") if a in rows and b in rows]

    def bars(self, row: int, group: str | None) -> bool:
        return (row, group) in self.barred


def obeyed(
    graph: Graph, circles: Sequence[tuple[str | None, list[int]]], rows: Mapping[int, int], decisions: Decisions
) -> list[tuple[str | None, list[int]]]:
    """The circles as people want them: the pinned where they were put, the barred and the unrelated apart. A pin does
    not hold where it would make a group of fewer than FEWEST; where it would make one of more than MOST, whoever fits
    least well gives way."""
    standing = Standing(graph, circles, decisions)
    standing.part_barred()
    standing.part_unrelated()
    standing.pin()
    standing.place_parted()
    standing.make_room()
    return standing.found()


class Standing:
    """Who is in which circle, while decisions are carried out."""

    def __init__(
        self, graph: Graph, circles: Sequence[tuple[str | None, Collection[int]]], decisions: Decisions
    ) -> None:
        fresh = sorted(set(decisions.pinned.values()) - {key for key, _ in circles if key})
        self._graph = graph
        self._decisions = decisions
        self._keys = [*(key for key, _ in circles), *fresh]
        self._circles = [*(set(circle) for _, circle in circles), *(set[int]() for _ in fresh)]
        self._home = {row: n for n, circle in enumerate(self._circles) for row in circle}
        self._parted: set[int] = set()

    def part_barred(self) -> None:
        for row, group in self._decisions.barred:
            if row in self._home and self._keys[self._home[row]] == group:
                self._part(row)

    def part_unrelated(self) -> None:
        """Of two in one circle that a person called unrelated the one with weaker ties leaves it, unless it was pinned
        there."""
        for pair in self._decisions.apart:
            at = {self._home.get(row) for row in pair}
            if len(at) == 1 and None not in at:
                self._part(min(pair, key=lambda row: (row in self._decisions.pinned, self._strength(row), row)))

    def pin(self) -> None:
        places = {key: n for n, key in enumerate(self._keys) if key}
        for row, group in sorted(self._decisions.pinned.items()):
            self._take(row)
            self._put(row, places[group])
            self._parted.discard(row)

    def place_parted(self) -> None:
        """Who had to leave a circle joins another that it has ties to, if nobody minds."""
        strangers: dict[int, set[int]] = defaultdict(set)
        for a, b in self._decisions.apart:
            strangers[a].add(b)
            strangers[b].add(a)
        for row in sorted(self._parted):
            for n, _ in sorted(self._graph.votes(row, self._home).items(), key=lambda vote: (-vote[1], vote[0])):
                circle = self._circles[n]
                if len(circle) < MOST and not self._decisions.bars(row, self._keys[n]) and not circle & strangers[row]:
                    self._put(row, n)
                    break

    def make_room(self) -> None:
        for circle in self._circles:
            if len(circle) > MOST:
                free = sorted(circle - self._decisions.pinned.keys(), key=lambda row: (self._strength(row), row))
                for row in free[: len(circle) - MOST]:
                    self._take(row)

    def found(self) -> list[tuple[str | None, list[int]]]:
        both = zip(self._keys, self._circles, strict=True)
        return [(key, sorted(circle)) for key, circle in both if len(circle) >= FEWEST]

    def _strength(self, row: int) -> float:
        return self._graph.strength(row, self._circles[self._home[row]])

    def _take(self, row: int) -> None:
        if row in self._home:
            self._circles[self._home.pop(row)].discard(row)

    def _part(self, row: int) -> None:
        self._take(row)
        self._parted.add(row)

    def _put(self, row: int, at: int) -> None:
        self._circles[at].add(row)
        self._home[row] = at
