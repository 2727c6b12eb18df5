"""Groups: communities of the graph of pairs, with members, reasons, a label and a lasting key."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from initiatives.overlap import labels
from initiatives.overlap.anchoring import kept_keys, starting_membership
from initiatives.overlap.communities import FEWEST, MOST, Neighbours, communities, neighbours, votes
from initiatives.overlap.labels import Circle
from initiatives.overlap.values import Group, Label, Member, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from initiatives.overlap.reasons import Witness
    from initiatives.overlap.values import Pair, PreviousGroup, Role
    from initiatives.overlap.verdicts import Verdicts

# A listing is also in a second or third group when its ties there weigh nearly as much as those at home.
CLOSE_VOTE = 0.7
MOST_ALSO = 2
FEWEST_TIES = 2
# A member fits as well as its three best ties in the group.
BEST_TIES = 3
MOST_REASONS = 5
MOST_NAMED = 5

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
    ties = sorted((weight for other, weight in near[row].items() if other in inside), reverse=True)[:BEST_TIES]
    shared = [
        (witness.corpus.listings[other].key, pairs[min(row, other), max(row, other)].reasons)
        for other in sorted(near[row], key=lambda other: (-near[row][other], other))
        if other in inside
    ]
    key = witness.corpus.listings[row].key
    return Member(key, round(sum(ties) / max(len(ties), 1), 4), role, _common_reasons(shared))


def _common_reasons(shared: Iterable[tuple[int, Sequence[Reason]]]) -> tuple[Reason, ...]:
    """The strongest reason of each kind and subject, and with whom it is shared (`with`: keys, nearest first)."""
    best: dict[tuple[str, str], Reason] = {}
    whom: dict[tuple[str, str], list[int]] = defaultdict(list)
    for other, reasons in shared:
        for reason in reasons:
            subject = (reason.kind, str(reason.evidence.get("activity") or reason.evidence.get("domain") or ""))
            whom[subject].append(other)
            if subject not in best or reason.strength > best[subject].strength:
                best[subject] = reason
    ordered = sorted(best, key=lambda subject: -best[subject].strength)[:MOST_REASONS]
    return tuple(_with(best[subject], whom[subject]) for subject in ordered)


def _with(reason: Reason, others: Sequence[int]) -> Reason:
    evidence: Mapping[str, object] = {**reason.evidence, "with": list(others[:MOST_NAMED])}
    return Reason(reason.kind, reason.strength, evidence)


def _strongest_first(member: Member) -> tuple[float, int]:
    return -member.strength, member.key
