"""Pairs worth showing, and the graph that groups are found in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import as_codes, as_pairs
from initiatives.overlap.field import TEXT
from initiatives.overlap.reasons import WEAK, Witness, enough, told
from initiatives.overlap.values import Pair, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from initiatives.overlap.field import Field
    from initiatives.overlap.score import Scores
    from initiatives.overlap.values import PairKind, Progress, VerdictKind
    from initiatives.overlap.verdicts import Verdicts

# Under this half of the pairs read were no peers, whatever words they shared. Of the ten that are shown with a listing
# of the solidarity map, .62 share its label at .25, .64 at .3, .65 at .33 with fewer and fewer shown.
LEAST = 0.3
# Whoever asks in a sentence has few words to share: one will do.
LEAST_ASKED, LEAST_TOLD_ASKED = 0.2, 0.1
# In what they do, as told by texts, activities or tags, at least this, whatever their domain.
LEAST_ALIKE = 0.15
# What holds a circle together may be thinner than what makes two of them peers, but it must be told too.
LEAST_TIE, LEAST_TOLD = 0.18, 0.05
# Two languages share no words to tell it by: then what the texts mean must be this much alike (a cosine of .21).
LEAST_ACROSS = 0.1
# A need that meets an offer is worth showing from here, when the two do different things.
LEAST_MATCH = 0.5
# What a person said weighs at least this.
SAID = 0.9
STEP = 1_000


def candidates(field: Field, near: NDArray[np.int64], extra: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Neighbours, needs that meet offers, links that listings tell of and pairs that people judged: each once."""
    more = sorted({(min(pair), max(pair)) for pair in (*extra, *field.links) if pair[0] != pair[1]})
    if not more:
        return near
    added = np.array(more, dtype=np.int64).reshape(-1, 2)
    return as_pairs(np.union1d(as_codes(near, len(field)), as_codes(added, len(field))), len(field))


@dataclass(frozen=True)
class Ties:
    """The edges of the graph: rows a < b and their weights."""

    pairs: NDArray[np.int64]
    weights: NDArray[np.float32]


def ties(field: Field, pairs: NDArray[np.int64], scored: Scores, *, verdicts: Verdicts) -> Ties:
    """Pairs whose overlap is told by something, if only thinly, and as people decided."""
    across = field.languages[pairs[:, 0]] != field.languages[pairs[:, 1]]
    is_told = (scored.told >= LEAST_TOLD) | (across & (scored.parts[TEXT] >= LEAST_ACROSS))
    weights = scored.value.copy()
    kept = is_told & (weights >= LEAST_TIE)
    for place, verdict in decided(field, pairs, verdicts).items():
        kept[place] = verdict == "peers"
        weights[place] = max(float(weights[place]), SAID)
    return Ties(pairs[kept], weights[kept])


def decided(field: Field, pairs: NDArray[np.int64], verdicts: Verdicts) -> dict[int, VerdictKind]:
    """Places of the pairs that people judged, with what they said."""
    rows = {int(key): row for row, key in enumerate(field.keys)} if verdicts else {}
    said = {
        min(rows[a], rows[b]) * len(field) + max(rows[a], rows[b]): verdict
        for (a, b), verdict in verdicts.items()
        if a in rows and b in rows
    }
    codes = as_codes(pairs, len(field))
    places = np.flatnonzero(np.isin(codes, np.array(sorted(said), dtype=np.int64)))
    return {int(place): said[int(codes[place])] for place in places}


def shown(
    witness: Witness,
    field: Field,
    pairs: NDArray[np.int64],
    scored: Scores,
    *,
    verdicts: Verdicts,
    asking: bool = False,
    progress: Progress | None = None,
) -> tuple[Pair, ...]:
    """Pairs of rows become pairs of keys with their reasons, if they have reasons enough. Reasons are asked only of
    those that arrays cannot rule out."""
    judged = decided(field, pairs, verdicts)
    hopeful = (scored.value >= (LEAST_ASKED if asking else LEAST)) & (scored.alike >= LEAST_ALIKE)
    if witness.across is None:
        # What words of one meaning tell arrays do not know; without an encoder nobody does.
        hopeful &= (scored.told >= WEAK) | (field.languages[pairs[:, 0]] != field.languages[pairs[:, 1]])
    places = {int(place) for place in np.flatnonzero(hopeful)} | set(judged)
    places |= _meeting(witness, pairs, len(field))
    if witness.across:
        witness.across.prepare(pairs[np.flatnonzero(hopeful)].ravel().tolist())
    found = []
    for n, place in enumerate(sorted(places)):
        a, b = (int(row) for row in pairs[place])
        score = float(scored.value[place]) if hopeful[place] or place in judged else 0.0
        pair = _shown(
            witness, a, b, score=score, parts=scored.parts_of(place), verdict=judged.get(place), asking=asking
        )
        if pair is not None:
            found.append(pair)
        if progress and n % STEP == STEP - 1:
            progress("reasons", n + 1, len(places))
    return tuple(found)


def _meeting(witness: Witness, pairs: NDArray[np.int64], rows: int) -> set[int]:
    """Places of the pairs of which one needs what the other offers."""
    if not witness.matches:
        return set()
    wanted = np.array(sorted(witness.matches), dtype=np.int64)
    return set(np.flatnonzero(np.isin(as_codes(pairs, rows), as_codes(wanted, rows))).tolist())


def _shown(
    witness: Witness,
    a: int,
    b: int,
    *,
    score: float,
    parts: dict[str, float],
    verdict: VerdictKind | None,
    asking: bool,
) -> Pair | None:
    if verdict in ("unrelated", "same"):
        return None
    one, other = witness.corpus.listings[a].key, witness.corpus.listings[b].key
    reasons = witness.reasons(a, b)
    if verdict is not None:
        kind: PairKind = "complementary" if verdict == "complementary" else "peers"
        said = Reason("verdict", 1.0, {})
        return Pair(one, other, round(max(score, SAID), 4), parts, (said, *reasons), kind)
    if score > 0 and (enough(reasons) or (asking and told(reasons) >= LEAST_TOLD_ASKED)):
        return Pair(one, other, round(score, 4), parts, reasons, "peers")
    strength = max((match.strength for match in witness.matches.get((a, b), ())), default=0.0)
    if strength >= LEAST_MATCH:
        return Pair(one, other, round(strength, 4), parts | {"exchange": round(strength, 3)}, reasons, "complementary")
    return None
