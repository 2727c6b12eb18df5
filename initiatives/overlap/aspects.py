"""What two listings can be alike in, each as a matrix with rows of unit length, so that alike is a product of rows.

The table of weights. Measured on rows whose domain is known (osta_domain), P@10 without it .32, with it at this weight
.58; the others follow from reading pairs: the same work, named in both, is what people mean by a peer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.activities import Found
    from initiatives.overlap.corpus import Corpus

TEXT, WORK, TAGS, DOMAIN = "text", "work", "tags", "domain"
WEIGHTS: Mapping[str, float] = {TEXT: 1.0, WORK: 0.8, TAGS: 0.4, DOMAIN: 0.5}
# Of a listing's domains the first is the main one; the others count less.
OTHER_DOMAIN = 0.6
# Cosines of joint vectors: at the lower end pairs drawn at random reach (95 % are below), at the upper end texts that
# say the same in other words.
COSINE_RANGE = (0.15, 0.75)
# Below this many columns a dense product is quicker than a sparse one.
NARROW = 128


@dataclass(frozen=True)
class Aspects:
    """`text` is dense, the rest sparse: a row without a number says that nothing is known."""

    text: NDArray[np.float32]
    others: Mapping[str, sparse.csr_matrix]

    def joint(self) -> tuple[NDArray[np.float32], sparse.csr_matrix | None]:
        """All aspects side by side, weighted so that a product of rows is the weighted sum of products: those of few
        columns in one dense matrix, those of many in a sparse one."""
        weighted = [(matrix * np.float32(np.sqrt(WEIGHTS[name]))).tocsr() for name, matrix in self.others.items()]
        narrow = [matrix.toarray() for matrix in weighted if matrix.shape[1] <= NARROW]
        wide = [matrix for matrix in weighted if matrix.shape[1] > NARROW]
        return np.hstack([self.text, *narrow]), sparse.hstack(wide).tocsr() if wide else None

    @property
    def told(self) -> tuple[str, ...]:
        """Those of which at least one listing tells: where nobody names a domain, none is missing."""
        return (TEXT, *(name for name, matrix in self.others.items() if matrix.nnz))

    def parts(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
        """Per pair of rows how alike they are in each aspect, 0–1; NaN where one of them tells nothing."""
        low, high = COSINE_RANGE
        cosines = np.einsum("ij,ij->i", self.text[a], self.text[b])
        parts = {TEXT: np.clip((cosines - low) / (high - low), 0, 1).astype(np.float32)}
        for name, matrix in self.others.items():
            alike = np.asarray(matrix[a].multiply(matrix[b]).sum(axis=1)).ravel().astype(np.float32)
            told = np.diff(matrix.indptr) > 0
            parts[name] = np.where(told[a] & told[b], np.clip(alike, 0, 1), np.nan).astype(np.float32)
        return parts


def aspects(text: NDArray[np.float32], corpus: Corpus, works: Sequence[Sequence[Found]]) -> Aspects:
    listings = corpus.listings
    tags = [{tag: corpus.tag_rarity(tag) + 0.1 for tag in listing.tags} for listing in listings]
    domains = [{code: OTHER_DOMAIN if n else 1.0 for n, code in enumerate(listing.domains)} for listing in listings]
    done = [{found.activity: found.strength for found in row} for row in works]
    return Aspects(text, {WORK: _unit_rows(done), TAGS: _unit_rows(tags), DOMAIN: _unit_rows(domains)})


def _unit_rows(rows: Sequence[Mapping[str, float]]) -> sparse.csr_matrix:
    columns = {name: column for column, name in enumerate(sorted({name for row in rows for name in row}))}
    lengths = [len(row) for row in rows]
    norms = np.array([np.sqrt(sum(value * value for value in row.values())) or 1.0 for row in rows])
    data = np.fromiter((value for row in rows for value in row.values()), np.float32, sum(lengths))
    indices = np.fromiter((columns[name] for row in rows for name in row), np.int64, sum(lengths))
    pointers = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    data /= np.repeat(norms, lengths).astype(np.float32)
    return sparse.csr_matrix((data, indices, pointers), shape=(len(rows), max(len(columns), 1)), dtype=np.float32)
