"""The listings as texts and words: what every later step reads.

The city's name is taken out of a listing's words: that both are in Ghent is a reason of its own, and must not count
again as a shared word.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from initiatives.overlap.language import folded, terms
from initiatives.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.values import Listing


@dataclass(frozen=True)
class Corpus:
    """`listings` in the order of their keys, so that nothing depends on the order they came in. Row i everywhere is
    listing i."""

    listings: tuple[Listing, ...]
    texts: tuple[str, ...]
    counts: tuple[Mapping[str, int], ...]  # stem → how often
    surfaces: tuple[Mapping[str, str], ...]  # stem → the word as this listing writes it

    def __len__(self) -> int:
        return len(self.listings)

    @cached_property
    def rows(self) -> dict[int, int]:
        return {listing.key: row for row, listing in enumerate(self.listings)}

    @cached_property
    def languages(self) -> list[str]:
        return [listing.language.partition("-")[0].lower() for listing in self.listings]

    @cached_property
    def places(self) -> list[frozenset[str]]:
        """The words of each listing's city."""
        return [frozenset(words(listing.city_name)) for listing in self.listings]

    @cached_property
    def frequency(self) -> Counter[str]:
        """In how many listings a stem stands."""
        return Counter(stem for counts in self.counts for stem in counts)

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        return {stem: column for column, stem in enumerate(sorted(self.frequency))}

    @cached_property
    def matrix(self) -> sparse.csr_matrix:
        """Listings × stems, counted."""
        return count_matrix(self.counts, self.vocabulary)

    @cached_property
    def tag_frequency(self) -> Counter[str]:
        return Counter(tag for listing in self.listings for tag in set(listing.tags))

    def rarity(self, stem: str) -> float:
        """0 for a word that everybody writes, 1 for one that only two do."""
        return rarity(self.frequency[stem], len(self))

    def tag_rarity(self, tag: str) -> float:
        return rarity(self.tag_frequency[tag], len(self))


def corpus(listings: Iterable[Listing]) -> Corpus:
    """Raises ValueError where two listings have one key."""
    ordered = tuple(sorted(listings, key=lambda listing: listing.key))
    if len({listing.key for listing in ordered}) != len(ordered):
        raise ValueError("Two listings have the same key.")
    counted = [_words_of(listing) for listing in ordered]
    return Corpus(
        listings=ordered,
        texts=tuple(text_of(listing) for listing in ordered),
        counts=tuple(counts for counts, _ in counted),
        surfaces=tuple(surfaces for _, surfaces in counted),
    )


def text_of(listing: Listing) -> str:
    """Everything a listing says of what it does, nothing of it twice; the name first, because long texts are cut."""
    return ". ".join((own_text(listing), *listing.tags))


def own_text(listing: Listing) -> str:
    """Without the tags: those are compared as such, and the effective tag is often English where the text is not."""
    said = [listing.name, *listing.nicknames]
    if fold(listing.mission) not in fold(listing.description):
        said.append(listing.mission)
    said.append(listing.description)
    said.extend(exchange.title for exchange in listing.exchanges)
    return ". ".join(part.strip() for part in said if part.strip())


def rarity(frequency: int, population: int) -> float:
    """Inverse document frequency, scaled so that a word of two listings is 1 and a word of all is 0."""
    if population <= 2 or frequency <= 0:
        return 1.0
    return float(np.clip(np.log(population / max(frequency, 2)) / np.log(population / 2), 0.0, 1.0))


def count_matrix(counts: Sequence[Mapping[str, int]], vocabulary: Mapping[str, int]) -> sparse.csr_matrix:
    lengths = np.fromiter((len(row) for row in counts), dtype=np.int64, count=len(counts))
    columns = np.fromiter((vocabulary[stem] for row in counts for stem in row), dtype=np.int64, count=lengths.sum())
    data: NDArray[np.float32] = np.fromiter((n for row in counts for n in row.values()), np.float32, lengths.sum())
    pointers = np.concatenate(([0], np.cumsum(lengths)))
    matrix = sparse.csr_matrix((data, columns, pointers), shape=(len(counts), len(vocabulary)), dtype=np.float32)
    matrix.sort_indices()
    return matrix


def _words_of(listing: Listing) -> tuple[Mapping[str, int], Mapping[str, str]]:
    place = set(words(listing.city_name))
    counts: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    for term in terms(own_text(listing), listing.language):
        if folded(term.surface) not in place:
            counts[term.stem] += 1
            surfaces.setdefault(term.stem, term.surface)
    return counts, surfaces
