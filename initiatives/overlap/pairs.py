"""Pairs worth showing: candidates, scored, with reasons enough, and as people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.aspects import TAGS, TEXT, WORK
from initiatives.overlap.reasons import Witness, enough, told
from initiatives.overlap.score import Score, scores
from initiatives.overlap.values import Pair, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from initiatives.overlap.aspects import Aspects
    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.values import PairKind, Progress
    from initiatives.overlap.verdicts import Verdicts

# Under this half of the pairs read were no peers, whatever words they shared.
LEAST = 0.25
# In what they do, as told by texts, activities or tags, at least this, whatever their domain.
LEAST_ALIKE = 0.15
# What holds a circle together may be thinner than what makes two of them peers, but it must be told too.
LEAST_TIE, LEAST_TOLD = 0.18, 0.1
# A need that meets an offer is worth showing from here, when the two do different things.
LEAST_MATCH = 0.5
# How many listings of one network or city are compared each with each: beyond, the neighbours must do.
STEP = 1_000


def candidates(corpus: Corpus, near: NDArray[np.int64], extra: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Neighbours, needs that meet offers, links that listings tell of and pairs that people judged: each once."""
    linked = (
        (row, corpus.rows[key])
        for row, listing in enumerate(corpus.listings)
        for key in listing.partners
        if key in corpus.rows
    )
    more = [(min(pair), max(pair)) for pair in (*extra, *linked) if pair[0] != pair[1]]
    added = np.array(more, dtype=np.int64).reshape(-1, 2)
    return np.unique(np.concatenate([near, added]), axis=0)


@dataclass(frozen=True)
class Judged:
    """`shown`: pairs to show; `ties`: those and thinner ones, as edges of the graph that groups are found in."""

    shown: tuple[Pair, ...]
    ties: tuple[Pair, ...]


def judged(
    witness: Witness, aspects: Aspects, pairs: NDArray[np.int64], *, verdicts: Verdicts, progress: Progress
) -> Judged:
    """Pairs of rows become pairs of keys, if they overlap."""
    listings = witness.corpus.listings
    shown, ties = [], []
    for n, ((a, b), score) in enumerate(zip(pairs.tolist(), scores(aspects, listings, pairs), strict=True)):
        pair = _judged(witness, a, b, score=score, verdicts=verdicts)
        if pair is not None and pair.kind == "peers":
            ties.append(pair)
        if pair is not None and _is_worth_showing(pair):
            shown.append(pair)
        if n % STEP == STEP - 1:
            progress("reasons", n + 1, len(pairs))
    return Judged(tuple(shown), tuple(ties))


def _judged(witness: Witness, a: int, b: int, *, score: Score, verdicts: Verdicts) -> Pair | None:
    one, other = witness.corpus.listings[a].key, witness.corpus.listings[b].key
    verdict = verdicts.of(one, other)
    matched = witness.matches.get((a, b), ())
    if verdict in ("unrelated", "same") or (verdict is None and score.value < LEAST_TIE and not matched):
        return None
    reasons = witness.reasons(a, b)
    if verdict is not None:
        said = Reason("verdict", 1.0, {})
        kind: PairKind = "complementary" if verdict == "complementary" else "peers"
        return Pair(one, other, max(score.value, 0.9), score.parts, (said, *reasons), kind)
    peers = Pair(one, other, score.value, score.parts, reasons, "peers")
    strength = max((match.strength for match in matched), default=0.0)
    if strength >= LEAST_MATCH and not _is_worth_showing(peers):
        parts = score.parts | {"exchange": round(strength, 3)}
        return Pair(one, other, round(strength, 4), parts, reasons, "complementary")
    return peers if score.value >= LEAST_TIE and told(reasons) >= LEAST_TOLD else None


def _is_worth_showing(pair: Pair) -> bool:
    """As peers by what they do: not by what one of them needs, nor by a domain and a word or two."""
    if pair.kind == "complementary" or (pair.reasons[:1] and pair.reasons[0].kind == "verdict"):
        return True
    alike = max(pair.parts.get(name, 0.0) for name in (TEXT, WORK, TAGS))
    return pair.score >= LEAST and alike >= LEAST_ALIKE and enough(pair.reasons)
