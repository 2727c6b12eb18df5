"""An encoder that encodes no text twice, for benchmarks that run the engine on one directory again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.encoder import DIMENSIONS, Encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class RememberingEncoder:
    def __init__(self, behind: Encoder) -> None:
        self.version = behind.version
        self._behind = behind
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(fresh, self._behind.encode(fresh), strict=True)
        return np.stack([self._known[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), dtype=np.float32)
