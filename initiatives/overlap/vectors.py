"""One vector of 256 bytes per listing: sentence vector beside latent semantics, rotated together and rounded.

Weights and sizes measured on labelled sets (P@10, susy / osta / p2p_wiki): sentence vector alone .46 / .26 / .48,
latent alone .45 / .30 / .48, both .48 / .31 / .53; rounding to bytes loses less than .002. See docs/overlap.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import centred, unit
from initiatives.overlap.lsa import latent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.encoder import Encoder
    from initiatives.overlap.values import Progress, Vectors

SIZE = 256
# Best of .3, .6, .8, 1, 1.3 on two of three sets and a thousandth from best on the third.
LATENT_WEIGHT = 0.8
METHOD = "1"
# Texts handed to the encoder at once: often enough to show progress.
BATCH = 256


@dataclass(frozen=True)
class Model:
    """Vectors of one run. Two vectors compare only when the version of their models is the same."""

    version: str
    vectors: Vectors

    def rows(self) -> NDArray[np.float32]:
        return unit(self.vectors.astype(np.float32))


def model(corpus: Corpus, sentences: NDArray[np.float32] | None, encoder_version: str) -> Model:
    """`sentences`: the rows that the encoder made of the texts, None where there is no encoder."""
    latent_rows = centred(latent(corpus), corpus.languages)
    if sentences is None:
        rotated, axes = _rotated(latent_rows)
        return Model(f"lsa-{METHOD}-{_digest(axes)}", _rounded(rotated))
    meant = centred(sentences, corpus.languages)
    rotated, axes = _rotated(np.hstack([meant, latent_rows * np.float32(LATENT_WEIGHT)]))
    return Model(f"{encoder_version}+lsa-{METHOD}-{_digest(axes)}", _rounded(rotated))


def encoded(texts: tuple[str, ...], encoder: Encoder, progress: Progress) -> NDArray[np.float32]:
    """Each distinct text once."""
    distinct = sorted(set(texts))
    blocks = []
    for start in range(0, len(distinct), BATCH):
        blocks.append(encoder.encode(distinct[start : start + BATCH]))
        progress("encode", min(start + BATCH, len(distinct)), len(distinct))
    place = {text: row for row, text in enumerate(distinct)}
    rows = [place[text] for text in texts]
    return np.vstack(blocks)[rows] if blocks else encoder.encode([])


def as_bytes(rows: NDArray[np.float32]) -> Vectors:
    """Unit rows as signed bytes, one for 1/127."""
    return np.rint(unit(rows) * 127).astype(np.int8)


def _rotated(joint: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The principal axes of the rows (not centred once more), filled up with zeros where there are fewer than SIZE."""
    values, axes = np.linalg.eigh(joint.T.astype(np.float64) @ joint.astype(np.float64))
    axes = axes[:, np.argsort(-values)[:SIZE]]
    # The sign of an axis is arbitrary: the same everywhere when its largest number is positive.
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1, 1)
    rotated = np.zeros((len(joint), SIZE), dtype=np.float32)
    rotated[:, : axes.shape[1]] = joint @ axes
    return rotated, axes.astype(np.float32)


def _rounded(rows: NDArray[np.float32]) -> Vectors:
    scaled = unit(rows)
    largest = float(np.abs(scaled).max(initial=0.0)) or 1.0
    return np.rint(scaled * (127 / largest)).astype(np.int8)


def _digest(axes: NDArray[np.float32]) -> str:
    return sha256(np.round(axes, 3).tobytes()).hexdigest()[:8]
