"""The fifteen nearest of every listing by tf-idf over its words, by scikit-learn."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neighbors import NearestNeighbors

if TYPE_CHECKING:
    from benchmarks.directory import Directory

NEEDS = None
QUESTION = "neighbours"
NEAREST = 15
# Exact search compares all with all: beyond this so many are asked for, and the time is what all would take.
ASKED = 5_000


def measured(directory: Directory) -> dict[str, Any]:
    texts = directory.texts
    started = perf_counter()
    rows = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    search = NearestNeighbors(n_neighbors=NEAREST + 1, algorithm="brute", metric="cosine").fit(rows)
    fitted = perf_counter()
    search.kneighbors(rows[:ASKED])
    asking = perf_counter() - fitted
    asked = min(ASKED, len(texts))
    return {"seconds": fitted - started + asking * len(texts) / asked, "asked": asked}
