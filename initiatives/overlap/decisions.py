"""What people decided about who belongs together, applied to circles: it wins over every number."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from initiatives.overlap.communities import FEWEST, MOST
from initiatives.overlap.values import Bar, Pin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    found = [(key, set(circle)) for key, circle in circles]
    found += [(key, set()) for key in sorted(set(decisions.pinned.values()) - {key for key, _ in found if key})]
    places = {key: n for n, (key, _) in enumerate(found) if key}
    moves = {row: places[group] for row, group in decisions.pinned.items()}
    alone = _barred(found, decisions) | _unrelated(graph, [circle for _, circle in found], decisions)
    for row, to in sorted(moves.items()):
        for _, circle in found:
            circle.discard(row)
        found[to][1].add(row)
    _placed(graph, found, alone - moves.keys(), decisions)
    for _, circle in found:
        free = sorted(circle - moves.keys(), key=lambda row: (graph.strength(row, circle), row))
        circle.difference_update(free[: max(0, len(circle) - MOST)])
    return [(key, sorted(circle)) for key, circle in found if len(circle) >= FEWEST]


def _barred(found: Sequence[tuple[str | None, set[int]]], decisions: Decisions) -> set[int]:
    """Takes out whoever was barred."""
    out = set()
    for key, circle in found:
        barred = {row for row in circle if (row, key) in decisions.barred}
        circle.difference_update(barred)
        out |= barred
    return out


def _unrelated(graph: Graph, circles: Sequence[set[int]], decisions: Decisions) -> set[int]:
    """Of two that a person called unrelated the one with weaker ties leaves a circle that holds both, unless it was
    pinned there."""
    out = set()
    for pair in decisions.apart:
        for circle in circles:
            if circle.issuperset(pair):
                leaves = min(pair, key=lambda row: (row in decisions.pinned, graph.strength(row, circle), row))
                circle.discard(leaves)
                out.add(leaves)
    return out


def _placed(
    graph: Graph, found: Sequence[tuple[str | None, set[int]]], alone: Iterable[int], decisions: Decisions
) -> None:
    """Who had to leave a circle joins another that it has ties to, if nobody minds."""
    strangers: dict[int, set[int]] = defaultdict(set)
    for a, b in decisions.apart:
        strangers[a].add(b)
        strangers[b].add(a)
    for row in sorted(alone):
        home = {member: n for n, (_, circle) in enumerate(found) for member in circle}
        for n, _ in sorted(graph.votes(row, home).items(), key=lambda vote: (-vote[1], vote[0])):
            key, circle = found[n]
            if len(circle) < MOST and (row, key) not in decisions.barred and not circle & strangers[row]:
                circle.add(row)
                break
