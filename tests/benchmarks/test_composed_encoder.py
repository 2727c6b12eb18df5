"""Sentences encoded once, texts put together from them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.composed_encoder import ComposedEncoder
from initiatives.overlap.encoder import DIMENSIONS


class CountingEncoder:
    """One number per text, its first letter's place, and a note of what it was asked for."""

    version = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        rows[range(len(texts)), [ord(text[0]) % DIMENSIONS for text in texts]] = 1
        return rows


class ComposedTests:
    def test_no_sentence_is_encoded_twice_not_even_by_the_next_run(self, tmp_path: Path) -> None:
        first, second = CountingEncoder(), CountingEncoder()
        texts = ["Bikes. We mend them. We lend them.", "We lend them. Bikes."]
        encoder = ComposedEncoder(first, tmp_path, ["We mend them.", "We lend them."])
        encoder.learn(texts)
        rows = encoder.encode(texts)
        encoder.save()
        again = ComposedEncoder(second, tmp_path, ["We mend them.", "We lend them."]).encode(texts)
        assert sorted(first.asked) == ["We lend them", "We mend them", "bikes", "lend", "mend", "them", "we"]
        assert second.asked == []
        assert np.array_equal(rows, again)

    def test_a_text_is_the_mean_of_its_sentences_by_their_words(self, tmp_path: Path) -> None:
        encoder = ComposedEncoder(CountingEncoder(), tmp_path, ["We mend them.", "All of it."])
        row = encoder.encode(["Bikes. We mend them. All of it."])[0]
        found = {letter: round(float(row[ord(letter)] / row[ord("b")]), 2) for letter in "bWA"}
        assert found == {"b": 1.0, "W": 3.0, "A": 3.0}
