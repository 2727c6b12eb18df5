"""Who is nearest to whom, by exact products in blocks: below 20,000 rows that beats any index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from initiatives.overlap.aspects import Aspects
    from initiatives.overlap.values import Progress

NEAREST = 15
# Beside those: neighbours who write in another language, or there would be none for the larger languages.
ACROSS = 6
# Numbers of one block of products held at a time: 128 MB.
BLOCK = 32_000_000
# Beyond this the products take all cores, whoever else wants them.
SMALL = 20_000


def neighbour_pairs(aspects: Aspects, languages: Sequence[str], progress: Progress) -> NDArray[np.int64]:
    """Pairs of rows (a < b), each once, sorted: the nearest of every row, overall and among other languages."""
    rows = len(aspects.text)
    codes = np.unique(np.asarray(languages), return_inverse=True)[1] if rows else np.zeros(0, dtype=np.int64)
    found = [np.zeros((0, 2), dtype=np.int64)]
    with threadpool_limits(limits=1 if rows <= SMALL else None):
        for start, block in _products(*aspects.joint()):
            found.extend(_nearest(start, block, codes))
            progress("neighbours", start + len(block), rows)
    return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)


def _nearest(start: int, block: NDArray[np.float32], codes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Pairs of the rows from `start` on, whose products with all rows are in `block` (written over)."""
    mine = np.arange(start, start + len(block))
    block[np.arange(len(block)), mine] = -np.inf
    yield _top(block, mine, NEAREST)
    if codes.max(initial=0) > 0:
        block[codes[mine][:, None] == codes[None, :]] = -np.inf
        yield _top(block, mine, ACROSS)


def _products(dense: NDArray[np.float32], wide: sparse.csr_matrix | None) -> Iterator[tuple[int, NDArray[np.float32]]]:
    rows = len(dense)
    size = max(1, min(rows, BLOCK // max(rows, 1)))
    for start in range(0, rows, size):
        block = dense[start : start + size] @ dense.T
        if wide is not None:
            block += (wide[start : start + size] @ wide.T).toarray()
        yield start, block


def _top(block: NDArray[np.float32], mine: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Of every row the `count` largest above zero, as pairs of row numbers."""
    count = min(count, block.shape[1])
    best = np.argpartition(block, block.shape[1] - count, axis=1)[:, -count:]
    values = np.take_along_axis(block, best, axis=1)
    row, place = np.nonzero(values > 0)
    return np.stack([mine[row], best[row, place]], axis=1)
