"""Words of two languages that mean the same, found by the sentence encoder: “gereedschap” and “tools”.

Only the rarest words of listings that have a neighbour in another language are encoded, each once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.language import SAYS_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.encoder import Encoder

# The words a listing is described by: its rarest, those it repeats first.
WORDS_EACH = 14
SHORTEST_WORD = 4
# Single words of one meaning lie above .7 in this encoder, of one field (bread, flour) between .5 and .65.
SAME_MEANING = 0.68
MOST_PAIRS = 4


class WordPairs:
    """Word vectors of some rows of a corpus, to be compared pair by pair."""

    def __init__(self, corpus: Corpus, rows: Iterable[int], encoder: Encoder) -> None:
        self._words = {row: _telling_words(corpus, row) for row in sorted(set(rows))}
        distinct = sorted({word for words in self._words.values() for word, _ in words})
        self._places = {word: place for place, word in enumerate(distinct)}
        self._vectors = encoder.encode(distinct) if distinct else np.zeros((0, 1), dtype=np.float32)

    def aligned(self, a: int, b: int) -> list[tuple[str, str, float]]:
        """Pairs of words, each word the other's best, as (word of a, word of b, strength), best first.

        Words written alike are left out: they are shared words already.
        """
        words_a, words_b = self._words.get(a, []), self._words.get(b, [])
        if not words_a or not words_b:
            return []
        cosines = self._vectors_of(words_a) @ self._vectors_of(words_b).T
        found = []
        for row, column in enumerate(cosines.argmax(axis=1)):
            cosine = float(cosines[row, column])
            (word_a, rarity_a), (word_b, rarity_b) = words_a[row], words_b[column]
            mutual = cosines[:, column].argmax() == row
            if mutual and cosine >= SAME_MEANING and word_a[:5] != word_b[:5]:
                found.append((word_a, word_b, cosine * min(rarity_a, rarity_b)))
        return sorted(found, key=lambda each: (-each[2], each[0]))[:MOST_PAIRS]

    def _vectors_of(self, words: list[tuple[str, float]]) -> NDArray[np.float32]:
        return self._vectors[[self._places[word] for word, _ in words]]


def _telling_words(corpus: Corpus, row: int) -> list[tuple[str, float]]:
    surfaces, counts = corpus.surfaces[row], corpus.counts[row]
    weighed = [
        (surface, corpus.rarity(stem), counts[stem])
        for stem, surface in surfaces.items()
        if len(surface) >= SHORTEST_WORD and surface not in SAYS_NOTHING
    ]
    weighed.sort(key=lambda each: (-each[1] * min(each[2], 3), each[0]))
    return [(surface, rarity) for surface, rarity, _ in weighed[:WORDS_EACH]]
