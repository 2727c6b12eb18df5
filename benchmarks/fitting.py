"""The logistic model of `initiatives.overlap.likeness`, fitted to labelled pairs.

All pairs of one initiative, under whatever of its names, stay in one fold, so that none is asked of weights that have
seen it. (A pair of two different ones goes with the first of both: following those on would make one fold of all.)
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from initiatives.overlap.likeness import BY_HAND, WEIGHTS
from initiatives.overlap.names import name_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

# Weak: twenty weights and thousands of pairs.
RIDGE = 0.2


def cross_validated(
    rows: Sequence[Mapping[str, str]], told: Sequence[Mapping[str, float]], truth: np.ndarray, *, folds: int
) -> tuple[np.ndarray, dict[str, float]]:
    """The probability of each pair by weights fitted to the other folds; the weights fitted to all."""
    names = list(WEIGHTS)
    table = np.array([[each.get(name, 0.0) for name in names] for each in told])
    fold = _folds(rows, truth, folds)
    likely = np.zeros(len(rows))
    for number in range(folds):
        held = fold == number
        weights, bias = _fitted(table[~held], truth[~held], names)
        likely[held] = 1 / (1 + np.exp(-table[held] @ weights - bias))
    weights, bias = _fitted(table, truth, names)
    return likely, {"bias": round(bias, 2)} | {
        name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True) if name not in BY_HAND
    }


def _fitted(table: np.ndarray, truth: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, float]:
    """Weights in the order of `names`, those by hand as they are, and the bias."""
    free = np.array([name not in BY_HAND for name in names])
    weights = np.array([WEIGHTS[name] for name in names])
    fixed = table[:, ~free] @ weights[~free]
    open_ = np.column_stack([table[:, free], np.ones(len(table))])
    sign = np.where(truth, 1.0, -1.0)

    def loss(asked: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (open_ @ asked + fixed)
        ridge = np.append(asked[:-1] * RIDGE, 0.0)
        # The logistic function of -margin, without overflow.
        pull = np.exp(-np.logaddexp(0, margin))
        return float(np.logaddexp(0, -margin).sum() + ridge @ asked / 2), ridge - open_.T @ (sign * pull)

    found = minimize(loss, np.zeros(open_.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 2_000}).x
    weights[free] = found[:-1]
    return weights, float(found[-1])


def _folds(rows: Sequence[Mapping[str, str]], truth: np.ndarray, count: int) -> np.ndarray:
    """By the first name of each cluster, so that the order of the file does not matter."""
    parents: dict[Hashable, Hashable] = {}
    for row, same in zip(rows, truth, strict=True):
        one, other = name_words(row["name_a"]), name_words(row["name_b"])
        for side, name in (("a", one), ("b", other)):
            if row.get(f"id_{side}"):
                _join(parents, name, (row.get(f"source_{side}"), row[f"id_{side}"], "id"))
        if same:
            _join(parents, one, other)
    clusters = (min(repr(_root(parents, name_words(row[f"name_{side}"]))) for side in "ab") for row in rows)
    return np.array([int(sha256(cluster.encode()).hexdigest(), 16) % count for cluster in clusters])


def _join(parents: dict[Hashable, Hashable], one: Hashable, other: Hashable) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)), key=repr)
    parents[second] = first


def _root(parents: dict[Hashable, Hashable], each: Hashable) -> Hashable:
    while (above := parents.get(each, each)) != each:
        each = above
    return each
