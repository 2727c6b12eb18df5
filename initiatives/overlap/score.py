"""How much two listings overlap, 0–1, and what that is made of.

The topic is the weighted mean of the aspects that both tell of (`aspects.WEIGHTS`): what is not known counts neither
for nor against. Circumstances then bring a topic shared in part nearer to whole, and cannot make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.aspects import WEIGHTS, Aspects
from initiatives.overlap.places import closeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.values import Listing

# How far each circumstance closes the gap between the topic and 1. Chosen so that all together close a third: two
# tool libraries in two cities stay nearer than a tool library and a garden in one street.
CIRCUMSTANCES: Mapping[str, float] = {"place": 0.15, "network": 0.08, "licence": 0.03, "structure": 0.02, "link": 0.2}
# A text alone can be alike by chance, and nothing else is known to confirm it: a topic is never surer than this share
# of what is known of it.
UNTOLD = 0.25


@dataclass(frozen=True, slots=True)
class Score:
    value: float
    topic: float
    parts: dict[str, float]


def topics(parts: Mapping[str, NDArray[np.float32]], told: Sequence[str]) -> NDArray[np.float32]:
    """Per pair the weighted mean of the aspects known of both, NaN where unknown. UNTOLD of the weight of what others
    tell and these do not stays in the denominator."""
    values = np.stack([parts[name] for name in told])
    weights = np.array([WEIGHTS[name] for name in told], dtype=np.float32)[:, None]
    known = np.where(np.isnan(values), 0, weights).sum(axis=0)
    missing = weights.sum() - known
    return np.asarray((np.nan_to_num(values) * weights).sum(axis=0) / (known + UNTOLD * missing), np.float32)


def scores(aspects: Aspects, listings: tuple[Listing, ...], pairs: NDArray[np.int64]) -> list[Score]:
    if not len(pairs):
        return []
    parts = aspects.parts(pairs[:, 0], pairs[:, 1])
    columns = {name: values.tolist() for name, values in parts.items()}
    return [
        _score({name: column[n] for name, column in columns.items()}, topic, listings[a], listings[b])
        for n, ((a, b), topic) in enumerate(zip(pairs.tolist(), topics(parts, aspects.told).tolist(), strict=True))
    ]


def _score(known: dict[str, float], topic: float, a: Listing, b: Listing) -> Score:
    around = circumstances(a, b)
    lift = sum(CIRCUMSTANCES[name] * value for name, value in around.items())
    told = {name: round(value, 3) for name, value in (known | around).items() if not isnan(value) and value > 0}
    return Score(round(topic + (1 - topic) * topic * lift, 4), topic, told)


def circumstances(a: Listing, b: Listing) -> dict[str, float]:
    return {
        "place": closeness(a, b),
        "network": float(bool(set(a.networks) & set(b.networks))),
        "licence": float(bool(set(a.licences) & set(b.licences))),
        "structure": float(bool(a.structure) and a.structure == b.structure),
        "link": float(b.key in a.partners or a.key in b.partners),
    }
