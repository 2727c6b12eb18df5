"""How much two listings overlap, 0–1, and what that is made of; many pairs at once.

The topic is the weighted mean of the aspects that both tell of (`field.WEIGHTS`): what is not known counts neither for
nor against. Circumstances then bring a topic shared in part nearer to whole, and cannot make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.field import TAGS, TEXT, WEIGHTS, WORK, Field
from initiatives.overlap.places import closenesses
from initiatives.overlap.reasons import OF_WORK, TAGS_FOR_STRENGTH, WORDS_FOR_STRENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from initiatives.overlap.executor import Executor
    from initiatives.overlap.values import Progress

# How far each circumstance closes the gap between the topic and 1. Chosen so that all together close a third: two
# tool libraries in two cities stay nearer than a tool library and a garden in one street.
CIRCUMSTANCES: Mapping[str, float] = {"place": 0.15, "network": 0.08, "licence": 0.03, "structure": 0.02, "link": 0.2}
# Rare words in both confirm what the vectors say: P@10 osta without .317, at .5 .319, at .8 .320; susy .481 at all.
CONFIRMING = 0.8
# A text alone can be alike by chance, and nothing else is known to confirm it: a topic is never surer than this share
# of what is known of it.
UNTOLD = 0.25
# Cosines of vectors: at the lower end pairs drawn at random reach (95 % are below), at the upper end texts that say the
# same in other words.
COSINE_RANGE = (0.15, 0.75)
# Pairs scored in one task: their vectors take 400 MB in 32-bit numbers, half of it for a moment.
PAIRS = 100_000


@dataclass(frozen=True)
class Scores:
    """A column for each pair: the score; its parts, NaN where one of the two tells nothing; and how strongly the best
    reason that can be had from arrays says what both do (0–1; `reasons.told` is never less)."""

    value: NDArray[np.float32]
    told: NDArray[np.float32]
    parts: Mapping[str, NDArray[np.float32]]

    def parts_of(self, place: int) -> dict[str, float]:
        """What one pair's score is made of, as it is stored."""
        known = {name: float(column[place]) for name, column in self.parts.items()}
        return {name: round(value, 3) for name, value in known.items() if not isnan(value) and value > 0}

    @property
    def alike(self) -> NDArray[np.float32]:
        """In what they do, as told by texts, activities or tags."""
        columns = [np.nan_to_num(self.parts[name]) for name in (TEXT, WORK, TAGS)]
        return np.maximum.reduce(columns)


def scores(
    field: Field,
    pairs: NDArray[np.int64],
    *,
    executor: Executor,
    told: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Scores:
    """Of pairs of rows. `told`: the aspects that are missed where one of the two tells nothing of them; if not said,
    those that anybody tells of."""
    chunks = [pairs[start : start + PAIRS] for start in range(0, len(pairs), PAIRS)] or [pairs]
    found: list[Scores] = []
    for each in executor.map(partial(_scores, field, field.told if told is None else told), chunks):
        found.append(each)
        if progress:
            progress("scores", min(len(found) * PAIRS, len(pairs)), len(pairs))
    return Scores(
        np.concatenate([each.value for each in found]),
        np.concatenate([each.told for each in found]),
        {name: np.concatenate([each.parts[name] for each in found]) for name in found[0].parts},
    )


def _scores(field: Field, told: Sequence[str], pairs: NDArray[np.int64]) -> Scores:
    a, b = pairs[:, 0], pairs[:, 1]
    alike = {TEXT: _text(field, a, b)} | {name: _aspect(rows, a, b) for name, rows in field.aspects.items()}
    around = _circumstances(field, a, b)
    topic = topics(alike, told)
    work, tags, words = _told(field, a, b)
    lift = sum(np.float32(CIRCUMSTANCES[name]) * values for name, values in around.items()) + CONFIRMING * words
    value = np.round(topic + (1 - topic) * topic * lift, 4)
    strongest = np.maximum.reduce([work, tags, words, around["link"]])
    return Scores(value.astype(np.float32), strongest, alike | around | {"words": words})


def topics(parts: Mapping[str, NDArray[np.float32]], told: Sequence[str]) -> NDArray[np.float32]:
    """Per pair the weighted mean of the aspects known of both, NaN where unknown. UNTOLD of the weight of what others
    tell and these do not stays in the denominator."""
    values = np.stack([parts[name] for name in told])
    weights = np.array([WEIGHTS[name] for name in told], dtype=np.float32)[:, None]
    known = np.where(np.isnan(values), 0, weights).sum(axis=0)
    missing = weights.sum() - known
    return np.asarray((np.nan_to_num(values) * weights).sum(axis=0) / (known + UNTOLD * missing), np.float32)


def _text(field: Field, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    low, high = COSINE_RANGE
    cosines = np.einsum("ij,ij->i", field.texts(a), field.texts(b))
    return np.clip((cosines - low) / (high - low), 0, 1).astype(np.float32)


def _aspect(matrix: sparse.csr_matrix, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    """0–1; NaN where one of the two tells nothing."""
    alike = _sums(matrix[a].multiply(matrix[b]))
    told = np.diff(matrix.indptr) > 0
    return np.where(told[a] & told[b], np.clip(alike, 0, 1), np.nan).astype(np.float32)


def _circumstances(field: Field, a: NDArray[np.int64], b: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    same_city = (field.cities[a] == field.cities[b]) & (field.cities[a] >= 0)
    form = (field.structures[a] == field.structures[b]) & (field.structures[a] >= 0)
    linked = (
        [pair in field.links for pair in zip(a.tolist(), b.tolist(), strict=True)] if field.links else [False] * len(a)
    )
    return {
        "place": closenesses(field.points[a], field.points[b], same_city),
        "network": (_sums(field.networks[a].multiply(field.networks[b])) > 0).astype(np.float32),
        "licence": (_sums(field.licences[a].multiply(field.licences[b])) > 0).astype(np.float32),
        "structure": form.astype(np.float32),
        "link": np.array(linked, dtype=np.float32),
    }


def _told(field: Field, a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[NDArray[np.float32], ...]:
    """Strengths as `reasons.py` weighs them, for all pairs at once: of the work that both do, and of the tags and the
    words that both have."""
    surest = field.works[a].minimum(field.works[b]).max(axis=1).todense()
    work = np.asarray(surest, dtype=np.float32).ravel() * np.float32(OF_WORK)
    tags = _sums(field.tags[a].minimum(field.tags[b]).power(2))
    words = _sums(field.words[a].minimum(field.words[b]))
    return work, 1 - np.exp(-tags / TAGS_FOR_STRENGTH), 1 - np.exp(-words / WORDS_FOR_STRENGTH)


def _sums(matrix: sparse.csr_matrix) -> NDArray[np.float32]:
    return np.asarray(matrix.sum(axis=1), dtype=np.float32).ravel()
