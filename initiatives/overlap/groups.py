"""Groups: communities of the graph of pairs, with members, reasons, a label and a lasting key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initiatives.overlap import labels
from initiatives.overlap.anchoring import kept_keys, starting_membership
from initiatives.overlap.belonging import belonging
from initiatives.overlap.communities import FEWEST, MOST, Neighbours, communities, neighbours, votes
from initiatives.overlap.labels import Circle
from initiatives.overlap.values import Group, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from initiatives.overlap.reasons import Witness
    from initiatives.overlap.values import Label, Pair, PreviousGroup, Role
    from initiatives.overlap.verdicts import Verdicts

# A listing is also in a second or third group when its ties there weigh nearly as much as those at home.
CLOSE_VOTE = 0.7
MOST_ALSO = 2
FEWEST_TIES = 2
# A member fits as well as its three best ties in the group.
BEST_TIES = 3
# Of the demonstration data those below plainly do not belong (footpaths among bicycles, forest shares among gardens);
# up to .3 about half do, from there on nearly all. At .27 the solidarity map and the wiki keep 92 % in groups.
LOOSEST = 0.22

PairsByRows = dict[tuple[int, int], "Pair"]


def groups(
    witness: Witness, pairs: Iterable[Pair], *, verdicts: Verdicts, previous: Sequence[PreviousGroup]
) -> tuple[Group, ...]:
    """The largest first."""
    rows = witness.corpus.rows
    by_rows: PairsByRows = {(rows[pair.a], rows[pair.b]): pair for pair in pairs if pair.kind == "peers"}
    edges = {ends: pair.score for ends, pair in by_rows.items()}
    keys = [listing.key for listing in witness.corpus.listings]
    near = neighbours(edges, len(keys))
    circles = communities(edges, len(keys), starting_membership(previous, keys))
    circles = _apart(
        circles, near, [(rows[a], rows[b]) for a, b in verdicts.pairs("unrelated") if a in rows and b in rows]
    )
    circles = _fitting(circles, near)
    also = _also(circles, near)
    kept = kept_keys([frozenset(keys[row] for row in circle) for circle in circles], previous)
    called = labels.labels([Circle(witness, tuple(circle)) for circle in circles])
    found = [
        _group(witness, circle, also=also[n], key=kept.get(n), label=called[n], pairs=by_rows, near=near)
        for n, circle in enumerate(circles)
    ]
    return tuple(sorted(found, key=lambda group: (-len(group.members), group.members[0].key)))


def _apart(circles: list[list[int]], near: Neighbours, unrelated: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Of two that a person called unrelated the one with weaker ties leaves a circle that holds both."""
    remaining = [set(circle) for circle in circles]
    for pair in unrelated:
        for circle in remaining:
            if circle.issuperset(pair):
                circle.discard(min(pair, key=lambda row: (sum(near[row].get(other, 0.0) for other in circle), row)))
    return [sorted(circle) for circle in remaining if len(circle) >= FEWEST]


def _fitting(circles: Sequence[Sequence[int]], near: Neighbours) -> list[list[int]]:
    """Without the rows that are only there because every row has to be somewhere."""
    remaining = [set(circle) for circle in circles]
    for circle in remaining:
        # Whoever held on to one that leaves may have nothing else to hold on to.
        while weak := {row for row in circle if _strength(row, frozenset(circle), near) < LOOSEST}:
            circle.difference_update(weak)
    return [sorted(circle) for circle in remaining if len(circle) >= FEWEST]


def _also(circles: Sequence[Sequence[int]], near: Neighbours) -> list[list[int]]:
    """Per circle the rows at home elsewhere whose vote for it is close."""
    home = {row: n for n, circle in enumerate(circles) for row in circle}
    also: list[list[int]] = [[] for _ in circles]
    for row, at_home in sorted(home.items()):
        cast = votes(row, near, home)
        own = cast.pop(at_home, 0.0)
        close = sorted((n for n, weight in cast.items() if weight >= CLOSE_VOTE * own), key=lambda n: (-cast[n], n))
        for n in close[:MOST_ALSO]:
            ties = sum(home.get(other) == n for other in near[row])
            if ties >= FEWEST_TIES and len(circles[n]) + len(also[n]) < MOST:
                also[n].append(row)
    return also


def _group(
    witness: Witness,
    circle: Sequence[int],
    *,
    also: Sequence[int],
    key: str | None,
    label: Label,
    pairs: PairsByRows,
    near: Neighbours,
) -> Group:
    inside = frozenset(circle)
    members = [_member(witness, row, inside, role="main", pairs=pairs, near=near) for row in circle]
    others = [_member(witness, row, inside, role="also", pairs=pairs, near=near) for row in also]
    ordered = (*sorted(members, key=_strongest_first), *sorted(others, key=_strongest_first))
    return Group(key, ordered, label, labels.reasons(Circle(witness, tuple(circle))))


def _member(
    witness: Witness, row: int, inside: frozenset[int], *, role: Role, pairs: PairsByRows, near: Neighbours
) -> Member:
    tied = sorted((other for other in near[row] if other in inside), key=lambda other: (-near[row][other], other))
    shared = [(other, pairs[min(row, other), max(row, other)].reasons) for other in tied]
    key = witness.corpus.listings[row].key
    return Member(key, round(_strength(row, inside, near), 4), role, belonging(witness, row, shared))


def _strength(row: int, inside: frozenset[int], near: Neighbours) -> float:
    """The mean of its best ties in the group."""
    ties = sorted((weight for other, weight in near[row].items() if other in inside), reverse=True)[:BEST_TIES]
    return sum(ties) / max(len(ties), 1)


def _strongest_first(member: Member) -> tuple[float, int]:
    return -member.strength, member.key
