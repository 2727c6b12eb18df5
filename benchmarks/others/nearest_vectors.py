"""The fifteen nearest of every listing by sentence vectors, by scikit-learn's exact search."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from sklearn.neighbors import NearestNeighbors

if TYPE_CHECKING:
    from benchmarks.directory import Directory

NEEDS = None
QUESTION = "neighbours"
NEAREST = 15
# Exact search compares all with all: beyond this so many are asked for, and the time is what all would take.
ASKED = 20_000


def measured(directory: Directory) -> dict[str, Any]:
    rows = directory.vectors()
    asked = rows[:ASKED]
    started = perf_counter()
    search = NearestNeighbors(n_neighbors=NEAREST + 1, algorithm="brute", metric="cosine").fit(rows)
    search.kneighbors(asked)
    seconds = perf_counter() - started
    return {"seconds": seconds * len(rows) / len(asked), "asked": len(asked)}
