"""Groups: circles of the graph of ties, with members, reasons, a label and a lasting key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from initiatives.overlap import labels
from initiatives.overlap.anchoring import LOOSEST, SLACK, anchored, is_settled, kept_keys, starting_membership
from initiatives.overlap.belonging import belonging
from initiatives.overlap.communities import FEWEST, MOST, communities
from initiatives.overlap.decisions import obeyed
from initiatives.overlap.labels import Circle
from initiatives.overlap.values import Group, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from initiatives.overlap.decisions import Decisions
    from initiatives.overlap.graph import Graph
    from initiatives.overlap.reasons import Witness
    from initiatives.overlap.values import Label, PreviousGroup, Role

# A listing is also in a second or third group when its ties there weigh nearly as much as those at home.
CLOSE_VOTE = 0.7
MOST_ALSO = 2
FEWEST_TIES = 2
# A membership is told by so many of its strongest ties.
MOST_TIES = 8


def circles(
    graph: Graph, keys: Sequence[int], *, decisions: Decisions, previous: Sequence[PreviousGroup]
) -> list[tuple[str | None, list[int]]]:
    """Rows of each circle, with the key of the group that it continues."""
    rows = {key: row for row, key in enumerate(keys)}
    if is_settled(previous, keys):
        standing = [[rows[key] for key in sorted(group.members) if key in rows] for group in previous]
        found = anchored(graph, [circle for circle in standing if circle])
    else:
        found = _fitting(graph, communities(graph, starting_membership(previous, keys)))
    kept = kept_keys([frozenset(keys[row] for row in circle) for circle in found], previous)
    return obeyed(graph, [(kept.get(n), circle) for n, circle in enumerate(found)], rows, decisions)


def _fitting(graph: Graph, found: Sequence[Sequence[int]]) -> list[list[int]]:
    """Without the rows that are only there because every row has to be somewhere."""
    remaining = [set(circle) for circle in found]
    for circle in remaining:
        # Whoever held on to one that leaves may have nothing else to hold on to.
        while weak := {row for row in circle if graph.strength(row, circle) < LOOSEST}:
            circle.difference_update(weak)
    return [sorted(circle) for circle in remaining if len(circle) >= FEWEST]


def groups(
    witness: Witness, graph: Graph, found: Sequence[tuple[str | None, list[int]]], *, decisions: Decisions
) -> tuple[Group, ...]:
    """The largest first. Whoever shares nothing that can be told is in no group."""
    telling = Telling(witness, graph, decisions)
    told = [(key, *telling.members(circle)) for key, circle in found]
    told = [each for each in told if len(each[1]) >= FEWEST]
    close = _also(graph, [circle for _, circle, _ in told], decisions, [key for key, _, _ in told])
    called = labels.labels([Circle(witness, tuple(circle)) for _, circle, _ in told])
    made = [
        _group(telling, key, circle, members, also=close[n], label=called[n])
        for n, (key, circle, members) in enumerate(told)
    ]
    return tuple(sorted(made, key=lambda group: (-len(group.members), group.members[0].key)))


@dataclass
class Telling:
    """Tells memberships; what it asked about a pair once it remembers."""

    witness: Witness
    graph: Graph
    decisions: Decisions
    asked: dict[tuple[int, int], tuple[Reason, ...]] = field(default_factory=dict)

    def members(self, circle: Sequence[int]) -> tuple[list[int], list[Member]]:
        """Those of a circle that share something with others of it. Who was named by one that leaves may share nothing
        else."""
        inside = sorted(circle)
        while True:
            found = {row: self.member(row, frozenset(inside), "main") for row in inside}
            remaining = [row for row in inside if (member := found[row]) and member.reasons]
            if len(remaining) == len(inside):
                return inside, [found[row] for row in inside]
            inside = remaining

    def member(self, row: int, inside: Collection[int], role: Role) -> Member:
        ties = [(other, weight) for other, weight in zip(*self.graph.ties(row), strict=True) if other in inside]
        nearest = sorted(ties, key=lambda tie: (-tie[1], tie[0]))[:MOST_TIES]
        shared = [(other, self._reasons(row, other)) for other, _ in nearest]
        strength = min(1.0, round(self.graph.strength(row, inside), 4))
        reasons = belonging(self.witness, row, [each for each in shared if each[1]])
        if row in self.decisions.pinned:
            others = sorted(self.witness.corpus.listings[other].key for other in inside if other != row)
            reasons = (Reason("pinned", 1.0, {"with": others}), *reasons)
        return Member(self.witness.corpus.listings[row].key, strength, role, reasons)

    def _reasons(self, row: int, other: int) -> tuple[Reason, ...]:
        pair = (min(row, other), max(row, other))
        if pair not in self.asked:
            self.asked[pair] = self.witness.told(*pair, self.decisions.verdicts)
        return self.asked[pair]


def _also(
    graph: Graph, found: Sequence[Sequence[int]], decisions: Decisions, keys: Sequence[str | None]
) -> list[list[int]]:
    """Per circle the rows at home elsewhere whose vote for it is close."""
    home = {row: n for n, circle in enumerate(found) for row in circle}
    also: list[list[int]] = [[] for _ in found]
    for row, at_home in sorted(home.items()):
        cast = graph.votes(row, home)
        own = cast.pop(at_home, 0.0)
        close = sorted((n for n, weight in cast.items() if weight >= CLOSE_VOTE * own), key=lambda n: (-cast[n], n))
        for n in close[:MOST_ALSO]:
            tied = sum(home.get(other) == n for other in graph.ties(row)[0])
            fits = graph.strength(row, set(found[n])) >= LOOSEST * SLACK
            room = len(found[n]) + len(also[n]) < MOST
            if tied >= FEWEST_TIES and fits and room and not decisions.bars(row, keys[n]):
                also[n].append(row)
    return also


def _group(
    telling: Telling,
    key: str | None,
    circle: Sequence[int],
    members: Iterable[Member],
    *,
    also: Iterable[int],
    label: Label,
) -> Group:
    others = [telling.member(row, frozenset(circle), "also") for row in also]
    ordered = (
        *sorted(members, key=_strongest_first),
        *sorted((each for each in others if each.reasons), key=_strongest_first),
    )
    return Group(key, ordered, label, labels.reasons(Circle(telling.witness, tuple(circle))))


def _strongest_first(member: Member) -> tuple[float, int]:
    return -member.strength, member.key
