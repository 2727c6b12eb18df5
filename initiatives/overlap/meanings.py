"""What single words mean, by the sentence encoder: which words carry what a text is about, and which words of two
languages say the same.

A directory of some hundreds cannot know from counting that “immediately” is common and “orchard” is not. The encoder
can: a word whose own vector points where the whole text points is what the text is about. Read on own listings in five
languages: above a cosine of .12 nearly all shared words were about the work (“hackerspace”, “panels”), under .06 nearly
none (“started”, “list”, “large”).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import unit
from initiatives.overlap.language import SAYS_NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.encoder import Encoder

# Cosines between which a word goes from beside the point to the point itself.
SALIENT_RANGE = (0.02, 0.2)
# In a large directory a word of one listing is a name or a slip, and encoding them all would take most of the time.
LARGE = 1_000
# Words of one meaning in two languages lie above .68 in this encoder, words of one field (bread, flour) between .45 and
# .65.
SAME_MEANING = 0.68
WORDS_EACH = 14
SHORTEST_WORD = 4
# Words that begin alike are one word in two spellings, and shared words already if they are the same.
SAME_BEGINNING = 4
MOST_PAIRS = 4


class Meanings:
    """Vectors of the words of a corpus, a word per language and stem, beside those of its texts."""

    def __init__(self, corpus: Corpus, sentences: NDArray[np.float32], encoder: Encoder) -> None:
        self._corpus = corpus
        spelled = _spellings(corpus, fewest=1 if len(corpus) <= LARGE else 2)
        self._places = {key: place for place, key in enumerate(spelled)}
        self._vectors = encoder.encode(list(spelled.values()))
        self._texts = unit(sentences)
        self._saliences: dict[int, Mapping[str, float]] = {}
        self._telling: dict[int, tuple[tuple[str, float], ...]] = {}

    def salience(self, row: int, stem: str) -> float:
        """0–1: how much this stem is what the listing of this row is about."""
        return self._of_row(row).get(stem, 0.0)

    def aligned(self, a: int, b: int) -> list[tuple[str, str, float]]:
        """Pairs of words of two rows, each word the other's best, as (stem of a, stem of b, strength), best first."""
        words_a, words_b = self._telling_words(a), self._telling_words(b)
        if not words_a or not words_b:
            return []
        cosines = self._vectors_of(a, words_a) @ self._vectors_of(b, words_b).T
        found = []
        for row, column in enumerate(cosines.argmax(axis=1)):
            (word_a, weight_a), (word_b, weight_b) = words_a[row], words_b[column]
            mutual = cosines[:, column].argmax() == row
            alike = word_a[:SAME_BEGINNING] == word_b[:SAME_BEGINNING]
            if mutual and not alike and cosines[row, column] >= SAME_MEANING:
                found.append((word_a, word_b, float(cosines[row, column]) * min(weight_a, weight_b)))
        return sorted(found, key=lambda each: (-each[2], each[0]))[:MOST_PAIRS]

    def _of_row(self, row: int) -> Mapping[str, float]:
        if row not in self._saliences:
            language = self._corpus.languages[row]
            stems = [stem for stem in self._corpus.counts[row] if (language, stem) in self._places]
            low, high = SALIENT_RANGE
            cosines = self._vectors_of(row, [(stem, 1.0) for stem in stems]) @ self._texts[row]
            self._saliences[row] = dict(zip(stems, np.clip((cosines - low) / (high - low), 0, 1).tolist(), strict=True))
        return self._saliences[row]

    def _vectors_of(
        self, row: int, stems: list[tuple[str, float]] | tuple[tuple[str, float], ...]
    ) -> NDArray[np.float32]:
        language = self._corpus.languages[row]
        return self._vectors[[self._places[language, stem] for stem, _ in stems]]

    def _telling_words(self, row: int) -> tuple[tuple[str, float], ...]:
        """The stems that a listing is best described by, with their weight."""
        if row not in self._telling:
            weighed = [
                (stem, self._corpus.rarity(stem) * salience)
                for stem, salience in self._of_row(row).items()
                if len(stem) >= SHORTEST_WORD and self._corpus.surfaces[row][stem] not in SAYS_NOTHING
            ]
            weighed.sort(key=lambda each: (-each[1] * min(self._corpus.counts[row][each[0]], 3), each[0]))
            self._telling[row] = tuple(each for each in weighed[:WORDS_EACH] if each[1] > 0)
        return self._telling[row]


def _spellings(corpus: Corpus, *, fewest: int) -> dict[tuple[str, str], str]:
    """(language, stem) → the word as most listings in that language write it."""
    written: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row, surfaces in enumerate(corpus.surfaces):
        for stem, surface in surfaces.items():
            if corpus.frequency[stem] >= fewest:
                written[corpus.languages[row], stem][surface] += 1
    return {key: min(each, key=lambda word: (-each[word], word)) for key, each in sorted(written.items())}
