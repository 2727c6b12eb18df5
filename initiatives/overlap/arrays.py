"""Small steps on arrays that several modules take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A language with few texts has no reliable mean of its own: this many texts' worth of the mean of all is mixed in.
SHRINKAGE = 10
# Shorter than this is of no length.
ZERO = 1e-9
# The least number above zero.
ABOVE_ZERO = np.finfo(np.float32).smallest_subnormal
# A signed byte holds a number of a unit row as so many parts of one.
SCALE = 127


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length one; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, ZERO)).astype(np.float32)


def unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """The same of a sparse matrix."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags_array((1 / np.maximum(lengths, ZERO)).astype(np.float32)) @ matrix).tocsr()


def as_bytes(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    """Unit rows as signed bytes, one for 1/127."""
    return np.rint(unit(rows) * SCALE).astype(np.int8)


def as_codes(pairs: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    """One number for each pair of rows, in the same order: pairs of numbers take ten times as long to sort and find."""
    return np.asarray(pairs[:, 0] * max(rows, 1) + pairs[:, 1])


def as_pairs(codes: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    return np.stack([codes // max(rows, 1), codes % max(rows, 1)], axis=1)


def largest(block: NDArray[np.float32], count: int, own: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Of every row the `count` largest above zero, as (row, column) numbers. Of equals those that come first behind the
    row's own column, round and round: else all of a crowd of equals would choose the same few."""
    width = block.shape[1]
    count = min(count, width)
    if not count:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # The values alone are parted much quicker than their places (a third of the time, ties a thirtieth).
    least = np.maximum(np.partition(block, width - count, axis=1)[:, width - count], ABOVE_ZERO)
    chosen = block >= least[:, None]
    for row in np.flatnonzero(np.count_nonzero(chosen, axis=1) > count).tolist():
        equals = np.flatnonzero(block[row] == least[row])
        others = int(np.count_nonzero(chosen[row])) - len(equals)
        chosen[row, equals] = False
        behind = np.roll(equals, -int(np.searchsorted(equals, own[row])))
        chosen[row, behind[: count - others]] = True
    return np.nonzero(chosen)


@dataclass(frozen=True)
class Centre:
    """What all texts of a language have in common is the language, not what they are about: uncentred, neighbours are
    drawn into one language."""

    languages: tuple[str, ...]
    means: NDArray[np.float32]  # a row for each language, and the last for any other

    def centred(self, rows: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.float32]:
        """Each row less the mean of its language, at unit length."""
        place = {language: n for n, language in enumerate(self.languages)}
        return unit(rows - self.means[[place.get(language, -1) for language in languages]])


def centre(rows: NDArray[np.float32], languages: Sequence[str]) -> Centre:
    overall = rows.sum(axis=0) / (len(rows) + SHRINKAGE)
    codes = np.asarray(languages)
    known = tuple(np.unique(codes).tolist())
    means = [
        (rows[mine].sum(axis=0) + SHRINKAGE * overall) / (mine.sum() + SHRINKAGE)
        for mine in (codes == language for language in known)
    ]
    return Centre(known, np.stack([*means, overall]).astype(np.float32))
