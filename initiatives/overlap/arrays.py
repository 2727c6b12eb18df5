"""Small steps on arrays that several modules take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Matrix = "NDArray[np.float32]"

# A language with few texts has no reliable mean of its own: this many texts' worth of the mean of all is mixed in.
SHRINKAGE = 10
ZERO = 1e-9


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length one; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, ZERO)).astype(np.float32)


def centred(rows: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.float32]:
    """Each row less the mean of its language, at unit length.

    What all texts of a language have in common is the language, not what they are about: uncentred, neighbours are
    drawn into one language.
    """
    if not len(rows):
        return rows
    overall = rows.sum(axis=0) / (len(rows) + SHRINKAGE)
    result = np.empty_like(rows)
    codes = np.asarray(languages)
    for language in np.unique(codes):
        mine = codes == language
        mean = (rows[mine].sum(axis=0) + SHRINKAGE * overall) / (mine.sum() + SHRINKAGE)
        result[mine] = rows[mine] - mean
    return unit(result)
