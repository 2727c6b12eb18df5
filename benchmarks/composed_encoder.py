"""An encoder for made listings: each sentence is encoded once, a text is the mean of its sentences.

Encoding a million texts takes two hours; the sentences that they are made of, three minutes. So a benchmark at that
size measures everything but the encoder, whose own rate is measured apart (`speed.py`). What it answers for a text of
several sentences differs from what the encoder itself would say (a mean weighted by words: cosine .83 on average): use
it for time, memory and stability, never for quality.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from benchmarks.base_texts import SENTENCE_END
from initiatives.overlap.arrays import unit
from initiatives.overlap.encoder import DIMENSIONS, LONGEST_TEXT, Encoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

WORD = re.compile(r"[^\W\d_]{2,}")
# Encoded at once, and texts put together at once.
BATCH = 256
BLOCK = 20_000


class ComposedEncoder:
    """What it has encoded it keeps in a file of the cache folder, by the version of the encoder behind it."""

    def __init__(self, behind: Encoder, cache: Path, sentences: Iterable[str] = ()) -> None:
        self.version = f"composed-{behind.version}"
        self._behind = behind
        name = hashlib.sha256(self.version.encode()).hexdigest()[:8]
        self._file = cache / f"sentences-{name}.npz"
        self._known: dict[str, int] = {}
        self._vectors = np.zeros((0, DIMENSIONS), dtype=np.float16)
        self._load()
        self._saved = len(self._known)
        self._sentences = {_bare(sentence) for sentence in sentences}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        taken = [list(self._units(text)) for text in texts]
        self._encode_unknown({unit for units in taken for unit in units})
        blocks = [self._composed(taken[start : start + BLOCK]) for start in range(0, len(taken), BLOCK)]
        return np.vstack(blocks) if blocks else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def learn(self, texts: Iterable[str]) -> None:
        """Their sentences and each word of them, so that nothing is left to encode."""
        self._encode_unknown({unit for text in texts for unit in (*self._units(text), *WORD.findall(text.lower()))})

    def save(self) -> None:
        """For the next run."""
        if self._saved == len(self._known):
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new.npz")
        written = np.frombuffer("\n".join(self._known).encode(), dtype=np.uint8)
        np.savez(new, units=written, vectors=self._vectors)
        new.replace(self._file)

    def _load(self) -> None:
        if self._file.exists():
            with np.load(self._file) as stored:
                written = stored["units"].tobytes().decode()
                self._known = {unit: row for row, unit in enumerate(written.split("\n"))}
                self._vectors = stored["vectors"]

    def _units(self, text: str) -> Iterator[str]:
        """Sentences as far as the encoder would read; of what is no sentence (names, tags) its words."""
        read = 0
        for part in SENTENCE_END.split(text):
            bare = _bare(part)
            if bare in self._sentences:
                yield bare
            else:
                yield from WORD.findall(bare.lower())
            read += len(part)
            if read >= LONGEST_TEXT:
                break

    def _encode_unknown(self, units: set[str]) -> None:
        fresh = sorted(units - self._known.keys(), key=lambda unit: (len(unit), unit))
        if not fresh:
            return
        rows = [self._behind.encode(fresh[start : start + BATCH]) for start in range(0, len(fresh), BATCH)]
        self._known |= {unit: len(self._known) + row for row, unit in enumerate(fresh)}
        self._vectors = np.vstack([self._vectors, *(row.astype(np.float16) for row in rows)])

    def _composed(self, taken: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        lengths = np.fromiter(map(len, taken), dtype=np.int64, count=len(taken))
        rows = np.fromiter((self._known[unit] for units in taken for unit in units), np.int64, lengths.sum())
        used, columns = np.unique(rows, return_inverse=True)
        weights = np.fromiter((1 + unit.count(" ") for units in taken for unit in units), np.float32, len(rows))
        parts = sparse.csr_array((weights, columns, np.concatenate(([0], np.cumsum(lengths)))), (len(taken), len(used)))
        return unit(np.asarray(parts @ self._vectors[used].astype(np.float32), dtype=np.float32))


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip(".")
