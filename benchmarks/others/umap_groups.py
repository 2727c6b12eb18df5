"""Groups as in BERTopic: UMAP to five dimensions, then HDBSCAN. Its customary settings, smallest group three."""

from __future__ import annotations

from collections import Counter
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
    _grouped(rows[:WARMING_UP])
    started = perf_counter()
    found = _grouped(rows)
    seconds = perf_counter() - started
    sizes = Counter(int(group) for group in found if group >= 0)
    grouped = sum(size for size in sizes.values() if FEWEST <= size <= MOST)
    return {
        "seconds": seconds,
        "groups": len(sizes),
        "share_3_40": round(grouped / max(len(rows), 1), 4),
        "largest": max(sizes.values(), default=0),
    }


def _grouped(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    from umap import UMAP

    flat = UMAP(n_components=5, n_neighbors=15, min_dist=0.0, metric="cosine", random_state=SEED, n_jobs=1)
    return HDBSCAN(min_cluster_size=FEWEST, copy=True).fit_predict(flat.fit_transform(rows))
