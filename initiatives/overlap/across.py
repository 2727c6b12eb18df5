"""Which different words of two listings say the same, by the encoder: “panelen” and “panels”, “gereedschap” and
“gereedschapsbibliotheek”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initiatives.overlap.language import SAYS_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.lexicon import Lexicon

# Words of one meaning in two languages lie above .68 in this encoder, words of one field (bread, flour) between .45 and
# .65; between .68 and .72 half of the pairs read were compounds that share a part.
SAME_MEANING = 0.72
# Of single words in a language that it was not made for the encoder knows little: Catalan “ciutat” lay near “ayuda”.
LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
SAME_IN_OTHERS = 0.85
WORDS_EACH = 14
SHORTEST_WORD = 4
MOST_PAIRS = 4
# A word written more often than this counts no more for it.
OFTEN = 3


class Across:
    def __init__(self, corpus: Corpus, lexicon: Lexicon) -> None:
        self._corpus = corpus
        self._lexicon = lexicon
        self._telling: dict[int, tuple[tuple[str, float], ...]] = {}
        self._rows: dict[int, NDArray[np.float32]] = {}

    def prepare(self, rows: Iterable[int]) -> None:
        """Learn the words of these rows in one go: listing by listing takes half as long again."""
        self._lexicon.learn(
            self._corpus.words[row][stem].surface for row in sorted(set(rows)) for stem, _ in self._telling_words(row)
        )

    def aligned(self, a: int, b: int) -> list[tuple[str, str, float]]:
        """Pairs of words of two rows, each word the other's best, as (stem of a, stem of b, strength), best first."""
        words_a, words_b = self._telling_words(a), self._telling_words(b)
        if not words_a or not words_b:
            return []
        cosines = self._vectors(a) @ self._vectors(b).T
        known = LANGUAGES.issuperset({self._corpus.languages[a], self._corpus.languages[b]})
        least = SAME_MEANING if known else SAME_IN_OTHERS
        found = []
        for row, column in enumerate(cosines.argmax(axis=1)):
            (word_a, weight_a), (word_b, weight_b) = words_a[row], words_b[column]
            mutual = cosines[:, column].argmax() == row
            if mutual and word_a != word_b and cosines[row, column] >= least:
                found.append((word_a, word_b, float(cosines[row, column]) * min(weight_a, weight_b)))
        return sorted(found, key=lambda each: (-each[2], each[0]))[:MOST_PAIRS]

    def _vectors(self, row: int) -> NDArray[np.float32]:
        """Of its telling words."""
        if row not in self._rows:
            words = self._corpus.words[row]
            self._rows[row] = self._lexicon.vectors([words[stem].surface for stem, _ in self._telling_words(row)])
        return self._rows[row]

    def _telling_words(self, row: int) -> tuple[tuple[str, float], ...]:
        """The stems that a listing is best described by, with their weight."""
        if row not in self._telling:
            weighed = [
                (stem, self._corpus.frequencies.rarity(stem) * word.salience, word.times)
                for stem, word in self._corpus.words[row].items()
                if len(stem) >= SHORTEST_WORD and word.surface not in SAYS_NOTHING
            ]
            weighed.sort(key=lambda each: (-each[1] * min(each[2], OFTEN), each[0]))
            self._telling[row] = tuple((stem, weight) for stem, weight, _ in weighed[:WORDS_EACH] if weight > 0)
        return self._telling[row]
