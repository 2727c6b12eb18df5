"""Duplicates against pairs of which it is known whether they are one: as shipped, and fitted afresh in folds."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import precision_recall_curve

from benchmarks.fitting import cross_validated
from initiatives.overlap.duplicates import POSSIBLE, DuplicateIndex
from initiatives.overlap.identity import row_of
from initiatives.overlap.likeness import features, probability
from initiatives.overlap.values import Identity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PRECISE = 0.95


def measured(path: Path, *, errors: int = 0, folds: int = 0) -> dict[str, object]:
    """With `folds` also `cross_validated`: the same figures of weights fitted without the pairs they are asked of, and
    the weights that all pairs together give."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    truth = np.array([int(row["label"]) for row in rows], dtype=bool)
    told = _features(rows)
    likely = np.array([probability(each) for each in told])
    found = _figures(truth, likely) | ({"worst": _worst(rows, truth, likely, errors)} if errors else {})
    if folds:
        fresh, weights = cross_validated(rows, told, truth, folds=folds)
        found["cross_validated"] = _figures(truth, fresh)
        found["fitted"] = weights
    return found


def _features(rows: list[dict[str, str]]) -> list[dict[str, float]]:
    """Every name of the file goes into one index first, so that a word is as rare as it is there."""
    index = DuplicateIndex()
    known = {identity for row in rows for identity in (identity_of(row, "a"), identity_of(row, "b"))}
    for key, identity in enumerate(sorted(known, key=repr)):
        index.add(key, identity)
    sides = ((row_of(identity_of(row, "a")), row_of(identity_of(row, "b"))) for row in rows)
    return [features(a, b, index.rarity) for a, b in sides]


def identity_of(row: Mapping[str, str], side: str) -> Identity:
    return Identity(
        name=row[f"name_{side}"],
        website=row.get(f"website_{side}") or "",
        city=row[f"city_{side}"],
        country=row[f"country_{side}"],
        latitude=_number(row[f"lat_{side}"]),
        longitude=_number(row[f"lon_{side}"]),
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _figures(truth: np.ndarray, likely: np.ndarray) -> dict[str, object]:
    told = likely >= POSSIBLE
    precision = float(truth[told].mean()) if told.any() else 0.0
    recall = float(told[truth].mean())
    at, found, _ = precision_recall_curve(truth, likely)
    best = 2 * at * found / np.maximum(at + found, 1e-9)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "best_f1": round(float(best.max()), 4),
        "recall_at_p95": round(float(found[at >= PRECISE].max()), 4),
    }


def _worst(rows: list[dict[str, str]], truth: np.ndarray, likely: np.ndarray, count: int) -> list[str]:
    wrong = np.argsort(-np.abs(truth - likely))[:count]
    return [
        f"{likely[n]:.2f} is {int(truth[n])}: {rows[n]['name_a']} ({rows[n]['city_a']}) | "
        f"{rows[n]['name_b']} ({rows[n]['city_b']})"
        for n in wrong
    ]
