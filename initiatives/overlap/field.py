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

from initiatives.overlap.arrays import unit, unit_rows
from initiatives.overlap.columns import Codes, Rows
from initiatives.overlap.places import NOWHERE, city_of, point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

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
        return {WORK: unit_rows(self.works), TAGS: unit_rows(tags), DOMAIN: unit_rows(self.domains)}

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
    columns = Columns(frequencies, activities, domains)
    for each in traits:
        columns.add(each)
    return columns.field(vectors)


class Columns:
    """A field in the making, a listing at a time."""

    def __init__(self, frequencies: Frequencies, activities: Sequence[str], domains: Sequence[str]) -> None:
        self._frequencies = frequencies
        self._works, self._domains = Rows(activities, grows=False), Rows(domains, grows=False)
        self._tags, self._words, self._networks, self._licences = Rows(), Rows(), Rows(), Rows()
        self._languages, self._cities, self._structures = Codes(), Codes(), Codes()
        self._keys: array[int] = array("q")
        self._points: array[float] = array("f")
        self._partners: list[tuple[int, int]] = []

    def add(self, each: Traits) -> None:
        listing = each.listing
        self._keys.append(listing.key)
        self._works.add({found.activity: found.strength for found in each.works})
        self._tags.add({tag: self._frequencies.tag_rarity(tag) for tag in listing.tags})
        self._domains.add(weighted_domains(listing))
        self._words.add(telling(each, self._frequencies))
        self._networks.add(dict.fromkeys(listing.networks, 1.0))
        self._licences.add(dict.fromkeys(listing.licences, 1.0))
        self._languages.add(each.language)
        self._cities.add(city_of(listing))
        self._structures.add(listing.structure or None)
        self._points.extend(point(listing) or NOWHERE)
        self._partners.extend((listing.key, other) for other in listing.partners)

    def field(self, vectors: Vectors) -> Field:
        return Field(
            keys=np.array(self._keys, dtype=np.int64),
            text=vectors,
            works=self._works.matrix(),
            tags=self._tags.matrix(),
            domains=self._domains.matrix(),
            words=self._words.matrix(),
            languages=self._languages.array(np.int32),
            points=np.array(self._points, dtype=np.float32).reshape(-1, 2),
            cities=self._cities.array(np.int64),
            networks=self._networks.matrix(),
            licences=self._licences.matrix(),
            structures=self._structures.array(np.int32),
            links=self._links(),
        )

    def _links(self) -> frozenset[tuple[int, int]]:
        rows = {key: row for row, key in enumerate(self._keys)}
        ends = [(rows[a], rows[b]) for a, b in self._partners if a in rows and b in rows and a != b]
        return frozenset((min(each), max(each)) for each in ends)


def weighted_domains(listing: Listing) -> dict[str, float]:
    return {code: OTHER_DOMAIN if n else 1.0 for n, code in enumerate(listing.domains)}


def telling(traits: Traits, frequencies: Frequencies) -> dict[str, float]:
    """By stem the weight of the words that are rare and to the point."""
    told: dict[str, float] = {}
    for stem, word in traits.words.items():
        if word.salience >= TELLING and (rarity := frequencies.rarity(stem)) >= RARE:
            told[stem] = rarity**2 * word.salience
    return told
