"""Latent semantic analysis of the directory's own words: tf-idf over word stems and their character n-grams, then SVD.

Deerwester et al. (1990); characters as in Cavnar and Trenkle (1994). N-grams are counted once per distinct stem and
multiplied by the counts of stems, instead of being cut from every text again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from initiatives.overlap.arrays import unit
from initiatives.overlap.corpus import count_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus

DIMENSIONS = 200
GRAM_SIZES = (3, 4, 5)
# A feature of one text tells nothing about a neighbour; grams of two are mostly slips of the keyboard.
FEWEST_WORD = 2
FEWEST_GRAM = 3
# A feature that half of the texts share tells nothing either.
WIDEST_SHARE = 0.5
# The space is found on so many rows, evenly spread over the keys, and all rows are put into it.
SAMPLE = 20_000
SEED = 7
OVERSAMPLED = 10
ITERATIONS = 5
SMALLEST = 1e-12


def latent(corpus: Corpus) -> NDArray[np.float32]:
    """Rows of DIMENSIONS or fewer numbers, at unit length; without any shared word, of no number at all."""
    features = weighted_features(corpus)
    size = min(DIMENSIONS, min(features.shape) - 1)
    if size < 1:
        return np.zeros((len(corpus), 0), dtype=np.float32)
    step = max(1, -(-len(corpus) // SAMPLE))
    return unit(np.asarray(features @ main_axes(features[::step].tocsr(), size), dtype=np.float32))


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


def weighted_features(corpus: Corpus) -> sparse.csr_matrix:
    """Stems and character n-grams, each half at unit length per row."""
    stems = corpus.matrix
    grams = (stems @ _gram_matrix(corpus.vocabulary)).tocsr()
    return sparse.hstack([_tf_idf(stems, FEWEST_WORD), _tf_idf(grams, FEWEST_GRAM)]).tocsr()


def _gram_matrix(stems: Iterable[str]) -> sparse.csr_matrix:
    counts = [_grams(stem) for stem in stems]
    vocabulary = {gram: column for column, gram in enumerate(sorted({gram for row in counts for gram in row}))}
    return count_matrix(counts, vocabulary)


def _grams(stem: str) -> dict[str, int]:
    padded = f" {stem} "
    counts: dict[str, int] = {}
    for size in GRAM_SIZES:
        for start in range(len(padded) + 1 - size):
            gram = padded[start : start + size]
            counts[gram] = counts.get(gram, 0) + 1
    return counts


def _tf_idf(counts: sparse.csr_matrix, fewest: int) -> sparse.csr_matrix:
    """Sublinear term frequency, smoothed idf, rows at unit length. Few texts: nothing is too common."""
    texts = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    widest = max(WIDEST_SHARE * texts, fewest)
    kept = np.flatnonzero((frequency >= fewest) & (frequency <= widest))
    matrix = counts[:, kept].astype(np.float32)
    matrix.data = 1 + np.log(matrix.data)
    matrix = matrix @ sparse.diags_array(np.log((1 + texts) / (1 + frequency[kept])).astype(np.float32) + 1)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags_array((1 / np.maximum(lengths, 1e-9)).astype(np.float32)) @ matrix).tocsr()
