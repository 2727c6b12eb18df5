"""The cells that a space falls into: k-means over the listings' positions. A cell is where a search begins, the unit of
work of a whole computation, and the key by which a directory can be spread over machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from initiatives.overlap.field import Field

# K = 1.5 √n: then the cells to be compared with and the rows in them grow alike. A smallint holds the number.
PER_ROOT, MOST_CELLS = 1.5, 2_048
# Rows per cell that its middle is found from, and rounds: more of either moves no middle that matters.
SAMPLE_EACH, ROUNDS = 32, 6
SEED = 7
BATCH = 20_000


@dataclass(frozen=True)
class Cells:
    """`middles`: a row per cell, of the same width as `Field.dense`."""

    middles: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.middles)

    def of(self, positions: NDArray[np.float32]) -> NDArray[np.int16]:
        """The cell that each position lies in."""
        return self._nearness(positions).argmax(axis=1).astype(np.int16)

    def nearest(self, positions: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """The `count` nearest cells of each position, nearest first."""
        return np.argsort(-self._nearness(positions), axis=1, kind="stable")[:, :count]

    def _nearness(self, positions: NDArray[np.float32]) -> NDArray[np.float32]:
        """Greater where the distance is smaller: |x - c|² without |x|², which is the same for all cells."""
        return positions @ self.middles.T - (self.middles**2).sum(axis=1) / np.float32(2)


def found_cells(field: Field) -> Cells:
    count = min(MOST_CELLS, max(1, round(PER_ROOT * len(field) ** 0.5)), max(1, len(field)))
    sample = field.dense(slice(None, None, max(1, len(field) // (count * SAMPLE_EACH))))
    if not len(sample):
        return Cells(np.zeros((1, sample.shape[1]), dtype=np.float32))
    if len(sample) <= count:
        return Cells(sample)
    start = np.random.default_rng(SEED).choice(len(sample), count, replace=False)
    # Imported only here: it takes a second and 60 MB, and web processes never come here.
    from sklearn.cluster import KMeans

    found = KMeans(count, init=sample[np.sort(start)], n_init=1, max_iter=ROUNDS, algorithm="lloyd").fit(sample)
    return Cells(np.ascontiguousarray(found.cluster_centers_, dtype=np.float32))


def cells_of(field: Field, cells: Cells) -> NDArray[np.int16]:
    """Of every row its cell."""
    parts = [cells.of(positions) for positions in _batches(field)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)


def _batches(field: Field) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(field), BATCH):
        yield field.dense(slice(start, start + BATCH))
