"""Where listings stand to one another: one vector of 256 bytes per listing, and the cells that the space falls into.

The vector is the sentence vector beside latent semantics, each centred per language, rotated together and rounded.
Weights and sizes measured on labelled sets (P@10, susy / osta / p2p_wiki): sentence vector alone .46 / .26 / .48,
latent alone .45 / .30 / .48, both .48 / .31 / .53; rounding to bytes loses less than .002. See docs/overlap.md.

A space is found once and kept: a new listing is put into it without touching the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import SCALE, Centre, centre, unit
from initiatives.overlap.encoder import DIMENSIONS
from initiatives.overlap.lsa import Half, Latent, fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.traits import Traits
    from initiatives.overlap.values import Vectors

SIZE = 256
# P@10 susy / osta at .6: .476 / .302, at .8: .481 / .314, at 1: .481 / .317, at 1.2: .477 / .316.
LATENT_WEIGHT = 0.85
METHOD = "2"
# The space is found on so many listings, evenly spread over the keys, and all listings are put into it.
SAMPLE = 20_000
# Listings put into it at once.
BATCH = 20_000
NO_WORDS = Half((), np.zeros(0, dtype=np.float32))


@dataclass(frozen=True)
class Space:
    """Two vectors compare only when they are of one space, which `version` names."""

    encoder: str  # version of the encoder whose meanings it takes; empty: none
    latent: Latent
    meant: Centre
    written: Centre
    axes: NDArray[np.float32]
    largest: float

    @property
    def version(self) -> str:
        digest = sha256(np.round(self.axes, 3).tobytes()).hexdigest()[:8]
        return f"{self.encoder}+lsa-{METHOD}-{digest}" if self.encoder else f"lsa-{METHOD}-{digest}"

    def vectors(self, traits: Sequence[Traits]) -> Vectors:
        """A row for each: n × 256 signed bytes."""
        blocks = [self._placed(traits[start : start + BATCH]) for start in range(0, len(traits), BATCH)]
        return np.vstack(blocks) if blocks else np.zeros((0, SIZE), dtype=np.int8)

    def _placed(self, traits: Sequence[Traits]) -> Vectors:
        rows = np.zeros((len(traits), SIZE), dtype=np.float32)
        if self.axes.size:
            turned = _joint(self, traits) @ self.axes
            rows[:, : turned.shape[1]] = turned
        return np.clip(np.rint(unit(rows) * (SCALE / self.largest)), -SCALE, SCALE).astype(np.int8)

    def as_bytes(self) -> bytes:
        """A NumPy archive; `from_bytes` reads it."""
        held = BytesIO()
        np.savez_compressed(
            held,
            encoder=np.array(self.encoder),
            words=_letters(self.latent.words.names),
            words_idf=self.latent.words.idf,
            grams=_letters(self.latent.grams.names),
            grams_idf=self.latent.grams.idf,
            latent=self.latent.axes.astype(np.float16),
            meant=self.meant.means,
            meant_languages=_letters(self.meant.languages),
            written=self.written.means,
            written_languages=_letters(self.written.languages),
            axes=self.axes,
            largest=np.float32(self.largest),
        )
        return held.getvalue()

    @classmethod
    def from_bytes(cls, held: bytes) -> Space:
        with np.load(BytesIO(held), allow_pickle=False) as told:
            words = Half(_names(told["words"]), told["words_idf"])
            grams = Half(_names(told["grams"]), told["grams_idf"])
            return cls(
                encoder=str(told["encoder"]),
                latent=Latent(words, grams, told["latent"].astype(np.float32)),
                meant=Centre(_names(told["meant_languages"]), told["meant"]),
                written=Centre(_names(told["written_languages"]), told["written"]),
                axes=told["axes"],
                largest=float(told["largest"]),
            )


def found_space(traits: Sequence[Traits], encoder: str) -> Space:
    """The space that these listings span; `traits` in the order of their keys."""
    sample = traits[:: max(1, -(-len(traits) // SAMPLE))]
    languages = [each.language for each in sample]
    # As it is stored, so that a space that was stored places listings as this one does.
    latent = fitted(sample) if sample else Latent(NO_WORDS, NO_WORDS, np.zeros((0, 0), dtype=np.float32))
    latent = Latent(latent.words, latent.grams, latent.axes.astype(np.float16).astype(np.float32))
    written = centre(latent.rows(sample), languages)
    meant = centre(_meanings(sample), languages) if encoder else Centre((), np.zeros((1, 0), dtype=np.float32))
    space = Space(encoder, latent, meant, written, np.zeros((0, 0), dtype=np.float32), 1.0)
    joint = _joint(space, sample)
    axes = _main_axes(joint)
    turned = unit(joint @ axes)
    return Space(encoder, latent, meant, written, axes, float(np.abs(turned).max(initial=0.0)) or 1.0)


def _joint(space: Space, traits: Sequence[Traits]) -> NDArray[np.float32]:
    languages = [each.language for each in traits]
    written = space.written.centred(space.latent.rows(traits), languages)
    if not space.encoder:
        return written
    return np.hstack([space.meant.centred(_meanings(traits), languages), written * np.float32(LATENT_WEIGHT)])


def _meanings(traits: Sequence[Traits]) -> NDArray[np.float32]:
    told = [each.meaning for each in traits if each.meaning is not None]
    return unit(np.stack(told).astype(np.float32)) if told else np.zeros((0, DIMENSIONS), dtype=np.float32)


def _main_axes(joint: NDArray[np.float32]) -> NDArray[np.float32]:
    """The principal axes of the rows (not centred once more), SIZE of them or fewer, as columns."""
    values, axes = np.linalg.eigh(joint.T.astype(np.float64) @ joint.astype(np.float64))
    axes = axes[:, np.argsort(-values)[:SIZE]]
    if not axes.size:
        return axes.astype(np.float32)
    # The sign of an axis is arbitrary: the same everywhere when its largest number is positive.
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1, 1)
    return axes.astype(np.float32)


def _letters(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("".join(f"{name}\n" for name in names).encode(), dtype=np.uint8)


def _names(letters: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(letters.tobytes().decode().split("\n")[:-1])
