"""Groups as in BERTopic: UMAP to five dimensions, then HDBSCAN. Its customary settings, smallest group three."""

from __future__ import annotations

from collections import Counter, defaultdict
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sklearn.cluster import HDBSCAN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.directory import Directory

NEEDS = ("umap", "umap-learn")
QUESTION = "groups"
FEWEST, MOST = 3, 40
SEED = 7
WARMING_UP = 500


def measured(directory: Directory) -> dict[str, Any]:
    rows = directory.vectors()
    # Once on a few, so that its compiling is not counted.
    grouped(rows[:WARMING_UP])
    started = perf_counter()
    found = grouped(rows)
    seconds = perf_counter() - started
    every = Counter(found[found >= 0].tolist())
    told = circles(found)
    return {
        "seconds": seconds,
        "groups": len(told),
        "share_3_40": round(sum(map(len, told)) / max(len(rows), 1), 4),
        "largest": max(every.values(), default=0),
    }


def grouped(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """A number of its group per row, −1 for those left out."""
    from umap import UMAP

    flat = UMAP(n_components=5, n_neighbors=15, min_dist=0.0, metric="cosine", random_state=SEED, n_jobs=1)
    found: NDArray[np.int64] = HDBSCAN(min_cluster_size=FEWEST, copy=True).fit_predict(flat.fit_transform(rows))
    return found


def circles(found: NDArray[np.int64]) -> list[list[int]]:
    """Rows of each group of 3 to 40."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(found.tolist()):
        rows[group].append(row)
    return [rows[group] for group in sorted(rows) if group >= 0 and FEWEST <= len(rows[group]) <= MOST]
