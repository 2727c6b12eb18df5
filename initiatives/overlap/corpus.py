"""Listings side by side, as they were read: what reasons, labels and groups are told from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from initiatives.overlap.field import telling
from initiatives.overlap.frequencies import Frequencies, counted
from initiatives.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from initiatives.overlap.traits import Traits, Word
    from initiatives.overlap.values import Listing


@dataclass(frozen=True)
class Corpus:
    """In the order of their keys, so that nothing depends on the order they came in; row i everywhere is listing i.
    `frequencies` are those of the whole directory, of which these may be a few."""

    traits: tuple[Traits, ...]
    frequencies: Frequencies

    def __len__(self) -> int:
        return len(self.traits)

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        return tuple(each.listing for each in self.traits)

    @cached_property
    def rows(self) -> dict[int, int]:
        return {listing.key: row for row, listing in enumerate(self.listings)}

    @cached_property
    def languages(self) -> list[str]:
        return [each.language for each in self.traits]

    @cached_property
    def words(self) -> list[Mapping[str, Word]]:
        return [each.words for each in self.traits]

    @cached_property
    def telling(self) -> Telling:
        """By stem the weight of each listing's words that are rare and to the point; made when first asked for."""
        return Telling(self)

    @cached_property
    def places(self) -> list[frozenset[str]]:
        """The words of each listing's city."""
        return [frozenset(words(listing.city_name)) for listing in self.listings]

    def salience(self, row: int, stem: str) -> float:
        """0–1: how much this stem is what the listing of this row is about."""
        word = self.words[row].get(stem)
        return word.salience if word else 0.0


class Telling(dict[int, "Mapping[str, float]"]):
    """By row."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        self._corpus = corpus

    def __missing__(self, row: int) -> Mapping[str, float]:
        self[row] = telling(self._corpus.traits[row], self._corpus.frequencies)
        return self[row]


def corpus(traits: Iterable[Traits], frequencies: Frequencies | None = None) -> Corpus:
    """Raises ValueError where two listings have one key."""
    ordered = tuple(sorted(traits, key=lambda each: each.listing.key))
    if len({each.listing.key for each in ordered}) != len(ordered):
        raise ValueError("Two listings have the same key.")
    return Corpus(ordered, frequencies or counted(ordered))
