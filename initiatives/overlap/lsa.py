"""Latent semantic analysis of the directory's own words: tf-idf over word stems and their character n-grams, then SVD.

Deerwester et al. (1990); characters as in Cavnar and Trenkle (1994). N-grams are counted once per distinct stem and
multiplied by the counts of stems, instead of being cut from every text again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from initiatives.overlap.arrays import unit, unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.traits import Traits

# P@10 osta / susy at 200: .317 / .481, at 250: .321 / .481, at 300: .323 / .478.
DIMENSIONS = 250
GRAM_SIZES = (3, 4, 5)
# A feature of one text tells nothing about a neighbour; grams of two are mostly slips of the keyboard.
FEWEST_WORD = 2
FEWEST_GRAM = 3
# A feature that half of the texts share tells nothing either.
WIDEST_SHARE = 0.5
# Of very many features the widest are kept: they carry the axes, and a model stays under 40 MB.
MOST_WORDS, MOST_GRAMS = 30_000, 60_000
SEED = 7
OVERSAMPLED = 10
ITERATIONS = 5
SMALLEST = 1e-12


@dataclass(frozen=True)
class Half:
    """Words or grams: the kept ones and their weights."""

    names: tuple[str, ...]
    idf: NDArray[np.float32]

    @cached_property
    def columns(self) -> Mapping[str, int]:
        return {name: column for column, name in enumerate(self.names)}

    def weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Sublinear term frequency × idf, rows at unit length."""
        matrix = counts.astype(np.float32)
        matrix.data = 1 + np.log(matrix.data)
        return unit_rows((matrix @ sparse.diags_array(self.idf)).tocsr())


@dataclass(frozen=True)
class Latent:
    words: Half
    grams: Half
    axes: NDArray[np.float32]  # features × dimensions

    def rows(self, traits: Sequence[Traits]) -> NDArray[np.float32]:
        """A row of unit length for each; where there is no shared word in the whole directory, of no number at all."""
        if not self.axes.shape[1]:
            return np.zeros((len(traits), 0), dtype=np.float32)
        words = count_matrix(traits, self.words.columns)
        stems, everything = _all_stems(traits)
        grams = everything @ _gram_matrix(stems, self.grams.columns)
        features = sparse.hstack([self.words.weighted(words), self.grams.weighted(grams.tocsr())]).tocsr()
        return unit(np.asarray(features @ self.axes, dtype=np.float32))


def fitted(traits: Sequence[Traits]) -> Latent:
    """The space that these texts span."""
    stems, everything = _all_stems(traits)
    every_gram = sorted({gram for stem in stems for gram in _grams(stem)})
    grams = (everything @ _gram_matrix(stems, {gram: n for n, gram in enumerate(every_gram)})).tocsr()
    words, weighted_words = _half(stems, everything, fewest=FEWEST_WORD, most=MOST_WORDS)
    kept_grams, weighted_grams = _half(every_gram, grams, fewest=FEWEST_GRAM, most=MOST_GRAMS)
    joint = sparse.hstack([weighted_words, weighted_grams]).tocsr()
    size = min(DIMENSIONS, min(joint.shape) - 1)
    axes = main_axes(joint, size) if size >= 1 else np.zeros((joint.shape[1], 0), dtype=np.float32)
    return Latent(words, kept_grams, axes)


def _half(names: Sequence[str], counts: sparse.csr_matrix, *, fewest: int, most: int) -> tuple[Half, sparse.csr_matrix]:
    """The columns worth keeping, and their weights in each row."""
    kept, idf = _kept(counts, fewest, most)
    half = Half(tuple(names[n] for n in kept), idf)
    return half, half.weighted(counts[:, kept].tocsr())


def main_axes(rows: sparse.csr_matrix, size: int) -> NDArray[np.float32]:
    """The right singular vectors of the `size` largest singular values, as columns, by random projection and a few
    power iterations (Halko, Martinsson and Tropp 2011, algorithm 4.4). Only the short side is made orthogonal: there
    are far more features than texts."""
    width = min(size + OVERSAMPLED, *rows.shape)
    projected = rows @ np.random.default_rng(SEED).standard_normal((rows.shape[1], width), dtype=np.float32)
    for _ in range(ITERATIONS):
        projected = rows @ (rows.T @ np.linalg.qr(projected)[0])
    across = np.asarray(rows.T @ np.linalg.qr(projected)[0], dtype=np.float32)
    squares, turned = np.linalg.eigh((across.T @ across).astype(np.float64))
    kept = np.argsort(-squares)[:size]
    lengths = np.sqrt(np.maximum(squares[kept], SMALLEST))
    return np.asarray(across @ (turned[:, kept] / lengths), dtype=np.float32)


def count_matrix(traits: Sequence[Traits], vocabulary: Mapping[str, int]) -> sparse.csr_matrix:
    """Listings × stems of the vocabulary, counted."""
    return _counted(
        ({stem: word.times for stem, word in each.words.items() if stem in vocabulary} for each in traits), vocabulary
    )


def _all_stems(traits: Sequence[Traits]) -> tuple[list[str], sparse.csr_matrix]:
    stems = sorted({stem for each in traits for stem in each.words})
    return stems, count_matrix(traits, {stem: n for n, stem in enumerate(stems)})


def _gram_matrix(stems: Iterable[str], vocabulary: Mapping[str, int]) -> sparse.csr_matrix:
    counts = ({gram: n for gram, n in _grams(stem).items() if gram in vocabulary} for stem in stems)
    return _counted(counts, vocabulary)


def _counted(rows: Iterable[Mapping[str, int]], vocabulary: Mapping[str, int]) -> sparse.csr_matrix:
    pointers: list[int] = [0]
    columns: list[int] = []
    data: list[int] = []
    for row in rows:
        columns.extend([vocabulary[name] for name in row])
        data.extend(row.values())
        pointers.append(len(columns))
    matrix = sparse.csr_matrix(
        (np.array(data, dtype=np.float32), np.array(columns, dtype=np.int64), np.array(pointers, dtype=np.int64)),
        shape=(len(pointers) - 1, len(vocabulary)),
    )
    matrix.sort_indices()
    return matrix


def _grams(stem: str) -> dict[str, int]:
    padded = f" {stem} "
    counts: dict[str, int] = {}
    for size in GRAM_SIZES:
        for start in range(len(padded) + 1 - size):
            gram = padded[start : start + size]
            counts[gram] = counts.get(gram, 0) + 1
    return counts


def _kept(counts: sparse.csr_matrix, fewest: int, most: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Columns worth keeping and their smoothed idf. Few texts: nothing is too common."""
    texts = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    widest = max(WIDEST_SHARE * texts, fewest)
    kept = np.flatnonzero((frequency >= fewest) & (frequency <= widest))
    if len(kept) > most:
        kept = np.sort(kept[np.argsort(-frequency[kept], kind="stable")[:most]])
    return kept, (np.log((1 + texts) / (1 + frequency[kept])) + 1).astype(np.float32)
