"""The graph of ties: listings as rows, overlaps as weighted edges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

# A row fits a circle as well as its three best ties in it.
BEST_TIES = 3


@dataclass(frozen=True)
class Draws:
    """Per row the weight of its ties to its own circle, to the circle that draws it most beside that, and which that
    is (-1: none)."""

    own: NDArray[np.float64]
    best: NDArray[np.float64]
    circle: NDArray[np.int64]


@dataclass(frozen=True)
class Graph:
    """`pairs`: rows a < b, each pair once; `weights` beside them, greater than 0."""

    size: int
    pairs: NDArray[np.int64]
    weights: NDArray[np.float32]

    @cached_property
    def near(self) -> sparse.csr_matrix:
        """Both directions."""
        a, b = self.pairs[:, 0], self.pairs[:, 1]
        ends = (np.concatenate([a, b]), np.concatenate([b, a]))
        matrix = sparse.csr_matrix((np.concatenate([self.weights] * 2), ends), shape=(self.size, self.size))
        matrix.sort_indices()
        return matrix

    def ties(self, row: int) -> tuple[list[int], list[float]]:
        """The rows tied to this one, and how strongly."""
        start, end = self.near.indptr[row], self.near.indptr[row + 1]
        return self.near.indices[start:end].tolist(), self.near.data[start:end].tolist()

    def votes(self, row: int, home: Mapping[int, int]) -> dict[int, float]:
        """Per circle the weight of the ties of a row to it."""
        sums: dict[int, float] = defaultdict(float)
        for other, weight in zip(*self.ties(row), strict=True):
            if other in home:
                sums[home[other]] += weight
        return dict(sums)

    def strength(self, row: int, inside: Collection[int]) -> float:
        """How well it fits among these: the mean of its best ties there."""
        best = sorted((weight for other, weight in zip(*self.ties(row), strict=True) if other in inside), reverse=True)
        return sum(best[:BEST_TIES]) / max(len(best[:BEST_TIES]), 1)

    def draws(self, homes: NDArray[np.int32]) -> Draws:
        """How strongly circles draw every row at once. `homes`: the circle of each row, -1 for none."""
        a = np.repeat(np.arange(self.size), np.diff(self.near.indptr))
        theirs = homes[self.near.indices]
        placed = theirs >= 0
        width = int(homes.max(initial=0)) + 1
        votes = sparse.csr_matrix((self.near.data[placed], (a[placed], theirs[placed])), shape=(self.size, width))
        rows, circles = np.repeat(np.arange(self.size), np.diff(votes.indptr)), votes.indices
        at_home = circles == homes[rows]
        own = np.bincount(rows, np.where(at_home, votes.data, 0), minlength=self.size)
        others = np.where(at_home, 0, votes.data)
        order = np.lexsort((circles, -others, rows))
        first = order[np.flatnonzero(np.diff(rows[order], prepend=-1))]
        best, circle = np.zeros(self.size), np.full(self.size, -1, dtype=np.int64)
        best[rows[first]], circle[rows[first]] = others[first], np.where(others[first] > 0, circles[first], -1)
        return Draws(own, best, circle)

    def strengths(self, homes: NDArray[np.int32]) -> NDArray[np.float64]:
        """`strength` of every row in its own circle."""
        a = np.repeat(np.arange(self.size), np.diff(self.near.indptr))
        inside = (homes[a] == homes[self.near.indices]) & (homes[a] >= 0)
        rows, weights = a[inside], self.near.data[inside]
        order = np.lexsort((-weights, rows))
        rows, weights = rows[order], weights[order]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        rank = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
        best = rank < BEST_TIES
        sums = np.bincount(rows[best], weights[best], minlength=self.size)
        return np.asarray(sums / np.maximum(np.bincount(rows[best], minlength=self.size), 1))

    def among(self, rows: Sequence[int]) -> Graph:
        """The part of it between these rows, which are numbered anew in their order."""
        block = sparse.triu(self.near[rows][:, rows], k=1).tocoo()
        pairs = np.stack([block.row, block.col], axis=1).astype(np.int64)
        return Graph(len(rows), pairs, block.data.astype(np.float32))
