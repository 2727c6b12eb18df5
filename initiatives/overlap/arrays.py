"""Small steps on arrays that several modules take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A language with few texts has no reliable mean of its own: this many texts' worth of the mean of all is mixed in.
SHRINKAGE = 10
ZERO = 1e-9
# A signed byte holds a number of a unit row as so many parts of one.
SCALE = 127


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length one; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, ZERO)).astype(np.float32)


def as_bytes(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    """Unit rows as signed bytes, one for 1/127."""
    return np.rint(unit(rows) * SCALE).astype(np.int8)


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
