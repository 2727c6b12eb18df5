"""All listings as plain arrays, a row for each: what neighbours and scores are computed from.

Everything here is a matrix or a column of numbers, so that a million listings fit into memory and a part of the work
can be sent to another machine.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from initiatives.overlap.arrays import unit
from initiatives.overlap.places import NOWHERE, city_of, point

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.frequencies import Frequencies
    from initiatives.overlap.traits import Traits
    from initiatives.overlap.values import Listing, Vectors

# The table of weights. Measured on rows whose domain is known (osta_domain), P@10 without it .32, with it at this
# weight .58; the others follow from reading pairs: the same work, named in both, is what people mean by a peer.
TEXT, WORK, TAGS, DOMAIN = "text", "work", "tags", "domain"
WEIGHTS: Mapping[str, float] = {TEXT: 1.0, WORK: 0.8, TAGS: 0.4, DOMAIN: 0.5}
# Of a listing's domains the first is the main one; the others count less.
OTHER_DOMAIN = 0.6
# A word that more than a fifth or so of all share is no reason to be called peers.
RARE = 0.3
# A word this much beside the point of one of the texts is none either.
TELLING = 0.3
# What everybody is tagged with still says a little.
COMMON_TAG = 0.1


@dataclass(frozen=True)
class Field:
    """Row i of everything is listing i. Matrices are sparse but for `text`; a row without a number says that nothing is
    known."""

    keys: NDArray[np.int64]
    text: Vectors  # n × 256
    works: sparse.csr_matrix  # strength per kind of work
    tags: sparse.csr_matrix  # rarity per tag
    domains: sparse.csr_matrix
    words: sparse.csr_matrix  # rarity² × salience per stem, of telling words alone
    languages: NDArray[np.int32]  # a number per language
    points: NDArray[np.float32]  # latitude, longitude in radians; NaN: nowhere
    cities: NDArray[np.int64]  # a number per city, -1: none
    networks: sparse.csr_matrix
    licences: sparse.csr_matrix
    structures: NDArray[np.int32]  # a number per legal form, -1: none
    links: frozenset[tuple[int, int]]  # rows (a < b) of which one names the other as its partner

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def aspects(self) -> Mapping[str, sparse.csr_matrix]:
        """What two listings can be alike in beside their texts, with rows of unit length."""
        tags = self.tags.copy()
        tags.data = tags.data + np.float32(COMMON_TAG)
        return {WORK: _unit(self.works), TAGS: _unit(tags), DOMAIN: _unit(self.domains)}

    @property
    def told(self) -> tuple[str, ...]:
        """Aspects of which at least one listing tells: where nobody names a domain, none is missing."""
        return (TEXT, *(name for name, matrix in self.aspects.items() if matrix.nnz))

    def dense(self, rows: NDArray[np.int64] | slice) -> NDArray[np.float32]:
        """Text, domains and kinds of work side by side, weighted so that a product of two rows is the weighted sum of
        how alike they are in each."""
        narrow = (self.aspects[name][rows].toarray() * np.sqrt(WEIGHTS[name]) for name in (DOMAIN, WORK))
        return np.hstack([self.texts(rows), *narrow]).astype(np.float32)

    def wide(self, rows: NDArray[np.int64] | slice) -> sparse.csr_matrix:
        """The same of tags, which are too many to be dense."""
        return (self.aspects[TAGS][rows] * np.float32(np.sqrt(WEIGHTS[TAGS]))).tocsr()

    def texts(self, rows: NDArray[np.int64] | slice) -> NDArray[np.float32]:
        return unit(self.text[rows].astype(np.float32))


def field(
    traits: Iterable[Traits],
    vectors: Vectors,
    frequencies: Frequencies,
    *,
    activities: Sequence[str],
    domains: Sequence[str],
) -> Field:
    """`traits` in the order of their keys, read once, `vectors` beside them. `activities` and `domains` fix the
    columns, so that a row can be compared with rows made another day; what stands in neither has no column."""
    works, main = Rows(activities, grows=False), Rows(domains, grows=False)
    tags, words, networks, licences = Rows(), Rows(), Rows(), Rows()
    languages, cities, structures = Codes(), Codes(), Codes()
    keys: array[int] = array("q")
    points: array[float] = array("f")
    partners: list[tuple[int, int]] = []
    for each in traits:
        listing = each.listing
        keys.append(listing.key)
        works.add({found.activity: found.strength for found in each.works})
        tags.add({tag: frequencies.tag_rarity(tag) for tag in listing.tags})
        main.add(weighted_domains(listing))
        words.add(telling(each, frequencies))
        networks.add(dict.fromkeys(listing.networks, 1.0))
        licences.add(dict.fromkeys(listing.licences, 1.0))
        languages.add(each.language)
        cities.add(city_of(listing))
        structures.add(listing.structure or None)
        points.extend(point(listing) or NOWHERE)
        partners.extend((listing.key, other) for other in listing.partners)
    rows = {key: row for row, key in enumerate(keys)}
    linked = [(rows[a], rows[b]) for a, b in partners if a in rows and b in rows and a != b]
    return Field(
        keys=np.array(keys, dtype=np.int64),
        text=vectors,
        works=works.matrix(),
        tags=tags.matrix(),
        domains=main.matrix(),
        words=words.matrix(),
        languages=languages.array(np.int32),
        points=np.array(points, dtype=np.float32).reshape(-1, 2),
        cities=cities.array(np.int64),
        networks=networks.matrix(),
        licences=licences.matrix(),
        structures=structures.array(np.int32),
        links=frozenset((min(ends), max(ends)) for ends in linked),
    )


def weighted_domains(listing: Listing) -> dict[str, float]:
    return {code: OTHER_DOMAIN if n else 1.0 for n, code in enumerate(listing.domains)}


def telling(traits: Traits, frequencies: Frequencies) -> dict[str, float]:
    """By stem the weight of the words that are rare and to the point."""
    told: dict[str, float] = {}
    for stem, word in traits.words.items():
        if word.salience >= TELLING and (rarity := frequencies.rarity(stem)) >= RARE:
            told[stem] = rarity**2 * word.salience
    return told


class Rows:
    """A sparse matrix that is made row by row, a column for each name as it comes."""

    def __init__(self, columns: Iterable[str] = (), *, grows: bool = True) -> None:
        self._columns: dict[str | int, int] = {name: column for column, name in enumerate(columns)}
        self._grows = grows
        self._data: array[float] = array("f")
        self._indices: array[int] = array("i")
        self._pointers: array[int] = array("q", (0,))

    def add(self, row: Mapping[str, float] | Mapping[int, float]) -> None:
        for name, value in row.items():
            column = self._columns.get(name)
            if column is None and self._grows:
                column = self._columns[name] = len(self._columns)
            if column is not None:
                self._indices.append(column)
                self._data.append(value)
        self._pointers.append(len(self._indices))

    def matrix(self) -> sparse.csr_matrix:
        matrix = sparse.csr_matrix(
            (
                np.array(self._data, dtype=np.float32),
                np.array(self._indices, dtype=np.int32),
                np.array(self._pointers, dtype=np.int64),
            ),
            shape=(len(self._pointers) - 1, max(len(self._columns), 1)),
        )
        matrix.sort_indices()
        return matrix


class Codes:
    """A column of numbers, one for each name as it comes, -1 for None."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}
        self._column: array[int] = array("q")

    def add(self, name: Hashable) -> None:
        self._column.append(-1 if name is None else self._known.setdefault(name, len(self._known)))

    def array(self, kind: type[np.signedinteger]) -> NDArray:
        return np.array(self._column, dtype=kind)


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags_array((1 / np.maximum(lengths, 1e-9)).astype(np.float32)) @ matrix).tocsr()
