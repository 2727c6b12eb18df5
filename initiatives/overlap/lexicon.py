"""What single words mean, by the sentence encoder, remembered: the same words come again and again.

A directory of some hundreds cannot know from counting that “immediately” is common and “orchard” is not. The encoder
can: a word whose own vector points where the whole text points is what the text is about.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import SCALE, as_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.encoder import Encoder

# As bytes a word takes half a kilobyte: 100 MB at most. Then all is forgotten, and the words in use come back at once.
MOST_KEPT = 200_000


class Lexicon:
    """Vectors of words and titles, 512 numbers at unit length."""

    def __init__(self, encoder: Encoder, *, most: int = MOST_KEPT) -> None:
        self._encoder = encoder
        self._most = most
        self._known: dict[str, NDArray[np.int8]] = {}
        # Nobody forgets the words that somebody else is about to take.
        self._lock = RLock()

    def learn(self, words: Iterable[str]) -> None:
        """Those not yet known, in one go: one by one takes four times as long."""
        asked = set(words)
        with self._lock:
            if len(self._known) + len(asked.difference(self._known)) > self._most:
                self._known.clear()
            if unknown := sorted(asked.difference(self._known)):
                self._known.update(zip(unknown, as_bytes(self._encoder.encode(unknown)), strict=True))

    def vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        """A row for each word."""
        if not words:
            return np.zeros((0, 1), dtype=np.float32)
        with self._lock:
            self.learn(words)
            rows = np.stack([self._known[word] for word in words])
        return rows.astype(np.float32) / np.float32(SCALE)
