"""What one member shares with the others of its group, told from its own side.

The reasons of its pairs name things in the words of the first of each two, and differ from pair to pair. Here they
become one reason of each kind: in the member's own words, and naming only others who share every thing that is named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from initiatives.overlap.values import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from initiatives.overlap.reasons import Witness
    from initiatives.overlap.values import Evidence

MOST_REASONS = 5
MOST_NAMED = 3
MOST_THINGS = 4

# The kinds of which only their name is told, and with whom.
OTHERS = ("linked", "nearby", "need_meets_offer", "same_structure", "verdict")
# The kinds that name several things, and what these are called in their evidence.
THINGS = {"shared_tags": "tags", "shared_words": "words", "same_network": "networks", "shared_licence": "licences"}
# The kinds that name one thing, and its name; the rest of their evidence goes with it.
ONE_THING = {"same_work": "activity", "same_domain": "domain", "same_city": "city_name"}


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that the member shares with another (a key), of a kind and with a strength."""

    kind: str
    thing: str | int
    other: int
    strength: float
    evidence: Evidence


def belonging(witness: Witness, row: int, ties: Iterable[tuple[int, Sequence[Reason]]]) -> tuple[Reason, ...]:
    """Strongest first, each with the keys of others who share it (`with`, nearest first). `ties`: rows of others in the
    group, nearest first, with the reasons that the two share."""
    by_kind: dict[str, list[Shared]] = defaultdict(list)
    for other, reasons in ties:
        for shared in _shared(witness, row, other, reasons):
            by_kind[shared.kind].append(shared)
    told = [reason for kind, these in by_kind.items() for reason in _reasons(kind, these)]
    return tuple(sorted(told, key=lambda reason: -reason.strength)[:MOST_REASONS])


def _shared(witness: Witness, row: int, other: int, reasons: Sequence[Reason]) -> Iterator[Shared]:
    key = witness.corpus.listings[other].key
    for reason in reasons:
        for thing in _things(witness, row, other, reason):
            yield Shared(reason.kind, thing, key, reason.strength, reason.evidence)


def _things(witness: Witness, row: int, other: int, reason: Reason) -> Sequence[str | int]:
    """What the reason names, in the member's own words."""
    if reason.kind in ONE_THING:
        return [reason.evidence[ONE_THING[reason.kind]]]
    if reason.kind in OTHERS:
        return [reason.kind]
    if reason.kind in ("words_across", "alike_words"):
        side = 0 if row < other else 1
        return [pair[side] for pair in reason.evidence["pairs"]]
    things: Sequence[str | int] = reason.evidence.get(THINGS.get(reason.kind, ""), ())
    if reason.kind == "shared_words" and other < row:  # spelled as the other spells them
        mine, theirs = witness.corpus.words[row], witness.corpus.words[other]
        stems = {word.surface: stem for stem, word in theirs.items()}
        return [mine[stem].surface for word in things if (stem := stems.get(str(word), "")) in mine]
    return things


def _reasons(kind: str, shared: Sequence[Shared]) -> Iterator[Reason]:
    holders: dict[str | int, list[int]] = defaultdict(list)
    for each in shared:
        holders[each.thing].append(each.other)
    if kind in ONE_THING or kind in OTHERS:
        for thing, others in holders.items():
            best = max((each for each in shared if each.thing == thing), key=lambda each: each.strength)
            evidence = {name: value for name, value in best.evidence.items() if name != "words"}
            yield Reason(kind, best.strength, {**evidence, "with": others[:MOST_NAMED]})
        return
    widest = max(holders, key=lambda thing: len(holders[thing]))
    named = holders[widest][:MOST_NAMED]
    common = [thing for thing, others in holders.items() if set(named) <= set(others)][:MOST_THINGS]
    name = THINGS.get(kind, "words")
    yield Reason(kind, max(each.strength for each in shared), {name: common, "with": named})
